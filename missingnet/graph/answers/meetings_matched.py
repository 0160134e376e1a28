"""Which meeting is about which of a child's episodes, and what is recorded of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import Field

from missingnet.graph.answers import Row
from missingnet.graph.answers.clock_facts import Owing
from missingnet.graph.answers.clock_row import Noted
from missingnet.graph.answers.event_facts import words
from missingnet.graph.clocks import done_on
from missingnet.graph.terms import OPEN
from missingnet.graph.times import start_of_day, utc_to_london


class MeetingTold(Row):
    """One record of a meeting about a child."""

    record: str = Field(description="The record")
    agency: str = Field(description="Whose record")
    reference: str | None = Field(description="The agency's own reference of the record; None: not recorded")
    about: str | None = Field(description="The reference of the episode it is about; None: not recorded")
    meeting: str | None = Field(
        description="The meeting's own reference, shared by all children discussed at it; None: not recorded"
    )
    arranged: date | None = Field(description="When it was arranged; None: not recorded")
    planned: date | None = Field(description="For which day; None: not recorded")
    held: date | None = Field(description="When it was held; None: not held, or not recorded")
    arranged_by: str | None = Field(description="Who arranged it; None: not recorded")
    chair: str | None = Field(description="Who chaired it; None: not recorded")
    chair_role: str | None = Field(description="As what; None: not recorded")
    outcome: str | None = Field(description="What came of it; None: not recorded")
    brought_forward: bool | None = Field(description="Brought forward; None: not recorded")

    @property
    def day(self) -> date | None:
        """The day by which it belongs to an episode: held, else planned, else arranged."""
        return self.held or self.planned or self.arranged


@dataclass(frozen=True, slots=True)
class Meetings:
    """The meetings about one episode."""

    told: tuple[MeetingTold, ...]

    @property
    def records(self) -> tuple[str, ...]:
        """The records of all of them."""
        return tuple(one.record for one in self.told)

    @property
    def held(self) -> MeetingTold | None:
        """The first that was held."""
        return min(
            (one for one in self.told if one.held),
            key=lambda m: (m.held or date.max, m.reference or "", m.record),
            default=None,
        )

    @property
    def due(self) -> MeetingTold | None:
        """The first that is arranged or planned and was not held."""
        ahead = [one for one in self.told if one.held is None]
        return min(ahead, key=lambda m: (m.planned or date.max, m.reference or "", m.record), default=None)

    def done(self, mark: datetime, as_at: datetime) -> datetime | None:
        """When the first was held; where that was before the mark, the mark."""
        held = self.held
        return max(done_on(held.held, as_at), mark) if held is not None and held.held is not None else None

    def noted(self, due: datetime | None) -> list[Noted]:
        """Who arranged and chaired it, whether it was brought forward, and what came of it."""
        one = self.held or self.due
        if one is None:
            return []
        by = f" by {one.arranged_by}" if one.arranged_by else ", by whom is not recorded"
        found = [f"Arranged {words(one.arranged)}{by}" if one.arranged else f"Arranged{by}"]
        if one.held is not None:
            chair = one.chair_role or one.chair
            found.append(f"Chaired by {chair}" if chair else "Who chaired it is not recorded")
            found.append(f"Outcome: {one.outcome or 'not recorded'}")
        elif one.planned is not None:
            late = due is not None and start_of_day(one.planned) > due
            found.append(f"Planned for {words(one.planned)}" + (", after it is due" if late else ""))
        if one.brought_forward:
            found.append("Brought forward")
        return [Noted(words=said, records=(one.record,)) for said in found]


def meetings_of(owing: Sequence[Owing], told: Sequence[MeetingTold]) -> Mapping[str, Meetings]:
    """The meetings of each of these episodes: by the reports they name, else by their day of the last begun."""
    found: dict[str, list[MeetingTold]] = {one.record: [] for one in owing}
    for meeting in sorted(told, key=lambda m: (m.day or OPEN.date(), m.reference or "", repr(m))):
        named = [one for one in owing if meeting.about is not None and meeting.about in one.references]
        if not named and meeting.about is None and meeting.day is not None:
            before = [one for one in owing if utc_to_london(one.episode.started).date() <= meeting.day]
            named = (
                [max(before, key=lambda one: (one.episode.started, one.episode.reference or "", one.record))]
                if before
                else []
            )
        for one in named:
            found[one.record].append(meeting)
    return {record: Meetings(tuple(many)) for record, many in found.items()}
