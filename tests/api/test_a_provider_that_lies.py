"""Who comes back is checked: a provider that lies in one thing at a time signs nobody in (S1, S2, A3, A6)."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from joserfc.jwk import RSAKey

from missingnet.api.sign_in import provider
from missingnet.graph import times
from tests.providers import MASE, OURS, PAGE, Issuer, Liar, Service, begun, liar, service


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that runs many tests at once is slow to answer itself."""
    monkeypatch.setattr(provider, "PATIENCE", 120.0)


@pytest.fixture(scope="module")
def lying() -> Iterator[Liar]:
    with liar() as told:
        yield told


@pytest.fixture(scope="module")
def believing(tmp_path_factory: pytest.TempPathFactory, lying: Liar) -> Iterator[Service]:
    yield from service(tmp_path_factory.mktemp("lying"), lying.issuer)


@pytest.fixture
def misled(believing: Service, lying: Liar) -> Service:
    """A service that knows nothing of its provider yet, which is honest until it is told otherwise."""
    lying.honest()
    believing.app.state.door.provider = provider.Provider()
    return believing


def back(browser: TestClient, lying: Liar, afresh: str = "", **changes: str) -> Any:
    """Come back from the lying provider."""
    asked = parse_qs(urlsplit(begun(browser, afresh)).query)
    assert (asked.get("prompt"), asked.get("max_age")) == ((["login"], ["0"]) if afresh else (None, None))
    lying.nonce = asked["nonce"][0]
    return browser.get("/sign-in/callback", params={"code": "c", "state": asked["state"][0], **changes})


def test_over_tls_cookies_are_bound_to_the_host(tmp_path: Path, lying: Liar) -> None:
    address = "https://missingnet.example.org"
    for served in service(tmp_path, lying.issuer, address=address):
        answer = served.client.get("/sign-in/provider", headers={"Host": "missingnet.example.org"})
        line = answer.headers["set-cookie"]
        assert line.startswith("__Host-missingnet_attempt=")
        assert "Secure" in line and "Path=/;" in line + ";" and "Domain" not in line
        assert parse_qs(urlsplit(answer.headers["location"]).query)["redirect_uri"] == [f"{address}/sign-in/callback"]
        for host, status in (("missingnet.example.org", 200), ("evil.example.org", 400), ("127.0.0.1:8000", 200)):
            assert served.client.get("/health", headers={"Host": host}).status_code == status
        forged = served.client.post(
            "/sign-out", headers={"Host": "missingnet.example.org", "Origin": "http://missingnet.example.org"}
        )
        assert forged.status_code == 403


