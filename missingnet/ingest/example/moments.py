"""Wall-clock minutes, and how each agency writes a date.

A moment is a count of minutes of Europe/London wall time (proleptic day number * 1440 + minute of the day), so that a
million children need no datetime objects. No moment is written in the hour that does not exist when the clocks go
forward.
"""

from __future__ import annotations

import calendar
from datetime import date
from functools import cache

from holidays import country_holidays

HOUR = 60
DAY = 1440
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_CLOCK = tuple(f" {minute // 60:02d}:{minute % 60:02d}" for minute in range(DAY))


@cache
def day_text(day: int) -> str:
    """The day as DD/MM/YYYY; 'day' is a proleptic ordinal."""
    when = date.fromordinal(day)
    return f"{when.day:02d}/{when.month:02d}/{when.year}"


@cache
def census_text(day: int) -> str:
    """The day as the school census extract writes it: 2020-Apr-25 00:00:00."""
    when = date.fromordinal(day)
    return f"{when.year}-{_MONTHS[when.month - 1]}-{when.day:02d} 00:00:00"


def moment_text(moment: int | None) -> str:
    """The moment as DD/MM/YYYY HH:MM, or nothing where it is not known."""
    if moment is None:
        return ""
    day, minute = divmod(real(moment), DAY)
    return day_text(day) + _CLOCK[minute]


def real(moment: int) -> int:
    """The moment itself, or an hour later where the clocks skip it (01:00–02:00 on the last Sunday of March)."""
    day, minute = divmod(moment, DAY)
    if 60 <= minute < 120 and day == _last_sunday(date.fromordinal(day).year, 3):
        return moment + HOUR
    return moment


@cache
def weekday(day: int) -> int:
    """0 = Monday … 6 = Sunday."""
    return (day + 6) % 7


@cache
def _last_sunday(year: int, month: int) -> int:
    last = date(year, month, calendar.monthrange(year, month)[1]).toordinal()
    return last - (weekday(last) + 1) % 7


def _summer(moment: int) -> bool:
    day = moment // DAY
    year = date.fromordinal(day).year
    begins, ends = _last_sunday(year, 3) * DAY + HOUR, _last_sunday(year, 10) * DAY + 2 * HOUR
    return begins <= moment < ends


def elapsed(start: int, end: int) -> int:
    """The minutes that elapse between two moments: an hour more or less than the wall shows where the clocks change."""
    return end - start - HOUR * (_summer(end) - _summer(start))


@cache
def working(day: int) -> bool:
    """True for a weekday that is no bank holiday in England."""
    when = date.fromordinal(day)
    return weekday(day) < 5 and when not in _bank_holidays(when.year)


def working_day_after(day: int, count: int) -> int:
    """The so-manieth working day after a day, which does not count itself."""
    while count:
        day += 1
        count -= working(day)
    return day


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("GB", subdiv="ENG", years=year))
