"""What the day-by-day path of a child missing education begins from: the register's entry, and the school's days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.clock_facts import in_order
from missingnet.graph.answers.clock_row import ClockRow, Noted
from missingnet.graph.answers.event_facts import words
from missingnet.graph.answers.listed_facts import ListTold
from missingnet.graph.answers.police_council_mismatch import PlacedTold
from missingnet.graph.answers.ties import Texts, texts
from missingnet.graph.clocks import Clock, Standing, clock, done_on
from missingnet.graph.school_days import Calendar
from missingnet.graph.times import start_of_day, utc_to_london

KIND: Final = "missing from education"


class EntryTold(Row):
    """One entry of a child on the register of children missing education, with the steps taken by day."""

    record: str = Field(description="The record")
    agency: str = Field(description="Whose register")
    school_id: str | None = Field(description="The school before; None: not recorded")
    started: date | None = Field(description="When the child was referred; None: not recorded")
    ended: date | None = Field(description="When the entry was closed; None: open as at")
    last_attended: date | None = Field(description="The last day at school; None: not recorded")
    expected_return: date | None = Field(description="When leave that was authorised ended; None: no leave recorded")
    concerns: Texts = Field(description="Concerns as recorded")
    home_contacted: date | None = Field(description="When the home was contacted; None: not recorded")
    assessed: date | None = Field(description="When the school assessed; None: not recorded")
    police_told: date | None = Field(description="When the police were told; None: not recorded")
    social_care_told: date | None = Field(description="When social care was told; None: not recorded")
    welfare_told: date | None = Field(description="When the education welfare service was told; None: not recorded")
    home_checked: date | None = Field(description="When the CME team checked the home; None: not recorded")
    databases_checked: date | None = Field(description="When it checked databases; None: not recorded")
    reassessed: date | None = Field(description="When it was reassessed jointly; None: not recorded")
    off_roll: date | None = Field(description="When the child was removed from roll; None: not, or not recorded")
    transfer_file: date | None = Field(description="When the Common Transfer File was uploaded; None: not recorded")
    cme_team_told: date | None = Field(description="When the CME team was told; None: not recorded")


class DaysTold(Row):
    """One stretch of a school's calendar."""

    record: str = Field(description="The record")
    school_id: str = Field(description="The school")
    kind: str = Field(description="'term' or 'closed'")
    started: date = Field(description="Its first day")
    ended: date = Field(description="Its last day")


class StepsTold(Row):
    """What one council's register tells of steps at all: how many of its entries record each."""

    agency: str = Field(description="Whose register")
    steps: Texts = Field(description="Steps of which at least one entry tells the day")


class SchoolDayFacts(Row):
    """One child's entries on the register, with the calendars of their schools."""

    child_id: str = Field(description="The child")
    entries: tuple[EntryTold, ...] = Field(description="Entries about the window", strict=False)
    calendars: tuple[DaysTold, ...] = Field(description="The calendars of the schools", strict=False)
    lists: tuple[ListTold, ...] = Field(description="Lists that bear on it", strict=False)
    placements: tuple[PlacedTold, ...] = Field(description="Placements, of any time", strict=False)
    registers: tuple[StepsTold, ...] = Field(description="What the registers seen tell of steps", strict=False)

    def missed(self, asked: Asked) -> list[Missed]:
        """Each entry once, with the school days it is counted by. Of versions that conflict the one with most told."""
        by_record: dict[str, EntryTold] = {}
        for entry in sorted(self.entries, key=repr):
            by_record[entry.record] = entry
        return [Missed.of(entry, self, asked) for _, entry in sorted(by_record.items())]

    def told(self, agency: str, steps: Iterable[str]) -> bool:
        """True when that council's register tells of all these steps, of any child."""
        known = {step for register in self.registers if register.agency == agency for step in register.steps}
        return set(steps) <= known