def test_an_attempt_is_soon_too_old(misled: Service, lying: Liar, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = misled.browser()
    asked = parse_qs(urlsplit(begun(browser)).query)
    late: datetime = times.now() + timedelta(minutes=11)
    monkeypatch.setattr(times, "now", lambda: late)
    answer = browser.get("/sign-in/callback", params={"code": "c", "state": asked["state"][0]})
    assert answer.status_code == 401
    assert lying.lies.asked in ([], ["keys"])


def test_the_honest_answer_of_our_own_provider_is_taken(misled: Service, lying: Liar) -> None:
    """So that in what follows the lie is the only thing wrong."""
    browser = misled.browser()
    assert back(browser, lying).status_code == 200
    assert browser.get("/sign-in/purpose").status_code == 200
    assert len(lying.lies.asked[-1]) >= 43


def test_an_answer_is_good_once_though_its_provider_would_take_the_code_again(misled: Service, lying: Liar) -> None:
    browser = misled.browser()
    asked = parse_qs(urlsplit(begun(browser)).query)
    lying.nonce, kept = asked["nonce"][0], browser.cookies["missingnet_attempt"]
    answer = {"code": "c", "state": asked["state"][0]}
    assert browser.get("/sign-in/callback", params=answer).status_code == 200
    browser.cookies.set("missingnet_attempt", kept)
    assert browser.get("/sign-in/callback", params=answer).status_code == 401


def opening(browser: TestClient) -> str:
    """Why a child cannot be opened: the purpose is the last thing that is looked at here, for there is no graph."""
    asked = {"child": "council:997:100231", "reason": "Seen getting into a car an hour ago."}
    answer = browser.post("/emergency", data=asked, headers={**OURS, "Accept": "application/json"})
    return str(answer.json()["error"])


def test_emergency_access_needs_the_proof_anew(misled: Service, lying: Liar) -> None:
    """Somebody whose browser the provider still knows has proven nothing now, and nor has one who says so too late."""
    browser = misled.browser()
    back(browser, lying)
    browser.post("/sign-in/purpose", data=MASE, headers=OURS)
    assert opening(browser) == "prove-first"
    now = int(times.now().replace(tzinfo=UTC).timestamp())
    for lie in ({}, {"auth_time": now - 301}, {"auth_time": now + 3600}, {"auth_time": str(now)}, {"auth_time": True}):
        lying.lies.claims = lie
        assert back(misled.browser(), lying, afresh="yes").status_code == 401, lie
    lying.lies.claims = {"auth_time": now}
    fresh = misled.browser()
    assert back(fresh, lying, afresh="yes").status_code == 200
    assert fresh.post("/sign-in/purpose", data=MASE, headers=OURS).status_code == 303
    assert opening(fresh) == "no-emergency"
    # The claim opens nothing where it was not asked for.
    usual = misled.browser()
    assert back(usual, lying).status_code == 200
    usual.post("/sign-in/purpose", data=MASE, headers=OURS)
    assert opening(usual) == "prove-first"


def test_the_proof_is_soon_too_old(misled: Service, lying: Liar, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, now = misled.browser(), times.now()
    lying.lies.claims = {"auth_time": int(now.replace(tzinfo=UTC).timestamp())}
    back(browser, lying, afresh="yes")
    browser.post("/sign-in/purpose", data=MASE, headers=OURS)
    assert opening(browser) == "no-emergency"
    monkeypatch.setattr(times, "now", lambda: now + timedelta(minutes=11))
    assert opening(browser) == "prove-first"


LONG_AGO, FAR = 1_600_000_000, 4_000_000_000
LIES: dict[str, dict[str, Any]] = {
    "another nonce": {"claims": {"nonce": "n" * 43}},
    "no nonce": {"claims": {"nonce": None}},
    "another audience": {"claims": {"aud": "another-service"}},
    "another audience, through us": {"claims": {"aud": "another-service", "azp": "missingnet"}},
    "no audience": {"claims": {"aud": None}},
    "many audiences, meant for another": {"claims": {"aud": ["missingnet", "other"], "azp": "other"}},
    "many audiences, meant for nobody": {"claims": {"aud": ["missingnet", "other"]}},
    "another issuer": {"claims": {"iss": "https://login.example.org"}},
    "no issuer": {"claims": {"iss": None}},
    "expired": {"claims": {"exp": LONG_AGO, "iat": LONG_AGO - 300}},
    "no expiry": {"claims": {"exp": None}},
    "issued in the future": {"claims": {"iat": FAR, "exp": FAR + 300}},
    "not yet": {"claims": {"nbf": FAR}},
    "nobody": {"claims": {"sub": None}},
    "a number for a person": {"claims": {"sub": 17}},
    "groups that are no list": {"claims": {"groups": {"coordinators": True}}},
    "another access token": {"claims": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}},
    "another's key": {"key": RSAKey.generate_key(2048, {"kid": "first"})},
    "an unknown key": {"header": {"kid": "second"}},
    "alg none": {"forged": "none"},
    "alg none in capitals": {"forged": "NONE"},
    "the public key for a shared secret": {"forged": "HS256"},
    "no token": {"raw": ""},
    "no JWT": {"raw": "a.b.c"},
    "a refused code": {"status": 400},
}


@pytest.mark.parametrize("lie", LIES)
def test_an_answer_that_proves_nothing_signs_nobody_in(
    misled: Service, lying: Liar, lie: str, caplog: pytest.LogCaptureFixture
) -> None:
    """S1."""
    for name, value in LIES[lie].items():
        setattr(lying.lies, name, value)
    browser, before = misled.browser(), misled.audit()
    with caplog.at_level(logging.WARNING):
        answer = back(browser, lying)
    assert answer.status_code == 401
    assert "missingnet_session" not in browser.cookies
    (line,) = misled.audit()[len(before) :]
    assert (line["act"], line["who"], line["outcome"]) == ("refuse", "nobody", "refused: sign-in-failed")
    assert "u-1" not in json.dumps(line)
    assert "a sign-in was refused" in caplog.text and "u-1" not in caplog.text


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "s" * 43},
        {"state": ""},
        {"code": ""},
        {"iss": "https://login.example.org"},
        {"error": "access_denied"},
    ],
)
def test_an_answer_that_was_not_asked_for_is_refused_before_its_code_is_used(
    misled: Service, lying: Liar, changes: dict[str, str]
) -> None:
    assert back(misled.browser(), lying, **changes).status_code == 401
    assert [one for one in lying.lies.asked if one != "keys"] == []


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://login.example.org"},
        {"token_endpoint": "http://login.example.org/token"},
        {"authorization_endpoint": None},
        {"jwks_uri": "http://login.example.org/jwks"},
        {"code_challenge_methods_supported": ["plain"]},
    ],
)
def test_a_provider_that_would_send_secrets_elsewhere_is_not_used(
    misled: Service, lying: Liar, metadata: dict[str, Any]
) -> None:
    lying.lies.metadata = metadata
    answer = misled.browser().get("/sign-in/provider")
    assert answer.status_code == 503
    assert "Your organisation" in answer.text


