"""NETWORK, CROSS-LISTS and CROSS-BORDER against their oracles: parts of the one test that asks every rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from missingnet.graph import rulebook
from tests.oracles import communities, patterns
from tests.properties.example import AS_AT

if TYPE_CHECKING:
    from tests.properties.test_oracles import Asked


def _default(rule: str, name: str) -> Any:
    return rulebook.default(rule, name, AS_AT)


def communities_and_what_holds_them_together(asked: Asked) -> None:
    rule, since = "NETWORK", _default("NETWORK", "since")
    before = _default(rule, "before")
    part, share, place = (_default(rule, name) for name in ("min_part", "same_share", "place_weight"))
    for least, pieces, limit in ((2, 1.0, 4), (3, 2.0, 25), (2, 3.0, 2)):
        given = {"min_children": least, "min_shared": pieces, "hub_children": limit}
        answer = asked.ask(rule, **given)
        told = communities.named(asked.known, since, AS_AT)
        now = communities.Naive(told, pieces, place, limit)
        told_then = communities.named(asked.known, since - (AS_AT - before), before)
        then = communities.Naive(told_then, pieces, place, limit).communities(least)
        found = {frozenset(r.child_ids): r for r in answer.rows if r.state != "gone"}
        wanted = now.communities(least)
        assert found.keys() == set(wanted)
        lines = [old for new in wanted for old in then if len(new & old) >= max(1, share * min(len(new), len(old)))]
        gone = {frozenset(r.child_ids) for r in answer.rows if r.state == "gone"}
        assert gone == set(then) - set(lines)
        for community, row in found.items():
            assert row.state == communities.state(community, wanted, then, share)
            assert {*row.associate_ids, *row.place_ids, *row.thing_ids} == now.common(community)
            bridged = {
                b.bridge_id: {frozenset(p.child_ids) for p in b.parts}
                for b in (*row.child_bridges, *row.associate_bridges, *row.other_bridges)
            }
            assert bridged == now.bridges(community, part)
            shared, expected = now.meetings(community)
            assert row.shared == shared
            assert row.expected == pytest.approx(expected, rel=1e-5)
            assert all(0 <= m.held <= row.draws for m in row.members)
            assert row.held <= min(m.held for m in row.members)
        for child in sorted(now.children)[:1]:
            (about,) = asked.ask(rule, child=child, **given).rows
            home = next((c for c in wanted if child in c), None)
            assert (about.state not in ("just short", "not fired")) == (home is not None)
            assert child in about.child_ids


def children_on_several_lists(asked: Asked) -> None:
    since, every = _default("CROSS-LISTS", "since"), _default("CROSS-LISTS", "lists")
    for lists, least in ((every, 2), (every, 1), (["cse", "missing"], 2)):
        answer = asked.ask("CROSS-LISTS", lists=lists, min_lists=least)
        standing = patterns.on_lists(asked.known, since, AS_AT, lists)
        wanted = {child: on for child, on in standing.items() if len(on) >= least}
        assert {r.child_id: {e.list: frozenset(e.records) for e in r.entries} for r in answer.rows} == wanted
        for row in answer.rows:
            alike = [on.keys() for on in wanted.values() if on.keys() >= set(row.lists)]
            assert row.same_combination == sum(len(one) == len(row.lists) for one in alike)
            assert row.more_lists == len(alike) - row.same_combination
        for child in sorted(standing)[:1]:
            (about,) = asked.ask("CROSS-LISTS", lists=lists, min_lists=3, child=child).rows
            assert (about.child_id, set(about.lists)) == (child, standing[child].keys())


def what_spans_authorities(asked: Asked) -> None:
    rule = "CROSS-BORDER"
    since, place = _default(rule, "since"), _default(rule, "place_weight")
    for pieces, limit, least, authorities in ((2.0, 25, 3, 2), (1.0, 2, 2, 2), (1.0, 4, 2, 1)):
        given = {"min_shared": pieces, "hub_children": limit, "min_children": least, "min_authorities": authorities}
        answer = asked.ask(rule, **given)
        wanted = communities.spanning(asked.known, since, AS_AT, (pieces, place, limit), least, authorities)
        found = {
            (r.thing_id or "", frozenset(r.child_ids)): (
                frozenset(r.spans),
                frozenset(r.records if r.thing_id else ()),
            )
            for r in answer.rows
        }
        assert found == wanted
    for thing in sorted({t for t, _ in wanted if t})[:1]:
        (about,) = asked.ask(rule, thing=thing, min_authorities=9).rows
        assert (about.thing_id, about.state) == (thing, "not fired")


def what_another_list_would_find(asked: Asked) -> None:
    rule = "UNLISTED-BY-CHANCE"
    for lists, least, limit in ((["cse"], 1, 25), (["cse", "gangs"], 2, 2)):
        (row,) = asked.ask(rule, lists=lists, min_listed=least, hub_children=limit).rows
        listed = set(patterns.on_lists(asked.known, AS_AT, AS_AT, lists))
        wanted = communities.unlisted_by_chance(asked.known, _default(rule, "since"), AS_AT, listed, least, limit)
        assert (row.found, row.children, row.listed) == wanted
        assert 0 <= row.least <= row.most <= row.children - row.listed
        assert 0 <= row.expected <= row.children - row.listed


CHECKS = (
    communities_and_what_holds_them_together,
    children_on_several_lists,
    what_spans_authorities,
    what_another_list_would_find,
)
