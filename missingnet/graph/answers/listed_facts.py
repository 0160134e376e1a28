"""What more the clocks of a council go by: how an episode's risk is graded, and the lists on which the child stood."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from missingnet.graph.answers import Row
from missingnet.graph.answers.clock_facts import ChildFacts, EpisodeOwing, Owing
from missingnet.graph.times import utc_to_london


class EpisodeGraded(EpisodeOwing):
    """One record of an episode, with how its risk is graded."""

    risk: str | None = Field(description="The risk as recorded; None: not recorded")


class ListTold(Row):
    """One entry of a child on a list."""

    record: str = Field(description="The record")
    agency: str = Field(description="Whose list")
    list: str = Field(description="Which list")
    added: date | None = Field(description="Since when; None: not recorded")
    removed: date | None = Field(description="Until when; None: still on it")

    def during(self, first: date, last: date) -> bool:
        """True when the child stood on it on one of these days."""
        return (self.added is None or self.added <= last) and (self.removed is None or self.removed > first)


class ListedFacts(ChildFacts):
    """One child's episodes about the window with their risk, and the child's entries on lists that bear on it."""

    episodes: tuple[EpisodeGraded, ...] = Field(description="Every agency's records", strict=False)
    lists: tuple[ListTold, ...] = Field(description="Lists that bear on it, of any time", strict=False)

    def on_list(self, one: Owing, as_at: datetime, *names: str) -> list[ListTold]:
        """The entries of these lists on which the child stood during the episode."""
        first, last = (utc_to_london(moment).date() for moment in (one.episode.started, one.over or as_at))
        return [entry for entry in self.lists if entry.list in names and entry.during(first, last)]

    def risk(self, one: Owing) -> set[str]:
        """How the episode's records grade its risk."""
        records = {one.record, *(e.record for e in one.also)}
        return {e.risk.lower() for e in self.episodes if e.record in records and e.risk}
