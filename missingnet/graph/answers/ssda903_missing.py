"""SSDA903-MISSING: a council's Missing table of the return, each row with the checks that it fails (DOMAIN §5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.return_checks import Period, Placed, failing
from missingnet.graph.answers.said import many
from missingnet.graph.answers.same_episode import DAY, EpisodeTold, Sameness, once, same_episode
from missingnet.graph.answers.ties import Listed, Texts
from missingnet.graph.times import utc_to_london

_CODES: Final = {"missing": "M", "away": "A"}
_A_DAY: Final = timedelta(days=1)


class PlacementOfReturn(Row):
    """One placement, as the return has it."""

    record: str = Field(description="The record")
    reference: str | None = Field(description="The council's own reference; None: not recorded")
    started: date | None = Field(description="From which day; None: not recorded")
    ended: date | None = Field(description="Until which day; None: it lasts")
    reason_new: str | None = Field(description="RNE; None: not recorded")
    reason_ended: str | None = Field(description="REC; None: not recorded")


class BornTold(Row):
    """One description of the child."""

    agency: str = Field(description="Whose record")
    extract: date = Field(description="The extract it came in")
    born: date | None = Field(description="Date of birth; None: not recorded")
    identifiers: Listed = Field(description="'scheme value' of each identifier it gives")


class ReturnTold(Row):
    """One child's records that touch the year."""

    child_id: str = Field(description="The child")
    episodes: tuple[EpisodeTold, ...] = Field(description="The council's and the police's", strict=False)
    placements: tuple[PlacementOfReturn, ...] = Field(description="The council's, of any time", strict=False)
    described: tuple[BornTold, ...] = Field(description="How records describe the child", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[ReturnTold], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """The rows of the return, in order of child and start, and how many fail a check."""
        found = [line for row in rows for line in _lines(row, asked)]
        found.sort(key=lambda r: (r.child, r.start, r.end or date.max, r.missing, r.child_id, r.record))
        wrong = sum(bool(row.fails) for row in found)
        notes = [f"{many(wrong, 'row fails', 'rows fail')} a check of the DfE's, of {many(len(found), 'row')}."]
        unnamed = sum(not row.child for row in found)
        if unnamed:
            notes.append(f"{many(unnamed, 'row')} of children for whom the council's own id is not seen.")
        return found, notes


class CheckFailed(Row):
    """One check that a row fails."""

    code: str = Field(description="The DfE's number of the check")
    words: str = Field(description="What is wrong, in our words")


class MissingReturnRow(Row):
    """One row of the Missing table."""

    child: str = Field(description="The council's own id of the child; empty: not seen")
    child_id: str = Field(description="The child")
    born: date | None = Field(description="Date of birth; None: not recorded")
    missing: str = Field(description="'M' missing, or 'A' away from placement without authorisation")
    start: date = Field(description="The London day it began on")
    end: date | None = Field(description="The London day it ended on; None: open at the year's end")
    agency: str = Field(description="Whose record it is made from")
    record: str = Field(description="The record")
    fails: tuple[CheckFailed, ...] = Field(description="The checks that it fails; empty: none", strict=False)

    @property
    def codes(self) -> Texts:
        """The numbers of the checks that it fails."""
        return tuple(one.code for one in self.fails)


def _lines(row: ReturnTold, asked: Asked) -> list[MissingReturnRow]:
    council = asked.parameters["agency"]
    told = [e for e in once(row.episodes) if e.kind in _CODES]
    own = [e for e in told if e.agency == council and e.source in asked.parameters["council"]]
    placements = _told_by_the_return(row.placements, min(_day(asked.parameters["until"]), _day(asked.as_at) + _A_DAY))
    if asked.parameters["with_police"]:
        sameness = Sameness.of(asked.parameters)
        own += [
            e
            for e in told
            if e.source in asked.parameters["police"]
            and not any(same_episode(e, o, sameness) for o in own)
            and _looked_after(placements, _day(e.started))
        ]
    periods = {e.record: Period(_day(e.started), _day(e.ended) if e.ended else None) for e in own}
    child = _own_id(row, council)
    return [
        MissingReturnRow(
            child=child,
            child_id=row.child_id,
            born=_born(row.described, council),
            missing=_CODES[e.kind],
            start=periods[e.record].start,
            end=periods[e.record].end,
            agency=e.agency,
            record=e.record,
            fails=tuple(
                CheckFailed(code=code, words=words)
                for code, words in failing(
                    periods[e.record], [p for r, p in periods.items() if r != e.record], placements
                )
            ),
        )
        for e in own
    ]


def _day(moment: datetime) -> date:
    return utc_to_london(moment).date()


def _newest_first(placements: Sequence[PlacementOfReturn]) -> list[PlacementOfReturn]:
    """Each record once: of versions that conflict the one that lasts longest."""
    found: dict[str, PlacementOfReturn] = {}
    for one in sorted(placements, key=lambda p: (p.ended or date.max, p.model_dump_json())):
        found[one.record] = one
    return list(found.values())


def _told_by_the_return(placements: Sequence[PlacementOfReturn], until: date) -> list[Placed]:
    """The placements as a return tells them that ends before that day: what ended later had not ended."""
    return [
        Placed(p.started, p.ended, p.reason_ended)
        if p.ended is not None and p.ended < until
        else Placed(p.started, None, None)
        for p in _newest_first(placements)
        if p.started is not None and p.started < until
    ]


def _looked_after(placements: Sequence[Placed], day: date) -> bool:
    return any(p.start <= day and (p.end is None or day < p.end) for p in placements)


def _own_id(row: ReturnTold, council: str) -> str:
    """The council's own id of the child: as records say that it knows the child, else as its own records are called."""
    said = [p.reference for p in row.placements] + [
        e.reference for e in row.episodes if e.agency == council and e.precision == DAY
    ]
    own = {reference.partition("|")[0] for reference in said if reference}
    scheme = f"council:{council} "
    known = {i.removeprefix(scheme) for d in row.described for i in d.identifiers if i.startswith(scheme)}
    return min(known or own, default="")


def _born(described: Sequence[BornTold], council: str) -> date | None:
    told = [d for d in described if d.born is not None]
    best = max(told, key=lambda d: (d.agency == council, d.extract, d.born), default=None)
    return best.born if best else None
