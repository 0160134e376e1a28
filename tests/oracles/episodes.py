"""SAME-EPISODE in plain Python: by the hours of the clock at which each record says that the child was gone.

The dense examples keep every time to the hour, and no day there begins or ends an hour off, so hours are enough.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from missingnet.graph import rulebook
from tests.oracles.known import Event, Known, over

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Stay:
    """What one record says of an episode."""

    record: str
    agency: str
    source: str
    started: datetime
    ended: datetime | None
    by_day: bool

    @cache  # noqa: B019 (a few thousand, and only while tests run)
    def gone(self) -> frozenset[datetime]:
        """The hours at which the child was surely gone."""
        days = timedelta(days=rulebook.default("SAME-EPISODE", "open_days", self.started))
        hour, found = self.started + (24 * HOUR if self.by_day else 0 * HOUR), set()
        while hour <= (self.ended or self.started + days):
            found.add(hour)
            hour += HOUR
        return frozenset(found)

    @cache  # noqa: B019
    def about(self) -> frozenset[datetime]:
        """The hours at which it may have begun."""
        return frozenset(self.started + n * HOUR for n in range(25 if self.by_day else 1))

    @cache  # noqa: B019
    def nearly(self) -> frozenset[datetime]:
        """The hours at which another may have begun that began at about the same time."""
        near = rulebook.default("SAME-EPISODE", "start_hours", self.started)
        return frozenset(hour + n * HOUR for hour in self.about() for n in range(-near, near + 1))


def same(a: Stay, b: Stay) -> bool:
    """The two records tell of one episode."""
    return (a.agency, a.source) != (b.agency, b.source) and bool(a.gone() & b.gone() or a.nearly() & b.about())


def counting(stays: Iterable[Stay]) -> list[Stay]:
    """Those that count: no other of higher precedence is the same."""
    stays = list(stays)
    order = rulebook.default("SAME-EPISODE", "precedence", datetime(2026, 11, 1))

    def first(stay: Stay) -> tuple[int, bool, str, str]:
        return (
            order.index(stay.source) if stay.source in order else 99,
            stay.by_day,
            stay.agency,
            stay.source,
        )

    return [s for s in stays if not any(first(other) < first(s) and same(s, other) for other in stays)]


def stay_of(event: Event, as_at: datetime) -> Stay:
    """What one version of a record says of an episode by then."""
    by_day = event.facts.get("precision") == "day"
    return Stay(event.record, event.agency, event.source, event.facts["started"], over(event, as_at), by_day)


def by_child(known: Known, kind: str, as_at: datetime) -> dict[str, list[Stay]]:
    """Each child's records of that kind that had begun; of versions that conflict the first start and last end."""
    return told([e for e in known.labelled("Episode") if e.facts["kind"] == kind], as_at)


def told(events: Iterable[Event], as_at: datetime) -> dict[str, list[Stay]]:
    """The same of these events."""
    found: dict[str, dict[str, Stay]] = {}
    for event in events:
        if event.child is None or event.facts["started"] > as_at:
            continue
        stay = stay_of(event, as_at)
        seen = found.setdefault(event.child.id, {})
        if (other := seen.get(event.record)) is not None:
            ends = [end for end in (stay.ended, other.ended) if end is not None]
            first, last = min(stay.started, other.started), max(ends, default=None)
            stay = Stay(stay.record, stay.agency, stay.source, first, last, stay.by_day)
        seen[event.record] = stay
    return {child: list(stays.values()) for child, stays in found.items()}


def once(stays: list[Stay]) -> list[list[Stay]]:
    """Each episode that counts, with all that tell of the same, the one it counts by first."""
    return [[one, *(s for s in stays if s is not one and same(s, one))] for one in counting(stays)]
