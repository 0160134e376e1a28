"""What `make new-source` writes is read at once, under its own name, once its columns are its own."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from missingnet.ingest.declaration import sources
from tests.pieces import ROOT

NEIGHBOUR = "places"
ASKED = """
from missingnet.ingest.declaration import sources
from missingnet.ingest.mapping import default
made = sources()["probation_orders"]
print(made.name, len(sources()), set(made.required) <= set(default(made).names.values()))
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of what a source stands in."""
    for folder in ("missingnet", "tests/sources", "tests/ingest", "scripts"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "static"))
    for file in ("tests/pieces.py", "Makefile"):
        shutil.copy(ROOT / file, tmp_path / file)
    return tmp_path


def made(tree: Path, name: str) -> subprocess.CompletedProcess[str]:
    """`make new-source` in that copy."""
    return subprocess.run(
        ["make", "--no-print-directory", "new-source", f"NAME={name}"], cwd=tree, capture_output=True, text=True
    )


def run(tree: Path, *arguments: str) -> str:
    """What the copy's own program prints."""
    return subprocess.run(
        [sys.executable, *arguments], cwd=tree, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_a_new_source_is_found_and_its_sample_read_by_its_own_name(tree: Path) -> None:
    said = made(tree, "probation_orders")
    assert said.returncode == 0, said.stderr
    written = ("missingnet/ingest/sources/probation_orders.py", "missingnet/ingest/sources/probation_orders.toml")
    for path in (*written, "tests/sources/probation_orders/sample.csv"):
        assert path in said.stdout
        assert (tree / path).is_file()
    assert run(tree, "-c", ASKED) == f"probation_orders {len(sources()) + 1} True"
    # Its header is still its neighbour's, so that the two cannot be told apart: with one of its own it is recognised.
    for path in (tree / written[1], tree / "tests/sources/probation_orders/sample.csv"):
        text = path.read_text(encoding="utf-8")
        assert "UPRN" in text
        path.write_text(text.replace("UPRN", "Property Number"), encoding="utf-8")
    run(tree, "-m", "tests.sources.expect", "probation_orders")
    own, neighbours = (
        json.loads((tree / f"tests/sources/{name}/expected.json").read_text(encoding="utf-8"))
        for name in ("probation_orders", NEIGHBOUR)
    )
    assert own["rows"] == neighbours["rows"]
    assert len(own["records"]) == len(neighbours["records"]) > 0


@pytest.mark.parametrize("name", ["", "Probation", "probation-orders", "../x", NEIGHBOUR])
def test_a_name_that_is_none_or_taken_is_refused_and_nothing_is_written(tree: Path, name: str) -> None:
    before = sorted(path for path in tree.rglob("*") if path.is_file())
    assert made(tree, name).returncode != 0
    assert sorted(path for path in tree.rglob("*") if path.is_file()) == before
