"""Each opening of each door, and each refusal at it, stands in the audit once: by whom and why, no more (A1)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from missingnet.api.app import create_app
from missingnet.api.pace import AT_ONCE, LONGEST, ONE_STRETCH, Paces
from missingnet.api.reader import Permission
from missingnet.graph import catalogue
from missingnet.graph.audit import Audit, AuditUnavailable
from tests.api.test_every_purpose_at_every_door import doors_of
from tests.api.test_every_route_asks_who_and_why import api_routes
from tests.api.test_one_reader_asks_at_their_pace import Time
from tests.api.test_the_command_line import run
from tests.providers import SERVICE
from tests.served import AS_AT, CANARIES, COORDINATOR, FAMILY, HEALTH, Partnership

OURS = {"Origin": SERVICE}
OPEN = (Permission.NOTHING, Permission.SIGNS_IN)
#: What may stand in the line of a refusal: nothing that was sent, but for who they are and what for.
FIELDS: Final = {"sequence", "at", "act", "who", "agency", "purpose", "reference", "door", "outcome"}


@pytest.fixture(scope="module")
def time() -> Time:
    return Time()


@pytest.fixture(scope="module")
def own(partnership: Partnership, time: Time) -> Iterator[TestClient]:
    """A service of its own over the same partnership: nobody was refused there yet, and its clock is ours."""
    settings = partnership.settings.model_copy(update={"requests_per_minute": 600})
    app = create_app(settings)
    app.state.paces = Paces(settings, time, time.sleep)
    with TestClient(app, base_url=SERVICE, follow_redirects=False) as client:
        yield client


Send = Callable[..., tuple[Any, list[dict[str, Any]]]]


@pytest.fixture
def send(own: TestClient, partnership: Partnership, time: Time) -> Send:
    """The answer to a request, a while after the one before, and the lines that it left."""

    def sent(method: str, address: str, **how: Any) -> tuple[Any, list[dict[str, Any]]]:
        time.now += ONE_STRETCH + AT_ONCE
        left = since(partnership)
        return own.request(method, address, **how), left()

    return sent


def since(of: Partnership) -> Callable[[], list[dict[str, Any]]]:
    """What the audit holds from now on; what other tests left in it is not read again each time."""
    file = of.settings.home / "audit" / "audit.jsonl"
    size = file.stat().st_size

    def left() -> list[dict[str, Any]]:
        with file.open("rb") as opened:
            opened.seek(size)
            return [json.loads(line.rpartition(b"\t")[0]) for line in opened]

    return left


def filled(route: APIRoute) -> str:
    return "/".join(FAMILY if "{" in part else part for part in route.path.split("/"))


def every(client: TestClient, *without: Permission) -> list[tuple[str, APIRoute]]:
    found = [(m, r) for r in api_routes(client) for m in sorted(r.methods or ()) if permission(r) not in without]
    assert len(found) > 20
    return found


def permission(route: APIRoute) -> Permission:
    return route.permission  # type: ignore[attr-defined, no-any-return]


def refused(lines: list[dict[str, Any]], who: str, door: str | None, outcome: str) -> None:
    """One line says that it was refused, to whom, where and why, and holds nothing else."""
    (line,) = lines
    assert (line["act"], line["who"], line.get("door")) == ("refuse", who, door)
    assert line["outcome"] == f"refused: {outcome}"
    assert set(line) <= FIELDS
    assert [name for name in CANARIES if name.lower() in json.dumps(line).lower()] == []


#: Who is refused at every door that shows data: what they send, who they are in the audit, and why they are refused.
KNOWN = {"X-Reader": "coordinator"}
STRANGERS: Mapping[str, tuple[Mapping[str, str], str, str]] = {
    "nobody": ({"X-Purpose": "MASE case-12", "X-Reader": ""}, "nobody", "reader-missing"),
    "unknown": ({"X-Reader": FAMILY, "X-Purpose": "MASE case-12"}, "nobody", "reader-unknown"),
    "no purpose": (KNOWN, "coordinator", "purpose-missing"),
    "no such purpose": ({**KNOWN, "X-Purpose": FAMILY}, "coordinator", "purpose-unknown"),
    "a name as reference": ({**KNOWN, "X-Purpose": f"MASE {FAMILY}, Jane"}, "coordinator", "reference-not-understood"),
}


@pytest.mark.parametrize("stranger", STRANGERS)
def test_who_is_refused_at_a_door_stands_in_the_audit_once(stranger: str, own: TestClient, send: Send) -> None:
    headers, who, outcome = STRANGERS[stranger]
    for method, route in every(own, *OPEN):
        answer, lines = send(method, filled(route), headers=headers)
        assert answer.json()["error"] == outcome, route.path
        refused(lines, who, f"{method} {route.path}", outcome)


def test_a_role_that_may_not_is_refused_in_the_audit_at_every_such_door(own: TestClient, send: Send) -> None:
    board = {"X-Reader": "board", "X-Purpose": "STATISTICS q3"}
    for method, route in every(own, *OPEN, Permission.COUNTS):
        answer, lines = send(method, filled(route), headers=board)
        assert (answer.status_code, answer.json()["error"]) == (403, "numbers-only"), route.path
        refused(lines, "board", f"{method} {route.path}", "numbers-only")
        assert lines[0]["purpose"] == "STATISTICS"
        assert str(lines[0]["reference"]).startswith("hash:")
    for method, route in every(own, *OPEN, Permission.COUNTS, Permission.READS):
        code = "no-auditor" if permission(route) is Permission.AUDITS else "not-allowed"
        answer, lines = send(method, filled(route), headers=HEALTH)
        assert (answer.status_code, answer.json()["error"]) == (403, code), route.path
        refused(lines, "health", f"{method} {route.path}", code)


def test_who_asks_too_fast_stands_in_the_audit_once_at_every_door(own: TestClient, send: Send) -> None:
    pace = own.app.state.paces._requests  # type: ignore[attr-defined]
    for method, route in every(own, *OPEN):
        clock = own.app.state.paces._clock  # type: ignore[attr-defined]
        pace._until["coordinator"] = clock() + 10 * (ONE_STRETCH + AT_ONCE + LONGEST)
        answer, (line,) = send(method, filled(route), headers=COORDINATOR)
        assert (answer.status_code, answer.json()["error"]) == (429, "too-fast"), route.path
        assert (line["act"], line["who"], line["outcome"]) == ("too fast", "coordinator", "refused: too many requests")
        del pace._until["coordinator"]


def test_who_opens_a_door_stands_in_the_audit(own: TestClient, partnership: Partnership, send: Send) -> None:
    """By what they were told there, or where nobody is named by one line that it was opened."""
    opened = set()
    asks = {question.path for question in catalogue.catalogue().values()}
    for path, address in doors_of(own, partnership).items():
        # These leave the lines of what is asked there; of the longest two, other tests count them.
        if path in asks or path in ("/packs/operational-group", "/child/{child}/rules"):
            continue
        answer, lines = send("GET", address, headers=COORDINATOR)
        assert {line["who"] for line in lines} == {"coordinator"}, path
        if answer.status_code == 404:
            assert [line["outcome"] for line in lines if line["act"] == "refuse"] == ["refused: not-found"], path
            continue
        assert answer.status_code == 200, path
        assert not any(line["outcome"].startswith("refused") for line in lines), path
        if lines[0]["act"] == "open":
            (line,) = lines
            assert (line["door"], line["outcome"]) == (f"GET {path}", "opened")
            assert set(line) == FIELDS
            opened.add(path)
    assert opened == {"/", "/loads", "/matches", "/tables", "/emergency", "/search", "/q", "/packs"}


def test_what_is_hidden_and_what_is_not_there_are_refused_in_the_same_line(
    partnership: Partnership, send: Send
) -> None:
    school = {"X-Reader": "school-only", "X-Purpose": "EDUCATION roll-7"}
    told = []
    for child in (partnership.child, "z" * 26):
        answer, lines = send("GET", f"/children/{child}/network?as_at={AS_AT}", headers=school)
        assert answer.status_code == 404
        told.append([{k: v for k, v in x.items() if k not in ("at", "sequence", "parameters")} for x in lines])
        refused([line for line in lines if line["act"] == "refuse"], "school-only", *NOT_FOUND)
    assert told[0] == told[1]


NOT_FOUND = ("GET /children/{child}/network", "not-found")


def test_what_never_came_to_a_door_is_said_once_in_a_while(own: TestClient, send: Send, time: Time) -> None:
    """Nobody's pace holds these back: each of them written would fill the disk for whoever sends without end."""
    sent: list[tuple[str, str, dict[str, Any], str | None, str]] = [
        ("GET", f"/{FAMILY}/{FAMILY}", {"headers": COORDINATOR}, None, "not-found"),
        ("GET", "/health", {"headers": {"Host": f"{FAMILY}.example.org"}}, None, "wrong-host"),
        ("POST", "/search", {"headers": {"Origin": f"http://{FAMILY}.example.org"}}, None, "other-site"),
        (FAMILY.upper(), "/q", {"headers": COORDINATOR}, "/q", "method-not-allowed"),
    ]
    for method, address, how, door, code in sent:
        answer, lines = send(method, address, **how)
        assert answer.json()["error"] == code
        refused(lines, "nobody", door, code)
        time.now -= ONE_STRETCH + AT_ONCE
        _, again = send(method, address, **how)
        assert again == []


