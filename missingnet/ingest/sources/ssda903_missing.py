"""SSDA903 Missing: periods missing from care or away from placement without authorisation.

Dates only, so an episode runs from London midnight of MIS_START to London midnight of MIS_END, precision 'day';
a blank MIS_END is still open. The return has no id for an episode: child and start name it.
"""

from __future__ import annotations

from collections.abc import Iterator

from missingnet.graph.records import Record
from missingnet.graph.times import start_of_day
from missingnet.ingest.declaration import Layout, Source
from missingnet.ingest.people import child_of_council, describe, known_by
from missingnet.ingest.row import Row

#: M: whereabouts not known. A: away from placement without authorisation, whereabouts known (DOMAIN §2).
KINDS = {"M": "missing", "A": "away"}


def read(row: Row) -> Iterator[Record]:
    """The child's date of birth as this table has it, and the episode."""
    reference = row.need("CHILD")
    child = known_by("Child", child_of_council(row.agency, reference))
    kind = row.need_code("MISSING")
    start, end = row.need_day("MIS_START"), row.day("MIS_END")
    row.in_order("MIS_START", start, "MIS_END", end)
    began, finished = start_of_day(start), start_of_day(end) if end else None
    if born := row.day("DOB"):
        yield describe(row, reference, child, born=born, references=(reference,), only=("CHILD", "DOB"))
    yield row.record(
        "Episode",
        f"{reference}|{start.isoformat()}",
        {"kind": kind, "started": began, "ended": finished, "missing_from": "care", "precision": "day"},
        of=child,
        observed=(began, finished or began),
    )


SOURCE = Source(
    name="ssda903_missing",
    title="SSDA903 return, Missing: missing and away from placement",
    read=read,
    labels=("Episode", "Description"),
    required=("CHILD", "MISSING", "MIS_START"),
    columns=("DOB", "MIS_END"),
    key=("CHILD", "MIS_START"),
    dated_by=("MIS_START", "MIS_END"),
    layouts=(Layout("every year", codes={"MISSING": KINDS}), Layout("XML", columns={"CHILDID": "CHILD"})),
)
