"""The DfE's checks of the Missing table find what an oracle finds that counts half-days (567 to 581)."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from missingnet.graph.answers.return_checks import CHECKS, Period, Placed, failing
from tests.oracles import returned
from tests.oracles.returned import Spell
from tests.pieces import EXAMPLES

FIRST = date(2025, 4, 1)
FAILED: Counter[str] = Counter()
days = st.integers(0, 12).map(lambda n: FIRST + timedelta(days=n))


@st.composite
def placements(draw: st.DrawFn) -> list[Spell]:
    """No two begin on one day: which of them ended care would turn on nothing that a return tells."""
    starts = draw(st.lists(days, max_size=4, unique=True))
    lengths = [draw(st.none() | st.integers(0, 6)) for _ in starts]
    whys = [draw(st.sampled_from((None, "X1", "E4A", "E8"))) for _ in starts]
    return [
        Spell(start, None) if length is None else Spell(start, start + timedelta(days=length), why)
        for start, length, why in zip(starts, lengths, whys, strict=True)
    ]


spells = st.builds(Spell, days, st.none() | days)


@settings(max_examples=5 * EXAMPLES, deadline=None)
@given(spells, st.lists(spells, max_size=2), placements())
def a_row_fails_the_checks_that_its_days_fail(row: Spell, others: list[Spell], placed: list[Spell]) -> None:
    periods = [Period(one.start, one.end) for one in (row, *others)]
    found = failing(periods[0], periods[1:], [Placed(p.start, p.end, p.why) for p in placed])
    codes = [code for code, _ in found]
    assert len(codes) == len(set(codes))
    assert set(codes) == returned.failing(row, others, placed)
    FAILED.update(codes)


def test_each_check_finds_what_the_days_find_and_every_check_is_failed_by_some_row() -> None:
    a_row_fails_the_checks_that_its_days_fail()
    assert set(FAILED) == {code for code, *_ in CHECKS}