def test_what_cannot_be_understood_is_refused_without_its_words(send: Send) -> None:
    for how in ({"content": f"{{{FAMILY}"}, {"json": {"sought": FAMILY, FAMILY: 1}}):
        answer, lines = send("POST", "/questions/search", headers=COORDINATOR, **how)
        assert answer.status_code == 422
        refused(lines, "coordinator", "POST /questions/search", "not-understood")


def test_signing_in_failing_to_and_signing_out_are_in_the_audit(send: Send, own: TestClient) -> None:
    chosen = {"reader": "coordinator", "purpose": "MASE", "reference": "case-12"}
    for wrong in ({"reader": FAMILY}, {"purpose": FAMILY}, {"reference": f"{FAMILY} of Acacia Road"}):
        answer, lines = send("POST", "/sign-in", headers=OURS, data={**chosen, **wrong})
        assert answer.status_code == 422
        refused(lines, "nobody", "POST /sign-in", "not-understood")
    answer, (line,) = send("POST", "/sign-in", headers=OURS, data=chosen)
    assert (answer.status_code, line["act"], line["who"], line["outcome"]) == (303, "sign-in", "coordinator", "done")
    answer, (line,) = send("POST", "/sign-out", headers=OURS)
    assert (answer.status_code, line["act"], line["who"], line["outcome"]) == (303, "sign-out", "coordinator", "done")
    own.cookies.clear()


