"""MASE-3-IN-3M, SHARED-ASSOCIATE, UNLISTED-IN-NETWORK and CME-AND-MISSING in plain Python."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from missingnet.graph.times import utc_to_london
from tests.oracles import episodes
from tests.oracles.known import Event, Known, Side, Thing, found_by_then, happened, over, replaced
from tests.oracles.network import hubs

Records = frozenset[str]


def in_window(
    known: Known, kind: str, since: datetime, as_at: datetime, least: int
) -> dict[str, tuple[str, int, Records]]:
    """By child: fired or just short, how many, and the records by which they count."""
    found = {}
    for child, stays in episodes.by_child(known, kind, as_at).items():
        records = frozenset(e.record for e in episodes.counting(stays) if e.started > since)
        if len(records) >= max(least - 1, 1):
            found[child] = ("fired" if len(records) >= least else "just short", len(records), records)
    return found


def raised(known: Known, since: datetime, as_at: datetime) -> dict[str, dict[str, set[str]]]:
    """By rule, the children raised by it and their episodes' records."""
    found: dict[str, dict[str, set[str]]] = {}

    def add(rule: str, event: Event) -> None:
        if event.child is not None:
            found.setdefault(rule, {}).setdefault(event.child.id, set()).add(event.record)

    for event in known.labelled("Episode"):
        began = event.facts["started"]
        if not since < began <= as_at or event.child is None:
            continue
        if event.facts["kind"] == "missing" and (
            event.facts.get("risk_changes") or event.facts.get("risk") == "low"  # the one change lies ahead
        ):
            add("RISK-BELOW-MEDIUM", event)
        if event.facts["kind"] != "absent":
            continue
        day = utc_to_london(began).date()
        for other in known.labelled("ListEntry", "RiskAssessment"):
            on_list = other.facts.get("list") in ("cse", "nrm") and other.facts["added"] <= day
            off = other.facts.get("removed") is not None and other.facts["removed"] <= day
            assessed = other.facts.get("kind") == "CSE" and other.facts["at"] <= day
            others = [a for a in known.labelled("RiskAssessment") if a.child == other.child and a.facts["at"] <= day]
            risky = assessed and other.facts["level"] != "low" and not replaced(other, others)
            if other.child == event.child and ((on_list and not off) or risky):
                add("ABSENT-WITH-CSE", event)
        for other in known.labelled("Episode"):
            if other.child != event.child or other.facts["kind"] != "missing":
                continue
            start = other.facts["started"]
            week = timedelta(days=7)
            one, another = (
                over(event, as_at) or min(began + week, as_at),
                over(other, as_at) or min(start + week, as_at),
            )
            gap = max(start - one, began - another)
            if since < start <= as_at and gap <= timedelta(hours=24):
                add("ABSENT-MISSING-COINCIDE", event)
    return found


def _within(moment: datetime | None, since: datetime, as_at: datetime) -> bool:
    return moment is None or since <= moment <= as_at


OWN_WAYS = {"WENT_WITH": "missing with", "TELLS_OF": "told of in interview", "NAMES": "same notice"}
BOTH_WAYS = {
    "Episode": "same episode",
    "ReturnInterview": "same interview",
    "Intelligence": "same intelligence",
    "Notice": "same notice",
}


def shared(
    known: Known, since: datetime, as_at: datetime, least: int
) -> dict[tuple[str, str, str], list[tuple[Event, Side]]]:
    """By associate, child and way: the events that say so, each with its link to the associate."""
    found: dict[tuple[str, str, str], list[tuple[Event, Side]]] = {}
    said = set()

    def add(associate: Thing, child: Thing, way: str, event: Event, side: Side) -> None:
        if child.kind == "Child" and associate.kind in ("Child", "Associate") and associate.id != child.id:
            found.setdefault((associate.id, child.id, way), []).append((event, side))

    for event in known.events:
        for one, other in event.stated:
            if other.type == "LINKED_TO" and _within(other.first, since, as_at):
                for a, b in ((one, other.thing), (other.thing, one)):
                    add(a, b, "linked to", event, other)
                    said.add((a.id, b.id, event.record))
    for event in known.events:
        for side in event.sides:
            seen = event.facts["started"] if event.label == "Episode" else side.first
            if side.type in OWN_WAYS and _within(seen, since, as_at):
                if event.child:
                    add(side.thing, event.child, OWN_WAYS[side.type], event, side)
                for other in event.of(side.type):
                    if other is not side and (side.thing.id, other.thing.id, event.record) not in said:
                        add(side.thing, other.thing, BOTH_WAYS[event.label], event, side)
    children: dict[str, set[str]] = {}
    for associate, child, _ in found:
        children.setdefault(associate, set()).add(child)
    return {key: told for key, told in found.items() if len(children[key[0]]) >= least}


