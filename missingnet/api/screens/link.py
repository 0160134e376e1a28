"""The page of one link: why it is here, by which records, until when it holds, and what people say of that."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from missingnet.api import judging
from missingnet.api.asks import Asking, JudgeAsking
from missingnet.api.reader import GuardedRoute
from missingnet.api.screens.network_view import with_undescribed
from missingnet.api.screens.render import render
from missingnet.graph.answers.ties import VERDICTS
from missingnet.visualise.ties import edges_of, link_address

router = APIRouter(route_class=GuardedRoute, include_in_schema=False)

_Word = Annotated[str, Query(max_length=60)]
_Reason = Annotated[str, Form(max_length=4000)]


@router.get("/link/{one}/{other}", response_class=HTMLResponse)
async def link_page(request: Request, asks: Asking, one: str, other: str, kind: _Word, through: _Word) -> HTMLResponse:
    """One link; hidden and missing are the same 404."""
    tie = await judging.tie_of(asks, one, other, kind, through)
    captions, told = await asyncio.gather(asks.captions([one, other]), asks.events(tie.records))
    captions = with_undescribed(captions, [tie])
    (edge,) = edges_of([tie], captions, told, "LINK-REVIEW")
    return render(
        request,
        "link.html",
        asks.asker,
        title="Does this link still hold?",
        tie=tie,
        edge=edge,
        captions=captions,
        verdicts=VERDICTS,
        # What is said is said of the present: who looks at another time looks only.
        may_say=asks.asker.may_judge and not asks.moment.typed,
        as_at=asks.moment.as_at,
        known_at=asks.moment.known_at,
    )


@router.post("/link/{one}/{other}")
async def say_of_link(
    asks: JudgeAsking,
    one: str,
    other: str,
    kind: _Word,
    through: _Word,
    verdict: Annotated[str, Form(max_length=20)] = "",
    reason: _Reason = "",
) -> Response:
    """Record what the person says of it, and show it again."""
    word = judging.verdict_in(verdict, "link")
    tie = await judging.tie_of(asks, one, other, kind, through)
    await judging.judge_link(asks, tie, word, reason)
    return RedirectResponse(link_address(tie), status_code=303)


@router.post("/link/{one}/{other}/{judgement}/undo")
async def undo(
    asks: JudgeAsking, one: str, other: str, judgement: str, kind: _Word, through: _Word, reason: _Reason = ""
) -> Response:
    """Undo what was said of it, and show it again."""
    tie = await judging.tie_of(asks, one, other, kind, through)
    await judging.undo(asks, judgement, reason)
    return RedirectResponse(link_address(tie), status_code=303)
