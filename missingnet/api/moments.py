"""Dates and times as people type them, in London, turned into the instants that a question is asked as at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Query

from missingnet.api import refusals
from missingnet.api.refusals import Refused
from missingnet.graph import times

HOW = "a day such as 2026-10-31, or a day and London time such as 2026-10-31T14:00"


class NotAMoment(ValueError):
    """Text that is neither a day nor a day and time, said in words that show how."""


def moment_in(text: str) -> datetime:
    """The naive UTC instant of what was typed. A day alone means its last second in London, so that it counts whole.

    :raises NotAMoment: it is neither a day nor a day and time.
    """
    try:
        return times.instant_typed(text)
    except times.NoSuchTime as error:
        raise NotAMoment(f"The clocks went forward over that time. Write {HOW}.") from error
    except ValueError as error:
        raise NotAMoment(f"That is not a date. Write {HOW}.") from error


def this_minute() -> datetime:
    """The present minute, naive UTC: the door's one reading of the clock. Seconds are left out so that an answer kept
    for a moment serves the next page as well."""
    return times.now().replace(second=0, microsecond=0)


@dataclass(frozen=True, slots=True)
class Moment:
    """As at when (what had happened) and as known at when (what had been told; none = by now)."""

    as_at: datetime
    known_at: datetime | None
    as_at_typed: str | None
    known_at_typed: str | None

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What was typed, to be carried along by links and forms."""
        pairs = (("as_at", self.as_at_typed), ("known_at", self.known_at_typed))
        return [(name, value) for name, value in pairs if value]


def moment_of(as_at: str | None, known_at: str | None) -> Moment:
    """The two times of a question, as typed; the first is now when left out."""
    try:
        return Moment(
            moment_in(as_at) if as_at else this_minute(),
            moment_in(known_at) if known_at else None,
            as_at or None,
            known_at or None,
        )
    except NotAMoment as error:
        raise Refused(refusals.NOT_UNDERSTOOD, str(error)) from error


async def asked_moment(
    as_at: Annotated[str | None, Query(description=f"What had happened by then: {HOW}. Left out: now.")] = None,
    known_at: Annotated[
        str | None, Query(description=f"What the partnership had been told by then: {HOW}. Left out: all by now.")
    ] = None,
) -> Moment:
    """The two times in a request's address."""
    return moment_of(as_at, known_at)


AskedMoment = Annotated[Moment, Depends(asked_moment)]


async def asked_meeting(
    met: Annotated[
        str | None,
        Query(description=f"Say what is new since a meeting, by what is known now: {HOW}. Left out: not said."),
    ] = None,
) -> datetime | None:
    """The instant of the meeting in a request's address, whose findings are compared with those of now."""
    try:
        return moment_in(met) if met else None
    except NotAMoment as error:
        raise Refused(refusals.NOT_UNDERSTOOD, str(error)) from error


Meeting = Annotated[datetime | None, Depends(asked_meeting)]
