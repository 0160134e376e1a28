"""Whom and what a record names beside its subject, and what the row calls them: one way for every source.

Each has a slot, a link from the record and, where words stand for it in the row, a Description, so that a page can
print those words and a search can find them. The Description has the class of the record that names it (law 'One
record, one class'). A bare reference describes nobody: an agency's register does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypedDict

from missingnet.graph.records import Fact, LinkFact, Mention, Record
from missingnet.ingest.people import describe, known_by, thing
from missingnet.ingest.row import Row

#: '12345' or 'N1234567': something with a digit and no space is a reference, anything else a name.
_REFERENCE = re.compile(r"(?=\S*\d)\S+")
_KINDS = {"child": "Child", "adult": "Associate", "unknown": "Associate"}
#: Said of whoever and whatever is known by words alone: the words are the row's, and nobody stands behind them yet.
AS_GIVEN: Final = "name as given; no reference recorded"


class GradesOnLink(TypedDict, total=False):
    """The three grades by the names that links and records have for them."""

    source_grade: str | None
    assessment_grade: str | None
    handling: str | None


@dataclass(frozen=True, slots=True)
class Named:
    """One mention. ``only`` are the columns it was read from."""

    slot: str
    mention: Mention
    link: LinkFact
    only: tuple[str, ...] = ()
    name: str | None = None
    aliases: tuple[str, ...] = ()
    born: date | None = None
    references: tuple[str | None, ...] = ()
    facts: Mapping[str, Fact] | None = None

    @property
    def in_words(self) -> bool:
        """True when the row says more of it than its reference."""
        more = self.facts or {}
        return bool(self.name or self.born or more.get("address") or more.get("postcode"))


class Mentioned:
    """All that one record names beside its subject. ``reference`` is the record's key within its source."""

    def __init__(
        self,
        row: Row,
        reference: str,
        link: str,
        authorities: tuple[str | None, ...] = (),
        grades: GradesOnLink | None = None,
    ) -> None:
        self.row, self.reference, self.link, self.authorities = row, reference, link, authorities
        self._grades = grades or GradesOnLink()
        self._named: list[Named] = []

    def add(
        self,
        slot: str,
        mention: Mention,
        *only: str,
        link: str | None = None,
        role: str | None = None,
        name: str | None = None,
        aliases: tuple[str, ...] = (),
        born: date | None = None,
        references: tuple[str | None, ...] = (),
        facts: Mapping[str, Fact] | None = None,
    ) -> None:
        """Someone or something, read from the columns ``only``."""
        joined = LinkFact(link or self.link, "record", slot, role=role, **self._grades)
        self._named.append(Named(slot, mention, joined, only, name, aliases, born, references, facts))

    def thing(self, slot: str, column: str, kind: str, *, role: str | None = None, alias: str | None = None) -> None:
        """The vehicle, telephone or online handle written in a column: its name is the marking as it was written.

        ``alias`` is a column with other words for it.
        """
        if said := self.row.reference(column):
            mention = thing(self.row, column, kind, said)
            name = said.replace(":", " ", 1) if kind == "OnlineHandle" else said
            references = tuple(dict.fromkeys((said, *(key.rpartition(":")[2] for key in mention.keys))))
            only: tuple[str, ...] = (column,)
            aliases: tuple[str, ...] = ()
            if alias and (words := self.row.text(alias)):
                only, aliases = (column, alias), (words,)
            self.add(slot, mention, *only, role=role, name=name, aliases=aliases, references=references)

    def people(
        self, column: str, slot: str, label: str, key_of: Callable[[str], str | None], role: str | None = None
    ) -> None:
        """Everyone named in a list: what looks like a reference is one, anything else is a name."""
        for place, who in enumerate(self.row.texts(column), start=1):
            self._person(column, f"{slot} {place}", label, who, key_of, role)

    def people_with_kinds(self, column: str, slot: str, key_of: Callable[[str], str | None]) -> None:
        """Everyone named in a list like 'N1234567 child; N7654321 adult; Taz unknown'."""
        for place, part in enumerate(self.row.texts(column), start=1):
            who, _, kind = part.rpartition(" ")
            label = _KINDS.get(kind.lower())
            if label is None or not who:
                who, label = part, "Associate"
            self._person(column, f"{slot} {place}", label, who, key_of, None)

    def _person(
        self, column: str, slot: str, label: str, who: str, key_of: Callable[[str], str | None], role: str | None
    ) -> None:
        key = key_of(who) if _REFERENCE.fullmatch(who) else None
        self.add(slot, known_by(label, key), column, role=role, name=None if key else who)

    def mentions(self) -> dict[str, Mention]:
        """Each of them by its slot."""
        return {named.slot: named.mention for named in self._named}

    def links(self) -> list[LinkFact]:
        """The record's links to them."""
        return [named.link for named in self._named]

    def described(self) -> Iterator[Record]:
        """What the row calls each of whom it has words for, in the class of the record itself."""
        for named in self._named:
            if named.in_words:
                mention = named.mention
                note: dict[str, Fact] = {} if mention.keys else {"note": AS_GIVEN}
                yield describe(
                    self.row,
                    f"{self.reference}|{named.slot}",
                    known_by(mention.label, *(mention.keys or (self._own_key(named.slot),))),
                    name=named.name,
                    aliases=named.aliases,
                    born=named.born,
                    references=named.references,
                    authorities=self.authorities,
                    only=(*self.row.reading.mapping.source.key[:1], *named.only),
                    facts=note | dict(named.facts or {}),
                )

    def _own_key(self, slot: str) -> str:
        """The key that the record itself gives to whom it names without an identifier."""
        return f"record:{self.row.agency}|{self.row.reading.mapping.source.name}|{self.reference}#{slot}"
