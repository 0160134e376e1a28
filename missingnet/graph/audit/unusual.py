"""Reading that is unusual: many things opened one by one, own family or a colleague's, after hours, too fast (S5).

Pure: worked out from what people did. It is a suggestion to a data protection officer, who asks the person; it blocks
nothing, for a child may be missing tonight and somebody must look.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from missingnet.graph.audit.deeds import Deed, Kind
from missingnet.graph.clocks import is_working_day
from missingnet.graph.times import utc_to_london

Reason = Literal["many in an hour", "many in a day", "many in a week", "family", "colleague", "after hours", "too fast"]
Relation = Literal["family", "colleague"]

#: How a machine, or a whole group for which the rules are watched by night, is named.
_NOBODY: Final = ("machine:", "group:")
#: Openings of one thing that follow closer than this are of one page.
ONE_PAGE: Final = timedelta(minutes=1)
#: The longest span that is looked back over.
WEEK: Final = timedelta(days=7)
SPANS: Final[tuple[tuple[Reason, timedelta], ...]] = (
    ("many in an hour", timedelta(hours=1)),
    ("many in a day", timedelta(days=1)),
    ("many in a week", WEEK),
)


@dataclass(frozen=True, slots=True)
class Usual:
    """From where on reading is unusual: so many different things opened within an ``hour``, a ``day`` or a ``week``; so
    many openings and searches on one London day ``after_hours``, which end at ``begin`` and start at ``end`` of working
    days, unless by people or agencies that work ``at_any_hour``; and any opening of what somebody has ``declared`` to
    be of their family or a colleague's: by reader, then by id."""

    hour: int = 50
    day: int = 120
    week: int = 300
    after_hours: int = 5
    begin: time = time(7)
    end: time = time(20)
    at_any_hour: frozenset[str] = frozenset()
    declared: Mapping[str, Mapping[str, Relation]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody's reading that a person should look at: why, from when until when (UTC), and how many: different things
    opened (and, after hours, searches), or how often. ``thing`` is what was declared, else None."""

    reason: Reason
    who: str
    agency: str | None
    first: datetime
    last: datetime
    many: int
    thing: str | None = None


def suggestions(deeds: Iterable[Deed], usual: Usual, since: datetime) -> list[Suggestion]:
    """What is unusual in what people did, if it ended at ``since`` or later, the latest first.

    The deeds are in the order of time, and go back a week further, for what was slow began before.
    """
    theirs: dict[tuple[str, str | None], list[Deed]] = {}
    for deed in deeds:
        theirs.setdefault((deed.who, deed.agency), []).append(deed)
    found = [
        one
        for did in theirs.values()
        for kind in (_many, _declared, _after_hours, _too_fast)
        for one in kind(did, usual)
        if one.last >= since
    ]
    return sorted(found, key=lambda one: (one.last, one.who, one.reason), reverse=True)


def _many(did: Sequence[Deed], usual: Usual) -> Iterator[Suggestion]:
    """Many different things opened. What an hour told, its day tells again only where it was more."""
    told: list[Suggestion] = []
    for (reason, span), most in zip(SPANS, (usual.hour, usual.day, usual.week), strict=True):
        told += [
            one
            for one in _stretches(did, span, most, reason)
            if not any(one.first <= more.last and more.first <= one.last and one.many <= more.many for more in told)
        ]
    yield from told


def _stretches(did: Sequence[Deed], length: timedelta, most: int, reason: Reason) -> Iterator[Suggestion]:
    """The stretches of time in which every window so long holds so many different things, each with its most."""
    window: deque[Deed] = deque()
    inside: Counter[str] = Counter()
    open_: Suggestion | None = None
    for deed in did:
        if deed.kind is not Kind.OPENED:
            continue
        window.append(deed)
        inside[deed.thing] += 1
        while window[0].at <= deed.at - length:
            gone = window.popleft().thing
            inside[gone] -= 1
            if not inside[gone]:
                del inside[gone]
        if len(inside) < most:
            continue
        first = window[0].at
        if open_ is not None and first <= open_.last:
            first, many = open_.first, max(open_.many, len(inside))
        else:
            if open_ is not None:
                yield open_
            many = len(inside)
        open_ = Suggestion(reason, deed.who, deed.agency, first, deed.at, many)
    if open_ is not None:
        yield open_


def _declared(did: Sequence[Deed], usual: Usual) -> Iterator[Suggestion]:
    known = usual.declared.get(did[0].who, {})
    opened: dict[str, list[Deed]] = {}
    for deed in did:
        if deed.kind is Kind.OPENED and deed.thing in known:
            opened.setdefault(deed.thing, []).append(deed)
    for thing, deeds in opened.items():
        # A page asks several questions of what it is about.
        times = [b for a, b in zip((None, *deeds), deeds, strict=False) if a is None or b.at - a.at > ONE_PAGE]
        yield _suggestion(known[thing], deeds, len(times), thing)


def _after_hours(did: Sequence[Deed], usual: Usual) -> Iterator[Suggestion]:
    who, agency = did[0].who, did[0].agency
    if who.startswith(_NOBODY) or not usual.at_any_hour.isdisjoint({who, agency}):
        return
    outside: dict[date, list[Deed]] = {}
    for deed in did:
        at = utc_to_london(deed.at.replace(second=0, microsecond=0))
        if deed.kind is Kind.REFUSED or (is_working_day(at.date()) and usual.begin <= at.time() < usual.end):
            continue
        outside.setdefault(at.date(), []).append(deed)
    for deeds in outside.values():
        things = {deed.thing for deed in deeds if deed.kind is Kind.OPENED}
        many = len(things) + sum(deed.kind is Kind.SEARCHED for deed in deeds)
        if many >= usual.after_hours:
            yield _suggestion("after hours", deeds, many)


def _too_fast(did: Sequence[Deed], usual: Usual) -> Iterator[Suggestion]:
    refused: dict[date, list[Deed]] = {}
    for deed in did:
        if deed.kind is Kind.REFUSED:
            refused.setdefault(utc_to_london(deed.at).date(), []).append(deed)
    for deeds in refused.values():
        yield _suggestion("too fast", deeds, len(deeds))


def _suggestion(reason: Reason, deeds: Sequence[Deed], many: int, thing: str | None = None) -> Suggestion:
    return Suggestion(reason, deeds[0].who, deeds[0].agency, deeds[0].at, deeds[-1].at, many, thing)
