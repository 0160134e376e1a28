"""POLICE-COUNCIL-MISMATCH: where police's and council's records of looked-after children differ (Ofsted13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from pydantic import Field, ValidationInfo, field_validator

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.people_said import Said, SaidFact
from missingnet.graph.answers.reconciling import EpisodeSeen
from missingnet.graph.answers.ties import Texts
from missingnet.graph.terms import OPEN
from missingnet.graph.times import utc_to_london


class PlacedTold(Row):
    """One placement record of a child."""

    record: str = Field(description="The record")
    agency: str = Field(description="The council that looks after the child")
    started: date | None = Field(description="From which day; None: not recorded")
    ended: date | None = Field(description="Until which day; None: it lasts, or not recorded")
    home_id: str | None = Field(description="The children's home; None: none, or not recorded")

    def on(self, day: date) -> bool:
        """True when the child was so placed on that London day."""
        return (self.started is None or self.started <= day) and (self.ended is None or day < self.ended)


class InterviewTold(Row):
    """One return interview's record, as far as it speaks of an episode."""

    record: str = Field(description="The record")
    agency: str = Field(description="Whose record")
    returned: datetime = Field(description="When the child returned, UTC")
    about: str | None = Field(description="The police's reference of the episode; None: not recorded")


class NameTold(Row):
    """How one record describes the child."""

    born: date = Field(description="The date of birth")
    given: str | None = Field(description="The forenames; None: not recorded")
    family: str | None = Field(description="The surname; None: not recorded")

    def like(self, other: NameTold) -> bool:
        """One date of birth, and one of the two names the same."""
        pairs = ((self.given, other.given), (self.family, other.family))
        return self.born == other.born and any(a and b and a.casefold() == b.casefold() for a, b in pairs)


class FileTold(Row):
    """What the files of one kind of one agency cover: from the first episode they tell of until the extract's date."""

    agency: str = Field(description="Whose files")
    source: str = Field(description="The kind of file")
    first: datetime = Field(description="The first episode, UTC")
    last: date = Field(description="The extract's date")

    def covers(self, moment: datetime) -> bool:
        """True for a moment of the London days from the first episode to the extract."""
        return utc_to_london(self.first).date() <= utc_to_london(moment).date() <= self.last


class RecordTold(Row):
    """One record of an episode, of any time, of the child asked about."""

    record: str = Field(description="The record")
    source: str = Field(description="The kind of file it came in")


class ToldPart(Row):
    """Facts of one sort: of one child, or of the files of all."""

    KINDS: ClassVar[Mapping[str, type[Row]]] = {}

    part: str = Field(description="The sort")
    child_id: str = Field(description="The child; empty: of all")
    told: tuple[Row, ...] = Field(description="The facts", strict=False)

    @field_validator("told", mode="before")
    @classmethod
    def _of_their_kind(cls, value: Any, info: ValidationInfo) -> tuple[Row, ...]:
        kind = cls.KINDS[info.data["part"]]
        return tuple(kind.model_validate(one) for one in value)


class ChildTold(ToldPart):
    """What is told about the period of one child: episodes, placements, interviews, names; and what the files cover."""

    KINDS: ClassVar[Mapping[str, type[Row]]] = {
        "files": FileTold,
        "episodes": EpisodeSeen,
        "placements": PlacedTold,
        "interviews": InterviewTold,
        "names": NameTold,
        "said": SaidFact,
        "asked": RecordTold,
    }

    @classmethod
    def derive(cls, rows: Sequence[ChildTold], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Every disagreement, by month, home and child; on what they agree only where that is asked for."""
        from missingnet.graph.answers.disagreements import compared

        return compared(rows, asked)


class Side(Row):
    """One record of the episode."""

    who: str = Field(description="'police', 'council', 'interview' or 'other'")
    agency: str = Field(description="Whose record")
    record: str = Field(description="The record")
    kind: str = Field(description="What it calls it: missing, absent, away, no apparent risk, or returned (interview)")
    started: datetime | None = Field(description="When it started, UTC; None: an interview does not say")
    ended: datetime | None = Field(description="When it ended, UTC; None: open as at, or not recorded")
    precision: str = Field(description="'minute' or 'day'")


class Mismatch(Row):
    """One episode as police and council tell it, and in what they differ."""

    SUBJECT = ("child_id", "records")

    @property
    def named(self) -> bool:
        """True where somebody should look: it is open, or told again since it was said to be corrected."""
        return bool(self.look) and (self.state == "open" or self.still_told)

    @property
    def began(self) -> datetime:
        """When the first record of it says that it began; far off where there is none."""
        return min((side.started for side in self.sides if side.started is not None), default=OPEN)

    month: str = Field(
        description="The month it began in, London: '2026-10'; empty: the child asked about has no episode to compare"
    )
    why: str = Field(description="In what they differ, or that they agree, in words")
    home_id: str | None = Field(description="The children's home where the child was placed; None: none recorded")
    home_kind: str = Field(description="Its kind")
    child_id: str = Field(description="The child")
    differences: Texts = Field(
        description="In what they differ: not in the council's records, not in the police's records, starts apart, "
        "ends apart, still open in one, kind differs, definition, reclassified, on both police systems, two "
        "notifications of one episode, counted twice, one as several, several as one, different child, not provided; "
        "empty: they agree"
    )
    look: Texts = Field(description="The agencies that should look")
    agencies: Texts = Field(description="The agencies whose records these are")
    start_apart: float | None = Field(description="Hours between the starts, at the least; None: only one side")
    end_apart: float | None = Field(description="Hours between the ends, at the least; None: one side, or open")
    reasons: Texts = Field(description="Why the records are set beside each other: start, end, overlap, place, kind, …")
    sides: tuple[Side, ...] = Field(description="Each record", strict=False)
    other_child_id: str | None = Field(description="The other child, of 'different child'; None: not so")
    records: Texts = Field(description="All the records")
    state: str | None = Field(
        description="How the difference stands, by what a person said last of these very records and this very "
        "disagreement: explained, corrected at source, accepted, or open, which it also is where nobody said anything "
        "of it as it now is; None: they agree; 'not fired': so they do, or there is nothing to compare, and one child "
        "was asked about"
    )
    still_told: bool = Field(
        description="It is said to be corrected at source, and a later extract of an agency that should look tells it "
        "as before"
    )
    said: tuple[Said, ...] = Field(
        description="What people said of it, newest first; also of some of its records, when it was another line",
        strict=False,
    )