@dataclass(frozen=True, slots=True)
class Missed:
    """One entry on the register with the first school day missed."""

    facts: SchoolDayFacts
    entry: EntryTold
    calendar: Calendar
    first: date
    counted_from: str
    days_records: Texts
    asked: Asked

    @classmethod
    def of(cls, entry: EntryTold, facts: SchoolDayFacts, asked: Asked) -> Missed:
        """From the day after the last attended; where leave was authorised, from the day the return was expected."""
        days = [d for d in facts.calendars if d.school_id == entry.school_id]
        calendar = Calendar.of(((d.kind, d.started, d.ended) for d in days), asked.parameters["holidays"])
        if entry.expected_return is not None:
            since, counted = entry.expected_return, "leave was authorised until a return expected"
        elif entry.last_attended is not None:
            since, counted = date.fromordinal(entry.last_attended.toordinal() + 1), "last attended"
        else:
            since, counted = entry.started or date.min, "the last day attended is not recorded; referred"
        told = entry.expected_return or entry.last_attended or entry.started
        first = calendar.first(since)
        why = f"{counted} {words(told)}; first school day missed {words(first)}"
        return cls(facts, entry, calendar, first, why, texts(d.record for d in days), asked)

    @property
    def today(self) -> date:
        """The London day of as at."""
        return utc_to_london(self.asked.as_at).date()

    @property
    def until(self) -> date:
        """The last day that counts: as at, or when the entry was closed."""
        return min(self.entry.ended or self.today, self.today)

    @property
    def days(self) -> int:
        """How many school days were missed by then."""
        return self.calendar.count(self.first, self.until)

    def step(self, name: str) -> date | None:
        """When a step was taken; None where it was not by then, or is not recorded."""
        day: date | None = getattr(self.entry, name)
        return day if day is not None and day <= self.today else None

    def noted(self, **steps: str) -> list[Noted]:
        """Each step in words, with its day or that none is recorded; and by which calendar days were counted."""
        found = []
        for name, said in steps.items():
            day = self.step(name)
            told = f"{said} {words(day)}" if day is not None else f"{said}: not recorded"
            found.append(Noted(words=told, records=(self.entry.record,) if day is not None else ()))
        return [*found, Noted(words=self.calendar.words, records=self.days_records)]

    def clock(self, started: date, last: date, steps: Sequence[str]) -> Clock:
        """The clock from a day to the end of the last one, answered when all these steps are taken."""
        days = [self.step(name) for name in steps]
        done = None if None in days else max(day for day in days if day is not None)
        start = start_of_day(started)
        moment = max(done_on(done, self.asked.as_at), start) if done is not None else None
        return clock(start, start_of_day(date.fromordinal(last.toordinal() + 1)), self.asked.as_at, moment)

    def row(
        self,
        state: str,
        standing: Standing,
        of: Clock | None,
        why: str,
        facts: Sequence[Noted],
        *,
        who_acts: str = "",
        answered: bool = False,
    ) -> ClockRow:
        """The entry's row of a clock."""
        entry = self.entry
        return ClockRow(
            child_id=self.facts.child_id,
            record=entry.record,
            same_records=(),
            agency=entry.agency,
            kind=KIND,
            began=start_of_day(self.first),
            over=None if entry.ended is None else start_of_day(entry.ended),
            state=state,
            standing=standing,
            started=of.started if of else None,
            due=of.due if of else None,
            hours=of.hours if of else None,
            taken=of.taken if of else None,
            who_acts=who_acts,
            owed_by=entry.agency,
            worker=None,
            home_id=None,
            answered_by=(entry.record,) if answered else (),
            why=f"{self.counted_from}; {why}",
            facts=tuple(facts),
        )

    def owed(
        self, of: Clock, steps: Sequence[str], why: str, facts: Sequence[Noted], who_acts: str, *, state: str = ""
    ) -> ClockRow:
        """The row of a step that is owed: taken in time or late, running, over, no longer owed, or not provided."""
        standing = of.standing
        if of.done is not None:
            taken = "in time" if standing == "met" else "late"
            last = words(max(day for day in map(self.step, steps) if day is not None))
            return self.row(f"done {taken}", standing, of, f"{why}; done {last}", facts, answered=True)
        ended = self.entry.ended
        if ended is not None and start_of_day(ended) <= of.due:
            return self.row("resolved before", "not owed", None, f"{why}; closed {words(ended)}", facts)
        if standing == "running":
            return self.row(state or "running", standing, of, f"{why}; {of.words}", facts, who_acts=who_acts)
        if not self.facts.told(self.entry.agency, steps):
            said = f"{why}; the register tells of no such step for any child"
            return self.row("not provided", "not provided", of, said, facts, who_acts=who_acts)
        return self.row(state or "overdue", standing, of, f"{why}; {of.words}", facts, who_acts=who_acts)


def answer_of(rows: Iterable[ClockRow], asked: Asked) -> tuple[list[ClockRow], list[str]]:
    """The rows in order, and which entries were looked at."""
    since: datetime = asked.parameters["since"]
    notes = [f"Entries that were open since {words(utc_to_london(since).date())}, and those of since then."]
    shown = in_order(rows)
    if not shown and asked.about is not None:
        notes.append("No entry of this child on a register seen: not known to be missing from education.")
    return shown, notes
