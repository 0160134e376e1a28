"""SSDA903 Header: who the looked-after child is, as the council recorded them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from missingnet.graph.records import Record
from missingnet.ingest.declaration import Layout, Source
from missingnet.ingest.people import child_of_council, describe, known_by, pupil
from missingnet.ingest.row import Row

#: The year ends on 31 March. Sex was 1 and 2 up to 2024; from the 2024-25 return it is M, F and U.
SEX = (
    Layout("to 2024", codes={"SEX": {"1": "male", "2": "female"}}),
    Layout(
        "2025",
        since=date(2025, 3, 31),
        codes={"SEX": {"1": None, "2": None, "M": "male", "F": "female", "U": "unknown"}},
    ),
)
#: The XML form calls the child CHILDID.
XML = Layout("XML", columns={"CHILDID": "CHILD"})


def read(row: Row) -> Iterator[Record]:
    """One description of the child. MOTHER and MC_DOB stay in the row as it came: no rule asks for them."""
    reference = row.need("CHILD")
    child = known_by("Child", child_of_council(row.agency, reference), pupil(row, "UPN"))
    yield describe(
        row,
        reference,
        child,
        born=row.day("DOB"),
        references=(reference, row.reference("UPN")),
        facts={"sex": row.code("SEX"), "ethnicity": row.text("ETHNIC")},
    )


SOURCE = Source(
    name="ssda903_header",
    title="SSDA903 return, Header: looked-after children",
    read=read,
    labels=("Description",),
    required=("CHILD", "SEX", "DOB", "ETHNIC"),
    columns=("UPN", "MOTHER", "MC_DOB"),
    key=("CHILD",),
    dated_by=("DOB", "MC_DOB"),
    layouts=(*SEX, XML),
)
