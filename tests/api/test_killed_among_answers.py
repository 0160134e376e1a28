"""The service itself killed among many answers: none was received whose record is not on the disk (A2)."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from missingnet.api.opening import audit_of
from tests.pieces import LONG
from tests.providers import free_port
from tests.served import AS_AT, Partnership, audit_lines
from tests.tally import CRASHES, tally

pytestmark = pytest.mark.embedded
KILLS, CALLERS = 2, 8
#: How a record says that something was shown.
SHOWN = {"answered", "shown again from the answer kept"}
#: Answers received before each kill; a long run has ten thousand in all.
ANSWERS = 5_000 if LONG else 250


@contextlib.contextmanager
def serving(of: Partnership) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The service in a process of its own, once it answers; and its port."""
    port = free_port()
    chosen = {"HOME": str(of.settings.home), "GRAPH": of.settings.graph, "PORT": str(port)}
    chosen |= {f"{what}_PER_MINUTE": "10000000" for what in ("REQUESTS", "SEARCHES", "SIGN_INS")}
    code = "from missingnet.api.cli import main; main()"
    service = subprocess.Popen(
        [sys.executable, "-c", code, "serve"],
        env={**os.environ, **{f"MISSINGNET_{name}": value for name, value in chosen.items()}},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert service.stdout is not None
        assert b"MissingNet is on" in service.stdout.readline()
        yield service, port
    finally:
        service.kill()
        service.wait(10)


class Callers:
    """Ask one after another, each for a case of its own, and keep those whose answer they had whole."""

    def __init__(self, port: int, address: str, first: str) -> None:
        self._port, self._address, self._first = port, address, first
        self._over = threading.Event()
        self.received: list[str] = []
        self._threads = [threading.Thread(target=self._ask, args=(number,)) for number in range(CALLERS)]

    def _ask(self, caller: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=10)
        with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(line):
            for number in range(10**6):
                if self._over.is_set():
                    return
                case = f"{self._first}-{caller}-{number}"
                line.request("GET", self._address, headers={"X-Reader": "coordinator", "X-Purpose": f"MASE {case}"})
                answer = line.getresponse()
                if answer.status == 200 and answer.read():
                    self.received.append(case)

    def until(self, many: int) -> None:
        for thread in self._threads:
            thread.start()
        give_up = time.monotonic() + 60 + many / 10
        while len(self.received) < many:
            assert time.monotonic() < give_up
            time.sleep(0.002)

    def end(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(15)


def test_killed_among_answers_none_was_received_without_its_record(partnership: Partnership) -> None:
    received: list[str] = []
    for kill in range(KILLS):
        with serving(partnership) as (service, port):
            callers = Callers(port, f"/children/{partnership.child}/identity?as_at={AS_AT}", f"k{kill}")
            callers.until(ANSWERS)
            os.kill(service.pid, signal.SIGKILL)
            tally(CRASHES)
            callers.end()
        received += callers.received
    assert len(received) >= KILLS * ANSWERS
    audit = audit_of(partnership.settings)
    recorded = {line["reference"] for line in audit_lines_whole(partnership) if line.get("outcome") in SHOWN}
    assert [case for case in received if audit.conceal(case) not in recorded] == []


def audit_lines_whole(of: Partnership) -> list[dict[str, object]]:
    """What the audit holds; its torn end, by which nobody was answered, is put right by the next record."""
    audit = audit_of(of.settings)
    audit.write({**audit.operated("verify"), "outcome": "done"})
    assert audit.verify().fault is None
    return audit_lines(of.settings)
