"""GROUP-MISSING in plain Python: look at every stretch of time between two moments when anybody goes or comes back, and
at every week that an episode might have come in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations, pairwise
from math import comb, exp, factorial

from missingnet.graph.terms import OPEN, PEOPLE
from missingnet.graph.times import utc_to_london
from tests.oracles import episodes, network
from tests.oracles.known import Event, Known, Thing, found_by_then

WEEK = timedelta(days=7)
Stay = tuple[str, str, datetime, datetime]
"""Which child was missing, by the record that counts, from when, until when."""
Beside = dict[tuple[str, Thing], list[Stay]]
"""By way and thing: who was missing beside it."""
Times = tuple[int, frozenset[str], frozenset[str]]
"""How many separate times children were missing at once, in which ways, beside what."""


@dataclass(frozen=True)
class Year:
    """The children's episodes of the baseline window, each counted once, and what was asked."""

    stays: dict[str, list[Stay]]
    same: dict[tuple[str, str], set[str]]
    """By child and the record that counts: all records of that episode."""
    since: datetime
    until: datetime
    baseline: datetime


def year(known: Known, since: datetime, until: datetime, baseline: datetime, as_at: datetime) -> Year:
    """What the records of the baseline window say."""
    stays: dict[str, list[Stay]] = {}
    same = {}
    for child, told in episodes.told(known.missing(baseline, until), as_at).items():
        counting = episodes.counting(told)
        stays[child] = [(child, stay.record, stay.started, stay.ended or OPEN) for stay in counting]
        for stay in counting:
            same[child, stay.record] = {t.record for t in told if t == stay or episodes.same(t, stay)}
    return Year(stays, same, since, until, baseline)


def beside(known: Known, asked: Year, as_at: datetime) -> Beside:
    """Who was missing beside what in the period."""
    found: Beside = {}
    told = [
        e
        for e in known.missing(asked.baseline, asked.until)
        if e.facts["started"] <= as_at and (e.facts.get("ended") is None or e.facts["ended"] > asked.since)
    ]
    said: dict[tuple[str, tuple[str, Thing]], set[str]] = {}
    for event in told:
        for child in (side.thing for side in event.of("HAD") if side.thing.kind == "Child"):
            shared = set(_shared(event, child, as_at))
            if any(child in (s.thing for s in e.of("WENT_WITH")) and e.child != child for e in told):
                shared.add(("companion", child))
            for key in shared:
                said.setdefault((child.id, key), set()).add(event.record)
    for (child_id, key), records in said.items():
        for stay in asked.stays[child_id]:
            if stay[3] > asked.since and records & asked.same[child_id, stay[1]]:
                found.setdefault(key, []).append(stay)
    gone = {e.child.id for e in told if e.child}
    for a, b in {(a, b) for a, b, _, _, _ in network.pairs(known, as_at) if b.kind == "Associate"}:
        for stay in asked.stays[a.id] if a.id in gone else ():
            if stay[3] > asked.since:
                found.setdefault(("associate", b), []).append(stay)
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


def pairs(found: Beside, limit: int) -> dict[frozenset[str], Times]:
    """By pair of children: how many separate times, in which ways, beside what."""
    kept = _kept(found, limit)
    children = sorted({child for stays in kept.values() for child, *_ in stays})
    met = {frozenset(pair): _times(found, kept, frozenset(pair)) for pair in combinations(children, 2)}
    return {pair: times for pair, times in met.items() if times[0]}


def sets(found: Beside, limit: int) -> dict[frozenset[str], Times]:
    """Sets of three or more that were missing at once beside one thing, and what any such sets have in common: how
    many separate times, in which ways, beside what."""
    kept = _kept(found, limit)
    moments = _moments(kept)
    largest = set()
    for (way, thing), stays in kept.items():
        companies: list[set[Stay]] = [set()]
        for start, end in pairwise(moments):
            there = {stay for stay in stays if stay[2] <= start and end <= stay[3]}
            companies += [there] if there != companies[-1] else []
        for earlier, there, later in zip(companies, companies[1:], [*companies[2:], set()], strict=False):
            company = frozenset(stay[0] for stay in there)
            growing_or_shrinking = there < earlier or there < later
            if len(company) > 2 and not growing_or_shrinking and not _all_went(found, way, thing, list(there)):
                largest.add(company)
    of_three = {
        common
        for many in range(1, len(largest) + 1)
        for chosen in combinations(largest, many)
        if len(common := frozenset.intersection(*chosen)) > 2
    }
    return {children: _times(found, kept, children) for children in of_three}


def _moments(kept: Beside) -> list[datetime]:
    return sorted({moment for stays in kept.values() for _, _, *ends in stays for moment in ends})


