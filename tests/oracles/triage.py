"""TRIAGE-RAG in plain Python."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.oracles import episodes, placed
from tests.oracles.known import Event, Known
from tests.oracles.thresholds import Records, both_kinds

Triaged = tuple[str, str, int, int, dict[str, Records]]


def triaged(known: Known, since: datetime, as_at: datetime) -> dict[str, Triaged]:
    """By child: the level, the one suggested, missing episodes, absences, and the records of each strong factor."""

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
    for event in known.labelled("ReturnInterview", "Notice"):
        adult = any(side.thing.kind == "Associate" for side in event.of("TELLS_OF", "NAMES"))
        for had in event.of("HAD"):
            if within(had.first) and adult:
                add(had.thing.id, "associates of concern", event.record)
        if event.child is not None and within(event.facts.get("held")):
            for theme in event.facts.get("themes") or ():
                if "drug" in theme.lower():
                    add(event.child.id, "substance misuse", event.record)
                if "domestic" in theme.lower():
                    add(event.child.id, "domestic violence", event.record)
    for event in known.events:
        for one, side in event.stated:
            both = {one.kind: one, side.thing.kind: side.thing}
            if not within(side.first) or "Child" not in both:
                continue
            if side.type == "LINKED_TO" and both.keys() == {"Child", "Associate"} and side.link.role != "sibling":
                add(both["Child"].id, "associates of concern", event.record)
            if side.type == "SEEN_AT" and one.kind == "Child":
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
            found[child] = (stands, level, len(missing), len(absent), strong)
    return found
