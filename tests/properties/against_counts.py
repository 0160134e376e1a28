"""Tables and clocks against their oracles: parts of the one test that asks every rule."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from missingnet.graph import rulebook
from missingnet.graph.clocks import STANDINGS
from tests.oracles import clocks, returned, tabled, triage
from tests.properties.example import AS_AT

if TYPE_CHECKING:
    from tests.properties.test_oracles import Asked


def default(rule: str, name: str) -> Any:
    return rulebook.default(rule, name, AS_AT)


def episodes_and_their_tables(asked: Asked) -> None:
    since = datetime(2026, 7, 31, 23)
    references = {asked.known.id_of(record): record.key for record in asked.example.records}
    rows = asked.ask("TABLE-OF-EPISODES", since=since, until=AS_AT).rows
    found = {
        (
            r.child_id,
            r.record,
            r.kind,
            r.month,
            r.hours,
            r.lives,
            None if r.check is None else r.check == "check recorded",
        )
        for r in rows
    }
    expected = tabled.facts(asked.known, since, AS_AT, references)
    assert len(rows) == len(found)
    assert found == expected
    by_month = tabled.by_month(expected)
    for line in asked.ask("TABLE-OF-EPISODES", table="EPISODES-BY-MONTH", since=since, until=AS_AT).rows[:-1]:
        for cell in line.cells:
            if cell.measure == "episodes" and cell.column != "added" and cell.count is not None:
                assert cell.count == by_month[line.line, cell.column]
    times = tabled.times_missing(expected)
    lines = asked.ask("TABLE-OF-EPISODES", table="EPISODES-PER-CHILD", since=since, until=AS_AT).rows
    counted = [line.cells[0].count for line in lines]
    bands = ((1, 2), (3, 5), (6, 8), (9, 19), (20, 999))
    if None not in counted:
        assert counted[:-1] == [sum(n for t, n in times.items() if low <= t <= high) for low, high in bands]


def episodes_and_their_childrens_levels(asked: Asked) -> None:
    since, references = datetime(2026, 7, 31, 23), {asked.known.id_of(r): r.key for r in asked.example.records}
    rows = asked.ask("TABLE-OF-TRIAGE", since=since, until=AS_AT + timedelta(days=9)).rows
    found = {(r.child_id, r.record, r.kind, r.month, r.lives) for r in rows}
    expected = tabled.facts(asked.known, since, AS_AT, references)
    assert len(rows) == len(found)
    assert found == {(child, record, kind, month, lives) for child, record, kind, month, _, lives, _ in expected}
    for until in (AS_AT + timedelta(days=9), AS_AT - timedelta(hours=501)):
        rows = asked.ask("TABLE-OF-TRIAGE", since=since, until=until).rows
        levels = triage.triaged(asked.known, since - timedelta(seconds=1), min(until, AS_AT))
        assert {r.child_id: r.level for r in rows} == {child: told[0] for child, told in levels.items()}


def clocks_of_interviews_checks_and_screenings(asked: Asked) -> None:
    keys = {asked.known.id_of(record): record.key for record in asked.example.records}
    for rule, since in itertools.product(clocks.RULES, (default("RHI-72H", "since"), AS_AT - timedelta(days=20))):
        rows = asked.ask(rule, since=since).rows
        found = {r.record: (r.state, r.standing, r.due, frozenset(r.answered_by)) for r in rows}
        assert len(found) == len(rows)
        assert found == clocks.expected(asked.known, keys, since, AS_AT, rule), rule
        order = [STANDINGS.index(row.standing) for row in rows]
        assert order == sorted(order)
    since = AS_AT - timedelta(days=90)
    rows = asked.ask("POLICE-PROTECTION-72H", since=since).rows
    assert {r.record: (r.standing, r.due) for r in rows} == clocks.protection(asked.known, since, AS_AT)


def the_councils_return_and_the_checks_of_it(asked: Asked) -> None:
    since = AS_AT - timedelta(days=120)
    for until, with_police in ((AS_AT, False), (AS_AT, True), (AS_AT - timedelta(hours=500), True)):
        given = {"agency": "997", "since": since, "until": until, "with_police": with_police}
        answer = asked.ask("SSDA903-MISSING", **given)
        rows = [
            (r.child, r.child_id, r.missing, r.start, r.end, r.born, r.record, frozenset(r.codes)) for r in answer.rows
        ]
        assert len(rows) == len(set(rows))
        assert set(rows) == returned.lines(asked.known, "997", since, until, AS_AT, with_police=with_police)
        assert [row[0] for row in rows] == sorted(row[0] for row in rows)
        assert _failed(answer.notes) == sum(bool(row[-1]) for row in rows)


def _failed(notes: Sequence[str]) -> int:
    """How many rows the first note says to fail."""
    return int(notes[0].split()[0])


CHECKS = (
    the_councils_return_and_the_checks_of_it,
    episodes_and_their_tables,
    episodes_and_their_childrens_levels,
    clocks_of_interviews_checks_and_screenings,
)
