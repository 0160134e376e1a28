"""The parts that police reports share: places, grades, and changes of risk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from missingnet.graph.records import Mention, Record
from missingnet.ingest.fields import BadValue, moment
from missingnet.ingest.mentioned import GradesOnLink, Mentioned
from missingnet.ingest.people import child_of_council, describe, known_by, nominal_of_force, premises, uprn
from missingnet.ingest.row import Row


@dataclass(frozen=True, slots=True)
class Spot:
    """The columns in which a report tells one place."""

    slot: str
    uprn: str
    address: str
    postcode: str
    urn: str | None = None
    kind: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Our names of the columns, those there are."""
        return tuple(c for c in (self.uprn, self.address, self.postcode, self.urn, self.kind) if c)

    def read(self, row: Row) -> SpotSaid:
        """What this row says there."""
        urn = row.reference(self.urn) if self.urn else None
        number = uprn(row, self.uprn)
        return SpotSaid(
            spot=self,
            slot=self.slot,
            mention=premises(urn=urn, property_number=number),
            address=row.text(self.address),
            postcode=row.postcode(self.postcode),
            kind=row.text(self.kind) if self.kind else None,
            number=number,
        )


@dataclass(frozen=True, slots=True)
class SpotSaid:
    """One place as a report tells it."""

    spot: Spot
    slot: str
    mention: Mention
    address: str | None
    postcode: str | None
    kind: str | None
    number: str | None

    @property
    def said(self) -> bool:
        """True when the row says anything of this place."""
        return bool(self.mention.keys or self.address or self.postcode)

    def same_as(self, other: SpotSaid, postcode: str | None) -> bool:
        """True when both are one property, or, where a property number is not given, one postcode."""
        if self.number and other.number:
            return self.number == other.number
        return self.postcode is not None and self.postcode in (other.postcode, postcode)

    def into(self, named: Mentioned, link: str) -> None:
        """Add the place, in the report's own words, to what the report names."""
        where = {**named.row.place_of(self.postcode), "address": self.address, "kind": self.kind}
        named.add(self.slot, self.mention, *self.spot.columns, link=link, name=self.address, facts=where)


#: How a police report names a child, in our words.
POLICE_CHILD: Final = ("nominal", "la_code", "la_child", "forenames", "surname", "born", "sex")


def reported_child(row: Row) -> Mention:
    """The child of a police report: by nominal and, where the force has it, by the council's own id."""
    nominal = nominal_of_force(row.need("force"), row.reference("nominal"))
    return known_by("Child", nominal, child_of_council(row.reference("la_code"), row.reference("la_child")))


def described_by_police(row: Row, reference: str, child: Mention) -> Record:
    """The child as this report names them."""
    return describe(
        row,
        f"{reference}|child",
        child,
        given=row.text("forenames"),
        family=row.text("surname"),
        aliases=row.texts("aliases"),
        born=row.day("born"),
        references=(row.reference("nominal"), row.reference("la_child")),
        authorities=(row.reference("la_code"),),
        only=("reference", "force", *POLICE_CHILD, "aliases", "ethnicity"),
        facts={"sex": row.code("sex"), "ethnicity": row.text("ethnicity")},
    )


@dataclass(frozen=True, slots=True)
class Grades:
    """How far a source and its information are trusted, in the scheme that the source grade belongs to."""

    scheme: str | None
    source: str | None
    assessment: str | None
    handling: str | None
    condition: str | None

    @classmethod
    def read(cls, row: Row) -> Grades:
        """The row's grades. One that its scheme does not have is left out and reported."""
        source = (row.text("source_grade") or "").upper()
        scheme = next((name for name, lists in _SCHEMES.items() if source in lists[0]), None)
        if scheme is None:
            row.problem("source_grade", "a source grade of neither 3x5x2 nor 5x5x5", "Give 1 to 3, or A to E.")
            return cls(None, None, None, None, row.text("condition"))
        found: list[str | None] = []
        for column, allowed in zip(("assessment_grade", "handling"), _SCHEMES[scheme][1:], strict=True):
            grade = (row.text(column) or "").upper()
            if grade and grade not in allowed:
                words = " or ".join(allowed)
                row.problem(column, f"a grade that {scheme} does not have", f"In {scheme} it is {words}.")
            found.append(grade if grade and grade in allowed else None)
        condition = row.text("condition")
        if scheme == "5x5x5" and found[1]:
            condition = condition or f"5x5x5 handling code {found[1]}"
        return cls(scheme, source, found[0], found[1], condition)

    @property
    def handling_class(self) -> str:
        """P only where sharing was permitted in so many words; everything else is handled with conditions."""
        return "P" if self.handling == "P" else "C"

    @property
    def on_link(self) -> GradesOnLink:
        """The grades as every link of the record carries them."""
        return {"source_grade": self.source, "assessment_grade": self.assessment, "handling": self.handling}


#: Scheme: grades of the source, of the information, and handling codes. Letters and digits swap meaning between them.
_SCHEMES = {"3x5x2": ("123", "ABCDE", "PC"), "5x5x5": ("ABCDE", "12345", "12345")}


_CHANGE = re.compile(r"(?P<at>.+?\d{2}:\d{2}(?::\d{2})?)\s+(?P<rest>.*>.*)")


def risk_changes(row: Row, column: str) -> tuple[str, ...]:
    """Each change of grade as 'instant grade>grade reason', the instant in UTC, the agency's words kept."""
    mapping = row.reading.mapping
    changes = []
    for part in row.texts(column):
        found = _CHANGE.fullmatch(part)
        try:
            if found is None:
                raise BadValue("a change of risk without time and grades", "Write it as 'time Medium>High reason'.")
            at, _ = moment(found["at"], row.reading.formats(column, mapping.times), mapping.zone)
            changes.append(f"{at.isoformat(timespec='minutes')} {found['rest']}")
        except BadValue as fault:
            row.problem(column, fault.problem, fault.remedy)
    return tuple(changes)
