"""Where each node stands: worked out on the server from a fixed seed, so that the same answer is the same picture.

A spring layout gives the shape; then labels are pushed apart, and nodes off the lines that pass behind them.
When a node is expanded, what is already shown does not move at all, and each new node looks for a free place.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import atan2, cos, hypot, pi, sin, sqrt
from typing import Final

import rustworkx

from missingnet.visualise import look
from missingnet.visualise.look import Point
from missingnet.visualise.network import Edge, Node, check_ends

EDGE: Final = 130.0
"""The length, in pixels, that a link between two things of few links tends to."""

APART: Final = 40.0
"""The least distance between a new node and one already shown."""

OFF_LINE: Final = look.RADIUS + 5
"""A node nearer than this to a line that is not its own looks as though the line were."""

TRIES: Final = 24
"""How many places free of other nodes are compared before a new node takes the one that crosses least."""

_GOLDEN: Final = pi * (3 - sqrt(5))
_FAN: Final = 0.1
"""Radians: two lines from one node that differ by less look like one."""


class _Box:
    """The room that a node and its label take about the node's centre."""

    __slots__ = ("bottom", "half", "top")

    def __init__(self, node: Node) -> None:
        radius = look.RADIUS_HERE if node.here else look.RADIUS
        lines = look.label_lines(node.label)
        self.half = max(radius, *(look.text_width(line) / 2 for line in lines)) + 5
        self.top = radius + 5
        self.bottom = radius + 7 + look.LABEL_LINE * len(lines)


def _overlap(a: Point, box_a: _Box, b: Point, box_b: _Box) -> Point | None:
    """How far the two boxes reach into each other across and down, or None when they do not touch."""
    across = box_a.half + box_b.half - abs(a[0] - b[0])
    if across <= 0:
        return None
    upper, lower = ((a, box_a), (b, box_b)) if a[1] <= b[1] else ((b, box_b), (a, box_a))
    down = upper[0][1] + upper[1].bottom - (lower[0][1] - lower[1].top)
    return (across, down) if down > 0 else None


def _off_segment(p: Point, a: Point, b: Point) -> tuple[float, Point]:
    """The distance of a point from a line between two points, and the direction (of length one) away from it."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length))
    ox, oy = p[0] - a[0] - along * dx, p[1] - a[1] - along * dy
    off = hypot(ox, oy)
    if off > 1e-6:
        return off, (ox / off, oy / off)
    size = sqrt(length) or 1.0
    return 0.0, (-dy / size, dx / size)


def _too_near(a: Point, box_a: _Box, b: Point, box_b: _Box) -> bool:
    """True when two nodes stand nearer than APART or one lies on the other's label."""
    dx, dy = abs(a[0] - b[0]), abs(a[1] - b[1])
    if dx > max(APART, box_a.half + box_b.half) or dy > max(APART, box_a.bottom + box_b.bottom + look.RADIUS_HERE):
        return False
    return hypot(dx, dy) < APART or _overlap(a, box_a, b, box_b) is not None


def _on_line(p: Point, a: Point, b: Point) -> bool:
    """True when a point lies so near a line that the line seems to belong to it."""
    if not min(a[0], b[0]) - OFF_LINE < p[0] < max(a[0], b[0]) + OFF_LINE:
        return False
    if not min(a[1], b[1]) - OFF_LINE < p[1] < max(a[1], b[1]) + OFF_LINE:
        return False
    return _off_segment(p, a, b)[0] < OFF_LINE


def _touching(where: Mapping[str, Point], boxes: Mapping[str, _Box]) -> Iterable[tuple[str, str, Point]]:
    """Each pair whose boxes overlap, with how far; found by a sweep from left to right."""
    order = sorted(where, key=lambda name: (where[name][0] - boxes[name].half, name))
    open_now: list[str] = []
    for name in order:
        left = where[name][0] - boxes[name].half
        open_now = [other for other in open_now if where[other][0] + boxes[other].half > left]
        for other in open_now:
            shared = _overlap(where[other], boxes[other], where[name], boxes[name])
            if shared:
                yield other, name, shared
        open_now.append(name)


def _push_apart(where: dict[str, Point], boxes: Mapping[str, _Box], rounds: int) -> None:
    """Move nodes as little as needed until no two boxes overlap, or the rounds are used up."""
    for _ in range(rounds):
        pairs = list(_touching(where, boxes))
        if not pairs:
            return
        for one, two, (across, down) in pairs:
            a, b = where[one], where[two]
            if across < down:
                step = (across / 2 + 0.5) * (1 if a[0] <= b[0] else -1)
                where[one], where[two] = (a[0] - step, a[1]), (b[0] + step, b[1])
            else:
                step = (down / 2 + 0.5) * (1 if a[1] <= b[1] else -1)
                where[one], where[two] = (a[0], a[1] - step), (b[0], b[1] + step)


