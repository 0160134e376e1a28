"""NETWORK again, naively: every pair of children counted from the records, every removal tried from the start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any

from tests.oracles.known import Known, Side

LABELS = ("Episode", "ReturnInterview", "Notice", "Intelligence")
LINKS = ("HAD", "FOUND_AT", "WENT_WITH", "TELLS_OF", "NAMES")
KINDS = ("Child", "Associate", "Place", "Vehicle", "Phone", "OnlineHandle")
Children = frozenset[str]
Named = dict[str, dict[str, str]]
"""By record the things it names, each with its kind."""


def named(known: Known, since: datetime, until: datetime) -> Named:
    """What each record of that time names, where it names a child and somebody or something else."""
    found: Named = {}
    for event in known.labelled(*LABELS):
        for side in event.of(*LINKS):
            seen = _seen(event.facts, side)
            if side.thing.kind in KINDS and (seen is None or since <= seen <= until):
                found.setdefault(event.record, {})[side.thing.id] = side.thing.kind
    return {r: things for r, things in found.items() if len(things) > 1 and "Child" in things.values()}


def _seen(facts: dict[str, Any], side: Side) -> datetime | None:
    if side.type == "FOUND_AT":
        return facts.get("ended") or facts["started"]  # type: ignore[no-any-return]
    return side.first


@dataclass
class Naive:
    """Records, and what makes a tie."""

    told: Named
    least: float
    place: float
    limit: int

    def __post_init__(self) -> None:
        self.kinds = {thing: kind for things in self.told.values() for thing, kind in things.items()}
        self.children = {thing for thing, kind in self.kinds.items() if kind == "Child"}
        self.hubs = {
            thing
            for thing, kind in self.kinds.items()
            if kind not in ("Child", "Associate") and len(self.with_(thing)) > self.limit
        }
        self.things = self.kinds.keys() - self.children - self.hubs

    def with_(self, thing: str) -> set[str]:
        return {c for things in self.told.values() if thing in things for c in things if self.kinds[c] == "Child"}

    def pieces(self, a: str, b: str, but: str = "") -> float:
        both = {r for r, things in self.told.items() if a in things and b in things}
        of_a, of_b, shared = set(), set(), 0.0
        for thing in self.things - {but}:
            mine = {r for r, things in self.told.items() if a in things and thing in things} - both
            theirs = {r for r, things in self.told.items() if b in things and thing in things} - both
            if mine and theirs:
                of_a |= mine
                of_b |= theirs
                shared += self.place if self.kinds[thing] == "Place" else 1
        return len(both) + min(shared, len(of_a), len(of_b))

    def joined(self, children: set[str], but: str = "") -> list[Children]:
        ties = [p for p in combinations(sorted(children), 2) if self.pieces(*p, but=but) >= self.least]
        left, found = set(children), []
        while left:
            part = {left.pop()}
            while more := {x for p in ties if part & {*p} for x in p} - part:
                part |= more
            left -= part
            found.append(frozenset(part))
        return found

    def communities(self, least: int) -> list[Children]:
        return [part for part in self.joined(self.children) if len(part) >= max(least, 2)]

    def bridges(self, community: Children, least: int) -> dict[str, set[Children]]:
        found = {}
        for one in (*community, *self.things):
            rest = self.joined(set(community) - {one}, but=one)
            found[one] = {part for part in rest if len(part) >= least}
        return {one: rest for one, rest in found.items() if len(rest) > 1}

    def common(self, community: Children) -> set[str]:
        return {thing for thing in self.things if len(self.with_(thing) & community) > 1}

    def meetings(self, community: Children) -> tuple[int, float]:
        """How often two of them meet at one thing or record, and how often were all namings dealt out at random."""
        met = [self.with_(thing) for thing in self.things]
        beside = [{c for c in things if self.kinds[c] == "Child"} for things in self.told.values()]
        met += [children for children in beside if len(children) > 1]
        slots = [(number, child) for number, children in enumerate(met) for child in children]
        together = sum(n == m for (n, _), (m, _) in combinations(slots, 2))
        possible = len(slots) * (len(slots) - 1) / 2
        theirs = [child for _, child in slots if child in community]
        pairs = sum(a != b for a, b in combinations(theirs, 2))
        happened = sum(len(children & community) * (len(children & community) - 1) // 2 for children in met)
        return happened, pairs * together / possible if possible else 0.0


def state(now: Children, all_now: list[Children], then: list[Children], share: float) -> str:
    """What became of a community, by the children it has in common with those of the day before."""

    def line(a: Children, b: Children) -> bool:
        return bool(a & b) and len(a & b) / min(len(a), len(b)) >= share

    came = [old for old in then if line(now, old)]
    if len(came) != 1:
        return "merged" if came else "new"
    if [other for other in all_now if other != now and line(other, came[0])]:
        return "split"
    if len(now) == len(came[0]):
        return "unchanged" if now == came[0] else "changed"
    return "growing" if len(now) > len(came[0]) else "shrinking"


def spanning(
    known: Known, since: datetime, as_at: datetime, measure: tuple[float, float, int], least: int, most: int
) -> dict[tuple[str, frozenset[str]], tuple[frozenset[str], frozenset[str]]]:
    """CROSS-BORDER: by thing (or '' for a network) and children the authorities spanned, at least so many, and the
    records of a thing; ``least`` children make a network."""
    councils: dict[str, set[str]] = {}
    own: dict[str, set[str]] = {}
    for event in known.labelled("Description"):
        for side in event.of("DESCRIBED_BY"):
            for one in event.facts.get("identifiers") or ():
                if side.thing.kind == "Child" and one.startswith("council:"):
                    councils.setdefault(side.thing.id, set()).add(one[8:11])
            code = event.facts.get("authority")
            if code and code.isdigit():
                own.setdefault(side.thing.id, set()).add(code)
    told: dict[str, dict[str, str]] = {}
    for event in known.labelled(*LABELS, "Placement"):
        for side in event.of(*LINKS, "STARTED_AT", "PLACED_IN"):
            seen = _seen(event.facts, side)
            lasts = event.label == "Placement" and (
                not event.facts.get("ended") or bool(side.last and side.last >= since)
            )
            if side.thing.kind in (*KINDS, "Home") and (seen is None or (seen <= as_at and (seen >= since or lasts))):
                told.setdefault(event.record, {})[side.thing.id] = side.thing.kind
    naive = Naive(named(known, since, as_at), *measure)
    found = {}
    for thing, kind in {thing: kind for things in told.values() for thing, kind in things.items()}.items():
        records = {r for r, things in told.items() if thing in things and "Child" in things.values()}
        if kind != "Child" and thing not in naive.hubs and records:
            children = {c for r in records for c, what in told[r].items() if what == "Child"}
            spans = set().union(own.get(thing, ()), *(councils.get(child, ()) for child in children))
            found[thing, frozenset(children)] = (frozenset(spans), frozenset(records))
    for community in naive.communities(least):
        spans = set().union(*(councils.get(child, ()) for child in community))
        found["", community] = (frozenset(spans), frozenset())
    return {key: one for key, one in found.items() if len(one[0]) >= most}


def unlisted_by_chance(
    known: Known, since: datetime, as_at: datetime, listed: set[str], least: int, limit: int
) -> tuple[int, int, int]:
    """How many unlisted children have so many listed ones beside them; how many children are known, and listed."""
    told: Named = {}
    own, times = set(), {}
    for event in known.labelled(*LABELS):
        for side in event.of(*LINKS, "STARTED_AT"):
            seen = _seen(event.facts, side)
            if side.thing.kind in KINDS and (seen is None or since <= seen <= as_at):
                told.setdefault(event.record, {})[side.thing.id] = side.thing.kind
                if side.type == "HAD":
                    own.add((event.record, side.thing.id))
    told = {r: things for r, things in told.items() if len(things) > 1 and "Child" in things.values()}
    naive = Naive(told, 1, 1, limit)
    for things in told.values():
        for child in naive.children & things.keys():
            times[child] = times.get(child, 0) + 1
    pool = {child for child, many in times.items() if many > 1} | {c for r, c in own if r in told}
    shared = [naive.with_(thing) for thing in naive.things] + [
        naive.children & things.keys() for things in told.values()
    ]
    beside = {c: set().union(*(group for group in shared if c in group)) & pool - {c} for c in pool}
    found = sum(len(others & listed) >= least for child, others in beside.items() if child not in listed)
    return found, len(pool), len(pool & listed)
