"""Every worked example gives its drawn rows, on both engines, through the gate."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from missingnet.graph.catalogue import catalogue
from missingnet.graph.engine import Connection
from tests import engines
from tests.worked.asking import Asking
from tests.worked.cases import CASES
from tests.worked.drawn import Case, drawn, fill, instant, tables, written


@pytest.fixture(scope="module")
def asking(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    engines.wipe(connection)
    found = Asking(connection, tmp_path_factory.mktemp("worked"))
    yield found
    found.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_drawn_rows_come_out(asking: Asking, case: Case) -> None:
    world = asking.world()
    fill(world, case.records)
    asking.load(world)
    asked = {
        name: world.id_of(value[1:], asking.store.keyed) if isinstance(value, str) and value.startswith("@") else value
        for name, value in case.asked.items()
    }
    answer = asking.ask(world, case.rule, instant(case.as_at), **asked)
    ((heading, rows),) = tables(case.expected)
    found = written(answer.rows, heading, world.names(asking.store.keyed))
    if not case.ordered:
        found, rows = sorted(found), sorted(rows)
    assert drawn(heading, found) == drawn(heading, rows)
    assert set(case.notes) <= set(answer.notes)


def test_every_pattern_and_threshold_has_a_worked_example() -> None:
    asked = {rule for rule, question in catalogue().items() if question.chapter in ("clocks", "patterns", "thresholds")}
    assert asked <= {case.rule for case in CASES}
