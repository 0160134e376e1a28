"""Versions of a record: runs of equal content in the order of extract dates, whatever the order of loading.

Pure. From what was seen on which date this says which versions there are and how long each was known (DESIGN §2).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from missingnet.graph.terms import OPEN


@dataclass(frozen=True, slots=True)
class Version:
    """One run of equal content: the dates it was seen on, and the time it was what the partnership had been told."""

    content: str
    seen: tuple[date, ...]
    known_from: datetime
    known_to: datetime

    @property
    def current(self) -> bool:
        """True while nothing newer says otherwise."""
        return self.known_to == OPEN


def runs(sightings: Iterable[tuple[date, str]]) -> list[Version]:
    """The versions that these sightings (extract date, or instant of telling, and content) make, oldest first.

    Two contents on one date are a conflict: both are versions from that date on, and neither closes the other.
    """
    by_day: dict[date, set[str]] = {}
    for day, content in sightings:
        by_day.setdefault(day, set()).add(content)
    days = sorted(by_day)
    found: list[Version] = []
    going: dict[str, list[date]] = {}
    for day in days:
        for content in sorted(set(going) - by_day[day]):
            found.append(_version(content, going.pop(content), day))
        for content in by_day[day]:
            going.setdefault(content, []).append(day)
    found += [_version(content, seen, None) for content, seen in going.items()]
    return sorted(found, key=lambda v: (v.known_from, v.content))


def _version(content: str, seen: Sequence[date], until: date | None) -> Version:
    return Version(
        content=content,
        seen=tuple(seen),
        known_from=_moment(seen[0]),
        known_to=OPEN if until is None else _moment(until),
    )


def _moment(when: date) -> datetime:
    """The instant from which something told then is known: an extract's day counts from its first moment."""
    return when if isinstance(when, datetime) else datetime.combine(when, time())


def in_conflict(sightings: Iterable[tuple[date, str]], day: date) -> bool:
    """True when the record was seen with two different contents on that date."""
    return len({content for when, content in sightings if when == day}) > 1
