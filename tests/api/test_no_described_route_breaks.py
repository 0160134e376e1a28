"""No described route ends in a fault of the service, or in an answer that is not described, whatever is asked (S4)."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient

from tests.fuzzing import ADDRESS, fuzz
from tests.served import COORDINATOR, SCHOOL, Partnership

BOARD = {"X-Reader": "board", "X-Purpose": "STATISTICS q3"}
ROLES = {"coordinator": COORDINATOR, "school": SCHOOL, "board": BOARD}
SECONDS = 40.0
LEAST = 40
"""Routes that are asked in the time that there is, however slow the machine."""


def test_every_route_answers_as_described(
    doors: TestClient, partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Work in the background is not begun: what is tried is the door. Nothing that is asked changes the graph."""
    state: Any = doors.app.state  # type: ignore[attr-defined]
    for part in (state.suggestions, state.watches):
        monkeypatch.setattr(part, "begin", lambda *asked: None)
    before = doors.portal.call(state.store.fingerprint)  # type: ignore[union-attr]
    description = doors.get("/openapi.json").json()
    known = {
        "child": partnership.child,
        "thing": partnership.adult,
        "record": partnership.record,
        "one": partnership.child,
        "other": partnership.other,
        "rule": "MASE-3-IN-3M",
        "table": "EPISODES-BY-MONTH",
    }
    tried = fuzz(doors, description, ROLES, known, SECONDS)
    assert list(tried.faults) == []
    described = {f"{method.upper()} {path}" for path, methods in description["paths"].items() for method in methods}
    assert tried.routes <= described and len(tried.routes) >= LEAST
    answered = Counter[tuple[str, int]]()
    for (reader, _, status), many in tried.answers.items():
        answered[reader, status] += many
    assert answered["coordinator", 200] and answered["school", 200] and answered["board", 403], answered
    assert doors.portal.call(state.store.fingerprint) == before  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["0001-01-01", "0004-06-30", "9999-12-31", "2026-10-31T99:00", "1899-12-31"])
def test_a_day_beyond_the_calendar_is_refused(doors: TestClient, text: str) -> None:
    """Found by asking so: what is counted back from such a day lies before the first."""
    for params in ({"as_at": text}, {"since": text}, {"known_at": text}):
        found = doors.get("/children/mase", params=params, headers=COORDINATOR)
        assert found.status_code == 422, params


@pytest.mark.parametrize("number", [2**63, -(2**64), 10**30])
def test_a_number_that_no_engine_holds_is_refused(doors: TestClient, number: int) -> None:
    for address in (f"/children/mase?min_episodes={number}", f"/children/unlisted-by-chance?hub_children={number}"):
        assert doors.get(address, headers=COORDINATOR).status_code == 422, address


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ({"total": 1}, None),
        ({"total": "many"}, "JsonSchemaError"),
        (418, "UndefinedStatusCode"),
        (RuntimeError("planted"), "ServerError UndefinedStatusCode"),
    ],
)
def test_a_planted_fault_is_found(answer: Any, fault: str | None) -> None:
    app = FastAPI()
    shape = {"type": "object", "required": ["total"], "properties": {"total": {"type": "integer"}}}
    described = {200: {"content": {"application/json": {"schema": shape}}}, 422: {}}

    @app.get("/counted/{number}", responses=described)  # type: ignore[arg-type]
    async def counted(number: int) -> JSONResponse:
        if isinstance(answer, Exception):
            raise answer
        return JSONResponse({"total": 1}, 418) if isinstance(answer, int) else JSONResponse(answer)

    with TestClient(app, base_url=ADDRESS, raise_server_exceptions=False) as client:
        tried = fuzz(client, client.get("/openapi.json").json(), {"anybody": {}}, {}, 2.0)
    found = {said.split(": ")[1] for said in tried.faults}
    assert found == set((fault or "").split())
