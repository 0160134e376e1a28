"""What the current records say, as lists of events and statements; the ground all oracles stand on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from missingnet.graph.keyed import Keyed
from missingnet.graph.records import LinkFact, Record

#: A compartment whose records join nothing.
SEALED = "trafficking"
PEOPLE = ("Child", "Associate")
#: What is called by two kinds of one family is the earlier of them.
_HIGHEST = ("Child", "Associate", "Home", "School", "Place", "Vehicle", "Phone", "OnlineHandle")


@dataclass(frozen=True)
class Thing:
    """A child, associate, place or other thing."""

    kind: str
    id: str


@dataclass(frozen=True)
class Side:
    """One link between an event and a thing."""

    type: str
    thing: Thing
    link: LinkFact
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True)
class Event:
    """One version of a record that stands now."""

    record: str
    agency: str
    source: str
    extract: date
    label: str
    facts: dict[str, Any]
    sides: tuple[Side, ...]
    reference: str
    stated: tuple[tuple[Thing, Side], ...]
    """Relations between two things that the record states outright: the first thing, and the link to the other."""

    def __hash__(self) -> int:
        return id(self)

    def of(self, *types: str) -> Iterator[Side]:
        return (side for side in self.sides if side.type in types)

    @property
    def child(self) -> Thing | None:
        return next((side.thing for side in self.of("HAD")), None)


class Known:
    """The events that stand, once equal identifiers are one thing."""

    def __init__(self, records: Iterable[Record], keyed: Keyed) -> None:
        records = list(records)
        newest: dict[str, Any] = {}
        for record in records:
            newest[record.name] = max(newest.get(record.name, record.extract), record.extract)
        standing = {(r.name, r.content()): r for r in records if r.extract == newest[r.name]}.values()
        self._keyed = keyed
        self._group: dict[str, set[str]] = {}
        self._kind: dict[str, str] = {}
        for record in records:
            for slot, mention in record.mentions.items():
                for key in record.keys_of(slot):
                    self._group.setdefault(key, {key})
                    self._kind[key] = min(self._kind.get(key, mention.label), mention.label, key=_HIGHEST.index)
        for record in standing:
            for slot in record.mentions if SEALED not in record.access.compartments else ():
                one = set().union(*(self._group[key] for key in record.keys_of(slot)))
                for key in one:
                    self._group[key] = one
        self.events = [self._event(record) for record in standing]

    def thing_of(self, key: str) -> str:
        """The id of the thing that a key stands for."""
        return self._keyed("thing", min(self._group[key]))

    def id_of(self, record: Record) -> str:
        """A record's id."""
        return self._keyed("record", record.name)

    def _thing(self, record: Record, slot: str) -> Thing:
        keys = self._group[record.keys_of(slot)[0]]
        kind = min((self._kind[key] for key in keys), key=_HIGHEST.index)
        return Thing(kind, self._keyed("thing", min(keys)))

    def _event(self, record: Record) -> Event:
        sides, stated = [], []
        for link in record.links:
            first = link.observed_from or record.observed_from
            last = link.observed_to or link.observed_from or record.observed_to or record.observed_from
            if "record" in (link.source, link.target):
                slot = link.target if link.source == "record" else link.source
                sides.append(Side(link.type, self._thing(record, slot), link, first, last))
            else:
                other = Side(link.type, self._thing(record, link.target), link, first, last)
                stated.append((self._thing(record, link.source), other))
        return Event(
            self._keyed("record", record.name),
            record.agency,
            record.source,
            record.extract,
            record.label,
            dict(record.facts),
            tuple(sides),
            record.key,
            tuple(stated),
        )

    def labelled(self, *labels: str) -> list[Event]:
        return [event for event in self.events if event.label in labels]

    def agencies(self, records: Iterable[str]) -> set[str]:
        """Whose these records are."""
        wanted = set(records)
        return {event.agency for event in self.events if event.record in wanted}

    def missing(self, since: datetime, until: datetime) -> list[Event]:
        """Missing episodes that started from one moment on and before another."""
        return [
            e for e in self.labelled("Episode") if e.facts["kind"] == "missing" and since <= e.facts["started"] < until
        ]


def happened(side: Side, as_at: datetime) -> bool:
    """The link had been observed by then; one without a date had."""
    return side.first is None or side.first <= as_at


def found_by_then(event: Event, side: Side, as_at: datetime) -> bool:
    """A place where a child was found is not known before they were."""
    return side.type != "FOUND_AT" or (event.facts.get("ended") or event.facts["started"]) <= as_at


def over(event: Event, as_at: datetime) -> datetime | None:
    """When an episode ended, as far as it had by then."""
    ended = event.facts.get("ended")
    return ended if ended is not None and ended <= as_at else None


def replaced(one: Event, others: Iterable[Event]) -> bool:
    """True when the same agency assessed the same thing again after that day, by an assessment among these."""
    return any(
        other.agency == one.agency and other.facts["kind"] == one.facts["kind"] and other.facts["at"] > one.facts["at"]
        for other in others
    )
