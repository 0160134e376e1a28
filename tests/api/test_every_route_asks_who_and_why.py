"""Deny by default: each route states what it needs; a data route without reader or purpose shows nothing (N4, N7)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from starlette.routing import BaseRoute, Mount

from missingnet.api.app import create_app
from missingnet.api.binding import NotOnLoopback
from missingnet.api.reader import GuardedRoute, Permission, UndeclaredRoute
from missingnet.settings import Settings
from tests.served import COORDINATOR, Partnership

#: Routes that need nobody, each with the reason.
OPEN = {
    "/health": "says that the service runs",
    "/openapi.json": "describes the routes",
    "/questions": "names the questions, not what they answer",
    "/questions/{rule}/cypher": "anyone may check what is asked",
    "/sign-in": "where a reader says who they are",
    "/sign-out": "ends a session",
}


def routes(parts: list[BaseRoute]) -> Iterator[BaseRoute]:
    for route in parts:
        inner = getattr(getattr(route, "original_router", None), "routes", None)
        if inner is not None:
            yield from routes(inner)
        else:
            yield route


def api_routes(client: TestClient) -> list[APIRoute]:
    found = list(routes(client.app.routes))  # type: ignore[attr-defined]
    strangers = [route for route in found if not isinstance(route, APIRoute)]
    assert [route.path for route in strangers if isinstance(route, Mount)] == ["/static"]
    assert len(strangers) == 1, "a route that is no APIRoute declares nothing"
    return [route for route in found if isinstance(route, APIRoute)]


def filled(path: str) -> str:
    return "/".join("MASE-3-IN-3M" if part == "{rule}" else "x" if "{" in part else part for part in path.split("/"))


def test_every_route_declares_one_permission(doors: TestClient) -> None:
    found = api_routes(doors)
    assert len(found) > 30
    assert all(isinstance(route, GuardedRoute) for route in found)
    free = {r.path for r in found if r.permission in (Permission.NOTHING, Permission.SIGNS_IN)}  # type: ignore[attr-defined]
    assert free == set(OPEN)


def all_children() -> str:
    return "every child"


def test_a_route_that_declares_nothing_cannot_be_mounted() -> None:
    router = APIRouter(route_class=GuardedRoute)
    with pytest.raises(UndeclaredRoute):
        router.get("/children/all")(all_children)


def test_every_data_route_refuses_nobody_and_no_purpose(doors: TestClient) -> None:
    for route in api_routes(doors):
        if route.path in OPEN:
            continue
        for method in route.methods or ():
            address = filled(route.path)
            nobody = doors.request(method, address, headers={"X-Purpose": "MASE case-12", "X-Reader": ""})
            assert nobody.status_code == 401, address
            assert nobody.json()["error"] == "reader-missing"
            without = doors.request(method, address, headers={"X-Reader": "coordinator"})
            assert without.status_code == 400, address
            assert without.json()["error"] == "purpose-missing"
            wrong = doors.request(method, address, headers={"X-Reader": "coordinator", "X-Purpose": "CURIOSITY"})
            assert wrong.status_code == 400, address
            if method == "GET":
                assert doors.get(address).status_code == 401, address


def test_an_unknown_reader_and_an_unknown_path_are_refused(doors: TestClient) -> None:
    assert doors.get("/children/mase", headers={**COORDINATOR, "X-Reader": "nobody-of-that-name"}).status_code == 401
    found = doors.get("/no/such/path", headers=COORDINATOR)
    assert (found.status_code, found.json()["error"]) == (404, "not-found")


def test_a_reference_has_no_room_for_a_name(doors: TestClient) -> None:
    found = doors.get("/children/mase", headers={**COORDINATOR, "X-Purpose": "MASE Jane Doe of Acacia Road"})
    assert found.status_code == 400
    assert "Jane" not in found.text


def test_hidden_and_missing_are_the_same_bytes(doors: TestClient, partnership: Partnership) -> None:
    unknown = "z" * len(partnership.child)
    pairs = [
        (f"/children/{partnership.child}/network", f"/children/{unknown}/network"),
        (f"/children/{partnership.child}/timeline", f"/children/{unknown}/timeline"),
        (f"/children/{partnership.child}/network.html", f"/children/{unknown}/network.html"),
        (f"/things/{partnership.adult}/network", f"/things/{unknown}/network"),
        (f"/records/{partnership.record}", f"/records/{'z' * len(partnership.record)}"),
        (f"/packs/mase?child={partnership.child}", f"/packs/mase?child={unknown}"),
        (f"/packs/strategy?child={partnership.child}", f"/packs/strategy?child={unknown}"),
        (f"/child/{partnership.child}", f"/child/{unknown}"),
        (f"/child/{partnership.child}/rules", f"/child/{unknown}/rules"),
        (f"/thing/Associate/{partnership.adult}", f"/thing/Associate/{unknown}"),
        (f"/record/{partnership.record}", f"/record/{'z' * len(partnership.record)}"),
        (f"/packs?child={partnership.child}", f"/packs?child={unknown}"),
        (f"/matches/{partnership.child}/{partnership.other}", f"/matches/{unknown}/{partnership.other}"),
    ]
    reader = {"X-Reader": "school-only", "X-Purpose": "EDUCATION roll-7"}
    for hidden, missing in pairs:
        seen = doors.get(hidden, headers=COORDINATOR)
        assert seen.status_code == 200, hidden
        a, b = doors.get(hidden, headers=reader), doors.get(missing, headers=reader)
        assert (a.status_code, b.status_code) == (404, 404), hidden
        assert a.content == b.content, hidden
        ignored = {"content-security-policy", "date"}
        assert {k: v for k, v in a.headers.items() if k not in ignored} == {
            k: v for k, v in b.headers.items() if k not in ignored
        }


def test_only_a_data_officer_may_send_files(doors: TestClient) -> None:
    reader = {"X-Reader": "health", "X-Purpose": "HEALTH clinic-3"}
    for found in (
        doors.get("/loads", headers=reader),
        doors.get("/loads/abc", headers=reader),
        doors.post("/loads", headers=reader, files={"files": ("a.csv", b"x")}),
    ):
        assert (found.status_code, found.json()["error"]) == (403, "not-allowed")


def test_only_a_judge_may_judge(doors: TestClient, partnership: Partnership) -> None:
    reader = {"X-Reader": "health", "X-Purpose": "HEALTH clinic-3"}
    judged = {"verdict": "same", "reason": "They look alike"}
    for address in (f"/matches/{partnership.child}/{partnership.other}", "/matches/judged/x/confirm"):
        found = doors.post(address, headers=reader, data=judged)
        assert (found.status_code, found.json()["error"]) == (403, "not-allowed")


def test_demonstration_readers_are_served_on_loopback_alone(tmp_path: object) -> None:
    for host in ("0.0.0.0", "192.168.1.5", "::", "missingnet.example.org"):
        with pytest.raises(NotOnLoopback, match="MISSINGNET_HOST"):
            create_app(Settings(home=f"{tmp_path}/home", host=host))


def test_another_name_for_this_machine_is_refused(doors: TestClient) -> None:
    found = doors.get("/health", headers={"Host": "evil.example.org"})
    assert (found.status_code, found.json()["error"]) == (400, "wrong-host")
