"""Every rule's answer equals its oracle's, on dense small graphs, on both engines."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from missingnet.graph import rulebook
from missingnet.graph.answers import Answer
from missingnet.graph.engine import Connection
from tests import engines
from tests.oracles import described, episodes, identity, network, patterns, reconciled, together
from tests.oracles.known import Known
from tests.pieces import EXAMPLES
from tests.properties import (
    against_counts,
    against_meetings,
    against_networks,
    against_placements,
    against_places,
    against_thresholds,
)
from tests.properties.asking import Bench
from tests.properties.dense import Dense
from tests.properties.example import AS_AT, COMPARTMENTS, SEALED, Example

_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def bench(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    engines.wipe(connection)
    found = Bench(connection, tmp_path_factory.mktemp("oracles"))
    yield found
    found.close()
    engines.wipe(connection)


class Asked:
    """One dense example, whole and seen whole, and what its records say."""

    def __init__(self, bench: Bench, seed: int) -> None:
        example = Dense(f"o{next(_numbers)}", Random(seed)).example(1 + seed % 2)
        self.seed = seed
        self.example = replace(example, cleared=frozenset((*COMPARTMENTS, SEALED)))
        self.bench = bench
        self.known = Known(self.example.records, bench.keyed)

    def ask(self, rule: str, **params: Any) -> Answer[Any]:
        answer: Answer[Any] = self.bench.ask(rule, self._reader, params, None)
        return answer

    @property
    def _reader(self) -> Any:
        example: Example = self.example
        return self.bench.reader(example, copy=False)

    def children(self) -> list[str]:
        return sorted({s.thing.id for e in self.known.events for s in e.sides if s.thing.kind == "Child"})


def default(rule: str, name: str) -> Any:
    return rulebook.default(rule, name, AS_AT)


def _as_their_records_say(rows: Sequence[Any], expected: dict[network.Tie, network.Found]) -> None:
    """Each tie once, with all that its own records say of it, and nothing of a record that is not its own."""
    found = {(frozenset((t.from_id, t.to_id)), t.kind, t.through): t for t in rows}
    assert len(rows) == len(found)
    assert found.keys() == expected.keys()
    for key, tie in expected.items():
        row = found[key]
        assert (row.hop, set(row.records), set(row.agencies)) == (tie.hop, tie.records, tie.agencies)
        assert (set(row.roles), row.first, row.last) == (tie.roles, tie.first, tie.last)
        assert (row.grade, list(row.handling)) == (tie.grade, tie.handling)


def _standing_by_their_records(asked: Asked, rows: Sequence[Any], ties: dict[network.Tie, network.Found]) -> None:
    """Each tie has as many independent sources as its records make, and what people said of it as it is."""
    standing = network.standing(asked.known, AS_AT, ties)
    said = network.said(asked.known, AS_AT, ties)
    for tie in rows:
        key = (frozenset((tie.from_id, tie.to_id)), tie.kind, tie.through)
        assert tie.sources == standing[key].sources
        assert tie.verdict == said[key][0]
        assert tie.strength == "weak" or tie.verdict != "no longer holds"


def a_childs_network_is_every_tie_within_its_steps(asked: Asked) -> None:
    for child, hops, limit in itertools.product(asked.children()[:2], (1, 2, 3), (1, 3)):
        answer = asked.ask("CHILD-NETWORK", child=child, hops=hops, hub_children=limit)
        expected = network.ties(asked.known, child, hops, limit, AS_AT)
        _as_their_records_say(answer.rows, expected)
        _standing_by_their_records(asked, answer.rows, expected)
        if hops == 1:
            near = network.hubs(asked.known, AS_AT, limit)
            assert {t.to_id for t in answer.rows if t.to_hub} == near & {t.to_id for t in answer.rows}


def links_are_due_by_their_review_dates(asked: Asked) -> None:
    for child, day in itertools.product(asked.children()[:2], (400, 360, 170)):
        due_by = AS_AT + timedelta(days=day)
        answer = asked.ask("LINKS-TO-REVIEW", child=child, due_by=due_by)
        ties = network.ties(asked.known, child, 1, 99, AS_AT)
        dates = network.review_by(asked.known, AS_AT, ties)
        said = network.said(asked.known, AS_AT, ties)
        due = {
            tie: date
            for tie, date in dates.items()
            if said[tie][0] != "no longer holds" and (date is None or date < due_by.date())
        }
        found = {(frozenset((t.from_id, t.to_id)), t.kind, t.through): t.review_by for t in answer.rows}
        assert found == due
        shown = [t.review_by for t in answer.rows]
        assert shown == sorted(shown, key=lambda date: (date is None, date))
        _as_their_records_say(answer.rows, {tie: ties[tie] for tie in due})
    ties = network.ties_of(asked.known, asked.children(), AS_AT)
    dates, said = network.review_by(asked.known, AS_AT, ties), network.said(asked.known, AS_AT, ties)
    for first, last in ((200, 400), (330, 361), (-9, 170)):
        since, due_by = (AS_AT + timedelta(days=days) for days in (first, last))
        answer = asked.ask("LINKS-TO-REVIEW", since=since, due_by=due_by)
        due = {
            tie: date
            for tie, date in dates.items()
            if said[tie][0] != "no longer holds" and date is not None and since.date() <= date < due_by.date()
        }
        assert {(frozenset((t.from_id, t.to_id)), t.kind, t.through): t.review_by for t in answer.rows} == due
        _as_their_records_say(answer.rows, {tie: ties[tie] for tie in due})


def what_is_around_a_thing_is_every_tie_of_it(asked: Asked) -> None:
    things = sorted({s.thing.id for e in asked.known.events for s in e.sides})
    for thing in things[:: len(things) // 4]:
        answer = asked.ask("THING-NETWORK", thing=thing, hub_children=2)
        _as_their_records_say(answer.rows, network.ties(asked.known, thing, 1, 2, AS_AT))


def thresholds_and_shared_associates(asked: Asked) -> None:
    windows = {"MASE-3-IN-3M": "missing", "REPEAT-2": "missing", "PERSISTENT": "missing", "ABSENT-3-IN-90D": "absent"}
    for (rule, kind), least in zip(windows.items(), (3, 2, 4, 2), strict=True):
        answer = asked.ask(rule, min_episodes=least)
        found = {r.child_id: (r.state, r.episodes, frozenset(r.records)) for r in answer.rows}
        assert found == patterns.in_window(asked.known, kind, default(rule, "since"), AS_AT, least)
        for row in answer.rows:
            assert row.since == (sorted(row.starts)[least - 1] if row.state == "fired" else None)
    for least in (1, 2, 3):
        answer = asked.ask("SHARED-ASSOCIATE", min_children=least)
        found = {(r.associate_id, link.child_id, link.way): link for r in answer.rows for link in r.links}
        expected = patterns.shared(asked.known, default("SHARED-ASSOCIATE", "since"), AS_AT, least)
        assert found.keys() == expected.keys()
        for key, told in expected.items():
            link = found[key]
            assert set(link.records) == {event.record for event, _ in told}
            assert set(link.agencies) == {event.agency for event, _ in told}
            assert set(link.roles) == {side.link.role for _, side in told if side.link.role}
            assert link.grade == network.best(network.grade_of(event) for event, _ in told)
        for row in answer.rows:
            own = [told for (associate, _, _), told in expected.items() if associate == row.associate_id]
            assert row.grade == network.best(network.grade_of(event) for told in own for event, _ in told)


def unlisted_children_and_children_out_of_school(asked: Asked) -> None:
    since = default("UNLISTED-IN-NETWORK", "since")
    for lists, least, limit in ((["cse"], 1, 4), (["cse"], 2, 2), (["cse", "gangs"], 1, 1)):
        given = {"lists": lists, "min_listed": least, "hub_children": limit}
        answer = asked.ask("UNLISTED-IN-NETWORK", also_named=True, **given)
        found = {
            r.child_id: {
                t.through_id: (frozenset(t.listed_ids), frozenset(t.records), frozenset(t.listed_records))
                for t in r.through
            }
            for r in answer.rows
        }
        wanted = patterns.unlisted(asked.known, since, AS_AT, lists, least, limit)
        assert found == wanted.near
        for row in answer.rows:
            assert row.named_only == (row.child_id in wanted.named_only)
            assert set(row.hub_ids) == {hub for hub, near in wanted.hubs.items() if near & set(row.listed_ids)}
            for tie in row.through:
                own = [event for event in asked.known.events if event.record in tie.records]
                assert tie.grade == network.best(network.grade_of(event) for event in own)
            assert row.grade == network.best(tie.grade for tie in row.through)
        assert _number_in(answer.notes, "hub") == len(wanted.hubs)
        apart = asked.ask("UNLISTED-IN-NETWORK", **given)
        assert {r.child_id for r in apart.rows} == wanted.near.keys() - wanted.named_only
        assert _number_in(apart.notes, "more") == len(wanted.near.keys() & wanted.named_only)
    by_child = episodes.by_child(asked.known, "missing", AS_AT)
    for codes, sessions, limit in ((["O"], 12.0, 4), (["O"], 24.0, 1), (["G"], 1.0, 4)):
        answer = asked.ask("CME-AND-MISSING", codes=codes, min_sessions=sessions, hub_children=limit)
        school = {
            r.child_id: (
                set(r.education_records),
                set(r.episode_records),
                {s.shared_id: set(s.other_child_ids) for s in r.shares},
                set(r.hub_ids),
            )
            for r in answer.rows
        }
        for row in answer.rows:
            stays = by_child.get(row.child_id, ())
            assert row.episodes == len(episodes.counting(s for s in stays if s.started >= since))
        out = patterns.out_of_school(asked.known, since, AS_AT, codes, sessions, limit)
        assert school == {
            child: (one.education, one.episodes, one.shares, one.hubs)
            for child, one in out.items()
            if one.episodes or one.shares
        }
        assert _number_in(answer.notes, "hub") == len({hub for one in out.values() for hub in one.hubs})
        assert _number_in(answer.notes, "child") == len(out) - len(school)


def _number_in(notes: Sequence[str], counted: str) -> int:
    """The number that the note gives which begins with one and what is counted; 0 when none does."""
    found = [re.match(rf"(\d+) {counted}", note) for note in notes]
    return sum(int(one[1]) for one in found if one)


def children_missing_together(asked: Asked) -> None:
    baseline, until = default("GROUP-MISSING", "baseline"), default("GROUP-MISSING", "until")
    for since, limit in ((default("GROUP-MISSING", "since"), 4), (baseline, 4), (baseline, 2)):
        answer = asked.ask("GROUP-MISSING", since=since, hub_children=limit, fold_above=1.0)
        year = together.year(asked.known, since, until, baseline, AS_AT)
        beside = together.beside(asked.known, year, AS_AT)
        met = {frozenset(r.child_ids): (r.times, frozenset(r.ways), frozenset(r.shared_ids)) for r in answer.rows}
        assert met == together.pairs(beside, limit) | together.sets(beside, limit)
        for row in answer.rows:
            children = frozenset(row.child_ids)
            mean = together.expected(year, beside, children)
            assert row.expected == pytest.approx(mean, rel=1e-5)
            assert row.chance == pytest.approx(together.chance(row.times, mean), rel=1e-5, abs=1e-12)
            assert row.before == together.before(year, children)
            assert set(row.records).isdisjoint(row.same_records)
            chances = [other.chance for other in answer.rows if other.size == row.size]
            tested = together.tested(beside, limit, row.size)
            share = together.false_discovery(chances, row.chance, tested)
            assert row.false_discovery == pytest.approx(share, rel=1e-4)
        order = [(row.chance, not row.repeated, -row.times, -row.size) for row in answer.rows]
        assert order == sorted(order)
        _homes_folded(asked, answer, since, limit)


def one_child_asked_about(asked: Asked) -> None:
    """Of one child the same pairs, sets and lines as of all; where there are none, that there are none."""
    since, until = default("GROUP-MISSING", "baseline"), default("GROUP-MISSING", "until")
    everybody = asked.ask("GROUP-MISSING", since=since, fold_above=1.0)
    lines = asked.ask("POLICE-COUNCIL-MISMATCH", since=since, agreed=True)
    known = episodes.told(asked.known.labelled("Episode"), AS_AT)
    missing = episodes.by_child(asked.known, "missing", AS_AT)
    for child in asked.children():
        rows = asked.ask("GROUP-MISSING", since=since, child=child).rows
        own = [row for row in everybody.rows if child in row.child_ids]
        gone = episodes.counting(missing.get(child, ()))
        during = [s for s in gone if s.started < until and (s.ended is None or s.ended > since)]
        if own or child not in known:
            assert list(rows) == own
        else:
            (row,) = rows
            assert (row.child_ids, row.state, set(row.records)) == ((child,), "not fired", {s.record for s in during})
            assert row.why.startswith(f"{len(during)} missing episode")
        said = asked.ask("POLICE-COUNCIL-MISMATCH", since=since, child=child).rows
        of_child = [line for line in lines.rows if child in (line.child_id, line.other_child_id)]
        assert [row.records for row in said] == ([one.records for one in of_child] or [()] * (child in known))
        assert all((row.state == "not fired") == (not row.differences) for row in said)


def _homes_folded(asked: Asked, listed: Answer[Any], since: datetime, limit: int) -> None:
    """Folded, every pair and set is listed as it was or stands in its home's row."""
    answer = asked.ask("GROUP-MISSING", since=since, hub_children=limit, fold_above=0.3)
    homes = [row for row in answer.rows if row.folded]
    folded = [row for row in listed.rows if row not in answer.rows]
    assert [row for row in listed.rows if row in answer.rows] == [row for row in answer.rows if not row.folded]
    assert all(row.only_start_home and row.false_discovery > 0.3 for row in folded)
    assert sum(row.folded for row in homes) == len(folded)
    for home in homes:
        of_it = [row for row in folded if row.shared_ids[0] in home.shared_ids]
        assert set(home.child_ids) == {child for row in of_it for child in row.child_ids}
        assert home.false_discovery == min(row.false_discovery for row in of_it)


