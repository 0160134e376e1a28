"""What the audit costs: flushed together against one after another, in one run on one disk."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from missingnet.graph.audit import Audit
from missingnet.graph.audit.chain import BEGINNING, line_of, verify
from missingnet.graph.audit.index import Index, Wanted
from missingnet.graph.audit.unusual import WEEK, Usual, suggestions
from tests.bench.table import line, ms, percentile

pytestmark = pytest.mark.bench

CALLERS = 32
MILLION = 1_000_000
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


def test_who_looked_over_a_million_records(tmp_path: Path) -> None:
    """Of 50,000 children nine stand in each record, one of them in every record; 200 people."""
    path, link, chance = tmp_path / "audit.jsonl", BEGINNING, random.Random(1)
    with path.open("wb") as file:
        for number in range(MILLION):
            first = chance.randrange(50_000)
            told = {
                **entry(first),
                "who": f"reader-{(who := chance.randrange(200))}",
                "agency": str(who % 12),
                "sequence": number + 1,
                "at": f"2026-{1 + number * 10 // MILLION:02d}-10T10:00:00.000+00:00",
            }
            told["shown"].append("z" * 26)
            text, link = line_of(link, orjson.dumps(told))
            file.write(text)
    began = time.perf_counter()
    index = Index(path)
    assert index.catch_up() == (MILLION, None)
    line("the audit's index made afresh, a million records", "neither", "none", f"{time.perf_counter() - began:.0f} s")
    began = time.perf_counter()
    assert verify(path).records == MILLION
    line("the audit's chain checked, a million records", "neither", "none", f"{time.perf_counter() - began:.0f} s")
    for what, ask in (
        ("who looked at a child", lambda number: index.of_things([f"{number:026d}"], Wanted())),
        ("what a person looked at", lambda number: index.of_person(f"reader-{number}", Wanted())),
        ("who looked at a child that stands in every record", lambda _: index.of_things(["z" * 26], Wanted())),
    ):
        took = []
        for number in range(40):
            began = time.perf_counter()
            assert ask(number + 10).total > 0
            took.append(time.perf_counter() - began)
        usual = percentile(took, 0.95)
        line(f"{what}, a million records, p95", "neither", "≤ 1 s", ms(usual), usual <= 1.0)
    # Of the records of two hundred people, a hundred thousand fall into four weeks.
    since, until = datetime(2026, 10, 1), datetime(2026, 10, 28)
    began = time.perf_counter()
    found = suggestions(index.deeds(since - WEEK, until), Usual(), since)
    took_all = time.perf_counter() - began
    assert found
    what = "unusual reading of four weeks, a million records"
    line(what, "neither", "≤ 5 s", f"{took_all:.1f} s, {len(found):,} suggestions", took_all <= 5.0)
