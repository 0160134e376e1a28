"""What the rules name now, for this reader's role first: what is new, changed, still there, or gone."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from missingnet.api import refusals
from missingnet.api.asks import Asks, PresentAsking
from missingnet.api.moments import NotAMoment, moment_in
from missingnet.api.reader import GuardedRoute
from missingnet.api.refusals import Refused
from missingnet.api.screens.message import wants_page
from missingnet.api.screens.render import render
from missingnet.api.watches import A_WEEK, Watches
from missingnet.api.watching import Finding, Watched
from missingnet.graph import rulebook, times
from missingnet.graph.answers import plain
from missingnet.graph.answers.findings import WHATS

router = APIRouter(route_class=GuardedRoute, tags=["findings"])

#: Findings on one page; how many there are is always said.
SHOWN = 50
_SINCE = Annotated[str | None, Query(description="New since when: a day such as 2026-10-31. Left out: the last week.")]
_RULE = Annotated[str | None, Query(description="Only this rule's findings.", max_length=60)]


def since_of(typed: str | None, now: datetime) -> datetime:
    """From when a finding is new: the start of the day typed, else of the day a week ago."""
    try:
        day = times.utc_to_london(moment_in(typed) if typed else now - A_WEEK).date()
    except NotAMoment as error:
        raise Refused(refusals.NOT_UNDERSTOOD, str(error)) from error
    return times.start_of_day(day)


@router.post("/findings", status_code=202, summary="Ask every rule as at now, and note what is new")
async def begin(request: Request, asks: PresentAsking) -> Response:
    """Begin a watch as this reader; the page shows how far it is."""
    watches: Watches = request.app.state.watches
    watches.begin(asks)
    if wants_page(request):
        return RedirectResponse("/findings", status_code=303)
    return JSONResponse({"state": "running"}, status_code=202, headers={"Location": "/findings"})


@router.get("/findings", summary="What the rules name now: new, changed, still there and gone")
async def findings(
    request: Request,
    asks: PresentAsking,
    since: _SINCE = None,
    rule: _RULE = None,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """The findings of the last watch for this reader and purpose.

    Where records have come in since, somebody may have withheld one of those they rest on: nothing of them is shown
    until the rules have been asked again, which begins by itself.
    """
    watches: Watches = request.app.state.watches
    found, fresh = await watches.read(asks)
    running = watches.running(asks.asker)
    if not fresh and (running is None or running.failed is None):
        watches.begin(asks)
        running = watches.running(asks.asker)
    from_when = since_of(since, asks.moment.as_at)
    shown = found if fresh else None
    counts = _counts(shown, from_when, asks.asker.reader.roles) if shown else []
    ordered = _of_rule(shown, from_when, rule, [name for name, _ in counts]) if shown else []
    on_page = ordered[(page - 1) * SHOWN : page * SHOWN]
    told = on_page if wants_page(request) else ordered
    if shown:
        await asyncio.to_thread(_write, asks, from_when, rule, told)
    if not wants_page(request):
        return JSONResponse(_as_json(shown, from_when, told))
    captions = await asks.captions(thing for one in on_page for thing in one.things)
    carried = urlencode([(name, value) for name, value in (("since", since), ("rule", rule)) if value])
    return render(
        request,
        "findings.html",
        asks.asker,
        title="What the rules name now",
        running=running,
        watched=shown,
        since=from_when,
        typed={"since": since or ""},
        rule=rule,
        counts=counts,
        rules=rulebook.rules(),
        findings=on_page,
        captions=captions,
        total=len(ordered),
        first=(page - 1) * SHOWN + 1,
        page=page,
        pages=max(1, -(-len(ordered) // SHOWN)),
        carried=carried,
    )


def _of_rule(watched: Watched, since: datetime, rule: str | None, order: Sequence[str]) -> list[Finding]:
    """The findings of one rule; of all rules, in this order, those that are new, changed or gone. New ones first."""
    kinds = watched.since(since)
    return [
        one
        for what in WHATS
        if rule or what != "still"
        for one in sorted(kinds[what], key=lambda one: order.index(one.rule))
        if rule is None or one.rule == rule.upper()
    ]


def _counts(watched: Watched, since: datetime, roles: tuple[str, ...]) -> list[tuple[str, dict[str, int]]]:
    """How many findings each rule has, those that the reader's role looks at first standing first."""
    counts = watched.digest(since)
    first = [rule for rule in rulebook.first_for(roles) if rule in counts]
    return [(rule, counts[rule]) for rule in dict.fromkeys([*first, *counts])]


def _write(asks: Asks, since: datetime, rule: str | None, told: Sequence[Finding]) -> None:
    """What is about to be shown stands in the audit first: it was found earlier, and somebody else sees it now."""
    audit = asks.store.audit
    audit.write(
        {
            **audit.entry("consult", asks.asker.reader, asks.asker.purpose),
            "question": "FINDINGS",
            "parameters": {"rule": rule if rule in rulebook.rules() else None, "since": plain(since)},
            "outcome": "answered",
            "rows": len(told),
            "shown": list(dict.fromkeys(thing for one in told for thing in one.things)),
        }
    )


def _as_json(watched: Watched | None, since: datetime, told: Sequence[Finding]) -> dict[str, Any]:
    if watched is None:
        return {"state": "running", "since": plain(since), "counts": {}, "findings": []}
    return {
        "state": "found",
        "as_at": plain(watched.at),
        "since": plain(since),
        "could_not_be_answered": list(watched.unanswered),
        "counts": watched.digest(since),
        "findings": [
            {
                "rule": one.rule,
                "things": list(one.things),
                "what": one.what(since),
                "why": one.why,
                "records": list(one.records),
                "first": plain(one.first),
                "changed": plain(one.changed),
                "gone": plain(one.gone),
            }
            for one in told
        ],
    }
