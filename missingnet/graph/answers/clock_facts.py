"""What every clock begins from: a child's episodes, each once, where the child was placed, and what the files cover."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.clock_row import ClockRow, Noted
from missingnet.graph.answers.event_facts import words
from missingnet.graph.answers.police_council_mismatch import FileTold, PlacedTold
from missingnet.graph.answers.same_episode import DAY, Counted, EpisodeTold, Sameness, counted, note
from missingnet.graph.answers.ties import texts
from missingnet.graph.clocks import STANDINGS, Clock, Standing, end_of_day
from missingnet.graph.times import utc_to_london

#: Before any record, for what has no time.
NEVER: Final = datetime(1900, 1, 1)


class EpisodeOwing(EpisodeTold):
    """One record of an episode, with what tells when the child was back, and whose child it is."""

    returned: datetime | None = Field(description="When the child was back home or in care, UTC; None: not recorded")
    authority: str | None = Field(description="The child's council by that record; None: not recorded")


class ChildFacts(Row):
    """One child's episodes about the window, and placements; and what the files that would answer cover."""

    child_id: str = Field(description="The child")
    episodes: tuple[EpisodeOwing, ...] = Field(description="Every agency's records", strict=False)
    placements: tuple[PlacedTold, ...] = Field(description="Placements, of any time", strict=False)
    files: tuple[FileTold, ...] = Field(description="What the files seen cover", strict=False)

    def owing(self, asked: Asked) -> list[Owing]:
        """The child's episodes in order of start, each once; also those from shortly before the window."""
        return [Owing.of(one, self) for one in counted(self.episodes, Sameness.of(asked.parameters))]

    def covered(self, moment: datetime, agencies: Iterable[str] = ()) -> bool:
        """True when a file covers the moment, of one of these agencies where any is named."""
        named = set(agencies)
        return any(file.covers(moment) for file in self.files if not named or file.agency in named)


@dataclass(frozen=True, slots=True)
class Owing:
    """One episode for which something may be owed, by the record by which it counts."""

    child: ChildFacts
    episode: EpisodeOwing
    also: tuple[EpisodeOwing, ...]
    over: datetime | None
    """When the child was located or back; the end of the day where only a day is told."""
    back: datetime | None
    """When the child was back at home or in care; where that is not recorded, when located."""

    @classmethod
    def of(cls, one: Counted, child: ChildFacts) -> Owing:
        """The episode; its end is the first that another record tells where that by which it counts tells none."""
        told = [e for e in (one.episode, *one.also) if isinstance(e, EpisodeOwing)]
        ends = [(_end(e.ended, e.precision) or NEVER, e.record, e) for e in told if e.ended is not None]
        ended = told[0] if told[0].ended is not None or not ends else min(ends, key=lambda end: end[:2])[2]
        over = _end(ended.ended, ended.precision)
        return cls(child, told[0], tuple(told[1:]), over, _end(ended.returned, ended.precision) or over)

    @property
    def record(self) -> str:
        return self.episode.record

    @property
    def references(self) -> frozenset[str]:
        """The agencies' own references of the episode."""
        return frozenset(e.reference for e in (self.episode, *self.also) if e.reference is not None)

    @property
    def placed(self) -> PlacedTold | None:
        """Where the child was placed when the episode began; the latest placement where several say so."""
        return self._placed(self.episode.started)

    def _placed(self, moment: datetime) -> PlacedTold | None:
        day = utc_to_london(moment).date()
        standing = [one for one in self.child.placements if one.on(day)]
        return max(standing, key=lambda p: (p.started is not None, p.started, p.record), default=None)

    @property
    def council(self) -> str | None:
        """The responsible council: the one that looks after the child, else the child's by the episode's records."""
        placed = self.placed
        if placed is not None:
            return placed.agency
        return next((e.authority for e in (self.episode, *self.also) if e.authority is not None), None)

    def within(self, since: datetime) -> bool:
        """True when it ended in the window, or began in it and is open."""
        return self.episode.started >= since if self.over is None else self.over >= since

    def noted(self, as_at: datetime) -> list[Noted]:
        """What the records say that bears on every clock: whose end it is, another force, another council."""
        found = []
        if self.episode.ended is None and self.over is not None:
            told = [e.record for e in self.also if e.ended is not None]
            found.append(Noted(words="Only another agency's record says that the child is back", records=texts(told)))
        forces = [e.record for e in self.also if e.source == self.episode.source and e.agency != self.episode.agency]
        if forces:
            found.append(Noted(words="Recorded by another force as well", records=texts(forces)))
        now, then = self._placed(as_at), self.placed
        if now is not None and then is not None and now.agency != then.agency:
            found.append(Noted(words="Moved area since: another council looks after the child", records=(now.record,)))
        return found

    def row(
        self,
        state: str,
        standing: Standing,
        clock: Clock | None,
        why: str,
        *,
        who_acts: str = "",
        owed_by: str | None = None,
        worker: str | None = None,
        answered_by: Iterable[str] = (),
        facts: Sequence[Noted] = (),
    ) -> ClockRow:
        """The episode's row of a clock."""
        placed = self.placed
        return ClockRow(
            child_id=self.child.child_id,
            record=self.record,
            same_records=texts(e.record for e in self.also),
            agency=self.episode.agency,
            kind=self.episode.kind,
            began=self.episode.started,
            over=self.over,
            state=state,
            standing=standing,
            started=clock.started if clock else None,
            due=clock.due if clock else None,
            hours=clock.hours if clock else None,
            taken=clock.taken if clock else None,
            who_acts=who_acts,
            owed_by=owed_by,
            worker=worker,
            home_id=placed.home_id if placed else None,
            answered_by=texts(answered_by),
            why=why,
            facts=tuple(facts),
        )


def said(moment: datetime) -> str:
    """An instant as people read it, London's clock."""
    return words(moment)


def in_order(rows: Iterable[ClockRow]) -> list[ClockRow]:
    """What is broken first, the longest over first; then what runs out first."""
    order = {standing: number for number, standing in enumerate(STANDINGS)}

    def key(row: ClockRow) -> tuple[object, ...]:
        hours = (row.hours is None, row.hours or 0.0)
        return (order[row.standing], *hours, row.child_id, row.began or NEVER, row.record)

    return sorted(rows, key=key)


def answer_of(rows: Sequence[ClockRow], asked: Asked, left_out: int = 0) -> tuple[list[ClockRow], list[str]]:
    """The rows in order; and how episodes were counted and chosen."""
    since = said(asked.parameters["since"])
    notes = [f"Episodes that ended since {since}, and those that began since then and are open.", note(asked)]
    if left_out:
        episodes = "1 episode that starts" if left_out == 1 else f"{left_out} episodes that start"
        notes.append(f"{episodes} no such clock, by its kind, is not listed; ask about the child to see it.")
    if not rows and asked.about is not None:
        notes.append("No such episode of this child: nothing is owed by this rule.")
    return in_order(rows), notes


def _end(moment: datetime | None, precision: str | None) -> datetime | None:
    return end_of_day(moment) if moment is not None and precision == DAY else moment
