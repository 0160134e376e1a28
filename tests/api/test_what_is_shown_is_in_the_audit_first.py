"""Every answer is in the audit before it is sent; no name ever is, nor in a log, an address or an error (A1–A3, A6)."""

from __future__ import annotations

import logging
import os
import threading
import time

import pytest
from fastapi.testclient import TestClient

from missingnet.api import kept_answers
from missingnet.graph.audit import Audit, AuditUnavailable
from tests.served import AS_AT, CANARIES, COORDINATOR, FAMILY, HEALTH, Partnership, audit_lines

HTML = {**COORDINATOR, "Accept": "text/html"}


def data_addresses(of: Partnership) -> list[str]:
    """One address for each route that shows data."""
    at = f"as_at={AS_AT}"
    return [
        f"/children/{of.child}/network?{at}",
        f"/children/{of.child}/timeline?{at}",
        f"/children/{of.child}/identity?{at}",
        f"/children/{of.child}/network.html?{at}",
        f"/things/{of.adult}/network?{at}",
        f"/records/{of.record}?{at}",
        f"/records?records={of.record}&{at}",
        f"/children/mase?{at}",
        f"/children/missing-together?{at}",
        f"/children/unlisted?{at}",
        f"/children/out-of-school-and-missing?{at}",
        f"/associates/shared?{at}",
        f"/places/hotspots?{at}",
        f"/places/linked?{at}",
        f"/packs/mase?child={of.child}&format=json&{at}",
        f"/packs/strategy?child={of.child}&format=json&{at}",
        "/packs/operational-group?period=2026-10&format=json",
    ]


def pages(of: Partnership) -> list[str]:
    at = f"as_at={AS_AT}"
    return [
        f"/child/{of.child}?{at}",
        f"/child/{of.child}/rules?{at}",
        f"/thing/Associate/{of.adult}?{at}",
        f"/record/{of.record}?{at}",
        f"/q/MASE-3-IN-3M?{at}",
        f"/q/GROUP-MISSING?since=2026-08-01&until=2026-11-01&{at}",
        f"/packs?child={of.child}",
        f"/reconcile?since=2026-01-01&{at}",
        f"/clocks?{at}",
        f"/reconcile/lines.csv?agency=997&since=2026-01-01&{at}",
    ]


def test_each_data_route_leaves_its_lines(doors: TestClient, partnership: Partnership) -> None:
    for address in [*data_addresses(partnership), *pages(partnership)]:
        before = len(audit_lines(partnership.settings))
        headers = HTML if address in pages(partnership) else COORDINATOR
        found = doors.get(address, headers=headers)
        assert found.status_code == 200, (address, found.text[:300])
        lines = audit_lines(partnership.settings)[before:]
        assert lines, address
        for line in lines:
            assert line["who"] == "coordinator"
            assert line["purpose"] == "MASE"
            assert line["outcome"] in ("answered", "released", "shown again from the answer kept"), address
        if "/packs/" in address or address.endswith("network.html") or "lines.csv" in address:
            assert lines[-1]["act"] == "disclose"


def test_a_kept_answer_is_audited_each_time_it_is_shown(doors: TestClient, partnership: Partnership) -> None:
    before = len(audit_lines(partnership.settings))
    # An as-at of its own: no other test has had this answer kept.
    address = f"/children/mase?as_at={AS_AT}T12:34&limit=1"
    first, again = (doors.get(address, headers=COORDINATOR).json() for _ in range(2))
    assert first == again
    assert first["rows"]
    asked, shown_again = audit_lines(partnership.settings)[before:]
    assert [asked["question"], shown_again["question"]] == ["MASE-3-IN-3M"] * 2
    assert (asked["outcome"], shown_again["outcome"]) == ("answered", "shown again from the answer kept")
    # Whom it showed is told each time, so that 'who looked at this child' misses no showing.
    assert first["rows"][0]["child_id"] in shown_again["shown"]
    assert shown_again["shown"] == asked["shown"]


def test_of_too_many_rows_kept_the_answer_asked_longest_ago_goes(
    doors: TestClient, partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_answers, "MOST_ROWS", 1)
    before = len(audit_lines(partnership.settings))
    first, second = (f"/children/mase?as_at={AS_AT}T12:{minute}&limit=1" for minute in (35, 36))
    for address in (first, second, second, first):
        assert doors.get(address, headers=COORDINATOR).json()["rows"]
    again = "shown again from the answer kept"
    assert [line["outcome"] for line in audit_lines(partnership.settings)[before:]] == [
        "answered",
        "answered",
        again,
        "answered",
    ]


def test_a_search_is_audited_without_its_words(doors: TestClient, partnership: Partnership) -> None:
    before = len(audit_lines(partnership.settings))
    found = doors.post("/questions/search", headers=COORDINATOR, json={"sought": FAMILY})
    assert found.json()["total"] >= 1
    assert found.json()["parameters"] == {}
    (line,) = audit_lines(partnership.settings)[before:]
    assert line["question"] == "SEARCH"
    assert FAMILY.lower() not in str(line).lower()


