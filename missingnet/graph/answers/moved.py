"""MOVED-IN and MOVED-OUT: children newly placed in the area of another authority than their own (Framework).

The authority that looks after a child is the council whose placement it is; the one where they are is what a register
says of the home. A foster home's area is told by no record here, and is said to be not recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.exploitation_risk import Risk, RiskTold
from missingnet.graph.answers.said import many
from missingnet.graph.answers.threshold_row import ThresholdRow, shown
from missingnet.graph.answers.ties import Texts, texts
from missingnet.graph.times import start_of_day, utc_to_london

_UNKNOWN = "The area of a placement that is in no registered home is not recorded, so such moves are not named here."


class HomeOfPlacement(Row):
    """One placement record, with what one register says of its home's area."""

    record: str = Field(description="The record")
    agency: str = Field(description="The council that looks after the child")
    started: date = Field(description="Its first day")
    home_id: str | None = Field(description="The home; None: not recorded")
    host: str | None = Field(description="The authority of its area, a code or a name; None: not recorded")
    told_by: str | None = Field(description="The record that says so; None: none does")


@dataclass(frozen=True, slots=True)
class Move:
    """A placement in another area than the child's last one, and than the council's that looks after the child."""

    day: date
    responsible: str
    host: str
    home: str
    records: tuple[str, ...]


class MovedFacts(RiskTold):
    """One child who was newly placed, with all their placements."""

    placements: tuple[HomeOfPlacement, ...] = Field(description="Placement records, of any time", strict=False)

    def moves(self, asked: Asked) -> list[Move]:
        """The moves of the window into another authority's area, in order."""
        names = {name.casefold(): code for code, _, name in (a.partition(" ") for a in asked.parameters["authorities"])}
        found: list[Move] = []
        before: set[str] = set()
        for day in sorted({p.started for p in self.placements}):
            here = [p for p in self.placements if p.started == day]
            hosts = {names.get(p.host.casefold(), p.host) for p in here if p.host}
            away = sorted(hosts - before - {p.agency for p in here})
            if away and start_of_day(day) > asked.parameters["since"]:
                of = [p for p in here if p.host and names.get(p.host.casefold(), p.host) == away[0]]
                found.append(
                    Move(
                        day,
                        min(p.agency for p in of),
                        away[0],
                        min(str(p.home_id) for p in of),
                        texts((p.record for p in of), (p.told_by for p in of)),
                    )
                )
            before = hosts
        return found

    def not_told(self, asked: Asked) -> int:
        """New placements of the window whose area nobody recorded."""
        new = {p.record for p in self.placements if start_of_day(p.started) > asked.parameters["since"]}
        return len(new - {p.record for p in self.placements if p.host})

    def risks(self, asked: Asked) -> list[Risk]:
        """What says that they are at risk of exploitation, as at."""
        return self.known_on(utc_to_london(asked.as_at).date(), asked.parameters["levels"])


class Moved(ThresholdRow):
    """One child's latest move into another authority's area; 'since' is the start of its first day."""

    responsible: str | None = Field(description="The authority that looks after the child; None: no such move")
    host: str | None = Field(description="The authority of the area, code or name; None: no such move")
    day: date | None = Field(description="The first day there; None: no such move")
    home_id: str | None = Field(description="The home; None: no such move")
    risks: Texts = Field(description="What says that they are at risk of exploitation; empty: nothing recorded")


class MovedInFacts(MovedFacts):
    """The same, for MOVED-IN."""

    @classmethod
    def derive(cls, rows: Sequence[MovedInFacts], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Children with a known risk newly placed in an area of the partnership; without one 'just short'."""
        codes = {a.partition(" ")[0] for a in asked.parameters["authorities"]}
        found = []
        for row in rows:
            moves = [move for move in row.moves(asked) if move.host in codes]
            risks = row.risks(asked)
            state = "not fired" if not moves else "fired" if risks else "just short"
            risk = "no known risk of exploitation" if not risks else ", ".join(texts(r.words for r in risks))
            found.append(Moved(**_facts(row, moves, asked), state=state, why=f"{_why(row, moves, asked)}; {risk}"))
        return _ordered(shown(found, asked)), (_UNKNOWN,)


class NoticeTold(Row):
    """A notice or order in force that concerns the child."""

    record: str = Field(description="The record")
    kind: str | None = Field(description="Which; None: not recorded")
    expires: date | None = Field(description="Until when; None: not recorded")


class AreaTold(Row):
    """A record that the authority of the area was told."""

    record: str = Field(description="The record")
    at: datetime = Field(description="When, UTC")


class MovedOutFacts(MovedFacts):
    """The same for MOVED-OUT, with what must follow the child."""

    notices: tuple[NoticeTold, ...] = Field(description="Notices in force", strict=False)
    told: tuple[AreaTold, ...] = Field(description="Records that the host authority was told", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[MovedOutFacts], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Children newly placed out of their authority's area, the latest first."""
        found = []
        for row in rows:
            moves = row.moves(asked)
            told = [t for t in row.told if moves and t.at >= start_of_day(moves[-1].day)]
            notices = sorted({(n.kind or "notice, kind not recorded", n.record) for n in row.notices}) if moves else []
            why = _why(row, moves, asked)
            if moves:
                carried = many(len(notices), "notice")
                why += (
                    f"; {carried} in force to follow; the new area {'was told' if told else 'is not recorded as told'}"
                )
            facts = _facts(row, moves, asked)
            facts["records"] = texts(facts["records"], (n for _, n in notices), (t.record for t in told))
            found.append(
                MovedOut(
                    **facts,
                    state="fired" if moves else "not fired",
                    why=why,
                    notices=texts(kind for kind, _ in notices),
                    notice_records=texts(record for _, record in notices),
                    area_told=min((t.at for t in told), default=None),
                )
            )
        return _ordered(shown(found, asked)), (
            "Police trigger plans stand in no record that is read here: ask for them.",
            _UNKNOWN,
        )


class MovedOut(Moved):
    """The same, with what must follow the child."""

    notices: Texts = Field(description="Kinds of the notices and orders in force that concern the child")
    notice_records: Texts = Field(description="Their records")
    area_told: datetime | None = Field(description="When the new area was first told, UTC; None: not recorded")


def _facts(row: MovedFacts, moves: Sequence[Move], asked: Asked) -> dict[str, Any]:
    last = moves[-1] if moves else None
    risks = row.risks(asked)
    return {
        "child_id": row.child_id,
        "since": start_of_day(last.day) if last else None,
        "records": texts(last.records if last else (), (r.record for r in risks) if last else ()),
        "responsible": last.responsible if last else None,
        "host": last.host if last else None,
        "day": last.day if last else None,
        "home_id": last.home if last else None,
        "risks": texts(r.words for r in risks),
    }


def _why(row: MovedFacts, moves: Sequence[Move], asked: Asked) -> str:
    if moves:
        last = moves[-1]
        return f"looked after by {last.responsible}, placed in the area of {last.host} since {last.day}"
    silent = row.not_told(asked)
    unknown = f"; of {many(silent, 'new placement')} the area is not recorded" if silent else ""
    return f"no move into another authority's area is recorded in the window{unknown}"


def _ordered(found: Sequence[Moved]) -> list[Moved]:
    """The latest moves first."""
    return sorted(found, key=lambda r: (r.state, -(r.day.toordinal() if r.day else 0), r.child_id))