def _times(found: Beside, kept: Beside, children: frozenset[str]) -> Times:
    """How many separate times all of them were missing at once beside one thing, in which ways, beside what."""
    times, before, ways, things = 0, False, set(), set()
    for start, end in pairwise(_moments(kept)):
        now = False
        for (way, thing), stays in kept.items():
            there = [stay for stay in stays if stay[0] in children and stay[2] <= start and end <= stay[3]]
            if {stay[0] for stay in there} == children and not _all_went(found, way, thing, there):
                now = True
                ways.add(way)
                things.add(thing.id)
        times += now and not before
        before = now
    return times, frozenset(ways), frozenset(things)


def tested(found: Beside, limit: int, size: int) -> int:
    """How many pairs, or sets of a size, share something."""
    companies = {frozenset(stay[0] for stay in stays) for stays in _kept(found, limit).values()}
    if size == 2:
        return len({pair for company in companies for pair in combinations(sorted(company), 2)})
    return sum(comb(len(company), size) for company in companies)


def _weekly(start: datetime, begin: datetime, end: datetime) -> list[datetime]:
    """When that moment of London's week comes from one London time on and before another."""
    return [moment for week in range(-60, 61) if begin <= (moment := start + week * WEEK) < end]


def _last(asked: Year, children: tuple[str, ...], since: datetime, until: datetime) -> float:
    """How often one of them goes while the others are missing, were the weeks drawn by lot."""
    first, end = utc_to_london(asked.baseline), utc_to_london(asked.until)
    total = 0.0
    for child in children:
        for _, _, started, over in asked.stays[child]:
            if started >= min(over, asked.until):
                continue
            went = utc_to_london(started)
            weeks = len(_weekly(went, first, end))
            share = len(_weekly(went, utc_to_london(since), utc_to_london(until))) / weeks
            for other in children:
                if other != child:
                    share *= min(1.0, _covering(asked, other, went, other < child) / weeks)
            total += share
    return total


def _covering(asked: Year, child: str, moment: datetime, begun_then: bool) -> int:
    """How many of the child's episodes, moved by any number of weeks, last at that London time."""
    many = 0
    for _, _, started, over in asked.stays[child]:
        began, ceased = utc_to_london(started), utc_to_london(min(over, asked.until))
        for week in range(-60, 61):
            a, b = began + week * WEEK, ceased + week * WEEK
            many += a < moment < b or (begun_then and a == moment < b)
    return many


def expected(asked: Year, found: Beside, children: frozenset[str]) -> float:
    """How often these children would be missing at once in the period."""
    ordered = tuple(sorted(children))
    since = max(asked.since, asked.baseline)
    begins = utc_to_london(since)
    under_way = 1.0
    for child in ordered:
        weeks = len(_weekly(begins, utc_to_london(asked.baseline), utc_to_london(asked.until)))
        under_way *= min(1.0, _covering(asked, child, begins, begun_then=False) / weeks)
    return (under_way + _last(asked, ordered, since, asked.until)) * effect(asked, found, children)


def effect(asked: Year, found: Beside, children: frozenset[str]) -> float:
    """How many times as often so many children of their homes are missing at once, by the homes' other children."""
    nights: dict[str, Counter[str]] = {}
    for (way, thing), stays in found.items():
        if way == "start place" and thing.kind == "Home":
            for child, *_ in stays:
                nights.setdefault(child, Counter())[thing.id] += 1
    home = {child: min(homes, key=lambda one: (-homes[one], one)) for child, homes in nights.items()}
    answer = 1.0
    for one in set(home.values()):
        living = [child for child in children if home.get(child) == one]
        if len(living) < 2:
            continue
        others = sorted(child for child, where in home.items() if where == one and child not in children)
        seen, by_chance = 0, 0.0
        for a, b in combinations(others, 2):
            by_chance += _last(asked, (a, b), asked.baseline, asked.until)
            for _, _, started, over in asked.stays[a]:
                for _, _, began, ceased in asked.stays[b]:
                    seen += max(started, began) < min(over, ceased)
        factor = max(1.0, (seen + 1) / (by_chance + 1))
        for n in range(1, len(living)):
            answer *= 1 + n * (factor - 1)
    return answer


def before(asked: Year, children: frozenset[str]) -> int:
    """How many times they were all missing at once before the period."""
    common = [(asked.baseline, OPEN)]
    for child in children:
        common = [
            (max(a, s[2]), min(b, s[3])) for a, b in common for s in asked.stays[child] if max(a, s[2]) < min(b, s[3])
        ]
    return sum(ceased <= asked.since for _, ceased in common)


def chance(times: int, mean: float) -> float:
    """Poisson's probability of at least so many."""
    return 1.0 - sum(exp(-mean) * mean**k / factorial(k) for k in range(times))


def false_discovery(of_size: list[float], one: float, tested: int) -> float:
    """Of those at least as unlikely as some row that is no likelier than it, the share that chance would bring."""
    return min(1.0, *(tested * p / sum(q <= p for q in of_size) for p in of_size if p >= one))