def what_things_are_called_and_who_is_around_them(asked: Asked) -> None:
    for kinds in (["Child", "Associate"], ["Place", "Home", "School", "Vehicle", "Phone", "OnlineHandle"]):
        answer = asked.ask("THINGS-DESCRIBED", kinds=kinds, first="0", last="~")
        told = [(r.thing_id, r.record, *(getattr(r, name) for name in described.SAID), r.aliases) for r in answer.rows]
        assert sorted(map(repr, told)) == sorted(map(repr, described.described(asked.known, kinds, AS_AT)))
    parts = [asked.ask("THINGS-AROUND", first=first, last=last).rows for first, last in (("0", "g~"), ("h", "~"))]
    near = {(r.thing_id, r.way, r.other_id or r.record) for rows in parts for r in rows}
    assert near == described.around(asked.known, AS_AT)


def records_of_police_and_council_are_set_beside_each_other(asked: Asked) -> None:
    answer = asked.ask("POLICE-COUNCIL-MISMATCH", since=AS_AT - timedelta(days=200), until=AS_AT, agreed=True)
    reconciled.check(asked.known, answer.rows, AS_AT)
    differ = asked.ask("POLICE-COUNCIL-MISMATCH", since=AS_AT - timedelta(days=200), until=AS_AT)
    assert list(differ.rows) == [row for row in answer.rows if row.differences]
    assert _number_in(differ.notes, "episode") == len(answer.rows) - len(differ.rows)


