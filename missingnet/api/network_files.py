"""A child's network to take away as one file, and what is added when a thing in the diagram is expanded."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from missingnet.api import refusals
from missingnet.api.asks import Asking, Asks, rows_of
from missingnet.api.conditions import conditions_of
from missingnet.api.reader import GuardedRoute
from missingnet.api.recipients import AskedRecipients, in_words
from missingnet.api.refusals import Refused
from missingnet.api.screens.network_view import kinds_in, with_undescribed
from missingnet.api.screens.render import environment
from missingnet.graph import times
from missingnet.graph.access import Reader
from missingnet.graph.answers.ties import Tie
from missingnet.graph.terms import MARKING
from missingnet.visualise import ties as drawing
from missingnet.visualise.chosen import MOST_NODES, chosen
from missingnet.visualise.layout import lay_out
from missingnet.visualise.network import Source, expansion_data
from missingnet.visualise.words import instant_words

router = APIRouter(route_class=GuardedRoute)


async def standalone(asks: Asks, child: str, hops: int, recipients: Sequence[Reader] = ()) -> str:
    """The stand-alone file of a child's network, for these recipients or for who asks, of what each of them may see;
    its release is in the audit first.

    :raises Refused: there is nothing of that child that reader and recipients may see.
    """
    # pyvis brings IPython with it: loaded when somebody takes a file away, and not by every service that starts.
    from missingnet.visualise.standalone import standalone_html

    asks = asks.leaving(recipients, conditions=True)
    captions, answer = await asyncio.gather(asks.captions([child]), asks.ask("CHILD-NETWORK", child=child, hops=hops))
    here = captions.get(child)
    if here is None or here.thing_kind != "Child":
        raise Refused(refusals.NOT_FOUND)
    ties: list[Tie] = rows_of(answer, Tie)
    captions |= await asks.captions({tie.from_id for tie in ties} | {tie.to_id for tie in ties})
    events = await asks.events({record for tie in ties for record in tie.records})
    edges, cut = chosen(drawing.edges_of(ties, captions, events, "CHILD-NETWORK"), child)
    told = await conditions_of(asks, {(versions[0].label, record) for record, versions in events.items()})
    edges = [replace(edge, records=tuple(_conditioned(one, told) for one in edge.records)) for edge in edges]
    nodes = drawing.joined(drawing.nodes_of(ties, captions, child, "Child"), edges, child)
    positions = await asyncio.to_thread(lay_out, nodes, edges)
    title = f"Network of {here.caption}" + (f" (shown: {len(edges)} of {len(edges) + cut} links)" if cut else "")
    to, why, now = in_words(recipients or (asks.asker.reader,)), asks.asker.purpose, instant_words(times.now())
    marking = f"{MARKING}. For {to}, for {why.code} {why.reference}".rstrip() + f". Made {now}."
    shown = sorted({child, *(end for edge in edges for end in (edge.source, edge.target))})
    await asks.release("stand-alone network", child, shown=shown)
    return await asyncio.to_thread(standalone_html, nodes, edges, positions, title, marking)


def _conditioned(source: Source, told: Mapping[str, str]) -> Source:
    """The source with the condition under which it is shared beside its grade."""
    return replace(source, grade=", ".join(filter(None, (source.grade, told.get(source.record)))) or None)


@router.get(
    "/children/{child}/network.html",
    response_class=HTMLResponse,
    tags=["questions"],
    summary="A child's network as one file that loads nothing from elsewhere",
)
async def network_file(
    asks: Asking, child: str, recipients: AskedRecipients, hops: Annotated[int, Query(ge=1, le=3)] = 2
) -> HTMLResponse:
    """A file to keep, with the picture and the table of its links."""
    text = await standalone(asks, child, hops, recipients)
    return HTMLResponse(text, headers={"Content-Disposition": 'attachment; filename="missingnet-network.html"'})


class Expansion(BaseModel):
    """What the diagram sends: the thing to expand, where the shown things stand, and which links are shown."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(max_length=200)
    shown: dict[str, tuple[float, float]] = Field(max_length=2000)
    links: list[str] = Field(max_length=10000)


@router.post("/children/{child}/network/expand", include_in_schema=False)
async def expand(request: Request, asks: Asking, child: str, wanted: Expansion) -> JSONResponse:
    """The links of one more thing; what is shown already does not move."""
    answer = await asks.ask("THING-NETWORK", thing=wanted.id)
    ties: list[Tie] = rows_of(answer, Tie)
    kinds = kinds_in(ties)
    captions = with_undescribed(await asks.captions({wanted.id, *kinds}), ties)
    if wanted.id not in captions:
        raise Refused(refusals.NOT_FOUND)
    kind = captions[wanted.id].thing_kind
    events = await asks.events({record for tie in ties for record in tie.records})
    known = set(wanted.links)
    found = [edge for edge in drawing.edges_of(ties, captions, events, "THING-NETWORK") if edge.id not in known]
    room = max(MOST_NODES - len(wanted.shown), 0) + 1
    edges, cut = chosen(found, wanted.id, len({wanted.id}) + room)
    new = drawing.joined(drawing.nodes_of(ties, captions, wanted.id, kind), edges, wanted.id)
    standing = [node for node in new if node.id in wanted.shown]
    places = {thing: place for thing, place in wanted.shown.items() if thing in {node.id for node in new}}
    positions = await asyncio.to_thread(lay_out, new, edges, places)
    notes = list(answer.notes)
    if cut:
        notes.append(f"Shown: {len(edges)} of {len(edges) + cut} further links; the diagram holds {MOST_NODES} things.")
    if not edges:
        notes.append("No further links are recorded.")
    rows = environment().get_template("_link_rows.html").render(edges=edges, captions=captions, here=child)
    return JSONResponse(expansion_data(new, edges, positions, {node.id for node in standing}, known, notes, rows))
