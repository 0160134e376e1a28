"""The way to the engine is a black hole, which takes all that is said and answers nothing: every question and every
write ends in words in its time, what was written stands once, and all is well once the way is open again (R3).
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest

from missingnet.graph import changes, store
from missingnet.graph.access import Purpose, Reader
from missingnet.graph.answers import Answer
from missingnet.graph.asking import NoWord
from missingnet.graph.faults import CouldNotWrite, NotSettled
from missingnet.graph.lookups import ids_of
from missingnet.graph.turns import AT_ONCE
from tests.graph.stored import Graph
from tests.graph.swallowing import Proxy
from tests.graph.test_store_keeps_the_law_once import record
from tests.tally import CRASHES, WRITES, tally

READER, PURPOSE = Reader("ann", "Ann", "99", (), ("*",), ()), Purpose("CASE", "1")
AS_AT = datetime(2025, 12, 31)
#: More than are asked at once: some of them wait for a turn that nobody gives them.
MANY = AT_ONCE + 8


@pytest.fixture(autouse=True)
def _heard(through: Graph, proxy: Proxy) -> Iterator[None]:
    proxy.hole, proxy.fault, proxy.lost, proxy.hole_for = False, None, 0, 0.0
    through.empty()
    yield
    proxy.hole = False


@contextmanager
def silent(proxy: Proxy) -> Iterator[None]:
    """Nothing comes through, either way; and nobody waits for as long as they otherwise would."""
    with pytest.MonkeyPatch.context() as hasty:
        hasty.setattr(store, "DEADLINE", 1.5)
        hasty.setattr(changes, "STATEMENT_SECONDS", 1.5)
        proxy.hole = True
        yield
        proxy.hole = False


def asked(graph: Graph, many: int = 1) -> list[Any]:
    """What so many who ask at once are told, or why they are not."""

    async def each() -> list[Any]:
        asks = (graph.store.ask("MASE-3-IN-3M", READER, PURPOSE, as_at=AS_AT, min_episodes=1) for _ in range(many))
        return await asyncio.wait_for(asyncio.gather(*asks, return_exceptions=True), 60)

    found: list[Any] = graph.run(each())
    return found


def test_every_question_ends_and_those_after_are_answered(through: Graph, proxy: Proxy) -> None:
    through.load([record("1")])
    before = asked(through, MANY)
    assert all(isinstance(one, Answer) and one.rows for one in before), before
    for _ in range(2):
        with silent(proxy):
            found = asked(through, MANY)
            assert {type(one) for one in found} == {NoWord}
            assert "did not answer in time" in str(found[0])
            with pytest.raises(NoWord):
                through.run(ids_of(through.store, "police:99:1"))
            through.store._written()
            with pytest.raises(NoWord):
                through.run(through.store.state())
        # No thread still waits for what will never come: as many as ever are answered at once, the first time.
        after = asked(through, MANY)
        assert {type(one) for one in after} == {Answer}
        assert [one.rows for one in after] == [one.rows for one in before]


def test_a_write_that_never_arrived_is_said_not_to_stand(through: Graph, proxy: Proxy) -> None:
    through.load([record("1")])
    with silent(proxy), pytest.raises(CouldNotWrite, match="did not answer in time") as told:
        through.load([record("2")])
    assert not isinstance(told.value, NotSettled)
    assert through.load([record("1"), record("2")]) == ["unchanged", "loaded"]
    standing = through.count("MATCH (e:Episode) RETURN count(e)")
    tally(CRASHES)
    tally(WRITES, 2 - standing)
    assert (standing, through.batches()) == (2, 2)


def test_a_write_whose_reply_went_into_the_hole_stands_once(
    through: Graph, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "COMMIT_SECONDS", 1.0)
    proxy.fault, proxy.hole_for = "silent", 1.5
    assert through.load([record("1")]) == ["loaded"]
    standing = through.count("MATCH (e:Episode) RETURN count(e)")
    tally(CRASHES)
    tally(WRITES, 1 - standing)
    assert (proxy.lost, standing, through.batches()) == (1, 1, 1)
