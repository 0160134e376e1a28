"""Which of many links a diagram holds: near before far, well supported before weak. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Final

from missingnet.visualise.look import LINKS
from missingnet.visualise.network import Edge

#: A picture of more things than this is a tangle, and slow on an office computer (SCREENS §2).
MOST_NODES: Final = 150
_STRENGTHS: Final = tuple(LINKS)


def chosen(edges: Sequence[Edge], here: str, most: int = MOST_NODES) -> tuple[list[Edge], int]:
    """All links among so many things, in their order, and how many were left out.

    The things are taken a step at a time from here; of one step, those with the best supported link first, then those
    last observed.
    """
    steps = _steps(edges, here)
    far = len(steps)

    def order(edge: Edge) -> tuple[int, int, int]:
        step = min(steps.get(edge.source, far), steps.get(edge.target, far))
        return step, _STRENGTHS.index(edge.strength), -(edge.last or date.min).toordinal()

    shown = {here}
    for edge in sorted(edges, key=order):
        ends = shown | {edge.source, edge.target}
        if len(ends) <= most:
            shown = ends
    kept = [edge for edge in edges if edge.source in shown and edge.target in shown]
    return kept, len(edges) - len(kept)


def _steps(edges: Sequence[Edge], here: str) -> dict[str, int]:
    """How many links each thing is away."""
    beside: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        beside[edge.source].add(edge.target)
        beside[edge.target].add(edge.source)
    found, reached = {here: 0}, {here}
    while reached:
        reached = {other for thing in reached for other in beside[thing]} - found.keys()
        found |= dict.fromkeys(reached, max(found.values()) + 1)
    return found