def times_away_that_the_police_do_not_hold(asked: Asked) -> None:
    answer = asked.ask("HIDDEN-MISSING", since=AS_AT - timedelta(days=200), until=AS_AT)
    hidden, unknown = reconciled.hidden(asked.known, AS_AT)
    assert {record for row in answer.rows for record in row.records} == hidden
    assert sum(len(row.records) for row in answer.rows) == len(hidden)
    assert bool(unknown) == any("not provided" in note for note in answer.notes)


def identifiers_and_judgements_that_births_contradict(asked: Asked) -> None:
    for years in (2, 6):
        rows = asked.ask("CONTRADICTED-IDENTIFIERS", years_apart=years).rows
        found = {r.identifier: (r.births, frozenset(r.thing_ids), frozenset(r.records)) for r in rows}
        assert found == identity.contradicted(asked.known, years)
        again = asked.ask("REOPENED-JUDGEMENTS", years_apart=years).rows
        assert {
            r.judgement: (r.births, frozenset(r.against), frozenset(r.records)) for r in again
        } == identity.reopened(asked.known, years, AS_AT)
    for event in asked.known.labelled("Judgement"):
        if event.facts["decided"] > AS_AT:
            continue
        (row,) = (r for r in asked.ask("JUDGEMENTS").rows if r.record == event.record)
        assert (row.verdict, {t.id for t in row.things}) == (
            event.facts["verdict"],
            {side.thing.id for side in event.of("JUDGES")},
        )


