"""SAME-EPISODE: when two agencies' records tell of one episode of a child, and whose record counts (DESIGN §2).

Pure and pairwise: whether two records are the same episode depends on these two alone. So a record that a reader may
not see changes nothing for the others, and a judgement undone leaves nothing behind, for nothing is stored. A child is
missing once at a time: two records that both say so of one moment are one episode, and so are two that began together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.times import start_of_day, utc_to_london

RULE: Final = "SAME-EPISODE"
DAY: Final = "day"
Span = tuple[datetime, datetime]


class EpisodeTold(Row):
    """One record of an episode, as far as needed to tell whether another tells of the same."""

    record: str = Field(description="The record")
    agency: str = Field(description="Whose record it is")
    source: str = Field(description="The kind of file it came in")
    reference: str | None = Field(description="The agency's own reference; None: not recorded")
    became: str | None = Field(description="The report that an absent report became; None: none")
    kind: str = Field(description="'missing', 'absent' or 'away'")
    started: datetime = Field(description="When it started, UTC; a day's first instant where precision is 'day'")
    ended: datetime | None = Field(description="When it ended, UTC; None: open as at, or not recorded")
    precision: str | None = Field(description="'minute' or 'day'; None: taken as to the minute")


@dataclass(frozen=True, slots=True)
class Sameness:
    """The rulebook's values of SAME-EPISODE: whose record counts first, and what is near enough."""

    precedence: tuple[str, ...]
    start_hours: timedelta
    open_days: timedelta

    @classmethod
    def of(cls, parameters: Mapping[str, Any]) -> Sameness:
        """The values among a question's parameters; the question's header says 'uses: SAME-EPISODE'."""
        return cls(
            tuple(parameters["precedence"]),
            timedelta(hours=parameters["start_hours"]),
            timedelta(days=parameters["open_days"]),
        )

    def rank(self, episode: EpisodeTold) -> tuple[int, bool, str, str]:
        """Lower counts first: by the configured order of sources, then to the minute before by the day."""
        order = self.precedence
        place = order.index(episode.source) if episode.source in order else len(order)
        return place, episode.precision == DAY, episode.agency, episode.source


@dataclass(frozen=True, slots=True)
class Counted:
    """An episode that counts, by whose record, and the other records that tell of the same."""

    episode: EpisodeTold
    also: tuple[EpisodeTold, ...]


def began(episode: EpisodeTold) -> Span:
    """The first and the last instant at which it may have begun."""
    return (episode.started, _next_day(episode.started) if episode.precision == DAY else episode.started)


def surely(episode: EpisodeTold, sameness: Sameness) -> Span | None:
    """From when until when the record surely says that the child was gone; None: it names one day only.

    What is open is taken to say so for ``open_days``, for a record that nobody closed says nothing of a later month.
    """
    first = began(episode)[1]
    last = episode.ended if episode.ended is not None else episode.started + sameness.open_days
    return (first, last) if first <= last else None


def apart(one: Span, other: Span) -> timedelta:
    """How far two stretches of time lie apart; nothing when they meet."""
    return max(one[0] - other[1], other[0] - one[1], timedelta())


def same_episode(one: EpisodeTold, other: EpisodeTold, sameness: Sameness) -> bool:
    """True when two records of one child tell of one episode.

    An agency's own two records in one file are never taken for one: that it counts an episode twice is for a person to
    see. Whether the records say missing, absent or away does not matter, nor where: a child is gone once at a time.
    """
    return _same(_Placed.of(one, sameness), _Placed.of(other, sameness), sameness)


class Same:
    """:func:`same_episode` for many records: what is compared of each is worked out once."""

    def __init__(self, sameness: Sameness) -> None:
        self.sameness = sameness
        self._placed: dict[int, _Placed] = {}

    def __call__(self, one: EpisodeTold, other: EpisodeTold) -> bool:
        return _same(self._of(one), self._of(other), self.sameness)

    def surely(self, episode: EpisodeTold) -> Span | None:
        """:func:`surely` of a record, worked out once."""
        return self._of(episode).surely

    def _of(self, episode: EpisodeTold) -> _Placed:
        # By the object itself: it is kept with what is worked out of it, so that no other takes its place.
        found = self._placed.get(id(episode))
        if found is None:
            found = self._placed[id(episode)] = _Placed.of(episode, self.sameness)
        return found


def counted(told: Iterable[EpisodeTold], sameness: Sameness) -> list[Counted]:
    """Each episode once, in order of its start: one counts unless one of higher precedence is the same."""
    placed = [_Placed.of(episode, sameness) for episode in once(told)]
    same: list[list[_Placed]] = [[] for _ in placed]
    linked = any(one.episode.became is not None for one in placed)
    for at, one in enumerate(placed):
        last = max(one.began[1], one.surely[1] if one.surely else one.began[1]) + sameness.start_hours
        for number in range(at + 1, len(placed)):
            other = placed[number]
            # In order of start: what begins after this one was over is no part of it, nor is what follows.
            if other.began[0] > last and not linked:
                break
            if _same(one, other, sameness):
                same[at].append(other)
                same[number].append(one)
    return [
        Counted(one.episode, tuple(other.episode for other in others))
        for one, others in zip(placed, same, strict=True)
        if all(one.rank < other.rank for other in others)
    ]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A record with what is compared of it, worked out once."""

    episode: EpisodeTold
    began: Span
    surely: Span | None
    rank: tuple[int, bool, str, str]

    @classmethod
    def of(cls, episode: EpisodeTold, sameness: Sameness) -> _Placed:
        return cls(episode, began(episode), surely(episode, sameness), sameness.rank(episode))


def _same(one: _Placed, other: _Placed, sameness: Sameness) -> bool:
    a, b = one.episode, other.episode
    if a.agency == b.agency and (a.source == b.source or _became(a, b)):
        return a.source != b.source
    if one.surely is not None and other.surely is not None and not apart(one.surely, other.surely):
        return True
    return apart(one.began, other.began) <= sameness.start_hours


def once(told: Iterable[EpisodeTold]) -> list[EpisodeTold]:
    """Each record once, in order of start. Versions that conflict make one, from the first start to the last end."""
    by_record: dict[str, list[EpisodeTold]] = {}
    for one in told:
        by_record.setdefault(one.record, []).append(one)
    found = [many[0] if len(many) == 1 else _merged(many) for many in by_record.values()]
    return sorted(found, key=lambda e: (e.started, e.record))


def note(asked: Asked) -> str:
    """What an answer that counts episodes says of how it did."""
    hours, order = asked.parameters["start_hours"], asked.parameters["precedence"]
    return (
        "An episode that two agencies recorded counts once: records that say the child was gone at one moment, or that "
        f"began within {hours} hours of each other, are one. It counts by the record that comes first of: "
        f"{', '.join(source.replace('_', ' ') for source in order)}, others."
    )


def _merged(many: Sequence[EpisodeTold]) -> EpisodeTold:
    ended = max((e.ended for e in many if e.ended is not None), default=None)
    return min(many, key=lambda e: e.started).model_copy(update={"ended": ended})


def _became(one: EpisodeTold, other: EpisodeTold) -> bool:
    return any(a.became is not None and a.became == b.reference for a, b in ((one, other), (other, one)))


def _next_day(midnight: datetime) -> datetime:
    return start_of_day(utc_to_london(midnight).date() + timedelta(days=1))
