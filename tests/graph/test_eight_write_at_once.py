"""Eight that write at once, each with connections of its own, keep the graph that one alone would have made, for one of
them writes at a time (I3). On both engines."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from missingnet.graph import store as stores
from missingnet.graph.audit import Audit
from missingnet.graph.records import Record
from missingnet.graph.store import CouldNotWrite, Store
from missingnet.graph.writing import Batch
from tests.graph.stored import Graph
from tests.graph.test_store_keeps_the_law_once import record

WRITERS, SHARED, OWN = 8, 6, 2


def of_all() -> list[Record]:
    """What every writer writes: the same children, places and companions, some of whom turn out to be one."""
    known = [("police:99:N1",), ("upn:U1",), ("police:99:N2",), ("police:99:N1", "upn:U1"), ("upn:U2",), ()]
    return [
        record(f"shared {number}", child=known[number], with_whom=("Associate", ("police:99:N9",)))
        for number in range(SHARED)
    ]


def of_one(writer: int) -> list[Record]:
    """What one writes beside it, of the same children."""
    return [record(f"own {writer} {number}", child=("police:99:N2", "upn:U2")) for number in range(OWN)]


class Watching:
    """How many write at the same moment."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._lock = threading.Lock()
        self.now = self.most = 0
        write = Batch.write

        async def counted(batch: Batch) -> None:
            with self._lock:
                self.now += 1
                self.most = max(self.most, self.now)
            try:
                await write(batch)
            finally:
                with self._lock:
                    self.now -= 1

        monkeypatch.setattr(Batch, "write", counted)


def written_by_eight(graph: Graph, folder: Path) -> list[str]:
    """What became of every record of every writer; one that was refused says so."""
    together = threading.Barrier(WRITERS)

    async def write(writer: int) -> list[str]:
        audit = Audit(folder / f"audit-{writer}", b"k")
        async with await Store.open(graph.connection, b"k" * 32, audit, folder / "lock") as store:
            together.wait(30)
            told = [str(one) for one in await store.put(of_all(), f"writer {writer}")]
            return told + [str(one) for one in await store.put(of_one(writer), f"writer {writer}")]

    def wrote(writer: int) -> list[str]:
        try:
            return asyncio.run(write(writer))
        except CouldNotWrite:
            return ["refused"]

    with ThreadPoolExecutor(WRITERS) as writers:
        return [outcome for told in writers.map(wrote, range(WRITERS)) for outcome in told]


def test_eight_that_write_at_once_keep_one_graph(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph.empty()
    graph.load(of_all(), *map(of_one, range(WRITERS)))
    alone = graph.fingerprint()
    graph.empty()
    watching = Watching(monkeypatch)
    outcomes = written_by_eight(graph, tmp_path)
    assert (outcomes.count("loaded"), outcomes.count("unchanged")) == (SHARED + WRITERS * OWN, SHARED * (WRITERS - 1))
    assert watching.most == 1
    assert graph.fingerprint() == alone
    assert graph.count("MATCH (n:Place) RETURN count(n)") == 1
    # One companion for all that is shared; who went along in another record has no identifier, and is nobody else.
    assert graph.count("MATCH (n:Associate) RETURN count(n)") == 1 + WRITERS * OWN
    twice = "MATCH (k:Key) WITH k.id AS id, count(*) AS many WHERE many > 1 RETURN count(id)"
    assert graph.count(twice) == 0


@asynccontextmanager
async def unlocked(path: Path, holder: str) -> AsyncIterator[None]:
    yield


def test_without_the_lock_two_are_seen_to_write_at_once(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine's constraints then keep two from making one child twice; that nobody is refused is the lock's."""
    graph.empty()
    monkeypatch.setattr(stores, "writer_lock", unlocked)
    watching = Watching(monkeypatch)
    with contextlib.suppress(Exception):
        written_by_eight(graph, tmp_path)
    assert watching.most > 1
