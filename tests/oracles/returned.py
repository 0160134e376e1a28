"""SSDA903-MISSING in plain Python: the rows of the return, and the DfE's checks by the half-days that each row covers.

A day begins on an even half-day. What lasts from one day until another covers the half-days between them, so that two
stretches of which one ends on the day on which the other begins have that half-day in common, and a day apart a gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.oracles import episodes
from tests.oracles.episodes import Stay
from tests.oracles.known import Event, Known
from tests.oracles.placed import day_of, placed

HALVES = range(2 * date(2024, 1, 1).toordinal(), 2 * date(2028, 1, 1).toordinal())
Halves = frozenset[int]


@dataclass(frozen=True)
class Spell:
    """From one day until another, or on; of a placement also why it ended."""

    start: date
    end: date | None
    why: str | None = None

    @property
    def during(self) -> Halves:
        """The half-days from its first day's beginning until its last day's."""
        return frozenset(range(2 * self.start.toordinal(), 2 * self.end.toordinal() if self.end else HALVES.stop))

    @property
    def whole(self) -> Halves:
        """The same and the beginning of its last day."""
        return self.during | ({2 * self.end.toordinal()} if self.end and self.end >= self.start else set())


def _runs(covered: set[int]) -> list[Halves]:
    """The stretches without a gap, in order."""
    found: list[set[int]] = []
    for half in sorted(covered):
        if not found or half - 1 not in found[-1]:
            found.append(set())
        found[-1].add(half)
    return [frozenset(run) for run in found]


def failing(row: Spell, others: Iterable[Spell], placements: Sequence[Spell]) -> set[str]:
    """The numbers of the checks that a row fails."""
    begins = 2 * row.start.toordinal()
    care = _runs({half for one in placements for half in one.whole})
    found = {"567"} if row.end is not None and row.end < row.start else set()
    if any(begins in other.during for other in others):
        found.add("574")
    for one in placements:
        if one.why == "X1" and one.end and begins in one.during and 2 * one.end.toordinal() + 1 in row.during:
            found.add("575")
    if care and begins < min(care[0]):
        found.add("578")
    elif not any(begins in run for run in care):
        found.add("581")
    for run in care:
        over = max(run)
        if begins not in run or over + 1 == HALVES.stop:
            continue
        *_, why = (p.why for p in sorted(placements, key=lambda p: p.start) if p.end and 2 * p.end.toordinal() == over)
        if why != "X1" and over + 1 in row.during:
            found.add("577")
        if why not in (None, "X1", "E8") and over in row.whole:
            found.add("580")
    return found


Line = tuple[str, str, str, date, date | None, date | None, str, frozenset[str]]
"""Child's own id, child, M or A, start, end, birth, record, and the checks that fail."""


def lines(
    known: Known, agency: str, since: datetime, until: datetime, as_at: datetime, *, with_police: bool
) -> set[Line]:
    """The rows of a council's return, and of what only the police recorded where that is asked for."""
    homes, said, found = placed(known, as_at), _described(known), set()
    missing = {e.record for e in known.labelled("Episode") if e.facts["kind"] == "missing"}
    for child, stays in episodes.told(known.labelled("Episode"), as_at).items():
        year = [
            Stay(s.record, s.agency, s.source, s.started, s.ended if s.ended and s.ended < until else None, s.by_day)
            for s in stays
            if s.started < until and (_ended(known, s) is None or _ended(known, s) >= since)
        ]
        own = [s for s in year if s.source == "ssda903_missing" and s.agency == agency and s.record in missing]
        theirs = [p for p in homes.get(child, []) if p.agency == agency]
        last = min(day_of(until), day_of(as_at) + timedelta(days=1))
        care = [spell for p in theirs if (spell := _spell(p, last)) is not None]
        if with_police:
            own += [
                s
                for s in year
                if s.source == "police_missing"
                and s.record in missing
                and not any(episodes.same(s, o) for o in own)
                and any(2 * day_of(s.started).toordinal() in p.during for p in care)
            ]
        spells = {s.record: Spell(day_of(s.started), day_of(s.ended) if s.ended else None) for s in own}
        for stay in own:
            row = spells[stay.record]
            others = [other for record, other in spells.items() if record != stay.record]
            found.add(
                (
                    _own_id(known, agency, child, theirs, said.get(child, []), year),
                    child,
                    "M",
                    row.start,
                    row.end,
                    _born(said.get(child, []), agency),
                    stay.record,
                    frozenset(failing(row, others, care)),
                )
            )
    return found


def _ended(known: Known, stay: Stay) -> datetime | None:
    """When it ended, also where that is after the moment asked about."""
    ends = [e.facts.get("ended") for e in known.labelled("Episode") if e.record == stay.record]
    return max(ends) if None not in ends else None  # type: ignore[type-var]


def _spell(placement: Event, until: date) -> Spell | None:
    start, end = placement.facts["started"], placement.facts.get("ended")
    if start >= until:
        return None
    return Spell(start, end, placement.facts.get("reason_ended")) if end and end < until else Spell(start, None)


def _described(known: Known) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = {}
    for event in known.labelled("Description"):
        for side in event.of("DESCRIBED_BY"):
            found.setdefault(side.thing.id, []).append(event)
    return found


def _own_id(known: Known, agency: str, child: str, placed: list[Event], said: list[Event], year: Sequence[Stay]) -> str:
    """As descriptions say that the council knows the child; else the first of what its own records are called by."""
    scheme = f"council:{agency} "
    told = {one.removeprefix(scheme) for e in said for one in e.facts.get("identifiers", ()) if one.startswith(scheme)}
    by_day = {s.record for s in year if s.by_day and s.agency == agency}
    own = {e.reference for e in placed} | {e.reference for e in known.labelled("Episode") if e.record in by_day}
    return min(told or own, default="")


def _born(said: list[Event], agency: str) -> date | None:
    told = [(e.agency == agency, e.extract, e.facts["born"]) for e in said if e.facts.get("born")]
    return max(told)[2] if told else None
