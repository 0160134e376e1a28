"""HIDDEN-MISSING: known to another agency as away, never reported missing to the police (Guidance ¶17; Procedures)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import ClassVar, Final

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.police_council_mismatch import FileTold, ToldPart
from missingnet.graph.answers.reconciling import Beside, EpisodeSeen, in_order
from missingnet.graph.answers.said import many
from missingnet.graph.answers.same_episode import Sameness, apart
from missingnet.graph.answers.ties import Texts, texts
from missingnet.graph.times import utc_to_london

#: What an interview tells of: that the child came back.
RETURNED: Final = "returned"


class AwayTold(ToldPart):
    """One child's times away by other agencies' records, and the police's episodes about them; what the police's files
    cover."""

    KINDS: ClassVar[Mapping[str, type[Row]]] = {"files": FileTold, "away": EpisodeSeen, "police": EpisodeSeen}

    @classmethod
    def derive(cls, rows: Sequence[AwayTold], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Each time away once, the newest first, whichever agencies tell of it."""
        same = Beside(Sameness.of(asked.parameters))
        shown: list[HiddenMissing] = []
        unknown = reported = 0
        files = [file for row in rows if row.part == "files" for file in row.told if isinstance(file, FileTold)]
        police = {row.child_id: _episodes(row) for row in rows if row.part == "police"}
        for row in rows:
            for told in _times(_episodes(row), same) if row.part == "away" else ():
                if not any(file.covers(told[0].started) for file in files):
                    unknown += 1
                elif any(_reported(one, police.get(row.child_id, ()), same) for one in told):
                    reported += 1
                else:
                    shown.append(_hidden(row.child_id, told))
        if asked.about is not None and not shown:
            shown.append(_none(asked.about, reported, unknown))
        shown.sort(key=lambda r: (-(r.began or r.over or datetime(1900, 1, 1)).toordinal(), r.child_id, r.records))
        notes = [
            "An interview that names a police report was reported; any other is set against the police's episodes by "
            "the time of return. A child whom the police hold as another child stands here until a person says that "
            "the two are one. Schools tell absence by the term, which names no day.",
        ]
        if unknown:
            times = "1 time away lies" if unknown == 1 else f"{unknown} times away lie"
            notes.append(f"{times} outside what the police's files seen cover: not provided, and not listed.")
        return shown, notes


class HiddenMissing(Row):
    """One time that a child was away by another agency's records and not by the police's."""

    SUBJECT = ("child_id", "records")

    month: str | None = Field(
        description="The month it began in, or the return in, London: '2026-10'; None: there is no such time"
    )
    child_id: str = Field(description="The child")
    state: str = Field(description="'fired'; asked about one child also 'not fired'")
    why: str = Field(description="What the records say, in words")
    kinds: Texts = Field(description="What the records call it: missing, absent, away, or returned (an interview)")
    began: datetime | None = Field(description="When it began, UTC; None: an interview alone does not say")
    over: datetime | None = Field(description="When it ended, UTC; None: open as at, or not recorded")
    precision: str | None = Field(description="'minute' or 'day'; None: there is no such time")
    agencies: Texts = Field(description="The agencies whose records these are")
    records: Texts = Field(description="The records")


def _episodes(row: AwayTold) -> list[EpisodeSeen]:
    return [one for one in row.told if isinstance(one, EpisodeSeen)]


def _times(away: Sequence[EpisodeSeen], same: Beside) -> list[list[EpisodeSeen]]:
    """The child's times away, each with the records that tell of it, in order."""
    found: list[list[EpisodeSeen]] = []
    for one in sorted(away, key=in_order):
        near = [many for many in found if any(_one_time(one, other, same) for other in many)]
        if near:
            near[-1].append(one)
        else:
            found.append([one])
    return found


def _one_time(one: EpisodeSeen, other: EpisodeSeen, same: Beside) -> bool:
    """Two records tell of one time: the same record, the same episode, or an interview's return at its end."""
    if one.record == other.record or same(one, other):
        return True
    return RETURNED in (one.kind, other.kind) and _near(one, other, same)


def _reported(one: EpisodeSeen, police: Sequence[EpisodeSeen], same: Beside) -> bool:
    """The police hold it: by reference, or an episode of theirs touches its days."""
    if one.kind == RETURNED and one.reference is not None:
        return True
    return any(_near(one, other, same) for other in police)


def _near(one: EpisodeSeen, other: EpisodeSeen, same: Beside) -> bool:
    spans = [
        (span[0], span[0] + same.sameness.open_days) if e.ended is None else span
        for e, span in ((one, same.may(one)), (other, same.may(other)))
    ]
    return apart(*spans) <= (same.sameness.start_hours if RETURNED in (one.kind, other.kind) else timedelta())


def _hidden(child: str, told: Sequence[EpisodeSeen]) -> HiddenMissing:
    episodes = [one for one in told if one.kind != RETURNED]
    ends = [one.ended for one in episodes or told]
    return HiddenMissing(
        state="fired",
        why="told by records that are not the police's, and by none of the police's",
        month=f"{utc_to_london(told[0].started):%Y-%m}",
        child_id=child,
        kinds=texts(one.kind for one in told),
        began=min((one.started for one in episodes), default=None),
        over=None if None in ends else max(end for end in ends if end is not None),
        precision=(episodes or told)[0].precision or "minute",
        agencies=texts(one.agency for one in told),
        records=texts(one.record for one in told),
    )


def _none(child: str, reported: int, unknown: int) -> HiddenMissing:
    """Why the child is not named."""
    why = f"{many(reported, 'time')} away by other agencies' records in the period, and the police hold each"
    if not reported:
        why = "no other agency's record of the period tells of a time away that the police's files would cover"
    if unknown:
        why += f"; {many(unknown, 'time')} outside what the police's files cover"
    return HiddenMissing(
        state="not fired",
        why=why,
        month=None,
        child_id=child,
        kinds=(),
        began=None,
        over=None,
        precision=None,
        agencies=(),
        records=(),
    )
