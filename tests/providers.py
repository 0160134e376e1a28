"""Providers of sign-in for tests: a certified one in a process of its own, and one of ours that says what is not so."""

from __future__ import annotations

import base64
import fcntl
import hmac
import html
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx2
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from fastapi.testclient import TestClient
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from missingnet.api.opening import audit_of
from missingnet.settings import Settings
from tests.pieces import ROOT, lacking

SERVICE = "http://127.0.0.1:8000"
CLIENT = "missingnet"
OURS = {"Origin": SERVICE}
MASE = {"purpose": "MASE", "reference": "case-12", "next": "/q"}
PAGE = "/q"
FOLDER = ROOT / "tests" / "provider"

GROUPS = """
[groups.coordinators]
title = "CSE coordinator, council 997"
agency = "997"
roles = ["loader", "judge"]
areas = ["*"]
compartments = ["cse", "interviews", "intelligence", "handling-conditions", "trafficking", "home-address"]
loads = ["interviews"]

[groups.schools]
title = "School attendance lead, schools of 997"
agency = "schools-997"
roles = []
areas = []
compartments = []
"""


@dataclass(frozen=True)
class Issuer:
    """A provider that answers, and the secret that the service has there."""

    address: str
    secret: str


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def sign_in_text(issuer: Issuer, secret_file: Path, *, address: str = SERVICE, more: str = GROUPS, to: str = "") -> str:
    """The text of a sign-in file."""
    return (
        f'address = "{address}"\n[provider]\nissuer = "{issuer.address}"\nclient_id = "{CLIENT}"\n'
        f'client_secret_file = "{secret_file}"\nscopes = ["openid", "groups"]\n{to}\n{more}'
    )


def write_sign_in(folder: Path, issuer: Issuer, **given: str) -> Path:
    """A sign-in file and the secret that it names."""
    folder.mkdir(parents=True, exist_ok=True)
    secret_file, file = folder / "client_secret", folder / "sign-in.toml"
    secret_file.write_text(issuer.secret)
    file.write_text(sign_in_text(issuer, secret_file, **given))
    for path in (secret_file, file):
        path.chmod(0o600)
    return file


