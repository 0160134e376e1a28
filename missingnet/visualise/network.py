"""A network to be drawn: things and the links between them, each with its reason, and the JSON that the screen reads.

Positions come from `missingnet.visualise.layout`, the picture from `missingnet.visualise.network_picture`; all are made
from the same nodes and edges as the table of links, so the four agree.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from missingnet.visualise import look
from missingnet.visualise.lines import bends
from missingnet.visualise.look import Point, Strength
from missingnet.visualise.words import day_words

Positions = Mapping[str, Point]


@dataclass(frozen=True, slots=True)
class Source:
    """One record behind a link: its id, what it is in words, who told us, its grading, the day and its page."""

    record: str
    words: str
    agency: str
    grade: str | None
    on: date | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Node:
    """A thing drawn. `here`: the page is about it. `hub`: its other links are not followed, and `note` says why."""

    id: str
    kind: str
    label: str
    here: bool
    hub: bool
    note: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Edge:
    """A link in the picture: its words, the records behind it, when it was seen, how well it is supported and why.

    `standing` says in words how many sources it has, how old it is, until when it holds and what people said of it;
    `url`: the page on which a person says whether it still holds; None: a picture without one.
    `mark`: that this day is past, or that a person said that it no longer holds, in words; None: neither.
    `why` is one sentence for people; `rule` the id of the rule that answered. A link without a record cannot be made:
    a drawn line that nobody can explain is worse than none (DOMAIN §3).
    """

    id: str
    source: str
    target: str
    kind: str
    words: str
    records: tuple[Source, ...]
    agencies: tuple[str, ...]
    first: date | None
    last: date | None
    strength: Strength
    mark: str | None
    standing: str
    why: str
    rule: str
    url: str | None

    def __post_init__(self) -> None:
        if not self.records:
            raise ValueError("a link must name the records behind it")


def period_words(first: date | None, last: date | None) -> str:
    """'3 Oct 2026', '3 Oct 2026 to 9 Oct 2026', or that nobody recorded when."""
    if first and last and first != last:
        return f"{day_words(first)} to {day_words(last)}"
    return day_words(first or last)


def check_ends(nodes: Sequence[Node], edges: Sequence[Edge]) -> None:
    """Raise ValueError unless every id is used once and every link joins two of the nodes."""
    known = {node.id for node in nodes}
    if len(known) != len(nodes) or len({edge.id for edge in edges}) != len(edges):
        raise ValueError("two nodes or two links share an id")
    if any(edge.source not in known or edge.target not in known for edge in edges):
        raise ValueError("a link must join two of the nodes drawn")


def edge_bends(edges: Sequence[Edge], positions: Positions) -> dict[str, float]:
    """How far each link bows, by its id, as the screen, the picture and the stand-alone file all draw it."""
    return bends([(edge.id, edge.source, edge.target) for edge in edges], positions)


def _node_data(node: Node, where: Point) -> dict[str, Any]:
    return {
        "id": node.id,
        "kind": node.kind,
        "label": node.label,
        "lines": list(look.label_lines(node.label)),
        "x": where[0],
        "y": where[1],
        "here": node.here,
        "hub": node.hub,
        "note": node.note,
        "url": node.url,
    }


def _edge_data(edge: Edge, bend: float) -> dict[str, Any]:
    return {
        "id": edge.id,
        "source": edge.source,
        "target": edge.target,
        "kind": edge.kind,
        "words": edge.words,
        "agencies": list(edge.agencies),
        "first": edge.first.isoformat() if edge.first else None,
        "last": edge.last.isoformat() if edge.last else None,
        "when": period_words(edge.first, edge.last),
        "strength": edge.strength,
        "mark": edge.mark,
        "standing": edge.standing,
        "bend": bend,
        "why": edge.why,
        "rule": edge.rule,
        "url": edge.url,
        "records": [
            {
                "record": source.record,
                "words": source.words,
                "agency": source.agency,
                "grade": source.grade,
                "on": day_words(source.on),
                "url": source.url,
            }
            for source in edge.records
        ],
    }


def _looks() -> dict[str, Any]:
    nodes = {
        kind: {"words": node.words, "colour": node.colour, "outline": node.outline} for kind, node in look.NODES.items()
    }
    links = {
        strength: {"words": link.words, "width": link.width, "dash": link.dash, "colour": link.colour}
        for strength, link in look.LINKS.items()
    }
    return {
        "nodes": nodes,
        "links": links,
        "fadedDash": look.FADED_DASH,
        "radius": look.RADIUS,
        "radiusHere": look.RADIUS_HERE,
        "labelSize": look.LABEL_SIZE,
        "labelLine": look.LABEL_LINE,
        "font": look.FONT,
        "ink": look.INK,
        "paper": look.PAPER,
    }


def network_data(nodes: Sequence[Node], edges: Sequence[Edge], positions: Positions) -> dict[str, Any]:
    """The whole network as plain values: nodes with positions in pixels, links with their records, and the looks."""
    check_ends(nodes, edges)
    bow = edge_bends(edges, positions)
    return {
        "nodes": [_node_data(node, positions[node.id]) for node in nodes],
        "edges": [_edge_data(edge, bow[edge.id]) for edge in edges],
        "looks": _looks(),
    }


def expansion_data(
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    positions: Positions,
    shown_nodes: Collection[str],
    shown_links: Collection[str],
    notes: Iterable[str],
    rows: str,
) -> dict[str, Any]:
    """What an expansion adds to what is shown: new nodes, new links, what was cut and why, and the new table rows."""
    check_ends(nodes, edges)
    new = [edge for edge in edges if edge.id not in shown_links]
    bow = edge_bends([*(edge for edge in edges if edge.id in shown_links), *new], positions)
    return {
        "nodes": [_node_data(node, positions[node.id]) for node in nodes if node.id not in shown_nodes],
        "edges": [_edge_data(edge, bow[edge.id]) for edge in new],
        "notes": list(notes),
        "rows": rows,
    }


def in_script(value: object) -> Markup:
    """JSON that may stand inside a `<script type="application/json">`: no record's text can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    escaped = text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(escaped.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))  # noqa: S704 (no markup left in it)


def network_json(nodes: Sequence[Node], edges: Sequence[Edge], positions: Positions) -> Markup:
    """`network_data` as JSON, safe inside a `<script type="application/json" id="network-data">`."""
    return in_script(network_data(nodes, edges, positions))
