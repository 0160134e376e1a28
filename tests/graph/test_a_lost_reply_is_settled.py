"""A commit whose reply was lost is settled by the graph's own word: what it was to do is done exactly once (R4)."""

from __future__ import annotations

from random import Random

import pytest

from missingnet.graph import store
from missingnet.graph.faults import CouldNotWrite, NotSettled
from missingnet.graph.removal import Removal, remove
from tests.graph.stored import Graph
from tests.graph.swallowing import FAULTS, Fault, Proxy
from tests.graph.test_store_keeps_the_law_once import DAYS, record
from tests.tally import CRASHES, WRITES, tally


@pytest.fixture(autouse=True)
def _patient(through: Graph, proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "COMMIT_SECONDS", 1.0)
    monkeypatch.setattr(store, "SETTLE_SECONDS", 20.0)
    proxy.fault, proxy.deaf_for, proxy.deaf_until, proxy.lost = None, 0.0, 0.0, 0
    through.empty()


@pytest.mark.parametrize("fault", FAULTS)
def test_what_was_put_stands_once_and_is_told_as_it_became(through: Graph, proxy: Proxy, fault: Fault) -> None:
    proxy.fault = fault
    assert through.load([record("1"), record("2")]) == ["loaded", "loaded"]
    assert proxy.lost == 1
    assert through.batches() == 1
    proxy.fault = fault
    assert through.load([record("1", DAYS[1], risk="high"), record("2", DAYS[1])]) == ["changed", "unchanged"]
    assert through.batches() == 2
    assert through.count("MATCH (e:Episode) RETURN count(e)") == 3


@pytest.mark.parametrize("fault", FAULTS)
def test_what_was_removed_is_told_once(through: Graph, proxy: Proxy, fault: Fault) -> None:
    through.load([record("1")])
    proxy.fault = fault
    one = through.store.keyed("record", record("1").name)
    assert through.run(remove(through.store, [one], removal=Removal("ann", "sent in error"))) == 1
    assert (proxy.lost, through.batches()) == (1, 2)
    assert through.load([record("1")]) == ["removed"]


@pytest.mark.parametrize("fault", ["before", "after"])
def test_an_engine_that_is_away_for_a_while_is_waited_for(through: Graph, proxy: Proxy, fault: Fault) -> None:
    proxy.fault, proxy.deaf_for = fault, 3.0
    assert through.load([record("1")]) == ["loaded"]
    assert through.batches() == 1


@pytest.mark.parametrize("fault", ["before", "after"])
def test_an_engine_that_stays_away_is_said_to_have_told_nothing(
    through: Graph, proxy: Proxy, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not 'nothing was written': that is not known. Done again it stands once, whichever it was."""
    monkeypatch.setattr(store, "SETTLE_SECONDS", 0.5)
    proxy.fault, proxy.deaf_for = fault, 600.0
    with pytest.raises(NotSettled, match="did not say") as told:
        through.load([record("1")])
    assert "do the same again" in told.value.remedy
    assert isinstance(told.value, CouldNotWrite)
    proxy.deaf_until = 0.0
    assert through.load([record("1")]) == [{"before": "loaded", "after": "unchanged"}[fault]]
    assert through.batches() == 1


def test_many_writes_with_a_fault_now_and_then_all_stand_once(through: Graph, proxy: Proxy) -> None:
    draw, expected = Random(4), [record(str(number)) for number in range(12)]
    faults = 0
    for number, one in enumerate(expected):
        proxy.fault = draw.choice((None, "before", "after"))
        faults += proxy.fault is not None
        assert through.load([one]) == ["loaded"], number
    assert (through.batches(), proxy.lost) == (len(expected), faults)
    standing = through.count("MATCH (e:Episode) RETURN count(DISTINCT e.record)")
    tally(CRASHES, faults)
    tally(WRITES, len(expected) - standing)
    assert standing == len(expected)
    found = through.fingerprint()
    through.empty()
    through.load(expected)
    assert through.fingerprint() == found
