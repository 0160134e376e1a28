"""Whether a link still holds: said by a person who looked at its records, shown on it, and undone without a trace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from missingnet.api import judging
from missingnet.api.asks import Asks
from missingnet.graph.answers.ties import Tie
from missingnet.graph.engine import Connection
from missingnet.graph.records import LinkFact, Mention, VisibilityClass
from tests import engines
from tests.api.test_judging import AT, Room, refused
from tests.api.test_the_command_line import run
from tests.builders import World
from tests.served import COORDINATOR, HEALTH, Partnership

HTML = {**COORDINATOR, "Accept": "text/html"}


@pytest.fixture(scope="module")
def room(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    engines.wipe(connection)
    found = Room(connection, tmp_path_factory.mktemp("links"))
    yield found
    found.run(found.store.close())
    found.loop.close()
    engines.wipe(connection)


def world_of(room: Room) -> World:
    room.number += 1
    world = World(f"link-{room.number}")
    world.intelligence("I1", datetime(2025, 9, 1), "Ann", "friend", "Associate:Lee", grade="1A")
    room.run(room.store.put(world.records, "test"))
    return world


def link(room: Room, asks: Asks, world: World, kind: str = "linked to", other: str = "Associate:Lee") -> Tie:
    one, two = (world.id_of(name, room.store.keyed) for name in ("Ann", other))
    found: Tie = room.run(judging.tie_of(asks, one, two, kind))
    return found


def test_that_it_still_holds_moves_its_review_date_and_undone_leaves_no_trace(room: Room) -> None:
    world = world_of(room)
    before = room.run(room.store.fingerprint())
    asks = room.asks(world)
    tie = link(room, asks, world)
    assert (tie.review_by, tie.faded, tie.strength, tie.sources) == (date(2026, 9, 1), True, "medium", 1)
    made = room.run(judging.judge_link(asks, tie, "still holds", "seen by her social worker", at=AT))
    tie = link(room, asks, world)
    assert (tie.review_by, tie.faded, tie.strength, tie.sources) == (date(2027, 11, 2), False, "strong", 1)
    assert (tie.verdict, tie.said[0].reason, tie.last) == (
        "still holds",
        "seen by her social worker",
        datetime(2025, 9, 1),
    )
    # What had not been said by then moves nothing; a changed mind is a new version.
    assert link(room, asks.at(AT - timedelta(minutes=1)), world).faded
    again = room.run(judging.judge_link(asks, tie, "no longer holds", "he moved away", at=AT + timedelta(minutes=5)))
    assert again.record == made.record
    tie = link(room, asks, world)
    assert (tie.verdict, tie.strength, tie.faded, len(tie.said)) == ("no longer holds", "weak", True, 1)
    room.run(judging.undo(asks, made.record, "another man"))
    assert room.run(room.store.fingerprint()) == before


def test_that_it_no_longer_holds_stands_until_a_record_says_it_again(room: Room) -> None:
    world = world_of(room)
    asks = room.asks(world)
    room.run(judging.judge_link(asks, link(room, asks, world), "no longer holds", "he moved away", at=AT))
    due = room.run(asks.ask("LINKS-TO-REVIEW", child=world.id_of("Ann", room.store.keyed)))
    assert due.rows == () and "Left out: 1 said by a person to hold no longer." in due.notes
    world.intelligence("I2", datetime(2026, 11, 20), "Ann", "friend", "Associate:Lee", grade="1A")
    room.run(room.store.put(world.records, "test"))
    tie = link(room, asks, world)
    assert (tie.verdict, tie.strength, tie.faded, [one.holds for one in tie.said]) == (None, "strong", False, [False])


def test_who_may_not_see_what_it_was_said_of_is_told_of_no_judgement(room: Room) -> None:
    world = world_of(room)
    made = world.intelligence("I2", datetime(2025, 9, 2), "Ann", "friend", "Associate:Lee")
    world.records[-1] = replace(made, access=VisibilityClass(world.owner, (), ("cse",)))
    room.run(room.store.put(world.records, "test"))
    asks, other = room.asks(world), room.asks(world, "ben", held=())
    said = room.run(judging.judge_link(asks, link(room, asks, world), "still holds", "both say so", at=AT))
    assert link(room, asks, world).verdict == "still holds"
    seen = link(room, other, world)
    assert (seen.verdict, seen.said, seen.faded) == (None, (), True)
    assert refused(room, judging.undo(other, said.record, "why")) == "not-found"
    # They say it of what they see: a judgement of its own, beside the other.
    theirs = room.run(judging.judge_link(other, seen, "no longer holds", "nobody knows him", at=AT))
    assert theirs.record != said.record
    assert link(room, other, world).verdict == "no longer holds"
    assert link(room, asks, world).verdict == "still holds"
    assert refused(room, judging.judge_link(room.asks(world, roles=()), seen, "still holds", "why")) == "not-allowed"
    assert refused(room, judging.judge_link(asks, seen, "explained", "why")) == "no-judgement"
    things = [world.id_of(name, room.store.keyed) for name in ("Ann", "Associate:Lee")]
    assert refused(room, judging.tie_of(asks, *things, "uses")) == "not-found"
    assert refused(room, judging.tie_of(room.asks(World("elsewhere")), *things, "linked to")) == "not-found"


def test_where_somebody_lives_is_a_link_like_any_other(room: Room) -> None:
    world = world_of(room)
    made = world.described("D1", "Associate:Lee", name="Lee")
    home = Mention("Place", (world.key("Place:Row"),))
    stated = LinkFact("LIVES_AT", "whom", "home", observed_from=datetime(2025, 1, 1))
    world.records[-1] = replace(made, mentions={**made.mentions, "home": home}, links=(*made.links, stated))
    room.run(room.store.put(world.records, "test"))
    asks = room.asks(world)
    one, two = (world.id_of(name, room.store.keyed) for name in ("Associate:Lee", "Place:Row"))
    tie = room.run(judging.tie_of(asks, one, two, "lives at"))
    room.run(judging.judge_link(asks, tie, "still holds", "letters go there", at=AT))
    assert room.run(judging.tie_of(asks, two, one, "lives at")).verdict == "still holds"


def test_it_is_said_on_the_links_page_over_http_and_by_command(doors: TestClient, partnership: Partnership) -> None:
    ties = doors.get(f"/children/{partnership.child}/network?hops=1", headers=COORDINATOR).json()["rows"]
    tie = next(row for row in ties if row["kind"] == "found at")
    address = f"/link/{tie['from_id']}/{tie['to_id']}"
    of = {"kind": tie["kind"], "through": tie["through"]}
    page = doors.get(address, params=of, headers=HTML)
    assert page.status_code == 200 and "Nobody has said anything of it" in page.text
    sent = doors.post(address, params=of, data={"verdict": "no longer holds", "reason": "closed down"}, headers=HTML)
    assert sent.status_code == 303
    page = doors.get(sent.headers["location"], headers=HTML).text
    assert "Said to hold no longer" in page and "closed down" in page
    assert "Said to hold no longer" in doors.get(f"/child/{partnership.child}", headers=HTML).text
    (row,) = (one for one in doors.get("/judgements", headers=COORDINATOR).json()["rows"] if one["about"] == "link")
    recall = doors.get("/recall", params={"record": tie["records"][0]}, headers=COORDINATOR).json()
    assert row["record"] in {one["record"] for one in recall["judgements"]}
    undone = doors.post(f"{address}/{row['record']}/undo", params=of, data={"reason": "it is open"}, headers=HTML)
    assert undone.status_code == 303

    body: dict[str, Any] = {"one": tie["from_id"], "other": tie["to_id"], **of, "reason": "seen there"}
    for said, who, code in (
        ({**body, "verdict": "explained"}, COORDINATOR, 422),
        ({**body, "verdict": "still holds", "kind": "uses"}, COORDINATOR, 404),
        ({**body, "verdict": "still holds"}, HEALTH, 403),
        ({**body, "verdict": "still holds"}, COORDINATOR, 201),
    ):
        assert doors.post("/judgements/links", json=said, headers=who).status_code == code, said
    who = ("--reader", "coordinator", "--purpose", "MASE case-12", "--kind", tie["kind"], "--reason", "not so")
    ran = run(partnership, "judge-link", tie["from_id"], tie["to_id"], "--undo", *who)
    assert ran.returncode == 0 and "undone" in ran.stdout, ran
    ran = run(partnership, "judge-link", tie["from_id"], tie["to_id"], "--still-holds", *who[:4])
    assert ran.returncode != 0 and "--kind" in ran.stderr
    assert doors.get(address, params={**of, "kind": "uses"}, headers=HTML).status_code == 404
