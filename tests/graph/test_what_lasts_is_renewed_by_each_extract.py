"""What an agency tells of as lasting holds from the last time it was told, in whatever order it was loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import permutations

import pytest

from missingnet.graph.answers.ties import Tie
from missingnet.graph.engine import Connection
from tests import engines
from tests.builders import PURPOSE
from tests.worked.asking import Asking

AS_AT = datetime(2026, 11, 1)
OLD, MIDDLE, LATE = date(2024, 9, 10), date(2025, 3, 10), date(2026, 9, 10)


@pytest.fixture(scope="module")
def asking(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    engines.wipe(connection)
    found = Asking(connection, tmp_path_factory.mktemp("lasting"))
    yield found
    found.close()


def _school(asking: Asking, extracts: tuple[date, ...], known_at: datetime | None = None) -> Tie:
    world = asking.world()
    told = world.enrolled("S1", "Ann", "School:Elm", date(2024, 9, 1))
    child = world.id_of("Ann", asking.store.keyed)

    async def ask() -> Tie:
        for extract in extracts:
            await asking.store.put([replace(told, extract=extract)], "an extract")
        answer = await asking.store.ask(
            "CHILD-NETWORK", world.reader, PURPOSE, as_at=AS_AT, known_at=known_at, child=child
        )
        (tie,) = (row for row in answer.rows if isinstance(row, Tie))
        return tie

    return asking._run(ask())


def test_a_school_told_again_holds_from_the_last_telling(asking: Asking) -> None:
    for extracts in permutations((OLD, MIDDLE, LATE)):
        tie = _school(asking, extracts)
        assert (tie.review_by, tie.faded) == (date(2027, 9, 10), False), extracts


def test_a_school_that_was_not_told_again_fades(asking: Asking) -> None:
    tie = _school(asking, (OLD, MIDDLE))
    assert (tie.review_by, tie.faded) == (date(2026, 3, 10), True)


def test_a_telling_that_was_not_known_yet_renews_nothing(asking: Asking) -> None:
    tie = _school(asking, (OLD, MIDDLE, LATE), known_at=datetime(2026, 1, 1))
    assert tie.review_by == date(2026, 3, 10)
