"""School census, pupils on roll: who is at which school, since when, and how many sessions were missed this term."""

from __future__ import annotations

from collections.abc import Iterator

from missingnet.graph.records import Fact, LinkFact, Record
from missingnet.graph.times import start_of_day
from missingnet.ingest import fields
from missingnet.ingest.census import DATES, ON_ROLL, SEX, pupil_key, school, term
from missingnet.ingest.declaration import Layout, Source
from missingnet.ingest.people import describe, known_by, pupil
from missingnet.ingest.row import Row

NAMES = (
    "pupilid",
    "NativeId",
    "sourceid",
    "upn",
    "dob",
    "surname",
    "forename",
    "middlenames",
    "preferredsurname",
    "sex",
)
SESSIONS = {
    "termlysessionspossible": "sessions_possible",
    "termlysessionsauthorised": "sessions_authorised",
    "termlysessionsunauthorised": "sessions_unauthorised",
}


def read(row: Row) -> Iterator[Record]:
    """The pupil as the school names them, and the enrolment as it stands in this term."""
    at_school, now, upn = school(row), term(row), fields.upn(row.text("upn"))
    table_key = pupil_key(row)
    child = known_by("Child", pupil(row, "upn"), table_key)
    started, ended = row.day("entrydate"), row.day("leavingdate")
    row.in_order("entrydate", started, "leavingdate", ended)
    key = "|".join((upn or table_key, row.need("NativeId"), started.isoformat() if started else "", now))
    preferred, family = row.text("preferredsurname"), row.text("surname")
    given = row.text("forename")
    yield describe(
        row,
        f"{key}|pupil",
        child,
        given=given,
        family=family,
        aliases=(f"{given} {preferred}",) if given and preferred and preferred != family else (),
        born=row.day("dob"),
        references=(upn,),
        only=NAMES,
        facts={"sex": row.code("sex")},
    )
    counts: dict[str, Fact] = {fact: row.number_in(column) for column, fact in SESSIONS.items()}
    begun, over = (start_of_day(day) if day else None for day in (started, ended))
    yield row.record(
        "Enrolment",
        key,
        {"started": started, "ended": ended, "year_group": row.reference("ncyear"), "part_time": row.yes("parttime")}
        | {"term": now}
        | counts,
        of=child,
        mentions={"school": at_school},
        links=[LinkFact("ENROLLED_AT", "record", "school")],
        observed=(begun, over or begun),
    )


SOURCE = Source(
    name="census_on_roll",
    title="School census: pupils on roll",
    read=read,
    labels=("Enrolment", "Description"),
    required=("pupilid", "NativeId", "sourceid", "upn", "entrydate"),
    columns=("dob", "surname", "forename", "middlenames", "preferredsurname", "sex", "parttime", "ncyear", *SESSIONS),
    key=("upn", "NativeId", "entrydate"),
    dated_by=("entrydate",),
    dates=DATES,
    layouts=(SEX, ON_ROLL, Layout("year group", columns={"ncyearactual": "ncyear"})),
)
