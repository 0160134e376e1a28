"""Each of the DfE's checks of the Missing table finds its own fault, and not the row just short of it."""

from __future__ import annotations

from datetime import date

import pytest

from missingnet.graph.answers.return_checks import CHECKS, Care, Period, Placed, failing, in_care

IN_CARE = (Placed(date(2025, 1, 1), date(2025, 6, 9), "X1"), Placed(date(2025, 6, 9), date(2025, 9, 1), "E4A"))


def day(month: int, number: int) -> date:
    return date(2025, month, number)


def codes(start: date, end: date | None, *others: Period, placed: tuple[Placed, ...] = IN_CARE) -> list[str]:
    return [code for code, _ in failing(Period(start, end), others, placed)]


def test_the_codes_are_the_dfes() -> None:
    assert [code for code, *_ in CHECKS] == ["567", "574", "575", "577", "578", "580", "581"]


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (day(3, 2), day(3, 5), []),
        (day(3, 5), day(3, 2), ["567"]),
        (day(6, 7), day(6, 9), []),
        (day(6, 7), day(6, 10), ["575"]),
        (day(6, 9), day(6, 10), []),
        (day(8, 30), day(8, 31), []),
        (day(8, 30), day(9, 1), ["580"]),
        (day(8, 30), day(9, 2), ["577", "580"]),
        (day(8, 30), None, ["577", "580"]),
        (date(2024, 12, 31), day(1, 2), ["578"]),
        (day(1, 1), day(1, 2), []),
        (day(9, 1), day(9, 1), ["580"]),
        (day(9, 2), day(9, 3), ["581"]),
    ],
)
def test_a_row_by_itself(start: date, end: date | None, found: list[str]) -> None:
    assert codes(start, end) == found


def test_who_left_care_missing_and_is_said_to_have_is_right() -> None:
    left = (Placed(day(1, 1), day(9, 1), "E8"),)
    assert codes(day(8, 30), day(9, 1), placed=left) == []
    assert codes(day(8, 30), None, placed=left) == ["577"]


def test_one_period_begins_when_the_other_is_over() -> None:
    first = Period(day(3, 2), day(3, 5))
    assert codes(day(3, 5), day(3, 8), first) == []
    assert codes(day(3, 4), day(3, 8), first) == ["574"]
    assert codes(day(3, 4), day(3, 8), Period(day(3, 2), None)) == ["574"]
    assert codes(day(3, 2), day(3, 5), Period(day(3, 4), day(3, 8))) == []


def test_a_child_of_whom_no_placement_is_recorded_was_not_looked_after() -> None:
    assert codes(day(3, 2), day(3, 5), placed=()) == ["581"]


def test_placements_that_meet_are_one_period_of_care_and_those_apart_are_two() -> None:
    again = Placed(day(10, 1), None, None)
    assert in_care([again, *IN_CARE]) == [Care(day(1, 1), day(9, 1), "E4A"), Care(day(10, 1), None, None)]
    assert codes(day(9, 15), day(9, 16), placed=(*IN_CARE, again)) == ["581"]
    assert codes(day(10, 2), None, placed=(*IN_CARE, again)) == []
