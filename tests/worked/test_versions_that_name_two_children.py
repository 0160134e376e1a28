"""A record that came twice for one date, of two children: each child's own line says that it conflicts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from missingnet.graph.engine import Connection
from missingnet.graph.records import VisibilityClass
from tests import engines
from tests.builders import World
from tests.worked.asking import Asking
from tests.worked.drawn import instant

AS_AT = instant("2026-11-01 00:00")


@pytest.fixture(scope="module")
def asking(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    engines.wipe(connection)
    found = Asking(connection, tmp_path_factory.mktemp("two-children"))
    yield found
    found.close()
    engines.wipe(connection)


def conflicting_episode(asking: Asking, second: str, compartments: tuple[str, ...] = ()) -> World:
    """Ann's episode, and the same record of Ben's, in one extract; the second in these compartments."""
    world = asking.world()
    world.episode("E1", "Ann", instant("2026-10-03 18:00"), instant("2026-10-04 02:00"))
    world.episode("E2", "Ann", instant("2026-10-10 18:00"), instant("2026-10-11 02:00"))
    world.episode("E1", "Ben", instant(second))
    world.records[-1] = replace(world.records[-1], access=VisibilityClass(world.owner, (), compartments))
    asking.load(world)
    return world


def lines(asking: Asking, world: World, rule: str, child: str) -> list[tuple[str, bool]]:
    """The records of a child's timeline, each with whether it is marked."""
    answer = asking.ask(world, rule, AS_AT, child=world.id_of(child, asking.store.keyed))
    names = world.names(asking.store.keyed)
    rows: Any = answer.rows
    assert any("twice for one date" in note for note in answer.notes) == any(row.conflicting for row in rows)
    return [(names[row.record], row.conflicting) for row in rows]


def test_each_childs_own_line_is_marked_and_no_other(asking: Asking) -> None:
    world = conflicting_episode(asking, "2026-10-05 18:00")
    assert lines(asking, world, "CHILD-TIMELINE", "Ann") == [("E1", True), ("E2", False)]
    assert lines(asking, world, "CHILD-TIMELINE", "Ben") == [("E1", True)]


def test_a_list_entry_of_two_children_is_marked_where_each_stands(asking: Asking) -> None:
    world = asking.world()
    for child in ("Ann", "Ben"):
        world.listed("L1", child, "cse", instant("2026-10-05 18:00").date())
    asking.load(world)
    for child in ("Ann", "Ben"):
        assert lines(asking, world, "CHILD-IDENTITY", child) == [("L1", True)]


def test_a_version_that_has_not_begun_marks_nothing(asking: Asking) -> None:
    world = conflicting_episode(asking, "2026-11-05 18:00")
    assert lines(asking, world, "CHILD-TIMELINE", "Ann") == [("E1", False), ("E2", False)]


def test_who_may_not_see_one_version_sees_neither_and_no_mark(asking: Asking) -> None:
    world = conflicting_episode(asking, "2026-10-05 18:00", ("sealed",))
    assert lines(asking, world, "CHILD-TIMELINE", "Ann") == [("E2", False)]
    assert lines(asking, world, "CHILD-TIMELINE", "Ben") == []
