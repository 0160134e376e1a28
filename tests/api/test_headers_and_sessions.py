"""Protective headers on everything, and a session that no other site can use (S2, S3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from missingnet.api.app import create_app
from missingnet.api.sessions import IDLE, LONGEST, MOST, Held, Session
from missingnet.graph.access import Purpose
from tests.served import COORDINATOR, Partnership

SNAPSHOT = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "x-robots-tag": "noindex, nofollow",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'self'; script-src 'self' 'nonce-N'; style-src 'self'; "
    "img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
}
OURS = {"Origin": "http://127.0.0.1:8000"}
NOON = datetime(2026, 11, 1, 12)


@pytest.fixture
def browser(partnership: Partnership) -> Iterator[TestClient]:
    with TestClient(
        create_app(partnership.settings),
        base_url="http://127.0.0.1:8000",
        follow_redirects=False,
        headers={"Accept": "text/html"},
    ) as client:
        yield client


def sign_in(client: TestClient, **changes: str) -> object:
    form = {"reader": "coordinator", "purpose": "MASE", "reference": "case-12", "next": "/search", **changes}
    return client.post("/sign-in", data=form, headers=OURS)


def test_every_answer_carries_the_headers(doors: TestClient) -> None:
    for address in ("/health", "/children/mase", "/no/such", "/sign-in", "/openapi.json", "/q"):
        for headers in ({}, COORDINATOR, {**COORDINATOR, "Accept": "text/html"}):
            found = doors.get(address, headers=headers)
            shown = {name: found.headers.get(name) for name in SNAPSHOT}
            shown["content-security-policy"] = re.sub(
                r"nonce-[\w-]+", "nonce-N", shown["content-security-policy"] or ""
            )
            assert shown == SNAPSHOT, address
            assert "server" not in found.headers


def test_each_page_has_a_nonce_of_its_own_and_no_other_inline_script_or_style(doors: TestClient) -> None:
    nonces = set()
    for _ in range(3):
        text = doors.get("/sign-in", headers={"Accept": "text/html"}).text
        found = re.findall(r'<script nonce="([\w-]+)">', text)
        assert len(found) == 1
        nonces.add(found[0])
        assert not re.search(r"\sstyle=|<style|\son\w+=", text)
    assert len(nonces) == 3


def test_a_page_without_a_session_leads_to_the_sign_in_and_back(browser: TestClient) -> None:
    first = browser.get("/q/MASE-3-IN-3M?min_episodes=2")
    assert (first.status_code, first.headers["location"]) == (303, "/sign-in")
    form = browser.get("/sign-in")
    assert 'value="/q/MASE-3-IN-3M?min_episodes=2"' in form.text
    found = sign_in(browser, next="/q/MASE-3-IN-3M?min_episodes=2")
    assert found.headers["location"] == "/q/MASE-3-IN-3M?min_episodes=2"  # type: ignore[attr-defined]
    assert browser.get("/").status_code == 200


def test_nobody_is_sent_to_another_site_after_signing_in(browser: TestClient) -> None:
    for elsewhere in ("https://evil.example.org", "//evil.example.org", "/\\evil.example.org", "javascript:alert(1)"):
        assert sign_in(browser, next=elsewhere).headers["location"] == "/"  # type: ignore[attr-defined]


def test_the_cookie_is_private_to_this_site_and_new_at_each_sign_in(browser: TestClient) -> None:
    first = sign_in(browser).headers["set-cookie"]  # type: ignore[attr-defined]
    assert "HttpOnly" in first
    assert "SameSite=strict" in first
    assert "coordinator" not in first
    old = browser.cookies["missingnet_session"]
    sign_in(browser)
    assert browser.cookies["missingnet_session"] != old
    browser.cookies.clear()
    browser.cookies.set("missingnet_session", old)
    assert browser.get("/search").status_code == 303


def test_signing_out_ends_the_session_itself(browser: TestClient) -> None:
    sign_in(browser)
    kept = browser.cookies["missingnet_session"]
    assert browser.post("/sign-out", headers=OURS).status_code == 303
    browser.cookies.set("missingnet_session", kept)
    assert browser.get("/search").status_code == 303


def test_a_form_of_another_site_changes_nothing(browser: TestClient) -> None:
    sign_in(browser)
    for origin in ("https://evil.example.org", "null", "http://127.0.0.1:9999"):
        for address in ("/sign-out", "/sign-in", "/search", "/loads"):
            found = browser.post(address, headers={"Origin": origin}, data={"sought": "x"})
            assert found.status_code == 403, (origin, address)
    assert browser.post("/search", data={"sought": "x"}).status_code == 403
    assert browser.get("/search").status_code == 200


def test_a_form_that_is_filled_in_wrongly_says_what_to_do(browser: TestClient) -> None:
    found = sign_in(browser, reader="nobody", reference="Jane Doe, Acacia Road")
    assert found.status_code == 422  # type: ignore[attr-defined]
    assert "There is a problem" in found.text  # type: ignore[attr-defined]
    assert "Jane" not in found.text  # type: ignore[attr-defined]


def test_a_session_ends_when_idle_or_old_and_a_forged_one_never_begins() -> None:
    chair = Session("chair", Purpose("MASE", "m-1"))
    sessions: Held[Session] = Held(IDLE, LONGEST)
    cookie = sessions.begin(chair, NOON)
    assert sessions.find(cookie, NOON + IDLE) is not None
    assert sessions.find(cookie, NOON + IDLE * 2 + timedelta(seconds=1)) is None
    cookie, now = sessions.begin(chair, NOON), NOON
    while now - NOON <= LONGEST:
        assert sessions.find(cookie, now) is not None
        now += IDLE
    assert sessions.find(cookie, now) is None
    number = sessions.begin(chair, NOON).partition(".")[0]
    for forged in (number, f"{number}.", f"{number}.{'0' * 64}", f".{'0' * 64}", "", None, "é.é"):
        assert sessions.find(forged, NOON) is None
        assert sessions.exchange(forged, chair, NOON) is None


def test_a_session_with_another_purpose_has_a_new_number_and_is_no_younger() -> None:
    sessions: Held[str] = Held(IDLE, LONGEST)
    cookie, now = sessions.begin("one", NOON), NOON
    while now + IDLE - NOON <= LONGEST:
        now += IDLE
        renewed = sessions.exchange(cookie, f"at {now}", now)
        assert renewed is not None
        assert sessions.find(cookie, now) is None
        cookie = renewed
    assert sessions.find(cookie, now) == f"at {now}"
    assert sessions.find(cookie, now + timedelta(minutes=1)) is None


def test_what_is_taken_is_there_once() -> None:
    held: Held[str] = Held(IDLE, LONGEST)
    cookie = held.begin("one", NOON)
    assert held.take(cookie, NOON) == "one"
    assert held.take(cookie, NOON) is None


def test_sessions_stay_few() -> None:
    sessions: Held[int] = Held(LONGEST, LONGEST)
    first = sessions.begin(0, NOON)
    for number in range(MOST):
        last = sessions.begin(number, NOON + timedelta(seconds=1))
    assert sessions.find(first, NOON + timedelta(seconds=1)) is None
    assert sessions.find(last, NOON + timedelta(seconds=1)) == MOST - 1
