"""How the clocks must stand, worked out from the invented partnership's files alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from missingnet.graph.times import london_to_utc
from tests.planted import invented, proof
from tests.planted.partnership import Partnership

Stands = tuple[str, datetime, str]
"""The child, when the clock started, and how it stands."""


def wanted(place: Partnership, apart: set[str]) -> dict[str, set[Stands]]:
    """SWC by the reports' own columns; RHI-72H by the interviews that name a report and were not refused."""
    interviews: dict[str, list[invented.Row]] = {}
    for one in invented.rows(place.folder, "interviews/return_interviews.csv"):
        interviews.setdefault(one["Episode Ref"], []).append(one)
    found: dict[str, set[Stands]] = {"SWC": set(), "RHI-72H": set()}
    for row in invented.rows(place.folder, "police-99/police_missing.csv"):
        child, over = place.person(row["Nominal Ref"]), _instant(row["Located"] or row["Returned"])
        if over is None or child in apart:
            continue
        found["SWC"].add((child, over, _standing(over, _instant(row["Safe And Well At"]), 24)))
        back = _instant(row["Returned"]) or over
        for one in interviews.get(row["Report Ref"], ()):
            if one["Outcome"] in ("held", "waiting", "unreachable", "not offered"):
                found["RHI-72H"].add((child, back, _standing(back, _instant(one["Held"]), 72)))
    return found


def check(place: Partnership, apart: set[str]) -> None:
    """Each clock of the whole period stands as the files say; at the edge of the extract it may not be provided."""
    for rule, expected in wanted(place, apart).items():
        rows: Any = place.ask(rule, since=place.first).rows
        found = {(row.child_id, row.started, row.standing) for row in rows}
        assert not {one for one in expected - found if one[1] < place.at - timedelta(days=7)}
        proof.measured(f"{rule}, as the files say", expected, found, proof.Target(recall=0.9))


def _instant(text: str) -> datetime | None:
    local = invented.moment(text)
    return london_to_utc(local) if local else None


def _standing(start: datetime, done: datetime | None, hours: int) -> str:
    if done is None:
        return "broken"
    return "met" if done - start <= timedelta(hours=hours) else "late"
