"""Several pairs judged at once: those alone that agree exactly in an identifier, and undone they leave no trace."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from missingnet.api import judging
from missingnet.api.app import create_app
from missingnet.api.judging_in_bulk import confirm_exact, judge_exact
from missingnet.api.reader import Asker
from missingnet.api.refusals import Refused
from missingnet.api.suggestions import Shelf
from missingnet.graph import access
from missingnet.graph.access import Purpose, VisibilityClass
from missingnet.graph.engine import Connection
from missingnet.graph.judgements import PENDING, STANDS
from missingnet.graph.keyed import Keyed
from missingnet.graph.records import Mention
from missingnet.settings import Settings
from tests import engines
from tests.api.test_judging import AT, Room
from tests.api.test_the_command_line import run
from tests.builders import World, kind_and_name
from tests.served import COORDINATOR, HEALTH, audit_lines

BORN = date(2010, 3, 4)
HTML = {**COORDINATOR, "Accept": "text/html"}
Two = tuple[str, str]
CHILDREN = ("Ola", "Oli")
MEN = ("Associate:Taz", "Associate:Tariq")


@pytest.fixture(scope="module")
def room(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    engines.wipe(connection)
    found = Room(connection, tmp_path_factory.mktemp("bulk"))
    yield found
    found.run(found.store.close())
    found.loop.close()
    engines.wipe(connection)


def key_of(world: World, register: str, thing: str) -> str:
    return f"{register}:{world.owner}-{kind_and_name(thing)[1]}"


def numbered(
    world: World, thing: str, *numbers: str, own: str = "council:997", born: date = BORN, **facts: Any
) -> None:
    """A thing described with a number of its own register, and numbers of others: UPN and the like."""
    made = world.described(f"about {thing} {born} {numbers}", thing, name=thing, born=born, **facts)
    (slot,) = made.mentions
    keys = (key_of(world, own, thing), *(f"{number}-{world.owner}" for number in numbers))
    world.records[-1] = replace(made, mentions={slot: Mention(made.mentions[slot].label, keys)})


def alike(world: World, *pairs: Two, upn: str = "upn:A") -> None:
    """Pairs with one UPN each, which joins nobody: a third record gives it with another date of birth."""
    for number, (one, other) in enumerate(pairs):
        numbered(world, one, f"{upn}{number}")
        numbered(world, other, f"{upn}{number}", own="police:99")
        numbered(world, f"Typing error {upn[-1]}{number}", f"{upn}{number}", own="council:998", born=date(1990, 1, 1))


def ids(keyed: Keyed, world: World, *pairs: Two) -> list[Two]:
    """Each pair's ids: of one by the council's number, of the other by the police's."""
    return [
        (keyed("thing", key_of(world, "council:997", one)), keyed("thing", key_of(world, "police:99", other)))
        for one, other in pairs
    ]


def words(room: Room, waiting: Any) -> str:
    with pytest.raises(Refused) as found:
        room.run(waiting)
    return found.value.detail


def test_pairs_that_agree_exactly_are_judged_confirmed_and_undone_and_leave_no_trace(room: Room) -> None:
    room.number += 1
    world = World(f"bulk-{room.number}")
    alike(world, CHILDREN, MEN)
    room.run(room.store.put(world.records, "test"))
    before, apart = room.run(room.store.fingerprint()), room.things(world)
    ann, ben = room.asks(world), room.asks(world, "ben")
    pairs = ids(room.store.keyed, world, CHILDREN, MEN)
    made = room.run(judge_exact(ann, pairs, "one UPN", at=AT))
    assert [one.state for one in made] == [PENDING, STANDS]
    assert room.things(world) == apart - 1
    waiting = made[0].record
    assert "not the one who judged" in words(room, confirm_exact(ann, [waiting]))
    (confirmed,) = room.run(confirm_exact(ben, [waiting], at=AT + timedelta(hours=1)))
    assert (confirmed.record, confirmed.state, room.things(world)) == (waiting, STANDS, apart - 2)
    assert "waits for nobody" in words(room, confirm_exact(ben, [waiting]))
    rows = {row.record: row for row in room.judged(ann)}
    assert [(rows[one.record].reason, rows[one.record].sentence) for one in made] == [
        ("one UPN", "the same number in 1 register")
    ] * 2
    for one in made:
        room.run(judging.undo(ben, one.record, "two after all"))
    assert room.run(room.store.fingerprint()) == before


def test_whatever_else_speaks_for_a_pair_it_is_refused_in_bulk_and_nothing_is_recorded(room: Room) -> None:
    room.number += 1
    world = World(f"bulk-{room.number}")
    alike(world, MEN)
    numbered(world, "Ann")
    numbered(world, "Anne", own="police:99")
    alike(world, ("Bea", "Bee"), ("Cat", "Cath"), ("Dee", "Di"), upn="upn:B")
    numbered(world, "Bea", "upn:X1")
    numbered(world, "Bee", "upn:X2", own="police:99")
    numbered(world, "Cath", own="police:99", born=date(2012, 9, 9))
    numbered(world, "Dee", sex="female")
    numbered(world, "Di", own="police:99", sex="male")
    room.run(room.store.put(world.records, "test"))
    before = room.run(room.store.fingerprint())
    asks = room.asks(world)
    pairs = ids(room.store.keyed, world, MEN, ("Ann", "Anne"), ("Bea", "Bee"), ("Cat", "Cath"), ("Dee", "Di"))
    said = words(room, judge_exact(asks, pairs, "alike"))
    assert "number 1:" not in said and "Nothing was recorded" in said
    for part in (
        "number 2: no register gives them one number",
        "number 3: a register gives them different numbers",
        "number 4: their dates of birth differ",
        "number 5: their sexes differ",
    ):
        assert part in said
    assert words(room, judge_exact(asks, [], "alike")).startswith("Choose at least one; where none is offered")
    assert "Choose each once" in words(room, judge_exact(asks, [pairs[0]] * 2, "alike"))
    assert "Say why" in words(room, judge_exact(asks, pairs[:1], " "))
    assert words(room, judge_exact(room.asks(world, roles=()), pairs[:1], "alike"))
    assert room.judged(asks) == []
    room.run(judging.judge(asks, *pairs[0], "not sure", "two spellings", at=AT))
    assert "somebody has said: not sure" in words(room, judge_exact(asks, pairs[:1], "alike"))
    room.run(judging.undo(asks, room.judged(asks)[0].record, "again"))
    assert room.run(room.store.fingerprint()) == before


