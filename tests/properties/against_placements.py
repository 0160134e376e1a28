"""Placements, moves, ages and triage against their oracles: parts of the one test that asks every rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.oracles import placed, thresholds, triage
from tests.properties.example import AS_AT

if TYPE_CHECKING:
    from tests.properties.test_oracles import Asked

WINDOWS = (timedelta(days=150), timedelta(days=400))


def told(row: Any) -> Iterator[str]:
    """The records of a child's placements and of the episodes that moves followed."""
    return (record for stay in row.stays for record in (*stay.records, *stay.after_records))


def placements_open_and_moves_after_episodes(asked: Asked) -> None:
    for back, least in zip((*WINDOWS, *WINDOWS), (1, 1, 2, 3), strict=True):
        rows = asked.ask("PLACEMENT-UNSTABLE", since=AS_AT - back, min_placements=least).rows
        found = {r.child_id: (r.state, r.placements, r.moves_after_episode) for r in rows}
        assert all({*r.agencies} == asked.known.agencies(told(r)) for r in rows)
        assert found == placed.unstable(asked.known, AS_AT - back, AS_AT, least)


def missing_soon_after_becoming_looked_after(asked: Asked) -> None:
    for back in WINDOWS:
        rows = asked.ask("TRAFFICKED-EARLY", since=AS_AT - back).rows
        found = {r.child_id: (r.hours, r.looked_after_from) for r in rows}
        assert found == placed.trafficked(asked.known, AS_AT - back, AS_AT)
        assert all(r.strong == (r.hours <= 48) for r in rows)


def moved_into_another_area(asked: Asked) -> None:
    for back in WINDOWS:
        since = AS_AT - back
        rows = asked.ask("MOVED-IN", since=since).rows
        assert {r.child_id: (r.state, r.day, r.host) for r in rows} == placed.moved_in(asked.known, since, AS_AT)
        out = asked.ask("MOVED-OUT", since=since).rows
        found = {r.child_id: (r.day, r.host, frozenset(r.notice_records), r.area_told) for r in out}
        assert found == placed.moved_out(asked.known, since, AS_AT)


def about_to_turn_18_or_past_it(asked: Asked) -> None:
    since = AS_AT - timedelta(days=150)
    for months, least in ((6, 1), (52, 1), (60, 3)):
        rows = asked.ask("TURNING-18", since=since, months=months, min_episodes=least).rows
        found = {r.child_id: (r.turns, r.past) for r in rows}
        assert found == placed.turning(asked.known, since, AS_AT, months, least)


def red_amber_and_green(asked: Asked) -> None:
    for back in (timedelta(days=20), *WINDOWS):
        rows = asked.ask("TRIAGE-RAG", since=AS_AT - back).rows
        found = {}
        for row in rows:
            factors: dict[str, frozenset[str]] = {}
            for factor in row.factors:
                factors[factor.name] = factors.get(factor.name, frozenset()) | frozenset(factor.records)
            found[row.child_id] = (row.level, row.suggested, row.missing, row.absences, factors, {*row.agencies})
        assert found == triage.triaged(asked.known, AS_AT - back, AS_AT)


def interviews_that_are_especially_important(asked: Asked) -> None:
    for back in (timedelta(days=20), *WINDOWS):
        rows = asked.ask("RHI-PRIORITY", since=AS_AT - back).rows
        found: dict[str, dict[str, frozenset[str]]] = {}
        gone = thresholds.both_kinds(asked.known, AS_AT - back, AS_AT)
        for row in rows:
            missing, absent, _ = gone[row.child_id]
            assert {*row.agencies} == asked.known.agencies(missing | absent)
            reasons = found.setdefault(row.child_id, {})
            for factor in row.factors:
                reasons[factor.name] = reasons.get(factor.name, frozenset()) | frozenset(factor.records)
        assert found == triage.especially_important(asked.known, AS_AT - back, AS_AT)


CHECKS = (
    placements_open_and_moves_after_episodes,
    missing_soon_after_becoming_looked_after,
    moved_into_another_area,
    about_to_turn_18_or_past_it,
    red_amber_and_green,
    interviews_that_are_especially_important,
)
