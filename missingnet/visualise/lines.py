"""The lines between things: straight where they can be, bowed where two would coincide or cross a third thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import atan2, cos, hypot, pi, sin
from typing import Final

from missingnet.visualise import look
from missingnet.visualise.look import Point

#: How far a line may bow from the straight one, in the order in which they are tried (parts of its length).
BENDS: Final = (0.0, 0.22, -0.22, 0.44, -0.44, 0.66, -0.66)

CLEAR: Final = look.RADIUS + 3
"""A line that passes nearer than this to a thing seems to end there."""


def turning_point(a: Point, b: Point, bend: float) -> Point:
    """The point towards which a bowed line bends: the control point of its curve, as vis-network works it out."""
    reach = (abs(bend) * 0.5 + 0.5) * hypot(b[0] - a[0], b[1] - a[1])
    angle = atan2(a[1] - b[1], b[0] - a[0]) + (bend * 0.5 + 0.5) * pi
    return a[0] + reach * sin(angle), a[1] + reach * cos(angle)


def _along(a: Point, b: Point, bend: float) -> Iterable[Point]:
    """Points along a line, close enough together that no thing slips between them."""
    via = turning_point(a, b, bend)
    steps = max(4, int(hypot(b[0] - a[0], b[1] - a[1]) / CLEAR))
    for step in range(1, steps):
        t = step / steps
        u = 1 - t
        yield u * u * a[0] + 2 * u * t * via[0] + t * t * b[0], u * u * a[1] + 2 * u * t * via[1] + t * t * b[1]


def _crosses(a: Point, b: Point, bend: float, others: Sequence[Point]) -> bool:
    """True when the line passes over one of the other things."""
    reach = CLEAR + abs(bend) * hypot(b[0] - a[0], b[1] - a[1])
    left, right = min(a[0], b[0]) - reach, max(a[0], b[0]) + reach
    top, bottom = min(a[1], b[1]) - reach, max(a[1], b[1]) + reach
    near = [(x, y) for x, y in others if left < x < right and top < y < bottom]
    if not near:
        return False
    least = CLEAR * CLEAR
    for px, py in _along(a, b, bend):
        for x, y in near:
            if (x - px) * (x - px) + (y - py) * (y - py) < least:
                return True
    return False


def bends(ends: Sequence[tuple[str, str, str]], positions: Mapping[str, Point]) -> dict[str, float]:
    """How far each line (id, source, target) bows, by id; no two lines between the same things bow alike.

    A line that could only pass over another thing takes the least bow left to it.
    """
    between: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for line, source, target in ends:
        between.setdefault((min(source, target), max(source, target)), []).append((line, source))
    result = {}
    for (one, two), lines in between.items():
        for (line, source), bend in zip(lines, _bows(one, two, len(lines), positions), strict=True):
            result[line] = bend if source == one else -bend
    return result


def _bows(one: str, two: str, number: int, positions: Mapping[str, Point]) -> Iterable[float]:
    """The bows of so many lines between two things, in the order in which the lines come."""
    a, b = positions[one], positions[two]
    others = [place for name, place in positions.items() if name not in (one, two)]
    # A straight line may pass behind a label, which has a white edge; one bowed anyway keeps off labels too.
    labels = [(x, y + CLEAR + look.LABEL_LINE / 2) for x, y in others]

    @cache
    def clear(bend: float) -> bool:
        return not _crosses(a, b, bend, others)

    @cache
    def clear_of_labels(bend: float) -> bool:
        return clear(bend) and not (bend and _crosses(a, b, bend, labels))

    taken: list[float] = []
    for _ in range(number):
        free = [bend for bend in BENDS if bend not in taken] or [BENDS[len(taken) % len(BENDS)]]
        bend = next(filter(clear_of_labels, free), None)
        if bend is None:
            bend = next(filter(clear, free), free[0])
        taken.append(bend)
        yield bend
