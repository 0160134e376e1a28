"""LINK-REVIEW: how far a tie is to be trusted, and until when: sources, age, review date, strength, weakest on a path.

Pure: it follows from the records that a reader sees of the tie, and from the rulebook.
It says nothing of a person (DOMAIN §3).
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final, Literal, Protocol

from pydantic import BeforeValidator, Field

from missingnet.graph.answers import Row
from missingnet.graph.answers.grades import doubtful, standing, well_founded
from missingnet.graph.answers.same_episode import EpisodeTold, Sameness, same_episode
from missingnet.graph.times import utc_to_london

RULE: Final = "LINK-REVIEW"
Strength = Literal["strong", "medium", "weak"]
STRENGTHS: Final[tuple[Strength, ...]] = ("strong", "medium", "weak")
#: The parameter that says for how many days a tie through such a record holds unreviewed.
_DAYS: Final[Mapping[str, str]] = {
    "Episode": "episode_days",
    "ReturnInterview": "interview_days",
    "Placement": "placement_days",
    "Enrolment": "school_days",
    "SchoolAbsence": "school_days",
    "MissingEducation": "school_days",
    "Notice": "notice_days",
    "Action": "notice_days",
    "Intelligence": "stated_days",
    "direct": "stated_days",
}


def _days(told: Iterable[str | date] | None) -> tuple[date, ...]:
    """The days of a version's tellings, each of which begins with its day."""
    return tuple(sorted(date.fromisoformat(each[:10]) if isinstance(each, str) else each for each in told or ()))


#: Days of extracts, from a version's tellings.
Days = Annotated[tuple[date, ...], Field(strict=False), BeforeValidator(_days)]


class Told(Row):
    """One record of a tie, as far as needed to tell whether another agency's record tells of the same."""

    record: str = Field(description="The record")
    agency: str = Field(description="Whose record it is")
    source: str = Field(description="The kind of file it came in")
    kind: str | None = Field(description="Its kind: missing, absent, away, …; None: none")
    reference: str | None = Field(description="The agency's own reference; None: not recorded")
    episode_reference: str | None = Field(description="The reference of the episode that it is about; None: none")
    became: str | None = Field(description="The report that an absent report became; None: none")
    started: datetime | None = Field(description="An episode's start, UTC; None: no episode")
    ended: datetime | None = Field(description="An episode's end, UTC; None: open as at, or no episode")
    precision: str | None = Field(description="'minute' or 'day'; None: taken as to the minute")
    stands: Days = Field(description="The extracts by which something lasting was still open; empty: it was not")


@dataclass(frozen=True, slots=True)
class Reviewing:
    """The rulebook's values of LINK-REVIEW and SAME-EPISODE, and the instant asked about."""

    days: Mapping[str, int]
    strong_sources: int
    sameness: Sameness
    today: date
    known: date
    """The last day whose extracts are known of. An extract later than the date asked about tells of that date too."""

    @classmethod
    def of(cls, parameters: Mapping[str, Any], as_at: datetime, known_at: datetime | None = None) -> Reviewing:
        """The values among a question's parameters; its header says 'uses: LINK-REVIEW, SAME-EPISODE'."""
        days = {through: int(parameters[name]) for through, name in _DAYS.items()}
        today = utc_to_london(as_at).date()
        known = utc_to_london(known_at).date() if known_at is not None else date.max
        return cls(days, int(parameters["strong_sources"]), Sameness.of(parameters), today, known)

    def age(self, last: datetime | None) -> int | None:
        """London days since it was last observed; None: nobody recorded when."""
        return max((self.today - utc_to_london(last).date()).days, 0) if last is not None else None

    def review_by(
        self, through: str, last: datetime | None, told: Iterable[Told], looked: datetime | None
    ) -> date | None:
        """The last day on which a tie still holds without a person looking at it again.

        So many days after it was last observed. What an agency tells of as lasting (a placement, a school) was last
        observed when it last said so; and what a person ``looked`` at and found to hold, on that day. None: nobody
        recorded when.
        """
        days = [utc_to_london(last).date()] if last is not None else []
        days += [utc_to_london(looked).date()] if looked is not None else []
        days += [min(day, self.today) for each in told for day in each.stands if day <= self.known]
        return max(days) + timedelta(days=self.days[through]) if days else None

    def strength(self, sources: int, grade: str | None, faded: bool) -> Strength:
        """Weak when all that is graded of it is graded doubtful; strong when enough independent sources state it, or
        its best grade is of a reliable source that knows directly or is corroborated; else medium; faded, one less."""
        if grade and doubtful(grade):
            place = 2
        else:
            place = 0 if sources >= self.strong_sources or (grade and well_founded(grade)) else 1
        return STRENGTHS[min(place + faded, 2)]


