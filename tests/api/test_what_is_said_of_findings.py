"""A finding is acknowledged or dismissed with a reason, stays so until a record comes that nobody had seen, and is told
of only to who sees all that it rested on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from missingnet.api import findings_said, judging
from missingnet.api.asks import Asks
from missingnet.api.refusals import Refused
from missingnet.api.screens.words import VERDICT_COLOUR
from missingnet.api.watching import Finding, Watched, watch
from missingnet.graph.catalogue import question
from missingnet.graph.engine import Connection
from missingnet.graph.judgements import VERDICTS
from missingnet.graph.records import VisibilityClass
from tests import engines
from tests.api.test_judging import AT, Room
from tests.api.test_the_command_line import run
from tests.api.test_the_watch import asked
from tests.builders import World
from tests.served import COORDINATOR, HEALTH, Partnership

HTML = {**COORDINATOR, "Accept": "text/html"}
RULE = "MASE-3-IN-3M"


@pytest.fixture(autouse=True)
def _now_is_the_first_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("missingnet.api.moments.this_minute", lambda: datetime(2026, 11, 1))


@pytest.fixture(scope="module")
def room(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    engines.wipe(connection)
    found = Room(connection, tmp_path_factory.mktemp("findings"))
    yield found
    found.run(found.store.close())
    found.loop.close()
    engines.wipe(connection)


@pytest.fixture
def one_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("missingnet.api.watching.watched_questions", lambda: [question(RULE)])


def world_of(room: Room) -> World:
    room.number += 1
    world = World(f"finding-{room.number}")
    for number, day in enumerate((5, 12, 20)):
        began = datetime(2026, 10, day, 20)
        world.episode(f"E{number}", "Ann", began, began + timedelta(hours=3))
    room.run(room.store.put(world.records, "test"))
    return world


def found_by(room: Room, asks: Asks, before: Watched | None = None) -> tuple[Watched, Finding]:
    watched: Watched = room.run(watch(asks, before))
    (one,) = watched.findings
    return watched, one


def standing(room: Room, asks: Asks, one: Finding) -> str:
    said = room.run(findings_said.said_of(asks, [one]))
    return str(findings_said.stands(said).get(one.id, "open"))


@pytest.mark.usefixtures("one_rule")
def test_it_stands_though_the_window_rolls_on_until_a_new_record_comes(room: Room) -> None:
    world = world_of(room)
    asks = room.asks(world)
    watched, one = found_by(room, asks)
    room.run(findings_said.judge_finding(asks, one, "dismissed", "all three were one school trip", at=AT))
    assert standing(room, asks, one) == "dismissed"
    assert sum(watched.digest(AT, {one.id: "dismissed"})[RULE].values()) == 1
    later = asks.at(AT + timedelta(days=120))
    gone, was = found_by(room, later, watched)
    assert was.gone is not None
    back, again = found_by(room, asks, gone)
    assert (again.what(AT), again.id, standing(room, asks, again)) == ("new", one.id, "dismissed")
    world.episode("E9", "Ann", datetime(2026, 10, 28, 20), datetime(2026, 10, 28, 22))
    room.run(room.store.put(world.records, "test"))
    tomorrow = asks.moment.as_at + timedelta(days=1)
    _, more = found_by(room, asks.at(tomorrow), back)
    assert (more.id, more.what(tomorrow), standing(room, asks, more)) == (one.id, "changed", "open")
    (before,) = room.run(findings_said.said_of(asks, [more]))[more.id]
    assert (before.verdict, before.holds, before.reason) == ("dismissed", False, "all three were one school trip")
    when = AT + timedelta(hours=1)
    made = room.run(findings_said.judge_finding(asks, more, "acknowledged", "her worker visits on Friday", at=when))
    assert standing(room, asks, more) == "acknowledged"
    assert made.record == before.judgement  # a changed mind is a new version of what was said before


@pytest.mark.usefixtures("one_rule")
def test_undone_it_leaves_no_trace_and_no_rule_is_asked_again_for_it(room: Room) -> None:
    world = world_of(room)
    asks = room.asks(world)
    _, one = found_by(room, asks)
    state, evidence, before = (
        room.run(wait()) for wait in (asks.store.state, asks.store.evidence, asks.store.fingerprint)
    )
    made = room.run(findings_said.judge_finding(asks, one, "acknowledged", "taken up", at=AT))
    assert (room.run(asks.store.state()), room.run(asks.store.evidence())) == (state + 1, evidence)
    room.run(judging.undo(asks, made.record, "another child"))
    assert (room.run(asks.store.state()), room.run(asks.store.evidence())) == (state + 2, evidence)
    assert room.run(asks.store.fingerprint()) == before
    assert standing(room, asks, one) == "open"
    world.episode("E9", "Ann", datetime(2026, 10, 28, 20), datetime(2026, 10, 28, 22))
    room.run(room.store.put(world.records, "test"))
    assert room.run(asks.store.evidence()) == evidence + 1


@pytest.mark.usefixtures("one_rule")
def test_who_may_not_see_what_it_rested_on_is_told_of_no_word_and_writes_over_none(room: Room) -> None:
    world = world_of(room)
    hidden = world.episode("E3", "Ann", datetime(2026, 10, 25, 20), datetime(2026, 10, 25, 23))
    world.records[-1] = replace(hidden, access=VisibilityClass(world.owner, (), ("cse",)))
    room.run(room.store.put(world.records, "test"))
    cleared, other = room.asks(world), room.asks(world, "ben", held=())
    _, whole = found_by(room, cleared)
    _, part = found_by(room, other)
    assert whole.id == part.id and set(part.records) < set(whole.records)
    sealed = room.run(findings_said.judge_finding(cleared, whole, "dismissed", "known to us", at=AT))
    assert standing(room, cleared, whole) == "dismissed"
    assert room.run(findings_said.said_of(other, [part])) == {} and room.judged(other) == []
    opened = room.run(findings_said.judge_finding(other, part, "acknowledged", "taken up", at=AT + timedelta(hours=1)))
    assert opened.record != sealed.record
    assert standing(room, other, part) == "acknowledged" and standing(room, cleared, whole) == "dismissed"
    with pytest.raises(Refused):  # what somebody else saw is not theirs to speak of
        room.run(findings_said.judge_finding(other, whole, "dismissed", "why", at=AT))


def test_a_finding_of_an_area_and_one_of_many_children_are_spoken_of_as_any_other(room: Room) -> None:
    world = world_of(room)
    asks = room.asks(world)
    (row,) = room.run(asks.ask(RULE)).rows
    records = tuple(sorted(row.evidence))
    area, beside = (
        Finding("HOTSPOT", json.dumps(["postcode district", None, name]), (), "", records, AT, None, None)
        for name in ("NN1", "NN2")
    )
    room.run(findings_said.judge_finding(asks, area, "dismissed", "the fair", at=AT))
    assert (standing(room, asks, area), standing(room, asks, beside)) == ("dismissed", "open")
    crowd = room.world("Ola", "Oli", "Ona", "Ula")
    things = tuple(sorted(crowd.id_of(name, room.store.keyed) for name in ("Ola", "Oli", "Ona", "Ula")))
    keys = room.run(room.asks(crowd).ask("THING-KEYS", things=list(things))).rows
    rests = tuple(sorted({record for row in keys for record in row.described}))
    many = Finding("GROUP-MISSING", json.dumps([list(things)]), things, "", rests, AT, None, None)
    room.run(findings_said.judge_finding(room.asks(crowd), many, "acknowledged", "met all four", at=AT))
    assert standing(room, room.asks(crowd), many) == "acknowledged"
    (row,) = room.judged(room.asks(crowd))
    assert [thing.id for thing in row.things] == list(things)
    nothing = replace(area, records=())
    assert _refused(room, findings_said.judge_finding(asks, nothing, "dismissed", "why")) == "no-judgement"
    line = replace(area, rule="POLICE-COUNCIL-MISMATCH")
    assert _refused(room, findings_said.judge_finding(asks, line, "dismissed", "why")) == "no-judgement"


def _refused(room: Room, waiting: Any) -> str:
    with pytest.raises(Refused) as found:
        room.run(waiting)
    return found.value.words.code


def test_every_verdict_has_its_colour() -> None:
    assert {verdict for words in VERDICTS.values() for verdict in words} <= VERDICT_COLOUR.keys()


def test_it_is_said_on_the_page_over_http_and_by_command(doors: TestClient, partnership: Partnership) -> None:
    told = asked(doors, COORDINATOR, rule=RULE)
    one = next(one for one in told["findings"] if one["things"] == [partnership.child])
    said = {"rule": RULE, "about": [one["finding"]], "verdict": "dismissed", "reason": "seen at school"}
    assert doors.post("/judgements/findings", json=said, headers=HEALTH).status_code == 403
    for wrong, status in (({"verdict": "blue"}, 422), ({"about": ["nobody"]}, 404), ({"seen": "other"}, 409)):
        assert doors.post("/judgements/findings", json={**said, **wrong}, headers=COORDINATOR).status_code == status
    made = doors.post("/judgements/findings", json={**said, "seen": one["seen"]}, headers=COORDINATOR)
    assert made.status_code == 201, made.text
    # Nothing has to be asked again, and what was dismissed is listed only where it is asked for.
    now = doors.get("/findings", headers=COORDINATOR, params={"rule": RULE}).json()
    assert now["state"] == "found" and one["finding"] not in {other["finding"] for other in now["findings"]}
    assert now["counts"][RULE]["dismissed"] == 1
    dismissed = doors.get("/findings", headers=COORDINATOR, params={"stands": "dismissed"}).json()["findings"]
    assert [(other["finding"], other["said"][0]["reason"]) for other in dismissed] == [
        (one["finding"], "seen at school")
    ]
    page = doors.get("/findings", headers=HTML, params={"stands": "dismissed"}).text
    found = re.search(rf"/findings/said/{made.json()['record']}/undo", page)
    assert found and "seen at school" in page, "what was said can be undone where it is shown"
    judged = doors.get("/matches/judged", headers=HTML)
    assert judged.status_code == 200 and "seen at school" in judged.text
    undone = doors.post(found[0], data={"reason": "wrong child"}, headers=HTML, follow_redirects=False)
    assert undone.status_code == 303
    page = doors.get("/findings", headers=HTML, params={"rule": RULE}).text
    form = {name: re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("finding", "of", "seen")}  # type: ignore[index]
    sent = {**form, "verdict": "acknowledged", "reason": "visited at home"}
    away = doors.post(f"/findings/said?rule={RULE}", data=sent, headers=HTML, follow_redirects=False)
    assert (away.status_code, away.headers["location"]) == (303, f"/findings?rule={RULE}")
    assert "visited at home" in doors.get("/findings", headers=HTML, params={"rule": RULE}).text
    shell = ("judge-finding", RULE, partnership.child, "--reader", "coordinator", "--purpose", "MASE case-12")
    spoken = run(partnership, *shell, "--reason", "met", "--dismissed", "--json")
    assert spoken.returncode == 0, spoken.stderr
    assert run(partnership, *shell, "--reason", "met", "--undo").returncode == 0
    assert run(partnership, *shell, "--reason", "met", "--undo").returncode == 2


def test_of_findings_hidden_from_a_reader_they_learn_nothing(doors: TestClient, partnership: Partnership) -> None:
    told = asked(doors, COORDINATOR, rule=RULE)
    one = next(one for one in told["findings"] if one["things"] == [partnership.child])
    said = {"rule": RULE, "about": [one["finding"]], "verdict": "acknowledged", "reason": "CANARY reason"}
    made = doors.post("/judgements/findings", json=said, headers=COORDINATOR).json()["record"]
    officer = {"X-Reader": "school-only", "X-Purpose": "EDUCATION roll-7"}
    asked(doors, officer)
    for address in ("/findings", "/judgements", "/findings?stands=acknowledged"):
        assert "CANARY" not in doors.get(address, headers=officer).text
    assert doors.get("/findings", headers=officer).json()["counts"].get(RULE, {}).get("acknowledged", 0) == 0
    chair = {"X-Reader": "chair", "X-Purpose": "OPERATIONAL-GROUP november"}
    for who in (officer, chair):
        hidden = doors.post("/judgements/findings", json={**said, "about": ["z" * 26]}, headers=who)
        assert hidden.status_code in (403, 404)
    assert doors.post(f"/judgements/{made}/undo", json={"reason": "done"}, headers=COORDINATOR).status_code == 204
