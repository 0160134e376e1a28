"""POLICE-COUNCIL-MISMATCH: an interview and a description that are withheld show nowhere, and a leak of them is seen.

The dense examples seldom hold what these two clauses turn on: a return within hours of an episode's end, or two
children of one name and birth. So they are drawn here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from missingnet.graph import catalogue
from missingnet.graph.engine import Connection
from missingnet.graph.records import VisibilityClass
from tests import engines
from tests.builders import PURPOSE, World
from tests.properties import leaks
from tests.worked.asking import Asking

RULE = "POLICE-COUNCIL-MISMATCH"


@pytest.fixture(scope="module")
def asking(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    engines.wipe(connection)
    found = Asking(connection, tmp_path_factory.mktemp("beside"))
    yield found
    found.close()


def drawn(world: World) -> dict[str, int]:
    """A council's episode that the police hold of a child much alike, an interview beside it; which record is which."""
    council = {"agency": "997", "source": "ssda903_missing", "precision": "day"}
    world.episode("C1", "Ann", datetime(2026, 9, 6, 23), datetime(2026, 9, 7, 23), **council)
    world.episode("P1", "Tom", datetime(2026, 9, 7, 19), datetime(2026, 9, 8, 1), source="police_missing")
    world.interview("I1", "Ann", None, (), returned=datetime(2026, 9, 8, 2))
    for name, child in (("D1", "Child:Ann"), ("D2", "Child:Tom")):
        world.described(name, child, family="Quilfern", born=date(2011, 2, 3))
    return {record.raw["Ref"]: number for number, record in enumerate(world.records)}


def told(asking: Asking, world: World) -> tuple[set[str], int]:
    """The differences named, and how many records stand in the lines."""
    reader = replace(world.reader, compartments=())
    answer: Any = asking._run(asking.store.ask(RULE, reader, PURPOSE, as_at=datetime(2026, 11, 1), agreed=True))
    return {d for row in answer.rows for d in row.differences}, sum(len(row.records) for row in answer.rows)


@pytest.mark.parametrize(("clause", "withheld"), [("i r", "I1"), ("x n", "D2")])
def test_what_is_withheld_shows_nowhere_and_its_leak_is_seen(
    asking: Asking, clause: str, withheld: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = []
    for kept in ("hidden", "never loaded", "whole"):
        world = asking.world()
        number = drawn(world)[withheld]
        hidden = replace(world.records[number], access=VisibilityClass(world.owner, (), ("cse",)))
        if kept == "hidden":
            world.records[number] = hidden
        elif kept == "never loaded":
            del world.records[number]
        asking.load(world)
        answers.append(told(asking, world))
        if kept == "hidden":
            leaky = leaks.leaky(RULE, clause)
            with monkeypatch.context() as patched:
                patched.setattr(catalogue, "question", lambda _, leaky=leaky: leaky)
                leaked = told(asking, world)
    assert answers[0] == answers[1]
    assert leaked == answers[2] != answers[0]
