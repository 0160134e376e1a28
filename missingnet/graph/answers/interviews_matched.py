"""Which of a child's return interviews answers which episode, and how that is told (RHI-72H).

Pure. An interview answers the episodes that it names. One that names none answers the episode at whose end the child
returned, and, once held, every episode that ended before it was held and since the interview before it, unless another
interview is that episode's own: one talk may be about several times away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from pydantic import Field

from missingnet.graph.answers import Row
from missingnet.graph.answers.clock_facts import NEVER, Owing
from missingnet.graph.answers.ties import latest

BY_REFERENCE: Final = "by its reference"
BY_RETURN: Final = "by the time of return"
SINCE_THE_LAST: Final = "held after this return, and no other interview is about it"


class InterviewTold(Row):
    """One return interview's record, as far as it had come by the date asked about."""

    record: str = Field(description="The record")
    agency: str = Field(description="Whose record")
    about: str | None = Field(description="The references of the episodes it names, ';' between; None: none")
    returned: datetime | None = Field(description="When the child returned, UTC; None: not recorded")
    contacted: datetime | None = Field(description="When the child was contacted, UTC; None: not yet, or not recorded")
    offered: datetime | None = Field(description="When it was offered, UTC; None: not yet, or not recorded")
    held: datetime | None = Field(description="When it was held, UTC; None: not yet, or not held")
    outcome: str | None = Field(description="What became of it; None: nothing by then, or not recorded")
    interviewer: str | None = Field(description="Who holds it; None: not recorded")
    parents_view: bool = Field(description="The parents' or carers' view is recorded")
    shared_with_police: date | None = Field(description="When the police were told what it found; None: not recorded")
    on_childs_record: date | None = Field(description="When it was put on the child's record; None: not recorded")
    decided_by: str | None = Field(description="Who decided that none is held after each; None: not recorded")
    child_consulted: bool | None = Field(description="Whether the child was asked about that; None: not recorded")
    decision_reason: str | None = Field(description="Why; None: not recorded")

    @property
    def last(self) -> datetime:
        """The latest moment that it tells of."""
        return latest((self.returned, self.contacted, self.offered, self.held)) or NEVER

    @property
    def names(self) -> frozenset[str]:
        """The references of the episodes it names."""
        return frozenset(part.strip() for part in (self.about or "").split(";") if part.strip())


@dataclass(frozen=True, slots=True)
class Answering:
    """An interview that answers an episode, and how it is known to."""

    interview: InterviewTold
    how: str


def told_once(interviews: Iterable[InterviewTold]) -> list[InterviewTold]:
    """Each interview once, in order of time; of versions that conflict, the one that tells of the latest moment."""
    found: dict[str, InterviewTold] = {}
    for one in sorted(interviews, key=lambda i: (i.last, repr(i))):
        found[one.record] = one
    return sorted(found.values(), key=lambda i: (i.last, i.record))


def answered(
    episodes: Sequence[Owing], interviews: Iterable[InterviewTold], near: timedelta
) -> Mapping[str, list[Answering]]:
    """The interviews that answer each episode, by the episode's record."""
    found: dict[str, list[Answering]] = {one.record: [] for one in episodes}
    told = told_once(interviews)
    unnamed = []
    for one in told:
        named = [e for e in episodes if e.references & one.names]
        for episode in named:
            found[episode.record].append(Answering(one, BY_REFERENCE))
        if not named:
            unnamed.append(one)
            nearest = _nearest(episodes, one, near)
            if nearest is not None:
                found[nearest.record].append(Answering(one, BY_RETURN))
    own = {record for record, many in found.items() if many}
    for one in unnamed:
        if one.held is not None and not one.names:
            before = max((i.held for i in told if i.held is not None and i.held < one.held), default=NEVER)
            for episode in episodes:
                if episode.record not in own and episode.back is not None and before < episode.back <= one.held:
                    found[episode.record].append(Answering(one, SINCE_THE_LAST))
    return found


def _nearest(episodes: Sequence[Owing], one: InterviewTold, near: timedelta) -> Owing | None:
    """The episode whose end lies nearest to the return that the interview tells of, and near enough."""
    if one.returned is None:
        return None
    apart = [
        (min(abs(moment - one.returned) for moment in (e.over, e.back) if moment is not None), e.record, e)
        for e in episodes
        if e.over is not None
    ]
    distance, _, nearest = min(apart, key=lambda a: a[:2], default=(near + near, "", None))
    return nearest if distance <= near else None
