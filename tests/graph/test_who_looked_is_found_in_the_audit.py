"""The index answers as reading the whole audit would, is made again when lost, and is believed in nothing (A7)."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from missingnet.graph.audit.chain import BEGINNING, Link, line_of
from missingnet.graph.audit.index import Index, IndexDisagrees, IndexUnavailable, Wanted

START = datetime(2026, 10, 1)
Told = dict[str, Any]


def thing(number: int) -> str:
    return f"{number:026d}"


def drawn(chance: random.Random, number: int) -> Told:
    """One of a few people looking at some of a few things, in one of the ways that records tell of it."""
    who = chance.choice(["ann", "ben", "cas"])
    things = [thing(chance.randrange(6)) for _ in range(chance.randrange(4))]
    told: Told = {
        "at": (START + timedelta(hours=number)).isoformat(timespec="milliseconds") + "+00:00",
        "act": "consult",
        "who": who,
        "agency": {"ann": "997", "ben": "99", "cas": chance.choice(["997", "99"])}[who],
        "outcome": "answered",
    }
    told |= chance.choice([{"shown": things}, {"parameters": {"child": thing(1), "hops": 2}}, {"about": thing(2)}, {}])
    if chance.random() < 0.1:
        told = {"at": told["at"], "act": "not released", "sequences": [max(1, number - 1)]}
    if chance.random() < 0.1:
        told = {"at": told["at"], "act": "collect", "who": "operator", "collected": [{"file": "f" * 64}]}
    return told


def written(path: Path, all_told: Sequence[Told], after: Link = BEGINNING) -> Link:
    with path.open("ab") as file:
        for told in all_told:
            line, after = line_of(after, json.dumps({"sequence": after.sequence + 1, **told}).encode())
            file.write(line)
    return after


def mentions(told: Told, wanted: set[str]) -> bool:
    given = told.get("parameters", {})
    return bool(wanted & {*told.get("shown", ()), told.get("about"), *map(str, given.values())})


@pytest.mark.parametrize("seed", range(8))
def test_the_index_answers_as_the_whole_audit_does(tmp_path: Path, seed: int) -> None:
    chance, path = random.Random(seed), tmp_path / "audit.jsonl"
    all_told = [drawn(chance, number) for number in range(120)]
    index, end = Index(path), BEGINNING
    for start in range(0, 120, 40):
        end = written(path, all_told[start : start + 40], end)
        so_far = list(enumerate(all_told[: start + 40], start=1))
        late = {number for _, told in so_far for number in told.get("sequences", ())}
        for agency in (None, "997", "99", "nobody's"):
            since, until = START + timedelta(hours=chance.randrange(40)), START + timedelta(hours=chance.randrange(120))
            for wanted in (Wanted(agency, limit=500), Wanted(agency, since, until, limit=500)):
                inside = [
                    (number, told)
                    for number, told in so_far
                    if (agency is None or told.get("agency") == agency)
                    and (wanted.since is None or wanted.since <= hour(told) <= until)
                ]
                for things in ([thing(0)], [thing(1), thing(2)], [thing(77)], []):
                    right = [(n, told) for n, told in inside if mentions(told, set(things))]
                    check(index.of_things(things, wanted), right, late)
                    assert [one.sequence for one in index.every(things, wanted)] == [n for n, _ in right]
                for who in ("ann", "cas", "nobody", thing(0)):
                    check(
                        index.of_person(who, wanted), [(n, told) for n, told in inside if told.get("who") == who], late
                    )


def hour(told: Told) -> datetime:
    return datetime.fromisoformat(told["at"]).replace(tzinfo=None)


def check(found: Any, right: list[tuple[int, Told]], late: set[int]) -> None:
    assert found.total == len(right)
    assert [one.sequence for one in found.lines] == [number for number, _ in reversed(right)]
    for one, (number, told) in zip(found.lines, reversed(right), strict=True):
        assert {name: value for name, value in one.says.items() if name != "sequence"} == told
        assert one.late == (number in late)
    people: dict[tuple[str, str | None], list[datetime]] = {}
    for _, told in right:
        people.setdefault((told.get("who", ""), told.get("agency")), []).append(hour(told))
    assert {(one.who, one.agency): (one.times, one.first, one.last) for one in found.people} == {
        key: (len(times), min(times), max(times)) for key, times in people.items()
    }


@pytest.fixture
def index(tmp_path: Path) -> Index:
    path = tmp_path / "audit.jsonl"
    written(path, [drawn(random.Random(1), number) | {"shown": [thing(0)]} for number in range(60)])
    found = Index(path)
    assert found.of_things([thing(0)], Wanted()).total == 60
    return found


def test_pages_follow_one_another_and_say_of_how_many(index: Index) -> None:
    seen: list[int] = []
    before = None
    while page := index.of_things([thing(0)], Wanted(before=before, limit=25)).lines:
        seen += [one.sequence for one in page]
        before = seen[-1]
        assert index.of_things([thing(0)], Wanted(before=before, limit=25)).total == 60
    assert seen == list(range(60, 0, -1))


def test_lost_or_damaged_it_is_made_again(index: Index, tmp_path: Path) -> None:
    base = tmp_path / "index.sqlite"
    for harm in (base.unlink, lambda: base.write_bytes(b"no database" * 1000), lambda: base.write_bytes(b"")):
        for ending in ("-wal", "-shm"):
            base.with_name(base.name + ending).unlink(missing_ok=True)
        harm()
        assert index.of_things([thing(0)], Wanted()).total == 60
    for damage in ("PRAGMA user_version = 99", "DROP TABLE upto"):
        with sqlite3.connect(base) as other:
            other.execute(damage)
            other.execute("DELETE FROM often")
        assert index.of_things([thing(0)], Wanted()).total == 60, damage


def test_an_index_that_somebody_else_is_making_is_not_thrown_away(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("missingnet.graph.audit.index.SECONDS", 0.1)
    with closing(sqlite3.connect(tmp_path / "index.sqlite")) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(IndexUnavailable):
            index.of_things([thing(0)], Wanted())
        other.rollback()
    assert index.of_things([thing(0)], Wanted()).total == 60


def test_an_audit_written_afresh_is_read_afresh(index: Index, tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    path.unlink()
    written(path, [drawn(random.Random(2), number) | {"shown": [thing(3)]} for number in range(70)])
    assert (index.of_things([thing(0)], Wanted()).total, index.of_things([thing(3)], Wanted()).total) == (0, 70)


def test_the_index_is_believed_in_nothing_that_it_says(index: Index, tmp_path: Path) -> None:
    """Whoever can write the index can hide a record, not put words into one: what is shown is the audit's own."""
    with sqlite3.connect(tmp_path / "index.sqlite") as other:
        other.execute("UPDATE line SET place = (SELECT place + 1 FROM line WHERE sequence = 6) WHERE sequence = 6")
    with pytest.raises(IndexDisagrees, match="record 6 "):
        index.of_things([thing(0)], Wanted(limit=60))


def test_a_record_changed_since_it_was_read_is_not_shown(index: Index, tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:9], lines[9].replace(b"consult", b"consent"), *lines[10:]]))
    with pytest.raises(IndexDisagrees, match="record 10 "):
        index.of_things([thing(0)], Wanted(limit=60))


def test_a_broken_audit_is_read_up_to_the_break_and_that_is_said(index: Index, tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    with path.open("ab") as file:
        file.write(b'{"sequence":61}\tno hash\n')
    found = index.of_things([thing(0)], Wanted())
    assert (found.total, found.upto) == (60, 60)
    assert found.fault == "record 61 does not follow from the record before it"


def test_it_holds_no_words_and_is_for_its_owner_only(index: Index, tmp_path: Path) -> None:
    base = tmp_path / "index.sqlite"
    assert base.stat().st_mode & 0o077 == 0
    with sqlite3.connect(base) as other:
        names = {row[0] for row in other.execute("SELECT text FROM name")}
    assert all(name in {"ann", "ben", "cas", "997", "99", "operator"} or len(name) == 26 for name in names)
