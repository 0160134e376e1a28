"""The queue of who is who against the planted truth: who is suggested, in which order, and to whom."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from missingnet.graph import access
from tests.planted import proof
from tests.planted.partnership import Partnership, council_key, told_day

pytestmark = pytest.mark.embedded


def test_children_spelt_apart_are_suggested_and_twins_and_namesakes_are_not(place: Partnership) -> None:
    suggested = place.suggested("people")
    pairs = {(pair.one, pair.other) for pair in suggested}
    apart = {
        tuple(sorted((place.person(one["nominal"]), place.thing(council_key(one["authority"], one["council"])))))
        for one in place.truth["spelt_apart"]
    }
    proof.measured(
        "suggested: children spelt apart", apart, pairs, proof.ALL, more=f"{len(pairs)} pairs suggested in all"
    )
    for one in place.truth["decoys"]["one_name"]:
        assert tuple(sorted(map(place.person, one["nominals"]))) not in pairs
    for pair in place.truth["decoys"]["twins"]:
        twins = [{hit.thing_id for hit in place.ask("SEARCH", text=pair[who]["upn"]).rows} for who in pair]  # type: ignore[attr-defined]
        assert all(twins)
        assert not [1 for one, other in pairs if {one} <= twins[0] and {other} <= twins[1]]
        assert not [1 for one, other in pairs if {one} <= twins[1] and {other} <= twins[0]]


def test_the_queue_puts_first_who_is_over_a_threshold_then_who_is_inside_a_network(place: Partnership) -> None:
    suggested = place.suggested("people")
    planted = place.truth["mase"]
    over, short = ({place.person(one["nominal"]) for one in planted[name]} for name in ("expected", "just_short"))
    other = place.council_only(told_day(planted["window_from"])).keys() | place.apart()
    inside = {
        person
        for network in place.truth["networks"]
        for person in (
            *place.either(network["children"]),
            *(place.person(adult["nominal"]) for adult in network["associates"]),
        )
    }
    groups = []
    for pair in suggested:
        things = {pair.one, pair.other}
        by_rule = 0 if "MASE-3-IN-3M" in pair.rules else 1 if pair.rules else 2
        by_truth = 0 if things & over else 1 if things & inside else 2
        assert by_rule == 0 or by_truth != 0, "over the threshold, and not among the first"
        assert by_rule != 0 or things & (over | other), "among the first, and not over the threshold"
        groups.append((by_rule, by_truth, -pair.probability))
    first = [by_rule for by_rule, _, _ in groups]
    assert first == sorted(first)
    assert all(one[2] <= two[2] for one, two in pairwise(groups) if one[0] == two[0] != 1), "then the likeliest"
    late = sum(by_rule == 2 and by_truth == 1 for by_rule, by_truth, _ in groups)
    print(f"queue: {[first.count(group) for group in range(3)]} over a threshold, in a network, neither; {late} late")
    assert late == 0
    named = set(place.ask("MASE-3-IN-3M").named_things)
    assert named >= over - other and not named & (short - other), "two episodes are not over a threshold of three"


def test_a_reader_is_suggested_only_things_that_are_described_to_them(place: Partnership) -> None:
    seen = {
        row.thing_id
        for row in place.ask("THINGS-DESCRIBED", kinds=["Child", "Associate"], first="0", last="~").rows  # type: ignore[attr-defined]
    }
    wide, narrow = place.suggested("people"), place.suggested("people", "EDUCATION", "school-only")
    assert {thing for pair in wide for thing in pair[:2]} <= seen
    assert len(narrow) < len(wide)
    reader = access.reader("school-only")
    described = place.ask("THINGS-DESCRIBED", "EDUCATION", reader=reader, kinds=["Child"], first="0", last="~")
    known: Any = described.rows
    assert {row.agency for row in known} == {"schools-997"}
    assert {thing for pair in narrow for thing in pair[:2]} <= {row.thing_id for row in known}


def test_telephones_of_one_network_are_not_taken_for_one_another(place: Partnership) -> None:
    assert place.suggested("phones") == []
    assert place.suggested("vehicles") == []