def _push_off_lines(where: dict[str, Point], lines: Sequence[tuple[str, str]]) -> bool:
    """Move each node off the lines that are not its own; true when one moved."""
    moved = False
    across = sorted((x, name) for name, (x, _) in where.items())
    for one, two in lines:
        a, b = where[one], where[two]
        left, right = min(a[0], b[0]) - OFF_LINE, max(a[0], b[0]) + OFF_LINE
        top, bottom = min(a[1], b[1]) - OFF_LINE, max(a[1], b[1]) + OFF_LINE
        for _, name in across[bisect_left(across, (left, "")) : bisect_left(across, (right, ""))]:
            p = where[name]
            if name in (one, two) or not top < p[1] < bottom:
                continue
            off, (ux, uy) = _off_segment(p, a, b)
            if off < OFF_LINE:
                step = OFF_LINE - off + 1
                where[name] = (p[0] + ux * step, p[1] + uy * step)
                moved = True
    return moved


def _spring(
    ids: Sequence[str], lines: Sequence[tuple[str, str]], seed: int, start: Mapping[str, Point], fixed: Collection[str]
) -> dict[str, Point]:
    """The spring layout of these nodes; `start` gives places to begin from and `fixed` those that stay there."""
    graph = rustworkx.PyGraph(multigraph=False)
    index = dict(zip(ids, graph.add_nodes_from(list(ids)), strict=True))
    graph.add_edges_from_no_data([(index[a], index[b]) for a, b in lines])
    if start:
        placed = {index[name]: (x, y) for name, (x, y) in start.items()}
        found = rustworkx.spring_layout(
            graph, pos=placed, fixed={index[name] for name in fixed}, seed=seed, num_iter=200
        )
    else:
        found = rustworkx.spring_layout(graph, seed=seed, num_iter=500)
    return {name: (float(found[index[name]][0]), float(found[index[name]][1])) for name in ids}


