"""A return-interview provider's export, mapped by the TOML beside this file. All of it lies in 'interviews'."""

from __future__ import annotations

from collections.abc import Iterator

from missingnet.graph.records import Record
from missingnet.ingest.declaration import Source
from missingnet.ingest.mentioned import Mentioned
from missingnet.ingest.people import child_of_council, describe, known_by, nominal_of_force, premises, uprn
from missingnet.ingest.row import Row

WORDS = (
    *("interviewer", "why", "where_went", "where_slept", "how_funded", "transport", "harm", "wishes"),
    *("parents_view", "advice", "decided_by", "decision_reason"),
)
TIMES = ("returned", "contacted", "offered", "held")
#: When what it found was passed on, by day.
SHARED = ("shared_with_police", "on_childs_record")
#: Column, kind of thing, and how the interview tells of it.
THINGS = (("vehicle", "Vehicle", "transport"), ("phone", "Phone", "contact"), ("handle", "OnlineHandle", "contact"))
#: Property number, words, postcode (where there is a column for it), and how the interview tells of the place.
SPOTS = (
    ("place_uprn", "where_went", "place_postcode", "went to"),
    ("slept_uprn", "where_slept", None, "slept at"),
)


def told_by(council: str | None, who: str) -> tuple[str | None, str]:
    """A child's council and id: '998:123456' names another council's child, '123456' one of this council's."""
    other, colon, reference = who.rpartition(":")
    return (other if colon else council), reference


def read(row: Row) -> Iterator[Record]:
    """The interview with whom and what it tells of, the child as the provider names them, and unidentified people."""
    reference, council, force = row.need("reference"), row.reference("la_code"), row.reference("force")
    theirs, nominal = row.reference("council_ref"), row.reference("police_ref")
    child = known_by("Child", child_of_council(council, theirs), nominal_of_force(force, nominal))
    times = {name: row.instant(name) for name in TIMES}
    row.in_order("offered", times["offered"], "held", times["held"])
    told = Mentioned(row, reference, "TELLS_OF", (council,))
    told.people("with_children", "child", "Child", lambda who: child_of_council(*told_by(council, who)), "with")
    told.people("with_adults", "adult", "Associate", lambda who: nominal_of_force(force, who), "with")
    for column, words, postcode, role in SPOTS:
        number, where = uprn(row, column), row.place_of(row.postcode(postcode)) if postcode else {}
        if number or where:
            only = (column, words, *((postcode,) if postcode else ()))
            place, name = premises(property_number=number), row.text(words)
            told.add(words, place, *only, role=role, name=name, references=(number,), facts=where)
    for column, kind, role in THINGS:
        told.thing(column, column, kind, role=role)
    yield describe(
        row,
        f"{reference}|child",
        child,
        given=row.text("forename"),
        family=row.text("surname"),
        born=row.day("born"),
        references=(theirs, nominal),
        authorities=(council,),
        only=("reference", "la_code", "council_ref", "force", "police_ref", "forename", "surname", "born"),
    )
    yield from told.described()
    company = "; ".join(said for column in ("with_children", "with_adults") if (said := row.text(column)))
    at = times["held"] or times["offered"] or times["contacted"] or times["returned"]
    yield row.record(
        "ReturnInterview",
        reference,
        {**times, **{name: row.text(name) for name in WORDS}, "with_whom": company or None}
        | {"outcome": row.code("outcome"), "episode_reference": row.reference("episode_ref")}
        | {"alone": row.yes("alone"), "independent": row.yes("independent")}
        | {"advocate_offered": row.yes("advocate_offered"), "themes": row.texts("themes")}
        | {name: row.day(name) for name in SHARED}
        | {"child_consulted": row.yes("child_consulted")},
        of=child,
        mentions=told.mentions(),
        links=told.links(),
        authorities=(council,),
        observed=(at, at),
    )


SOURCE = Source(
    name="return_interviews",
    title="Return interviews",
    read=read,
    labels=("ReturnInterview", "Description"),
    required=("reference", "council_ref", "returned", "outcome"),
    columns=(
        *("la_code", "force", "police_ref", "forename", "surname", "born", "episode_ref", *TIMES, *WORDS),
        *("alone", "independent", "advocate_offered", "themes", "place_uprn", "place_postcode", "slept_uprn"),
        *("with_children", "with_adults", "vehicle", "phone", "handle", *SHARED, "child_consulted"),
    ),
    key=("reference",),
    dated_by=TIMES,
    compartments=("interviews",),
    mapped=True,
)
