"""Speed: a 40-page pack within 3 s (issue 3), from answers to tagged PDF.

Judged by the processor time of the pack and its page setter, which is what it takes on a machine with nothing else to
do; the time on the clock is printed beside it.
"""

from __future__ import annotations

import io
import resource
import time

import pypdf
import pytest

from tests.packs.example import FILLED, about, answered, pack_of
from tests.packs.example_child import many_episodes, timeline


def _processor() -> float:
    """Seconds of processor that this process and its ended children have used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


@pytest.mark.bench
def test_forty_pages_within_three_seconds() -> None:
    rows = {**FILLED, "CHILD-TIMELINE": [*many_episodes(250), *timeline()]}
    answers = answered("MASE", about("MASE"), rows)
    began, used = time.perf_counter(), _processor()
    pdf = pack_of("MASE", answers).pdf()
    took, worked = time.perf_counter() - began, _processor() - used
    pages = len(pypdf.PdfReader(io.BytesIO(pdf)).pages)
    print(f"\n  pack: {pages} pages, {worked:.2f} s of processor, {took:.2f} s on the clock")
    assert pages >= 40
    assert worked <= 3.0
