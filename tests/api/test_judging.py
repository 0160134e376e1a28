"""Judgements of identity: they join while they stand, wait for a second person, and undone leave no trace."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from missingnet.api import judging
from missingnet.api.asks import Asks
from missingnet.api.moments import Moment
from missingnet.api.reader import Asker
from missingnet.api.refusals import Refused
from missingnet.graph.access import Purpose, Reader
from missingnet.graph.answers.judgements import Judged
from missingnet.graph.audit import Audit
from missingnet.graph.engine import Connection
from missingnet.graph.judgements import PENDING, STANDS
from missingnet.graph.records import VisibilityClass
from missingnet.graph.store import Store
from tests import engines
from tests.builders import World

AT = datetime(2026, 11, 2, 9)


class Room:
    """A store on one engine, with readers who judge."""

    def __init__(self, connection: Connection, home: Any) -> None:
        self.loop = asyncio.new_event_loop()
        self.connection = connection
        self.audit = Audit(home / "audit", b"k" * 32)
        self.store: Store = self.run(Store.open(connection, b"k" * 32, self.audit, home / "lock"))
        self.number = 0

    def run(self, waiting: Any) -> Any:
        return self.loop.run_until_complete(waiting)

    def world(self, *things: str, compartments: tuple[str, ...] = ()) -> World:
        """A world of described things, the last of them described in these compartments."""
        self.number += 1
        world = World(f"judged-{self.number}")
        for place, thing in enumerate(things):
            made = world.described(f"about {thing}", thing, name=thing, born=date(2010, 1, place + 1))
            world.episode(f"of {thing}", thing, datetime(2026, 10, 1 + place, 20)) if ":" not in thing else None
            if place == len(things) - 1 and compartments:
                at = world.records.index(made)
                world.records[at] = replace(made, access=VisibilityClass(world.owner, (), compartments))
        self.run(self.store.put(world.records, "test"))
        return world

    def asks(self, world: World, name: str = "ann", roles: tuple[str, ...] = ("judge",), held: Any = ("cse",)) -> Asks:
        reader = Reader(name, name.title(), world.owner, roles, (), held)
        asker = Asker(reader, Purpose("CASE", "case-1"))
        return Asks(self.store, asker, Moment(AT + timedelta(days=30), None, None, None))

    def things(self, world: World, label: str = "Child|Associate") -> int:
        """How many things of these kinds the world's records stand at."""
        with engines.driver(self.connection) as driver:
            found = driver.execute_query(
                f"MATCH (t:{label})-[l]-(e) WHERE e.reference STARTS WITH $owner RETURN count(DISTINCT t) AS n",
                owner=f"{world.owner}/",
                database_=self.connection.database,
            ).records[0]["n"]
        return int(found)

    def judged(self, asks: Asks) -> list[Judged]:
        return [row for row in self.run(asks.ask("JUDGEMENTS")).rows if isinstance(row, Judged)]