def tells_of_one(one: Told, other: Told, sameness: Sameness) -> bool:
    """True when the records of two agencies that state one tie tell of one event, so that one may be a copy of the
    other: they bear one reference, are about the episode of one reference, or are one episode (SAME-EPISODE)."""
    if one.agency == other.agency:
        return False
    if any(a is not None and a == b for a, b in _references(one, other)):
        return True
    first, second = _episode(one), _episode(other)
    return first is not None and second is not None and same_episode(first, second, sameness)


def _references(one: Told, other: Told) -> tuple[tuple[str | None, str | None], ...]:
    return (
        (one.reference, other.reference),
        (one.episode_reference, other.episode_reference),
        (one.became, other.reference),
        (one.reference, other.became),
    )


def _episode(told: Told) -> EpisodeTold | None:
    if told.started is None or told.kind is None:
        return None
    return EpisodeTold.model_construct(
        record=told.record,
        agency=told.agency,
        source=told.source,
        reference=told.reference,
        became=told.became,
        kind=told.kind,
        started=told.started,
        ended=told.ended,
        precision=told.precision,
    )


def sources(agencies: Collection[str], told: Sequence[Told], sameness: Sameness) -> int:
    """How many independent sources state a tie: agencies that each tell of an event of its own.

    An agency counts once however many records it has, and what may be copied from another agency's record counts once.
    Where ``told`` is empty (a relation stated outright, by no event of its own), each agency counts once.
    """
    if len(agencies) < 2 or not told:
        return len(agencies)
    events = _events(told, sameness)
    wanted = {agency: [n for n, event in enumerate(events) if agency in event] for agency in sorted(agencies)}
    given: dict[int, str] = {}

    def seat(agency: str, tried: set[int]) -> bool:
        for event in wanted[agency]:
            if event not in tried:
                tried.add(event)
                if event not in given or seat(given[event], tried):
                    given[event] = agency
                    return True
        return False

    return sum(seat(agency, set()) for agency in wanted)


def _events(told: Sequence[Told], sameness: Sameness) -> list[frozenset[str]]:
    """The agencies of each event: records that tell of one, and so on from these to others, are one event."""
    left, events = list(told), []
    while left:
        event = [left.pop()]
        for one in event:
            found = [each for each in left if each.record == one.record or tells_of_one(one, each, sameness)]
            event += found
            left = [each for each in left if each not in found]
        events.append(frozenset(each.agency for each in event))
    return events


class Link(Protocol):
    """What a path needs of a tie."""

    @property
    def from_id(self) -> str: ...
    @property
    def to_id(self) -> str: ...
    @property
    def strength(self) -> Strength: ...
    @property
    def grade(self) -> str | None: ...


Weakest = tuple[Strength, str | None]
_Rank = tuple[int, bool, tuple[Any, ...]]


def rank(strength: Strength, grade: str | None) -> _Rank:
    """The order of ties from the best supported: by strength, then by grade, what nobody graded last."""
    return STRENGTHS.index(strength), grade is None, standing(grade) if grade else ()


def weakest_on_best(links: Iterable[Link], start: str, ends: Collection[str]) -> dict[str, Weakest]:
    """For everything reached: the strength and grade of the weakest tie on the best path to it from the start.

    A path is as good as its weakest tie, and the best path is the one whose weakest tie is the best supported.
    ``ends`` (hubs) may be reached and are never passed through.
    """
    near: dict[str, list[tuple[str, _Rank, Weakest]]] = {}
    for link in links:
        weight, weakest = rank(link.strength, link.grade), (link.strength, link.grade)
        near.setdefault(link.from_id, []).append((link.to_id, weight, weakest))
        near.setdefault(link.to_id, []).append((link.from_id, weight, weakest))
    found: dict[str, Weakest] = {}
    waiting: list[tuple[_Rank, str, Weakest | None]] = [((-1, False, ()), start, None)]
    settled: set[str] = set()
    while waiting:
        worst, thing, so_far = heapq.heappop(waiting)
        if thing in settled:
            continue
        settled.add(thing)
        if so_far is not None:
            found[thing] = so_far
        if thing in ends and thing != start:
            continue
        for other, weight, weakest in near.get(thing, ()):
            if other not in settled:
                kept = so_far is not None and weight <= worst
                heapq.heappush(waiting, (worst, other, so_far) if kept else (weight, other, weakest))
    return found
