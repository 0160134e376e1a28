"""The thresholds of absent reports in plain Python."""

from __future__ import annotations

from datetime import datetime

from tests.oracles import episodes
from tests.oracles.known import Known

Records = frozenset[str]


def state(number: int, least: int) -> str:
    """How a count stands against the least that fires."""
    return {0: "fired", 1: "just short"}.get(max(least - number, 0), "not fired") if number else "not fired"


def absent_at(known: Known, since: datetime, as_at: datetime, least: int) -> dict[str, tuple[str, Records]]:
    """By place: how it stands, and the absent reports that count."""
    by_place: dict[str, list[str]] = {}
    reports = [e for e in known.labelled("Episode") if e.facts["kind"] == "absent"]
    for place in {side.thing.id for e in reports for side in e.of("STARTED_AT")}:
        here = [e for e in reports if place in {side.thing.id for side in e.of("STARTED_AT")}]
        for stays in episodes.told(here, as_at).values():
            by_place.setdefault(place, []).extend(s.record for s in episodes.counting(stays) if s.started > since)
    stand = {place: (state(len(found), least), frozenset(found)) for place, found in by_place.items()}
    return {place: one for place, one in stand.items() if one[0] != "not fired"}


def both_kinds(known: Known, since: datetime, as_at: datetime) -> dict[str, tuple[Records, Records, Records]]:
    """By child: the records by which missing episodes and absences count, and the absences nobody was told of."""
    kinds = {e.record: e.facts["kind"] for e in known.labelled("Episode")}
    told: dict[str, set[str]] = {}
    for event in known.labelled("Episode"):
        told.setdefault(event.record, set()).update(event.facts.get("notified") or ())
    found = {}
    for child, stays in episodes.told(known.labelled("Episode"), as_at).items():
        each = [many for many in episodes.once(stays) if many[0].started > since]
        missing = {m[0].record for m in each if any(kinds[s.record] == "missing" for s in m)}
        absent = {m[0].record for m in each} - missing
        silent = {
            next(s.record for s in m if kinds[s.record] == "absent")
            for m in each
            if any(kinds[s.record] == "absent" for s in m) and not any("Social worker" in told[s.record] for s in m)
        }
        found[child] = (frozenset(missing), frozenset(absent), frozenset(silent))
    return found
