"""Emergency access from its opening to its review: by a person, with a reason, for one child and an hour at most, in
the audit before anything is seen, shown on every page, over to the instant, reviewed by another agency (N8)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from missingnet.api import emergencies
from missingnet.api.app import create_app
from missingnet.api.emergencies import LONGEST, allowed
from missingnet.api.emergency_ledger import Hindered, Ledger, LedgerUnavailable, Use
from missingnet.api.opening import readers_file
from missingnet.api.reader import Asker, with_emergency
from missingnet.api.watches import Watches
from missingnet.graph import access, times
from missingnet.graph.access import SEALED, Purpose
from missingnet.graph.audit import Audit, AuditUnavailable
from tests.served import AS_AT, CANARIES, FAMILY, Partnership, audit_lines

#: Sees nothing of anybody until a child is opened; the purpose opens most compartments.
SCHOOL = {"X-Reader": "school-only", "X-Purpose": "CASE case-9"}
POLICE = {"X-Reader": "standards", "X-Purpose": "AUDIT review-1"}
ALL = {"X-Reader": "governance", "X-Purpose": "AUDIT review-1"}
HTML = {"Accept": "text/html"}
WHY = "Seen getting into a car an hour ago."
FOUND = "The police log shows the call at that hour."
IDENTIFIER = "council:997:500001"


class Clock:
    """The time that the doors go by."""

    def __init__(self) -> None:
        self.now = times.now().replace(microsecond=0)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(times, "now", found)
    return found


@pytest.fixture(autouse=True)
def ledger(partnership: Partnership) -> Iterator[Ledger]:
    """Each test begins with nobody having opened anything, and leaves nobody with anything open."""
    path = partnership.settings.home / "emergency.sqlite"
    path.unlink(missing_ok=True)
    yield Ledger(partnership.settings.home)
    path.unlink(missing_ok=True)


def opens(doors: TestClient, child: str = IDENTIFIER, headers: dict[str, str] = SCHOOL, reason: str = WHY) -> Use:
    answer = doors.post("/emergency", data={"child": child, "reason": reason}, headers=headers)
    assert answer.status_code == 201, answer.text
    found = Ledger(doors.app.state.settings.home).use(answer.json()["id"])  # type: ignore[attr-defined]
    assert found is not None
    return found


def timeline(doors: TestClient, child: str, headers: dict[str, str] = SCHOOL) -> int:
    return doors.get(f"/children/{child}/timeline", params={"as_at": AS_AT}, headers=headers).status_code


def test_one_child_is_open_for_an_hour_to_the_instant(
    doors: TestClient, partnership: Partnership, clock: Clock
) -> None:
    assert timeline(doors, partnership.child) == 404
    use = opens(doors)
    assert (use.child, use.until - use.begun) == (partnership.child, timedelta(hours=1))
    assert timeline(doors, partnership.child) == 200
    # Of whoever else these records name nothing is seen but that they do.
    seen = {
        child: {row["record"] for row in doors.get(f"/children/{child}/timeline", headers=SCHOOL).json()["rows"]}
        for child in (partnership.child, partnership.other)
    }
    assert seen[partnership.other] < seen[partnership.child]
    # For this person, purpose and case alone.
    for other in ({"X-Purpose": "CASE case-10"}, {"X-Purpose": "EDUCATION case-9"}):
        assert timeline(doors, partnership.child, {**SCHOOL, **other}) == 404
    clock.now = use.until - timedelta(microseconds=1)
    assert timeline(doors, partnership.child) == 200
    clock.now = use.until
    assert timeline(doors, partnership.child) == 404


def test_it_is_ended_by_hand_and_gone_with_the_next_request(doors: TestClient, partnership: Partnership) -> None:
    use = opens(doors)
    assert timeline(doors, partnership.child) == 200
    assert doors.post("/emergency/end", headers=SCHOOL).json() == {"ended": use.id}
    assert timeline(doors, partnership.child) == 404
    again = doors.post("/emergency/end", headers=SCHOOL)
    assert (again.status_code, again.json()["error"]) == (409, "no-emergency")


def test_an_auditor_ends_what_must_not_go_on(doors: TestClient, partnership: Partnership) -> None:
    use = opens(doors)
    assert doors.post(f"/emergency/reviews/{use.id}/end", headers=SCHOOL).json()["error"] == "no-auditor"
    assert doors.post(f"/emergency/reviews/{use.id}/end", headers=POLICE).json()["ended_by"] == "standards"
    assert timeline(doors, partnership.child) == 404


def test_it_outlasts_a_restart_and_no_longer_than_its_hour(doors: TestClient, partnership: Partnership) -> None:
    opens(doors)
    with TestClient(create_app(partnership.settings), base_url="http://127.0.0.1:8000") as again:
        assert timeline(again, partnership.child) == 200


def test_every_page_says_that_it_is_open_while_it_is(
    doors: TestClient, partnership: Partnership, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Watches, "begin", lambda self, asks: None)
    use = opens(doors)
    pages = [
        *("/", "/search", "/q", "/tables", "/packs", "/loads", "/matches", "/emergency", "/findings", "/no/such/page"),
        f"/child/{partnership.child}?as_at={AS_AT}",
        f"/tables/EPISODES-BY-MONTH?period=2026-07..2026-10&as_at={AS_AT}",
        f"/record/{partnership.record}?as_at={AS_AT}",
        f"/child/{partnership.other}",
        f"/packs/mase?child={partnership.child}",
    ]
    said = '<section class="mn-emergency"'
    for page in pages:
        shown = doors.get(page, headers={**SCHOOL, **HTML}).text
        assert said in shown and f"/child/{use.child}" in shown, page
    clock.now = use.until
    for page in pages:
        assert said not in doors.get(page, headers={**SCHOOL, **HTML}).text, page


def test_each_step_is_in_the_audit_first_and_its_words_are_not(doors: TestClient, partnership: Partnership) -> None:
    before = len(audit_lines(partnership.settings))
    use = opens(doors, reason=f"The mother of {FAMILY} rang at nine.")
    timeline(doors, partnership.child)
    doors.post("/emergency/end", headers=SCHOOL)
    doors.post(f"/emergency/reviews/{use.id}", data={"verdict": "needed", "found": f"{FAMILY} was met"}, headers=ALL)
    lines = audit_lines(partnership.settings)[before:]
    assert [(line["act"], line["outcome"]) for line in lines] == [
        ("break glass", "begun"),
        ("consult", "answered"),
        ("break glass", "open"),
        ("consult", "answered"),
        ("end emergency access", "begun"),
        ("end emergency access", "done"),
        ("review emergency access", "begun"),
        ("review emergency access", "done"),
    ]
    assert all(line["emergency"] == use.id for line in lines)
    assert not any(name.lower() in json.dumps(lines).lower() for name in (*CANARIES, "rang", "was met", IDENTIFIER))
    looked = doors.get("/audit", params={"thing": partnership.child}, headers=ALL).json()["records"]
    assert any(one["act"] == "Looked at in an emergency" and one["who"] == "school-only" for one in looked)


def test_without_the_audit_nothing_is_opened(
    doors: TestClient, partnership: Partnership, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Audit, entry: object) -> str:
        raise AuditUnavailable("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(Audit, "write", full)
        answer = doors.post("/emergency", data={"child": IDENTIFIER, "reason": WHY}, headers=SCHOOL)
        assert (answer.status_code, answer.json()["error"]) == (503, "not-recorded")
    assert ledger.every() == []


def test_who_cannot_open_it_is_told_why(doors: TestClient, partnership: Partnership) -> None:
    asked = {"child": IDENTIFIER, "reason": WHY}
    for headers, sent, error, words in (
        ({**SCHOOL, "X-Purpose": "MASE case-9"}, asked, "no-emergency", "CASE, INVESTIGATION, HEALTH"),
        ({**SCHOOL, "X-Purpose": "AUDIT case-9"}, asked, "no-emergency", "CASE, INVESTIGATION, HEALTH"),
        ({"X-Reader": "board", "X-Purpose": "CASE case-9"}, asked, "numbers-only", "tables"),
        (SCHOOL, {**asked, "reason": "   now   "}, "no-emergency", "in a sentence"),
        (SCHOOL, {**asked, "child": ""}, "not-found", "nothing"),
    ):
        answer = doors.post("/emergency", data=sent, headers=headers)
        assert (answer.json()["error"], words in answer.json()["detail"]) == (error, True), answer.text
    page = doors.post("/emergency", data={"child": "x", "reason": WHY}, headers={**SCHOOL, **HTML})
    assert (page.status_code, "No child of that id or identifier" in page.text, WHY in page.text) == (404, True, True)


def test_a_machine_opens_nothing(doors: TestClient, partnership: Partnership) -> None:
    """Nor does a token of the same name have by it what is open to a person."""
    use = opens(doors)
    person = Asker(access.reader("school-only"), Purpose("CASE", "case-9"))
    ledger = Ledger(partnership.settings.home)
    assert with_emergency(person, ledger).emergency == use
    assert with_emergency(replace(person, scopes=frozenset({"questions"})), ledger).emergency is None
    assert with_emergency(Asker(access.reader("board"), Purpose("CASE", "case-9")), ledger).emergency is None


def test_hidden_even_so_and_not_there_are_the_same_bytes(
    doors: TestClient, partnership: Partnership, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "opens", lambda emergency, purpose, seen: False)
    answers = [
        doors.post("/emergency", data={"child": child, "reason": WHY}, headers=SCHOOL)
        for child in (IDENTIFIER, partnership.child, "council:997:599999", "z" * 26, partnership.adult)
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert ledger.every() == []
    tried = [line for line in audit_lines(partnership.settings) if line.get("outcome") == "nothing there"]
    assert len(tried) >= len(answers) and IDENTIFIER not in json.dumps(tried)


def test_a_second_waits_until_the_first_is_reviewed(doors: TestClient, partnership: Partnership, clock: Clock) -> None:
    asked = {"child": "council:997:500002", "reason": WHY}
    use = opens(doors)
    still = doors.post("/emergency", data=asked, headers=SCHOOL)
    assert (still.status_code, "End it before" in still.text) == (409, True)
    clock.now = use.until
    waits = doors.post("/emergency", data=asked, headers=SCHOOL)
    assert (waits.status_code, "waits for a reviewer of another agency" in waits.text) == (409, True)
    told = {"verdict": "needed", "found": FOUND}
    assert doors.post(f"/emergency/reviews/{use.id}", data=told, headers=POLICE).status_code == 200
    assert opens(doors, "council:997:500002").child == partnership.other


def test_of_two_at_once_one_is_opened(ledger: Ledger, clock: Clock) -> None:
    def begins(number: int) -> bool:
        use = Use(f"{number:026d}", "ann", "Ann", "997", "CASE", "c", "c" * 26, WHY, (), clock.now, clock.now + LONGEST)
        try:
            ledger.begin(use, 0)
        except Hindered:
            return False
        return True

    with ThreadPoolExecutor(8) as many:
        assert sum(many.map(begins, range(8))) == 1
    assert len(ledger.every()) == 1


def test_another_person_of_another_agency_reviews_it_once(
    doors: TestClient, partnership: Partnership, clock: Clock, ledger: Ledger
) -> None:
    use = opens(doors)
    timeline(doors, partnership.child)
    told = {"verdict": "needed", "found": FOUND}
    address = f"/emergency/reviews/{use.id}"
    assert "still open" in doors.post(address, data=told, headers=POLICE).json()["detail"]
    clock.now = use.until
    for headers, sent, error in (
        (SCHOOL, told, "no-auditor"),
        ({**SCHOOL, "X-Purpose": "AUDIT x"}, told, "no-auditor"),
        (POLICE, {**told, "verdict": "fine"}, "not-understood"),
        (POLICE, {**told, "found": " ok "}, "no-review"),
    ):
        assert doors.post(address, data=sent, headers=headers).json()["error"] == error
    assert doors.post(f"/emergency/reviews/{'z' * 26}", data=told, headers=POLICE).status_code == 404
    assert ledger.waiting() == 1
    reviewed = doors.post(address, data=told, headers=POLICE).json()
    assert (reviewed["reviewer"], reviewed["verdict"], reviewed["found"]) == ("standards", "needed", FOUND)
    again = doors.post(address, data={**told, "verdict": "not needed"}, headers=ALL)
    assert (again.status_code, "already" in again.text) == (409, True)
    assert [one.verdict for one in ledger.every()] == ["needed"]
    # Who opened it sees what was found; the reviewer what was done.
    assert doors.get("/emergency", headers=SCHOOL).json()["uses"][0]["found"] == FOUND
    done = doors.get(address, headers=POLICE).json()["done"]
    assert [one["act"] for one in done][-1] == "Asked for emergency access"
    assert any(partnership.child in one["things"] and one["act"] == "Looked at in an emergency" for one in done)


def test_nobody_reviews_their_own_or_their_own_agencys(
    doors: TestClient, partnership: Partnership, clock: Clock, ledger: Ledger
) -> None:
    """Not by the doors, and not by the file either, whoever writes to it."""
    use = opens(doors, headers={"X-Reader": "officer", "X-Purpose": "CASE case-9"})
    clock.now = use.until
    answer = doors.post(
        f"/emergency/reviews/{use.id}", data={"verdict": "needed", "found": FOUND}, headers=ALL
    )  # the governance lead is of council 997, as the officer is
    assert (answer.status_code, answer.json()["error"]) == (409, "no-review")
    for by in (("officer", "99"), ("somebody", "997")):
        with pytest.raises(LedgerUnavailable):
            ledger.review(use.id, by, "needed", FOUND, clock.now)
    assert ledger.waiting() == 1


def test_the_reviewers_pages_show_what_waits_and_name_nobody_they_may_not_see(
    doors: TestClient, partnership: Partnership, clock: Clock
) -> None:
    use = opens(doors)
    shown = doors.get("/emergency/reviews", headers={**POLICE, **HTML}).text
    assert "Open now" in shown and "Reviews (1)" in shown and f"/emergency/reviews/{use.id}" in shown
    clock.now = use.until + timedelta(days=9)
    page = doors.get("/emergency/reviews", headers={**POLICE, **HTML}).text
    assert "Late" in page
    assert "another agency reviews it" not in page
    more = readers_file(partnership.settings)
    more.write_text(
        '[commissioner]\ntitle = "Commissioner"\nagency = "998"\nroles = ["partnership-auditor"]\nareas = []\n'
        "compartments = []\n"
    )
    try:
        headers = {**ALL, **HTML, "X-Reader": "commissioner"}
        every = doors.get("/emergency/reviews", headers=headers).text
        one = doors.get(f"/emergency/reviews/{use.id}", headers=headers).text
    finally:
        more.unlink()
    assert WHY in one and "Was it needed?" in one and "not described to you" in one
    assert not any(name in every + one for name in CANARIES)


def test_while_it_is_open_nothing_is_judged_and_nothing_taken_away(doors: TestClient, partnership: Partnership) -> None:
    chair = {"X-Reader": "chair", "X-Purpose": "INVESTIGATION op-3"}
    use = opens(doors, headers=chair)
    taken = [
        f"/packs/mase?child={partnership.child}&format=json&as_at={AS_AT}",
        "/packs/operational-group?period=2026-10&format=json",
        f"/children/{partnership.child}/network.html?as_at={AS_AT}",
        f"/reconcile/lines.csv?agency=997&since=2026-01-01&as_at={AS_AT}",
    ]
    judged = {"one": partnership.child, "other": partnership.other, "verdict": "different", "reason": "Two children."}
    for address in taken:
        answer = doors.get(address, headers=chair)
        assert (answer.status_code, answer.json()["error"]) == (409, "emergency-open"), address
    assert doors.post("/judgements", json=judged, headers=chair).json()["error"] == "emergency-open"
    lines = [line for line in audit_lines(partnership.settings) if line.get("emergency") == use.id]
    assert not [line for line in lines if line["act"] in ("disclose", "judge")]
    doors.post("/emergency/end", headers=chair)
    assert [doors.get(address, headers=chair).status_code for address in taken] == [200] * len(taken)


def test_whoever_is_to_be_told_is_told_at_once_and_of_no_child(
    doors: TestClient, partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, dict[str, object]]] = []
    monkeypatch.setattr(emergencies, "send", lambda address, what: told.append((address, what)))
    state = doors.app.state  # type: ignore[attr-defined]
    plain, with_hook = state.settings, state.settings.model_copy(update={"webhook": "https://alerts.example.org/x"})
    state.settings = with_hook
    try:
        use = opens(doors)
    finally:
        state.settings = plain
    ((address, what),) = told
    assert (address, what["kind"], what["id"]) == (with_hook.webhook, "emergency", use.id)
    assert partnership.child not in json.dumps(what) and WHY not in json.dumps(what)


def test_a_partnership_may_shorten_it_and_never_lengthen_it_or_open_what_is_sealed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISSINGNET_HOME", str(tmp_path))
    wide = [*sorted(SEALED), "cse"]
    (tmp_path / "rulebook.toml").write_text(f'["BREAK-GLASS"]\nminutes = 600\ncompartments = {json.dumps(wide)}\n')
    assert (allowed(times.now()).lasts, allowed(times.now()).compartments) == (LONGEST, ("cse",))
    (tmp_path / "rulebook.toml").write_text('["BREAK-GLASS"]\nminutes = 15\n')
    assert allowed(times.now()).lasts == timedelta(minutes=15)


def test_a_ledger_that_cannot_be_read_opens_nothing(doors: TestClient, partnership: Partnership) -> None:
    opens(doors)
    path = partnership.settings.home / "emergency.sqlite"
    kept = path.read_bytes()
    path.write_bytes(b"no ledger at all" * 100)
    assert timeline(doors, partnership.child) == 404
    answer = doors.post("/emergency", data={"child": IDENTIFIER, "reason": WHY}, headers=SCHOOL)
    assert (answer.status_code, answer.json()["error"]) == (503, "unavailable")
    assert doors.get("/audit", headers={**POLICE, **HTML}).status_code == 200
    path.write_bytes(kept)
    assert timeline(doors, partnership.child) == 200
    assert path.stat().st_mode & 0o077 == 0
