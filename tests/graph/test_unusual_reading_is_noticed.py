"""Unusual reading is worked out from the audit's index: from where on it is unusual, and never from lists (S5)."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from missingnet.graph.audit.chain import BEGINNING, line_of
from missingnet.graph.audit.deeds import TOO_FAST, Deed, Kind
from missingnet.graph.audit.index import Index
from missingnet.graph.audit.unusual import SPANS, Suggestion, Usual, suggestions

MONDAY = datetime(2026, 10, 12, 9)
"""A working day in summer time: 10:00 in London."""
LONG_AGO = datetime(2026, 1, 1)
USUAL = Usual()


def thing(number: int) -> str:
    return f"{number:026d}"


def opened(number: int, at: datetime, who: str = "ann", agency: str = "997") -> Deed:
    return Deed(who, agency, Kind.OPENED, thing(number), at)


def searched(at: datetime, who: str = "ann") -> Deed:
    return Deed(who, "997", Kind.SEARCHED, "", at)


def reasons(deeds: Sequence[Deed], usual: Usual = USUAL, since: datetime = LONG_AGO) -> list[tuple[str, int]]:
    return [(one.reason, one.many) for one in suggestions(sorted(deeds, key=lambda d: d.at), usual, since)]


@pytest.mark.parametrize(
    ("many", "apart", "reason"),
    [
        (50, timedelta(seconds=70), "many in an hour"),
        (120, timedelta(minutes=4), "many in a day"),
        (300, timedelta(minutes=32), "many in a week"),
    ],
)
def test_slow_or_quick_so_many_opened_one_by_one_are_noticed_and_one_less_is_not(
    many: int, apart: timedelta, reason: str
) -> None:
    any_hour = Usual(at_any_hour=frozenset({"997"}))
    deeds = [opened(number, MONDAY + number * apart) for number in range(many)]
    assert reasons(deeds, any_hour) == [(reason, many)]
    assert reasons(deeds[:-1], any_hour) == []
    # The same children over and over are not more children, and what a colleague opened is not theirs.
    again = [opened(number % (many - 1), MONDAY + number * apart) for number in range(many)]
    assert reasons(again, any_hour) == []
    shared = [deed._replace(who="ben") if number % 2 else deed for number, deed in enumerate(deeds)]
    assert reasons(shared, any_hour) == []


def test_a_window_is_any_hour_and_not_one_of_the_clock() -> None:
    deeds = [opened(number, MONDAY + timedelta(minutes=31, seconds=70 * number)) for number in range(50)]
    assert reasons(deeds) == [("many in an hour", 50)]
    late = [*deeds[:49], opened(49, deeds[0].at + timedelta(hours=1))]
    assert reasons(late) == []
    assert reasons([*late[:-1], opened(49, late[-1].at - timedelta(seconds=1))]) == [("many in an hour", 50)]


def test_what_an_hour_told_its_day_tells_again_only_where_it_was_more() -> None:
    usual = Usual(hour=5, day=8, week=1000)
    hour = [opened(number, MONDAY + timedelta(minutes=number)) for number in range(9)]
    assert reasons(hour, usual) == [("many in an hour", 9)]
    day = [*hour, *(opened(20 + number, MONDAY + timedelta(hours=2 + number)) for number in range(3))]
    assert sorted(reasons(day, usual)) == [("many in a day", 12), ("many in an hour", 9)]


@pytest.mark.parametrize("seed", range(30))
def test_stretches_are_as_counting_every_window_afresh(seed: int) -> None:
    chance = random.Random(seed)
    at, deeds = MONDAY, []
    for _ in range(120):
        at += timedelta(minutes=chance.choice([1, 5, 20, 300]))
        deeds.append(opened(chance.randrange(14), at))
    usual = Usual(hour=5, day=9, week=10_000, at_any_hour=frozenset({"997"}))
    found = suggestions(deeds, usual, LONG_AGO)
    for (reason, span), most in zip(SPANS, (usual.hour, usual.day), strict=False):
        full = []
        for deed in deeds:
            inside = {d.thing for d in deeds if deed.at - span < d.at <= deed.at}
            if len(inside) >= most:
                full.append((deed.at, len(inside)))
        told = [one for one in found if one.reason == reason]
        if reason == "many in an hour":
            assert all(any(one.first <= at <= one.last for one in told) for at, _ in full)
            assert max((one.many for one in told), default=0) == max((many for _, many in full), default=0)
        assert {one.last for one in told} <= {at for at, _ in full}
        assert all(a.first > b.last or b.first > a.last for a in told for b in told if a is not b)


def test_own_family_and_a_colleagues_are_noticed_at_the_first_opening_and_only_for_who_declared_it() -> None:
    usual = Usual(declared={"ann": {thing(1): "family", thing(2): "colleague"}})
    page = [opened(1, MONDAY + timedelta(seconds=n)) for n in range(3)]
    assert reasons(page, usual) == [("family", 1)]
    assert reasons([*page, opened(1, MONDAY + timedelta(hours=1))], usual) == [("family", 2)]
    assert reasons([opened(2, MONDAY)], usual) == [("colleague", 1)]
    assert reasons([opened(3, MONDAY), opened(1, MONDAY, "ben")], usual) == []
    (one,) = suggestions(page, usual, LONG_AGO)
    assert (one.thing, one.who, one.first, one.last) == (thing(1), "ann", MONDAY, MONDAY + timedelta(seconds=2))


def test_after_hours_is_by_londons_clock_on_working_days() -> None:
    """In October 19:00 UTC is 20:00 in London. 31 August 2026 is a bank holiday, and 17 October a Saturday."""
    for begun, many in (
        (datetime(2026, 10, 12, 19), 5),
        (datetime(2026, 10, 12, 18, 50), 0),
        (datetime(2026, 10, 13, 5, 50), 5),
        (datetime(2026, 10, 13, 6), 0),
        (datetime(2026, 8, 31, 11), 5),
        (datetime(2026, 10, 17, 11), 5),
        (datetime(2026, 11, 16, 19), 0),
        (datetime(2026, 11, 16, 20), 5),
    ):
        deeds = [opened(number, begun + timedelta(minutes=number)) for number in range(3)]
        deeds += [searched(begun + timedelta(minutes=3)), searched(begun + timedelta(minutes=4))]
        assert reasons(deeds) == ([("after hours", many)] if many else []), begun
        assert reasons(deeds[:-1]) == []
        # A page's several questions of one child are one opening.
        assert reasons([deed._replace(thing=thing(0)) if deed.thing else deed for deed in deeds]) == []
        for any_hour in ("997", "ann"):
            assert reasons(deeds, Usual(at_any_hour=frozenset({any_hour}))) == []
        assert reasons(deeds, Usual(begin=time(0), end=time(23, 59), after_hours=6)) == []
        for nobody in ("machine:loader", "group:coordinators"):
            assert reasons([deed._replace(who=nobody) for deed in deeds]) == []


def test_refusals_for_asking_too_fast_are_told_by_the_day() -> None:
    refused = [Deed("ann", "997", Kind.REFUSED, "", MONDAY + timedelta(hours=hours)) for hours in (0, 1, 26)]
    assert reasons(refused) == [("too fast", 1), ("too fast", 2)]


def test_what_ended_before_the_period_is_not_told_and_what_began_before_it_is() -> None:
    usual = Usual(at_any_hour=frozenset({"997"}))
    deeds = [opened(number, MONDAY + number * timedelta(minutes=32)) for number in range(300)]
    last = deeds[-1].at
    assert reasons(deeds, usual, since=last) == [("many in a week", 300)]
    assert reasons(deeds, usual, since=last + timedelta(seconds=1)) == []


def told(number: int, **said: Any) -> dict[str, Any]:
    at = (MONDAY + timedelta(seconds=number)).isoformat(timespec="milliseconds") + "+00:00"
    return {"sequence": number, "at": at, "act": "consult", "who": "ann", "agency": "997", **said}


def test_only_what_somebody_chose_is_a_deed(tmp_path: Path) -> None:
    """Not whom a list showed, not what records were read for a page, not an auditor's looking in the audit."""
    lines = [
        told(1, question="CHILD-NETWORK", parameters={"child": thing(1), "hops": 2}, shown=[thing(2), thing(3)]),
        told(2, question="MASE-3-IN-3M", parameters={"since": "2026-10-01T00:00:00Z"}, shown=[thing(4)]),
        told(3, question="DESCRIPTIONS", parameters={"things": [thing(5), thing(6)]}),
        told(4, question="SEARCH", parameters={"text": "hash:0123456789abcdef01234567"}, shown=[thing(7)]),
        told(5, question="AUDIT", parameters={"thing": thing(8)}),
        told(6, act="disclose", document="pack MASE", about=thing(1), records=[thing(9)]),
        told(7, question="RECORD", parameters={"record": thing(10)}, who="ben", agency="99"),
        told(8, act=TOO_FAST),
        told(9, act="collect", who="operator"),
    ]
    path, link = tmp_path / "audit.jsonl", BEGINNING
    with path.open("wb") as file:
        for line in lines:
            text, link = line_of(link, json.dumps(line).encode())
            file.write(text)
    index = Index(path)
    assert index.catch_up() == (9, None)

    def found(agency: str | None = None, until: timedelta = timedelta(minutes=1)) -> list[tuple[str, Kind, str]]:
        return [(deed.who, deed.kind, deed.thing) for deed in index.deeds(MONDAY, MONDAY + until, agency)]

    assert found() == [
        ("ann", Kind.OPENED, thing(1)),
        ("ann", Kind.SEARCHED, ""),
        ("ann", Kind.OPENED, thing(1)),
        ("ben", Kind.OPENED, thing(10)),
        ("ann", Kind.REFUSED, ""),
    ]
    assert found("99") == [("ben", Kind.OPENED, thing(10))]
    assert found(until=timedelta(seconds=1)) == [("ann", Kind.OPENED, thing(1))]
    assert found("nobody's") == []
    assert all(isinstance(one, Suggestion) for one in suggestions(index.deeds(LONG_AGO, MONDAY), USUAL, LONG_AGO))
