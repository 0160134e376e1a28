"""Clocks: hours elapse across a change of the clocks, working days leave out England's bank holidays."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missingnet.graph.answers.said import hours_words
from missingnet.graph.clocks import clock, end_of_day, hours_between, is_working_day, working_days_after
from missingnet.graph.times import london_to_utc, utc_to_london

INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1))


@pytest.mark.parametrize(
    ("began", "due"),
    [
        (datetime(2026, 3, 28, 12), datetime(2026, 3, 31, 13)),  # the clocks go forward on 29 March
        (datetime(2026, 10, 24, 12), datetime(2026, 10, 27, 11)),  # and back on 25 October
        (datetime(2026, 6, 1, 12), datetime(2026, 6, 4, 12)),
    ],
)
def test_seventy_two_hours_elapse_across_a_change_of_the_clocks(began: datetime, due: datetime) -> None:
    started = london_to_utc(began)
    assert utc_to_london(started + timedelta(hours=72)) == due
    assert hours_between(started, london_to_utc(due)) == 72


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (datetime(2026, 10, 5, 12), 5, date(2026, 10, 12)),  # Monday to Monday
        (datetime(2026, 10, 3, 12), 5, date(2026, 10, 9)),  # a Saturday
        (datetime(2026, 4, 1, 12), 5, date(2026, 4, 10)),  # Good Friday and Easter Monday between
        (datetime(2026, 12, 23, 12), 5, date(2027, 1, 4)),  # Christmas, Boxing Day on a Saturday, New Year's Day
        (datetime(2026, 10, 5, 23, 30), 1, date(2026, 10, 7)),  # half past midnight in London
    ],
)
def test_a_working_day_is_no_weekend_and_no_bank_holiday_in_england(start: datetime, days: int, last: date) -> None:
    assert utc_to_london(working_days_after(start, days)) == datetime(last.year, last.month, last.day) + timedelta(1)


def test_scotlands_holidays_are_no_holidays_in_england() -> None:
    assert is_working_day(date(2026, 11, 30)), "Saint Andrew's Day"
    assert not is_working_day(date(2026, 8, 31)), "the late summer holiday"


@given(INSTANTS, st.integers(1, 20))
def test_so_many_working_days_lie_between(start: datetime, days: int) -> None:
    first, end = utc_to_london(start).date(), utc_to_london(working_days_after(start, days)).date()
    between = [first + timedelta(n) for n in range(1, (end - first).days)]
    assert sum(map(is_working_day, between)) == days
    assert is_working_day(end - timedelta(1))


@given(INSTANTS, st.integers(1, 200), st.integers(-300, 300), st.none() | st.integers(0, 300))
def test_a_clock_is_one_of_four_things(start: datetime, allowed: int, later: int, done: int | None) -> None:
    as_at, due = start + timedelta(hours=later), start + timedelta(hours=allowed)
    found = clock(start, due, as_at, None if done is None else start + timedelta(hours=done))
    if done is not None and done <= later:
        assert (found.standing, found.hours, found.taken) == (
            "met" if done <= allowed else "late",
            allowed - done,
            done,
        )
    else:
        assert (found.standing, found.hours) == ("running" if later <= allowed else "broken", allowed - later)
        assert found.taken is None and found.done is None


def test_hours_are_said_in_words() -> None:
    assert [hours_words(h) for h in (26, -1.5, 0.4, -0.4, 48)] == [
        "1 day 2 hours left", "1 hour over", "under an hour left", "under an hour over", "2 days left"
    ]  # fmt: skip
    start = datetime(2026, 10, 1)
    assert clock(start, start + timedelta(3), start + timedelta(9), start + timedelta(2)).words == (
        "done 1 day before it was due"
    )


def test_a_day_alone_ends_with_the_london_day() -> None:
    assert end_of_day(datetime(2026, 10, 24, 23)) == datetime(2026, 10, 26), "25 October, an hour longer"