def _component(
    ids: Sequence[str], lines: Sequence[tuple[str, str]], boxes: Mapping[str, _Box], seed: int
) -> dict[str, Point]:
    """The places of one connected part, its own centre at nought."""
    if len(ids) == 1:
        return {ids[0]: (0.0, 0.0)}
    shape = _spring(ids, lines, seed, {}, ())
    lengths = sorted(hypot(shape[a][0] - shape[b][0], shape[a][1] - shape[b][1]) for a, b in lines)
    scale = EDGE / (lengths[len(lengths) // 2] or 1.0)
    for _ in range(12):
        # Screens are wide and labels lie along the lines of text: stretch across, not down.
        where = {name: (x * scale * 1.25, y * scale * 0.85) for name, (x, y) in shape.items()}
        if sum(1 for _ in _touching(where, boxes)) <= len(ids) // 4:
            break
        scale *= 1.12
    for _ in range(6):
        _push_apart(where, boxes, 40)
        if not _push_off_lines(where, lines):
            break
    _push_apart(where, boxes, 60)
    return where


def _parts(ids: Sequence[str], lines: Sequence[tuple[str, str]]) -> list[list[str]]:
    """The connected parts, largest first."""
    graph = rustworkx.PyGraph(multigraph=False)
    index = dict(zip(ids, graph.add_nodes_from(list(ids)), strict=True))
    graph.add_edges_from_no_data([(index[a], index[b]) for a, b in lines])
    parts = [sorted(graph[number] for number in part) for part in rustworkx.connected_components(graph)]
    return sorted(parts, key=lambda part: (-len(part), part))


def _side_by_side(parts: Iterable[dict[str, Point]], boxes: Mapping[str, _Box]) -> dict[str, Point]:
    """The parts in rows, like words on a page about one and a half times as wide as it is high."""
    sized = []
    for part in parts:
        left = min(x - boxes[name].half for name, (x, _) in part.items())
        right = max(x + boxes[name].half for name, (x, _) in part.items())
        top = min(y - boxes[name].top for name, (_, y) in part.items())
        bottom = max(y + boxes[name].bottom for name, (_, y) in part.items())
        sized.append((part, left, top, right - left, bottom - top))
    width = max(max(part[3] for part in sized), sqrt(1.5 * sum((w + 40) * (h + 40) for *_, w, h in sized)))
    where: dict[str, Point] = {}
    x = y = row = 0.0
    for part, left, top, wide, high in sized:
        if x and x + wide > width:
            x, y, row = 0.0, y + row + 40, 0.0
        where |= {name: (px - left + x, py - top + y) for name, (px, py) in part.items()}
        x, row = x + wide + 40, max(row, high)
    return where


def _free_place(
    wanted: Point,
    box: _Box,
    where: Mapping[str, Point],
    boxes: Mapping[str, _Box],
    lines: Sequence[tuple[str, str]],
    ends: Sequence[str],
) -> Point:
    """The best place on a spiral about the wanted one: clear of nodes, labels and lines, and hiding no line."""
    fans = [
        (atan2(where[far][1] - where[end][1], where[far][0] - where[end][0]), end)
        for end in ends
        for a, b in lines
        if end in (a, b)
        for far in ([b] if a == end else [a])
    ]
    boxed = [(where[a], where[b]) for a, b in lines]
    best, least, tried, step = wanted, float("inf"), 0, 0
    while tried < TRIES and least > 0:
        reach = 9.0 * sqrt(step) * (1 + step / 160)
        place = (wanted[0] + reach * cos(step * _GOLDEN), wanted[1] + reach * sin(step * _GOLDEN))
        step += 1
        if any(_too_near(place, box, other, boxes[name]) for name, other in where.items()):
            continue
        tried += 1
        cost = sum(_on_line(place, a, b) for a, b in boxed)
        for end in ends:
            near = where[end]
            angle = atan2(place[1] - near[1], place[0] - near[0])
            cost += sum(abs((angle - fan + pi) % (2 * pi) - pi) < _FAN for fan, owner in fans if owner == end)
            cost += sum(name != end and _on_line(other, place, near) for name, other in where.items())
        if cost < least:
            best, least = place, cost
    return best


def _expand(
    ids: Sequence[str],
    lines: Sequence[tuple[str, str]],
    boxes: Mapping[str, _Box],
    shown: Mapping[str, Point],
    seed: int,
) -> dict[str, Point]:
    """Places for all, those shown exactly where they are."""
    new = [name for name in ids if name not in shown]
    unit = EDGE * sqrt(len(ids))
    middle = (sum(x for x, _ in shown.values()) / len(shown), sum(y for _, y in shown.values()) / len(shown))
    beside = {name: [b if a == name else a for a, b in lines if name in (a, b)] for name in new}
    start = {name: (x / unit, y / unit) for name, (x, y) in shown.items()}
    for number, name in enumerate(new):
        near = [shown[other] for other in beside[name] if other in shown] or [middle]
        x, y = sum(p[0] for p in near) / len(near), sum(p[1] for p in near) / len(near)
        outward = atan2(y - middle[1], x - middle[0]) + (number - (len(new) - 1) / 2) * 0.5
        start[name] = ((x + EDGE * cos(outward)) / unit, (y + EDGE * sin(outward)) / unit)
    wanted = _spring(ids, lines, seed, start, set(shown))
    where = dict(shown)
    for name in sorted(new, key=lambda name: (-sum(other in shown for other in beside[name]), name)):
        ends = [other for other in beside[name] if other in where]
        drawn = [(a, b) for a, b in lines if a in where and b in where]
        x, y = wanted[name]
        where[name] = _free_place((x * unit, y * unit), boxes[name], where, boxes, drawn, ends)
    return where


def lay_out(
    nodes: Sequence[Node], edges: Sequence[Edge], fixed: Mapping[str, Point] | None = None, seed: int = 1
) -> dict[str, Point]:
    """A place in pixels for each node, the same for the same network in whatever order it comes.

    Nodes named in `fixed` stand exactly there; new ones keep at least APART from them and off their lines.
    Without `fixed`, the picture's centre is the origin. Raises ValueError when a link's end is not among the nodes.
    """
    check_ends(nodes, edges)
    ids = sorted(node.id for node in nodes)
    boxes = {node.id: _Box(node) for node in nodes}
    lines = sorted({(min(e.source, e.target), max(e.source, e.target)) for e in edges if e.source != e.target})
    shown = {name: fixed[name] for name in ids if name in fixed} if fixed else {}
    if not ids or len(shown) == len(ids):
        return shown
    if shown:
        where = _expand(ids, lines, boxes, shown, seed)
        return {name: shown.get(name) or (round(x, 1), round(y, 1)) for name, (x, y) in where.items()}
    members = _parts(ids, lines)
    owner = {name: number for number, part in enumerate(members) for name in part}
    own = [[line for line in lines if owner[line[0]] == number] for number in range(len(members))]
    where = _side_by_side([_component(part, own[number], boxes, seed) for number, part in enumerate(members)], boxes)
    left, right = min(x for x, _ in where.values()), max(x for x, _ in where.values())
    top, bottom = min(y for _, y in where.values()), max(y for _, y in where.values())
    centre = ((left + right) / 2, (top + bottom) / 2)
    return {name: (round(x - centre[0], 1), round(y - centre[1], 1)) for name, (x, y) in where.items()}