@pytest.fixture(scope="module")
def room(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    engines.wipe(connection)
    found = Room(connection, tmp_path_factory.mktemp("judging"))
    yield found
    found.run(found.store.close())
    found.loop.close()
    engines.wipe(connection)


def refused(room: Room, waiting: Any) -> str:
    with pytest.raises(Refused) as found:
        room.run(waiting)
    return found.value.words.code


def test_two_children_become_one_when_a_second_person_has_said_so_and_two_again_when_it_is_undone(room: Room) -> None:
    world = room.world("Ola", "Oli")
    before = room.run(room.store.fingerprint())
    ann, ben = room.asks(world), room.asks(world, "ben")
    one, other = (world.id_of(name, room.store.keyed) for name in ("Ola", "Oli"))
    made = room.run(judging.judge(ann, one, other, "same", "same mother, same street", at=AT))
    assert (made.state, room.things(world)) == (PENDING, 2)
    assert refused(room, judging.confirm(ann, made.record)) == "no-judgement"
    confirmed = room.run(judging.confirm(ben, made.record, at=AT + timedelta(hours=1)))
    assert (confirmed.record, confirmed.state, room.things(world)) == (made.record, STANDS, 1)
    (row,) = room.judged(ann)
    assert (row.who, row.second, row.verdict, len(row.rested_on), len(row.things)) == ("ann", "ben", "same", 2, 1)
    assert refused(room, judging.confirm(ben, made.record)) == "no-judgement"
    room.run(judging.undo(ben, made.record, "another child after all"))
    assert (room.things(world), room.judged(ann)) == (2, [])
    assert room.run(room.store.fingerprint()) == before


def test_a_changed_mind_is_a_new_version_of_the_same_judgement(room: Room) -> None:
    world = room.world("Associate:Taz", "Associate:Tariq")
    asks = room.asks(world)
    keys = [world.key(name) for name in ("Associate:Taz", "Associate:Tariq")]
    made = room.run(judging.judge(asks, *keys, "same", "one nickname", at=AT))
    assert (made.state, room.things(world)) == (STANDS, 1)
    again = room.run(judging.judge(asks, *reversed(keys), "different", "two men", at=AT + timedelta(minutes=5)))
    assert (again.record, room.things(world)) == (made.record, 2)
    assert [row.verdict for row in room.judged(asks)] == ["different"]
    versions = room.run(asks.ask("RECORD", record=made.record)).rows
    assert [version.current for version in versions] == [True, False]


def test_an_associate_who_is_a_listed_child_becomes_that_child_with_their_links(room: Room) -> None:
    world = room.world("Ola", "Associate:Taz")
    world.episode("with Taz", "Ola", datetime(2026, 10, 5, 20), with_=["Associate:Taz"])
    world.described("a peer", "Peer", name="Taz Quilfern")
    room.run(room.store.put(world.records, "test"))
    before = room.run(room.store.fingerprint())
    ann, ben = room.asks(world), room.asks(world, "ben")
    made = room.run(
        judging.judge(ann, world.key("Associate:Taz"), world.key("Peer"), "same", "named by nickname", at=AT)
    )
    room.run(judging.confirm(ben, made.record, at=AT))
    with engines.driver(room.connection) as driver:
        (row,) = driver.execute_query(
            "MATCH (e:Episode {reference: $name})-[w:WENT_WITH]->(c) RETURN labels(c)[0] AS kind",
            name=f"{world.owner}/with Taz",
            database_=room.connection.database,
        ).records
    assert row["kind"] == "Child"
    room.run(judging.undo(ann, made.record, "mistaken"))
    assert room.run(room.store.fingerprint()) == before


def test_undoing_the_middle_of_a_chain_splits_exactly_there(room: Room) -> None:
    names = ["Associate:A", "Associate:B", "Associate:C", "Associate:D"]
    world = room.world(*names)
    asks, keys = room.asks(world), [world.key(name) for name in names]
    pairs = list(pairwise(keys))
    made = [room.run(judging.judge(asks, *pair, "same", "one man", at=AT)) for pair in pairs]
    assert room.things(world) == 1
    room.run(judging.undo(asks, made[1].record, "two after all"))
    assert room.things(world) == 2
    whole = room.run(room.store.fingerprint())
    room.run(judging.undo(asks, made[0].record, "again"))
    again = room.run(judging.judge(asks, *pairs[0], "same", "one man", at=AT))
    assert (again.record, room.run(room.store.fingerprint())) == (made[0].record, whole)


def test_nobody_judges_what_they_do_not_see_or_may_not(room: Room) -> None:
    world = room.world("Ola", "Oli", compartments=("cse",))
    one, other = (world.id_of(name, room.store.keyed) for name in ("Ola", "Oli"))
    assert refused(room, judging.judge(room.asks(world, roles=()), one, other, "same", "why")) == "not-allowed"
    assert refused(room, judging.judge(room.asks(world), one, one, "same", "why")) == "no-judgement"
    assert refused(room, judging.judge(room.asks(world), one, other, "same", " ")) == "no-judgement"
    assert refused(room, judging.judge(room.asks(world), one, "upn:nobody", "same", "why")) == "not-found"
    stranger = room.asks(World("elsewhere"))
    assert refused(room, judging.judge(stranger, one, other, "same", "why")) == "not-found"
    made = room.run(judging.judge(room.asks(world), one, other, "not sure", "a like name", at=AT))
    uncleared = room.asks(world, "cat", held=())
    assert room.judged(uncleared) == []
    assert refused(room, judging.confirm(uncleared, made.record)) == "not-found"
    assert refused(room, judging.undo(uncleared, made.record, "why")) == "not-found"
    park = room.world("Ola", "Place:Park")
    assert refused(room, judging.judge(room.asks(park), park.key("Ola"), park.key("Place:Park"), "same", "why"))


def test_a_birth_that_comes_later_and_contradicts_re_opens_a_judgement(room: Room) -> None:
    world = room.world("Associate:Taz", "Associate:Tariq")
    asks = room.asks(world)
    made = room.run(
        judging.judge(asks, *(world.key(n) for n in ("Associate:Taz", "Associate:Tariq")), "same", "one man", at=AT)
    )
    assert room.run(asks.ask("REOPENED-JUDGEMENTS")).rows == ()
    later = world.described("told later", "Associate:Taz", name="Taz", born=date(1999, 1, 1))
    room.run(room.store.put([later], "test"))
    (row,) = room.run(asks.ask("REOPENED-JUDGEMENTS")).rows
    assert (row.judgement, room.things(world)) == (made.record, 1)
    assert row.against == ("date of birth",)
    assert [told.value for told in row.told if told.later] == ["1999-01-01"]
    # Judged again, with that record in view, it is settled.
    pair = [world.key(name) for name in ("Associate:Taz", "Associate:Tariq")]
    seen = [told.record for told in row.told]
    room.run(judging.judge(asks, *pair, "same", "his passport", rested_on=seen, at=AT + timedelta(days=1)))
    assert room.run(asks.ask("REOPENED-JUDGEMENTS")).rows == ()


LATER: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "another sex": ({"sex": "male"}, {"sex": "female"}, "sex"),
    "another day of death": ({"died": date(2026, 9, 1)}, {"died": date(2026, 9, 2)}, "date of death"),
    "a second UPN": ({"identifiers": ("upn A1",)}, {"identifiers": ("upn A2",)}, "upn"),
    "a second NHS number": ({"identifiers": ("nhs 943",)}, {"identifiers": ("nhs 944",)}, "nhs"),
    "a second number of one force": (
        {"identifiers": ("police:99 N1", "police:43 N8")},
        {"identifiers": ("police:99 N2", "police:12 N9")},
        "police:99",
    ),
}


