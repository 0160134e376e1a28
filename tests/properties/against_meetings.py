"""Meetings, notifications and the school days against their oracles: parts of the one test that asks every rule."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from missingnet.graph import rulebook
from missingnet.graph.clocks import STANDINGS
from tests.oracles import meetings, school
from tests.properties.example import AS_AT

if TYPE_CHECKING:
    from tests.properties.test_oracles import Asked


def _told(asked: Asked, days: int) -> meetings.Told:
    keys = {asked.known.id_of(record): record.key for record in asked.example.records}
    return meetings.Told(asked.known, keys, AS_AT - timedelta(days=days), AS_AT)


def _rows(asked: Asked, rule: str, days: int) -> dict[str, Any]:
    rows = asked.ask(rule, since=AS_AT - timedelta(days=days)).rows
    assert [STANDINGS.index(row.standing) for row in rows] == sorted(STANDINGS.index(row.standing) for row in rows)
    found = {row.record: row for row in rows}
    assert len(found) == len(rows)
    return found


def strategy_meetings_and_risk_assessments(asked: Asked) -> None:
    wanted = {"STRAT-72H": meetings.looked_after, "STRAT-7D-HOME": meetings.at_home, "RA-UPDATE": meetings.assessed}
    for rule, oracle in wanted.items():
        for days in (90, 20):
            rows = _rows(asked, rule, days)
            found = {record: (r.state, r.standing, r.due, frozenset(r.answered_by)) for record, r in rows.items()}
            assert found == oracle(_told(asked, days)), rule


def who_was_told(asked: Asked) -> None:
    for rule in ("NOTIFY", "OOA-NOTIFY"):
        for days in (90, 20):
            rows = _rows(asked, rule, days)
            found = {
                record: (r.standing, {(p.party, p.occasion, p.state) for p in r.parties}) for record, r in rows.items()
            }
            assert found == meetings.notified(_told(asked, days), rule), rule


def children_who_went_together(asked: Asked) -> None:
    for days in (90, 20):
        rows = asked.ask("STRAT-GROUP", since=AS_AT - timedelta(days=days)).rows
        found = {frozenset(r.records): (frozenset(r.child_ids), r.state) for r in rows}
        assert found == meetings.together(_told(asked, days))


def the_day_by_day_path(asked: Asked) -> None:
    for rule in ("CME-DAY1", "CME-DAY3", "CME-DAY2-28", "CME-4W"):
        for days in (90, 20):
            rows = _rows(asked, rule, days)
            entries = school.entries(asked.known, AS_AT - timedelta(days=days), AS_AT)
            wanted = {one.event.record: school.path(one, rule) for one in entries}
            assert {record: (r.state, r.standing, r.due) for record, r in rows.items()} == wanted, rule
    since = rulebook.default("CME-10D", "since", AS_AT)
    found = {}
    for row in asked.ask("CME-10D").rows:
        telling = (each.records for each in row.facts if each.words.startswith("Absent for"))
        found[row.child_id] = row.state, row.days, row.share, frozenset(*telling), row.part_time
    assert found == school.ten_days(asked.known, since, AS_AT)


CHECKS = (
    strategy_meetings_and_risk_assessments,
    who_was_told,
    children_who_went_together,
    the_day_by_day_path,
)
