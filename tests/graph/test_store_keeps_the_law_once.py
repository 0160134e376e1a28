"""The law 'Once': any records, any order, twice, give one graph; things fold and split exactly. On both engines."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from missingnet.graph.audit import Audit
from missingnet.graph.records import LinkFact, Mention, Provenance, Record, VisibilityClass
from missingnet.graph.store import Store
from tests import engines
from tests.graph.stored import Graph
from tests.pieces import EXAMPLES

DAYS = [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
KEYS = ["police:99:N1", "police:99:N2", "upn:U1", "upn:U2", "council:997:1"]


@pytest.fixture(autouse=True)
def _empty(graph: Graph) -> None:
    graph.empty()


def record(
    key: str,
    day: date = DAYS[0],
    risk: str | None = None,
    child: tuple[str, ...] = ("police:99:N1",),
    with_whom: tuple[str, tuple[str, ...]] = ("Associate", ()),
    compartments: tuple[str, ...] = (),
) -> Record:
    return Record(
        source="police_missing",
        agency="99",
        key=key,
        label="Episode",
        facts={"kind": "missing", "started": datetime(2025, 12, 1, 20), "risk": risk},
        mentions={
            "child": Mention("Child", child),
            "place": Mention("Place", ("uprn:1",)),
            "other": Mention(with_whom[0], with_whom[1]),
        },
        links=(
            LinkFact("HAD", "child", "record"),
            LinkFact("FOUND_AT", "record", "place"),
            LinkFact("WENT_WITH", "record", "other", role="companion"),
        ),
        access=VisibilityClass("99", ("997",), compartments),
        extract=day,
        provenance=Provenance("police.csv", "hash", 1),
        raw={"Report Ref": key},
        observed_from=datetime(2025, 12, 1, 20),
    )


def test_a_record_is_loaded_once_and_then_unchanged(graph: Graph) -> None:
    assert graph.load([record("1")], [record("1")]) == ["loaded", "unchanged"]
    assert graph.count("MATCH (e:Episode) RETURN count(e)") == 1


def test_a_newer_extract_that_says_the_same_is_unchanged(graph: Graph) -> None:
    assert graph.load([record("1")], [record("1", DAYS[1])]) == ["loaded", "unchanged"]


def test_a_changed_row_keeps_the_old_version_beside_the_new(graph: Graph) -> None:
    assert graph.load([record("1")], [record("1", DAYS[1], risk="high")]) == ["loaded", "changed"]
    assert graph.count("MATCH (e:Episode) RETURN count(e)") == 2
    assert graph.count("MATCH (c:Child)-[h:HAD]->(e:Episode) WHERE h.visibility % 2 = 0 RETURN count(e)") == 1


def test_one_id_with_two_contents_on_one_day_is_a_conflict_and_both_stand(graph: Graph) -> None:
    assert graph.load([record("1"), record("1", risk="high")]) == ["conflicting", "conflicting"]
    assert graph.count("MATCH (c:Child)-[h:HAD]->(e:Episode) WHERE h.visibility % 2 = 0 RETURN count(e)") == 2


def test_a_dry_run_says_what_would_become_of_each_row_and_writes_nothing(graph: Graph) -> None:
    assert graph.run(graph.store.put([record("1")], "test", trial={})) == ["loaded"]
    assert graph.count("MATCH (e:Episode) RETURN count(e)") == 0


def test_two_identifiers_stated_together_are_one_child(graph: Graph) -> None:
    graph.load([record("1", child=("police:99:N1",)), record("2", child=("upn:U1",))])
    assert graph.count("MATCH (c:Child) RETURN count(c)") == 2
    graph.load([record("3", child=("police:99:N1", "upn:U1"))])
    assert graph.count("MATCH (c:Child) RETURN count(c)") == 1
    assert graph.count("MATCH (c:Child)-[h:HAD]->(e:Episode) RETURN count(e)") == 3


def test_an_identifier_that_a_newer_extract_takes_back_splits_the_child_again(graph: Graph) -> None:
    apart = [record("1", child=("police:99:N1",)), record("2", child=("upn:U1",))]
    graph.load(apart, [record("3", child=("police:99:N1", "upn:U1"))])
    graph.load([record("3", DAYS[1], child=("police:99:N1",))])
    assert graph.count("MATCH (c:Child) RETURN count(c)") == 2


def test_extracts_that_contradict_each_other_on_an_identifier_join_nobody(graph: Graph) -> None:
    apart = [record("1", child=("upn:U1",)), record("2", child=("upn:U2",))]
    graph.load(apart)
    graph.load([record("3", child=("police:99:N1", "upn:U1")), record("3", child=("police:99:N1", "upn:U2"))])
    assert graph.count("MATCH (c:Child)-[h:HAD]->(e:Episode) WHERE e.reference <> '3' RETURN count(DISTINCT c)") == 2


def test_an_associate_who_turns_out_to_be_a_child_becomes_that_child(graph: Graph) -> None:
    graph.load([record("1", child=("police:99:N1",), with_whom=("Associate", ("police:99:N2",)))])
    assert graph.count("MATCH (e:Episode)-[w:WENT_WITH]->(a:Associate) RETURN count(a)") == 1
    graph.load([record("2", child=("police:99:N2",))])
    assert graph.count("MATCH (e:Episode {reference: '1'})-[w:WENT_WITH]->(a:Associate) RETURN count(a)") == 0
    assert graph.count("MATCH (e:Episode {reference: '1'})-[w:WENT_WITH]->(c:Child) RETURN count(c)") == 1
    assert graph.count("MATCH (c:Child) RETURN count(c)") == 2


def test_two_people_without_identifiers_stay_two(graph: Graph) -> None:
    graph.load([record("1", child=()), record("2", child=())])
    assert graph.count("MATCH (c:Child) RETURN count(c)") == 2


def test_a_records_newest_class_holds_for_all_its_versions(graph: Graph) -> None:
    graph.load([record("1")], [record("1", DAYS[2], risk="high", compartments=("cse",))])
    graph.load([record("1", DAYS[1], risk="low")])
    with engines.driver(graph.connection) as driver:
        rows = driver.execute_query(
            "MATCH (e:Episode) MATCH (v:VisibilityClass) WHERE v.number = e.visibility / 2 RETURN v.compartments AS c",
            database_=graph.connection.database,
        ).records
    assert [row["c"] for row in rows] == [["cse"]] * 3


def test_the_fingerprint_does_not_know_the_installation_or_the_file(graph: Graph, tmp_path: Path) -> None:
    graph.load([record("1"), record("2", child=("police:99:N1", "upn:U1"))])
    before = graph.fingerprint()
    graph.empty()
    other = graph.run(Store.open(graph.connection, b"z" * 32, Audit(tmp_path / "a", b"z"), tmp_path / "lock"))
    moved = [record("2", child=("police:99:N1", "upn:U1")), record("1")]
    moved = [
        Record(**{**{f: getattr(r, f) for f in Record.__slots__}, "provenance": Provenance("other.csv", "h2", 9)})
        for r in moved
    ]
    graph.run(other.put(moved, "test"))
    assert graph.run(other.fingerprint()) == before
    graph.run(other.close())


records = st.builds(
    record,
    key=st.sampled_from(["1", "2", "3"]),
    day=st.sampled_from(DAYS),
    risk=st.sampled_from([None, "high"]),
    child=st.lists(st.sampled_from(KEYS), min_size=1, max_size=2, unique=True).map(tuple),
    with_whom=st.tuples(
        st.sampled_from(["Associate", "Child"]), st.lists(st.sampled_from(KEYS), max_size=1).map(tuple)
    ),
    compartments=st.sampled_from([(), ("cse",)]),
)


@settings(
    max_examples=EXAMPLES // 16,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
    derandomize=False,
)
@given(st.lists(records, min_size=1, max_size=6), st.randoms(use_true_random=False), st.integers(1, 3))
def test_any_order_any_batches_and_twice_give_one_graph(
    graph: Graph, loaded: list[Record], random: Any, size: int
) -> None:
    graph.empty()
    graph.load(loaded)
    clean = graph.fingerprint()
    graph.empty()
    shuffled = list(loaded)
    random.shuffle(shuffled)
    for start in range(0, len(shuffled), size):
        graph.load(shuffled[start : start + size])
    assert graph.fingerprint() == clean
    graph.load(*[[r] for r in loaded])
    assert graph.fingerprint() == clean


def test_a_graph_that_lost_a_constraint_is_found_out(graph: Graph) -> None:
    assert graph.run(graph.store.missing_constraints()) == []
    with engines.driver(graph.connection) as driver:
        driver.execute_query("DROP CONSTRAINT notice_id", database_=graph.connection.database)
        try:
            assert graph.run(graph.store.missing_constraints()) == ["Notice"]
        finally:
            driver.execute_query(
                "CREATE CONSTRAINT notice_id IF NOT EXISTS FOR (n:Notice) REQUIRE n.id IS UNIQUE",
                database_=graph.connection.database,
            )
