"""A police force's safe-and-well checks kept apart from its reports, mapped by the TOML beside this file.

For a child often missing the police may agree with the parent, carer or social worker how often a check is made; such
a row names with whom and why, and need not have a time.
"""

from __future__ import annotations

from collections.abc import Iterator

from missingnet.graph.records import Record
from missingnet.ingest.declaration import Source
from missingnet.ingest.people import child_of_council, known_by, nominal_of_force
from missingnet.ingest.row import Row

WORDS = ("held_by", "findings", "agreed_with", "agreed_reason")


def read(row: Row) -> Iterator[Record]:
    """The check, or the agreement that none is made each time."""
    reference, force, council = row.need("reference"), row.need("force"), row.reference("la_code")
    at = row.instant("at")
    if at is None and row.text("agreed_with") is None:
        raise row.refuse("at", "blank", "Give when the check was made, or with whom it was agreed not to make one.")
    yield row.record(
        "SafeAndWellCheck",
        reference,
        {"at": at, **{name: row.text(name) for name in WORDS}}
        | {"episode_reference": row.reference("episode_ref"), "findings_shared": row.day("findings_shared")},
        of=known_by(
            "Child",
            child_of_council(council, row.reference("la_child")),
            nominal_of_force(force, row.need("nominal")),
        ),
        authorities=(council,),
        observed=(at, at),
    )


SOURCE = Source(
    name="safe_and_well_checks",
    title="Safe-and-well checks",
    read=read,
    labels=("SafeAndWellCheck",),
    required=("reference", "force", "nominal", "episode_ref", "at"),
    columns=("la_code", "la_child", *WORDS, "findings_shared"),
    key=("reference",),
    dated_by=("at",),
    mapped=True,
)
