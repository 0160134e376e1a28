"""The rules that fired for one child: the part of the child's page that comes after the network, and a page of its own.

A rule is asked over all children, which takes longer than one child's network. So the child's page asks for this part
once the network is there; without scripts it is a link to the page.
"""

from __future__ import annotations

import asyncio
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from missingnet.api import refusals
from missingnet.api.asks import Asking, Asks
from missingnet.api.moments import Moment
from missingnet.api.reader import GuardedRoute
from missingnet.api.refusals import Refused
from missingnet.api.screens import fired
from missingnet.api.screens.network_view import undescribed
from missingnet.api.screens.render import render
from missingnet.api.screens.source_words import source_words
from missingnet.api.screens.tables import records_in, things_in
from missingnet.graph.answers import Row

router = APIRouter(route_class=GuardedRoute)

#: The header by which a page of ours asks for a part to put into itself.
PART = "x-part"


def rules_address(child: str, moment: Moment) -> str:
    """Where the rules of a child stand, as at the very moment of the page that leads there, so that the two agree."""
    times = {"as_at": f"{moment.as_at:%Y-%m-%dT%H:%M:%S}Z"}
    if moment.known_at is not None:
        times["known_at"] = f"{moment.known_at:%Y-%m-%dT%H:%M:%S}Z"
    return f"/child/{quote(child)}/rules?{urlencode(times)}"


@router.get("/child/{child}/rules", response_class=HTMLResponse, include_in_schema=False)
async def child_rules(request: Request, asks: Asking, child: str) -> HTMLResponse:
    """The rules that fired, each with its facts; a child who is hidden and one who does not exist are the same 404."""
    described = await asks.captions([child])
    if child not in described and not await _is_seen(asks, child):
        raise Refused(refusals.NOT_FOUND)
    here = described.get(child) or undescribed(child, "Child")
    if here.thing_kind != "Child":
        raise Refused(refusals.NOT_FOUND)
    rules = await fired.fired_for(asks, request.app.state.kept, child)
    rows: list[Row] = [row for rule in rules for row in rule.rows]
    captions, told = await asyncio.gather(asks.captions(things_in(rows)), asks.events(records_in(rows)))
    return render(
        request,
        "_rules.html" if PART in request.headers else "child_rules.html",
        asks.asker,
        title=f"Rules that fired for {here.caption}",
        as_at=asks.moment.as_at,
        known_at=asks.moment.known_at,
        typed=dict(asks.moment.typed),
        caption=here,
        rules=rules,
        captions={**captions, child: here},
        sources=source_words(told),
    )


async def _is_seen(asks: Asks, child: str) -> bool:
    """True when the reader may see anything at all of a child whom no seen record describes."""
    found = await asyncio.gather(
        *(asks.ask(rule, child=child) for rule in ("CHILD-NETWORK", "CHILD-IDENTITY", "CHILD-TIMELINE"))
    )
    return any(answer.rows for answer in found)
