"""SSDA903 UASC: children who came to this country alone, seeking asylum, and the day that status ends."""

from __future__ import annotations

from collections.abc import Iterator

from missingnet.graph.records import Record
from missingnet.ingest.declaration import Layout, Source
from missingnet.ingest.people import child_of_council, describe, known_by
from missingnet.ingest.row import Row
from missingnet.ingest.sources.ssda903_header import SEX


def read(row: Row) -> Iterator[Record]:
    """A description of the child, and their standing on the list 'uasc'."""
    reference = row.need("CHILD")
    child = known_by("Child", child_of_council(row.agency, reference))
    only = ("CHILD", "SEX", "DOB")
    yield describe(
        row, reference, child, born=row.day("DOB"), references=(reference,), facts={"sex": row.code("SEX")}, only=only
    )
    yield row.record("ListEntry", f"{reference}|uasc", {"list": "uasc", "removed": row.day("DUC")}, of=child)


SOURCE = Source(
    name="ssda903_uasc",
    title="SSDA903 return, UASC: unaccompanied asylum-seeking children",
    read=read,
    labels=("ListEntry", "Description"),
    required=("CHILD", "DOB", "DUC"),
    columns=("SEX",),
    key=("CHILD",),
    dated_by=("DOB",),
    layouts=(*SEX, Layout("XML", columns={"CHILDID": "CHILD"})),
)
