"""HOTSPOT, PLACES-TO-VISIT and LINKED-LOCATIONS in plain Python, and what is told of the places themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from itertools import combinations
from math import sqrt

from pyproj import Transformer

from missingnet.graph.answers.hexagons import reference
from tests.oracles import episodes
from tests.oracles.episodes import Stay
from tests.oracles.known import Event, Known, Side, Thing, found_by_then
from tests.oracles.placed import day_of

Records = frozenset[str]


def _within(moment: datetime | None, since: datetime, as_at: datetime) -> bool:
    return moment is None or since <= moment <= as_at


Told = set[tuple[str, str, str]]
"""Who was somewhere by whose record: child, agency, record."""


def hotspots(
    known: Known, since: datetime, until: datetime, as_at: datetime, kinds: list[str]
) -> tuple[dict[str, dict[str, tuple[Told, Told]]], Records]:
    """By place: by 'found', 'started' or 'seen' who was there in this period and in the one before; and the records
    that give no date. A period that is not over is set against as much time before it."""
    before = since - (min(until, as_at) - since)
    found: dict[str, dict[str, tuple[Told, Told]]] = {}
    undated: set[str] = set()

    def add(thing: Thing, way: str, moment: datetime | None, child: Thing, event: Event) -> None:
        if thing.kind not in ("Place", "Home", "School"):
            return
        if moment is None:
            undated.add(event.record)
        elif before <= moment < until and moment <= as_at:
            periods = found.setdefault(thing.id, {}).setdefault(way, (set(), set()))
            periods[0 if moment >= since else 1].add((child.id, event.agency, event.record))

    for event in known.events:
        if event.label == "Episode" and event.facts["kind"] in kinds and event.child:
            for side in event.of("FOUND_AT", "STARTED_AT"):
                if found_by_then(event, side, as_at):
                    way = "found" if side.type == "FOUND_AT" else "started"
                    add(side.thing, way, event.facts["started"], event.child, event)
        if event.label == "ReturnInterview" and event.child:
            for side in event.of("TELLS_OF"):
                add(side.thing, "seen", side.first, event.child, event)
        for one, other in event.stated:
            if one.kind == "Child" and other.type == "SEEN_AT":
                add(other.thing, "seen", other.first, one, event)
    return found, frozenset(undated)


def stays(known: Known, as_at: datetime) -> dict[str, Stay]:
    """What each record of an episode that had begun says of it."""
    return {s.record: s for told in episodes.told(known.labelled("Episode"), as_at).values() for s in told}


def once(told: Told, said: dict[str, Stay]) -> list[Stay]:
    """Each child's episodes once, whichever agencies recorded them there: by the record that counts."""
    by_child: dict[str, list[Stay]] = {}
    for child, _, record in sorted(told):
        by_child.setdefault(child, []).append(said[record])
    return [stay for each in by_child.values() for stay in episodes.counting(each)]


def linked(
    known: Known, since: datetime, as_at: datetime, least: int, limit: int
) -> dict[frozenset[str], tuple[frozenset[str], Records]]:
    """By pair of places: who and what was at both, and the records that say so."""
    at: dict[str, dict[str, set[str]]] = {}
    children: dict[str, set[str]] = {}

    def add(place: Thing, who: Thing, event: Event) -> None:
        if place.kind in ("Place", "Home") and who.kind in ("Child", "Associate", "Vehicle"):
            at.setdefault(place.id, {}).setdefault(who.id, set()).add(event.record)
            if who.kind == "Child":
                children.setdefault(place.id, set()).add(who.id)

    for event in known.events:
        if event.label == "Episode" and since <= event.facts["started"] <= as_at:
            for side in event.of("FOUND_AT", "STARTED_AT"):
                if found_by_then(event, side, as_at):
                    if event.child:
                        add(side.thing, event.child, event)
                    if side.type == "FOUND_AT":
                        for other in event.of("WENT_WITH"):
                            if other.thing.kind == "Associate":
                                add(side.thing, other.thing, event)
        if event.label == "ReturnInterview":
            for side in event.of("TELLS_OF"):
                if _within(side.first, since, as_at):
                    for other in event.of("HAD", "TELLS_OF"):
                        if other is not side:
                            add(side.thing, other.thing, event)
        for one, other in event.stated:
            if other.type in ("SEEN_AT", "LIVES_AT") and _within(other.first, since, as_at):
                add(other.thing, one, event)
    found = {}
    for a, b in combinations(sorted(p for p in at if len(children.get(p, ())) <= limit), 2):
        both = at[a].keys() & at[b].keys()
        if len(both) >= least:
            found[frozenset((a, b))] = (
                frozenset(both),
                frozenset(r for who in both for place in (a, b) for r in at[place][who]),
            )
    return found


def season(
    known: Known, since: datetime, until: datetime, as_at: datetime, kinds: list[str], years: int, days: int
) -> dict[int, dict[str, Told]]:
    """By year back that can be compared: by place, who was found or went missing there in the same weeks."""
    over = min(until, as_at)
    found = {}
    for back in range(1, years + 1):
        began = since - timedelta(days=back * days)
        told = hotspots(known, began, began + (over - since), as_at, kinds)[0]
        here = {
            place: both
            for place, ways in told.items()
            if (both := ways.get("found", (set(), set()))[0] | ways.get("started", (set(), set()))[0])
        }
        earlier = any(e.facts["kind"] in kinds and e.facts["started"] < began for e in known.labelled("Episode"))
        if earlier and here:
            found[back] = here
    return found


