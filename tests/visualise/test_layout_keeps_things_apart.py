"""Positions are the same for the same network, labels do not collide, and what is shown never moves."""

from __future__ import annotations

import random
from math import hypot

import pytest

from missingnet.visualise import layout, look
from missingnet.visualise.layout import lay_out
from missingnet.visualise.lines import bends
from missingnet.visualise.network import edge_bends
from tests.visualise import drawn


@pytest.mark.parametrize("size", [2, 12, 40, 150])
def test_the_same_network_in_any_order_is_the_same_picture(size: int) -> None:
    nodes, edges = drawn.many(size)
    once = lay_out(nodes, edges)
    random.Random(3).shuffle(nodes)
    random.Random(4).shuffle(edges)
    assert lay_out(nodes, edges) == once


@pytest.mark.parametrize("size", [12, 40, 150])
def test_no_two_things_or_their_labels_lie_on_each_other(size: int) -> None:
    nodes, edges = drawn.many(size)
    where = lay_out(nodes, edges)
    boxes = {node.id: layout._Box(node) for node in nodes}
    assert [pair[:2] for pair in layout._touching(where, boxes) if min(pair[2]) > 1] == []


def test_things_that_no_link_joins_stand_side_by_side() -> None:
    nodes, _ = drawn.many(30)
    where = lay_out(nodes, [])
    boxes = {node.id: layout._Box(node) for node in nodes}
    assert len(set(where.values())) == 30
    assert list(layout._touching(where, boxes)) == []


def test_on_expanding_what_is_shown_moves_by_nothing_and_new_things_keep_their_distance() -> None:
    nodes, edges = drawn.around_child_a()
    shown = lay_out(nodes, edges)
    more_nodes, more_edges = drawn.beyond_x1()
    after = lay_out(nodes + more_nodes, edges + more_edges, fixed=shown)
    assert {name: after[name] for name in shown} == shown
    for new in more_nodes:
        x, y = after[new.id]
        others = [place for name, place in after.items() if name != new.id]
        assert min(hypot(x - ox, y - oy) for ox, oy in others) >= layout.APART


def test_a_new_thing_does_not_stand_on_a_line_or_behind_another_thing() -> None:
    nodes, edges = drawn.around_child_a()
    shown = lay_out(nodes, edges)
    more_nodes, more_edges = drawn.beyond_x1()
    after = lay_out(nodes + more_nodes, edges + more_edges, fixed=shown)
    for new in more_nodes:
        for one in edges:
            assert not layout._on_line(after[new.id], shown[one.source], shown[one.target]), (new.id, one.id)


def test_even_in_a_crowd_new_things_keep_their_distance() -> None:
    nodes, edges = drawn.many(120)
    first = {node.id for node in nodes[:90]}
    inner = [one for one in edges if {one.source, one.target} <= first]
    shown = lay_out(nodes[:90], inner)
    after = lay_out(nodes, edges, fixed=shown)
    assert all(after[name] == place for name, place in shown.items())
    for new in nodes[90:]:
        x, y = after[new.id]
        assert min(hypot(x - ox, y - oy) for name, (ox, oy) in after.items() if name != new.id) >= layout.APART


def test_positions_that_no_longer_belong_to_anything_are_ignored() -> None:
    nodes, edges = drawn.many(5)
    assert lay_out(nodes, edges, fixed={"gone": (1.0, 2.0)}) == lay_out(nodes, edges)


def test_a_link_to_something_not_drawn_is_refused() -> None:
    nodes, edges = drawn.many(5)
    with pytest.raises(ValueError, match="two of the nodes"):
        lay_out(nodes[:-1], edges)


def test_two_links_between_the_same_things_are_both_seen() -> None:
    nodes, edges = drawn.around_child_a()
    bow = edge_bends(edges, lay_out(nodes, edges))
    assert bow["e2"] != bow["e3"]


def test_a_line_that_would_pass_over_a_third_thing_goes_round_it() -> None:
    places = {"a": (0.0, 0.0), "b": (200.0, 0.0), "between": (100.0, 0.0)}
    assert bends([("line", "a", "b")], places)["line"] != 0
    assert bends([("line", "a", "b")], places | {"between": (100.0, 90.0)})["line"] == 0


def test_a_long_label_is_cut_with_an_ellipsis_and_a_short_one_is_whole() -> None:
    assert look.label_lines("Riverside Retail Park") == ("Riverside Retail", "Park")
    assert look.label_lines("Child A") == ("Child A",)
    cut = look.label_lines("A name of many words that goes on and on for a very long time")
    assert len(cut) == 2 and cut[1].endswith("…") and all(len(line) <= look.LABEL_WIDTH for line in cut)
    assert look.label_lines("") == ("",)
