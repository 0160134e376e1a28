"""A machine's token is for one request, one service and one purpose; whatever else is shown opens nothing (S1)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey, RSAKey

from missingnet.api.refusals import TOKEN_REFUSED, Refused
from missingnet.api.sign_in.configuration import SignIn, read_sign_in
from missingnet.api.sign_in.machines import AHEAD, LIVES, TYPE, Machines, new_key, token
from missingnet.graph import times
from tests.providers import GROUPS, SERVICE, Issuer, Service, forged, service, write_sign_in

NOON = datetime(2026, 11, 1, 12)
SECONDS = int(NOON.replace(tzinfo=UTC).timestamp())
KEY, OLD, OTHER, STRANGER = (new_key() for _ in range(4))


def public(key: OKPKey) -> str:
    return str(key.as_dict(private=False)["x"])


MACHINES = f"""
[machines.police-feed]
title = "Feed of police 99"
agency = "99"
areas = []
compartments = []
scopes = ["files"]
public_keys = ["{public(OLD)}", "{public(KEY)}"]

[machines.dashboard]
title = "Dashboard of council 997"
agency = "997"
areas = ["997"]
compartments = []
scopes = ["questions", "tables"]
public_keys = ["{public(OTHER)}"]
"""
NOWHERE = Issuer("http://127.0.0.1:9", "s" * 40)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> SignIn:
    return read_sign_in(write_sign_in(tmp_path_factory.mktemp("in"), NOWHERE, more=GROUPS + MACHINES))


RIGHT: dict[str, Any] = {
    "iss": "police-feed",
    "sub": "police-feed",
    "aud": SERVICE,
    "scope": "files",
    "iat": SECONDS,
    "exp": SECONDS + 300,
    "jti": "0123456789abcdef",
}


@dataclass(frozen=True)
class Made:
    """A token as it must be, but for what is changed in it; None leaves a claim or header out."""

    claims: dict[str, Any]
    header: dict[str, Any]
    key: Any

    def text(self) -> str:
        claims = {**RIGHT, **self.claims}
        header = {"alg": "Ed25519", "typ": TYPE, "kid": KEY.thumbprint(), **self.header}
        return jwt.encode(
            {name: value for name, value in header.items() if value is not None},
            {name: value for name, value in claims.items() if value is not None},
            self.key,
            algorithms=["Ed25519", "EdDSA", "RS256"],
            default_type=None,
        )


def made(header: dict[str, Any] | None = None, key: Any = KEY, **claims: Any) -> str:
    return f"Bearer {Made(claims, header or {}, key).text()}"


def test_a_token_as_it_must_be_is_taken_under_either_name_of_its_algorithm(told: SignIn) -> None:
    """So that in what follows the one fault is the only thing wrong."""
    machines = Machines(NOON)
    for number, text in enumerate(
        (
            made(),
            made({"alg": "EdDSA"}, jti="fedcba9876543210"),
            f"bearer {token(KEY, 'police-feed', SERVICE, 'files', NOON)}",
            made({"kid": OLD.thumbprint()}, OLD, jti="the old key, while it is changed"),
        )
    ):
        reader, scopes = machines.admit(text, told, NOON)
        assert (reader.name, reader.agency, reader.roles, scopes) == (
            "machine:police-feed",
            "99",
            ("loader",),
            {"files"},
        ), number


def by_hand(algorithm: str, secret: bytes | None = None) -> str:
    return "Bearer " + forged({"alg": algorithm, "typ": TYPE, "kid": KEY.thumbprint()}, RIGHT, secret)


HOSTILE: dict[str, str] = {
    "no scheme": made().removeprefix("Bearer "),
    "another scheme": made().replace("Bearer", "Basic"),
    "nothing": "Bearer ",
    "no token": "Bearer a.b.c",
    "no ASCII": "Bearer é.é.é",
    "too long": "Bearer " + "a" * 5000,
    "alg none": by_hand("none"),
    "alg in capitals": by_hand("NONE"),
    "alg none and nothing else": "Bearer " + forged({"alg": "none"}, RIGHT),
    "the public key as a shared secret": by_hand("HS256", public(KEY).encode()),
    "a key of another kind": made({"alg": "RS256"}, RSAKey.generate_key(2048)),
    "a stranger's key under a known name": made(key=STRANGER),
    "a stranger's key under its own name": made({"kid": STRANGER.thumbprint()}, STRANGER),
    "a key in the header": made({"jwk": STRANGER.as_dict(private=False)}, STRANGER),
    "an address of keys in the header": made({"jku": "https://evil.example.org/keys"}),
    "something critical": made({"crit": ["kid"]}),
    "no key named": made({"kid": None}),
    "made for something else": made({"typ": "JWT"}),
    "made for who knows what": made({"typ": None}),
    "another machine's name": made(sub="dashboard"),
    "issued by another": made(iss="dashboard"),
    "another machine's key": made({"kid": OTHER.thumbprint()}, OTHER),
    "another service": made(aud="https://other.example.org"),
    "this service and another": made(aud=[SERVICE, "https://other.example.org"]),
    "no audience": made(aud=None),
    "over": made(iat=SECONDS - 300, exp=SECONDS),
    "no end": made(exp=None),
    "no beginning": made(iat=None),
    "an end in words": made(exp="tomorrow"),
    "an end that is true": made(exp=True),
    "no whole second": made(exp=SECONDS + 0.5),
    "lives too long": made(exp=SECONDS + 301),
    "ends before it begins": made(iat=SECONDS + 20, exp=SECONDS + 10),
    "from the future": made(iat=SECONDS + 31, exp=SECONDS + 60),
    "no number": made(jti=None),
    "a short number": made(jti="1"),
    "a number that is one": made(jti=12345678901234567),
    "no scope": made(scope=None),
    "an empty scope": made(scope=""),
    "a scope that its machine lacks": made(scope="questions"),
    "one scope too many": made(scope="files questions"),
    "scopes in a list": made(scope=["files"]),
    "to judge": made(scope="judge"),
    "no machine": made(iss=None, sub=None),
}


@pytest.mark.parametrize("fault", HOSTILE)
def test_a_token_with_one_fault_opens_nothing(told: SignIn, fault: str) -> None:
    with pytest.raises(Refused) as refused:
        Machines(NOON - timedelta(hours=1)).admit(HOSTILE[fault], told, NOON)
    assert refused.value.words is TOKEN_REFUSED


def test_a_changed_byte_is_noticed(told: SignIn) -> None:
    text = made()
    machines = Machines(NOON)
    for place in range(len("Bearer "), len(text), 7):
        changed = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
        if changed.rpartition(".")[2][:-1] == text.rpartition(".")[2][:-1] and changed[:-1] == text[:-1]:
            continue
        with pytest.raises(Refused):
            machines.admit(changed, told, NOON)


def test_a_token_is_good_once_and_its_number_is_forgotten_when_it_is_over(told: SignIn) -> None:
    machines = Machines(NOON)
    machines.admit(made(), told, NOON)
    for later in (timedelta(0), timedelta(minutes=4, seconds=59)):
        with pytest.raises(Refused):
            machines.admit(made(), told, NOON + later)
    again = made(iat=SECONDS + 301, exp=SECONDS + 500)
    machines.admit(again, told, NOON + timedelta(seconds=301))
    assert len(machines._used) == 1


def test_a_token_from_before_a_restart_may_have_been_used_and_is_refused(told: SignIn) -> None:
    before = made(iat=SECONDS - 10, exp=SECONDS + 100)
    with pytest.raises(Refused):
        Machines(NOON).admit(before, told, NOON)
    Machines(NOON - timedelta(minutes=1)).admit(before, told, NOON)


def test_a_refused_token_uses_up_no_number(told: SignIn) -> None:
    machines = Machines(NOON)
    with pytest.raises(Refused):
        machines.admit(made(aud="https://other.example.org"), told, NOON)
    machines.admit(made(), told, NOON)


def test_a_clock_that_is_a_little_ahead_is_borne(told: SignIn) -> None:
    ahead = SECONDS + int(AHEAD.total_seconds())
    Machines(NOON).admit(made(iat=ahead, exp=ahead + int(LIVES.total_seconds())), told, NOON)


def test_a_token_does_not_outlive_its_key(tmp_path: Path) -> None:
    """Key rotation and revocation: a line is added, a line is taken out, and that holds at once."""
    file = write_sign_in(tmp_path / "in", NOWHERE, more=GROUPS + MACHINES)
    machines = Machines(NOON)
    machines.admit(made({"kid": OLD.thumbprint()}, OLD), read_sign_in(file), NOON)
    file.write_text(file.read_text().replace(f'"{public(OLD)}", ', ""))
    with pytest.raises(Refused):
        machines.admit(made({"kid": OLD.thumbprint()}, OLD, jti="another number of it"), read_sign_in(file), NOON)
    machines.admit(made(jti="the new key's number"), read_sign_in(file), NOON)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    yield from service(tmp_path_factory.mktemp("machines"), NOWHERE, more=GROUPS + MACHINES)


def asked(key: OKPKey, machine: str, scope: str) -> dict[str, str]:
    made_now = token(key, machine, SERVICE, scope, times.now() + timedelta(seconds=1))
    return {"Authorization": f"Bearer {made_now}", "X-Purpose": "DATA-QUALITY feed-1"}


def test_a_scope_opens_its_own_routes_alone(served: Service) -> None:
    feed, questions, tables = (
        (KEY, "police-feed", "files"),
        (OTHER, "dashboard", "questions"),
        (OTHER, "dashboard", "tables"),
    )
    for who, address, error in (
        (feed, "/loads", None),
        (feed, "/q", "not-allowed"),
        (feed, "/tables", "not-allowed"),
        (questions, "/q", None),
        (questions, "/loads", "not-allowed"),
        (tables, "/tables", None),
        (tables, "/q", "not-allowed"),
    ):
        answer = served.client.get(address, headers=asked(*who))
        assert (answer.status_code == 200) == (error is None), (who[1:], address)
        if error:
            assert answer.json()["error"] == error
    judged = served.client.post("/judgements/triage", json={}, headers=asked(*questions))
    assert judged.json()["error"] == "not-allowed"
    urgent = {"child": "council:997:100231", "reason": "A machine has no emergency."}
    opened = served.client.post("/emergency", data=urgent, headers=asked(*questions))
    assert opened.json()["error"] == "not-allowed"
    closed = served.client.post("/restrictions", json={"record": "z" * 26, "reason": "x"}, headers=asked(*feed))
    assert closed.json()["error"] == "not-allowed"


def test_a_machine_states_a_purpose_and_has_no_session(served: Service) -> None:
    headers = asked(OTHER, "dashboard", "questions")
    answer = served.client.get("/q", headers=headers)
    assert answer.status_code == 200 and "set-cookie" not in answer.headers
    again = served.client.get("/q", headers=headers)
    assert (again.status_code, again.json()["error"]) == (401, "token-refused")
    silent = asked(OTHER, "dashboard", "questions")
    del silent["X-Purpose"]
    assert served.client.get("/q", headers=silent).json()["error"] == "purpose-missing"


def test_a_bad_token_is_not_mended_by_a_session_beside_it(served: Service) -> None:
    from missingnet.api.sessions import Session
    from missingnet.graph.access import Purpose

    door = served.app.state.door
    session = Session("person:u-1", Purpose("MASE", ""), ("coordinators",), "coordinators")
    browser = served.browser()
    browser.cookies.set("missingnet_session", door.sessions.begin(session, times.now()))
    assert browser.get("/q").status_code == 200
    for header in ("Bearer a.b.c", "", "Basic eDp5"):
        assert browser.get("/q", headers={"Authorization": header}).status_code == 401


def test_no_token_stands_in_an_answer_or_the_audit(served: Service) -> None:
    headers = asked(KEY, "police-feed", "files")
    shown = [served.client.get("/loads", headers=headers) for _ in range(2)]
    text = headers["Authorization"].partition(" ")[2]
    assert all(text not in answer.text + str(answer.headers) for answer in shown)
    assert text not in json.dumps(served.audit())


def test_the_private_half_of_a_key_is_in_no_set_that_the_service_holds(told: SignIn) -> None:
    for machine in told.machines.values():
        keys: KeySet = machine.keys()
        assert all(not key.is_private for key in keys.keys)
