"""PLACES-TO-VISIT: which places of concern to visit first, and why (Guidance ¶48; Framework, locations). Pure.

It puts places in order, never people: who was at a place is why somebody goes there to look for a child.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from statistics import median
from typing import Final

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.hotspot import Standing
from missingnet.graph.answers.place_roles import OF_CONCERN, role_of
from missingnet.graph.answers.said import day_words, many
from missingnet.graph.answers.same_episode import DAY, EpisodeTold, Sameness, counted
from missingnet.graph.answers.ties import Texts, texts
from missingnet.graph.answers.told_of_child import Point, miles
from missingnet.graph.times import utc_to_london

_SATURDAY: Final = 5


class Visit(Row):
    """One record that puts the child there."""

    way: str = Field(description="'found', 'told of' in an interview, or 'seen' by intelligence")
    record: str = Field(description="The record")
    agency: str = Field(description="Whose record it is")
    at: datetime | None = Field(description="When the episode began, or it was observed, UTC; None: no date")
    there: datetime | None = Field(
        description="When the child was found there, UTC; None: another way, or not recorded"
    )
    precision: str | None = Field(description="'day' where only the day of the episode is known; None: not recorded")
    left_from: tuple[Standing, ...] = Field(description="Where the episode started, as described", strict=False)


class VisitFact(Row):
    """One child at one place in the period or the one before, and all the child's episodes."""

    place_id: str = Field(description="The place")
    child_id: str = Field(description="The child")
    told: tuple[tuple[Visit, ...], ...] = Field(description="The records, by the way they tell it", strict=False)
    place_kinds: Texts = Field(description="What the seen descriptions say it is")
    spots: tuple[Standing, ...] = Field(description="Where the seen descriptions put it", strict=False)
    placed: bool = Field(description="A place where a child has been placed")
    lived: bool = Field(description="A place where a record says that a child lives")
    episodes: tuple[EpisodeTold, ...] = Field(description="The child's, every agency's records", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[VisitFact], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Places of concern where somebody was in the period: first those where a child has been who is missing now,
        then by how many children, by how much it rose, and the latest."""
        found: list[PlaceToVisit] = []
        others = 0
        for _, group in groupby(rows, key=lambda row: row.place_id):
            here = list(group)
            one = here[0]
            services = asked.parameters["services"]
            if role_of("Place", one.place_kinds, services, placed=one.placed, lived=one.lived) != OF_CONCERN:
                others += 1
            elif (place := _place(here, asked)) is not None:
                found.append(place)
        found.sort(key=lambda p: (p.last, p.place_id), reverse=True)
        found.sort(key=lambda p: (-len(p.missing_now_ids), -p.children, p.before_times - p.times))
        return found, _notes(rows, found, others, asked)


class TimesThere(Row):
    """How often children were found at a place in one part of the day."""

    part: str = Field(description="'weekday evening', 'weekend night' …, London")
    times: int = Field(description="How often")


class PlaceToVisit(Row):
    """One place of concern, and why to go there."""

    SUBJECT = ("place_id",)

    place_id: str = Field(description="The place")
    why: str = Field(description="What puts it where it stands in the list, in words")
    missing_now_ids: Texts = Field(description="Children missing as at who have been here in the period")
    child_ids: Texts = Field(description="All children who have been here in the period")
    children: int = Field(description="How many")
    times: int = Field(description="How often: each child once a day, whoever recorded it")
    before_times: int = Field(description="The same for the period before, as long as this")
    agencies: Texts = Field(description="Every agency by whose records they were here, or are missing now")
    last: datetime = Field(description="When a child was last here, UTC: found, else observed")
    when: tuple[TimesThere, ...] = Field(description="When children were found here, most often first", strict=False)
    miles: float | None = Field(
        description="From where they had gone missing, in a straight line, the middle of all; None: not known"
    )
    minutes: int | None = Field(description="About so long by car; None: not known")
    from_known: int = Field(description="Of how many times the distance is known")
    records: Texts = Field(description="The records")

    @property
    def named(self) -> bool:
        """True where a child who is missing now has been: HOTSPOT names what there is more of than before."""
        return bool(self.missing_now_ids)


@dataclass(frozen=True, slots=True)
class _Time:
    """A record that puts a child there, and when: found, else observed or begun."""

    child: str
    at: datetime
    visit: Visit

    @property
    def moment(self) -> datetime:
        return self.visit.there or self.at

    @property
    def day(self) -> tuple[str, date]:
        """Child and London day: what two agencies record of one day is one time."""
        return self.child, utc_to_london(self.moment).date()


def _place(here: Sequence[VisitFact], asked: Asked) -> PlaceToVisit | None:
    """The place as the period tells of it; None: nobody was there in it."""
    told = [_Time(row.child_id, one.at, one) for row in here for each in row.told for one in each if one.at is not None]
    now = [one for one in told if one.at > asked.parameters["since"]]
    if not now:
        return None
    children = texts(one.child for one in now)
    open_ = {row.child_id: _open(row, asked) for row in here if row.child_id in children}
    gone = texts(child for child, records in open_.items() if records)
    days = {one.day for one in now}
    then = {one.day for one in told if one.at <= asked.parameters["since"]}
    last = max(one.moment for one in now)
    spots = _points(here[0].spots)
    far = [distance for day in sorted(days) if (distance := _nearest(now, day, spots)) is not None]
    away = round(median(far), 2) if far else None
    counts = f"{many(len(children), 'child', 'children')}, {many(len(days), 'time')}"
    said = [
        f"{counts}; {many(len(then), 'time')} in the period before",
        f"last on {day_words(utc_to_london(last).date())}",
    ]
    if gone:
        said.insert(
            0, many(len(gone), "child who is missing now has", "children who are missing now have") + " been here"
        )
    return PlaceToVisit(
        place_id=here[0].place_id,
        why="; ".join(said),
        missing_now_ids=gone,
        child_ids=children,
        children=len(children),
        times=len(days),
        before_times=len(then),
        agencies=texts((one.visit.agency for one in now), (e.agency for records in open_.values() for e in records)),
        last=last,
        when=_when(now, asked.parameters["parts"]),
        miles=away,
        minutes=None if away is None else _minutes(away, asked),
        from_known=len(far),
        records=texts((one.visit.record for one in now), (e.record for records in open_.values() for e in records)),
    )


def _open(row: VisitFact, asked: Asked) -> list[EpisodeTold]:
    """The records of the child's missing episode that is open as at; empty: no record says so, or another says back."""
    for one in counted(row.episodes, Sameness.of(asked.parameters)):
        each = [one.episode, *one.also]
        recent = one.episode.started > asked.parameters["since"]
        if one.episode.kind == "missing" and recent and all(e.ended is None for e in each):
            return each
    return []


def _points(spots: Iterable[Standing]) -> list[Point]:
    return [(s.latitude, s.longitude) for s in spots if s.latitude is not None and s.longitude is not None]


def _nearest(told: Iterable[_Time], day: tuple[str, date], spots: Sequence[Point]) -> float | None:
    """The miles from where the child had gone missing that day: the shortest that records allow."""
    left = [point for one in told if one.day == day for point in _points(one.visit.left_from)]
    return min((m for one in left for spot in spots if (m := miles(one, spot)) is not None), default=None)


def _minutes(away: float, asked: Asked) -> int:
    minutes: int = round(away * asked.parameters["detour_percent"] / 100 / asked.parameters["miles_per_hour"] * 60)
    return minutes


def _when(told: Iterable[_Time], parts: Sequence[str]) -> tuple[TimesThere, ...]:
    """When children were found, by part of the week and the day; each child once a day, when first found."""
    first: dict[tuple[str, date], datetime] = {}
    for one in told:
        if one.visit.there is not None and one.visit.precision != DAY:
            first[one.day] = min(one.visit.there, first.get(one.day, one.visit.there))
    found: Counter[str] = Counter()
    for london in map(utc_to_london, first.values()):
        week = "weekend" if london.weekday() >= _SATURDAY else "weekday"
        found[f"{week} {_part(london.hour, parts)}"] += 1
    return tuple(
        TimesThere(part=part, times=times) for part, times in sorted(found.items(), key=lambda f: (-f[1], f[0]))
    )


def _part(hour: int, parts: Sequence[str]) -> str:
    """The last part that has begun by that hour; before the first has, the one that runs over midnight."""
    begun = [(int(start), name) for start, _, name in (part.partition(" ") for part in parts)]
    return max((one for one in begun if one[0] <= hour), default=max(begun))[1]


def _notes(rows: Sequence[VisitFact], found: Sequence[Row], others: int, asked: Asked) -> list[str]:
    given = asked.parameters
    notes = [
        "First the places where a child has been who is missing now, then by how many children were there, by how much "
        "oftener than in the period before, and the latest. It puts places in order, never people.",
        f"By car: a road {given['detour_percent'] - 100}% longer than the straight line, at {given['miles_per_hour']} "
        "miles an hour. No road or timetable is read here.",
    ]
    if asked.about is not None and not found:
        role = (
            "it is a placement, a child's address or a service" if others else "no record of the period puts one there"
        )
        notes.append(f"Not a place of concern where children were found or seen: {role}.")
    elif others:
        notes.append(
            f"{many(others, 'other place is', 'other places are')} left out, being placements, children's addresses or "
            "services; HOTSPOT has them."
        )
    undated = len({one.record for row in rows for each in row.told for one in each if one.at is None})
    if undated:
        counts = "puts a child at a place, and counts" if undated == 1 else "put a child at a place, and count"
        notes.append(f"{many(undated, 'record')} without a date {counts} in neither period.")
    return notes
