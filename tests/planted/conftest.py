"""One invented partnership, written once, for every test that asks what stands in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from missingnet.ingest.example import generate
from tests.planted.invented import Row, rows


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
