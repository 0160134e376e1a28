"""Whoever is spoken to elsewhere shows a certificate of an authority that is trusted here, for that very host, and of
now; to anybody else nothing is said: not to the graph, not to the sign-in, not to who is told of a watch (S7)."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from neo4j.exceptions import DriverError

from missingnet.api import watches
from missingnet.api.sign_in.configuration import read_sign_in
from missingnet.api.sign_in.provider import Attempt, Provider, ProviderUnavailable
from missingnet.graph import times
from missingnet.graph.audit import Audit
from missingnet.graph.engine import open_engine
from missingnet.graph.store import Store
from missingnet.settings import Settings
from tests.providers import Issuer, write_sign_in

HOST, DAY = "localhost", timedelta(days=1)
KEY = ec.generate_private_key(ec.SECP256R1())
OTHER = ec.generate_private_key(ec.SECP256R1())
PEM, RAW = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def certificate(
    host: str, *, by: str = "authority", signed: ec.EllipticCurvePrivateKey = KEY, since: int = -1, days: int = 2
) -> bytes:
    """A certificate of that host, good from so many days ago for so many."""
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(named(host))
        .issuer_name(named(by))
        .public_key(KEY.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + since * DAY)
        .not_valid_after(now + (since + days) * DAY)
        .add_extension(x509.BasicConstraints(ca=host == "authority", path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(KEY.public_key()), critical=False)
    )
    return built.sign(signed, hashes.SHA256()).public_bytes(PEM)


BAD = {
    "signed by itself": certificate(HOST, by=HOST, signed=KEY),
    "of another host": certificate("elsewhere.example"),
    "over since yesterday": certificate(HOST, since=-3),
    "not good before tomorrow": certificate(HOST, since=1),
    "of an authority that only has the name": certificate(HOST, signed=OTHER),
}
GOOD = certificate(HOST)


@dataclass
class Server:
    """Speaks TLS on this machine with a certificate; ``told`` is what somebody said to it once they took it."""

    address: str = ""
    told: list[bytes] = field(default_factory=list)


@contextlib.contextmanager
def serving(folder: Path, chain: bytes) -> Iterator[Server]:
    file, server = folder / "server.pem", Server()
    file.write_bytes(KEY.private_bytes(PEM, RAW, serialization.NoEncryption()) + chain)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    listening = socket.create_server(("127.0.0.1", 0))
    server.address = f"{HOST}:{listening.getsockname()[1]}"

    def serve() -> None:
        while True:
            try:
                plain, _ = listening.accept()
            except OSError:
                return
            with contextlib.suppress(OSError), plain:
                plain.settimeout(5)
                with context.wrap_socket(plain, server_side=True) as line:
                    server.told.append(line.recv(4096))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)


def graph(folder: Path, address: str) -> None:
    settings = Settings(home=folder, graph=f"bolt+s://{address}", graph_password=secrets.token_urlsafe(16))

    async def opened() -> None:
        await Store.open(open_engine(settings), b"k" * 32, Audit(folder / "audit", b"k"), folder / "lock")

    with pytest.raises((DriverError, OSError)):
        asyncio.run(opened())


def sign_in(folder: Path, address: str) -> None:
    told = read_sign_in(write_sign_in(folder / "sign-in", Issuer(f"https://{address}", "s" * 32)))
    with pytest.raises(ProviderUnavailable):
        asyncio.run(Provider().begin(told, Attempt(), times.now()))


def watch(folder: Path, address: str) -> None:
    assert watches.send(f"https://{address}/told", {"kind": "news"}) is not None


CALLERS: dict[str, Callable[[Path, str], None]] = {"graph": graph, "sign-in": sign_in, "watch": watch}


@pytest.fixture(autouse=True)
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The authority is one that this machine trusts."""
    (tmp_path / "trusted.pem").write_bytes(certificate("authority"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))


@pytest.mark.parametrize("caller", CALLERS)
def test_nothing_is_said_to_who_shows_a_bad_certificate(caller: str, tmp_path: Path) -> None:
    for what, chain in BAD.items():
        with serving(tmp_path, chain) as server:
            CALLERS[caller](tmp_path, server.address)
        assert server.told == [], what


@pytest.mark.parametrize("caller", CALLERS)
def test_a_good_certificate_is_spoken_to(caller: str, tmp_path: Path) -> None:
    """So that those were refused for what they are. This server hangs up on whatever it is told."""
    with serving(tmp_path, GOOD) as server:
        CALLERS[caller](tmp_path, server.address)
    assert b"".join(server.told)


def test_who_does_not_look_at_certificates_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blind = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    blind.check_hostname, blind.verify_mode = False, ssl.CERT_NONE
    monkeypatch.setattr(ssl, "create_default_context", lambda *_, **__: blind)
    with serving(tmp_path, BAD["signed by itself"]) as server:
        sign_in(tmp_path, server.address)
    assert server.told