def test_a_page_that_leads_to_the_sign_in_was_refused_too(send: Send, own: TestClient) -> None:
    answer, lines = send("GET", f"/child/{'z' * 26}", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    refused(lines, "nobody", "GET /child/{child}", "reader-missing")
    own.cookies.clear()


def test_a_refusal_that_cannot_be_written_says_so(own: TestClient, send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Audit, entry: object) -> str:
        raise AuditUnavailable("the disk is full")

    monkeypatch.setattr(Audit, "write", full)
    for headers in (KNOWN, HEALTH):
        answer, lines = send("GET", "/loads", headers=headers)
        assert (answer.status_code, answer.json()["error"], lines) == (503, "not-recorded", [])
    answer, lines = send("GET", "/q", headers=COORDINATOR)
    assert (answer.status_code, lines) == (503, [])


WHO = ("--reader", "coordinator", "--purpose", "MASE case-12")


@pytest.mark.parametrize(
    ("arguments", "who", "outcome"),
    [
        (("ask", "MASE-3-IN-3M", "--reader", FAMILY, "--purpose", "MASE"), "operator", "AccessError"),
        (("ask", "MASE-3-IN-3M", "--reader", "chair", "--purpose", FAMILY), "operator", "AccessError"),
        (("ask", "MASE-3-IN-3M", "--reader", "board", "--purpose", "STATISTICS q3"), "board", "NumbersOnly"),
        (("ask", "MASE-3-IN-3M", "--param", f"min_episodes={FAMILY}", *WHO), "coordinator", "ParameterError"),
        (("network", "--child", "z" * 26, "--out", "n.html", *WHO), "coordinator", "Refusal"),
        (("audit", "person", FAMILY, *WHO), "coordinator", "no-auditor"),
        (("remove", "--record", "z" * 26, "--reason", FAMILY, "--reader", "health"), "health", "not-allowed"),
        (("load", ".", "--reader", "health"), "health", "not-allowed"),
    ],
)
def test_a_command_that_is_refused_stands_in_the_audit_once(
    partnership: Partnership, arguments: tuple[str, ...], who: str, outcome: str
) -> None:
    left = since(partnership)
    assert run(partnership, *arguments).returncode != 0
    (line,) = [line for line in left() if str(line["outcome"]).startswith("refused")]
    line.pop("account", None)
    refused([line], who, f"missingnet {arguments[0]}", outcome)
