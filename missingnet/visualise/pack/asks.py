"""What a pack asks. A section names its questions as data; the api asks them, for this room asks nothing itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from missingnet.graph.times import start_of_day

#: How far back a child's pack looks (*ours*: the twelve months that REPEAT-2 and PERSISTENT also use).
MONTHS_BEHIND = 12
_YEAR = 12


@dataclass(frozen=True, slots=True)
class About:
    """Whom or which span of days a pack is about. Both days are London days and belong to the span."""

    child: str | None
    since: date
    until: date

    @property
    def day_before(self) -> date:
        """The last day of the span before, as a monthly meeting's 'last time'."""
        return self.since - timedelta(days=1)

    def instant_before(self) -> datetime:
        """The UTC instant just before the span begins: for questions whose windows leave their first instant out."""
        return self.span_start() - timedelta(seconds=1)

    def three_months(self) -> datetime:
        """The UTC instant at which the month two before the span's begins: of a monthly meeting three whole months."""
        year, month = divmod(self.since.year * _YEAR + self.since.month - 1 - 2, _YEAR)
        return start_of_day(date(year, month + 1, 1))

    def span_start(self) -> datetime:
        """The UTC instant at which the span begins."""
        return start_of_day(self.since)

    def span_end(self) -> datetime:
        """The UTC instant at which the day after the span begins: the span lies before it."""
        return start_of_day(self.until + timedelta(days=1))


def about_child(child: str, as_at: date) -> About:
    """A child's pack: the twelve months up to and including the day it is made for."""
    month_first = date(as_at.year - 1, as_at.month, 1)
    last = (month_first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return About(child=child, since=month_first.replace(day=min(as_at.day, last.day)), until=as_at)


def about_month(period: str) -> About:
    """A monthly meeting's pack, from a period written '2026-10'.

    :raises ValueError: the text is not a year and a month.
    """
    year, _, month = period.partition("-")
    if len(year) != 4 or len(month) != 2 or not (year + month).isdigit():
        raise ValueError("a period is written as a year and a month: 2026-10")
    first = date(int(year), int(month), 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return About(child=None, since=first, until=last)


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to put to the graph: its rule, the parameters given, and its own as-at where not the pack's."""

    rule: str
    given: tuple[tuple[str, Any], ...]
    as_at: datetime | None

    @property
    def params(self) -> dict[str, Any]:
        """The parameters as the store takes them; a list for a list."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in self.given}


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that failed. The pack prints 'could not be answered', never an empty list (law 'No silent cut')."""

    rule: str


@dataclass(frozen=True, slots=True)
class Of:
    """A parameter that is taken from what the pack is about."""

    name: Literal["child", "span_start", "span_end", "instant_before", "three_months"]

    def value(self, about: About) -> Any:
        """The value for this pack."""
        found = getattr(about, self.name)
        return found() if callable(found) else found


CHILD = Of("child")
SINCE = Of("span_start")
UNTIL = Of("span_end")
JUST_BEFORE = Of("instant_before")
THREE_MONTHS = Of("three_months")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question that a section needs: rule, parameters (plain values or ``Of``), and if as at the span's start."""

    rule: str
    given: Mapping[str, Any]
    before: bool = False

    def ask(self, about: About) -> Ask:
        """The question for one meeting."""
        given = {name: value.value(about) if isinstance(value, Of) else value for name, value in self.given.items()}
        return ask(self.rule, given, as_at=about.span_start() if self.before else None)


def ask(rule: str, given: Mapping[str, Any], as_at: datetime | None = None) -> Ask:
    """An ``Ask`` whose parameters stand in one order, so that equal questions are asked once."""
    return Ask(rule, tuple(sorted((name, _fixed(value)) for name, value in given.items())), as_at)


def _fixed(value: Any) -> Any:
    return tuple(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
