"""What a batch of records changes: which versions begin, end, move or go. Pure; it reads and writes no graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from missingnet.graph.access import needed, restricted, sealed
from missingnet.graph.keyed import Keyed
from missingnet.graph.records import Outcome, Record, VisibilityClass
from missingnet.graph.terms import FAMILY_OF
from missingnet.graph.versions import Version, in_conflict, runs


@dataclass(frozen=True, slots=True)
class Telling:
    """One file's word for a version: as of when, in which class, and in which row."""

    when: date
    access: VisibilityClass
    file_hash: str
    file: str
    row: int


@dataclass(frozen=True, slots=True)
class Stored:
    """One version as it stands in the graph, with every telling of it; ``file_hash`` is whose row it holds."""

    id: str
    content: str
    tellings: tuple[Telling, ...]
    known_from: datetime
    known_to: datetime
    access: VisibilityClass
    joins: tuple[str, ...]
    called: tuple[str, ...]
    file_hash: str
    agency: str
    born: date | None

    @property
    def seen(self) -> frozenset[date]:
        """The days, or instants, as of which it was told."""
        return frozenset(telling.when for telling in self.tellings)


#: What a trial was told of each record so far, by the record's id: later batches find it, as a load's find the graph.
Trial = dict[str, tuple[tuple[date, str], ...]]


@dataclass(frozen=True, slots=True)
class Begin:
    """A version to create, from the row just read or as a copy of a stored version with the same content."""

    id: str
    version: Version
    tellings: tuple[Telling, ...]
    access: VisibilityClass
    record: Record | None
    template: Stored | None
    joins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alter:
    """A stored version whose tellings, dates or class become other ones."""

    was: Stored
    version: Version
    tellings: tuple[Telling, ...]
    access: VisibilityClass
    gone: str | None
    """The hash of the file that is being removed, where one is."""

    @property
    def links_too(self) -> bool:
        """True when its links say something else as well: when it was known, and who may see it."""
        was = (self.was.known_from, self.was.known_to, self.was.access.canonical())
        return was != (self.version.known_from, self.version.known_to, self.access.canonical())

    @property
    def adopts(self) -> Telling | None:
        """The telling whose file it is said to come from, where the file whose row it holds is removed."""
        if self.was.file_hash != self.gone:
            return None
        return min(self.tellings, key=lambda telling: (telling.when, telling.file_hash))


@dataclass(slots=True)
class RecordPlan:
    """All that one record's stored versions need, and the joins each version states with whether they hold."""

    label: str
    record_id: str
    agency: str
    sealed: bool = False
    begin: list[Begin] = field(default_factory=list)
    alter: list[Alter] = field(default_factory=list)
    end: list[Stored] = field(default_factory=list)
    holds: dict[str, dict[str, bool]] = field(default_factory=dict)


def join_pairs(record: Record) -> tuple[str, ...]:
    """The pairs of keys, tab between, that a record states to be one: each mention's smallest with each other."""
    pairs = set()
    for slot, mention in record.mentions.items():
        first, *rest = record.keys_of(slot)
        pairs |= {f"{mention.label}\t{first}\t{other}" for other in rest}
    return tuple(sorted(pairs))


def calls(record: Record) -> tuple[str, ...]:
    """What a record calls the keys it names, tab between, where that may raise a thing's kind: a child, a home."""
    found = set()
    for slot, mention in record.mentions.items():
        if mention.label != FAMILY_OF[mention.label][-1]:
            found |= {f"{mention.label}\t{key}" for key in record.keys_of(slot)}
    return tuple(sorted(found))


#: A version's telling with its content.
_Told = tuple[Telling, str]


def plan_record(
    record_id: str,
    incoming: Sequence[Record],
    stored: Sequence[Stored],
    keyed: Keyed,
    tried: Sequence[tuple[date, str]] = (),
    *,
    closed: bool = False,
) -> tuple[RecordPlan | None, list[Outcome]]:
    """What these rows of one record change, and what became of each row, in the rows' order.

    ``None`` when nothing changes. The rows are equal in name and may differ in extract date and content. ``tried`` is
    what a trial was told of the record before; its plan is never written. ``closed``: a person has restricted it.
    """
    told: list[_Told] = [(telling, version.content) for version in stored for telling in version.tellings]
    sightings = [(telling.when, content) for telling, content in told] + list(tried)
    known = {_same(telling, content) for telling, content in told}
    before = set(sightings)
    rows: dict[str, Record] = {}
    states: list[tuple[date, str]] = []
    for record in incoming:
        content, whence = record.content(), record.provenance
        telling = Telling(record.when, record.access, whence.file_hash, whence.file, whence.row)
        states.append((record.when, content))
        sightings.append((record.when, content))
        if (same := _same(telling, content)) not in known:
            known.add(same)
            told.append((telling, content))
        rows.setdefault(content, record)
    outcomes: list[Outcome] = []
    heard = set(before)
    for state in states:
        if in_conflict(sightings, state[0]):
            outcomes.append("conflicting")
        elif not heard:
            outcomes.append("loaded")
        else:
            same_runs = state in heard or len(runs(heard)) == len(runs({*heard, state}))
            outcomes.append("unchanged" if same_runs else "changed")
        heard.add(state)
    if len(told) == sum(len(version.tellings) for version in stored):
        return None, outcomes
    return _difference(record_id, told, stored, rows, keyed, incoming[0].label, None, closed), outcomes


