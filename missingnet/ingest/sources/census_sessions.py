"""School census, session details: how many sessions of a term a pupil missed, by attendance code.

They are observed from the first day of the term that they were counted in, which is the one before the census.
The codes abolished in August 2024 (H, J, Y) are still sent and kept as they came; no code means 'missing' (FORMATS §3).
"""

from __future__ import annotations

from collections.abc import Iterator

from missingnet.graph.records import LinkFact, Record
from missingnet.graph.times import start_of_day
from missingnet.ingest.census import DATES, OFF_ROLL, ON_ROLL, attendance_from, pupil_key, school, term
from missingnet.ingest.declaration import Layout, Source
from missingnet.ingest.people import known_by
from missingnet.ingest.row import Row


def read(row: Row) -> Iterator[Record]:
    """One code and its sessions."""
    counted_from = start_of_day(attendance_from(row))
    yield row.record(
        "SchoolAbsence",
        f"{row.need('sourceid')}|{row.need('pupilid')}|{row.need('sessionid')}",
        {"kind": "sessions", "code": row.need("attendancereason"), "sessions": row.number_in("sessions")}
        | {"term": term(row)},
        of=known_by("Child", pupil_key(row)),
        mentions={"school": school(row)},
        links=[LinkFact("ENROLLED_AT", "record", "school")],
        observed=(counted_from, counted_from),
    )


SOURCE = Source(
    name="census_sessions",
    title="School census: sessions missed, by code",
    read=read,
    labels=("SchoolAbsence",),
    required=("pupilid", "NativeId", "sourceid", "sessionid", "sessions", "attendancereason"),
    key=("sourceid", "pupilid", "sessionid"),
    dates=DATES,
    layouts=(
        ON_ROLL,
        OFF_ROLL,
        Layout("on roll", columns={"termlysessiondetailsonrolltableid": "sessionid"}),
        Layout("no longer on roll", columns={"termlysessiondetailsoffrolltableid": "sessionid"}),
    ),
)
