"""What most files say of a person or a place, in one way: names, identifiers and the record that describes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from missingnet.graph.records import Fact, LinkFact, Mention, Record
from missingnet.ingest import fields
from missingnet.ingest.fields import BadValue
from missingnet.ingest.row import HOME, Row


def child_of_council(authority: str | None, reference: str | None) -> str | None:
    """The key of a child by a council's own id, where both parts are known."""
    return f"council:{authority}:{reference}" if authority and reference else None


def nominal_of_force(force: str | None, reference: str | None) -> str | None:
    """The key of a person by a police force's own nominal reference."""
    return f"police:{force}:{reference}" if force and reference else None


def pupil(row: Row, column: str) -> str | None:
    """The key of a child by UPN; the codes UN1 to UN9 say why there is none and are no identifier."""
    found = fields.upn(row.text(column))
    return f"upn:{found}" if found else None


def known_by(label: str, *keys: str | None) -> Mention:
    """A mention by those of the keys that the row gives; by none, it is the row's own."""
    return Mention(label, tuple(dict.fromkeys(key for key in keys if key)))


def full_name(given: str | None, family: str | None) -> str | None:
    """Both parts of a name, or the one that was recorded."""
    return " ".join(part for part in (given, family) if part) or None


#: What is known by its marking: found by that, for a marking has no sound.
_MARKED: Final = ("Vehicle", "Phone", "OnlineHandle")


def describe(
    row: Row,
    key: str,
    whom: Mention,
    *,
    given: str | None = None,
    family: str | None = None,
    name: str | None = None,
    aliases: tuple[str, ...] = (),
    born: date | None = None,
    references: Iterable[str | None] = (),
    authorities: tuple[str | None, ...] = (),
    only: Iterable[str] | None = None,
    facts: Mapping[str, Fact] | None = None,
) -> Record:
    """What this row calls a person or place, to be found again by name, alias, reference and postcode."""
    name = name or full_name(given, family)
    known = [reference for reference in references if reference]
    marked = whom.label in _MARKED and bool(whom.keys) and bool(known)
    search = [f"name:{name}"] if name and not marked else []
    search += [f"alias:{alias}" for alias in aliases]
    search += [f"ref:{reference}" for reference in known]
    more = dict(facts or {})
    if isinstance(more.get("postcode"), str):
        search.append(f"postcode:{more['postcode']}")
    identifiers = tuple(" ".join(key.rsplit(":", 1)) for key in whom.keys if not key.startswith("record:"))
    said: dict[str, Fact] = {"name": name, "given": given, "family": family, "aliases": aliases, "born": born}
    return row.record(
        "Description",
        key,
        said | more | {"identifiers": identifiers},
        of=whom,
        authorities=authorities,
        search=search,
        only=only,
    )


def lives_at(
    row: Row,
    key: str,
    whom: Mention,
    columns: tuple[str, ...],
    *,
    postcode: str | None,
    address: str | None = None,
    uprn: str | None = None,
    authorities: tuple[str | None, ...] = (),
    naming: tuple[str, ...] = (),
) -> list[Record]:
    """Where a person lives, as a record of its own in the compartment 'home-address'; none when nothing is said.

    ``columns`` leave the raw row of every other record; ``naming`` are the columns that tie this record to the row.
    """
    row.hide(HOME, *columns)
    if not (postcode or address or uprn):
        return []
    links: tuple[LinkFact, ...] = ()
    mentions = {}
    if uprn:
        mentions["home"] = Mention("Place", (f"uprn:{uprn}",))
        links = (LinkFact("LIVES_AT", "whom", "home"),)
    where: dict[str, Fact] = {"address": address, **row.place_of(postcode)}
    return [
        row.record(
            "Description",
            key,
            where,
            of=whom,
            mentions=mentions,
            links=links,
            authorities=authorities,
            compartments=(HOME,),
            only=(*naming, *columns),
            search=[f"postcode:{postcode}"] if postcode else [],
        )
    ]


def uprn(row: Row, column: str) -> str | None:
    """A property's reference number, without leading noughts; below 100 it stands for 'none' in census extracts."""
    found = row.reference(column)
    if found is None or not found.lstrip("-").replace(".0", "").lstrip("0")[2:]:
        return None
    if not found.isdigit():
        row.problem(column, "not a property reference number", "Write its digits, or leave it blank.")
        return None
    return found.lstrip("0")


def premises(*, urn: str | None = None, property_number: str | None = None) -> Mention:
    """A place by its property number, or a home when it has Ofsted's number as well."""
    keys = (f"urn-ofsted:{urn}" if urn else None, f"uprn:{property_number}" if property_number else None)
    return known_by("Home" if urn else "Place", *keys)


def thing(row: Row, column: str, kind: str, reference: str) -> Mention:
    """A vehicle, phone or online handle by what is written on it; unknown by that, it is the row's own."""
    if kind == "Vehicle":
        mark = fields.registration(reference)
        return known_by("Vehicle", f"vrm:{mark}" if mark else None)
    try:
        if kind == "Phone":
            return Mention("Phone", (f"phone:{fields.telephone(reference)}",))
        return Mention("OnlineHandle", (f"handle:{fields.handle(reference)}",))
    except BadValue as fault:
        row.problem(column, fault.problem, fault.remedy)
        return Mention(kind)


#: How a council's own lists and registers name a child, in our words.
COUNCIL_CHILD = ("la_code", "council_ref", "upn", "forename", "surname", "born", "sex")


def council_child(row: Row) -> Mention:
    """The child of a council's list: by its own id and, where there is one, by UPN."""
    return known_by("Child", child_of_council(row.need("la_code"), row.need("council_ref")), pupil(row, "upn"))


def described_by_council(row: Row, key: str, child: Mention) -> Record:
    """The child as a council's list names it."""
    return describe(
        row,
        f"{key}|child",
        child,
        given=row.text("forename"),
        family=row.text("surname"),
        born=row.day("born"),
        references=(row.reference("council_ref"), fields.upn(row.text("upn"))),
        authorities=(row.reference("la_code"),),
        only=COUNCIL_CHILD,
        facts={"sex": row.code("sex")},
    )
