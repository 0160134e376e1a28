"""A record: one agency's statement, as it enters the graph.

A record is frozen. It holds facts about one event, mentions of people, places and things by the agency's own
identifiers, the links the row states, who may see it, and where it came from. Nothing here touches the graph.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any, Literal

from missingnet.graph.terms import EVENTS, LINKS, PEOPLE, THINGS

Fact = str | float | int | bool | date | datetime | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A person, place or thing that a record names, by strong identifiers ``scheme:value``.

    Several keys in one mention are an agency's statement that they are one (law: equal strong identifiers join).
    No key at all means that the record names something without an identifier: it stays its own.
    """

    label: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkFact:
    """A link that the row states. ``source`` and ``target`` are mention slots, or ``record`` for the event itself."""

    type: str
    source: str
    target: str
    role: str | None = None
    observed_from: datetime | None = None
    observed_to: datetime | None = None
    source_grade: str | None = None
    assessment_grade: str | None = None
    handling: str | None = None


@dataclass(frozen=True, slots=True)
class VisibilityClass:
    """Who may see a record: its owner, or an authority it concerns; and every compartment it lies in (DESIGN §7)."""

    owner: str
    authorities: tuple[str, ...] = ()
    compartments: tuple[str, ...] = ()
    handling: str | None = None
    condition: str | None = None

    def canonical(self) -> str:
        """The class as one text, equal for equal classes whatever the order its parts were given in."""
        return _canonical(self)


#: A load asks it of every record several times, and has few classes.
@lru_cache(maxsize=1024)
def _canonical(access: VisibilityClass) -> str:
    return _ENCODE(
        [access.owner, sorted(access.authorities), sorted(access.compartments), access.handling, access.condition]
    )


@dataclass(frozen=True, slots=True)
class Provenance:
    """The file and row a record was read from."""

    file: str
    file_hash: str
    row: int


@dataclass(frozen=True, slots=True)
class Record:
    """One version of one agency's record, ready to be stored (DESIGN §2, §3)."""

    source: str
    agency: str
    key: str
    label: str
    facts: Mapping[str, Fact]
    mentions: Mapping[str, Mention]
    links: tuple[LinkFact, ...]
    access: VisibilityClass
    extract: date
    provenance: Provenance
    raw: Mapping[str, str]
    observed_from: datetime | None = None
    observed_to: datetime | None = None
    search: tuple[str, ...] = field(default=())
    told: datetime | None = None
    """When it was told, for what is entered here and not extracted: its versions follow instants, not days."""

    @property
    def when(self) -> date:
        """What orders the record's versions: the instant it was told, else the day of its extract."""
        return self.told or self.extract

    @property
    def name(self) -> str:
        """The record's own name, the same for all its versions."""
        return f"{self.agency}|{self.source}|{self.key}"

    def slot_key(self, slot: str) -> str:
        """The key of a mention that carries no identifier: the record itself, and the place in it."""
        return f"record:{self.name}#{slot}"

    def keys_of(self, slot: str) -> tuple[str, ...]:
        """The keys a mention is known by, smallest first, never empty."""
        keys = self.mentions[slot].keys
        return keys if len(keys) == 1 else tuple(sorted(set(keys))) or (self.slot_key(slot),)

    def content(self) -> str:
        """A hash of what the record says. Two extracts with equal content are one version.

        Left out: the file, the row, the layout of the row as it came, and the extract date, so that the same fact
        sent in another year's layout, or in XML and in CSV, is not taken for a change. Who may see it is left out
        as well: a record's newest class applies to all its versions.
        """
        body = [
            self.label,
            sorted((k, _plain(v)) for k, v in self.facts.items() if v is not None),
            sorted((slot, m.label, sorted(set(m.keys))) for slot, m in self.mentions.items()),
            sorted([_plain(said) for said in _LINK(link)] for link in self.links),
            _plain(self.observed_from),
            _plain(self.observed_to),
            sorted(self.search),
        ]
        return hashlib.sha256(_ENCODE(body).encode()).hexdigest()[:32]


#: Made once: a load asks for it for every row.
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode
_LINK = attrgetter(*LinkFact.__slots__)


def _plain(value: Fact) -> Any:
    if type(value) is str:
        return value
    if value is None:
        return ""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


_TYPES: Mapping[str, tuple[type, ...]] = {
    "text": (str,),
    "texts": (tuple,),
    "instant": (datetime,),
    "date": (date,),
    "number": (int, float),
    "whole": (int,),
    "yesno": (bool,),
}


def check(record: Record) -> None:
    """Refuse a record that uses a word the graph does not have. A fault in a source declaration, not in a row.

    :raises ValueError: names the source and the word, never a value.
    """
    facts = EVENTS.get(record.label)
    if facts is None:
        raise ValueError(f"source {record.source}: '{record.label}' is no kind of event")
    for name, value in record.facts.items():
        if name not in facts:
            raise ValueError(f"source {record.source}: a {record.label} has no fact '{name}'")
        kind = facts[name]
        if value is not None and (
            not isinstance(value, _TYPES[kind])
            or (kind == "date" and isinstance(value, datetime))
            or (kind == "number" and isinstance(value, bool))
        ):
            raise ValueError(f"source {record.source}: {record.label}.{name} must be {kind}")
        if isinstance(value, datetime) and value.tzinfo is not None:
            raise ValueError(f"source {record.source}: {record.label}.{name} must be naive UTC")
    for slot, mention in record.mentions.items():
        if mention.label not in THINGS:
            raise ValueError(f"source {record.source}: '{mention.label}' ({slot}) is no kind of thing")
    for link in record.links:
        term = LINKS.get(link.type)
        if term is None or link.type == "SAME_AS":
            raise ValueError(f"source {record.source}: '{link.type}' is no kind of link that a record states")
        for end, allowed in ((link.source, term.sources), (link.target, term.targets)):
            label = record.label if end == "record" else record.mentions[end].label
            # A person may turn out to be a child or an associate: either word is accepted where one is.
            if label not in allowed and not (label in PEOPLE and set(PEOPLE) & set(allowed)):
                raise ValueError(f"source {record.source}: {link.type} cannot stand at a {label}")
    # Who is tied to whom is found through the records that name both; a relation stated outright is no exception.
    named = {
        end for link in record.links if "record" in (link.source, link.target) for end in (link.source, link.target)
    }
    for link in record.links:
        if link.type == "LINKED_TO" and not {link.source, link.target} <= named:
            raise ValueError(f"source {record.source}: LINKED_TO is stated of somebody whom the record does not name")


#: ``removed``: the record, or the file, was removed and may not be loaded again; nothing of it is stored.
Outcome = Literal["loaded", "unchanged", "changed", "conflicting", "removed"]
