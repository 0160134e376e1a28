"""The watch finds what the rules name, keeps what became of it, shows it to that reader alone, and tells no name."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from unittest.mock import patch

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from missingnet.api import cli_watch
from missingnet.api.asks import Asks
from missingnet.api.moments import moment_of
from missingnet.api.reader import Asker
from missingnet.api.watching import Kept, watched_questions
from missingnet.graph import access, rulebook
from missingnet.graph.catalogue import question
from missingnet.settings import Settings
from tests.api.test_the_command_line import run
from tests.served import CANARIES, COORDINATOR, SCHOOL, Partnership, audit_lines

CHAIR = {"X-Reader": "chair", "X-Purpose": "OPERATIONAL-GROUP november"}


@pytest.fixture(autouse=True)
def _on_the_first_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules ask about the present, and the partnership's episodes lie in September and October 2026."""
    monkeypatch.setattr("missingnet.api.moments.this_minute", lambda: datetime(2026, 11, 1))


def asked(doors: TestClient, who: dict[str, str], **params: str) -> dict[str, Any]:
    """What was found for this reader, once the rules have been asked."""
    for _ in range(600):
        told: dict[str, Any] = doors.get("/findings", headers=who, params=params).json()
        if told["state"] == "found":
            return told
        time.sleep(0.1)
    raise AssertionError("the rules were never asked to the end")


def test_findings_are_worked_out_at_the_first_look_and_are_new(doors: TestClient, partnership: Partnership) -> None:
    told = asked(doors, COORDINATOR)
    assert told["could_not_be_answered"] == []
    assert {one["what"] for one in told["findings"]} == {"new"}
    named = {(one["rule"], thing) for one in told["findings"] for thing in one["things"]}
    assert {("MASE-3-IN-3M", partnership.child), ("SHARED-ASSOCIATE", partnership.adult)} <= named
    for one in told["findings"]:
        assert one["records"] and one["rule"] in told["counts"]
    only = asked(doors, COORDINATOR, rule="MASE-3-IN-3M")["findings"]
    assert only and {one["rule"] for one in only} == {"MASE-3-IN-3M"}


def test_found_again_it_is_the_same_finding_and_no_longer_new(doors: TestClient) -> None:
    first = {(one["rule"], *one["things"]): one["first"] for one in asked(doors, CHAIR)["findings"]}
    assert doors.post("/findings", headers=CHAIR).status_code == 202
    again = asked(doors, CHAIR, since="2026-11-02")
    assert again["findings"] == []  # all are 'still', which the page of all rules counts and does not list
    assert sum(count["still"] for count in again["counts"].values()) >= len(first) > 0
    one = asked(doors, CHAIR, since="2026-11-02", rule="MASE-3-IN-3M")["findings"][0]
    assert (one["what"], one["first"]) == ("still", first[("MASE-3-IN-3M", *one["things"])])


def test_another_reader_finds_what_they_may_see_and_nothing_else(doors: TestClient, partnership: Partnership) -> None:
    told = asked(doors, SCHOOL)
    shown = {thing for one in told["findings"] for thing in one["things"]}
    assert not shown & {partnership.child, partnership.other, partnership.adult}
    assert {one["rule"] for one in told["findings"]} <= {question.rule for question in watched_questions()}


def test_what_is_shown_stands_in_the_audit_with_those_it_is_about(doors: TestClient, partnership: Partnership) -> None:
    asked(doors, COORDINATOR, rule="MASE-3-IN-3M")
    shown = [line for line in audit_lines(partnership.settings) if line.get("question") == "FINDINGS"]
    line = shown[-1]
    assert line["parameters"]["rule"] == "MASE-3-IN-3M"  # type: ignore[index]
    assert partnership.child in line["shown"]  # type: ignore[operator]


def test_nothing_is_shown_of_findings_older_than_the_graph(doors: TestClient) -> None:
    asked(doors, COORDINATOR)
    store = doors.app.state.store  # type: ignore[attr-defined]
    evidence = store.evidence

    async def later() -> int:
        return int(await evidence()) + 1

    with patch.object(store, "evidence", later):
        told = doors.get("/findings", headers=COORDINATOR).json()
        assert (told["state"], told["findings"], told["counts"]) == ("running", [], {})
        time.sleep(0.2)
    doors.post("/findings", headers=COORDINATOR)
    assert asked(doors, COORDINATOR)["findings"]


def test_what_is_kept_holds_no_name_and_only_we_may_read_it(doors: TestClient, partnership: Partnership) -> None:
    asked(doors, COORDINATOR)
    folder = partnership.settings.home / "findings"
    files = list(folder.iterdir())
    assert files and folder.stat().st_mode & 0o077 == 0
    for file in files:
        assert file.stat().st_mode & 0o077 == 0
        assert not any(canary in file.read_text(encoding="utf-8") for canary in CANARIES)


