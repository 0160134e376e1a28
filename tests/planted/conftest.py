"""One invented partnership, written once, for every test that asks what stands in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from missingnet.graph.audit import Audit
from missingnet.graph.engine import open_engine
from missingnet.graph.store import Store
from missingnet.ingest.example import generate
from missingnet.ingest.run import load
from tests import engines
from tests.ingest.recording import nowhere
from tests.planted import proof
from tests.planted.invented import Row, rows
from tests.planted.partnership import Partnership, runner


@pytest.fixture(scope="package")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Partnership]:
    """The partnership that is asked, loaded once into an embedded graph of its own, which ends with these tests."""
    folder, home = tmp_path_factory.mktemp("partnership"), tmp_path_factory.mktemp("planted")
    generate(folder, proof.CHILDREN, proof.YEARS, proof.SEED)
    with engines.embedded(home / "engine") as settings:
        loop, run = runner()
        store: Store = run(Store.open(open_engine(settings), b"p" * 32, Audit(home / "audit", b"p"), home / "lock"))
        report = run(load([folder], store, locate=nowhere))
        assert report.exit_code == 0
        assert sum(file.rejected + file.conflicting for file in report.files) == 0, "its own files are clean"
        yield Partnership(folder, store, run)
        run(store.close())
        loop.close()


@pytest.fixture(scope="session")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example")
    generate(folder)
    return folder


@pytest.fixture(scope="session")
def truth(out: Path) -> dict[str, Any]:
    return json.loads((out / "truth.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@pytest.fixture(scope="session")
def reports(out: Path) -> dict[str, Row]:
    return {row["Report Ref"]: row for row in rows(out, "police-99/police_missing.csv")}


@pytest.fixture(scope="session")
def interviews(out: Path) -> list[Row]:
    return list(rows(out, "interviews/return_interviews.csv"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if proof.patterns:
        years = "1 year" if proof.YEARS == 1 else f"{proof.YEARS} years"
        size = f"{proof.CHILDREN} children of concern, {years}, seed {proof.SEED}"
        terminalreporter.section(f"found of what was planted at {proof.CHILDREN / 100:g}× ({size})")
        for text in proof.printed():
            terminalreporter.line(text)
