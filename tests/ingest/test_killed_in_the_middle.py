"""Law 'Once': a load that is killed anywhere, and begun again, leaves the same graph as one that nobody touched.

The load runs as a person runs it, `missingnet load` in a process of its own, over a folder that holds every police and
interview file of the smallest invented partnership. It is killed at moments drawn at random (the seed is printed, and
MISSINGNET_TEST_SEED repeats it), once with the graph engine as well.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from missingnet.graph.engine import open_engine, stop_engine
from missingnet.graph.engine.server import recorded_pid
from missingnet.ingest.example import generate
from missingnet.settings import Settings
from tests import engines
from tests.tally import CRASHES, tally

KILLS = 5
FOLDERS = ("police-99", "interviews", "council-998", "council-998-older")
ROWS = 60
"""Rows of each file that are kept, so that what is tried is dying and not size."""
SECRET = bytes(range(32))
SECONDS = 240.0


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    whole, part = tmp_path_factory.mktemp("whole"), tmp_path_factory.mktemp("part")
    generate(whole, 100, 1)
    for name in FOLDERS:
        (part / name).mkdir()
        for path in sorted((whole / name).iterdir()):
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            (part / name / path.name).write_text("".join(lines[: ROWS + 1]), encoding="utf-8")
    return part


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """An installation of its own, whose engine may be killed without harm to other tests."""
    home = tmp_path_factory.mktemp("killed")
    key = home / "secret.key"
    key.write_bytes(SECRET)
    settings = Settings(home=home, graph=f"embedded:{home / 'graph'}", graph_heap="512m", secret_file=key)
    open_engine(settings)
    try:
        yield settings
    finally:
        stop_engine(settings)


def environment(settings: Settings) -> dict[str, str]:
    told = {name: value for name, value in os.environ.items() if not name.startswith("MISSINGNET_")}
    told |= {
        "MISSINGNET_HOME": str(settings.home),
        "MISSINGNET_GRAPH": settings.graph,
        "MISSINGNET_GRAPH_HEAP": settings.graph_heap,
        "MISSINGNET_SECRET_FILE": str(settings.secret_path),
    }
    if settings.graph_kind == "neo4j":
        told["MISSINGNET_GRAPH_PASSWORD"] = settings.password()
    return {name: value for name, value in told.items() if value}


def command(settings: Settings, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "missingnet.api.cli", *words],
        env=environment(settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def done(settings: Settings, *words: str) -> str:
    """What the command printed, having ended well."""
    running = command(settings, *words)
    said, complained = running.communicate(timeout=SECONDS)
    assert running.returncode == 0, f"{words[0]}: {complained}"
    return said.strip()


def emptied(settings: Settings) -> None:
    engines.wipe(open_engine(settings))


@dataclass(frozen=True)
class Clean:
    """What a load that nobody disturbed leaves behind."""

    fingerprint: str
    size: int


@pytest.fixture(scope="module")
def clean(files: Path, installation: Settings) -> Clean:
    emptied(installation)
    done(installation, "load", str(files))
    with counting(installation) as size:
        return Clean(done(installation, "fingerprint"), size())


@contextmanager
def counting(settings: Settings) -> Iterator[Callable[[], int]]:
    """How many things and records stand in the graph at this moment."""
    connection = open_engine(settings)
    with engines.driver(connection) as driver:
        yield lambda: int(
            driver.execute_query("MATCH (n) RETURN count(n)", database_=connection.database).records[0][0]
        )


def run_until(running: subprocess.Popen[str], size: Callable[[], int], wanted: float) -> None:
    """Wait until the graph has grown to so much, or the load is over."""
    give_up = time.monotonic() + SECONDS
    while size() < wanted and running.poll() is None:
        assert time.monotonic() < give_up
        time.sleep(0.01)


@pytest.mark.embedded
def test_a_second_load_of_the_same_files_changes_nothing(files: Path, installation: Settings, clean: Clean) -> None:
    done(installation, "load", str(files))
    assert done(installation, "fingerprint") == clean.fingerprint


@pytest.mark.embedded
def test_files_one_by_one_in_any_order_give_the_same_graph(files: Path, installation: Settings, clean: Clean) -> None:
    seed = int(os.environ.get("MISSINGNET_TEST_SEED", "0")) or random.SystemRandom().randrange(1, 2**32)
    print(f"MISSINGNET_TEST_SEED={seed}")
    order = sorted(path for path in files.rglob("*.csv"))
    random.Random(seed).shuffle(order)
    emptied(installation)
    one_load = [str(path) for path in order]
    half = len(one_load) // 2
    for some in (one_load[:half], one_load[half:]):
        done(installation, "load", *some)
    assert done(installation, "fingerprint") == clean.fingerprint, f"in the order {[path.name for path in order]}"


@pytest.mark.embedded
def test_a_load_killed_at_any_moment_and_begun_again_gives_the_same_graph(
    files: Path, installation: Settings, clean: Clean
) -> None:
    seed = int(os.environ.get("MISSINGNET_TEST_SEED", "0")) or random.SystemRandom().randrange(1, 2**32)
    print(f"MISSINGNET_TEST_SEED={seed}")
    drawn = random.Random(seed)
    emptied(installation)
    with counting(installation) as size:
        left = []
        for number in range(KILLS):
            # Early and late alike: each kill in its own part of the work, and anywhere between two batches or in one.
            wanted = clean.size * (number + drawn.random()) / (KILLS + 1)
            running = command(installation, "load", str(files))
            run_until(running, size, wanted)
            time.sleep(drawn.random() * 0.2)
            running.kill()
            running.communicate(timeout=SECONDS)
            left.append(size())
            print(f"load {number + 1}: ended {running.returncode}, {left[-1]} of {clean.size} nodes in the graph")
            # A late kill may find the last batch handed over or the load just ended: the graph must be the same then.
            assert running.returncode in {-signal.SIGKILL, 0}
        assert any(0 < nodes < clean.size for nodes in left), "some kill came in the middle"
    done(installation, "load", str(files))
    assert done(installation, "fingerprint") == clean.fingerprint
    tally(CRASHES, KILLS)


@pytest.mark.embedded
def test_an_engine_killed_in_the_middle_of_a_load_comes_back_with_the_same_graph(
    files: Path, installation: Settings, clean: Clean
) -> None:
    emptied(installation)
    engine = recorded_pid(installation.graph_folder)
    assert engine is not None
    running = command(installation, "load", str(files))
    with counting(installation) as size:
        run_until(running, size, clean.size * 0.4)
        os.kill(engine, signal.SIGKILL)
    said, complained = running.communicate(timeout=SECONDS)
    print(f"the load ended with {running.returncode}: {complained.strip()[-300:]}")
    assert "Traceback" not in said + complained
    assert "defunct" not in complained, "the driver's own log does not reach the person"
    assert "Load the same files again" in complained
    assert running.returncode != 0, "a load whose engine died does not say that all is well"
    done(installation, "load", str(files))
    assert recorded_pid(installation.graph_folder) != engine, "another engine runs"
    assert done(installation, "fingerprint") == clean.fingerprint
    tally(CRASHES)


@pytest.mark.neo4j
def test_a_real_neo4j_gives_the_same_fingerprint(
    files: Path, installation: Settings, clean: Clean, neo4j_settings: Settings, tmp_path: Path
) -> None:
    engines.wipe(open_engine(neo4j_settings))
    key = tmp_path / "secret.key"
    shutil.copy(installation.secret_path, key)
    same = neo4j_settings.model_copy(update={"home": tmp_path, "secret_file": key})
    done(same, "load", str(files))
    found = done(same, "fingerprint")
    engines.wipe(open_engine(neo4j_settings))
    assert found == clean.fingerprint
