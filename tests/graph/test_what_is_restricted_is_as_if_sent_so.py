"""A record that a person restricts is as if its agency had sent it so, whenever they did; lifted, as if nobody ever had
(law 'Undo', N6). What rests on it is restricted with it (N10)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from missingnet.graph.access import RESTRICTED
from missingnet.graph.judgements import Judgement, Side
from missingnet.graph.lookups import held
from missingnet.graph.records import Record, VisibilityClass
from missingnet.graph.removal import Removal, remove
from missingnet.graph.restriction import lift_restriction, restrict, restriction_of
from tests.graph.folding import records
from tests.graph.stored import Graph
from tests.graph.test_store_keeps_the_law_once import DAYS, record
from tests.pieces import EXAMPLES

WHO = {"who": "ann", "reason": "A family member works there."}


@pytest.fixture(autouse=True)
def _empty(graph: Graph) -> None:
    graph.empty()


def sent_so(one: Record, names: set[str]) -> Record:
    """The record as its agency would have sent it, had it restricted it itself."""
    if one.name not in names:
        return one
    return replace(one, access=replace(one.access, compartments=(*one.access.compartments, RESTRICTED)))


@settings(max_examples=EXAMPLES // 50, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
@given(st.lists(records, min_size=1, max_size=8), st.data())
def test_restricted_is_as_if_sent_so_and_lifted_as_if_never_done(graph: Graph, loaded: list[Record], data: Any) -> None:
    names = sorted({r.name for r in loaded})
    chosen = set(data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True)))
    half = data.draw(st.integers(0, len(loaded)))
    ids = {name: graph.store.keyed("record", name) for name in names}
    graph.empty()
    graph.load(loaded)
    never = graph.fingerprint()
    graph.empty()
    graph.load([sent_so(r, chosen) for r in loaded])
    sent = graph.fingerprint()
    graph.empty()
    # Some of them are restricted when half is loaded, the rest, and those that came later, at the end.
    graph.load(loaded[:half])
    for name in sorted(chosen):
        graph.run(restrict(graph.store, ids[name], **WHO))
    graph.load(loaded[half:])
    for name in sorted(chosen):
        graph.run(restrict(graph.store, ids[name], **WHO))
    assert graph.fingerprint() == sent
    graph.load(loaded)
    assert graph.fingerprint() == sent
    for name in data.draw(st.permutations(sorted(chosen))):
        assert graph.run(lift_restriction(graph.store, ids[name])) == 1
        assert graph.run(lift_restriction(graph.store, ids[name])) == 0
    assert graph.fingerprint() == never


def test_it_outlives_a_new_extract_and_a_removal(graph: Graph) -> None:
    one = record("1", DAYS[0])
    identity = graph.store.keyed("record", one.name)
    assert graph.run(restrict(graph.store, identity, **WHO)) == 0
    graph.load([one])
    assert graph.run(restrict(graph.store, identity, **WHO)) == 1
    assert graph.run(restrict(graph.store, identity, **WHO)) == 0
    graph.load([record("1", DAYS[1], risk="high")])
    assert compartments(graph, identity) == {RESTRICTED}
    graph.run(remove(graph.store, [identity], removal=Removal("ann", "sent in error", refuse_again=False)))
    graph.load([one])
    assert compartments(graph, identity) == {RESTRICTED}
    found = graph.run(restriction_of(graph.store, identity))
    assert (found.who, found.reason) == (WHO["who"], WHO["reason"])
    assert isinstance(found.at, datetime)
    graph.run(lift_restriction(graph.store, identity))
    assert compartments(graph, identity) == set()
    assert graph.run(restriction_of(graph.store, identity)) is None


def test_what_rests_on_it_is_restricted_with_it_until_nothing_it_rests_on_is(graph: Graph) -> None:
    one, other = record("1", child=("police:99:N1",)), record("2", child=("council:997:1",))
    ids = [graph.store.keyed("record", r.name) for r in (one, other)]
    said = Judgement(
        (Side("police:99:N1", "Child"), Side("council:997:1", "Child")),
        "same", "one date of birth", "ann", datetime(2026, 3, 2, 9), tuple(ids), VisibilityClass("99", ("997",)), False,
    )  # fmt: skip
    graph.load([one, other])
    apart = graph.fingerprint()
    graph.load([said.record()])
    joined, judgement = graph.fingerprint(), graph.store.keyed("record", said.name)
    assert graph.run(restrict(graph.store, ids[0], **WHO)) == 2
    assert graph.run(restrict(graph.store, ids[1], **WHO)) == 2
    assert compartments(graph, judgement) == {RESTRICTED}
    assert graph.run(lift_restriction(graph.store, ids[0])) == 2
    # The other record that it rests on still is.
    assert compartments(graph, judgement) == {RESTRICTED}
    assert compartments(graph, ids[0]) == set()
    graph.run(lift_restriction(graph.store, ids[1]))
    assert graph.fingerprint() == joined != apart


def compartments(graph: Graph, identity: str) -> set[str]:
    found = graph.run(held(graph.store, [identity]))
    return set(found[identity].access.compartments)
