"""CHILD-NETWORK and THING-NETWORK in plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import combinations, product
from typing import NamedTuple

from missingnet.graph.times import utc_to_london
from tests.oracles import episodes
from tests.oracles.known import Event, Known, Side, Thing, found_by_then, happened

Tie = tuple[frozenset[str], str, str]
"""The two things, the kind of tie, and the kind of record between."""

JOINING = (
    "Episode",
    "ReturnInterview",
    "Placement",
    "Enrolment",
    "SchoolAbsence",
    "MissingEducation",
    "Notice",
    "Action",
    "Intelligence",
)
OWN = {
    "FOUND_AT": "found at",
    "STARTED_AT": "started at",
    "WENT_WITH": "missing with",
    "TELLS_OF": "told of in interview",
    "PLACED_IN": "placed at",
    "ENROLLED_AT": "at school",
    "NAMES": "same notice",
}
SAME = {
    "Episode": "same episode",
    "ReturnInterview": "same interview",
    "Intelligence": "same intelligence",
    "Notice": "same notice",
    "Action": "same action",
}
STATED = {"LINKED_TO": "linked to", "SEEN_AT": "seen at", "USES": "uses", "LIVES_AT": "lives at"}


class Told(NamedTuple):
    """What one record says of a tie, seen from one end: its links to that end and to the other; one if it states it."""

    event: Event
    near: Side | None
    far: Side


def pairs(known: Known, as_at: datetime) -> Iterator[tuple[Thing, Thing, str, str, Told]]:
    """Every two things that one record ties by then, with the kind of tie and of record."""
    for event in known.events:
        if event.label in JOINING:
            for a in event.sides:
                for b in event.sides:
                    if a is not b and a.thing.id != b.thing.id and _both(event, a, b, as_at):
                        yield a.thing, b.thing, _kind(event, a, b), event.label, Told(event, a, b)
        for one, other in event.stated:
            if one.id != other.thing.id and happened(other, as_at):
                yield one, other.thing, STATED[other.type], "direct", Told(event, None, other)
                yield other.thing, one, STATED[other.type], "direct", Told(event, None, other)


def _both(event: Event, a: Side, b: Side, as_at: datetime) -> bool:
    return all(happened(side, as_at) and found_by_then(event, side, as_at) for side in (a, b))


def _kind(event: Event, a: Side, b: Side) -> str:
    if event.label == "Action":
        return SAME[event.label]
    if a.type == "HAD":
        return OWN[b.type]
    if b.type == "HAD":
        return OWN[a.type]
    return SAME[event.label]


#: What a grade's source and its information are worth, told code by code; what is doubtful comes after all that is not.
SOURCES = {"1": 0, "A": 0, "B": 0, "C": 1, "2": 2, "E": 2, "3": 3, "D": 3}
INFORMATION = {"A": 0, "1": 0, "2": 0, "B": 1, "3": 1, "C": 2, "": 3, "D": 4, "4": 4, "E": 5, "5": 5}
#: Where the worth is equal, the source's code decides, then the information's.
CODES = "1AB" + "C" + "2E" + "3D"
LETTERS = "A12B3C" + "D4E5"
#: Strictest first.
HANDLING = ["5", "4", "1", "3", "2", "C", "P"]


def grade_of(event: Event) -> str | None:
    """The grade of an event, whole; None: it has none."""
    source = event.facts.get("source_grade")
    return f"{source}{event.facts['assessment_grade']}" if source else None


def best(given: Iterable[str | None]) -> str | None:
    """The best of whole grades, of either scheme."""

    def order(grade: str) -> tuple[bool, int, int, int, int]:
        source, information = SOURCES[grade[0]], INFORMATION[grade[1]]
        doubtful = source == 3 or information >= 4
        return doubtful, source, information, CODES.index(grade[0]), LETTERS.index(grade[1])

    return min({grade for grade in given if grade}, key=order, default=None)


@dataclass
class Standing:
    """What the records of a tie say of how far it is to be trusted."""

    told: set[tuple[str, str]] = field(default_factory=set)
    alike: set[frozenset[tuple[str, str]]] = field(default_factory=set)

    @property
    def sources(self) -> int:
        """Agencies that each tell of an event of their own: the most that can be seated, by trying every seating."""
        events: list[set[tuple[str, str]]] = []
        for one in self.told:
            near = [e for e in events if any(frozenset((one, other)) in self.alike for other in e)]
            events = [e for e in events if e not in near] + [{one}.union(*near)]
        agencies = sorted({agency for _, agency in self.told})
        best = 0
        for seats in product((None, *range(len(events))), repeat=len(agencies)):
            taken = [(a, seat) for a, seat in zip(agencies, seats, strict=True) if seat is not None]
            right = all(any(agency == a for _, agency in events[seat]) for a, seat in taken)
            if right and len({seat for _, seat in taken}) == len(taken):
                best = max(best, len(taken))
        return best


def standing(known: Known, as_at: datetime, left: Mapping[Tie, Found]) -> dict[Tie, Standing]:
    """For each of these ties, what its own records say of how far it is to be trusted."""
    found: dict[Tie, Standing] = {}
    events: dict[Tie, list[Event]] = {}
    for one, other, kind, label, told in pairs(known, as_at):
        tie = (frozenset((one.id, other.id)), kind, label)
        if tie in left and told.event.record in left[tie].records:
            events.setdefault(tie, []).append(told.event)
    for tie, many in events.items():
        about = found.setdefault(tie, Standing())
        for event in many:
            about.told.add((event.record, event.agency))
        for one, other in combinations(set(many), 2):
            if tie[2] != "direct" and one.agency != other.agency and _copies(one, other, as_at):
                about.alike.add(frozenset(((one.record, one.agency), (other.record, other.agency))))
    return found


DAYS = {"Placement": 183}
"""For how many days a tie holds, by the kind of record; every other for 365."""


def review_by(known: Known, as_at: datetime, ties: Mapping[Tie, Found]) -> dict[Tie, date | None]:
    """Until when each of these ties holds: after it was last observed, or last told as still lasting."""
    found: dict[Tie, date | None] = {}
    looked = said(known, as_at, ties)
    events = {event.record: event for event in known.events}
    for tie, of_tie in ties.items():
        days = [utc_to_london(of_tie.last).date()] if of_tie.last else []
        for record in of_tie.records if tie[2] in ("Placement", "Enrolment", "MissingEducation") else ():
            ended = events[record].facts.get("ended")
            if ended is None or ended > utc_to_london(as_at).date():
                days.append(min(events[record].extract, utc_to_london(as_at).date()))
        if looked[tie][0] == "still holds":
            days.append(utc_to_london(looked[tie][1]).date())
        found[tie] = max(days) + timedelta(days=DAYS.get(tie[2], 365)) if days else None
    return found


def said(known: Known, as_at: datetime, ties: Mapping[Tie, Found]) -> dict[Tie, tuple[str | None, datetime]]:
    """What a person said last of each of these ties, of it as its records now tell it; None: nobody has."""
    found: dict[Tie, tuple[str | None, datetime]] = {}
    of_links = [e for e in known.labelled("Judgement") if e.facts.get("about") == "link"]
    for tie, of_tie in ties.items():
        holding = []
        for event in of_links:
            facts, things = event.facts, {side.thing.id for side in event.of("JUDGES")}
            if (things, *facts["said_of"]) == tie and facts["decided"] <= as_at:
                looked, stated = set(facts["rested_on"]), of_tie.records
                if looked & stated if facts["verdict"] == "still holds" else stated <= looked:
                    holding.append((facts["decided"], facts["verdict"]))
        at, verdict = max(holding, default=(as_at, None))
        found[tie] = verdict, at
    return found


def _copies(one: Event, other: Event, as_at: datetime) -> bool:
    about = [event.facts.get("episode_reference") for event in (one, other)]
    if about[0] is not None and about[0] == about[1]:
        return True
    return one.label == "Episode" and episodes.same(episodes.stay_of(one, as_at), episodes.stay_of(other, as_at))


def hubs(known: Known, as_at: datetime, limit: int) -> set[str]:
    """Things other than people that too many children are known to be tied to, by records or by statements."""
    reported: dict[str, set[str]] = {}
    stated: dict[str, set[str]] = {}
    for event in known.events:
        if event.label in JOINING and event.label != "Intelligence":
            for child in event.of("HAD"):
                for side in event.sides:
                    if side.type not in ("HAD", "WENT_WITH") and _both(event, child, side, as_at):
                        reported.setdefault(side.thing.id, set()).add(child.thing.id)
        for one, other in event.stated:
            if one.kind == "Child" and other.type != "LINKED_TO" and happened(other, as_at):
                stated.setdefault(other.thing.id, set()).add(one.id)
    people = {s.thing.id for e in known.events for s in e.sides if s.thing.kind in ("Child", "Associate")}
    found = {thing for many in (reported, stated) for thing, children in many.items() if len(children) > limit}
    return found - people


@dataclass
class Found:
    """One tie: how many steps away, and what its records say of it, seen from the ends that were followed."""

    hop: int
    as_at: datetime
    told: list[Told] = field(default_factory=list)

    @property
    def records(self) -> set[str]:
        return {told.event.record for told in self.told}

    @property
    def agencies(self) -> set[str]:
        return {told.event.agency for told in self.told}

    @property
    def roles(self) -> set[str]:
        sides = [side for told in self.told for side in (told.near, told.far) if side]
        return {side.link.role for side in sides if side.link.role}

    @property
    def first(self) -> datetime | None:
        return min((told.far.first for told in self.told if told.far.first), default=None)

    @property
    def last(self) -> datetime | None:
        """The last time by the date; a link still observed after it counts from when it began."""
        seen = [f.last if f.last and f.last <= self.as_at else f.first for f in (told.far for told in self.told)]
        return max((moment for moment in seen if moment), default=None)

    @property
    def grade(self) -> str | None:
        return best(grade_of(told.event) for told in self.told)

    @property
    def handling(self) -> list[str]:
        return sorted({t.far.link.handling for t in self.told if t.far.link.handling}, key=HANDLING.index)


def ties(known: Known, start: str, hops: int, limit: int, as_at: datetime) -> dict[Tie, Found]:
    """Each tie within so many steps of the start. A record that states a relation of two things outright names both
    too: that is not said again, and lends nothing to the tie of those that only name them."""
    found: dict[Tie, Found] = {}
    followed: set[str] = set()
    edge, near = {start}, hubs(known, as_at, limit)
    said = {
        (frozenset((one.id, other.thing.id)), event.record)
        for event in known.events
        for one, other in event.stated
        if happened(other, as_at)
    }
    for hop in range(1, hops + 1):
        reached = set()
        for one, other, kind, label, told in pairs(known, as_at):
            pair = frozenset((one.id, other.id))
            again = (
                kind.startswith("same ") and told.near and told.near.type != "HAD" and (pair, told.event.record) in said
            )
            if one.id in edge and not again and (hop == 1 or other.id != start):
                found.setdefault((pair, kind, label), Found(hop, as_at)).told.append(told)
                reached.add(other.id)
        followed |= edge
        edge = reached - followed - near
    return found


def ties_of(known: Known, children: Iterable[str], as_at: datetime) -> dict[Tie, Found]:
    """Each tie of any of these children, one step away, by all that its records say from either end."""
    found: dict[Tie, Found] = {}
    for child in children:
        for tie, of_tie in ties(known, child, 1, 99, as_at).items():
            found.setdefault(tie, Found(1, as_at)).told.extend(of_tie.told)
    return found
