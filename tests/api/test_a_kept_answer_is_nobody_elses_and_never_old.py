"""An answer kept is shown to who may see it and said the same, while nothing has changed; to nobody else, never after.

What may change: the graph (by this service, or by another process, within two seconds), a reader's grants, the
rulebook's values.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from missingnet.api.opening import opened
from missingnet.graph.records import LinkFact, Mention, Provenance, Record, VisibilityClass
from missingnet.graph.removal import Removal, remove
from missingnet.graph.store import Store
from tests.served import AS_AT, COORDINATOR, HEALTH, SCHOOL, Partnership

CHAIR = {"X-Reader": "chair", "X-Purpose": "OPERATIONAL-GROUP november"}
NURSE_FOR_DATA = {**HEALTH, "X-Purpose": "DATA-QUALITY week-44"}
COORDINATOR_FOR_DATA = {**COORDINATOR, "X-Purpose": "DATA-QUALITY week-44"}
EVERYBODY = (COORDINATOR, CHAIR, HEALTH, SCHOOL, NURSE_FOR_DATA, COORDINATOR_FOR_DATA)
SECONDS = 2.0
"""How long another process's batch may go unnoticed (Store.state)."""
UNDO = Removal("ann", "mistaken", refuse_again=False)
NEW = Record(
    source="council_lists",
    agency="997",
    key="D-new",
    label="Description",
    facts={"name": "Newly Told"},
    mentions={"whom": Mention("Child", ("council:997:500001",))},
    links=(LinkFact("DESCRIBED_BY", "whom", "record"),),
    access=VisibilityClass("997", ("997",)),
    extract=date(2026, 10, 30),
    provenance=Provenance("new.csv", "f" * 64, 1),
    raw={},
)


def addresses(of: Partnership, minute: int) -> list[str]:
    """Small answers about one child, one adult and all, as at a minute that no other test asks about."""
    at = f"as_at={AS_AT}T07:{minute:02}"
    return [
        *(f"/children/{of.child}/{what}?{at}" for what in ("identity", "timeline", "network")),
        f"/things/{of.adult}/network?{at}",
        f"/children/mase?{at}",
    ]


def told(doors: TestClient, address: str, headers: dict[str, str]) -> tuple[int, Any]:
    """How it was answered, and with which rows: what is held to here is what is answered, not how soon."""
    for _ in range(4):
        found = doors.get(address, headers=headers)
        if found.status_code != 503:
            break
    return found.status_code, found.json().get("rows")


def test_of_many_who_ask_at_once_each_is_told_what_they_alone_would_be(
    doors: TestClient, partnership: Partnership
) -> None:
    alone = {
        (at, who): told(doors, address, headers)
        for at, address in enumerate(addresses(partnership, 1))
        for who, headers in enumerate(EVERYBODY)
    }
    assert len({repr(alone[0, who]) for who in range(len(EVERYBODY))}) > 2
    asked = [(at, who) for _ in range(3) for at in range(len(addresses(partnership, 1))) for who in range(6)]
    with ThreadPoolExecutor(8) as people:
        found = list(
            people.map(lambda a: told(doors, addresses(partnership, 2)[a[0]], EVERYBODY[a[1]]), reversed(asked))
        )
    for (at, who), one in zip(reversed(asked), found, strict=True):
        assert one == alone[at, who], (at, who)


def descriptions(doors: TestClient, of: Partnership) -> set[str]:
    """The records by which the child is described, in an answer that is always asked for alike."""
    status, rows = told(doors, addresses(of, 3)[0], COORDINATOR)
    assert status == 200
    return {row["record"] for row in rows if row["label"] == "Description"}


def new_one(doors: TestClient) -> str:
    store: Store = doors.app.state.store  # type: ignore[attr-defined]
    return store.keyed("record", NEW.name)


@contextmanager
def put(doors: TestClient) -> Iterator[None]:
    """The new record stands, written by the service itself; then it never was."""
    store, portal = doors.app.state.store, doors.portal  # type: ignore[attr-defined]
    assert portal is not None
    assert portal.call(store.put, [NEW], "test") == ["loaded"]
    try:
        yield
    finally:
        portal.call(partial(remove, store, [store.keyed("record", NEW.name)], removal=UNDO))


def test_what_is_loaded_stands_in_the_next_answer_and_what_is_removed_does_not(
    doors: TestClient, partnership: Partnership
) -> None:
    before = descriptions(doors, partnership)
    with put(doors):
        assert descriptions(doors, partnership) == before | {new_one(doors)}
    assert descriptions(doors, partnership) == before


def test_what_another_process_loads_stands_in_the_answer_two_seconds_later(
    doors: TestClient, partnership: Partnership
) -> None:
    async def elsewhere(store: Store, *, gone: bool) -> None:
        if gone:
            await remove(store, [store.keyed("record", NEW.name)], removal=UNDO)
        else:
            await store.put([NEW], "test")

    async def beside(*, gone: bool) -> None:
        async with opened(partnership.settings) as store:
            await elsewhere(store, gone=gone)

    before = descriptions(doors, partnership)
    try:
        asyncio.run(beside(gone=False))
        time.sleep(SECONDS)
        assert descriptions(doors, partnership) == before | {new_one(doors)}
    finally:
        asyncio.run(beside(gone=True))
    time.sleep(SECONDS)
    assert descriptions(doors, partnership) == before


def test_what_is_taken_from_a_reader_is_gone_with_the_next_question(
    doors: TestClient, partnership: Partnership
) -> None:
    readers: Path = partnership.settings.home / "readers.toml"
    headers = {"X-Reader": "temp", "X-Purpose": "MASE case-12"}
    address = addresses(partnership, 4)[1]

    def episodes(areas: str) -> int:
        readers.write_text(f'[temp]\ntitle = "T"\nagency = "t"\nroles = []\nareas = [{areas}]\ncompartments = []\n')
        return len(told(doors, address, headers)[1] or ())

    try:
        first = episodes('"997"')
        assert first > 0
        assert [episodes(""), episodes('"997"'), episodes('"998"')] == [0, first, 0]
    finally:
        readers.unlink()


def test_another_value_in_the_rulebook_is_another_answer(
    doors: TestClient, partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISSINGNET_HOME", str(partnership.settings.home))
    local: Path = partnership.settings.home / "rulebook.toml"
    address = addresses(partnership, 5)[4]

    def asked() -> tuple[int, int]:
        found = doors.get(address, headers=COORDINATOR).json()
        return found["parameters"]["min_episodes"], found["total"]

    usual = asked()
    try:
        local.write_text('["MASE-3-IN-3M"]\nmin_episodes = 99\n')
        assert asked()[0] == 99 != usual[0]
    finally:
        local.unlink()
    assert asked() == usual