def test_a_number_that_the_reader_does_not_see_is_none_and_one_that_few_see_is_judged_for_those(room: Room) -> None:
    room.number += 1
    world = World(f"bulk-{room.number}")
    alike(world, MEN)
    world.records[1] = replace(world.records[1], access=VisibilityClass(world.owner, (), ("cse",)))
    numbered(world, MEN[1], own="police:99")
    room.run(room.store.put(world.records, "test"))
    cleared, other = room.asks(world), room.asks(world, "cat", held=())
    pairs = ids(room.store.keyed, world, MEN)
    assert "number 1: no register gives them one number" in words(room, judge_exact(other, pairs, "alike"))
    (made,) = room.run(judge_exact(cleared, pairs, "one UPN", at=AT))
    assert [row.record for row in room.judged(cleared)] == [made.record]
    assert room.judged(other) == []


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Settings, World, list[Two]]]:
    """A service of its own with two pairs that agree exactly and one that does not, and the queue worked out."""
    world = World("997")
    alike(world, CHILDREN, MEN)
    numbered(world, "Ann", "nhs:1")
    numbered(world, "Anne", "nhs:2", own="police:99")
    with (
        engines.embedded(tmp_path_factory.mktemp("bulk-doors")) as settings,
        TestClient(create_app(settings), base_url="http://127.0.0.1:8000", follow_redirects=False) as client,
    ):
        store = client.app.state.store  # type: ignore[attr-defined]
        client.portal.call(store.put, world.records, "test")  # type: ignore[union-attr]
        yield client, settings, world, ids(store.keyed, world, CHILDREN, MEN, ("Ann", "Anne"))


def _kept(client: TestClient, settings: Settings, pairs: list[Two]) -> None:
    """The queue of the coordinator: these pairs."""
    asker = Asker(access.reader("coordinator"), Purpose("MASE", "case-12"))
    found = [
        {"one": min(two), "other": max(two), "probability": 0.9, "weight": 3.0, "sentence": "same forename"}
        | {"steps": [], "rules": []}
        for two in pairs
    ]
    batches = client.portal.call(client.app.state.store.state)  # type: ignore[union-attr, attr-defined]
    kept = {"worked_out": "2026-11-02T09:00:00", "batches": batches, "described": 8, "unanswered": [], "pairs": found}
    Shelf(settings)._kept.keep(asker, "people", kept)


def test_pages_routes_and_the_command_judge_in_bulk(behind: tuple[TestClient, Settings, World, list[Two]]) -> None:
    client, settings, _, pairs = behind
    _kept(client, settings, pairs)
    page = client.get("/matches?kind=people", headers=HTML).text
    for one, other in pairs[:2]:
        assert f'value="{min(one, other)} {max(one, other)}"' in page
    assert page.count('name="pair"') == 2 and 'action="/matches/bulk"' in page
    form = {"pair": [" ".join(sorted(two)) for two in pairs], "reason": "one UPN"}
    refused = client.post("/matches/bulk", data=form, headers=HTML)
    assert refused.status_code == 409 and "number 3: no register gives them one number" in refused.text
    body = {"pairs": [{"one": one, "other": other} for one, other in pairs[:1]], "reason": "one UPN of Zed"}
    assert client.post("/judgements/bulk", json=body, headers=HEALTH).status_code == 403
    (made,) = client.post("/judgements/bulk", json=body, headers=COORDINATOR).json()["made"]
    assert made["state"] == PENDING
    own = client.post("/judgements/bulk/confirm", json={"records": [made["record"]]}, headers=COORDINATOR)
    assert own.status_code == 409
    page = client.get("/matches/judged", headers=HTML).text
    assert "Somebody else must confirm it" in page and 'name="record"' not in page
    chosen = {"pair": " ".join(sorted(pairs[1])), "reason": "one UPN"}
    assert client.post("/matches/bulk", data=chosen, headers=HTML).status_code == 303
    lines = [line for line in audit_lines(settings) if line["act"] == "judge in bulk"]
    assert [line["outcome"] for line in lines] == ["begun", "done"] * 2
    assert "Zed" not in json.dumps(lines)
    undone = client.post(f"/matches/judged/{made['record']}/undo", data={"reason": "again"}, headers=HTML)
    assert undone.status_code == 303
    who = ("--reader", "coordinator", "--purpose", "MASE case-12", "--reason", "one UPN")
    ran = run(settings, "judge-exact", ",".join(pairs[2]), *who)
    assert ran.returncode != 0 and "no register gives them one number" in ran.stderr
    ran = run(settings, "judge-exact", *who, "--json")
    assert ran.returncode == 0, ran
    assert [one["state"] for one in json.loads(ran.stdout)["made"]] == [PENDING]
    ran = run(settings, "judge-exact", "--confirm", *who)
    assert ran.returncode != 0 and "Choose at least one" in ran.stderr