def test_nothing_is_shown_when_the_audit_cannot_be_written(
    doors: TestClient, partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Audit, entry: object) -> str:
        raise AuditUnavailable("the disk is full")

    monkeypatch.setattr(Audit, "write", full)
    for address in data_addresses(partnership):
        found = doors.get(address, headers=COORDINATOR)
        assert (found.status_code, found.json()["error"]) == (503, "not-recorded"), address
        assert not any(canary in found.text for canary in CANARIES)
    page = doors.get(f"/child/{partnership.child}?as_at={AS_AT}", headers=HTML)
    assert page.status_code == 503
    assert not any(canary in page.text for canary in CANARIES)


def test_a_disk_that_does_not_answer_shows_nothing_and_says_so(
    doors: TestClient, partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, real = threading.Event(), os.fdatasync
    before = (partnership.settings.home / "audit" / "audit.jsonl").stat().st_size

    def held_up(handle: int) -> None:
        # Questions of a page that was refused may still be answered: what they record reaches the disk as ever.
        if b'"who":"health"' in os.pread(handle, 1 << 20, before):
            answers.wait(60)
        real(handle)

    monkeypatch.setattr(os, "fdatasync", held_up)
    address = f"/child/{partnership.child}?as_at={AS_AT}"
    writer = doors.app.state.store.audit.writer  # type: ignore[attr-defined]
    monkeypatch.setattr(writer, "patience", 1.0)
    try:
        began = time.monotonic()
        page = doors.get(address, headers={**HTML, **HEALTH})
        assert (page.status_code, time.monotonic() - began < 20) == (503, True)
        assert "Nothing was shown, for it cannot be recorded now who is shown what." in page.text
        assert not any(canary in page.text for canary in CANARIES)
        # Where the machine's own disk was slow just before, what is held up waits since a moment only.
        told = doors.get("/health")
        while told.status_code == 200 and time.monotonic() - began < 20:
            time.sleep(0.05)
            told = doors.get("/health")
        assert (told.status_code, told.json()["status"]) == (
            503,
            "nothing is shown: the disk with the audit does not answer",
        )
    finally:
        writer.patience = 30.0
        answers.set()
    until = time.monotonic() + 30
    while "not released" not in {line["act"] for line in audit_lines(partnership.settings)}:
        assert time.monotonic() < until
        time.sleep(0.02)
    # What reached the disk too late says so, and the service answers again.
    assert doors.get("/health").status_code == 200
    assert doors.get(address, headers=HTML).status_code == 200


def test_no_name_is_in_the_audit_a_log_an_address_or_a_refusal(
    doors: TestClient, partnership: Partnership, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    told = []
    for address in [*data_addresses(partnership), *pages(partnership)]:
        found = doors.get(address, headers=HTML if address in pages(partnership) else COORDINATOR)
        if address.startswith(("/packs/mase", "/packs/strategy", "/child/", "/thing/", "/record/")):
            assert any(canary in found.text for canary in CANARIES), address
        told += [address, *(f"{name}: {value}" for name, value in found.headers.items())]
    page = doors.post("/search", headers={**HTML, "Origin": "http://127.0.0.1:8000"}, data={"sought": FAMILY})
    assert FAMILY in page.text
    told += [str(page.url), *page.headers.values()]
    for broken in (
        doors.get(f"/children/mase?since={FAMILY}", headers=COORDINATOR),
        doors.get(f"/children/mase?min_episodes={FAMILY}", headers=COORDINATOR),
        doors.get(f"/children/mase?as_at={FAMILY}", headers=COORDINATOR),
        doors.get(f"/children/mase?after={FAMILY}", headers=COORDINATOR),
        doors.get(f"/children/{FAMILY}/network", headers=COORDINATOR),
        doors.get(f"/q/{FAMILY}", headers=HTML),
        doors.get("/children/mase", headers={**COORDINATOR, "X-Reader": FAMILY}),
        doors.post("/questions/search", headers=COORDINATOR, json={"sought": FAMILY, FAMILY: 1}),
    ):
        assert broken.status_code in (401, 404, 422), broken.status_code
        told.append(broken.text)
    # The client of the tests writes down the addresses that it asks for; the service does not.
    told += [record.getMessage() for record in caplog.records if record.name != "httpx2"]
    for path in partnership.settings.home.rglob("*.jsonl"):
        told.append(path.read_text(encoding="utf-8"))
    log = partnership.settings.home / "engine.log"
    told.append(log.read_text(encoding="utf-8", errors="replace") if log.exists() else "")
    for canary in CANARIES:
        assert [words[:200] for words in told if words and canary.lower() in words.lower()] == []