@dataclass
class PlaceTold:
    """What descriptions and other records say of one place."""

    kinds: set[str] = field(default_factory=set)
    postcodes: set[str] = field(default_factory=set)
    units: set[str] = field(default_factory=set)
    points: set[tuple[float, float]] = field(default_factory=set)
    placed: bool = False
    lived: bool = False

    def role(self, label: str) -> str:
        """What it is to children."""
        if label != "Place":
            return {"Home": "children's home", "School": "school"}[label]
        words = [(self.placed, "placement"), (self.lived, "child's address"), ("Hospital" in self.kinds, "service")]
        return next((said for true, said in words if true), "place of concern")


def told_of_places(known: Known, as_at: datetime) -> dict[str, PlaceTold]:
    """By place: what is told of it by the date asked about."""
    found: dict[str, PlaceTold] = {}
    for event in known.events:
        for side in event.of("DESCRIBED_BY"):
            one, facts = found.setdefault(side.thing.id, PlaceTold()), event.facts
            one.kinds |= {facts["kind"]} if facts.get("kind") else set()
            one.postcodes |= {facts["postcode"]} if facts.get("postcode") else set()
            one.units |= {facts["lpu"]} if facts.get("lpu") else set()
            one.points |= {(facts["latitude"], facts["longitude"])} if facts.get("latitude") else set()
        for side in event.of("PLACED_IN"):
            if event.facts["started"] <= day_of(as_at):
                found.setdefault(side.thing.id, PlaceTold()).placed = True
        for who, where in event.stated:
            if where.type == "LIVES_AT" and who.kind == "Child" and (where.first is None or where.first <= as_at):
                found.setdefault(where.thing.id, PlaceTold()).lived = True
    return found


@dataclass
class BeenThere:
    """Who was at one place, by child and London day; and how far they had come, of the days that tell of it."""

    now: set[tuple[str, date]] = field(default_factory=set)
    before: set[tuple[str, date]] = field(default_factory=set)
    records: set[str] = field(default_factory=set)
    agencies: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    last: list[datetime] = field(default_factory=list)
    found: dict[tuple[str, date], set[datetime]] = field(default_factory=dict)
    left: dict[tuple[str, date], set[tuple[float, float]]] = field(default_factory=dict)


def to_visit(known: Known, since: datetime, as_at: datetime, kinds: list[str]) -> dict[str, BeenThere]:
    """By place of concern: who was there in the period."""
    told, gone = told_of_places(known, as_at), _missing_now(known, since, as_at)
    found: dict[str, BeenThere] = {}

    def add(side: Side, child: Thing, at: datetime | None, there: datetime | None, event: Event) -> None:
        if side.thing.kind != "Place" or at is None or not since - (as_at - since) < at <= as_at:
            return
        if told.get(side.thing.id, PlaceTold()).role("Place") != "place of concern":
            return
        one, when = found.setdefault(side.thing.id, BeenThere()), (child.id, day_of(there or at))
        if at <= since:
            one.before.add(when)
            return
        one.now.add(when)
        one.last.append(there or at)
        one.records |= {event.record} | gone.get(child.id, set())
        one.agencies |= {event.agency} | known.agencies(gone.get(child.id, ()))
        one.gone |= {child.id} if child.id in gone else set()
        if there and event.facts.get("precision") != "day":
            one.found.setdefault(when, set()).add(there)
        for start in event.of("STARTED_AT") if event.label == "Episode" else ():
            if start.thing.kind != "School":
                one.left.setdefault(when, set()).update(told.get(start.thing.id, PlaceTold()).points)

    for event in known.events:
        if event.label == "Episode" and event.facts["kind"] in kinds and event.child:
            for side in event.of("FOUND_AT"):
                if found_by_then(event, side, as_at):
                    add(side, event.child, event.facts["started"], event.facts.get("ended"), event)
        if event.label == "ReturnInterview" and event.child:
            for side in event.of("TELLS_OF"):
                add(side, event.child, side.first, None, event)
        for one, other in event.stated:
            if one.kind == "Child" and other.type == "SEEN_AT":
                add(other, one, other.first, None, event)
    return {place: one for place, one in found.items() if one.now}


def _missing_now(known: Known, since: datetime, as_at: datetime) -> dict[str, set[str]]:
    """By child missing now who went in the period: the records of that episode, none of which says that it ended."""
    kinds = {e.record: e.facts["kind"] for e in known.labelled("Episode")}
    found: dict[str, set[str]] = {}
    for child, stays in episodes.told(known.labelled("Episode"), as_at).items():
        for group in sorted(episodes.once(stays), key=lambda group: (group[0].started, group[0].record)):
            open_ = all(stay.ended is None for stay in group) and group[0].started > since
            if open_ and kinds[group[0].record] == "missing":
                found.setdefault(child, {stay.record for stay in group})
    return found


@cache
def hexagon(latitude: float, longitude: float, metres: int) -> str:
    """By rounding cube coordinates."""
    east, north = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True).transform(longitude, latitude)
    row = north / (metres * sqrt(3) / 2)
    cube = (east / metres - row / 2, row, -(east / metres - row / 2) - row)
    near = [round(each) for each in cube]
    off = [abs(a - b) for a, b in zip(near, cube, strict=True)]
    worst = off.index(max(off))
    near[worst] = -sum(value for at, value in enumerate(near) if at != worst)
    return reference((near[0] + near[1] / 2) * metres, near[1] * metres * sqrt(3) / 2)