NEAR = ("HAD", "WENT_WITH", "TELLS_OF", "NAMES")
FAR = ("STARTED_AT", "FOUND_AT", "WENT_WITH", "TELLS_OF", "NAMES")
SHARED = ("Associate", "Place", "Vehicle", "Phone", "OnlineHandle")


def _beside(known: Known, since: datetime, as_at: datetime, far: tuple[str, ...]) -> Iterator[tuple[Side, Side, Event]]:
    """Every child beside every other thing in an episode, interview, notice or intelligence of the window."""
    for event in known.labelled("Episode", "ReturnInterview", "Notice", "Intelligence"):
        for a in event.of(*NEAR):
            for b in event.of(*far):
                seen = happened(a, as_at) and _within(b.first, since, as_at) and found_by_then(event, b, as_at)
                if a is not b and a.thing.kind == "Child" and seen:
                    yield a, b, event


def _open(first: date | None, last: date | None, as_at: datetime) -> bool:
    """A time from one London day to another holds the London day asked about."""
    day = as_at.replace(tzinfo=UTC).astimezone(ZoneInfo("Europe/London")).date()
    return (first is None or first <= day) and (last is None or last > day)


@dataclass
class Unlisted:
    """Unlisted children by what ties them: the listed children, the child's own records and the listed children's;
    hubs by the listed children at them; and who is known by a name alone."""

    near: dict[str, dict[str, tuple[frozenset[str], Records, Records]]]
    hubs: dict[str, frozenset[str]]
    named_only: set[str]


def unlisted(known: Known, since: datetime, as_at: datetime, lists: list[str], least: int, limit: int) -> Unlisted:
    """The unlisted children around the listed ones."""
    listed = {
        e.child.id
        for e in known.labelled("ListEntry")
        if e.child and e.facts["list"] in lists and _open(e.facts.get("added"), e.facts.get("removed"), as_at)
    }
    guarded = hubs_by_records(known, as_at, limit)
    around: dict[str, dict[str, set[str]]] = {}
    hubs_around: dict[str, dict[str, set[str]]] = {}
    found: dict[str, dict[str, tuple[set[str], set[str], set[str]]]] = {}
    for a, b, event in _beside(known, since, as_at, FAR):
        if b.thing.kind in SHARED:
            of = hubs_around if b.thing.id in guarded else around
            of.setdefault(b.thing.id, {}).setdefault(a.thing.id, set()).add(event.record)
    for thing, children in around.items():
        theirs = listed & children.keys()
        for child in children.keys() - listed if theirs else ():
            records = {r for one in theirs for r in children[one]}
            found.setdefault(child, {})[thing] = (set(theirs), set(children[child]), records)
    for a, b, event in _beside(known, since, as_at, NEAR):
        if a.thing.id in listed and b.thing.kind == "Child" and b.thing.id not in listed:
            tie = found.setdefault(b.thing.id, {}).setdefault(a.thing.id, ({a.thing.id}, set(), set()))
            tie[1].add(event.record)
            tie[2].add(event.record)
    near = {
        child: {t: (frozenset(a), frozenset(b), frozenset(c)) for t, (a, b, c) in things.items()}
        for child, things in found.items()
        if len({one for theirs, _, _ in things.values() for one in theirs}) >= least
    }
    hubs_near = {
        thing: frozenset(listed & children.keys())
        for thing, children in hubs_around.items()
        if listed & children.keys()
    }
    return Unlisted(near, hubs_near, _named_only(known))


def _named_only(known: Known) -> set[str]:
    """Children whom one record names that is not their own, described without any identifier."""
    told: dict[str, set[tuple[str, str]]] = {}
    described: dict[str, bool] = {}
    for event in known.events:
        for side in event.sides:
            if event.label in ("Episode", "ReturnInterview", "Notice", "Intelligence") and side.type in NEAR:
                told.setdefault(side.thing.id, set()).add((event.record, side.type))
            if side.type == "DESCRIBED_BY":
                given = bool(event.facts.get("identifiers"))
                described[side.thing.id] = described.get(side.thing.id, False) or given
    return {
        thing
        for thing, records in told.items()
        if len({record for record, _ in records}) == 1
        and "HAD" not in {type_ for _, type_ in records}
        and described.get(thing) is False
    }