@contextmanager
def listening(status: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Another service on this machine, and what it was told."""
    told: list[dict[str, Any]] = []

    class Ear(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.send_header("Location", "http://192.0.2.1/elsewhere")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            return None

    with HTTPServer(("127.0.0.1", 0), Ear) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/told", told
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("status", [200, 302, 500])
def test_the_command_tells_another_service_how_many_and_who_never(
    doors: TestClient, partnership: Partnership, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening(status) as (address, told):
        monkeypatch.setenv("MISSINGNET_WEBHOOK", address)
        ran = run(partnership, "watch", "--reader", "chair", "--json")
    assert ran.returncode == 0
    (one,) = json.loads(ran.stdout)["watched"]
    assert told == [one] and one["kind"] == "digest"
    assert one["findings"]["MASE-3-IN-3M"].keys() == {"new", "changed", "still", "gone", "acknowledged", "dismissed"}
    said = json.dumps(told) + ran.stdout + ran.stderr
    assert partnership.child not in said and not any(canary in said for canary in CANARIES)
    assert ("was not told" in ran.stderr) == (status != 200)


def test_a_timer_sends_the_digest_of_a_day_once_it_is_taken_and_then_no_more(
    doors: TestClient, partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("missingnet.graph.times.now", lambda: datetime(2026, 11, 3, 9))
    monkeypatch.setattr("missingnet.api.watching.watched_questions", lambda: [question("MASE-3-IN-3M")])
    asker = Asker(access.reader("chair"), access.Purpose.parse("OPERATIONAL-GROUP timer"))
    asks = Asks(doors.app.state.store, asker, moment_of(None, None))  # type: ignore[attr-defined]
    assert doors.portal is not None
    kinds = []
    for hour, status in enumerate((500, 200, 200)):
        with listening(status) as (address, told):
            chosen = partnership.settings.model_copy(update={"webhook": address})
            later = asks.at(asks.moment.as_at + timedelta(hours=hour))
            doors.portal.call(cli_watch._one, later, chosen, 1, 900)
        kinds.append([one["kind"] for one in told])
    assert kinds == [["digest"], ["digest"], []]


def test_what_is_sent_elsewhere_is_sent_encrypted() -> None:
    with pytest.raises(ValidationError, match="https"):
        Settings(webhook="http://example.org/hook")


def test_nobody_to_watch_for_is_said(partnership: Partnership) -> None:
    ran = run(partnership, "watch", "--reader", "nobody")
    assert ran.returncode == 2 and "No such reader" in ran.stderr


def test_every_role_begins_with_rules_that_there_are() -> None:
    assert rulebook.roles().keys() == {"coordinator", "chair", "officer", "intelligence", "school", "health"}
    watched = {question.rule for question in watched_questions()}
    for role in rulebook.roles():
        first = rulebook.first_for((role,))
        assert first and set(first) <= watched


def test_a_roles_page_has_all_its_rules_and_no_other(doors: TestClient) -> None:
    every = asked(doors, COORDINATOR)
    told = asked(doors, COORDINATOR, role="intelligence")
    mine = rulebook.roles()["intelligence"].rules
    assert tuple(told["counts"]) == mine
    assert {one["rule"] for one in told["findings"]} <= set(mine)
    assert told["findings"] == [one for rule in mine for one in every["findings"] if one["rule"] == rule]
    assert not any(told["counts"]["CROSS-BORDER"].values())  # names nobody here, and is said all the same
    page = doors.get("/findings", headers={**COORDINATOR, "Accept": "text/html"}, params={"role": "intelligence"}).text
    assert "Police intelligence" in page and "role=intelligence" in page
    wrong = doors.get("/findings", headers=COORDINATOR, params={"role": "nobody"})
    assert wrong.status_code == 422 and "nobody" not in wrong.text


def test_since_a_meeting_a_question_says_what_is_new_and_what_is_gone(
    doors: TestClient, partnership: Partnership
) -> None:
    params = {"as_at": "2026-11-01", "met": "2026-10-05"}
    told = doors.get("/children/mase", headers=COORDINATOR, params=params).json()["since_meeting"]
    became = {one["child_id"]: one["what"] for one in told["changes"]}
    assert told["compared"] and became[partnership.child] == "new"
    later = {"as_at": "2027-03-01", "met": "2026-11-01"}
    told = doors.get("/children/mase", headers=COORDINATOR, params=later).json()["since_meeting"]
    assert {one["child_id"]: one["what"] for one in told["changes"]}[partnership.child] == "gone"
    page = doors.get("/q/MASE-3-IN-3M", headers={**COORDINATOR, "Accept": "text/html"}, params=params).text
    assert "Since the meeting of" in page and "New" in page


def test_kept_findings_are_read_as_they_were_kept(partnership: Partnership, doors: TestClient) -> None:
    asked(doors, COORDINATOR)
    kept = Kept(partnership.settings)
    asker = Asker(access.reader("coordinator"), access.Purpose.parse("MASE case-12"))
    found = kept.read(asker)
    assert found is not None
    kept.keep(asker, found)
    assert kept.read(asker) == found
