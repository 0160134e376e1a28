"""POLICE-PROTECTION-72H: police protection lasts at most 72 hours (s46 Children Act 1989; Procedures)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.clock_facts import in_order, said
from missingnet.graph.answers.clock_row import ClockRow
from missingnet.graph.clocks import clock, end_of_day
from missingnet.graph.times import start_of_day

WHO = "police release, or the council applies for an order"


class ProtectionTold(Row):
    """One record that a child was taken into police protection."""

    record: str = Field(description="The record")
    agency: str = Field(description="Whose record")
    kind: str = Field(description="What it is called")
    served: date | None = Field(description="The day; None: not recorded")
    started: datetime | None = Field(description="From when, UTC; None: the day alone is recorded")
    ended: datetime | None = Field(description="Until when, UTC; None: not ended, or not recorded")


class ProtectionFacts(Row):
    """One child's records of police protection that began in the window."""

    child_id: str = Field(description="The child")
    protections: tuple[ProtectionTold, ...] = Field(description="The records", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[ProtectionFacts], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Each time in police protection, what lasts too long first."""
        found = [_row(row.child_id, told, asked) for row in rows for told in _once(row.protections)]
        notes = ["Where a record names a day alone, the hours are counted from the end of that day."]
        return in_order(row for row in found if row is not None), notes


def _once(told: Sequence[ProtectionTold]) -> list[ProtectionTold]:
    """Each record once; of versions that conflict the one that tells of an end."""
    ordered = sorted(told, key=lambda one: (one.ended is not None, repr(one)))
    return list({one.record: one for one in ordered}.values())


def _row(child: str, told: ProtectionTold, asked: Asked) -> ClockRow | None:
    began = told.started or (start_of_day(told.served) if told.served is not None else None)
    if began is None:
        return None
    start, hours = told.started or end_of_day(began), asked.parameters["hours"]
    of = clock(start, start + timedelta(hours=hours), asked.as_at, told.ended)
    states = {"met": "ended in time", "late": "ended late", "running": "running", "broken": "no end recorded"}
    ended = f"; ended {said(of.done)}" if of.done is not None else ""
    return ClockRow(
        child_id=child,
        record=told.record,
        same_records=(),
        agency=told.agency,
        kind=told.kind,
        began=began,
        over=told.ended,
        state=states[of.standing],
        standing=of.standing,
        started=of.started,
        due=of.due,
        hours=of.hours,
        taken=of.taken,
        who_acts=WHO if of.done is None else "",
        owed_by=told.agency,
        worker=None,
        home_id=None,
        answered_by=(),
        why=f"from {said(began)}{ended}; at most {hours} hours; {of.words}",
        facts=(),
    )
