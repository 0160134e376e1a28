"""Moves between homes: told to truth for every child, as the rules of moves count them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from missingnet.ingest.example.care import Placement
from missingnet.ingest.example.episodes import Period
from missingnet.ingest.example.moments import day_text
from missingnet.ingest.example.people import Child
from missingnet.ingest.example.tellings import host_of
from missingnet.ingest.example.truth import Truth


def note_moves(truth: Truth, child: Child, held: Sequence[Placement], period: Period) -> None:
    """The child's last move into another area since the edge, and how many placements were open in twelve months."""
    who: dict[str, object] = {"authority": child.authority, "council": child.council}
    moves = [
        (one.started, host_of(one))
        for before, one in zip([None, *held], held, strict=False)
        if period.edge < one.started <= period.until
        and host_of(one) not in ("", child.authority, host_of(before) if before else "")
    ]
    if moves:
        truth.spool("moved", {**who, "day": day_text(moves[-1][0]), "host": moves[-1][1]})
    year_ago = _year_before(period.until)
    count = sum(one.started <= period.until and (one.ended is None or one.ended > year_ago) for one in held)
    if count > 1:
        truth.spool("placements", {**who, "placements": count})


def _year_before(day: int) -> int:
    when = date.fromordinal(day)
    return when.replace(year=when.year - 1, day=min(when.day, 28) if when.month == 2 else when.day).toordinal()
