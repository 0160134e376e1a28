"""Counting episodes once: pairwise, in any order, and a record that is not seen changes nothing for the others."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from missingnet.graph import rulebook
from missingnet.graph.answers.same_episode import EpisodeTold, Sameness, counted, once, same_episode
from missingnet.graph.times import start_of_day

NOW = datetime(2026, 11, 1)
SAMENESS = Sameness.of(
    {name: rulebook.default("SAME-EPISODE", name, NOW) for name in rulebook.rule("SAME-EPISODE").parameters}
)


def told(chance: Random) -> list[EpisodeTold]:
    """A child's records over a fortnight in which the clocks go back."""
    found = []
    for number in range(chance.randrange(1, 9)):
        agency, source = chance.choice(
            (("99", "police_missing"), ("99", "police_absent"), ("997", "ssda903_missing"), ("998", "ssda903_missing"))
        )
        start = datetime(2026, 10, 18) + timedelta(hours=chance.randrange(14 * 24))
        end = chance.choice((None, start + timedelta(hours=chance.randrange(60))))
        by_day = source == "ssda903_missing"
        found.append(
            EpisodeTold(
                record=f"r{number}",
                agency=agency,
                source=source,
                reference=f"n{number}",
                became=f"n{chance.randrange(8)}" if source == "police_absent" and chance.random() < 0.3 else None,
                kind="missing",
                started=start_of_day(start.date()) if by_day else start,
                ended=start_of_day(end.date()) if by_day and end else end,
                precision="day" if by_day else "minute",
            )
        )
    return found


@given(st.integers(0, 2**32))
def test_what_counts_is_what_no_record_of_higher_precedence_is_the_same_as(seed: int) -> None:
    chance = Random(seed)
    records = told(chance)
    found = counted(records, SAMENESS)
    for one in once(records):
        same = [other for other in records if other is not one and same_episode(one, other, SAMENESS)]
        first = all(SAMENESS.rank(one) < SAMENESS.rank(other) for other in same)
        counts = [c for c in found if c.episode.record == one.record]
        assert len(counts) == first
        for c in counts:
            assert {e.record for e in c.also} == {e.record for e in same}
    shuffled = chance.sample(records, len(records))
    assert {c.episode.record for c in counted(shuffled, SAMENESS)} == {c.episode.record for c in found}
    assert found, "something always counts"


@given(st.integers(0, 2**32))
def test_whether_two_are_one_hangs_on_no_third(seed: int) -> None:
    records = told(Random(seed))
    for one in records:
        for other in records:
            assert same_episode(one, other, SAMENESS) == same_episode(other, one, SAMENESS)
            if one is not other:
                alone = counted([one, other], SAMENESS)
                assert len(alone) == (1 if same_episode(one, other, SAMENESS) else 2)