def test_a_provider_that_does_not_answer_is_said_and_does_not_hang(tmp_path: Path) -> None:
    for served in service(tmp_path, Issuer("http://127.0.0.1:9", "s" * 40)):
        assert served.browser().get("/sign-in/provider").status_code == 503


def test_a_new_key_of_the_provider_is_learnt_and_an_old_one_forgotten(misled: Service, lying: Liar) -> None:
    assert back(misled.browser(), lying).status_code == 200
    new = RSAKey.generate_key(2048, {"use": "sig", "kid": "second"})
    lying.published, lying.lies.key, lying.lies.header = [new], new, {"kid": "second"}
    known = misled.app.state.door.provider._known
    try:
        object.__setattr__(known, "at", known.at - timedelta(minutes=2))
        assert back(misled.browser(), lying).status_code == 200
        lying.honest()
        assert back(misled.browser(), lying).status_code == 401
    finally:
        lying.published = [lying.key]


def test_what_stands_for_a_person_is_never_an_address_or_a_name(misled: Service, lying: Liar) -> None:
    """A6."""
    before = len(misled.audit())
    for unfit in ("jane.canary@example.org", "Jane Canary", "x" * 300, ""):
        lying.lies.claims = {"sub": unfit}
        answer = back(misled.browser(), lying)
        assert answer.status_code in (401, 403), unfit
        assert "canary" not in answer.text.lower()
    lines = misled.audit()[before:]
    assert {(line["act"], line["who"]) for line in lines} == {("refuse", "nobody")}
    assert (len(lines), "canary" in json.dumps(lines).lower()) == (4, False)


def test_what_is_said_of_another_person_is_not_taken(misled: Service, lying: Liar) -> None:
    lying.lies.claims = {"groups": None}
    lying.lies.userinfo = {"sub": "u-2", "groups": ["coordinators"]}
    assert back(misled.browser(), lying).status_code == 401
    lying.lies.userinfo = {"sub": "u-1", "groups": ["coordinators"]}
    assert back(misled.browser(), lying).status_code == 200


def test_nobody_is_signed_in_while_the_audit_cannot_be_written(misled: Service, lying: Liar) -> None:
    """A3."""
    browser = misled.browser()
    back(browser, lying)
    audit = misled.settings.home / "audit" / "audit.jsonl"
    aside = audit.with_suffix(".aside")
    audit.touch()
    audit.rename(aside)
    audit.mkdir()
    assert browser.post("/sign-in/purpose", data=MASE, headers=OURS).status_code == 503
    assert browser.get(PAGE).status_code == 503
    audit.rmdir()
    aside.rename(audit)
    assert browser.get(PAGE).headers["location"] == "/sign-in/purpose"


def test_only_the_routes_of_the_sign_in_are_open(misled: Service) -> None:
    from tests.api.test_every_route_asks_who_and_why import OPEN, api_routes

    free = {r.path for r in api_routes(misled.client) if r.permission.name in ("NOTHING", "SIGNS_IN")}  # type: ignore[attr-defined]
    ours = {"/sign-in/provider", "/sign-in/callback", "/sign-in/purpose", "/sign-in/out"}
    assert free == set(OPEN) | ours
