"""THINGS-DESCRIBED and THINGS-AROUND in plain Python."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.oracles.known import Known, happened

SAID = ("name", "given", "family", "born", "sex", "address", "postcode")
NAMING = ("Episode", "ReturnInterview", "Notice", "Intelligence")
NAMED = ("Child", "Associate", "Vehicle", "Phone")


def described(known: Known, kinds: list[str], as_at: datetime) -> list[tuple[Any, ...]]:
    """Each description of each thing of these kinds, as it stands."""
    return [
        (
            side.thing.id,
            event.record,
            *(event.facts.get(name) for name in SAID),
            tuple(event.facts.get("aliases") or ()),
        )
        for event in known.labelled("Description")
        for side in event.of("DESCRIBED_BY")
        if side.thing.kind in kinds and happened(side, as_at)
    ]


def around(known: Known, as_at: datetime) -> set[tuple[str, str, str]]:
    """Each thing, the way, and the other thing or the record."""
    found = set()
    for event in known.events:
        for one, side in event.stated:
            if happened(side, as_at) and side.type == "LIVES_AT":
                found.add((one.id, "lives at", side.thing.id))
            if happened(side, as_at) and side.type == "LINKED_TO" and side.link.role == "sibling":
                found |= {
                    (one.id, "brother or sister of", side.thing.id),
                    (side.thing.id, "brother or sister of", one.id),
                }
        for had in event.of("HAD"):
            if event.label in ("Enrolment", "SchoolAbsence", "MissingEducation") and happened(had, as_at):
                found |= {(had.thing.id, "learns at", at.thing.id) for at in event.of("ENROLLED_AT")}
        if event.label in NAMING:
            sides = [s for s in event.of("HAD", "WENT_WITH", "TELLS_OF", "NAMES") if s.thing.kind in NAMED]
            for side in sides:
                if happened(side, as_at) and {other.thing.id for other in sides} - {side.thing.id}:
                    found.add((side.thing.id, "named in", event.record))
    return found
