"""The DfE's checks of the SSDA903 Missing table, each with its code and our own words. Pure; days are London's.

A period of care is a run of placements of which each begins on the day on which the one before ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

#: A placement ended and the child went on being looked after; the child ended care to independent living or the like.
_MOVED: Final = "X1"
_LEFT_AND_MISSING: Final = "E8"


@dataclass(frozen=True, slots=True)
class Period:
    """One row: a period missing or away; no end: still open at the year's end."""

    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Placed:
    """One placement: from which day until which, and why it ended (REC)."""

    start: date
    end: date | None
    why_ended: str | None


@dataclass(frozen=True, slots=True)
class Care:
    """A period of being looked after; no end: it lasts."""

    start: date
    end: date | None
    why_ended: str | None


def in_care(placements: Iterable[Placed]) -> list[Care]:
    """The periods of care that the placements make, in order."""
    found: list[Care] = []
    for one in sorted(placements, key=lambda p: (p.start, p.end or date.max)):
        last = found[-1] if found else None
        if last is not None and (last.end is None or one.start <= last.end):
            longer = last.end is not None and (one.end is None or one.end >= last.end)
            found[-1] = Care(last.start, one.end, one.why_ended) if longer else last
        else:
            found.append(Care(one.start, one.end, one.why_ended))
    return found


Check = Callable[[Period, Sequence[Period], Sequence[Placed], Sequence[Care]], bool]


def _ends_before_it_starts(row: Period, _: object, __: object, ___: object) -> bool:
    return row.end is not None and row.end < row.start


def _overlaps(row: Period, others: Sequence[Period], _: object, __: object) -> bool:
    """It begins while an earlier one goes on, or on the very day of another."""
    return any(other.start <= row.start and (other.end is None or row.start < other.end) for other in others)


def _goes_on(row: Period, day: date) -> bool:
    return row.end is None or row.end > day


def _placement_ended(row: Period, _: object, placements: Sequence[Placed], __: object) -> bool:
    here = [p for p in placements if p.start <= row.start and (p.end is None or row.start < p.end)]
    return any(p.why_ended == _MOVED and p.end is not None and _goes_on(row, p.end) for p in here)


def _care_of(row: Period, care: Sequence[Care]) -> Care | None:
    return next((c for c in care if c.start <= row.start and (c.end is None or row.start <= c.end)), None)


def _care_ended(row: Period, _: object, __: object, care: Sequence[Care]) -> bool:
    here = _care_of(row, care)
    return here is not None and here.end is not None and here.why_ended != _MOVED and _goes_on(row, here.end)


def _before_care(row: Period, _: object, __: object, care: Sequence[Care]) -> bool:
    return bool(care) and row.start < care[0].start


def _outside_care(row: Period, _: object, __: object, care: Sequence[Care]) -> bool:
    return _care_of(row, care) is None and not (care and row.start < care[0].start)


def _left_while_missing(row: Period, _: object, __: object, care: Sequence[Care]) -> bool:
    here = _care_of(row, care)
    if here is None or here.end is None or here.why_ended in (None, _MOVED, _LEFT_AND_MISSING):
        return False
    return row.start <= here.end and (row.end is None or row.end >= here.end)


#: Code, what is wrong with a row in words, and the test of it: the row, the child's others, placements and care.
CHECKS: Final[tuple[tuple[str, str, Check], ...]] = (
    ("567", "The period ends before it starts.", _ends_before_it_starts),
    ("574", "The period starts while another of the child's goes on.", _overlaps),
    ("575", "The placement it began in ended, and it goes on: end it there and begin another.", _placement_ended),
    ("577", "The child is no longer looked after, and the period goes on.", _care_ended),
    ("578", "The period starts before the child was looked after.", _before_care),
    (
        "580",
        "The child left care while missing, and the reason care ended is not E8: check which is right.",
        _left_while_missing,
    ),
    ("581", "The period starts on a day when the child was not looked after.", _outside_care),
)


def failing(row: Period, others: Sequence[Period], placements: Sequence[Placed]) -> list[tuple[str, str]]:
    """The code and words of each check that the row fails."""
    care = in_care(placements)
    return [(code, words) for code, words, wrong in CHECKS if wrong(row, others, placements, care)]
