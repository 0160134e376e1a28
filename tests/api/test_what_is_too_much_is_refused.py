"""Asked more than it can answer, the service says so in words, keeps nothing of it, and answers again at once (R8)."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx2
import pytest
from starlette.types import Receive, Scope, Send

from missingnet.api.crowd import Crowd
from missingnet.api.opening import audit_of
from missingnet.api.pace import Paces
from missingnet.graph.asking import Ask
from missingnet.graph.store import Store
from missingnet.graph.turns import Turns
from missingnet.settings import Settings
from tests.served import AS_AT, CANARIES, COORDINATOR, Partnership, audit_lines, served

HTML = {"Accept": "text/html"}
CALLERS = 24
AT_ONCE, WAITING = 2, 3


class Gate:
    """Holds every question at the engine until it is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.open = threading.Event()
        self.open.set()
        asked = Store._ask

        def held(store: Store, ask: Ask, text: str, given: dict[str, Any]) -> Iterator[Any]:
            assert self.open.wait(30)
            return asked(store, ask, text, given)

        monkeypatch.setattr(Store, "_ask", held)
        monkeypatch.setattr("missingnet.graph.store.Turns", self._few)

    def _few(self) -> Turns:
        self.turns = Turns(AT_ONCE, WAITING)
        return self.turns

    def until_full(self) -> None:
        """As many wait as may."""
        give_up = time.monotonic() + 20
        while self.turns.waiting < WAITING:
            assert time.monotonic() < give_up
            time.sleep(0.01)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    return Gate(monkeypatch)


def held_megabytes() -> float:
    told = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in told if line.startswith("VmRSS"))


def storm(client: httpx2.Client, child: str, gate: Gate, number: int) -> Counter[int]:
    """Every caller asks at once for something of their own; those answered wait until all others are refused."""
    gate.open.clear()
    done: list[httpx2.Response] = []
    enough = threading.Semaphore(0)

    def ask(caller: int) -> None:
        path = f"/children/{child}/timeline?as_at={AS_AT}T{number:02}:{caller:02}"
        done.append(client.get(path))
        enough.release()

    with ThreadPoolExecutor(CALLERS) as callers:
        asked = [callers.submit(ask, caller) for caller in range(CALLERS)]
        for _ in range(CALLERS - AT_ONCE - WAITING):
            assert enough.acquire(timeout=20), "those beyond the queue were not refused at once"
        assert {reply.status_code for reply in done} == {503}
        gate.open.set()
        for one in asked:
            one.result(30)
    for reply in done:
        if reply.status_code == 503:
            assert reply.json()["error"] == "too-many-questions"
            assert reply.headers["retry-after"] == "5"
            assert [name for name in CANARIES if name in reply.text] == []
    return Counter(reply.status_code for reply in done)


def test_those_beyond_the_queue_are_refused_at_once_and_memory_stays(partnership: Partnership, gate: Gate) -> None:
    right = Counter({200: AT_ONCE + WAITING, 503: CALLERS - AT_ONCE - WAITING})
    with (
        served(partnership.settings) as address,
        httpx2.Client(base_url=address, headers=COORDINATOR, timeout=30) as client,
    ):
        assert storm(client, partnership.child, gate, 1) == right
        before, lines = held_megabytes(), len(audit_lines(partnership.settings))
        for number in range(2, 10):
            assert storm(client, partnership.child, gate, number) == right
        assert held_megabytes() - before < 16
        # Each that was answered is in the audit; of those refused nothing was asked.
        left = audit_lines(partnership.settings)[lines:]
        assert sum(line["act"] == "consult" for line in left) == 8 * (AT_ONCE + WAITING)
        # That some were refused stands there once in a while, not for each of thousands.
        assert len(left) <= 8 * (AT_ONCE + WAITING) + 2
        assert client.get("/health").status_code == 200


def test_a_page_is_refused_whole_and_asks_nothing_more(partnership: Partnership, gate: Gate) -> None:
    """Never a page, or a pack, of which a part is missing because the service was busy for a moment."""
    with served(partnership.settings) as address, ThreadPoolExecutor(AT_ONCE + WAITING) as callers:
        gate.open.clear()
        each = [f"/children/{partnership.child}/timeline?as_at={AS_AT}T11:{n:02}" for n in range(AT_ONCE + WAITING)]
        waiting = [callers.submit(httpx2.get, address + path, headers=COORDINATOR, timeout=30) for path in each]
        paths = [f"/packs/mase?child={partnership.child}&as_at={AS_AT}", f"/child/{partnership.child}?as_at={AS_AT}"]
        gate.until_full()
        for path in paths:
            page = httpx2.get(address + path, headers={**COORDINATOR, **HTML}, timeout=30)
            assert (page.status_code, page.headers["retry-after"]) == (503, "5")
            assert "The service is answering as many questions as it can, and nothing was shown." in page.text
            assert "Wait a few seconds" in page.text
        gate.open.set()
        assert {one.result(30).status_code for one in waiting} == {200}
        for path in paths:
            assert httpx2.get(address + path, headers={**COORDINATOR, **HTML}, timeout=60).status_code == 200


def test_so_many_requests_are_under_way_and_no_more(home: Settings) -> None:
    let, audit = asyncio.Event(), audit_of(home)
    state = SimpleNamespace(store=SimpleNamespace(audit=audit), paces=Paces(home))

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await let.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def test() -> None:
        crowd = Crowd(slow, 3)

        async def service(scope: Scope, receive: Receive, send: Send) -> None:
            await crowd({**scope, "app": SimpleNamespace(state=state)}, receive, send)

        client = httpx2.AsyncClient(transport=httpx2.ASGITransport(service), base_url="http://127.0.0.1:8000")
        async with client:
            tasks = [asyncio.create_task(client.get("/q")) for _ in range(8)]
            health = asyncio.create_task(client.get("/health"))
            refused: set[asyncio.Task[httpx2.Response]] = set()
            give_up = time.monotonic() + 30
            while len(refused) < 5:
                assert time.monotonic() < give_up
                await asyncio.wait(tasks, timeout=0.05, return_when=asyncio.FIRST_EXCEPTION)
                refused = {task for task in tasks if task.done()}
            assert len(refused) == 5
            for task in refused:
                reply = task.result()
                assert (reply.status_code, reply.headers["retry-after"]) == (503, "5")
                assert reply.json()["error"] == "too-many-questions"
            let.set()
            assert {task.result().status_code for task in (await asyncio.wait([*tasks, health]))[0]} == {200, 503}
            assert health.result().status_code == 200
            assert (await client.get("/q")).status_code == 200

    asyncio.run(test())
    # Of many refused at one moment the first is in the audit.
    (line,) = audit_lines(home)
    assert (line["act"], line["who"], line["outcome"]) == ("refuse", "nobody", "refused: too-many-questions")
