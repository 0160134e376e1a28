"""Who was told that a child was missing or had returned, by whom and when; mapped by the TOML beside this file."""

from __future__ import annotations

from collections.abc import Iterator

from missingnet.graph.records import Record
from missingnet.ingest.declaration import Source
from missingnet.ingest.people import council_child
from missingnet.ingest.row import Row


def read(row: Row) -> Iterator[Record]:
    """One telling of one party, or why that party was not told."""
    reference, child = row.need("reference"), council_child(row)
    at = row.need_instant("at")
    yield row.record(
        "Notification",
        reference,
        {"told": row.need_code("told"), "told_by": row.code("told_by"), "at": at, "occasion": row.need_code("occasion")}
        | {"not_told_because": row.text("not_told_because"), "episode_reference": row.reference("episode_ref")},
        of=child,
        authorities=(row.reference("la_code"),),
        observed=(at, at),
    )


SOURCE = Source(
    name="notifications",
    title="Who was told of a child's episode or return, by whom and when",
    read=read,
    labels=("Notification",),
    required=("reference", "la_code", "council_ref", "told", "occasion", "at"),
    columns=("upn", "told_by", "not_told_because", "episode_ref"),
    key=("reference",),
    dated_by=("at",),
    mapped=True,
)
