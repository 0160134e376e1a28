"""The service in a process of its own, as a person starts it, and the bare driver that it is measured against."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import httpx2
import neo4j

from missingnet.graph import catalogue
from missingnet.graph.engine import open_engine
from missingnet.graph.times import utc_to_london
from missingnet.settings import Settings
from tests import engines
from tests.pieces import ROOT
from tests.served import COORDINATOR

AS_AT = "2026-11-01"


def environment(settings: Settings) -> dict[str, str]:
    """The settings as a command of our own gets them."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MISSINGNET_")}
    kept |= {"MISSINGNET_HOME": str(settings.home), "MISSINGNET_GRAPH": settings.graph, "MISSINGNET_PORT": "0"}
    # Measured is how fast it answers, not how fast one reader may ask.
    kept |= {"MISSINGNET_REQUESTS_PER_MINUTE": "10000000", "MISSINGNET_SEARCHES_PER_MINUTE": "10000000"}
    if settings.graph_password is not None:
        kept["MISSINGNET_GRAPH_PASSWORD"] = settings.graph_password.get_secret_value()
    return kept


def command(*words: str) -> list[str]:
    """A MissingNet command line."""
    return [str(Path(sys.executable).with_name("missingnet")), *words]


@dataclass
class Service:
    """A running service and how to ask it."""

    address: str
    process: int
    client: httpx2.Client = field(repr=False)

    def ask(self, path: str, **params: Any) -> tuple[float, dict[str, Any]]:
        """Seconds until the whole answer is here, and the answer."""
        began = time.perf_counter()
        reply = self.client.get(path, params={"as_at": AS_AT, "limit": 500, **params})
        took = time.perf_counter() - began
        assert reply.status_code == 200, f"{path}: {reply.status_code}"
        found: dict[str, Any] = reply.json()
        return took, found

    def first(self, path: str) -> float:
        """Seconds until a question is answered that the engine has to plan first; asked again where it was stopped."""
        began = time.perf_counter()
        for _ in range(8):
            if self.client.get(path, params={"as_at": AS_AT}).status_code == 200:
                break
        return time.perf_counter() - began

    def memory(self) -> float:
        """Megabytes that the service holds, and the most it ever held."""
        told = Path(f"/proc/{self.process}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) / 1024 for line in told if line.startswith("VmHWM"))


@contextmanager
def service(settings: Settings, audited: bool = True) -> Iterator[Service]:
    """The service on loopback, asked as the coordinator for a meeting."""
    words = command("serve") if audited else [sys.executable, "-m", "tests.bench.unaudited", "serve"]
    process = subprocess.Popen(words, cwd=ROOT, env=environment(settings), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        said = process.stdout.readline()
        address = next(word.rstrip(".") for word in said.split() if word.startswith("http"))
        with httpx2.Client(base_url=address, headers=COORDINATOR, timeout=60) as client:
            yield Service(address, process.pid, client)
    finally:
        process.terminate()
        process.wait(20)


@lru_cache(maxsize=32)
def ungated(rule: str) -> str:
    """A question's text as its author wrote it: without the access test."""
    for chapter in ("thresholds", "patterns", "views"):
        path = ROOT / "missingnet" / "cypher" / chapter / f"{rule.lower()}.cypher"
        if path.is_file():
            return "\n".join(x for x in path.read_text(encoding="utf-8").splitlines() if not x.startswith("//"))
    raise LookupError(rule)


@dataclass
class Bare:
    """The driver alone: the same questions' text, neither gate nor service."""

    driver: neo4j.Driver
    database: str | None

    def ask(self, rule: str, as_at: datetime, **params: Any) -> tuple[float, list[dict[str, Any]]]:
        """Seconds until all rows are here, and the rows."""
        settled = catalogue.question(rule).settle(params, as_at)
        return self.run(ungated(rule), None, as_at=as_at, **settled)

    def run(self, text: str, limit: float | None = None, **params: Any) -> tuple[float, list[dict[str, Any]]]:
        """The same of any text, stopped after so many seconds."""
        if "as_at" in params:
            params["as_at_day"] = utc_to_london(params["as_at"]).date()
        params = {name: value for name, value in params.items() if f"${name}" in text}
        began = time.perf_counter()
        with self.driver.session(database=self.database, default_access_mode=neo4j.READ_ACCESS) as session:
            rows = [dict(row) for row in session.run(neo4j.Query(text, timeout=limit), params)]
        return time.perf_counter() - began, rows


@contextmanager
def bare(settings: Settings) -> Iterator[Bare]:
    """The driver connected to the engine as its reader."""
    connection = open_engine(settings)
    with engines.driver(connection, reading=True) as driver:
        yield Bare(driver, connection.database or None)
