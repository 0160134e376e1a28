"""A police intelligence log, mapped by the TOML beside this file: one row is one stated relation, graded.

3x5x2 has a number for the source and a letter for the information; the older 5x5x5 the other way about, so which of
the two a row uses is told by its source grade. A 5x5x5 handling code never permitted sharing outside law enforcement
by itself: it is handled 'with conditions'. So is a row without a handling code.
"""

from __future__ import annotations

from collections.abc import Iterator

from missingnet.graph.records import Fact, LinkFact, Record
from missingnet.ingest.declaration import Source
from missingnet.ingest.mentioned import Mentioned
from missingnet.ingest.people import known_by, nominal_of_force, premises, uprn
from missingnet.ingest.reports import Grades
from missingnet.ingest.row import HOME, Row

ENDS, PEOPLE = ("subject", "object"), ("Child", "Associate")
#: Our word for a relation: the link it is, and the kinds at its other end.
RELATIONS = {
    **dict.fromkeys(
        ("associate", "boyfriend", "girlfriend", "friend", "sibling", "parent", "relative"), ("LINKED_TO", PEOPLE)
    ),
    "seen at": ("SEEN_AT", ("Place", "Home", "School")),
    "lives at": ("LIVES_AT", ("Place", "Home")),
    **dict.fromkeys(("uses", "drives", "calls"), ("USES", ("Vehicle", "Phone", "OnlineHandle"))),
}


def name_end(row: Row, end: str, force: str, told: Mentioned) -> None:
    """Whom or what one end of the relation names: people by nominal, places by property number, things by marking."""
    kind, reference, name = row.need_code(f"{end}_type"), row.reference(f"{end}_ref"), f"{end}_name"
    if kind not in (*PEOPLE, "Place") and reference:
        told.thing(end, f"{end}_ref", kind, alias=name)
        return
    where: dict[str, Fact] = {}
    if end == "object":
        where = row.place_of(row.postcode("object_postcode"))
        where |= {"address": row.text("object_address"), "kind": row.text("object_place_type")}
    who = nominal_of_force(force, reference) if kind in PEOPLE else None
    mention = premises(property_number=uprn(row, f"{end}_ref")) if kind == "Place" else known_by(kind, who)
    born = row.day("subject_born") if end == "subject" else None
    only = [column for column in SOURCE.fields if column.startswith(end)]
    told.add(end, mention, *only, name=row.text(name), born=born, references=(reference,), facts=where)


def read(row: Row) -> Iterator[Record]:
    """The intelligence with the link it states, and both ends as it names them."""
    log, force = row.need("reference"), row.need("force")
    relation, at, grades = row.code("relation"), row.instant("at"), Grades.read(row)
    said = [row.reference(f"{end}_ref") or row.text(f"{end}_name") or "" for end in ENDS]
    key = "|".join((log, said[0], row.text("relation") or "", said[1]))
    told = Mentioned(row, key, "NAMES", grades=grades.on_link)
    for end in ENDS:
        name_end(row, end, force, told)
    ends, links = told.mentions(), told.links()
    kind, others = RELATIONS.get(relation or "", (None, ()))
    lives = (HOME,) if kind == "LIVES_AT" and ends["subject"].label == "Child" else ()
    row.classed(*lives, handling=grades.handling_class, condition=grades.condition)
    if kind and ends["object"].label in others and (kind == "SEEN_AT" or ends["subject"].label in PEOPLE):
        links.append(LinkFact(kind, "subject", "object", relation, at, at, **grades.on_link))
    elif kind:
        row.problem("relation", "a relation that cannot stand between these two", "Loaded as naming both, unlinked.")
    yield from told.described()
    facts: dict[str, Fact] = {"at": at, "text": row.text("text"), "condition": grades.condition}
    yield row.record(
        "Intelligence",
        key,
        facts
        | {"scheme": grades.scheme, "source_grade": grades.source, "assessment_grade": grades.assessment}
        | {"handling": grades.handling},
        mentions=ends,
        links=links,
        observed=(at, at),
    )


SOURCE = Source(
    name="intelligence",
    title="Police intelligence log, 3x5x2 or 5x5x5",
    read=read,
    labels=("Intelligence", "Description"),
    required=("reference", "force", "subject_type", "object_type", "source_grade"),
    columns=(
        *("at", "assessment_grade", "handling", "condition", "subject_ref", "subject_name", "subject_born", "relation"),
        *("object_ref", "object_name", "object_address", "object_postcode", "object_place_type", "text"),
    ),
    key=("reference", "subject_ref", "relation", "object_ref"),
    dated_by=("at",),
    compartments=("intelligence",),
    mapped=True,
)
