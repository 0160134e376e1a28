"""How a difference between agencies' records stands: said by a person, carried forward, open again when it changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from missingnet.api import judging, recalls
from missingnet.api.asks import Asks
from missingnet.api.refusals import Refused
from missingnet.graph.answers.disagreements import said_of
from missingnet.graph.answers.police_council_mismatch import Mismatch
from missingnet.graph.engine import Connection
from missingnet.graph.records import Record, VisibilityClass
from tests import engines
from tests.api.test_judging import AT, Room, refused
from tests.builders import EXTRACT, World

PERIOD = {"since": datetime(2026, 8, 1), "until": datetime(2026, 11, 1)}


@pytest.fixture(scope="module")
def room(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    engines.wipe(connection)
    found = Room(connection, tmp_path_factory.mktemp("lines"))
    yield found
    found.run(found.store.close())
    found.loop.close()
    engines.wipe(connection)


def world_of(room: Room, **held_apart: tuple[str, ...]) -> World:
    """A looked-after child whom the police hold for a night in September, and whose council's files cover that."""
    room.number += 1
    world = World(f"line-{room.number}")
    world.placement("PA", "Ann", "Home:Elm", date(2026, 1, 1))
    told(world, "P1", 9, 20)
    told(world, "C0", 2, 0, council=True, child="Ben", hours=24)
    for name, compartments in held_apart.items():
        at = next(n for n, record in enumerate(world.records) if record.key.endswith(f"/{name}"))
        world.records[at] = replace(world.records[at], access=VisibilityClass(world.owner, (), compartments))
    room.run(room.store.put(world.records, "test"))
    return world


def told(
    world: World, name: str, day: int, hour: int, *, council: bool = False, child: str = "Ann", hours: int = 7
) -> Record:
    began = datetime(2026, 9, day, hour) - timedelta(hours=1)
    more: dict[str, Any] = {"agency": "99", "source": "police_missing"}
    if council:
        more = {"agency": "997", "source": "ssda903_missing", "precision": "day"}
    return world.episode(name, child, began, began + timedelta(hours=hours), **more)


def rows(room: Room, asks: Asks) -> list[Mismatch]:
    answer = room.run(asks.ask("POLICE-COUNCIL-MISMATCH", **PERIOD))
    return [row for row in answer.rows if isinstance(row, Mismatch)]


def line(room: Room, asks: Asks, records: set[str], world: World) -> Mismatch:
    names = world.names(room.store.keyed)
    (found,) = (row for row in rows(room, asks) if {names[r] for r in row.records} == records)
    return found


def test_what_is_said_is_carried_forward_until_the_line_is_another(room: Room) -> None:
    world = world_of(room)
    before = room.run(room.store.fingerprint())
    asks = room.asks(world)
    assert line(room, asks, {"P1"}, world).state == "open"
    said = room.run(
        judging.judge_line(asks, line(room, asks, {"P1"}, world), "explained", "not yet on their system", at=AT)
    )
    found = line(room, asks, {"P1"}, world)
    assert (found.state, found.said[0].who, found.said[0].holds, found.still_told) == ("explained", "ann", True, False)
    room.run(judging.undo(asks, said.record, "of another child"))
    assert room.run(room.store.fingerprint()) == before

    again = room.run(judging.judge_line(asks, found, "corrected at source", "they have it now", at=AT))
    assert again.record == said.record
    # The next file of the council tells nothing new of it: it stands, and that it is told as before is seen.
    later = told(world, "C9", 28, 0, council=True, child="Ben", hours=24)
    room.run(room.store.put([replace(later, extract=EXTRACT + timedelta(days=30))], "test"))
    found = line(room, asks, {"P1"}, world)
    assert (found.state, found.still_told) == ("corrected at source", True)
    # Then the council has it too, by another day: another line, open, which shows what was said before.
    told(world, "C1", 9, 0, council=True, hours=72)
    room.run(room.store.put(world.records[-1:], "test"))
    found = line(room, asks, {"P1", "C1"}, world)
    assert (found.state, found.differences) == ("open", ("ends apart",))
    assert [(one.verdict, one.holds, one.said_of) for one in found.said] == [
        ("corrected at source", False, ("not in the council's records",))
    ]


def test_a_line_whose_records_disagree_by_more_than_before_is_open_again(room: Room) -> None:
    world = world_of(room)
    asks = room.asks(world)
    told(world, "C1", 9, 0, council=True, hours=72)
    room.run(room.store.put(world.records[-1:], "test"))
    made = room.run(
        judging.judge_line(asks, line(room, asks, {"P1", "C1"}, world), "accepted", "they count nights", at=AT)
    )
    assert line(room, asks, {"P1", "C1"}, world).state == "accepted"
    room.run(
        judging.judge_line(
            asks, line(room, asks, {"P1", "C1"}, world), "open", "not so sure", at=AT + timedelta(minutes=5)
        )
    )
    found = line(room, asks, {"P1", "C1"}, world)
    assert (found.state, [one.verdict for one in found.said]) == ("open", ["open"])
    room.run(judging.judge_line(asks, found, "accepted", "they do", at=AT + timedelta(minutes=9)))
    changed = told(world, "C1", 9, 0, council=True, hours=24 * 9)
    room.run(room.store.put([replace(changed, extract=EXTRACT + timedelta(days=30))], "test"))
    found = line(room, asks, {"P1", "C1"}, world)
    assert (found.state, [one.holds for one in found.said]) == ("open", [False])
    # A month earlier, nothing had been said of it.
    earlier = line(room, asks.at(AT - timedelta(minutes=1)), {"P1", "C1"}, world)
    assert (earlier.state, earlier.said) == ("open", ())
    assert room.run(recalls.recall(asks, record=found.records[0])).judgements[0].record == made.record


def test_nobody_says_anything_of_a_line_that_they_may_not_judge_or_do_not_see(room: Room) -> None:
    world = world_of(room, P1=("cse",))
    asks, other = room.asks(world), room.asks(world, "ben", held=())
    found = line(room, asks, {"P1"}, world)
    assert refused(room, judging.judge_line(room.asks(world, roles=()), found, "explained", "why")) == "not-allowed"
    assert refused(room, judging.judge_line(asks, found, "explained", " ")) == "no-judgement"
    assert refused(room, judging.judge_line(asks, found, "same", "one")) == "no-judgement"
    made = room.run(judging.judge_line(asks, found, "explained", "a plan that they know of", at=AT))
    assert [row for row in room.judged(other) if row.record == made.record] == []
    assert refused(room, judging.undo(other, made.record, "why")) == "not-found"
    assert judging.line_of(rows(room, asks), found.records[:1], said_of(found)).records == found.records
    for asker, records, said, code in (
        (asks, found.records, ("ends apart by 3.0 hours",), "no-judgement"),
        (asks, ["a" * 26], (), "not-found"),
        (other, found.records, (), "not-found"),
    ):
        with pytest.raises(Refused, match=code):
            judging.line_of(rows(room, asker), records, said)
