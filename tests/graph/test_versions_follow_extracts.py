"""Versions are runs of equal content in the order of extract dates, whatever the order of loading."""

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from missingnet.graph.terms import OPEN
from missingnet.graph.versions import in_conflict, runs

DAYS = [date(2026, 1, n) for n in range(1, 7)]


def drawn(sightings: list[tuple[date, str]]) -> list[tuple[str, int, int | None]]:
    return [(v.content, v.known_from.day, None if v.known_to == OPEN else v.known_to.day) for v in runs(sightings)]


def test_a_changed_row_closes_the_version_before_it() -> None:
    assert drawn([(DAYS[0], "a"), (DAYS[2], "b")]) == [("a", 1, 3), ("b", 3, None)]


def test_an_older_extract_that_comes_late_parts_one_version_into_two() -> None:
    assert drawn([(DAYS[0], "a"), (DAYS[4], "a")]) == [("a", 1, None)]
    assert drawn([(DAYS[0], "a"), (DAYS[4], "a"), (DAYS[2], "b")]) == [("a", 1, 3), ("b", 3, 5), ("a", 5, None)]


def test_two_contents_on_one_day_stand_side_by_side() -> None:
    sightings = [(DAYS[0], "a"), (DAYS[0], "b"), (DAYS[3], "c")]
    assert drawn(sightings) == [("a", 1, 4), ("b", 1, 4), ("c", 4, None)]
    assert in_conflict(sightings, DAYS[0])
    assert not in_conflict(sightings, DAYS[3])


@given(st.lists(st.tuples(st.sampled_from(DAYS), st.sampled_from("abc")), min_size=1, max_size=9), st.randoms())
def test_order_does_not_matter_and_every_day_is_told_as_it_was_seen(sightings: list, random: object) -> None:
    shuffled = list(sightings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    found = runs(sightings)
    assert found == runs(shuffled)
    for day, content in sightings:
        at = datetime(day.year, day.month, day.day)
        assert {v.content for v in found if v.known_from <= at < v.known_to} == {c for d, c in sightings if d == day}
        assert content in {v.content for v in found}