def hubs_by_records(known: Known, as_at: datetime, limit: int) -> set[str]:
    """Hubs by children's own records only, as the patterns guard them."""
    bare = Known.__new__(Known)
    bare.events = [replace(e, stated=()) for e in known.events]
    return hubs(bare, as_at, limit)


@dataclass
class OutOfSchool:
    """A child out of school: education records, episodes, by thing shared the other children, and hubs."""

    education: set[str]
    episodes: set[str]
    shares: dict[str, set[str]]
    hubs: set[str]


def out_of_school(
    known: Known, since: datetime, as_at: datetime, codes: list[str], sessions: float, limit: int
) -> dict[str, OutOfSchool]:
    """By child out of school who goes missing, or comes near children who do, or near hubs."""
    cme: dict[str, set[str]] = {}
    absent: dict[tuple[str, str, datetime], dict[str, float]] = {}
    for event in known.events:
        facts, child = event.facts, event.child
        if child and event.label == "MissingEducation" and _open(facts.get("started"), facts.get("ended"), as_at):
            cme.setdefault(child.id, set()).add(event.record)
        if child and event.label == "SchoolAbsence":
            for side in event.of("HAD"):
                if side.first is not None and since <= side.first <= as_at:
                    term = absent.setdefault((child.id, facts["kind"], side.first), {})
                    if facts["kind"] == "exclusion":
                        term[event.record] = sessions
                    elif facts.get("code") is None or facts["code"] in codes:
                        term[event.record] = facts.get("sessions") or 0.0
    away: dict[str, set[str]] = {}
    for (one, _, _), term in absent.items():
        if sum(term.values()) >= sessions:
            away.setdefault(one, set()).update(term)
    episodes: dict[str, set[str]] = {}
    for event in known.labelled("Episode"):
        if event.child and event.facts["kind"] == "missing" and since <= event.facts["started"] <= as_at:
            episodes.setdefault(event.child.id, set()).add(event.record)
    guarded = hubs_by_records(known, as_at, limit)
    around: dict[str, set[str]] = {}
    for a, b, _ in _beside(known, since, as_at, FAR):
        if b.thing.kind in SHARED:
            around.setdefault(b.thing.id, set()).add(a.thing.id)
    beside: dict[str, set[str]] = {}
    for a, b, _ in _beside(known, since, as_at, NEAR):
        if b.thing.kind == "Child" and b.thing.id != a.thing.id and b.thing.id in episodes:
            beside.setdefault(a.thing.id, set()).add(b.thing.id)
    found = {}
    for child in cme.keys() | away.keys():
        one = OutOfSchool(cme.get(child, set()) | away.get(child, set()), episodes.get(child, set()), {}, set())
        if child in cme:
            one.shares = {other: {other} for other in beside.get(child, ())}
            for thing, children in around.items():
                others = (children - {child}) & episodes.keys()
                if child in children and thing in guarded:
                    one.hubs.add(thing)
                elif child in children and others:
                    one.shares[thing] = others
        if one.episodes or one.shares or one.hubs:
            found[child] = one
    return found


def on_lists(known: Known, since: datetime, as_at: datetime, lists: list[str]) -> dict[str, dict[str, Records]]:
    """By child, by list asked about: the records by which the child stands on it."""
    found: dict[str, dict[str, set[str]]] = {}
    for event in known.events:
        name, stands = "", False
        if event.label == "ListEntry":
            name, stands = event.facts["list"], _open(event.facts.get("added"), event.facts.get("removed"), as_at)
        elif event.label == "MissingEducation":
            name, stands = "cme", _open(event.facts.get("started"), event.facts.get("ended"), as_at)
        elif event.label == "Episode" and event.facts["kind"] == "missing":
            name, stands = "missing", since < event.facts["started"] <= as_at
        if stands and name in lists and event.child:
            found.setdefault(event.child.id, {}).setdefault(name, set()).add(event.record)
    return {child: {name: frozenset(r) for name, r in on.items()} for child, on in found.items()}
