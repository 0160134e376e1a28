"""What the audit adds to an answer, and whether hidden takes as long as missing: by pairs within one run (A8, N5)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from statistics import median

import httpx2
import pytest

from missingnet.graph.keyed import Keyed
from tests.bench.loaded import Loaded
from tests.bench.service import AS_AT, Service, service
from tests.bench.table import line, ms, percentile
from tests.served import COORDINATOR, SCHOOL

pytestmark = pytest.mark.bench

CALLERS = 4
BLOCKS = 24
WARMING = 4
IN_A_BLOCK = 80
PAIRS = 1_000
"""Of each of four questions: 4,000 in all."""
QUESTIONS = ("/children/{}/network", "/children/{}/timeline", "/children/{}/identity", "/things/{}/network")


def block(address: str, paths: list[str]) -> tuple[float, list[float]]:
    """Seconds until all of these are answered, asked by several callers at once, and how long each took."""

    def ask(mine: list[str]) -> list[float]:
        took = []
        with httpx2.Client(base_url=address, headers=COORDINATOR, timeout=60) as client:
            for path in mine:
                began = time.perf_counter()
                reply = client.get(path)
                took.append(time.perf_counter() - began)
                assert reply.status_code == 200, path
        return took

    with ThreadPoolExecutor(CALLERS) as callers:
        began = time.perf_counter()
        each = list(callers.map(ask, [paths[caller::CALLERS] for caller in range(CALLERS)]))
        return time.perf_counter() - began, [one for took in each for one in took]


def asked_once(bench: Loaded) -> Iterator[list[str]]:
    """Questions that nobody asked before, so that no answer is one that was kept."""
    for number in count():
        at = f"{AS_AT}T{number // 60 % 24:02}:{number % 60:02}"
        children = (bench.child((number * IN_A_BLOCK + n) * 7 % bench.graph.children) for n in range(IN_A_BLOCK))
        yield [f"/children/{child}/timeline?as_at={at}" for child in children]


def test_answers_with_the_audit_against_answers_without(bench: Loaded, served: Service) -> None:
    seconds: dict[bool, list[float]] = {True: [], False: []}
    each: dict[bool, list[float]] = {True: [], False: []}
    with service(bench.settings, audited=False) as without:
        for turn, paths in zip(range(BLOCKS + WARMING), asked_once(bench), strict=False):
            for audited in (True, False) if turn % 2 else (False, True):
                whole, took = block(served.address if audited else without.address, paths)
                if turn >= WARMING:
                    seconds[audited].append(whole)
                    each[audited] += took
    ratio = median(a / b for a, b in zip(seconds[True], seconds[False], strict=True))
    p99 = percentile(each[True], 0.99) - percentile(each[False], 0.99)
    figure = f"{ratio:.2f}× ({ms(median(each[True]))} / {ms(median(each[False]))} an answer)"
    line(f"answers with the audit / without, {CALLERS} callers", bench.engine, "≤ 1.3×", figure, ratio <= 1.3)
    line("the same, p99", bench.engine, "≤ 20 ms more", f"{p99 * 1000:+.0f} ms", p99 <= 0.020)


@pytest.mark.parametrize("question", QUESTIONS)
def test_hidden_takes_as_long_as_missing(bench: Loaded, served: Service, question: str) -> None:
    """As one who may see nothing of any child: each pair one child that is there, and one that is not."""
    keyed = Keyed(bench.settings.secret_key())
    gaps, took = [], []
    with httpx2.Client(base_url=served.address, headers=SCHOOL, timeout=60) as client:
        for number in range(PAIRS + 50):
            pair = {
                "hidden": bench.child(number * 7 % bench.graph.children),
                "missing": keyed("thing", f"council:997:nobody-{number}"),
            }
            seconds, said = {}, set()
            for which in ("hidden", "missing") if number % 2 else ("missing", "hidden"):
                began = time.perf_counter()
                reply = client.get(question.format(pair[which]))
                seconds[which] = time.perf_counter() - began
                assert reply.status_code == 404
                said.add(reply.content)
            assert len(said) == 1
            if number >= 50:
                gaps.append(seconds["hidden"] - seconds["missing"])
                took.append(seconds["missing"])
    gap = median(gaps) / median(took)
    figure = f"{gap:+.1%} of {median(took) * 1000:.1f} ms"
    what = f"{question.format('…')}, hidden against missing, {PAIRS:,} pairs"
    line(what, bench.engine, "≤ 2 %", figure, abs(gap) <= 0.02)
