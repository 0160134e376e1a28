"""Clocks: from when to when something is owed, and what is so of it at an instant (DOMAIN §4, 'Clocks').

Pure. Instants are naive UTC, so hours elapse across a change of the clocks; days are London's, and working days leave
out weekends and England's bank holidays. Whether a thing was done, and by whom it is owed, the caller's facts say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, Literal, get_args

from holidays import country_holidays

from missingnet.graph.answers.said import hours_words
from missingnet.graph.times import start_of_day, utc_to_london

#: What is so of a clock: done in time or late, still running, past its time and not done, never or no longer owed, or
#: unknown because no file that would say so covers the time ('no data is not no', DOMAIN §2).
Standing = Literal["broken", "running", "late", "met", "not owed", "not provided"]
STANDINGS: Final[tuple[Standing, ...]] = get_args(Standing)

# Who acts, in the Procedures' words.
CARER: Final = "carer reports"
SOCIAL_WORKER: Final = "social worker notifies and arranges"
TEAM_MANAGER: Final = "team manager chairs"
POLICE: Final = "police check"
INTERVIEWER: Final = "interviewer contacts, offers and holds"

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
SATURDAY: Final = 5


def hours_between(start: datetime, end: datetime) -> float:
    """The hours that elapse from one instant to another, to the hundredth; below nothing when the end comes first."""
    return round((end - start) / HOUR, 2) + 0.0  # never minus nothing


def is_working_day(day: date) -> bool:
    """True for a weekday that is no bank holiday in England."""
    return day.weekday() < SATURDAY and day not in _bank_holidays(day.year)


def working_days_after(start: datetime, days: int) -> datetime:
    """The end (naive UTC) of the so-manieth working day after the London day of an instant, which does not count."""
    day = utc_to_london(start).date()
    for _ in range(days):
        day += DAY
        while not is_working_day(day):
            day += DAY
    return start_of_day(day + DAY)


def end_of_day(midnight: datetime) -> datetime:
    """The end (naive UTC) of the London day of an instant: from then on a clock runs whose start names a day only."""
    return start_of_day(utc_to_london(midnight).date() + DAY)


def done_on(day: date, as_at: datetime) -> datetime:
    """The instant (naive UTC) at which a thing counts as done of which only the day is told, of a day up to as at.

    It is within the day: the midnight that begins it is the end of the day before, which it must not be in time for.
    """
    return min(start_of_day(day) + timedelta(seconds=1), as_at)


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock as at an instant.

    ``hours`` is what is left until it is due, below nothing when it is over; once the thing is done, what was left or
    over then. ``taken`` is how long it took, None while it is not done.
    """

    started: datetime
    due: datetime
    done: datetime | None
    standing: Standing
    hours: float
    taken: float | None

    @property
    def words(self) -> str:
        """How it stands, in words: 'done 3 hours before it was due', '5 hours left'."""
        if self.done is None:
            return hours_words(self.hours)
        side = "before it was due" if self.hours >= 0 else "after it was due"
        return f"done {hours_words(self.hours).rsplit(' ', 1)[0]} {side}"


def clock(started: datetime, due: datetime, as_at: datetime, done: datetime | None = None) -> Clock:
    """The clock that began at ``started``, as at an instant; what was done only after that instant is not done.

    What is done at the very instant at which it is due is in time, and what is due at this very instant is not over.
    """
    if done is not None and done <= as_at:
        return Clock(
            started=started,
            due=due,
            done=done,
            standing="met" if done <= due else "late",
            hours=hours_between(done, due),
            taken=hours_between(started, done),
        )
    standing: Standing = "running" if as_at <= due else "broken"
    return Clock(started, due, None, standing, hours_between(as_at, due), None)


@lru_cache(maxsize=64)
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("GB", subdiv="ENG", years=year))
