"""The page of an associate, place, home, school, vehicle, phone or online name: what it is tied to, and its sources."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from missingnet.api import refusals
from missingnet.api.asks import Asking, rows_of
from missingnet.api.reader import GuardedRoute
from missingnet.api.refusals import Refused
from missingnet.api.screens.child import references_of
from missingnet.api.screens.network_view import AskedChoice, kinds_in, undescribed, view_network, with_undescribed
from missingnet.api.screens.render import render
from missingnet.graph.answers.contradicted import SameBySealed
from missingnet.graph.answers.ties import Tie
from missingnet.graph.terms import THINGS
from missingnet.visualise.ties import address_of

router = APIRouter(route_class=GuardedRoute)


@router.get("/thing/{kind}/{thing}", response_class=HTMLResponse, include_in_schema=False)
async def thing_page(request: Request, asks: Asking, kind: str, thing: str, choice: AskedChoice) -> Response:
    """One thing; hidden, missing and of another kind are the same 404."""
    if kind not in THINGS:
        raise Refused(refusals.NOT_FOUND)
    described, network, sealed = await asyncio.gather(
        asks.captions([thing]), asks.ask("THING-NETWORK", thing=thing), asks.ask("SAME-BY-SEALED", thing=thing)
    )
    if thing not in described and not network.rows:
        raise Refused(refusals.NOT_FOUND)
    here = described.get(thing) or undescribed(thing, kinds_in(rows_of(network, Tie)).get(thing, kind))
    if here.thing_kind != kind:
        raise Refused(refusals.NOT_FOUND)
    if kind == "Child":
        return RedirectResponse(address_of(thing, kind), status_code=303)
    ties: list[Tie] = rows_of(network, Tie)
    captions, told = await asyncio.gather(
        asks.captions({tie.from_id for tie in ties} | {tie.to_id for tie in ties}),
        asks.events({record for tie in ties for record in tie.records}),
    )
    captions = with_undescribed({**captions, thing: here}, ties)
    children = {end for tie in ties for end, label in _ends(tie) if label == "Child" and end != thing}
    moment = asks.moment
    net = view_network(
        ties,
        captions,
        told,
        rule="THING-NETWORK",
        here=thing,
        here_kind=kind,
        choice=choice,
        notes=network.notes,
        carried=moment.typed,
        action=f"/thing/{kind}/{thing}",
        expand_url=f"/children/{thing}/network/expand",
        hops=None,
        empty="No links to people, places or things are recorded.",
    )
    return render(
        request,
        "thing.html",
        asks.asker,
        title=here.caption,
        as_at=moment.as_at,
        known_at=moment.known_at,
        typed=dict(moment.typed),
        caption=here,
        references=references_of(here),
        sealed=rows_of(sealed, SameBySealed),
        children=sorted(children, key=lambda child: captions[child].caption if child in captions else child),
        net=net,
        captions=captions,
    )


def _ends(tie: Tie) -> tuple[tuple[str, str], tuple[str, str]]:
    return (tie.from_id, tie.from_kind), (tie.to_id, tie.to_kind)
