"""GROUP-MISSING in plain Python: look at every stretch of time between two moments when anybody goes or comes back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import combinations, pairwise
from math import exp, factorial

from missingnet.graph.terms import OPEN, PEOPLE
from tests.oracles import network
from tests.oracles.known import Event, Known, Thing, found_by_then, over

Stay = tuple[str, str, datetime, datetime]
"""Which child was missing, by which record, from when, until when."""

Beside = dict[tuple[str, Thing], list[Stay]]
"""By way and thing: who was missing beside it."""


def beside(known: Known, since: datetime, until: datetime, baseline: datetime, as_at: datetime) -> Beside:
    """Who was missing beside what in the period."""
    found: Beside = {}
    episodes = [
        e
        for e in known.missing(baseline, until)
        if e.facts["started"] <= as_at and (e.facts.get("ended") is None or e.facts["ended"] > since)
    ]
    acquainted = {(a, b) for a, b, _, _, _ in network.pairs(known, as_at) if b.kind == "Associate"}
    for event in episodes:
        for child in (side.thing for side in event.of("HAD") if side.thing.kind == "Child"):
            stay = (child.id, event.record, event.facts["started"], over(event, as_at) or OPEN)
            shared = {("associate", b) for a, b in acquainted if a == child}
            shared |= set(_shared(event, child, as_at))
            if any(child in (s.thing for s in e.of("WENT_WITH")) and e.child != child for e in episodes):
                shared.add(("companion", child))
            for key in shared:
                found.setdefault(key, []).append(stay)
    return found


def _shared(event: Event, child: Thing, as_at: datetime) -> Iterator[tuple[str, Thing]]:
    words = {"FOUND_AT": "found place", "STARTED_AT": "start place", "WENT_WITH": "companion"}
    for side in event.of(*words):
        if side.thing != child and found_by_then(event, side, as_at):
            yield words[side.type], side.thing


def _kept(found: Beside, limit: int) -> Beside:
    """Without hubs. People are no hubs, however many children share them."""
    return {
        (way, thing): stays
        for (way, thing), stays in found.items()
        if thing.kind in PEOPLE or len({stay[0] for stay in stays}) <= limit
    }


def _all_went(found: Beside, way: str, thing: Thing, stays: list[Stay]) -> bool:
    """'associate' need not be said of those who all went with the associate that time."""
    return way == "associate" and set(stays) <= set(found.get(("companion", thing), ()))


def pairs(found: Beside, limit: int) -> dict[frozenset[str], tuple[int, frozenset[str], frozenset[str]]]:
    """By pair of children: how many separate times, in which ways, beside what."""
    kept = _kept(found, limit)
    moments = sorted({moment for stays in kept.values() for _, _, *ends in stays for moment in ends})
    children = sorted({child for stays in kept.values() for child, *_ in stays})
    answer = {}
    for a, b in combinations(children, 2):
        times, before, ways, things = 0, False, set(), set()
        for start, end in pairwise(moments):
            now = False
            for (way, thing), stays in kept.items():
                there = [stay for stay in stays if stay[2] <= start and end <= stay[3]]
                for one in there:
                    for other in there:
                        if (one[0], other[0]) == (a, b) and not _all_went(found, way, thing, [one, other]):
                            now = True
                            ways.add(way)
                            things.add(thing.id)
            times += now and not before
            before = now
        if times:
            answer[frozenset((a, b))] = (times, frozenset(ways), frozenset(things))
    return answer


def sets(found: Beside, limit: int) -> set[frozenset[str]]:
    """Sets of three or more that were missing at once beside one thing, and what two such sets have in common."""
    largest = set()
    for (way, thing), stays in _kept(found, limit).items():
        moments = sorted({moment for _, _, *ends in stays for moment in ends})
        for start, end in pairwise(moments):
            there = [stay for stay in stays if stay[2] <= start and end <= stay[3]]
            company = frozenset(stay[0] for stay in there)
            if len(company) > 2 and not _all_went(found, way, thing, there):
                largest.add(company)
    return largest | {a & b for a, b in combinations(largest, 2) if len(a & b) > 2}


def expected(
    known: Known, children: frozenset[str], since: datetime, until: datetime, baseline: datetime, as_at: datetime
) -> float:
    """How often these children would be missing at once, by the agency that recorded most of each one's episodes."""
    window, period = (until - baseline).total_seconds(), (until - since).total_seconds()
    counted: dict[str, tuple[int, float]] = {}
    for child in children:
        stays: dict[str, dict[str, list[Event]]] = {}
        for event in known.missing(baseline, until):
            if event.facts["started"] <= as_at and event.child and event.child.id == child:
                stays.setdefault(event.agency, {}).setdefault(event.record, []).append(event)
        counted[child] = max(
            (
                len(records),
                sum(
                    (max(over(e, as_at) or until for e in told) - min(e.facts["started"] for e in told)).total_seconds()
                    for told in records.values()
                ),
            )
            for records in stays.values()
        )
    times = 1.0
    for _, seconds in counted.values():
        times *= min(1.0, seconds / window)
    for child, (episodes, _) in counted.items():
        others = period * episodes / window
        for other, (_, seconds) in counted.items():
            others *= 1.0 if other == child else min(1.0, seconds / window)
        times += others
    return times


def chance(times: int, mean: float) -> float:
    """Poisson's probability of at least so many."""
    return 1.0 - sum(exp(-mean) * mean**k / factorial(k) for k in range(times))
