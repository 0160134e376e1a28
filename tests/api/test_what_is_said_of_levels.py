"""Whose interview comes first: a person's word over the suggestion, kept and shown until new records come, undone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from missingnet.api import judging, refusals
from missingnet.api.refusals import Refused
from missingnet.graph.answers.triage import Triaged
from missingnet.graph.engine import Connection
from missingnet.graph.records import VisibilityClass
from tests import engines
from tests.api.test_judging import AT, Room
from tests.api.test_the_command_line import run
from tests.builders import World
from tests.served import COORDINATOR, HEALTH, Partnership

HTML = {**COORDINATOR, "Accept": "text/html"}


@pytest.fixture(scope="module")
def room(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    engines.wipe(connection)
    found = Room(connection, tmp_path_factory.mktemp("levels"))
    yield found
    found.run(found.store.close())
    found.loop.close()
    engines.wipe(connection)


def world_of(room: Room) -> World:
    room.number += 1
    world = World(f"level-{room.number}")
    for number, day in enumerate((5, 20)):
        began = datetime(2026, 10, day, 20)
        world.episode(f"E{number}", "Ann", began, began + timedelta(hours=3))
    room.run(room.store.put(world.records, "test"))
    return world


def level(room: Room, world: World, held: tuple[str, ...] = ("cse",)) -> Triaged:
    found: Triaged = room.run(judging.triaged_of(room.asks(world, held=held), world.id_of("Ann", room.store.keyed)))
    return found


def test_a_word_stands_until_a_new_record_comes_and_undone_leaves_no_trace(room: Room) -> None:
    world = world_of(room)
    before = room.run(room.store.fingerprint())
    row = level(room, world)
    assert (row.level, row.suggested, row.state, row.said) == ("amber", "amber", "just short", ())
    made = room.run(judging.judge_triage(room.asks(world), row, "green", "seen by her worker twice", at=AT))
    row = level(room, world)
    assert (row.level, row.suggested, row.state) == ("green", "amber", "not fired")
    assert row.why.endswith("said green: seen by her worker twice")
    room.run(judging.undo(room.asks(world), made.record, "another child"))
    assert room.run(room.store.fingerprint()) == before
    room.run(judging.judge_triage(room.asks(world), level(room, world), "green", "seen by her worker", at=AT))
    world.episode("E9", "Ann", datetime(2026, 10, 28, 20), datetime(2026, 10, 28, 22))
    room.run(room.store.put(world.records, "test"))
    row = level(room, world)
    assert (row.level, row.suggested, [one.holds for one in row.said]) == ("red", "red", [False])


def test_of_a_child_without_an_episode_or_whom_nobody_sees_there_is_no_level(room: Room) -> None:
    world = world_of(room)
    with pytest.raises(Refused) as caught:
        room.run(judging.triaged_of(room.asks(world), "nobody"))
    assert caught.value.words == refusals.NOT_FOUND


def test_who_may_not_see_what_it_rested_on_is_told_of_no_word(room: Room) -> None:
    world = world_of(room)
    hidden = world.episode("E3", "Ann", datetime(2026, 10, 25, 20), datetime(2026, 10, 25, 23))
    world.records[-1] = replace(hidden, access=VisibilityClass(world.owner, (), ("cse",)))
    room.run(room.store.put(world.records, "test"))
    row = level(room, world)
    assert (row.level, row.missing) == ("red", 3)
    room.run(judging.judge_triage(room.asks(world), row, "green", "all seen", at=AT))
    assert level(room, world).level == "green"
    seen = level(room, world, held=())
    assert (seen.level, seen.said) == ("amber", ())


def test_it_is_said_on_the_page_over_http_and_by_command(doors: TestClient, partnership: Partnership) -> None:
    page = doors.get("/triage", headers=HTML)
    assert page.status_code == 200
    asked = {"child": partnership.child, "verdict": "amber", "reason": "seen at school"}
    assert doors.post("/judgements/triage", json=asked, headers=HEALTH).status_code == 403
    assert doors.post("/judgements/triage", json={**asked, "verdict": "blue"}, headers=COORDINATOR).status_code == 422
    assert doors.post("/judgements/triage", json={**asked, "child": "nobody"}, headers=COORDINATOR).status_code == 404
    made = doors.post("/judgements/triage", json=asked, headers=COORDINATOR)
    assert made.status_code == 201, made.text
    page = doors.get("/triage", headers=HTML)
    assert "seen at school" in page.text
    found = re.search(rf"/triage/{made.json()['record']}/undo", page.text)
    assert found, "what was said can be undone where it is shown"
    undone = doors.post(found[0], data={"reason": "wrong child"}, headers=HTML, follow_redirects=False)
    assert undone.status_code == 303
    assert "seen at school" not in doors.get("/triage", headers=HTML).text
    shell = (
        "judge-triage",
        partnership.child,
        "--reader",
        "coordinator",
        "--purpose",
        "MASE case-12",
        "--reason",
        "met",
    )
    told = run(partnership, *shell, "--green", "--json")
    assert told.returncode == 0, told.stderr
    assert run(partnership, *shell, "--undo").returncode == 0
