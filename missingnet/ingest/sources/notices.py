"""Notices and orders that a force served (such as a child abduction warning notice), mapped by the TOML beside."""

from __future__ import annotations

from collections.abc import Iterator

from missingnet.graph.records import Record
from missingnet.graph.times import start_of_day
from missingnet.ingest.declaration import Source
from missingnet.ingest.mentioned import Mentioned
from missingnet.ingest.people import child_of_council, known_by, nominal_of_force
from missingnet.ingest.row import Row


def read(row: Row) -> Iterator[Record]:
    """The notice, whom it protects and on whom it was served; and that person as the notice names them."""
    reference, council = row.need("reference"), row.reference("la_code")
    served, expires = row.day("served"), row.day("expires")
    row.in_order("served", served, "expires", expires)
    started, ended = row.instant("started"), row.instant("ended")
    row.in_order("started", started, "ended", ended)
    child = child_of_council(council, row.reference("child_ref"))
    nominal = row.reference("served_on_ref")
    person, name = known_by("Associate", nominal_of_force(row.need("force"), nominal)), row.text("served_on_name")
    named = Mentioned(row, reference, "NAMES", (council,))
    if person.keys or name:
        named.add(
            "served on",
            person,
            *("force", "served_on_ref", "served_on_name", "served_on_born"),
            role="served on",
            name=name,
            born=row.day("served_on_born"),
            references=(nominal,),
        )
    yield from named.described()
    begun = started or (start_of_day(served) if served else None)
    yield row.record(
        "Notice",
        reference,
        {"kind": row.text("kind"), "served": served, "expires": expires, "details": row.text("details")}
        | {"started": started, "ended": ended},
        of=known_by("Child", child) if child else None,
        mentions=named.mentions(),
        links=named.links(),
        authorities=(council,),
        observed=(begun, begun),
    )


SOURCE = Source(
    name="notices",
    title="Notices and orders served by the police",
    read=read,
    labels=("Notice", "Description"),
    required=("reference", "force", "kind", "served"),
    columns=(
        "started",
        "ended",
        "expires",
        "served_on_ref",
        "served_on_name",
        "served_on_born",
        "la_code",
        "child_ref",
        "details",
    ),
    key=("reference",),
    dated_by=("served",),
    mapped=True,
)
