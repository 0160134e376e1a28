"""TRIAGE-RAG and RHI-PRIORITY in plain Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from tests.oracles import episodes, placed
from tests.oracles.known import Event, Known
from tests.oracles.thresholds import Records, both_kinds

Triaged = tuple[str, str, int, int, dict[str, Records], set[str]]


def triaged(known: Known, since: datetime, as_at: datetime) -> dict[str, Triaged]:
    """By child: the level, the one suggested, missing episodes, absences, and the records of each strong factor,
    and by whose records the episodes count."""

    def within(moment: datetime | None) -> bool:
        return moment is not None and since < moment <= as_at

    factors: dict[tuple[str, str], set[str]] = {}

    def add(child: str, name: str, record: str) -> None:
        factors.setdefault((child, name), set()).add(record)

    kinds = {e.record: e.facts["kind"] for e in known.labelled("Episode")}
    for child, stays in episodes.told(known.labelled("Episode"), as_at).items():
        for stay in episodes.counting(stays):
            long = (stay.ended or as_at) - stay.started > timedelta(days=1)
            if stay.started > since and kinds[stay.record] == "missing" and long:
                add(child, "long episode", stay.record)
    for child, records in placed.risks(known, as_at).items():
        for record in records:
            add(child, "exploitation", record)
    for child, records in _met(known, within):
        for record in records:
            add(child, "associates of concern", record)
    for event in known.labelled("ReturnInterview"):
        if event.child is not None and within(event.facts.get("held")):
            for theme in event.facts.get("themes") or ():
                if "drug" in theme.lower():
                    add(event.child.id, "substance misuse", event.record)
                if "domestic" in theme.lower():
                    add(event.child.id, "domestic violence", event.record)
    for event in known.events:
        for one, side in event.stated:
            if side.type == "SEEN_AT" and one.kind == "Child" and within(side.first):
                add(one.id, "places visited", event.record)
    said: dict[str, list[Event]] = {}
    for event in known.labelled("Judgement"):
        if event.facts.get("about") == "triage" and event.facts["decided"] <= as_at:
            for side in event.of("JUDGES"):
                said.setdefault(side.thing.id, []).append(event)
    groups = {c: episodes.once(s) for c, s in episodes.told(known.labelled("Episode"), as_at).items()}
    found = {}
    for child, (missing, absent, _) in both_kinds(known, since, as_at).items():
        if missing or absent:
            strong = {name: frozenset(records) for (whose, name), records in factors.items() if whose == child}
            red = len(missing) > 2 or len(absent) >= 5 or strong
            level = "red" if red else "amber" if len(missing) == 2 else "green"
            rests = {s.record for g in groups[child] if g[0].started > since for s in g}.union(*strong.values())
            knew = [e for e in said.get(child, []) if rests <= set(e.facts["rested_on"])]
            last = max(knew, key=lambda e: (e.facts["decided"], e.facts["verdict"], e.record), default=None)
            stands = last.facts["verdict"] if last else level
            found[child] = (stands, level, len(missing), len(absent), strong, known.agencies(missing | absent))
    return found


def especially_important(known: Known, since: datetime, as_at: datetime) -> dict[str, dict[str, Records]]:
    """RHI-PRIORITY: by child with an episode in the window: each reason that applies, with its records."""

    def within(moment: datetime | None) -> bool:
        return moment is not None and since < moment <= as_at

    found: dict[str, dict[str, set[str]]] = {}

    def add(child: str, reason: str, *records: str) -> None:
        found.setdefault(child, {}).setdefault(reason, set()).update(records)

    exploited = "known or suspected exploitation, trafficking, crime or drugs"
    gone = both_kinds(known, since, as_at)
    for child, (missing, absent, _) in gone.items():
        if len(missing) >= 2:
            add(child, "reported missing more than once", *missing)
        if len(absent) >= 3:
            add(child, "often away without authorisation", *absent)
    for child, records in placed.risks(known, as_at).items():
        add(child, exploited, *records)
    for child, entries in placed.of_children(known, "ListEntry").items():
        for entry in placed.on_list(entries, ("gangs",), placed.day_of(as_at)):
            add(child, exploited, entry.record)
    for event in known.labelled("ReturnInterview"):
        if event.child is not None and within(event.facts.get("held")):
            if event.facts.get("harm") not in (None, "None"):
                add(event.child.id, "hurt or harmed while missing", event.record)
            if "Drugs" in (event.facts.get("themes") or ()):
                add(event.child.id, exploited, event.record)
            if "Crime" in (event.facts.get("themes") or ()):
                add(event.child.id, "engaged in crime while away", event.record)
    for child, records in _met(known, within):
        add(child, "contact with persons posing risk", *records)
    return {
        child: {reason: frozenset(records) for reason, records in reasons.items()}
        for child, reasons in found.items()
        if gone.get(child) is not None and (gone[child][0] or gone[child][1])
    }


def _met(known: Known, within: Callable[[datetime | None], bool]) -> Iterator[tuple[str, set[str]]]:
    """Children and the records of interviews, notices and intelligence that tie them to an adult, siblings apart."""
    for event in known.labelled("ReturnInterview", "Notice"):
        if any(side.thing.kind == "Associate" for side in event.of("TELLS_OF", "NAMES")):
            yield from ((had.thing.id, {event.record}) for had in event.of("HAD") if within(had.first))
    for event in known.events:
        for one, side in event.stated:
            both = {one.kind: one.id, side.thing.kind: side.thing.id}
            stranger = side.type == "LINKED_TO" and side.link.role != "sibling"
            if stranger and both.keys() == {"Child", "Associate"} and within(side.first):
                yield both["Child"], {event.record}