@contextmanager
def certified(groups_at: str = "id_token") -> Iterator[Issuer]:
    """`oidc-provider` from npm, on a port of this machine, until the end of the block."""
    for tool in ("node", "npm"):
        if shutil.which(tool) is None:
            lacking("Sign-in through a real provider", f"{tool} was not found (Debian: apt-get install npm)")
    _install()
    issuer = Issuer(f"http://127.0.0.1:{free_port()}", secrets.token_hex(24))
    command = ["node", "serve.mjs", str(urlsplit(issuer.address).port), issuer.secret, SERVICE]
    process = subprocess.Popen(
        command,
        cwd=FOLDER,
        env={**os.environ, "GROUPS_AT": groups_at},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert any(line.strip() == "ready" for line in process.stdout), "the provider did not start"
        yield issuer
    finally:
        process.kill()
        process.wait(10)


def _install() -> None:
    lock = ROOT / ".cache" / "provider.lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        built = FOLDER / "node_modules" / ".built-from"
        wanted = (FOLDER / "package-lock.json").read_text()
        if not built.exists() or built.read_text() != wanted:
            done = subprocess.run(["npm", "ci", "--loglevel=error"], cwd=FOLDER, capture_output=True, timeout=300)
            if done.returncode != 0:
                lacking("Sign-in through a real provider", "npm could not fetch tests/provider's packages")
            built.write_text(wanted)


def through(address: str, account: str) -> str:
    """Sign in at the certified provider's own pages as this account, and return where the browser is sent back to."""
    with httpx2.Client(trust_env=False, timeout=30) as browser:
        answer = browser.get(address)
        for _ in range(12):
            if answer.is_redirect:
                address = urljoin(str(answer.url), answer.headers["location"])
                if address.startswith(SERVICE):
                    return address
                answer = browser.get(address)
                continue
            (action,) = re.findall(r'<form[^>]* action="([^"]+)"', answer.text)
            (prompt,) = re.findall(r'name="prompt" value="(\w+)"', answer.text)
            answer = browser.post(html.unescape(action), data={"prompt": prompt, "login": account, "password": "x"})
        raise AssertionError("the provider did not send the browser back")


@dataclass
class Lies:
    """What our own provider answers next: claims and header of the ID token, changed from what is right."""

    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    raw: str | None = None
    forged: str = ""
    key: RSAKey | None = None
    status: int = 200
    asked: list[str] = field(default_factory=list)


class Liar:
    """A provider that signs rightly unless told otherwise, so that each lie is the only thing wrong."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"use": "sig", "kid": "first"})
        self.published = [self.key]
        self.lies = Lies()
        self.nonce = ""
        self.issuer = Issuer(f"http://127.0.0.1:{free_port()}", secrets.token_hex(24))

    def honest(self) -> None:
        """Forget what it was told to say."""
        self.lies = Lies()

    def id_token(self, now: int) -> str:
        """The ID token of the next answer."""
        if self.lies.raw is not None:
            return self.lies.raw
        claims = {
            "iss": self.issuer.address,
            "aud": CLIENT,
            "sub": "u-1",
            "groups": ["coordinators"],
            "nonce": self.nonce,
            "iat": now,
            "exp": now + 300,
            **self.lies.claims,
        }
        if self.lies.forged:
            # With HS256 the public key, which everybody has, is taken for a shared secret.
            secret = self.key.as_pem(private=False) if self.lies.forged == "HS256" else None
            return forged({"alg": self.lies.forged, "kid": "first"}, claims, secret)
        header = {"alg": "RS256", "kid": "first", **self.lies.header}
        held = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode({k: v for k, v in header.items() if v is not None}, held, self.lies.key or self.key)

    def application(self) -> FastAPI:
        """Its four addresses."""
        here = self.issuer.address
        app = FastAPI()

        @app.get("/.well-known/openid-configuration")
        def metadata() -> dict[str, Any]:
            told: Mapping[str, Any] = {
                "issuer": here,
                "authorization_endpoint": f"{here}/auth",
                "token_endpoint": f"{here}/token",
                "jwks_uri": f"{here}/jwks",
                "userinfo_endpoint": f"{here}/me",
                **self.lies.metadata,
            }
            return {name: value for name, value in told.items() if value is not None}

        @app.get("/jwks")
        def keys() -> Any:
            self.lies.asked.append("keys")
            return KeySet(list(self.published)).as_dict(private=False)

        @app.post("/token")
        async def token(request: Request) -> Response:
            form = parse_qs((await request.body()).decode())
            self.lies.asked.append(form["code_verifier"][0])
            now = int(time.time())
            if self.lies.status != 200:
                return JSONResponse({"error": "invalid_grant"}, self.lies.status)
            return JSONResponse({"access_token": "at", "token_type": "Bearer", "id_token": self.id_token(now)})

        @app.get("/me")
        def me() -> Any:
            return self.lies.userinfo

        return app


@contextmanager
def liar() -> Iterator[Liar]:
    """Our own provider on a port of this machine, in a thread."""
    told = Liar()
    config = uvicorn.Config(
        told.application(),
        host="127.0.0.1",
        port=urlsplit(told.issuer.address).port or 0,
        log_level="warning",
        access_log=False,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            thread.join(0.05)
        yield told
    finally:
        server.should_exit = True
        thread.join(15)


def forged(header: Mapping[str, Any], claims: Mapping[str, Any], secret: bytes | None = None) -> str:
    """A token put together by hand: unsigned, or signed with a shared secret."""
    said = b".".join(_encoded(json.dumps(part).encode()) for part in (header, claims))
    signature = b"" if secret is None else _encoded(hmac.digest(secret, said, "sha256"))
    return f"{said.decode()}.{signature.decode()}"


def _encoded(part: bytes) -> bytes:
    return base64.urlsafe_b64encode(part).rstrip(b"=")


@dataclass
class Service:
    """A service over a sign-in file, and a browser of its own for each who asks for one."""

    settings: Settings
    client: TestClient

    @property
    def app(self) -> Any:
        return self.client.app

    def browser(self) -> TestClient:
        return TestClient(self.app, base_url=SERVICE, follow_redirects=False, headers={"Accept": "text/html"})

    def audit(self) -> list[dict[str, Any]]:
        path = self.settings.home / "audit" / "audit.jsonl"
        return [json.loads(line.rpartition("\t")[0]) for line in path.read_text().splitlines()] if path.exists() else []


def service(folder: Path, issuer: Issuer, **given: str) -> Iterator[Service]:
    from missingnet.api.app import create_app

    sign_in = write_sign_in(folder / "in", issuer, **given)
    settings = Settings(home=folder / "home", sign_in=sign_in, graph="bolt://127.0.0.1:9")

    @asynccontextmanager
    async def audit_alone(settings: Settings) -> Any:
        async def rehearse() -> None:
            return None

        yield SimpleNamespace(audit=audit_of(settings), rehearse=rehearse)

    with TestClient(create_app(settings, audit_alone), base_url=SERVICE, follow_redirects=False) as client:
        yield Service(settings, client)


def begun(browser: TestClient, afresh: str = "") -> str:
    """Where the browser is sent to."""
    answer = browser.get("/sign-in/provider", params={"afresh": afresh} if afresh else {})
    assert answer.status_code == 303
    return str(answer.headers["location"])


def signed_in(browser: TestClient, account: str = "u-17.coordinators", **stated: str) -> Any:
    assert browser.get(through(begun(browser), account)).status_code == 200
    return browser.post("/sign-in/purpose", data={**MASE, **stated}, headers=OURS)
