"""A real proxy in front of an engine, which loses the next commit, or the reply to it, as it is told."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Literal
from urllib.parse import urlsplit

#: COMMIT as Bolt sends it: a message of two bytes, and its end.
COMMIT = b"\x00\x02\xb0\x12\x00\x00"
#: ``before``: cut before the engine hears of it. ``after``: the engine's reply is lost and the line is cut. ``silent``:
#: the reply is lost and the line stays open. ``late``: the line is cut, and the engine hears of it a while later.
Fault = Literal["before", "after", "silent", "late"]
FAULTS: tuple[Fault, ...] = ("before", "after", "silent", "late")
LATE = 1.0


class Proxy:
    """Listens on a port of its own. ``fault`` is what happens to the next commit, once; ``deaf_until`` is when it takes
    connections again, on the monotonic clock; ``deaf_for`` is how long it takes none after a fault. ``hole`` is true
    while all that is said either way is lost and every line stays open; ``hole_for`` is how long so after a fault."""

    def __init__(self, port: int) -> None:
        self._engine = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.fault: Fault | None = None
        self.deaf_for = 0.0
        self.hole = False
        self.hole_for = 0.0
        self.lost = 0
        self.deaf_until = 0.0
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                if time.monotonic() < self.deaf_until:
                    client.close()
                    continue
                engine = socket.create_connection(("127.0.0.1", self._engine))
                line = _Line(self, client, engine)
                for pump in (line.to_engine, line.to_client):
                    threading.Thread(target=pump, daemon=True).start()

    def _heard(self) -> None:
        self.hole = False

    def take_fault(self) -> Fault | None:
        """What happens to this commit; the next one is safe again."""
        fault, self.fault = self.fault, None
        if fault is not None:
            self.lost += 1
            self.deaf_until = time.monotonic() + self.deaf_for
            if self.hole_for:
                self.hole = True
                threading.Timer(self.hole_for, self._heard).start()
        return fault


class _Line:
    def __init__(self, proxy: Proxy, client: socket.socket, engine: socket.socket) -> None:
        self._proxy, self._client, self._engine = proxy, client, engine
        self._fault: Fault | None = None

    def to_engine(self) -> None:
        with suppress(OSError), self._cutting(self._engine):
            while told := self._client.recv(65536):
                if COMMIT in told:
                    self._fault = self._proxy.take_fault()
                if self._fault in ("before", "late"):
                    self._cut(self._client)
                    if self._fault == "late":
                        time.sleep(LATE)
                        self._engine.sendall(told)
                        time.sleep(LATE)
                    return
                if not self._proxy.hole or self._fault is not None:
                    self._engine.sendall(told)

    def to_client(self) -> None:
        with suppress(OSError), self._cutting(self._client):
            while told := self._engine.recv(65536):
                if self._fault == "after":
                    self._cut(self._client)
                    self._cut(self._engine)
                    return
                if self._fault is None and not self._proxy.hole:
                    self._client.sendall(told)

    @staticmethod
    def _cut(line: socket.socket) -> None:
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)

    @contextmanager
    def _cutting(self, line: socket.socket) -> Iterator[None]:
        """The far side hears that it ends: to close alone tells it nothing while another thread reads from it."""
        with closing(line):
            try:
                yield
            finally:
                self._cut(line)


@contextmanager
def proxied(uri: str) -> Iterator[Proxy]:
    """A proxy to the engine of that address, on this machine."""
    port = urlsplit(uri).port
    assert port is not None
    proxy = Proxy(port)
    try:
        yield proxy
    finally:
        proxy.close()
