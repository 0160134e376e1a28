"""RECALL: what rested on a record is told to those who see the record; what they may not know is not hinted at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from missingnet.api import judging, recalls
from missingnet.api.screens.record import who_sees
from missingnet.graph.answers.record_sources import RecordSource
from missingnet.graph.engine import Connection
from missingnet.graph.records import VisibilityClass
from tests import engines
from tests.api.test_judging import AT, Room, refused
from tests.served import AS_AT, COORDINATOR, SCHOOL, Partnership

CHAIR = {"X-Reader": "chair", "X-Purpose": "MASE case-12"}


@pytest.fixture(scope="module")
def room(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    engines.wipe(connection)
    found = Room(connection, tmp_path_factory.mktemp("recall"))
    yield found
    found.run(found.store.close())
    found.loop.close()
    engines.wipe(connection)


def test_a_judgement_is_recalled_by_what_it_rested_on_and_by_no_other_record(room: Room) -> None:
    world = room.world("Ola", "Oli")
    asks = room.asks(world)
    one, other = (world.id_of(name, room.store.keyed) for name in ("Ola", "Oli"))
    made = room.run(judging.judge(asks, one, other, "different", "two schools", at=AT))
    names = {
        record.key.removeprefix(f"{world.owner}/"): room.store.keyed("record", record.name) for record in world.records
    }
    for name, wanted in (("about Ola", [made.record]), ("about Oli", [made.record]), ("of Ola", [])):
        found = room.run(recalls.recall(asks, record=names[name]))
        assert [each.record for each in found.judgements] == wanted, name
    room.run(judging.undo(asks, made.record, "not so"))
    assert room.run(recalls.recall(asks, record=names["about Ola"])).judgements == ()


def test_who_does_not_see_what_else_a_judgement_rested_on_is_not_told_of_it(room: Room) -> None:
    world = room.world("Ana", "Ann", compartments=("cse",))
    cleared, other = room.asks(world), room.asks(world, "ben", held=())
    things = (world.id_of(name, room.store.keyed) for name in ("Ana", "Ann"))
    room.run(judging.judge(cleared, *things, "different", "two mothers", at=AT))
    records = [room.store.keyed("record", record.name) for record in world.records]
    seen = {
        row.record
        for row in room.run(other.ask("RECORD-SOURCES", records=records)).rows
        if isinstance(row, RecordSource)
    }
    hidden = set(records) - seen
    assert seen and hidden
    assert all(room.run(recalls.recall(other, record=record)).judgements == () for record in seen)
    assert any(room.run(recalls.recall(cleared, record=record)).judgements for record in seen)
    assert all(refused(room, recalls.recall(other, record=record)) == "not-found" for record in hidden)
    assert refused(room, recalls.recall(cleared.at(AT - timedelta(days=1)), file_hash="no such file")) == "not-found"


def test_a_pack_is_recalled_by_each_record_in_it_for_the_agency_that_made_it(
    doors: TestClient, partnership: Partnership
) -> None:
    def packs() -> list[dict[str, str]]:
        found = doors.get("/recall", params={"record": partnership.record}, headers=COORDINATOR)
        recalled: list[dict[str, str]] = found.json()["packs"]
        return recalled

    # Other tests of this partnership make packs too.
    before = packs()
    asked = {"child": partnership.child, "format": "json", "as_at": AS_AT}
    assert doors.get("/packs/mase", params=asked, headers=COORDINATOR).status_code == 200
    assert packs()[: len(before)] == before
    (made,) = packs()[len(before) :]
    assert (made["what"], made["who"]) == ("pack MASE", "coordinator")
    others = doors.get("/recall", params={"record": partnership.record}, headers=CHAIR).json()["packs"]
    assert "coordinator" not in {each["who"] for each in others}
    page = doors.get(
        f"/record/{partnership.record}?recall=yes&as_at={AS_AT}", headers={**COORDINATOR, "Accept": "text/html"}
    )
    assert "pack MASE (by coordinator" in page.text
    assert "Who may see it" in page.text


def test_by_a_file_every_record_of_it_that_the_reader_sees(doors: TestClient, partnership: Partnership) -> None:
    (version, *_) = doors.get(f"/records/{partnership.record}?as_at={AS_AT}", headers=COORDINATOR).json()["rows"]
    found = doors.get("/recall", params={"file": version["file_hash"]}, headers=COORDINATOR).json()
    assert partnership.record in found["records"]
    assert found["packs"]


def test_a_record_that_is_hidden_and_one_that_is_not_there_are_the_same(
    doors: TestClient, partnership: Partnership
) -> None:
    told = []
    for record in (partnership.record, "a" * 26):
        found = doors.get("/recall", params={"record": record}, headers=SCHOOL)
        told.append((found.status_code, found.json()["error"]))
    assert told == [(404, "not-found")] * 2
    assert doors.get("/recall", headers=COORDINATOR).status_code == 422


@pytest.mark.parametrize(
    ("access", "words"),
    [
        (VisibilityClass("99", ("public",)), ("Everybody: it comes from a register that anybody may read.",)),
        (VisibilityClass("99"), ("Readers of Police force 99 only.",)),
        (
            VisibilityClass("99", ("997",), ("cse",), "C", "not to the family"),
            (
                "Readers of Police force 99, and those who work for 997.",
                "Of these, only who holds, and asks for a purpose that opens, cse and handling-conditions.",
                "Handling: C sharing permitted with conditions: not to the family.",
            ),
        ),
    ],
)
def test_who_may_see_a_record_in_words(access: VisibilityClass, words: tuple[str, ...]) -> None:
    assert who_sees(access) == words
