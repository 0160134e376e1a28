"""The network part of a page: from ties to filters, picture, JSON for the diagram, and the table's rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends, Query
from markupsafe import Markup

from missingnet.api import refusals
from missingnet.api.refusals import Refused
from missingnet.graph.answers.descriptions import Caption
from missingnet.graph.answers.events import Event
from missingnet.graph.answers.ties import Tie
from missingnet.visualise import ties as drawing
from missingnet.visualise.chosen import MOST_NODES, chosen
from missingnet.visualise.layout import lay_out
from missingnet.visualise.look import LINKS
from missingnet.visualise.network import Edge, Node, network_json
from missingnet.visualise.network_picture import network_legend, network_svg
from missingnet.visualise.words import capital


@dataclass(frozen=True, slots=True)
class FilterBox:
    """One box of a filter."""

    value: str
    text: str
    on: bool


@dataclass(frozen=True, slots=True)
class NetworkView:
    """Everything the network's template prints; picture, JSON and table hold the same links."""

    nodes: Sequence[Node]
    edges: Sequence[Edge]
    found: int
    here: str
    hops: int | None
    kinds: Sequence[FilterBox]
    strengths: Sequence[FilterBox]
    since: str
    until: str
    carried: Sequence[tuple[str, str]]
    action: str
    expand_url: str | None
    label: str
    label_here: str
    words_here: str
    legend: Markup
    svg: Markup
    json: Markup
    notes: Sequence[str]
    empty: str


async def asked_choice(
    kinds: Annotated[
        list[str] | None, Query(alias="kind", description="Kinds of link to show; all when left out.")
    ] = None,
    strength: Annotated[list[str] | None, Query(description="Strengths to show: strong, medium, weak.")] = None,
    since: Annotated[str | None, Query(alias="from", description="Observed on or after this day.")] = None,
    until: Annotated[str | None, Query(alias="to", description="Observed on or before this day.")] = None,
) -> drawing.Choice:
    """The filter in a page's address."""
    try:
        return drawing.Choice(
            frozenset(kinds or ()),
            frozenset(strength or ()),
            date.fromisoformat(since) if since else None,
            date.fromisoformat(until) if until else None,
        )
    except ValueError as error:
        raise Refused(refusals.NOT_UNDERSTOOD, "A day is written as 2026-10-31.") from error


AskedChoice = Annotated[drawing.Choice, Depends(asked_choice)]


def undescribed(thing: str, kind: str) -> Caption:
    """What to call a thing that records name and none describes."""
    return Caption(
        thing_id=thing,
        thing_kind=kind,
        caption=drawing.called(thing, kind, {}),
        aliases=(),
        born=None,
        sex=None,
        address=None,
        postcode=None,
        kind=None,
        disagree=(),
        descriptions=(),
    )


def kinds_in(ties: Sequence[Tie]) -> dict[str, str]:
    """The kind of every thing that the ties join."""
    return {tie.from_id: tie.from_kind for tie in ties} | {tie.to_id: tie.to_kind for tie in ties}


def with_undescribed(captions: Mapping[str, Caption], ties: Sequence[Tie]) -> dict[str, Caption]:
    """The captions, and one for each end of a tie that no seen record describes."""
    return {thing: undescribed(thing, kind) for thing, kind in kinds_in(ties).items()} | dict(captions)


def view_network(
    ties: Sequence[Tie],
    captions: Mapping[str, Caption],
    events: Mapping[str, Sequence[Event]],
    *,
    rule: str,
    here: str,
    here_kind: str,
    choice: drawing.Choice,
    notes: Sequence[str],
    carried: Sequence[tuple[str, str]],
    action: str,
    expand_url: str | None,
    hops: int | None,
    empty: str,
) -> NetworkView:
    """The network of a page, filtered as chosen; what is left out is said."""
    everything = drawing.edges_of(ties, captions, events, rule)
    wanted = [edge for edge in everything if choice.shows(edge)]
    edges, cut = chosen(wanted, here)
    nodes = drawing.joined(drawing.nodes_of(ties, captions, here, here_kind), edges, here)
    positions = lay_out(nodes, edges)
    name = drawing.called(here, here_kind, captions)
    label = f"Network of {name}"
    said = list(notes)
    if cut:
        said.append(
            f"Shown: {len(edges)} of {len(edges) + cut} links, those among {MOST_NODES} people, places and "
            "things: the nearest, and of these the best supported. Filter by kind, strength or date to see the others."
        )
    if len(wanted) < len(everything):
        said.append(f"The filter leaves out {len(everything) - len(wanted)} of {len(everything)} links.")
    described = f"{len(nodes)} things and {len(edges)} links. The table of links on this page holds the same."
    return NetworkView(
        nodes=nodes,
        edges=edges,
        found=len(everything),
        here=here,
        hops=hops,
        kinds=[
            FilterBox(kind, capital(kind), not choice.kinds or kind in choice.kinds)
            for kind in sorted({edge.kind for edge in everything})
        ],
        strengths=[
            FilterBox(name, LINKS[name].words, not choice.strengths or name in choice.strengths) for name in LINKS
        ],
        since=choice.since.isoformat() if choice.since else "",
        until=choice.until.isoformat() if choice.until else "",
        carried=carried,
        action=action,
        expand_url=expand_url,
        label=label,
        label_here=name,
        words_here=f"{len(edges)} links are drawn.",
        legend=network_legend(nodes, edges),
        svg=network_svg(nodes, edges, positions, label, described),
        json=network_json(nodes, edges, positions),
        notes=said,
        empty=empty,
    )