def what_sealed_records_state_stays_a_link(asked: Asked) -> None:
    wanted = identity.sealed_pairs(asked.example.records, asked.known)
    for one in {thing for pair in wanted for thing in pair[:2]}:
        rows = asked.ask("SAME-BY-SEALED", thing=one).rows
        found = {(one, r.other_id, r.record) for r in rows}
        assert found == {pair for pair in wanted if pair[0] == one}


CHECKS = (
    times_away_that_the_police_do_not_hold,
    records_of_police_and_council_are_set_beside_each_other,
    identifiers_and_judgements_that_births_contradict,
    what_sealed_records_state_stays_a_link,
    a_childs_network_is_every_tie_within_its_steps,
    links_are_due_by_their_review_dates,
    what_is_around_a_thing_is_every_tie_of_it,
    thresholds_and_shared_associates,
    unlisted_children_and_children_out_of_school,
    children_missing_together,
    one_child_asked_about,
    what_things_are_called_and_who_is_around_them,
    *against_thresholds.CHECKS,
    *against_networks.CHECKS,
    *against_counts.CHECKS,
    *against_meetings.CHECKS,
    *against_placements.CHECKS,
    *against_places.CHECKS,
)
TOGETHER = 10
"""Examples loaded at once: Neo4j plans a question afresh when the graph has grown, which takes longer than asking."""


@settings(
    max_examples=max(2, EXAMPLES // (5 * TOGETHER)),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a smaller seed is no smaller example
)
@given(st.lists(st.integers(0, 2**32), min_size=TOGETHER, max_size=TOGETHER, unique=True))
def test_every_rule_answers_as_its_oracle(bench: Bench, seeds: list[int]) -> None:
    examples = [Asked(bench, seed) for seed in seeds]
    bench.run(bench.store.put([r for asked in examples for r in asked.example.records], "oracle"))
    for asked in examples:
        for check in CHECKS:
            note(f"seed {asked.seed}: {check.__name__}")
            check(asked)
