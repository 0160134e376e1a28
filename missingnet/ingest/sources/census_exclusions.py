"""School census, exclusions: when a pupil was suspended or excluded, for how many sessions, and why by code."""

from __future__ import annotations

from collections.abc import Iterator

from missingnet.graph.records import Fact, LinkFact, Record
from missingnet.graph.times import start_of_day
from missingnet.ingest.census import DATES, OFF_ROLL, ON_ROLL, pupil_key, school, term
from missingnet.ingest.declaration import Layout, Source
from missingnet.ingest.people import known_by
from missingnet.ingest.row import Row

REASONS = ("reason1", "reason2", "reason3")


def read(row: Row) -> Iterator[Record]:
    """One exclusion."""
    started = row.need_day("startdate")
    facts: dict[str, Fact] = {
        "kind": "exclusion",
        "started": started,
        "sessions": row.number_in("sessions"),
        "term": term(row),
        "category": row.text("category"),
        "reasons": tuple(r for r in map(row.text, REASONS) if r),
    }
    yield row.record(
        "SchoolAbsence",
        f"{row.need('sourceid')}|{row.need('pupilid')}|{row.need('exclusionid')}",
        facts,
        of=known_by("Child", pupil_key(row)),
        mentions={"school": school(row)},
        links=[LinkFact("ENROLLED_AT", "record", "school")],
        observed=(start_of_day(started), start_of_day(started)),
    )


SOURCE = Source(
    name="census_exclusions",
    title="School census: exclusions",
    read=read,
    labels=("SchoolAbsence",),
    required=("pupilid", "NativeId", "sourceid", "exclusionid", "startdate", "category"),
    columns=("sessions", *REASONS),
    key=("sourceid", "pupilid", "exclusionid"),
    dated_by=("startdate",),
    dates=DATES,
    layouts=(
        ON_ROLL,
        OFF_ROLL,
        Layout("on roll", columns={"termlyexclusionsonrolltableid": "exclusionid"}),
        Layout("no longer on roll", columns={"termlyexclusionsoffrolltableid": "exclusionid"}),
    ),
)
