"""The law 'Undo' for records: what is removed leaves the graph that never had it, and stays away until it is lifted."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from missingnet.graph.records import Record
from missingnet.graph.removal import Removal, lift, remove
from tests import engines
from tests.graph.folding import FILES, description, of_file, records
from tests.graph.stored import Graph
from tests.graph.test_store_keeps_the_law_once import DAYS, KEYS, record
from tests.pieces import EXAMPLES

REMOVAL = Removal("tester", "sent in error")


@pytest.fixture(autouse=True)
def _empty(graph: Graph) -> None:
    graph.empty()


@settings(max_examples=EXAMPLES // 16, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
@given(st.lists(records, min_size=1, max_size=8), st.sampled_from(FILES), st.integers(1, 3))
def test_a_removed_file_leaves_the_graph_that_never_had_it(
    graph: Graph, loaded: list[Record], gone: str, size: int
) -> None:
    graph.empty()
    graph.load([r for r in loaded if r.provenance.file_hash != gone])
    never, stood = graph.fingerprint(), everything(graph)
    graph.empty()
    graph.load(*[loaded[start : start + size] for start in range(0, len(loaded), size)])
    both = graph.fingerprint()
    graph.run(remove(graph.store, file_hash=gone, removal=REMOVAL))
    assert graph.fingerprint() == never
    assert everything(graph) <= stood
    graph.run(lift(graph.store, file_hash=gone))
    graph.load([r for r in loaded if r.provenance.file_hash == gone])
    assert graph.fingerprint() == both


@settings(max_examples=EXAMPLES // 16, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
@given(st.lists(records, min_size=1, max_size=6), st.data())
def test_a_removed_record_leaves_the_graph_that_never_had_it(graph: Graph, loaded: list[Record], data: Any) -> None:
    gone = data.draw(st.sampled_from(sorted({r.name for r in loaded})))
    graph.empty()
    graph.load([r for r in loaded if r.name != gone])
    never, stood = graph.fingerprint(), everything(graph)
    graph.empty()
    graph.load(loaded)
    assert graph.run(remove(graph.store, [graph.store.keyed("record", gone)], removal=REMOVAL)) == 1
    assert graph.fingerprint() == never
    assert everything(graph) <= stood


def everything(graph: Graph) -> Counter[str]:
    """How many nodes of each kind there are, so that nothing is left standing where no record says anything."""
    with engines.driver(graph.connection) as driver:
        rows = driver.execute_query(
            "MATCH (n) WHERE NOT n:SchemaVersion AND NOT n:Writer AND NOT n:Removed AND NOT n:VisibilityClass "
            "RETURN labels(n)[0] AS label, count(n) AS nodes",
            database_=graph.connection.database,
        ).records
    return Counter({row["label"]: row["nodes"] for row in rows})


def test_what_was_removed_is_refused_until_it_is_lifted(graph: Graph) -> None:
    one, other = of_file(record("1"), "first"), of_file(record("2"), "second")
    graph.load([one, other])
    identity = graph.store.keyed("record", one.name)
    assert graph.run(remove(graph.store, [identity], removal=REMOVAL)) == 1
    assert graph.run(remove(graph.store, [identity], removal=REMOVAL)) == 0
    assert graph.load([one, of_file(one, "second"), other]) == ["removed", "removed", "unchanged"]
    graph.run(remove(graph.store, file_hash="second", removal=REMOVAL))
    assert graph.load([other, of_file(other, "third")]) == ["removed", "loaded"]
    assert graph.run(lift(graph.store, record=identity)) == 1
    assert graph.run(lift(graph.store, record=identity)) == 0
    assert graph.load([one]) == ["loaded"]


def test_a_row_that_another_file_told_too_is_said_to_be_that_files_when_the_first_is_removed(graph: Graph) -> None:
    graph.load([of_file(record("1"), "first")], [of_file(record("1", DAYS[1]), "second")])
    graph.run(remove(graph.store, file_hash="first", removal=REMOVAL))
    with engines.driver(graph.connection) as driver:
        (row,) = driver.execute_query(
            "MATCH (e:Episode) RETURN e.file AS file, e.raw AS raw", database_=graph.connection.database
        ).records
    assert (row["file"], row["raw"]) == ("second.csv", "{}")


def test_a_link_between_two_things_closes_with_the_description_that_states_it(graph: Graph) -> None:
    graph.load([description("4", DAYS[0], None, (KEYS[0],), "Child", True)])
    graph.load([description("4", DAYS[1], None, (KEYS[0],), "Child", False)])
    assert graph.count("MATCH (c:Child)-[l:LIVES_AT]->(p:Place) WHERE l.visibility % 2 = 0 RETURN count(l)") == 0


def test_a_kind_called_only_by_a_join_that_does_not_hold_stays(graph: Graph) -> None:
    """Two rows of one day that contradict each other: what they call a key stands all the same."""
    one = [of_file(record("1", child=("police:99:N1", "council:997:1")), "first")]
    two = [of_file(record("1", child=("upn:U1",)), "first")]
    told = of_file(description("4", DAYS[0], None, ("police:99:N1",), "Associate", False), "first")
    graph.load([*one, *two, told])
    never = graph.fingerprint()
    graph.empty()
    graph.load([*one, *two, told, of_file(record("2", child=("police:99:N1",)), "second")])
    graph.run(remove(graph.store, file_hash="second", removal=REMOVAL))
    assert graph.fingerprint() == never
