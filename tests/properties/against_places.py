"""Places against their oracles: parts of the one test that asks every rule."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

from pyproj import Geod

from missingnet.graph import rulebook
from tests.oracles import places
from tests.oracles.known import happened
from tests.oracles.placed import LONDON
from tests.properties.example import AS_AT

if TYPE_CHECKING:
    from tests.properties.test_oracles import Asked

KINDS = ["missing", "absent"]
_MILES = Geod(ellps="WGS84")


def default(rule: str, name: str) -> Any:
    return rulebook.default(rule, name, AS_AT)


def _hotspots(asked: Asked, since: datetime, until: datetime) -> None:
    answer = asked.ask("HOTSPOT", kinds=KINDS, since=since, until=until)
    expected, undated = places.hotspots(asked.known, since, until, AS_AT, KINDS)
    said = places.stays(asked.known, AS_AT)
    found = {r.thing_id: r for r in answer.rows if r.thing_id}
    assert found.keys() == expected.keys()
    for place, ways in expected.items():
        row = found[place]
        both = [ways.get(way, (set(), set())) for way in ("found", "started", "seen")]
        for number, prefix in enumerate(("", "before_")):
            ended, began, seen = (periods[number] for periods in both)
            assert getattr(row, f"{prefix}found") == len(places.once(ended, said))
            assert getattr(row, f"{prefix}started") == len(places.once(began, said))
            assert getattr(row, f"{prefix}episodes") == len(places.once(ended | began, said))
            assert getattr(row, f"{prefix}seen") == len({record for _, _, record in seen})
            assert getattr(row, f"{prefix}children") == len({child for child, _, _ in ended | began | seen})
        assert set(row.records) == {record for now, _ in both for _, _, record in now}
        here = both[0][0] | both[1][0]
        counting = places.once(here, said)
        assert set(row.counted_by) == {stay.agency for stay in counting}
        assert set(row.same_records) == {record for _, _, record in here} - {stay.record for stay in counting}
    assert [note.split()[0] for note in answer.notes if "without a date" in note] == [str(len(undated))] * bool(undated)


def hotspots_of_two_periods(asked: Asked) -> None:
    since, until = default("HOTSPOT", "since"), default("HOTSPOT", "until")
    for last in (until, AS_AT + timedelta(days=9), since + timedelta(days=30)):
        _hotspots(asked, since, last)


def hotspots_against_the_season(asked: Asked) -> None:
    since = AS_AT - timedelta(days=10)
    for until, years, days in ((AS_AT, 3, 28), (AS_AT + timedelta(days=9), 2, 25), (AS_AT, 0, 28)):
        given = {"since": since, "until": until, "years": years, "year_days": days}
        answer = asked.ask("HOTSPOT", kinds=KINDS, **given)
        said = places.stays(asked.known, AS_AT)
        wanted = places.season(asked.known, since, until, AS_AT, KINDS, years, days)
        for row in (r for r in answer.rows if r.thing_id):
            here = {back: told.get(row.thing_id, set()) for back, told in wanted.items()}
            numbers = {back: len(places.once(told, said)) for back, told in here.items()}
            assert {year.years: year.episodes for year in row.season} == numbers
            assert {year.years: set(year.records) for year in row.season} == {
                back: {record for _, _, record in told} for back, told in here.items()
            }
            mean = round(sum(numbers.values()) / len(numbers), 2) if numbers else None
            assert row.season_episodes == mean
            assert row.season_change == (None if mean is None else round(row.episodes - mean, 2))
        rows = {row.thing_id for row in answer.rows}
        only_then = {place for told in wanted.values() for place in told} - rows
        noted = [int(note.split()[0]) for note in answer.notes if "earlier years only" in note]
        assert noted == [len(only_then)] * bool(only_then)


def areas_hold_what_their_places_hold(asked: Asked) -> None:
    since, until, metres = default("HOTSPOT", "since"), default("HOTSPOT", "until"), 700
    answer = asked.ask("HOTSPOT", kinds=KINDS, hexagon_metres=metres)
    expected, _ = places.hotspots(asked.known, since, until, AS_AT, KINDS)
    told, said = places.told_of_places(asked.known, AS_AT), places.stays(asked.known, AS_AT)
    labels = {side.thing.id: side.thing.kind for e in asked.known.events for side in e.sides}
    labels |= {where.thing.id: where.thing.kind for e in asked.known.events for _, where in e.stated}
    within: dict[tuple[str, str], set[str]] = {}
    for place in expected:
        one = told.get(place, places.PlaceTold())
        for code in one.postcodes:
            within.setdefault(("postcode district", code.split()[0]), set()).add(place)
        for unit in one.units:
            within.setdefault(("local policing unit", unit), set()).add(place)
        for point in one.points:
            within.setdefault(("hexagon", places.hexagon(*point, metres)), set()).add(place)
    found = {(r.level, r.area): r for r in answer.rows if r.area}
    assert found.keys() == within.keys()
    for area, inside in within.items():
        now = [
            ways.get(way, (set(), set()))[0] for p in inside for ways in (expected[p],) for way in ("found", "started")
        ]
        assert found[area].episodes == len(places.once(set().union(*now), said))
    assert {r.thing_id: r.role for r in answer.rows if r.thing_id} == {
        place: told.get(place, places.PlaceTold()).role(labels[place]) for place in expected
    }
    assert not any(r.level == "hexagon" for r in asked.ask("HOTSPOT", hexagon_metres=0).rows)


def places_that_share_people(asked: Asked) -> None:
    for least, limit in ((1, 4), (2, 2), (3, 4)):
        answer = asked.ask("LINKED-LOCATIONS", min_shared=least, hub_children=limit)
        pairs = {
            frozenset((r.place_id, r.other_id)): (
                frozenset((*r.child_ids, *r.associate_ids, *r.vehicle_ids)),
                frozenset(r.records),
            )
            for r in answer.rows
        }
        assert pairs == places.linked(asked.known, default("LINKED-LOCATIONS", "since"), AS_AT, least, limit)


def one_place_asked_about(asked: Asked) -> None:
    """Each pair that it is in, however little it shares; where there is none, that there is none, if it is known."""
    since = default("LINKED-LOCATIONS", "since")
    labels = {side.thing.id: side.thing.kind for e in asked.known.events for side in e.sides}
    named = {
        side.thing.id
        for e in asked.known.events
        for side in e.of("FOUND_AT", "STARTED_AT", "TELLS_OF", "NAMES")
        if happened(side, AS_AT)
    }
    for place in [thing for thing, kind in labels.items() if kind in ("Place", "Home")]:
        for least, limit in ((2, 4), (4, 1)):
            rows = asked.ask("LINKED-LOCATIONS", place=place, min_shared=least, hub_children=limit).rows
            pairs = places.linked(asked.known, since, AS_AT, 1, limit)
            wanted = {pair: len(both) for pair, (both, _) in pairs.items() if place in pair}
            if wanted or place not in named:
                assert {frozenset((r.place_id, r.other_id)): r.shared for r in rows} == wanted
                assert all((r.state == "fired") == (r.shared >= least) for r in rows)
            else:
                assert [(r.place_id, r.state) for r in rows] == [(place, "not fired")]


def places_to_visit(asked: Asked) -> None:
    since, parts = AS_AT - timedelta(days=30), ["6 day", "20 night"]
    answer = asked.ask("PLACES-TO-VISIT", kinds=KINDS, since=since, parts=parts)
    expected = places.to_visit(asked.known, since, AS_AT, KINDS)
    assert {row.place_id for row in answer.rows} == expected.keys()
    points = places.told_of_places(asked.known, AS_AT)
    for row in answer.rows:
        one = expected[row.place_id]
        assert set(row.child_ids) == {child for child, _ in one.now}
        assert (row.times, row.before_times, row.last) == (len(one.now), len(one.before), max(one.last))
        assert (set(row.missing_now_ids), set(row.records)) == (one.gone, one.records)
        assert set(row.agencies) == one.agencies
        hours = [min(when).replace(tzinfo=UTC).astimezone(LONDON) for when in one.found.values()]
        said = Counter(
            f"{'weekend' if at.weekday() > 4 else 'weekday'} {'day' if 6 <= at.hour < 20 else 'night'}" for at in hours
        )
        assert {each.part: each.times for each in row.when} == said
        here = points.get(row.place_id, places.PlaceTold()).points
        far = [
            min(_MILES.line_length((a[1], b[1]), (a[0], b[0])) for a in left for b in here) / 1609.344
            for left in one.left.values()
            if left and here
        ]
        assert row.from_known == len(far)
        assert (row.miles is None) == (not far)
        assert row.miles is None or abs(row.miles - median(far)) < 0.02
        assert row.minutes == (None if row.miles is None else round(row.miles * 1.3 / 20 * 60))
    order = [(-len(row.missing_now_ids), -row.children, row.before_times - row.times) for row in answer.rows]
    assert order == sorted(order)


CHECKS = (
    places_to_visit,
    hotspots_of_two_periods,
    hotspots_against_the_season,
    areas_hold_what_their_places_hold,
    places_that_share_people,
    one_place_asked_about,
)