@pytest.mark.parametrize("what", LATER)
def test_what_is_told_later_and_contradicts_re_opens_a_judgement(room: Room, what: str) -> None:
    before, after, against = LATER[what]
    world = room.world("Associate:Taz", "Associate:Tariq")
    asks, pair = room.asks(world), [world.key(name) for name in ("Associate:Taz", "Associate:Tariq")]
    known = world.described("known", "Associate:Taz", **before)
    room.run(room.store.put([known], "test"))
    made = room.run(judging.judge(asks, *pair, "same", "one man", at=AT))
    room.run(room.store.put([world.described("told again", "Associate:Tariq", **before)], "test"))
    assert room.run(asks.ask("REOPENED-JUDGEMENTS")).rows == ()
    later = world.described("told later", "Associate:Tariq", **after)
    room.run(room.store.put([later], "test"))
    (row,) = room.run(asks.ask("REOPENED-JUDGEMENTS")).rows
    assert (row.judgement, row.against) == (made.record, (against,))
    assert len({told.value for told in row.told}) == 2 and len(row.records) == 3
    # What contradicted already when it was judged again was seen by who judged, and told once more it is nothing new.
    room.run(judging.judge(asks, *pair, "same", "his passport", rested_on=row.records, at=AT + timedelta(days=1)))
    assert room.run(asks.ask("REOPENED-JUDGEMENTS")).rows == ()
    room.run(room.store.put([world.described("told once more", "Associate:Tariq", **after)], "test"))
    assert room.run(asks.ask("REOPENED-JUDGEMENTS")).rows == ()


def test_registers_that_differ_and_one_number_written_apart_contradict_nothing(room: Room) -> None:
    world = room.world("Associate:Taz", "Associate:Tariq")
    asks, pair = room.asks(world), [world.key(name) for name in ("Associate:Taz", "Associate:Tariq")]
    world.described("known", "Associate:Taz", identifiers=("police:99 N1", "nhs 943-476", "pupil a"), sex="Male")
    room.run(room.store.put(world.records[-1:], "test"))
    room.run(judging.judge(asks, *pair, "same", "one man", at=AT))
    world.described("later", "Associate:Tariq", identifiers=("police:43 N2", "nhs 943 476", "pupil b"), sex="male")
    room.run(room.store.put(world.records[-1:], "test"))
    assert room.run(asks.ask("REOPENED-JUDGEMENTS")).rows == ()


def test_a_judgement_that_rests_on_a_sealed_record_joins_for_nobody(room: Room) -> None:
    world = room.world("Associate:Taz", "Associate:Tariq", compartments=("trafficking",))
    before = room.run(room.store.fingerprint())
    cleared, other = room.asks(world, held=("trafficking",)), room.asks(world, "ben")
    one, two = (world.id_of(name, room.store.keyed) for name in ("Associate:Taz", "Associate:Tariq"))
    made = room.run(judging.judge(cleared, one, two, "same", "one man", at=AT))
    assert (made.state, room.things(world)) == (STANDS, 2)
    assert [row.other_id for row in room.run(cleared.ask("SAME-BY-SEALED", thing=one)).rows] == [two]
    assert [row.other_id for row in room.run(cleared.ask("SAME-BY-SEALED", thing=two)).rows] == [one]
    assert room.run(other.ask("SAME-BY-SEALED", thing=one)).rows == ()
    assert room.judged(other) == []
    room.run(judging.undo(cleared, made.record, "mistaken"))
    assert room.run(room.store.fingerprint()) == before


def test_judgements_stand_in_the_audit_without_their_words(room: Room) -> None:
    world = room.world("Associate:Taz", "Associate:Tariq")
    asks = room.asks(world)
    room.run(judging.judge(asks, *(world.key(n) for n in ("Associate:Taz", "Associate:Tariq")), "same", "nickname Zed"))
    text = room.audit.path.read_text()
    assert '"act":"judge"' in text
    assert "Zed" not in text
