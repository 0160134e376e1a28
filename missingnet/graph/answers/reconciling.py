"""Which of the police's records of one child tell of the same episodes as which of the council's.

Pure. Records of one agency that tell of one episode twice are put together first. Then each of the police's episodes
is set beside the council's that is nearest to it, one to one; then what is left is added to an episode that it is the
same as (a run of nights recorded as one, or one as several); and what is still left is set beside what touches its
days. The first two go by SAME-EPISODE; the last is only for a person to look at, and counts nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pydantic import Field

from missingnet.graph.answers.same_episode import DAY, EpisodeTold, Same, Sameness, Span, apart, began
from missingnet.graph.answers.ties import Texts
from missingnet.graph.times import start_of_day, utc_to_london

#: An episode that the police graded so: missing by the council's word, which has no test of risk.
NO_RISK = "no apparent risk"


class EpisodeSeen(EpisodeTold):
    """One record of an episode, with what a disagreement may be about."""

    reported: datetime | None = Field(description="When it was reported, UTC; None: not recorded")
    returned: datetime | None = Field(description="When the child returned, UTC; None: not yet, or not recorded")
    risk: str | None = Field(description="The risk as graded; None: not recorded")
    start_ids: Texts = Field(description="The place, home or school it started at")

    @property
    def called(self) -> str:
        """What the record calls it: missing, absent, away, or no apparent risk."""
        return NO_RISK if self.kind == "missing" and self.risk == NO_RISK else self.kind


@dataclass(slots=True)
class Episodes:
    """One episode as the two sides tell it; either side may be empty."""

    police: list[EpisodeSeen] = field(default_factory=list)
    council: list[EpisodeSeen] = field(default_factory=list)
    by: str = ""

    @property
    def all(self) -> list[EpisodeSeen]:
        return [*self.police, *self.council]

    @property
    def started(self) -> datetime:
        return min(e.started for e in self.all)


class Beside(Same):
    """:class:`Same`, which also works out once of which time each record may speak."""

    def __init__(self, sameness: Sameness) -> None:
        super().__init__(sameness)
        self._may: dict[int, tuple[EpisodeSeen, Span]] = {}

    def may(self, episode: EpisodeSeen) -> Span:
        """:func:`maybe` of a record, worked out once."""
        found = self._may.get(id(episode))
        if found is None:
            found = self._may[id(episode)] = (episode, maybe(episode))
        return found[1]


def matched(police: Iterable[EpisodeSeen], council: Iterable[EpisodeSeen], same: Beside) -> list[Episodes]:
    """The child's episodes, in order of start, each with the records of both sides that tell of it."""

    def touch(a: EpisodeSeen, b: EpisodeSeen) -> bool:
        return not apart(same.may(a), same.may(b))

    def twice(a: EpisodeSeen, b: EpisodeSeen) -> bool:
        if a.source != b.source:
            return same(a, b)
        gone, gone_too = same.surely(a), same.surely(b)
        both = gone is not None and gone_too is not None and min(gone[1], gone_too[1]) > max(gone[0], gone_too[0])
        return a.kind == b.kind and (both or (a.started, a.ended) == (b.started, b.ended))

    ours, theirs = _together(police, twice), _together(council, twice)
    found = _one_to_one(ours, theirs, same, "the same time")
    for left, side, beside in ((ours, "police", "council"), (theirs, "council", "police")):
        for one in [*left]:
            for episode in found:
                if any(same(a, b) for a in one for b in getattr(episode, beside)):
                    getattr(episode, side).extend(one)
                    _drop(left, one)
                    break
    found += _one_to_one(ours, theirs, touch, "days that touch")
    found += [Episodes(police=one) for one in ours] + [Episodes(council=one) for one in theirs]
    return sorted(found, key=lambda e: e.started)


def _drop(left: list[list[EpisodeSeen]], one: list[EpisodeSeen]) -> None:
    """Take a list away by what it is: comparing what it holds is slow."""
    del left[next(at for at, other in enumerate(left) if other is one)]


def maybe(episode: EpisodeSeen) -> Span:
    """From the first to the last instant of which the record may speak. An open one speaks of its start."""
    return episode.started, ending(episode)[1] if episode.ended is not None else beginning(episode)[1]


def beginning(episode: EpisodeSeen) -> Span:
    """From when last seen to when reported: another agency's start may be any of it."""
    return episode.started, max(began(episode)[1], episode.reported or episode.started)


def ending(episode: EpisodeSeen) -> Span:
    """From when located to when returned, of an episode that ended: another agency's end may be any of it."""
    end = episode.ended if episode.ended is not None else episode.started
    last = start_of_day(utc_to_london(end).date() + timedelta(days=1)) if episode.precision == DAY else end
    return end, max(last, episode.returned or end)


def in_order(episode: EpisodeTold) -> tuple[datetime, str, str, str]:
    """An order that hangs on no opaque id: by start, then as the agencies' own references stand."""
    return episode.started, episode.agency, episode.source, episode.reference or ""


def starts_apart(one: Sequence[EpisodeSeen], other: Sequence[EpisodeSeen]) -> timedelta:
    """How far the first starts of the two sides lie apart, at the least."""
    return apart(_first(one), _first(other))


def ends_apart(one: Sequence[EpisodeSeen], other: Sequence[EpisodeSeen]) -> timedelta | None:
    """How far their last ends lie apart, at the least; None: one of them is open."""
    if any(e.ended is None for e in (*one, *other)):
        return None
    return apart(_last(one), _last(other))


def _first(told: Sequence[EpisodeSeen]) -> Span:
    return beginning(min(told, key=in_order))


def _last(told: Sequence[EpisodeSeen]) -> Span:
    return ending(max(told, key=lambda e: (ending(e)[1], in_order(e))))


def _together(
    told: Iterable[EpisodeSeen], twice: Callable[[EpisodeSeen, EpisodeSeen], bool]
) -> list[list[EpisodeSeen]]:
    """Records of one side, those that tell of one episode together, in order of start.

    One that would join two episodes goes to the later: what lies between two reports does not make them one.
    """
    found: list[list[EpisodeSeen]] = []
    for one in sorted(told, key=in_order):
        meets = [many for many in found if any(twice(one, other) for other in many)]
        if meets:
            meets[-1].append(one)
        else:
            found.append([one])
    return found


def _one_to_one(
    ours: list[list[EpisodeSeen]],
    theirs: list[list[EpisodeSeen]],
    same: Callable[[EpisodeSeen, EpisodeSeen], bool],
    by: str,
) -> list[Episodes]:
    """Pairs, the nearest first; what is paired leaves the two lists."""
    near = [
        (
            (
                starts_apart(a, b),
                ends_apart(a, b) or timedelta(),
                a[0].kind != b[0].kind,
                in_order(a[0]),
                in_order(b[0]),
            ),
            a,
            b,
        )
        for a in ours
        for b in theirs
        if any(same(one, other) for one in a for other in b)
    ]
    found = []
    taken: set[int] = set()
    for _, a, b in sorted(near, key=lambda pair: pair[0]):
        if id(a) not in taken and id(b) not in taken:
            taken |= {id(a), id(b)}
            _drop(ours, a)
            _drop(theirs, b)
            found.append(Episodes([*a], [*b], by))
    return found
