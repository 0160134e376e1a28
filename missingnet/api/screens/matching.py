"""Which records may be one person, place, vehicle or telephone: the queue, and two of them side by side."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from missingnet.api import judging, refusals
from missingnet.api.asks import Asking, Asks, rows_of
from missingnet.api.judging_in_bulk import MOST, agreements
from missingnet.api.reader import GuardedRoute, Reading
from missingnet.api.refusals import Refused
from missingnet.api.screens.message import wants_page
from missingnet.api.screens.render import render
from missingnet.api.suggestions import KINDS, Pair, Suggestions
from missingnet.graph import rulebook
from missingnet.graph.answers.compared import compared
from missingnet.graph.answers.judgements import Judged
from missingnet.graph.answers.things_described import ThingDescribed
from missingnet.graph.judgements import PENDING
from missingnet.graph.keyed import OPAQUE
from missingnet.graph.terms import THINGS
from missingnet.visualise import waterfall

router = APIRouter(route_class=GuardedRoute, tags=["identity"])

#: Suggestions on one page; how many there are is always said.
SHOWN = MOST
_KIND = Annotated[str, Query(description=f"What is compared: {', '.join(KINDS)}.", max_length=20)]


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise Refused(refusals.NOT_UNDERSTOOD, f"'kind' must be one of {', '.join(KINDS)}.")
    return kind


@router.post("/matches", status_code=202, summary="Work out afresh which things may be one")
async def begin(request: Request, asker: Reading, kind: Annotated[str, Form(max_length=20)] = "people") -> Response:
    """Begin to work it out, from what the reader may see for this purpose; the page shows how far it is."""
    suggestions: Suggestions = request.app.state.suggestions
    if (await suggestions.read(asker, _known(kind))).state != "running":
        if suggestions.busy:
            raise Refused(refusals.COMPARING)
        suggestions.begin(asker, kind)
    address = f"/matches?kind={kind}"
    if wants_page(request):
        return RedirectResponse(address, status_code=303)
    return JSONResponse({"state": "running"}, status_code=202, headers={"Location": address})


@router.get("/matches", summary="Suggestions of which things may be one, in the order of work")
async def queue(
    request: Request, asks: Asking, kind: _KIND = "people", page: Annotated[int, Query(ge=1, le=100_000)] = 1
) -> Response:
    """What was worked out for this reader and purpose, first what changes the work most; or how far it is."""
    suggestions: Suggestions = request.app.state.suggestions
    found = await suggestions.read(asks.asker, _known(kind))
    if not wants_page(request):
        return JSONResponse(found.as_json())
    judged = await judging.judged(asks, "identity")
    said = judging.judgement_of(judged)
    open_pairs = sorted(
        (pair for pair in found.pairs if verdict_on(pair, said) != "different"),
        key=lambda pair: verdict_on(pair, said) == "not sure",
    )
    pairs = open_pairs[(page - 1) * SHOWN : page * SHOWN]
    captions = await asks.captions(thing for pair in pairs for thing in pair.things)
    shown = [
        (pair, said.get(frozenset(pair.things))) for pair in pairs if all(thing in captions for thing in pair.things)
    ]
    may = asks.asker.may_judge and found.state != "running"
    agreeing = await agreements(asks, [pair.things for pair, _ in shown], judged) if may else []
    return render(
        request,
        "matches.html",
        asks.asker,
        title="Which may be one?",
        kinds=KINDS,
        kind=kind,
        found=found,
        older=found.state == "finished" and await asks.store.state() != found.batches,
        shown=shown,
        gone=len(pairs) - len(shown),
        captions=captions,
        exact={pair.things for (pair, _), one in zip(shown, agreeing, strict=False) if not one.against},
        refused=len(found.pairs) - len(open_pairs),
        waiting=sum(one.state == PENDING and one.who != asks.asker.reader.name for one in judged),
        first=(page - 1) * SHOWN + 1,
        last=min(page * SHOWN, len(open_pairs)),
        total=len(open_pairs),
        page=page,
        pages=-(-len(open_pairs) // SHOWN),
        rules=rulebook.rules(),
    )


@router.get("/matches/{one}/{other}", summary="Two things side by side, and what speaks for their being one")
async def side_by_side(request: Request, asks: Asking, one: str, other: str, kind: _KIND = "people") -> Response:
    """What every agency says of both, where they differ, and how the evidence adds up."""
    if one == other or not (OPAQUE.fullmatch(one) and OPAQUE.fullmatch(other)):
        raise Refused(refusals.NOT_FOUND)
    left, right = await _described(asks, one), await _described(asks, other)
    if not left or not right:
        raise Refused(refusals.NOT_FOUND)
    suggestions: Suggestions = request.app.state.suggestions
    pair = (await suggestions.read(asks.asker, _known(kind))).pair(one, other)
    rows = compared(left, right)
    bars = [waterfall.Bar(step.about, step.says, step.weight) for step in pair.steps] if pair else []
    if not wants_page(request):
        return JSONResponse(
            {
                "things": [one, other],
                "records": [sorted({row.record for row in many}) for many in (left, right)],
                "compared": [{"field": row.field, "finding": row.finding} for row in rows],
                "suggestion": None
                if pair is None
                else {
                    "probability": pair.probability,
                    "sentence": pair.sentence,
                    "steps": [{"about": bar.about, "says": bar.says, "bits": bar.weight} for bar in bars],
                },
            }
        )
    captions = await asks.captions((one, other))
    judged = await judging.judged(asks, "identity")
    return render(
        request,
        "match.html",
        asks.asker,
        title="Are these one?",
        kind=kind,
        things=[(thing, many[0].thing_kind, many) for thing, many in ((one, left), (other, right))],
        rows=rows,
        pair=pair,
        second=bool({many[0].thing_kind for many in (left, right)} & set(_second(asks))),
        judgement=judging.judgement_of(judged).get(frozenset((one, other))),
        bars=bars,
        total=sum(bar.weight for bar in bars),
        chart=waterfall.drawn(bars) if bars else "",
        captions=captions,
    )


def _second(asks: Asks) -> list[str]:
    """The kinds of thing whose joining a second person confirms."""
    found: list[str] = rulebook.default("JUDGEMENTS", "second_person", asks.moment.as_at)
    return found


def verdict_on(pair: Pair, said: dict[frozenset[str], Judged]) -> str | None:
    """What was judged of a pair, if anything."""
    found = said.get(frozenset(pair.things))
    return found.verdict if found else None


async def _described(asks: Asks, thing: str) -> list[ThingDescribed]:
    answer = await asks.ask("THINGS-DESCRIBED", kinds=list(THINGS), first=thing, last=thing)
    return rows_of(answer, ThingDescribed)
