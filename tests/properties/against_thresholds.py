"""Thresholds against their oracles: parts of the one test that asks every rule."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.oracles import patterns, thresholds
from tests.properties.example import AS_AT

if TYPE_CHECKING:
    from tests.properties.test_oracles import Asked


def episodes_raised_for_review(asked: Asked) -> None:
    wanted = patterns.raised(asked.known, AS_AT - timedelta(days=400), AS_AT)
    given = {
        "RISK-BELOW-MEDIUM": {"levels": ["low"]},
        "ABSENT-WITH-CSE": {},
        "ABSENT-MISSING-COINCIDE": {},
    }
    for rule, params in given.items():
        rows = asked.ask(rule, since=AS_AT - timedelta(days=400), **params).rows
        found = {r.child_id: {one.record for one in r.raised} for r in rows if r.state == "fired"}
        assert all({*r.agencies} == asked.known.agencies(one.record for one in r.raised) for r in rows)
        if rule == "RISK-BELOW-MEDIUM":  # those graded low at first stand beside the others
            found = {
                r.child_id: {
                    o.record for o in r.raised if o.because.startswith("graded low") and "at first" not in o.because
                }
                for r in rows
                if r.episodes
            }
        assert found == wanted.get(rule, {}), rule


def absent_reports_by_place_and_beside_missing(asked: Asked) -> None:
    since = AS_AT - timedelta(days=40)
    for least in (1, 2, 3):
        answer = asked.ask("ABSENT-PLACE-5-IN-30D", since=since, min_reports=least)
        found = {r.place_id: (r.state, frozenset(r.records)) for r in answer.rows}
        assert found == thresholds.absent_at(asked.known, since, AS_AT, least)
    both = thresholds.both_kinds(asked.known, since, AS_AT)
    for least, most in ((1, 9), (2, 1)):
        answer = asked.ask("ABSENT-MASKS-MISSING", since=since, min_absences=least, max_missing=most)
        told = {r.child_id: (r.state, frozenset(r.missing_records), frozenset(r.absent_records)) for r in answer.rows}
        for row in answer.rows:
            missing, absent, _ = both[row.child_id]
            assert {*row.agencies} == asked.known.agencies(missing | absent)
        states = {
            child: (thresholds.state(len(absent), least) if len(missing) <= most else "not fired", missing, absent)
            for child, (missing, absent, _) in both.items()
        }
        assert told == {child: one for child, one in states.items() if one[0] != "not fired"}
    answer = asked.ask("ABSENT-REFERRED", since=since)
    assert all({*r.agencies} == asked.known.agencies(one.record for one in r.raised) for r in answer.rows)
    found_silent = {r.child_id: {one.record for one in r.raised} for r in answer.rows}
    assert found_silent == {child: silent for child, (_, _, silent) in both.items() if silent}


CHECKS = (episodes_raised_for_review, absent_reports_by_place_and_beside_missing)
