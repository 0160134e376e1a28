"""A force's register of people it links to children, mapped by the TOML beside this file. It lies in 'intelligence'."""

from __future__ import annotations

from collections.abc import Iterator

from missingnet.graph.records import Record
from missingnet.ingest.declaration import Source
from missingnet.ingest.people import describe, known_by, nominal_of_force
from missingnet.ingest.row import Row


def read(row: Row) -> Iterator[Record]:
    """The person as the force describes them; 'role' is the force's word and is kept as a quotation."""
    nominal = row.need("nominal")
    yield describe(
        row,
        nominal,
        known_by("Associate", nominal_of_force(row.need("force"), nominal)),
        given=row.text("forenames"),
        family=row.text("surname"),
        aliases=row.texts("aliases"),
        born=row.day("born"),
        references=(nominal,),
        facts={"sex": row.code("sex"), "note": row.text("role")},
    )


SOURCE = Source(
    name="associates",
    title="Police register of associates",
    read=read,
    labels=("Description",),
    required=("nominal", "force", "forenames", "surname", "role"),
    columns=("aliases", "born", "sex"),
    key=("nominal",),
    dated_by=("born",),
    compartments=("intelligence",),
    mapped=True,
)