def plan_restriction(record_id: str, label: str, stored: Sequence[Stored], keyed: Keyed, *, closed: bool) -> RecordPlan:
    """What becomes of a record when a person restricts it, or lifts that: every version of it has another class."""
    told = [(telling, version.content) for version in stored for telling in version.tellings]
    return _difference(record_id, told, stored, {}, keyed, label, None, closed)


def plan_removal(
    record_id: str, label: str, stored: Sequence[Stored], gone: str | None, keyed: Keyed, *, closed: bool = False
) -> RecordPlan:
    """What becomes of a record when a file's tellings of it are taken away, as if they had never been told.

    ``gone`` is the file's hash; None takes the whole record away, whoever told it.
    """
    left = [(t, version.content) for version in stored for t in version.tellings if gone not in (None, t.file_hash)]
    if not left:
        return RecordPlan(label, record_id, stored[0].agency, end=list(stored))
    return _difference(record_id, left, stored, {}, keyed, label, gone, closed)


def _same(telling: Telling, content: str) -> tuple[date, str, str, str]:
    """What makes two tellings one: the same words as of the same day, in the same class, in one file."""
    return telling.when, content, telling.access.canonical(), telling.file_hash


def _strictness(access: VisibilityClass) -> tuple[int, str]:
    """Of two classes given on one day the stricter one holds: more compartments, then any settled order."""
    return len(needed(access)), access.canonical()


def _difference(
    record_id: str,
    told: Sequence[_Told],
    stored: Sequence[Stored],
    rows: Mapping[str, Record],
    keyed: Keyed,
    label: str,
    gone: str | None,
    closed: bool,
) -> RecordPlan:
    newest = max((telling for telling, _ in told), key=lambda telling: (telling.when, *_strictness(telling.access)))
    access = restricted(newest.access) if closed else newest.access
    plan = RecordPlan(
        label, record_id, stored[0].agency if stored else next(iter(rows.values())).agency, sealed(access)
    )
    spare = list(stored)
    taken = {version.id for version in stored}
    stated: list[tuple[str, Version, tuple[str, ...]]] = []
    for version in runs((telling.when, content) for telling, content in told):
        tellings = tuple(
            sorted(
                (t for t, content in told if content == version.content and t.when in version.seen),
                key=lambda t: (t.when, t.access.canonical(), t.file_hash),
            )
        )
        match = max(
            (s for s in spare if s.content == version.content and s.seen & set(version.seen)),
            key=lambda s: (len(s.seen & set(version.seen)), s.id),
            default=None,
        )
        if match is not None:
            spare.remove(match)
            identity, joins = match.id, match.joins
            alter = Alter(match, version, tellings, access, gone)
            if alter.links_too or alter.adopts or set(match.tellings) != set(tellings):
                plan.alter.append(alter)
        else:
            record = rows.get(version.content)
            alike = [s for s in stored if s.content == version.content]
            template = max(alike, key=lambda s: (s not in spare, bool(s.seen & set(version.seen)), s.id), default=None)
            joins = template.joins if template else join_pairs(record) if record else ()
            identity = keyed("version", f"{record_id}|{version.content}|{version.known_from.isoformat()}")
            while identity in taken:
                identity = keyed("version", identity)
            taken.add(identity)
            made_of = record if template is None else None
            plan.begin.append(Begin(identity, version, tellings, access, made_of, template, joins))
        stated.append((identity, version, joins))
    plan.end = spare
    # A join holds while the record says so now; where its newest extract contradicts itself, while all of it says so.
    current = [set(joins) for _, version, joins in stated if version.current]
    agreed = set.intersection(*current) if current else set()
    for identity, version, joins in stated:
        if joins:
            plan.holds[identity] = {pair: version.current and pair in agreed for pair in joins}
    return plan
