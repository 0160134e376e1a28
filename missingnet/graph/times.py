"""The two doors of time: London for people, naive UTC in the graph (DESIGN §2)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
#: A question that compares thousands of episodes turns each of their instants into London's time again and again.
_KEPT: Final = 16_384

#: Years that are asked about; what is counted back from a moment stays within the calendar.
YEARS: Final = range(1900, 2200)


class NoSuchTime(ValueError):
    """A clock time that did not happen: the hour skipped when the clocks go forward."""


def london_to_utc(local: datetime) -> datetime:
    """The UTC instant (naive) of a London clock time (naive). In the repeated autumn hour it is the earlier one.

    :raises NoSuchTime: the clock skipped that time in spring.
    """
    aware = local.replace(tzinfo=LONDON, fold=0)
    utc = aware.astimezone(UTC)
    if utc.astimezone(LONDON).replace(tzinfo=None) != local:
        raise NoSuchTime("the clocks went forward over this time")
    return utc.replace(tzinfo=None)


def is_repeated(local: datetime) -> bool:
    """True for a London clock time that happened twice, when the clocks went back."""
    first = local.replace(tzinfo=LONDON, fold=0).astimezone(UTC)
    return first != local.replace(tzinfo=LONDON, fold=1).astimezone(UTC) and (
        first.astimezone(LONDON).replace(tzinfo=None) == local
    )


@lru_cache(_KEPT)
def utc_to_london(instant: datetime) -> datetime:
    """The London clock time (naive) of a naive UTC instant."""
    return instant.replace(tzinfo=UTC).astimezone(LONDON).replace(tzinfo=None)


@lru_cache(_KEPT)
def start_of_day(day: date) -> datetime:
    """The UTC instant (naive) at which a London day begins."""
    return london_to_utc(datetime.combine(day, time()))


def instant_typed(text: str) -> datetime:
    """The instant (naive UTC) that a person or a program wrote: London time, or UTC and others where it says so.

    A day alone means its last second in London, so that what happened on it has happened.

    :raises NoSuchTime: the clock skipped that time in spring.
    :raises ValueError: it is neither a day nor a day and time.
    """
    typed = text.strip()
    if typed[:4].isdigit() and int(typed[:4]) not in YEARS:
        raise ValueError("a year that no record is of")
    try:
        if len(typed) == len("2026-10-31"):
            return start_of_day(date.fromisoformat(typed) + timedelta(days=1)) - timedelta(seconds=1)
        read = datetime.fromisoformat(typed)
        return london_to_utc(read) if read.tzinfo is None else read.astimezone(UTC).replace(tzinfo=None)
    except OverflowError as error:
        raise ValueError("a day beyond the calendar") from error


def now() -> datetime:
    """The present instant, naive UTC. Only the doors (api, command line, ingest's 'loaded at') may call this."""
    return datetime.now(UTC).replace(tzinfo=None)
