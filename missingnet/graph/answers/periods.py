"""The period that a question counts, and what its reader must know of it. Pure: nothing here reads the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from missingnet.graph.answers import Asked
from missingnet.graph.answers.event_facts import words
from missingnet.graph.times import utc_to_london


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
    since, over = asked.parameters["since"], counted_to(asked)
    began = since - (over - since)
    by_the_clock = utc_to_london(since) - (utc_to_london(over) - utc_to_london(since))
    said = f"The period before is as long as this one, and began on {words(began)}"
    if utc_to_london(began) == by_the_clock:
        return f"{said}."
    aside = "an hour later" if utc_to_london(began) > by_the_clock else "an hour earlier"
    return f"{said}: the clocks changed, so as many hours began {aside} in the day."
