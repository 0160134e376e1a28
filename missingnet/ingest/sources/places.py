"""A force's gazetteer: premises by property number, mapped by the TOML beside this file."""

from __future__ import annotations

from collections.abc import Iterator

from missingnet.graph.records import Record
from missingnet.ingest.declaration import Source
from missingnet.ingest.people import describe, premises, uprn
from missingnet.ingest.row import Row


def read(row: Row) -> Iterator[Record]:
    """The place as the force describes it."""
    number = uprn(row, "uprn")
    if number is None:
        raise row.refuse("uprn", "no property reference number", "Every row needs one.")
    yield describe(
        row,
        number,
        premises(property_number=number),
        name=row.text("name") or row.text("address"),
        references=(number,),
        facts=row.place_of(row.postcode("postcode"))
        | {"kind": row.text("kind"), "address": row.text("address"), "lpu": row.text("lpu")},
    )


SOURCE = Source(
    name="places",
    title="Police gazetteer of places",
    read=read,
    labels=("Description",),
    required=("uprn", "name", "kind"),
    columns=("force", "address", "postcode", "lpu"),
    key=("uprn",),
    mapped=True,
)
