"""TABLE-OF-EPISODES in plain Python: which episodes count, and by what, read off the records one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from missingnet.graph.times import utc_to_london
from tests.oracles import episodes
from tests.oracles.episodes import Stay
from tests.oracles.known import Event, Known


def facts(known: Known, since: datetime, as_at: datetime, references: Mapping[str, str]) -> set[tuple[Any, ...]]:
    """Each episode that counts: child, record, kind, month, hours, home or care, and whether a check is recorded."""
    kinds = {kind: episodes.by_child(known, kind, as_at) for kind in ("missing", "absent")}
    found = set()
    for child in {child for stays in kinds.values() for child in stays}:
        every = [stay for stays in kinds.values() for stay in stays.get(child, ())]
        kind_of = {stay.record: kind for kind, stays in kinds.items() for stay in stays.get(child, ())}
        for stay in episodes.counting(every):
            if stay.started >= since:
                told = [stay, *(other for other in every if other is not stay and episodes.same(stay, other))]
                length = None if stay.ended is None else (stay.ended - stay.started).total_seconds() / 3600
                month = f"{utc_to_london(stay.started):%Y-%m}"
                checked = None if stay.ended is None else _checked(known, child, told, references, as_at)
                lives = _lives(known, child, stay)
                found.add((child, stay.record, kind_of[stay.record], month, length, lives, checked))
    return found


def _events(known: Known, label: str, child: str) -> list[Event]:
    return [e for e in known.labelled(label) if e.child is not None and e.child.id == child]


def _checked(known: Known, child: str, told: Sequence[Stay], references: Mapping[str, str], as_at: datetime) -> bool:
    """Some check of the child by then names the reference of one of these records, and is its agency's."""
    reports = {(stay.agency, references[stay.record]) for stay in told}
    return any(
        (e.agency, e.facts.get("episode_reference")) in reports
        for e in _events(known, "SafeAndWellCheck", child)
        if e.facts.get("at") is None or e.facts["at"] <= as_at
    )


def _lives(known: Known, child: str, stay: Stay) -> str | None:
    day = utc_to_london(stay.started).date()
    placed = [
        e
        for e in _events(known, "Placement", child)
        if e.facts["started"] <= day and (e.facts.get("ended") is None or day < e.facts["ended"])
    ]
    if placed:
        return "care"
    # The record by which it counts says where from; every dense record does.
    (said, *_) = [e.facts.get("missing_from") for e in known.labelled("Episode") if e.record == stay.record]
    return {"care": "care", "home": "home"}.get(said)


def by_month(found: set[tuple[Any, ...]]) -> Counter[tuple[str, str]]:
    """How many episodes of each kind each month has."""
    return Counter((month, kind) for _, _, kind, month, *_ in found)


def times_missing(found: set[tuple[Any, ...]]) -> Counter[int]:
    """How many children were missing how often."""
    return Counter(Counter(child for child, _, kind, *_ in found if kind == "missing").values())
