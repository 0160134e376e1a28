"""SUPPRESSION: small numbers of a table hidden so that what is shown does not give them back (DOMAIN §8).

Pure. A table is seen as a flow: each line and each column is a place through which as much comes in as goes out, each
number an arc between two of them. What is shown is known to everybody; a hidden number is one that everybody knows to
be one or more. It is safe when it could be greater or smaller and what is shown still adds up: when a way leads round
through other hidden numbers. Where none does, the cheapest such way is hidden too (secondary suppression), so that the
test by which a number is called safe is the very one by which somebody would work it out.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

#: A cell's place: its line and its column; None is the total of all of them.
Place = tuple[str | None, str | None]
_SOURCE: Final = ("source", "")
_SINK: Final = ("sink", "")
_Node = tuple[str, str]
#: What hiding a line's sum, and a total, costs beside hiding so many children.
_SUM: Final = 1
_TOTAL: Final = 1_000_000
#: What a hidden number is known to be at the least, for a nought is shown.
_LEAST: Final = 1


@dataclass(frozen=True, slots=True)
class _Arc:
    place: Place
    start: _Node
    end: _Node
    value: int


def hidden(values: Mapping[Place, int], small: Collection[Place], *, sums_first: bool = False) -> frozenset[Place]:
    """The places whose numbers are hidden: the small ones, and those without which these could be worked out.

    ``values`` holds every cell and every total; totals that a table does not show are left out of it. A way is always
    found, at the worst through the totals: whatever flows into a place flows out of it. ``sums_first``: a line's sum is
    worth less than its numbers (missing and absent, added), and is hidden before them.
    """
    arcs = _arcs(values)

    def price(arc: _Arc) -> int:
        if None not in arc.place:
            return arc.value + _SUM
        return _SUM if sums_first and arc.place[0] is not None else _TOTAL

    found = {place for place in small if values.get(place)}
    while True:
        open_ = [arc for arc in arcs if arc.place in found and not _way(arc, arcs, found, None)]
        if not open_:
            return frozenset(found)
        # The smallest first, always in one order, so that a table asked twice hides the same.
        arc = min(open_, key=lambda a: (a.value, _order(a.place)))
        way = _way(arc, arcs, found, price)
        if not way:
            raise ValueError("a table's number has no total that it belongs to")
        found |= way


def _arcs(values: Mapping[Place, int]) -> list[_Arc]:
    lines = list(dict.fromkeys(line for line, _ in values if line is not None))
    columns = list(dict.fromkeys(column for _, column in values if column is not None))
    # A line whose total is not shown sends what it has straight from where the totals come from; likewise a column.
    start: dict[str | None, _Node] = {x: ("line", x) if (x, None) in values else _SOURCE for x in lines}
    end: dict[str | None, _Node] = {y: ("column", y) if (None, y) in values else _SINK for y in columns}
    if (None, None) not in values:
        end = {y: node if node != _SINK else _SOURCE for y, node in end.items()}
    closing = _SINK if (None, None) in values else _SOURCE
    found = []
    for place, value in values.items():
        line, column = place
        if line is None and column is None:
            found.append(_Arc(place, _SINK, _SOURCE, value))
        elif line is None:
            found.append(_Arc(place, end[column], closing, value))
        elif column is None:
            found.append(_Arc(place, _SOURCE, start[line], value))
        else:
            found.append(_Arc(place, start[line], end[column], value))
    return sorted(found, key=lambda arc: _order(arc.place))


def _way(arc: _Arc, arcs: Sequence[_Arc], found: Collection[Place], price: Callable[[_Arc], int] | None) -> set[Place]:
    """The places on the cheapest way round that lets this number be another; empty when there is none.

    Without a price only through what is hidden already; with it also through what is shown, which is then hidden.
    """
    ways = [_round(arc.end, arc.start, arc, arcs, found, price)]
    if arc.value > _LEAST:
        ways.append(_round(arc.start, arc.end, arc, arcs, found, price))
    best = min(
        (way for way in ways if way is not None), key=lambda way: (way[0], sorted(map(_order, way[1]))), default=None
    )
    return {arc.place, *best[1]} if best is not None else set()


def _round(
    start: _Node,
    end: _Node,
    left_out: _Arc,
    arcs: Sequence[_Arc],
    found: Collection[Place],
    price: Callable[[_Arc], int] | None,
) -> tuple[int, list[Place]] | None:
    """The cheapest way from one node to another, and what it costs: the sum of the numbers that are hidden anew."""
    if start == end:
        return 0, []
    waiting: list[tuple[int, int, _Node, tuple[Place, ...]]] = [(0, 0, start, ())]
    settled: set[_Node] = set()
    number = 0
    while waiting:
        spent, _, node, way = heapq.heappop(waiting)
        if node == end:
            return spent, list(way)
        if node in settled:
            continue
        settled.add(node)
        for arc in arcs:
            if arc is left_out or not arc.value or (arc.place not in found and price is None):
                continue
            for begin, finish, possible in ((arc.start, arc.end, True), (arc.end, arc.start, arc.value > _LEAST)):
                if begin == node and possible and finish not in settled:
                    number += 1
                    more = 0 if arc.place in found or price is None else price(arc)
                    heapq.heappush(waiting, (spent + more, number, finish, (*way, arc.place)))
    return None


def _order(place: Place) -> tuple[str, str]:
    return place[0] or "", place[1] or ""
