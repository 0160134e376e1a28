"""A network as a picture of its own: for packs, for paper and for a page without scripts, at the screen's positions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from missingnet.visualise import look, svg
from missingnet.visualise.lines import turning_point
from missingnet.visualise.look import Point
from missingnet.visualise.network import Edge, Node, Positions, check_ends, edge_bends

_MARGIN: Final = 16.0
_LEGEND_ROW: Final = 24.0
_LEGEND_SIZE: Final = 12.0


def kinds_drawn(nodes: Sequence[Node]) -> list[str]:
    """The kinds of node in a picture, in the order of the table of looks."""
    present = {node.kind for node in nodes}
    return [kind for kind in look.NODES if kind in present]


def _curve(a: Point, b: Point, bend: float) -> str:
    """The path between two points, bowed as the screen bows it."""
    start = f"M{svg.number(a[0])} {svg.number(a[1])}"
    if a == b:
        up = f"{svg.number(a[0] + 55)} {svg.number(a[1] - 55)} {svg.number(a[0] - 55)} {svg.number(a[1] - 55)}"
        return f"{start}C{up} {svg.number(a[0])} {svg.number(a[1])}"
    if not bend:
        return f"{start}L{svg.number(b[0])} {svg.number(b[1])}"
    via = turning_point(a, b, bend)
    return f"{start}Q{svg.number(via[0])} {svg.number(via[1])} {svg.number(b[0])} {svg.number(b[1])}"


def _legend(
    nodes: Sequence[Node], edges: Sequence[Edge], left: float, top: float, width: float
) -> tuple[list[str], float]:
    """The legend's parts and its height: a shape and a word for each kind, a line and a word for each strength."""
    parts: list[str] = []
    x, y = left, top
    strengths = {edge.strength for edge in edges}
    entries: list[tuple[str, str]] = [(kind, look.NODES[kind].words) for kind in kinds_drawn(nodes)]
    entries += [(strength, f"{one.words} link") for strength, one in look.LINKS.items() if strength in strengths]
    entries += [("hub", "Other links not followed")] * any(node.hub for node in nodes)
    for key, words in entries:
        room = 36 + svg_width(words)
        if x > left and x + room > left + width:
            x, y = left, y + _LEGEND_ROW
        if key in look.NODES:
            parts.append(svg.shape(look.NODES[key].outline, (x + 12, y + 12), 7.5, look.NODES[key].colour, 1))
        elif key == "hub":
            parts.append(_ring((x + 12, y + 12), 9))
        else:
            across = f"M{svg.number(x)} {svg.number(y + 12)}h24"
            parts += [svg.line(across, one) for strength, one in look.LINKS.items() if strength == key]
        parts.append(svg.text(words, (x + 29, y + 16), size=_LEGEND_SIZE))
        x += room
    return parts, y + _LEGEND_ROW - top


def svg_width(words: str) -> float:
    """The width of a legend's words with the space after them."""
    return look.text_width(words, _LEGEND_SIZE) + 12


def _ring(at: Point, radius: float) -> str:
    """The dotted ring about a thing whose other links are not followed."""
    return (
        f'<circle cx="{svg.number(at[0])}" cy="{svg.number(at[1])}" r="{svg.number(radius)}" fill="none" '
        f'stroke="{look.INK}" stroke-width="1.5" stroke-dasharray="2 3"/>'
    )


def _drawn(node: Node, at: Point) -> str:
    """A node with its label below it; its whole label and note are its title."""
    kind = look.NODES[node.kind]
    radius = look.RADIUS_HERE if node.here else look.RADIUS
    note = f". {node.note}" if node.note else ""
    parts = [f"<title>{svg.safe(f'{node.label}: {kind.words}{note}')}</title>"]
    if node.hub:
        parts.append(_ring(at, radius + 5))
    parts.append(svg.shape(kind.outline, at, radius, kind.colour, 3.5 if node.here else 1.5))
    below = at[1] + radius + 4 + look.LABEL_SIZE
    for place, words in enumerate(look.label_lines(node.label)):
        parts.append(svg.text(words, (at[0], below + place * look.LABEL_LINE), anchor="middle", bold=node.here))
    return f"<g>{''.join(parts)}</g>"


def network_svg(nodes: Sequence[Node], edges: Sequence[Edge], positions: Positions, title: str, desc: str) -> Markup:
    """The network as an SVG picture with its legend; lines lie behind nodes and labels, and every text is escaped."""
    check_ends(nodes, edges)
    bow = edge_bends(edges, positions)
    halves = [max(60.0, *(look.text_width(line) / 2 for line in look.label_lines(node.label))) for node in nodes]
    left = min((positions[node.id][0] - half for node, half in zip(nodes, halves, strict=True)), default=0) - _MARGIN
    right = max((positions[node.id][0] + half for node, half in zip(nodes, halves, strict=True)), default=0) + _MARGIN
    top = min((positions[node.id][1] for node in nodes), default=0) - look.RADIUS_HERE - _MARGIN
    bottom = (
        max((positions[node.id][1] for node in nodes), default=0) + look.RADIUS_HERE + 2 * look.LABEL_LINE + _MARGIN
    )
    if right - left < 420:
        left, right = (left + right) / 2 - 210, (left + right) / 2 + 210
    legend, height = _legend(nodes, edges, left + _MARGIN, bottom, right - left - 2 * _MARGIN)
    weakest_first = sorted(edges, key=lambda edge: list(look.LINKS).index(edge.strength), reverse=True)
    lines = [
        svg.line(
            _curve(positions[edge.source], positions[edge.target], bow[edge.id]),
            look.link_look(edge.strength, edge.mark is not None),
        )
        for edge in weakest_first
    ]
    drawn = [_drawn(node, positions[node.id]) for node in nodes]
    box = (left, top, right - left, bottom + height + _MARGIN / 2 - top)
    return Markup(svg.picture(box, "network-svg", title, desc, [*lines, *drawn, *legend]))  # noqa: S704 (escaped in svg)


def network_legend(nodes: Sequence[Node], edges: Sequence[Edge]) -> Markup:
    """The legend as a list for a page: shape and word for each kind, line and word for each strength."""
    items = [
        f"<li>{svg.small(look.NODES[kind].outline, look.NODES[kind].colour)}{svg.safe(look.NODES[kind].words)}</li>"
        for kind in kinds_drawn(nodes)
    ]
    strengths = {edge.strength for edge in edges}
    for strength, one in look.LINKS.items():
        if strength in strengths:
            items.append(f"<li>{svg.sample(svg.line('M1 11h28', one), 30)}{svg.safe(one.words)} link</li>")
    marks = " or ".join(mark for mark in (look.FADED_WORDS, look.ENDED_WORDS) if mark in {edge.mark for edge in edges})
    if marks:
        faded = svg.line("M1 11h28", look.link_look("weak", True))
        items.append(f"<li>{svg.sample(faded, 30)}{svg.safe(marks.capitalize())}</li>")
    if any(node.hub for node in nodes):
        items.append(f"<li>{svg.sample(_ring((11, 11), 8), 22)}Other links not followed</li>")
    return Markup(f'<ul class="mn-legend" aria-label="Legend">{"".join(items)}</ul>')  # noqa: S704 (escaped in svg)
