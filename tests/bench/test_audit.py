"""What the audit costs: flushed together against one after another, in one run on one disk."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from missingnet.graph.audit import Audit
from tests.bench.table import line

pytestmark = pytest.mark.bench

CALLERS = 32
RECORDS = 4_000


def entry(number: int) -> dict[str, Any]:
    """A record of the usual length."""
    return {
        "act": "consult",
        "who": "coordinator",
        "agency": "997",
        "purpose": "MASE",
        "reference": "hash:0123456789abcdef01234567",
        "question": "CHILD-NETWORK",
        "parameters": {"child": f"{number:026d}", "hops": 2},
        "as_at": "2026-11-01T00:00:00Z",
        "known_at": None,
        "outcome": "answered",
        "rows": 12,
        "shown": [f"{number + other:026d}" for other in range(8)],
    }


def test_flushed_together(tmp_path: Path) -> None:
    alone, together = Audit(tmp_path / "alone.jsonl", b"k", 30), Audit(tmp_path / "together.jsonl", b"k", 30)
    began = time.perf_counter()
    for number in range(RECORDS // 4):
        alone.write(entry(number))
    one_by_one = (RECORDS // 4) / (time.perf_counter() - began)
    with ThreadPoolExecutor(CALLERS) as threads:
        list(threads.map(together.write, map(entry, range(CALLERS))))
        began = time.perf_counter()
        list(threads.map(together.write, map(entry, range(RECORDS))))
        at_once = RECORDS / (time.perf_counter() - began)
    assert (together.verify().records, together.verify().fault) == (RECORDS + CALLERS, None)
    ratio = at_once / one_by_one
    figure = f"{ratio:.1f} times as many ({at_once:,.0f} and {one_by_one:,.0f} a second)"
    line(f"records flushed, {CALLERS} callers against one", "neither", "≥ 2 times", figure, ratio >= 2)
