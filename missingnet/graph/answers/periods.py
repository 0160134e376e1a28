"""The period that a question counts, and what its reader must know of it. Pure: nothing here reads the clock."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from missingnet.graph.answers import Asked
from missingnet.graph.answers.event_facts import words
from missingnet.graph.times import utc_to_london

#: From one moment to before another (naive UTC).
Span = tuple[datetime, datetime]


def counted_to(asked: Asked) -> datetime:
    """The period's end, or the date asked about where the period is not over (naive UTC)."""
    until: datetime = asked.parameters["until"]
    # A period is over in its last second: times are kept to the second.
    return until if until <= asked.as_at + timedelta(seconds=1) else asked.as_at


def begins_later(asked: Asked) -> bool:
    """True when nothing of the period had happened by the date asked about."""
    return bool(counted_to(asked) < asked.parameters["since"])


BEGINS_LATER = "The period begins after the date asked about."


def not_over(asked: Asked) -> list[str]:
    """Words for a period that goes on after the date asked about; none for one that is over."""
    if counted_to(asked) == asked.parameters["until"]:
        return []
    if begins_later(asked):
        return [BEGINS_LATER]
    return [f"The period is not over: it is counted to {words(asked.as_at)}, the date asked about."]


def period_before(asked: Asked) -> str:
    """The period before in words. It is as many hours long; where the clocks changed, it begins beside its day's
    start, and that is said."""
    (began, since), over = before(asked), counted_to(asked)
    by_the_clock = utc_to_london(since) - (utc_to_london(over) - utc_to_london(since))
    said = f"The period before is as long as this one, and began on {words(began)}"
    if utc_to_london(began) == by_the_clock:
        return f"{said}."
    aside = "an hour later" if utc_to_london(began) > by_the_clock else "an hour earlier"
    return f"{said}: the clocks changed, so as many hours began {aside} in the day."


def this_period(asked: Asked) -> Span:
    """The period as far as it had come by the date asked about, whose own moment counts where it is not over."""
    over = counted_to(asked)
    return asked.parameters["since"], over if over == asked.parameters["until"] else over + timedelta(microseconds=1)


def before(asked: Asked) -> Span:
    """The stretch of time before it that is as long."""
    since = asked.parameters["since"]
    return since - (counted_to(asked) - since), since


def years_back(asked: Asked) -> Mapping[int, Span]:
    """The same weeks of earlier years, by how many years earlier."""
    since, over, day = asked.parameters["since"], counted_to(asked), timedelta(days=asked.parameters["year_days"])
    return {back: (since - back * day, over - back * day) for back in range(1, asked.parameters["years"] + 1)}


def same_weeks(asked: Asked, compared: Collection[int]) -> list[str]:
    """Which earlier years the season is taken from, and which are left out and why; none where none was asked for."""
    began = {back: span[0] for back, span in years_back(asked).items()}
    if not began or begins_later(asked):
        return []
    days = asked.parameters["year_days"]
    notes = []
    if compared:
        listed = " and ".join(words(began[back]) for back in sorted(compared))
        years = "an earlier year" if len(compared) == 1 else "earlier years"
        notes.append(
            f"The season is the mean of the same weeks of {years}, each {days} days back and as long as this period; "
            f"they began on {listed}."
        )
    short = [words(began[back]) for back in began if back not in compared]
    if short:
        none = "" if compared else "There is no earlier year to set this period against. "
        notes.append(
            f"{none}The same weeks that began on {' and '.join(short)} are not compared: no episode that began before "
            "them, or none at a place within them, is recorded, so that the files may not reach back so far."
        )
    return notes
