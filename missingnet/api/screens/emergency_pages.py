"""Emergency access: the page on which a person opens one child and ends it, and the pages on which others review it.

A child is named by a form, for an agency's identifier stands in no address (A6).
"""

from __future__ import annotations

import asyncio
from typing import Annotated, Final

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from missingnet.api import emergencies, refusals
from missingnet.api.asks import Asking, Asks, AuditAsking
from missingnet.api.auditing import NAMED, Line, line_of
from missingnet.api.emergencies import allowed, as_json, due, may_review
from missingnet.api.emergency_ledger import VERDICTS, Ledger, Use
from missingnet.api.reader import GuardedRoute
from missingnet.api.refusals import Refused
from missingnet.api.screens.message import wants_page
from missingnet.api.screens.render import render
from missingnet.graph import times
from missingnet.graph.audit.index import Wanted

router = APIRouter(route_class=GuardedRoute, tags=["emergency"])

#: Records of the audit on one page of a review; how many there are is always said.
SHOWN: Final = 200
_NUMBER = Annotated[str, Path(max_length=60, description="The use's id, as GET /emergency/reviews gives it.")]


def _ledger(request: Request) -> Ledger:
    ledger: Ledger = request.app.state.emergencies
    return ledger


@router.get("/emergency", summary="Emergency access: what is open, and what became of each use of your own")
async def page(
    request: Request, asks: Asking, child: Annotated[str, Query(max_length=60, description="A child's id.")] = ""
) -> Response:
    """What it opens and for how long, and the form that opens it."""
    return await _page(request, asks, {"child": child, "reason": ""}, {})


@router.post("/emergency", status_code=201, summary="Open one child's records in an emergency, with a reason")
async def begin(
    request: Request,
    asks: Asking,
    child: Annotated[str, Form(max_length=300, description="Its id, or an identifier: council:997:100231.")] = "",
    reason: Annotated[str, Form(max_length=4000)] = "",
) -> Response:
    """It is open when this returns, and ends by itself."""
    settings = request.app.state.settings
    if asks.asker.scopes is None and not emergencies.proven(asks.asker, settings):
        raise Refused(refusals.PROVE_FIRST)
    try:
        use = await emergencies.begin(asks, _ledger(request), settings, child, reason)
    except Refused as refused:
        fields = {refusals.NO_EMERGENCY: "reason", refusals.NOT_FOUND: "child"}
        if not wants_page(request) or refused.words not in fields:
            raise
        field = fields[refused.words]
        words = refused.detail if field == "reason" else "No child of that id or identifier can be opened."
        return await _page(request, asks, {"child": child, "reason": reason}, {field: words}, refused.words.status)
    if wants_page(request):
        return RedirectResponse(f"/child/{use.child}", status_code=303)
    return JSONResponse(as_json(use), status_code=201)


@router.post("/emergency/end", summary="End what is open to you")
async def end(request: Request, asks: Asking) -> Response:
    """From the next request on nothing more is seen by it."""
    use = await emergencies.end(asks, _ledger(request))
    return RedirectResponse("/emergency", status_code=303) if wants_page(request) else JSONResponse({"ended": use.id})


@router.get("/emergency/reviews", summary="Every use of emergency access, those that wait for a review first")
async def reviews(request: Request, asks: AuditAsking) -> Response:
    """For auditors. Each is reviewed by somebody of another agency than the one whose person opened it."""
    uses = await asyncio.to_thread(_ledger(request).every)
    captions = await asks.captions({use.child for use in uses})
    if not wants_page(request):
        return JSONResponse({"uses": [as_json(use) for use in uses]})
    now = times.now()
    return render(
        request,
        "emergency_reviews.html",
        asks.asker,
        title="Emergency access to review",
        uses=[(use, use.open(now), due(use), due(use) < now, may_review(asks, use)) for use in uses],
        waiting=sum(use.reviewed is None for use in uses),
        captions=captions,
    )


@router.get("/emergency/reviews/{number}", summary="One use: who, why, and everything that was done while it was open")
async def one(request: Request, asks: AuditAsking, number: _NUMBER) -> Response:
    """What the reviewer needs to look at, and the form in which they record what they found."""
    return await _one(request, asks, number, {}, 200)


@router.post("/emergency/reviews/{number}", summary="Record what you found, as a person of another agency")
async def review(
    request: Request,
    asks: AuditAsking,
    number: _NUMBER,
    verdict: Annotated[str, Form(max_length=40, description="needed, not needed, or cannot be said")] = "",
    found: Annotated[str, Form(max_length=4000)] = "",
) -> Response:
    """It is recorded once, and stands in the audit."""
    try:
        await emergencies.review(asks, _ledger(request), number, verdict, found)
    except Refused as refused:
        if not wants_page(request) or refused.words is refusals.NOT_FOUND:
            raise
        return await _one(request, asks, number, {"found": refused.detail, "typed": found}, refused.words.status)
    return _back(request, number)


@router.post("/emergency/reviews/{number}/end", summary="End somebody's emergency access that must not go on")
async def end_for(request: Request, asks: AuditAsking, number: _NUMBER) -> Response:
    """From their next request on they see nothing by it."""
    await emergencies.end_for(asks, _ledger(request), number)
    return _back(request, number)


def _back(request: Request, number: str) -> Response:
    if wants_page(request):
        return RedirectResponse(f"/emergency/reviews/{number}", status_code=303)
    use = _ledger(request).use(number)
    return JSONResponse(as_json(use) if use else {})


async def _page(
    request: Request, asks: Asks, typed: dict[str, str], problems: dict[str, str], status: int = 200
) -> Response:
    uses, now = await asyncio.to_thread(_ledger(request).of, asks.asker.reader.name), times.now()
    if not wants_page(request):
        return JSONResponse({"uses": [as_json(use) for use in uses]})
    rules = allowed(now)
    return render(
        request,
        "emergency.html",
        asks.asker,
        title="Emergency access to one child",
        status=status,
        rules=rules,
        minutes=int(rules.lasts.total_seconds() // 60),
        may=asks.asker.purpose.code in rules.purposes,
        proven=emergencies.proven(asks.asker, request.app.state.settings),
        uses=[(use, use.open(now), due(use)) for use in uses],
        captions=await asks.captions({use.child for use in uses}),
        typed=typed,
        problems=problems,
        errors=[{"text": words, "href": f"#{field}"} for field, words in problems.items()],
    )


async def _done(asks: Asks, use: Use) -> tuple[int, tuple[Line, ...]]:
    """What was done while it was open, newest first, by whichever agency's person; looking here is recorded too."""
    found = await asyncio.to_thread(asks.store.audit.index.of_things, [use.id], Wanted(limit=SHOWN))
    await asks.looked("AUDIT", {"thing": use.id}, found.total)
    return found.total, tuple(line_of(told) for told in found.lines)


async def _one(request: Request, asks: Asks, number: str, problem: dict[str, str], status: int) -> Response:
    use = await emergencies.known(asks, _ledger(request), number)
    total, lines = await _done(asks, use)
    if not wants_page(request):
        return JSONResponse({**as_json(use), "total": total, "done": [line.as_json() for line in lines]})
    now = times.now()
    things = {thing for line in lines for thing in line.things[:NAMED]}
    return render(
        request,
        "emergency_review.html",
        asks.asker,
        title="One use of emergency access",
        status=status,
        use=use,
        is_open=use.open(now),
        due=due(use),
        may=may_review(asks, use),
        verdicts=VERDICTS,
        total=total,
        lines=lines,
        named=NAMED,
        captions=await asks.captions({use.child, *things}),
        problem=problem,
    )
