"""Each engine with the benches' graph in it, loaded through the store once and kept in .cache/bench between runs.

``python -m tests.bench.loaded embedded neo4j`` loads beforehand what is not loaded yet.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import inspect
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal, get_args

from missingnet.api.opening import opened
from missingnet.graph.keyed import Keyed
from missingnet.settings import Settings
from tests import engines
from tests.bench.graph import CHILDREN, Graph, child_key
from tests.bench.reconciled import Reconciled
from tests.pieces import ROOT

Engine = Literal["embedded", "neo4j"]
CACHE = ROOT / ".cache" / "bench"
RECORDS_IN_A_BATCH = 2_000


@dataclass(frozen=True)
class Loaded:
    """A running engine that holds the graph."""

    engine: Engine
    settings: Settings
    graph: Graph | Reconciled

    def child(self, number: int) -> str:
        """The opaque id of a child."""
        return self.thing(child_key(number))

    def thing(self, key: str) -> str:
        """The opaque id of whatever a key stands for."""
        return Keyed(self.settings.secret_key())("thing", key)


def size() -> int:
    """How many children the benches' graph has; a smaller one may be tried."""
    return int(os.environ.get("MISSINGNET_BENCH_CHILDREN", CHILDREN))


@contextmanager
def running(engine: Engine, home: Path) -> Iterator[Settings]:
    """The engine, on a folder that it finds again as it left it."""
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    with engines.embedded(home) if engine == "embedded" else engines.real_neo4j(home) as settings:
        yield settings


@contextmanager
def loaded(engine: Engine, graph: Graph | Reconciled | None = None) -> Iterator[Loaded]:
    """The engine with a whole graph in it, the benches' own or another; loaded now where it was not."""
    graph = graph or Graph(size())
    home = CACHE / f"{engine}-{_name(graph)}"
    CACHE.mkdir(parents=True, exist_ok=True)
    with home.with_suffix(".lock").open("w") as lock:
        # Another run may be loading it, or asking it: two engines on one folder would ruin it.
        fcntl.flock(lock, fcntl.LOCK_EX)
        with _loaded(engine, graph, home) as found:
            yield found


def _name(graph: Graph | Reconciled) -> str:
    return graph.name if isinstance(graph, Reconciled) else str(graph.children)


@contextmanager
def _loaded(engine: Engine, graph: Graph | Reconciled, home: Path) -> Iterator[Loaded]:
    mark = home / "loaded.json"
    made_by = hashlib.sha256(Path(inspect.getfile(type(graph))).read_bytes()).hexdigest()
    if not mark.exists() or json.loads(mark.read_text())["made_by"] != made_by:
        shutil.rmtree(home, ignore_errors=True)
    with running(engine, home) as settings:
        if not mark.exists():
            seconds, records = asyncio.run(_fill(settings, graph, engine))
            mark.write_text(json.dumps({"made_by": made_by, "records": records, "seconds": round(seconds)}))
        yield Loaded(engine, settings, graph)


async def _fill(settings: Settings, graph: Graph | Reconciled, engine: Engine) -> tuple[float, int]:
    """Seconds in the store, and the records put."""
    spent, put, source = 0.0, 0, graph.records()
    async with opened(settings) as store:
        while batch := list(islice(source, RECORDS_IN_A_BATCH)):
            began = time.monotonic()
            await store.put(batch, "the benches' graph")
            spent, put = spent + time.monotonic() - began, put + len(batch)
            if put % 20_000 == 0:
                print(f"  loading {engine}: {put} records, {put / spent:.0f} a second", flush=True)
    return spent, put


if __name__ == "__main__":
    for name in get_args(Engine):
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        for graph in (Graph(size()), Reconciled()):
            with loaded(name, graph):
                print(f"{name}: {(CACHE / f'{name}-{_name(graph)}' / 'loaded.json').read_text()}")
