"""What councils and schools do, of the invented partnership: the questions name exactly what was planted undone.

Truth is the generator's: what it left undone or did late, and the decoys, which look so and are not. A child whose
records of two agencies nothing joins is two children to every question, and is set aside here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from missingnet.graph.times import london_to_utc
from tests.planted import invented, proof, school_files
from tests.planted.partnership import Partnership, council_key

pytestmark = pytest.mark.embedded
OUT_OF_ORDER = ("late", "broken")
RISK = {"High", "Medium"}


@pytest.mark.parametrize(
    ("rule", "days"),
    [("STRAT-72H", 300), ("RA-UPDATE", 300), ("CSE-SCREEN", 300), ("NOTIFY", 45), ("OOA-NOTIFY", 45)],
)
def test_a_duty_stands_as_it_was_planted(place: Partnership, rule: str, days: int) -> None:
    since = place.at - timedelta(days=days)
    rows: Any = place.ask(rule, since=since).rows
    whole = place.whole_children()
    standing = {row.record: row.standing for row in rows if row.child_id in whole}
    lines = [one for one in place.truth["duties"] if one["rule"] == rule and _within(one, since)]
    lines = [one for one in lines if place.person(one["nominal"]) in whole]
    wanted = {(_report(place, one), one["standing"]) for one in lines if one["standing"] in OUT_OF_ORDER}
    found = {(record, how) for record, how in standing.items() if how in OUT_OF_ORDER}
    aside = len({row.child_id for row in rows} - whole)
    proof.measured(rule, wanted, found, more=f"{len(standing)} episodes; {aside} halves of children set aside")
    for name in sorted({one["decoy"] for one in lines if "decoy" in one}):
        decoys = {_report(place, one) for one in lines if one.get("decoy") == name}
        fooled = {record for record, _ in found}
        proof.decoy(name, rule, decoys, fooled, _became(standing.get(record, "not listed") for record in decoys))


def _report(place: Partnership, line: Mapping[str, str]) -> str:
    return place.keyed("record", f"99|police_missing|{line['police_ref']}")


def _within(line: Mapping[str, str], since: datetime) -> bool:
    """Over since then, or begun since then and not over."""
    moment = invented.moment(line["over"]) or invented.moment(line["began"])
    assert moment is not None
    return london_to_utc(moment) >= since


def _became(states: Iterable[str]) -> str:
    return ", ".join(f"{many} {state}" for state, many in Counter(states).most_common())


def test_one_joint_meeting_is_told_from_one_for_each_child(place: Partnership) -> None:
    rows: Any = place.ask("STRAT-GROUP", since=place.first).rows
    events = [event for together in place.truth["sets"] for event in together["events"]]
    joint = {one["meetings"][0]: set(one["police_refs"]) for one in events if len(one["meetings"]) == 1}
    proof.measured("STRAT-GROUP, joint meetings", joint, {reference for row in rows for reference in row.joint})
    by_reference = {reference: row for row in rows for reference in row.joint}
    for reference, reports in joint.items():
        held = {each.record for each in by_reference[reference].children if each.held}
        assert held >= {_report(place, {"police_ref": one}) for one in reports}, "a record for each of them"
    apart = {frozenset(_report(place, {"police_ref": r}) for r in one["police_refs"]): one["meetings"]
             for one in events if len(one["meetings"]) > 1}  # fmt: skip
    groups = {reports: [row for row in rows if reports <= set(row.records)] for reports in apart}
    assert all(groups.values()), "they went together, and that is seen"
    fooled = [reports for reports, found in groups.items() if any(row.joint for row in found)]
    states = _became(row.state for found in groups.values() for row in found)
    proof.decoy("a strategy meeting for each child of a set", "STRAT-GROUP", list(apart), fooled, states)


def test_moves_into_another_area_are_exactly_the_planted(place: Partnership) -> None:
    moved = {_council(place, one): one["host"] for one in place.truth["moved"]}
    out: Any = place.ask("MOVED-OUT").rows
    fired = {row.child_id for row in out if row.state == "fired"}
    pairs = Counter((one["authority"], one["host"]) for one in place.truth["moved"])
    homes = ", ".join(f"{home} → {host}: {many}" for (home, host), many in sorted(pairs.items()))
    proof.measured("MOVED-OUT", moved, fired, more=homes)
    named = {row.child_id: row.host for row in out if row.state == "fired"}
    assert named == moved, "home and host stand as planted"
    inside = {child: host for child, host in moved.items() if host in place.truth["authorities"]}
    at_risk = _at_risk(place)
    rows: Any = place.ask("MOVED-IN").rows
    states = {row.child_id: row.state for row in rows}
    found = {child for child, state in states.items() if state == "fired"}
    proof.measured("MOVED-IN", set(inside) & at_risk, found)
    _cases(place, "MOVED-OUT", fired, {row.child_id: row.state for row in out})
    _cases(place, "MOVED-IN", found, states)


def _council(place: Partnership, line: Mapping[str, str]) -> str:
    return place.thing(council_key(line["authority"], line["council"]))


def _at_risk(place: Partnership) -> set[str]:
    """Children on the CSE list or in the NRM, or whose exploitation screening said so, by the councils' files."""
    found = set()
    for code in place.truth["authorities"]:
        for row in invented.rows(place.folder, f"council-{code}/lists.csv"):
            if row["List"] in ("CSE", "NRM") and not row["Removed"]:
                found.add(place.thing(council_key(code, row["Council Ref"])))
        for row in invented.rows(place.folder, f"council-{code}/risk_assessments.csv"):
            if row["Kind"] == "Child exploitation screening" and row["Level"] in RISK:
                found.add(place.thing(council_key(code, row["Council Ref"])))
    return found


