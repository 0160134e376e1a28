"""RHI-PERFORMANCE: interviews owed, offered, held and in time, by area, home and month, with the trend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.clock_facts import said
from missingnet.graph.answers.clock_row import ClockRow
from missingnet.graph.answers.interview_clocks import (
    NOT_EACH,
    Interviewed,
    InterviewFacts,
    interview_clock,
    interviewed,
)
from missingnet.graph.clocks import Standing
from missingnet.graph.times import utc_to_london

#: Outcomes that say that the interview was offered, whether or not the record says when.
OFFERED: Final = ("offered", "held", "refused")


@dataclass(frozen=True, slots=True)
class _Told:
    """One return that starts the clock: how its interview stands, and whether it was offered."""

    area: str
    home: str
    month: str
    row: ClockRow
    offered: bool

    @property
    def place(self) -> tuple[str, str]:
        return self.area, self.home


class PerformanceFacts(InterviewFacts):
    """The facts of RHI-72H, to be counted."""

    @classmethod
    def derive(cls, rows: Sequence[InterviewFacts], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """One row for each area, home and month of return, in that order; months follow each other."""
        told = sorted(
            (_told(one, back) for child in rows for one in interviewed(child, asked) if (back := _back(one))),
            key=lambda one: (*one.place, one.month, one.row.record),
        )
        found: list[InterviewPerformance] = []
        for _, many in groupby(told, key=lambda one: one.place):
            before: InterviewPerformance | None = None
            for _, group in groupby(many, key=lambda one: one.month):
                before = _counted(list(group), before)
                found.append(before)
        notes = [
            f"Returns that start the clock, since {said(asked.parameters['since'])}, by the month of return. Offered "
            "is a share of the returns that files tell of, less those decided; held and in time a share of these, less "
            "those still running.",
            "What no file covers is counted as not provided, stands in no share, and is never nought.",
        ]
        return found, notes


def _back(one: Interviewed) -> datetime | None:
    """When the child was back, of an episode whose end starts the clock."""
    return one.owing.back if one.starts else None


def _told(one: Interviewed, back: datetime) -> _Told:
    (row,) = interview_clock(one)
    offered = one.held is not None or any(i.offered is not None for i in one.told) or one.outcome in OFFERED
    return _Told(one.owing.council or "", row.home_id or "", f"{utc_to_london(back):%Y-%m}", row, offered)


def _share(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def _counted(group: Sequence[_Told], before: InterviewPerformance | None) -> InterviewPerformance:
    """The figures of one area, home and month; ``before`` is the month before that one in the list."""

    def count(*standings: Standing, states: Sequence[str] = ()) -> int:
        return sum(
            (not standings or one.row.standing in standings) and (not states or one.row.state in states)
            for one in group
        )

    decided, not_provided, running = count(states=(NOT_EACH,)), count("not provided"), count("running")
    told = len(group) - decided - not_provided
    due = told - running
    in_time, held = count("met"), count("met", "late")
    share = _share(in_time, due)
    offered = sum(one.offered for one in group if one.row.standing != "not provided" and one.row.state != NOT_EACH)
    follows = before is not None and _next(before.month) == group[0].month
    earlier = before.in_time_share if before is not None and follows else None
    return InterviewPerformance(
        area=group[0].area,
        home_id=group[0].home or None,
        month=group[0].month,
        returns=len(group),
        offered=offered,
        held=held,
        in_time=in_time,
        refused=count(states=("refused",)),
        waiting=count(states=("waiting list", "unreachable")),
        decided=decided,
        running=running,
        overdue=count("broken"),
        not_provided=not_provided,
        told=told,
        due=due,
        offered_share=_share(offered, told),
        held_share=_share(held, due),
        in_time_share=share,
        change=None if share is None or earlier is None else round(share - earlier, 1) + 0.0,
        records=tuple(one.row.record for one in group),
    )


def _next(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year + number // 12}-{number % 12 + 1:02}"


class InterviewPerformance(Row):
    """One area's, or one home's, return interviews for the returns of one month."""

    SUBJECT = ("area", "home_id", "month")

    @property
    def named(self) -> bool:
        """False: figures are nothing that a watch finds; RHI-72H names whose interview is owed."""
        return False

    area: str = Field(description="The responsible council; '': the records do not say")
    home_id: str | None = Field(description="The children's home; None: at home, elsewhere, or not recorded")
    month: str = Field(description="The month of return, London: '2026-10'")
    returns: int = Field(description="Returns that start the clock, each once")
    offered: int = Field(description="Of these, offered: the interview was offered, held or refused")
    held: int = Field(description="Held")
    in_time: int = Field(description="Held within the hours allowed")
    refused: int = Field(description="Refused")
    waiting: int = Field(description="Waiting list or unreachable")
    decided: int = Field(description="Not after every episode, as decided for the child: in no denominator")
    running: int = Field(description="Not held, and time is left: not in the denominator of 'in time'")
    overdue: int = Field(description="Not held, and over: refused, waiting and unreachable among them")
    not_provided: int = Field(description="Of which no provider's file tells: in no denominator")
    told: int = Field(description="The denominator of 'offered': returns less those decided and those not provided")
    due: int = Field(description="The denominator of 'held' and 'in time': told, less those still running")
    offered_share: float | None = Field(description="Offered of told, in a hundred; None: nothing was told")
    held_share: float | None = Field(description="Held of due, in a hundred; None: nothing was due, or nothing told")
    in_time_share: float | None = Field(description="In time of due, in a hundred; None: nothing was due, or told")
    change: float | None = Field(
        description="In-time share less that of the month before; None: that month has none, or this one"
    )
    records: tuple[str, ...] = Field(description="The records of the episodes", strict=False)
