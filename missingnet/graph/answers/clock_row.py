"""The one shape of every clock's rows: an episode, what is owed for it, how that stands, and who acts (DOMAIN §4)."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from missingnet.graph.answers import Row
from missingnet.graph.answers.ties import Texts
from missingnet.graph.clocks import Standing


class Noted(Row):
    """A fact that bears on a clock, and the records that say so."""

    words: str = Field(description="The fact, in words")
    records: Texts = Field(description="The records; empty: the episode's own, or none is needed")


class ClockRow(Row):
    """One thing owed for one episode, once for all the records that tell of the episode."""

    SUBJECT = ("child_id", "record")

    @property
    def named(self) -> bool:
        """True where the clock is broken: what runs, or was done, the rule has nothing against."""
        return self.standing == "broken"

    child_id: str = Field(description="The child")
    record: str = Field(
        description="The record that started the clock: the episode's by which it counts, or a notice's"
    )
    same_records: Texts = Field(description="Other records of the same episode")
    agency: str = Field(description="Whose record it counts by")
    kind: str = Field(description="'missing', 'absent', 'away', or what else started the clock")
    began: datetime | None = Field(description="When the episode began, UTC; None: not recorded")
    over: datetime | None = Field(description="When the child was located or returned, UTC; None: open as at")
    state: str = Field(description="What is so, in the rule's own words")
    standing: Standing = Field(
        description="'broken': over and not done; 'running': time is left; 'late': done, late; 'met': done in time; "
        "'not owed': not yet, not at all, or no longer; 'not provided': no file covers it"
    )
    started: datetime | None = Field(description="When the clock started, UTC; None: it has not")
    due: datetime | None = Field(description="Until when, UTC; None: nothing is owed")
    hours: float | None = Field(
        description="Hours left, below nothing hours over; once done, as they were then; None: nothing is owed"
    )
    taken: float | None = Field(description="Hours from the start until it was done; None: not done")
    who_acts: str = Field(description="Who acts now or next; empty: nobody need")
    owed_by: str | None = Field(description="The agency that owes it; None: the records do not say")
    worker: str | None = Field(description="The worker, as recorded; None: not recorded")
    home_id: str | None = Field(description="The children's home where the child was placed; None: none recorded")
    answered_by: Texts = Field(description="The records that answer it: interview, check, screening, meeting …")
    why: str = Field(description="The facts that made the state, in words")
    facts: tuple[Noted, ...] = Field(description="What else bears on it, each with its records", strict=False)
