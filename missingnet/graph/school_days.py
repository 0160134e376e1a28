"""School days: which days a school was open, by its own calendar or else by the rulebook's (DOMAIN §4). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from missingnet.graph.clocks import SATURDAY, is_working_day

DAY: Final = timedelta(days=1)
#: No walk from one school day to the next is longer: a summer, twice.
_FARTHEST: Final = 120
TERM: Final = "term"
Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Calendar:
    """One school's days. First and last day of each stretch are of it."""

    terms: tuple[Span, ...]
    closures: tuple[Span, ...]
    holidays: tuple[Span, ...]

    @classmethod
    def of(cls, told: Iterable[tuple[str, date, date]], holidays: Sequence[str]) -> Calendar:
        """From what the school's calendar says, each stretch 'term' or closed, and the rulebook's holidays, each as
        its first day, last day and name."""
        told = list(told)
        written = tuple((date.fromisoformat(text[:10]), date.fromisoformat(text[11:21])) for text in holidays)
        terms = tuple(sorted((first, last) for kind, first, last in told if kind == TERM))
        return cls(terms, tuple(sorted((first, last) for kind, first, last in told if kind != TERM)), written)

    @property
    def words(self) -> str:
        """Which calendar it is, for the reader."""
        if self.terms:
            return "Counted by the school's own calendar; outside its terms by the usual one for England"
        if self.closures:
            return "Counted by the usual calendar for England less the closures that the school sent"
        return "No calendar of the school was provided: counted by the usual one for England"

    def open_on(self, day: date) -> bool:
        """True for a school day. A day in no year whose terms the school sent goes by the usual calendar."""
        if day.weekday() >= SATURDAY or _within(day, self.closures):
            return False
        if self.terms and self.terms[0][0] <= day <= self.terms[-1][1]:
            return _within(day, self.terms) and is_working_day(day)
        return is_working_day(day) and not _within(day, self.holidays)

    def first(self, day: date) -> date:
        """The first school day on or after a day."""
        for _ in range(_FARTHEST):
            if self.open_on(day):
                return day
            day += DAY
        return day

    def nth(self, day: date, number: int) -> date:
        """The so-manieth school day, where the first on or after ``day`` is number one."""
        day = self.first(day)
        for _ in range(number - 1):
            day = self.first(day + DAY)
        return day

    def count(self, first: date, last: date) -> int:
        """How many school days there are from one day to another, both counted."""
        days = (last - first).days + 1
        return sum(self.open_on(first + n * DAY) for n in range(max(days, 0)))


def _within(day: date, spans: Iterable[Span]) -> bool:
    return any(first <= day <= last for first, last in spans)
