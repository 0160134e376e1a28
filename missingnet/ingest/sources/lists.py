"""A council's lists of children (CSE, gangs, NRM, home educated, child protection plans, section 47 enquiries), mapped
by the TOML beside this file."""

from __future__ import annotations

from collections.abc import Iterator

from missingnet.graph.records import Record
from missingnet.graph.times import start_of_day
from missingnet.ingest.declaration import Source
from missingnet.ingest.people import COUNCIL_CHILD, council_child, described_by_council
from missingnet.ingest.row import Row

#: That a child stands on one of these lists is itself known to few.
COMPARTMENTS = {"cse": ("cse",), "nrm": ("trafficking",)}


def read(row: Row) -> Iterator[Record]:
    """The child as the list names them, and the entry; both in the list's compartment."""
    reference, which, child = row.need("reference"), row.need_code("list"), council_child(row)
    row.classed(*COMPARTMENTS.get(which, ()))
    added, removed = row.day("added"), row.day("removed")
    row.in_order("added", added, "removed", removed)
    yield described_by_council(row, reference, child)
    begun = start_of_day(added) if added else None
    yield row.record(
        "ListEntry",
        reference,
        {"list": which, "added": added, "removed": removed, "status": row.text("status"), "worker": row.text("worker")},
        of=child,
        authorities=(row.reference("la_code"),),
        observed=(begun, start_of_day(removed) if removed else begun),
    )


SOURCE = Source(
    name="lists",
    title="Lists of children: CSE, gangs, NRM, home educated, child protection",
    read=read,
    labels=("ListEntry", "Description"),
    required=("reference", "la_code", "council_ref", "list"),
    columns=(*COUNCIL_CHILD, "added", "removed", "status", "worker"),
    key=("reference",),
    dated_by=("added", "removed"),
    mapped=True,
)