def _cases(place: Partnership, rule: str, found: Collection[str], states: Mapping[str, str]) -> None:
    """Each child planted for the rule is found, and each decoy beside them is not."""
    for case in place.truth["cases"]:
        child = _council(place, case)
        for one in case["rules"]:
            if one["rule"] == rule and one["finds"]:
                assert child in found, (rule, one["why"])
            elif one["rule"] == rule:
                proof.decoy(one["why"], rule, {child}, found, states.get(child, "not listed"))


def test_children_who_are_moved_too_often_are_exactly_the_planted(place: Partnership) -> None:
    rows: Any = place.ask("PLACEMENT-UNSTABLE").rows
    told = {(_council(place, one), one["placements"]) for one in place.truth["placements"]}
    fired = {(row.child_id, row.placements) for row in rows if row.state == "fired"}
    proof.measured("PLACEMENT-UNSTABLE", {one for one in told if one[1] >= 3}, fired)
    short = {child for child, placements in told if placements == 2}
    states = {row.child_id: row.state for row in rows}
    became = _became(states.get(child, "not listed") for child in short)
    proof.decoy("two placements in a year", "PLACEMENT-UNSTABLE", short, {child for child, _ in fired}, became)


def test_a_meeting_owed_for_a_child_at_home_is_exactly_the_planted(place: Partnership) -> None:
    rows: Any = place.ask("STRAT-7D-HOME").rows
    standing = {row.child_id: row.standing for row in rows}
    found = {child for child, how in standing.items() if how in OUT_OF_ORDER}
    wanted = _found_by(place, "STRAT-7D-HOME")
    proof.measured("STRAT-7D-HOME", wanted, found)
    _cases(place, "STRAT-7D-HOME", found, standing)


def test_the_host_authority_that_was_not_told_is_named(place: Partnership) -> None:
    rows: Any = place.ask("OOA-NOTIFY", since=place.at - timedelta(days=45)).rows
    found = {row.child_id for row in rows if row.standing in OUT_OF_ORDER}
    _cases(place, "OOA-NOTIFY", found, {row.child_id: row.standing for row in rows})
    left = {
        (party.party, party.occasion)
        for row in rows
        if row.child_id in _found_by(place, "OOA-NOTIFY")
        for party in row.parties
        if party.state == "not recorded"
    }
    assert left == {("host authority", "return")}


def _found_by(place: Partnership, rule: str) -> set[str]:
    return {
        _council(place, case)
        for case in place.truth["cases"]
        if any(one["rule"] == rule and one["finds"] for one in case["rules"])
    }


def test_ten_school_days_are_counted_by_each_schools_own_calendar(place: Partnership) -> None:
    rows: Any = place.ask("CME-10D").rows
    states = {row.child_id: row.state for row in rows}
    found = {child for child, state in states.items() if state == "fired"}
    days = school_files.register_days(place)
    wanted = {child for child, many in days.items() if many >= 10} | school_files.often_absent(place)
    proof.measured("CME-10D", wanted, found)
    told = {row.child_id: row.register_days for row in rows if row.register_days is not None}
    proof.measured("CME-10D, school days on the register", {(c, n) for c, n in days.items() if c in told}, told.items())
    _cases(place, "CME-10D", found, states)
