"""How fast records and files go in."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

import pytest

from missingnet.graph.records import Record
from missingnet.settings import Settings
from tests.bench.graph import Graph
from tests.bench.loaded import Engine, running
from tests.bench.loading import seconds
from tests.bench.service import command, environment
from tests.bench.table import line

pytestmark = pytest.mark.bench

BATCH = 1_000
BATCHES = 12


@pytest.fixture(scope="module", params=["neo4j", "embedded"])
def empty(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Engine, Settings]]:
    """An engine with nothing in it."""
    with running(request.param, tmp_path_factory.mktemp(request.param)) as settings:
        yield request.param, settings


def mixed() -> Iterator[Record]:
    """Records in the proportions of a graph, all of them new: most are missing episodes."""
    graph = Graph(BATCH * (BATCHES + 3) // 5)
    everything = list(graph.records())
    parts = [everything[start :: BATCHES + 3] for start in range(BATCHES + 3)]
    return chain.from_iterable(islice(part, BATCH) for part in parts)


def test_the_store_loads_at_most_of_the_bare_rate(empty: tuple[Engine, Settings]) -> None:
    engine, settings = empty
    through, alone, counted = seconds(settings, mixed(), BATCH, BATCHES)
    part = alone / through
    figure = f"{part:.0%} ({counted / through:.0f} / {counted / alone:.0f} records a second)"
    line("loading through the store / bare UNWIND … CREATE", engine, "≥ 60%", figure, part >= 0.6)


def test_missingnet_load(empty: tuple[Engine, Settings], tmp_path: Path) -> None:
    engine, settings = empty
    env = environment(settings)
    files = tmp_path / "files"
    subprocess.run(
        command("example", "--out", str(files), "--children", "200"), env=env, check=True, capture_output=True
    )
    began = time.perf_counter()
    done = subprocess.run(command("load", "--json", str(files)), env=env, capture_output=True, text=True, check=False)
    took = time.perf_counter() - began
    assert done.returncode == 0, done.stderr[-500:]
    rows = sum(file["rows"] for file in json.loads(done.stdout)["files"])
    line(
        "missingnet load, from start to report",
        engine,
        "none",
        f"{rows / took:.0f} rows a second ({rows} in {took:.0f} s)",
    )
