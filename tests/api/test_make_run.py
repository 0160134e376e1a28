"""What `make run` promises a newcomer: four things to try that answer, and a second start that loads nothing."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from tests.served import COORDINATOR

pytestmark = pytest.mark.embedded

#: The smallest partnership in which everything planted finds room.
CHILDREN = "100"
PAGE = {**COORDINATOR, "Accept": "text/html"}
SECOND_START = 60.0
"""Seconds that a second start may take where other tests run beside it; alone it takes under ten."""


def command(home: Path, *words: str) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MISSINGNET_")}
    return subprocess.Popen(
        [sys.executable, "-m", "missingnet.api.cli", *words],
        env={**kept, "MISSINGNET_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def said(home: Path, *words: str) -> str:
    out, err = command(home, *words).communicate(timeout=120)
    assert not err.strip(), err
    return out.strip()


@contextmanager
def demonstration(home: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """What was printed by the time the demonstration answers; it is ended as by Ctrl+C."""
    process = command(home, "demo", "--port", "0", "--children", CHILDREN)
    assert process.stdout is not None
    lines = []
    try:
        for line in process.stdout:
            lines.append(line)
            if "Ctrl+C" in line:
                break
        else:
            raise AssertionError(process.communicate()[1])
        yield "".join(lines), process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A state folder that nothing was ever kept in."""
    found = tmp_path_factory.mktemp("newcomer") / "state"
    yield found
    command(found, "stop").communicate(timeout=60)


def test_four_things_answer_and_a_second_start_loads_nothing(home: Path) -> None:
    with demonstration(home) as (printed, _):
        address = re.search(r"is on (http://127\.0\.0\.1:\d+)", printed)
        assert address is not None
        child, together, search, pack = (
            re.search(rf"^  {number}\. .*?({re.escape(address[1])}\S+)$", printed, re.MULTILINE)
            for number in range(1, 5)
        )
        assert child and together and search and pack, printed
        family = re.search(r"Search for the name +(\S+)", printed)
        assert family is not None
        with httpx2.Client(headers=PAGE, timeout=60) as client:
            page = client.get(child[1])
            assert page.status_code == 200
            assert family[1] in page.text
            assert 'id="network-data"' in page.text
            answer = client.get(together[1])
            assert answer.status_code == 200
            assert 'id="answer-table"' in answer.text
            assert client.get(search[1]).status_code == 200
            hits = client.post(f"{address[1]}/search", data={"sought": family[1]}, headers={"Origin": address[1]})
            assert child[1].removeprefix(address[1]) in hits.text
            paper = client.get(pack[1])
            assert paper.status_code == 200
            assert paper.content.startswith(b"%PDF")
        taken, told = command(home, "serve", "--port", address[1].rpartition(":")[2]).communicate(timeout=60)
        assert not taken
        assert "is taken" in told
    before = said(home, "fingerprint")
    files = sorted(path.relative_to(home) for path in home.glob("*"))

    began = time.monotonic()
    with demonstration(home) as (again, process):
        assert time.monotonic() - began < SECOND_START
        assert [line.partition("http")[0] for line in again.splitlines()] == [
            line.partition("http")[0] for line in printed.splitlines()
        ]
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    assert "Loaded" not in told
    assert "Traceback" not in told
    assert said(home, "fingerprint") == before
    assert sorted(path.relative_to(home) for path in home.glob("*")) == files
