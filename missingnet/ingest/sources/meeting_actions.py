"""Actions that meetings agreed: what, who, by when and with what impact, mapped by the TOML beside this file."""

from __future__ import annotations

from collections.abc import Iterator

from missingnet.graph.records import Record
from missingnet.graph.times import start_of_day
from missingnet.ingest.declaration import Source
from missingnet.ingest.mentioned import Mentioned
from missingnet.ingest.people import child_of_council, known_by, nominal_of_force, premises, uprn
from missingnet.ingest.row import Row


def read(row: Row) -> Iterator[Record]:
    """The action, the child it is for, and the person or place that it concerns."""
    reference, council = row.need("reference"), row.reference("la_code")
    child = child_of_council(council, row.reference("council_ref"))
    named = Mentioned(row, reference, "NAMES", (council,))
    force, nominal, number = row.reference("force"), row.reference("nominal"), uprn(row, "place_uprn")
    if nominal:
        named.add("person", known_by("Associate", nominal_of_force(force, nominal)), "force", "nominal")
    if number:
        named.add("place", premises(property_number=number), "place_uprn")
    if not child and not named.mentions():
        raise row.refuse("council_ref", "names nobody and no place", "Give the child, person or place it concerns.")
    if row.code("meeting_kind") == "MASE":
        row.classed("cse")
    agreed, due, done = row.need_day("agreed"), row.day("due"), row.day("done")
    row.in_order("agreed", agreed, "done", done)
    yield row.record(
        "Action",
        reference,
        {"what": row.need("what"), "owner": row.text("owner"), "agreed": agreed, "due": due, "done": done}
        | {"impact": row.text("impact"), "had_impact": row.yes("had_impact")}
        | {"meeting_reference": row.reference("meeting_ref")},
        of=known_by("Child", child) if child else None,
        mentions=named.mentions(),
        links=named.links(),
        authorities=(council,),
        observed=(start_of_day(agreed), start_of_day(done or agreed)),
    )


SOURCE = Source(
    name="meeting_actions",
    title="Actions of meetings: what, who, by when, done, and whether they had impact",
    read=read,
    labels=("Action",),
    required=("reference", "what", "agreed", "due"),
    columns=(
        *("meeting_ref", "meeting_kind", "la_code", "council_ref", "force", "nominal", "place_uprn"),
        *("owner", "done", "impact", "had_impact"),
    ),
    key=("reference",),
    dated_by=("agreed", "done"),
    mapped=True,
)
