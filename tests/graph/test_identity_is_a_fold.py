"""Identity is a fold: of what records state, judgements say and births contradict, whatever the order. Both engines."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from missingnet.graph.identity import contradict, owns
from missingnet.graph.records import Record
from missingnet.graph.removal import Removal, remove
from tests import engines
from tests.graph.folding import SEALED, description, judged, records, together
from tests.graph.stored import Graph
from tests.graph.test_store_keeps_the_law_once import DAYS, KEYS, record
from tests.pieces import EXAMPLES

UNDO = Removal("ann", "mistaken", refuse_again=False)
POLICE, POLICE_2, UPN, UPN_2, COUNCIL = KEYS


@pytest.fixture(autouse=True)
def _empty(graph: Graph) -> None:
    graph.empty()


def stand(graph: Graph) -> set[frozenset[str]]:
    """The keys that stand together in the graph: groups of two or more."""
    with engines.driver(graph.connection) as driver:
        rows = driver.execute_query(
            "MATCH (k:Key) RETURN k.key AS key, k.thing AS thing", database_=graph.connection.database
        ).records
    groups: dict[str, set[str]] = {}
    for row in rows:
        groups.setdefault(row["thing"], set()).add(row["key"])
    return {frozenset(group) for group in groups.values() if len(group) > 1}


def same_as(graph: Graph) -> int:
    return graph.count("MATCH (a)-[s:SAME_AS]->(b) RETURN count(s)")


@settings(max_examples=EXAMPLES // 8, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
@given(st.lists(records, min_size=1, max_size=9), st.randoms(use_true_random=False), st.integers(1, 3), st.data())
def test_any_order_of_loading_judging_and_undoing_gives_the_fold_of_what_stands(
    graph: Graph, loaded: list[Record], random: Any, size: int, data: Any
) -> None:
    undone = data.draw(st.sets(st.sampled_from(sorted({r.name for r in loaded}))))
    left = [r for r in loaded if r.name not in undone]
    graph.empty()
    graph.load(left)
    never = graph.fingerprint()
    assert stand(graph) == together(left)
    graph.empty()
    shuffled = list(loaded)
    random.shuffle(shuffled)
    note([r.key for r in shuffled])
    for start in range(0, len(shuffled), size):
        graph.load(shuffled[start : start + size])
    assert stand(graph) == together(loaded)
    for name in sorted(undone, key=lambda _: random.random()):
        graph.run(remove(graph.store, [graph.store.keyed("record", name)], removal=UNDO))
    assert stand(graph) == together(left)
    assert graph.fingerprint() == never


def test_one_identifier_with_births_years_apart_joins_nothing_until_one_of_them_is_gone(graph: Graph) -> None:
    council = description("4", DAYS[0], date(2010, 1, 1), (COUNCIL, UPN), agency="997")
    police = description("5", DAYS[0], date(2004, 1, 1), (POLICE, UPN))
    graph.load([council])
    assert stand(graph) == {frozenset({COUNCIL, UPN})}
    graph.load([police, record("1", child=(POLICE, UPN))])
    assert stand(graph) == set()
    graph.load([description("5", DAYS[1], date(2010, 1, 1), (POLICE, UPN))])
    assert stand(graph) == {frozenset({COUNCIL, UPN, POLICE})}


def test_a_birth_told_of_the_identifier_alone_contradicts_as_well(graph: Graph) -> None:
    """A school knows a child by UPN only: one record, no join, and all the same another date of birth."""
    graph.load([description("4", DAYS[0], date(2010, 1, 1), (COUNCIL, UPN), agency="997")])
    graph.load([description("5", DAYS[0], date(2004, 1, 1), (UPN,))])
    assert stand(graph) == set()
    graph.empty()
    graph.load([description("5", DAYS[0], date(2004, 1, 1), (UPN,))])
    graph.load([description("4", DAYS[0], date(2010, 1, 1), (COUNCIL, UPN), agency="997")])
    assert stand(graph) == set()


def test_an_agencys_word_for_its_own_number_stands_over_others(graph: Graph) -> None:
    mine = description("4", DAYS[0], date(2010, 1, 1), (COUNCIL, UPN), agency="997")
    theirs = description("5", DAYS[0], date(2004, 1, 1), (COUNCIL, POLICE))
    graph.load([mine, theirs])
    assert stand(graph) == {frozenset({COUNCIL, UPN})}


def test_a_judgement_stands_over_a_contradiction(graph: Graph) -> None:
    graph.load([description("4", DAYS[0], date(2010, 1, 1), (COUNCIL, UPN), agency="997")])
    graph.load([description("5", DAYS[0], date(2004, 1, 1), (POLICE, UPN))])
    graph.load([judged(POLICE, UPN)])
    assert stand(graph) == {frozenset({POLICE, UPN})}
    graph.load([judged(POLICE, UPN, "different", 1)])
    assert stand(graph) == set()


def test_slips_and_placeholders_contradict_nothing() -> None:
    born = date(2010, 3, 4)
    assert not contradict([born, date(2010, 4, 3)], 2)
    assert not contradict([born, born.replace(year=2012) - timedelta(days=1)], 2)
    assert contradict([born, born.replace(year=2012)], 2)
    assert owns("997", COUNCIL) and not owns("997", UPN) and not owns("99", COUNCIL)


def test_a_sealed_record_folds_nothing_and_stays_a_link_of_its_class(graph: Graph) -> None:
    graph.load([record("1", child=(POLICE, UPN), compartments=(SEALED,)), record("2", child=(UPN,))])
    assert (stand(graph), same_as(graph)) == (set(), 1)
    assert graph.count("MATCH (c:Child)-[h:HAD]->(e:Episode) RETURN count(DISTINCT c)") == 2
    assert graph.count("MATCH (a)-[s:SAME_AS]->(b)-[:HAD]->(e:Episode {reference: '2'}) RETURN count(s)") == 1


def test_what_is_reclassified_into_and_out_of_a_sealed_compartment_changes_accordingly(graph: Graph) -> None:
    opened = [record("1", child=(POLICE, UPN)), record("2", child=(UPN,))]
    graph.load(opened)
    clean = graph.fingerprint()
    sealed = record("1", DAYS[1], child=(POLICE, UPN), compartments=(SEALED,))
    graph.load([sealed])
    assert (stand(graph), same_as(graph)) == (set(), 1)
    graph.load([record("1", DAYS[2], child=(POLICE, UPN))])
    assert (stand(graph), same_as(graph)) == ({frozenset({POLICE, UPN})}, 0)
    assert graph.fingerprint() == clean


def test_a_sealed_birth_contradicts_nothing_that_others_see(graph: Graph) -> None:
    graph.load([description("4", DAYS[0], date(2010, 1, 1), (COUNCIL, UPN), agency="997")])
    graph.load([description("5", DAYS[0], date(2004, 1, 1), (UPN,), compartments=(SEALED,))])
    assert stand(graph) == {frozenset({COUNCIL, UPN})}
