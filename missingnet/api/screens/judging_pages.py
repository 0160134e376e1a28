"""The forms by which a person judges two things, confirms as the second, and undoes; and the list of judgements."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from missingnet.api import judging
from missingnet.api.asks import Asking, JudgeAsking
from missingnet.api.judging_in_bulk import MOST, confirm_exact, judge_exact, waiting_against
from missingnet.api.reader import GuardedRoute
from missingnet.api.screens import words
from missingnet.api.screens.render import render
from missingnet.api.suggestions import KINDS, Suggestions
from missingnet.graph import rulebook
from missingnet.graph.judgements import PENDING

router = APIRouter(route_class=GuardedRoute, include_in_schema=False)

_REASON = Annotated[str, Form(max_length=4000)]
_LIST = "/matches/judged"


@router.get(_LIST, response_class=HTMLResponse)
async def judgements_page(request: Request, asks: Asking) -> HTMLResponse:
    """Every judgement that the reader sees, the newest first, those that wait for a second person before them."""
    newest = {
        one.record: one for one in sorted(await judging.judged(asks), key=lambda one: one.confirmed or one.decided)
    }
    ordered = sorted(newest.values(), key=lambda one: one.confirmed or one.decided, reverse=True)
    ordered.sort(key=lambda one: one.state == "stands")
    captions = await asks.captions(thing.id for one in ordered for thing in one.things)
    waiting = [one for one in ordered if one.state == PENDING and one.who != asks.asker.reader.name]
    against = await waiting_against(asks, waiting) if asks.asker.may_judge else []
    known_by = {
        one.record: [identifier_of(key) for key in one.keys if not key.startswith("record:")] for one in ordered
    }
    return render(
        request,
        "judged.html",
        asks.asker,
        title="Judgements",
        judged=ordered,
        captions=captions,
        known_by=known_by,
        exact={one.record for one, words in zip(waiting, against, strict=False) if not words},
        rules=rulebook.rules(),
    )


@router.post("/matches/bulk")
async def judge_in_bulk(
    asks: JudgeAsking, pair: Annotated[list[str] | None, Form(max_length=MOST)] = None, reason: _REASON = ""
) -> Response:
    """Record of the pairs that were chosen that each is one."""
    await judge_exact(asks, [(one, other) for one, _, other in (text.partition(" ") for text in pair or ())], reason)
    return RedirectResponse(_LIST, status_code=303)


@router.post(f"{_LIST}/confirm")
async def confirm_in_bulk(
    asks: JudgeAsking, record: Annotated[list[str] | None, Form(max_length=MOST)] = None
) -> Response:
    """Confirm those that were chosen, as the second person."""
    await confirm_exact(asks, record or ())
    return RedirectResponse(_LIST, status_code=303)


@router.post("/matches/{one}/{other}")
async def judge(
    request: Request,
    asks: JudgeAsking,
    one: str,
    other: str,
    verdict: Annotated[str, Form(max_length=20)] = "",
    reason: _REASON = "",
    kind: Annotated[str, Query(max_length=20)] = "people",
) -> Response:
    """Record what the person judged, with the suggestion that it answers where its words may go along."""
    suggestions: Suggestions = request.app.state.suggestions
    pair = (await suggestions.read(asks.asker, kind if kind in KINDS else "people")).pair(one, other)
    told = pair if pair and pair.open else None
    made = await judging.judge(
        asks,
        one,
        other,
        judging.verdict_in(verdict),
        reason,
        probability=told.probability if told else None,
        sentence=told.sentence if told else None,
    )
    return RedirectResponse(f"{_LIST}#j-{made.record}", status_code=303)


@router.post(f"{_LIST}/{{record}}/confirm")
async def confirm(asks: JudgeAsking, record: str) -> Response:
    """Confirm as the second person."""
    made = await judging.confirm(asks, record)
    return RedirectResponse(f"{_LIST}#j-{made.record}", status_code=303)


@router.post(f"{_LIST}/{{record}}/undo")
async def undo(asks: JudgeAsking, record: str, reason: _REASON = "") -> Response:
    """Undo it; the graph is then as if it had never been made."""
    await judging.undo(asks, record, reason)
    return RedirectResponse(_LIST, status_code=303)


def identifier_of(key: str) -> str:
    """A key as a person reads it: 'Council 997 100231'."""
    return words.identifier(" ".join(key.rsplit(":", 1)))
