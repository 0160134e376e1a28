"""A council's register of children missing education, mapped by the TOML beside this file."""

from __future__ import annotations

from collections.abc import Iterator

from missingnet.graph.records import LinkFact, Mention, Record
from missingnet.graph.times import start_of_day
from missingnet.ingest.declaration import Source
from missingnet.ingest.people import COUNCIL_CHILD, council_child, described_by_council
from missingnet.ingest.row import Row

#: The steps of the day-by-day path, by the day on which each was taken (DOMAIN §4, 'School day by day').
STEPS = (
    *("home_contacted", "assessed", "police_told", "social_care_told", "welfare_told", "home_checked"),
    *("databases_checked", "reassessed", "off_roll", "transfer_file", "cme_team_told"),
)


def read(row: Row) -> Iterator[Record]:
    """The child as the register names them, and the time out of education with the school before it."""
    reference, child = row.need("reference"), council_child(row)
    started, ended = row.need_day("referred"), row.day("closed")
    row.in_order("referred", started, "closed", ended)
    yield described_by_council(row, reference, child)
    urn = row.reference("last_school_urn")
    school = {"school": Mention("School", (f"urn-dfe:{urn}",))} if urn else {}
    yield row.record(
        "MissingEducation",
        reference,
        {"started": started, "ended": ended, "last_attended": row.day("last_attended")}
        | {name: row.text(name) for name in ("reason", "status", "outcome")}
        | {name: row.day(name) for name in ("expected_return", *STEPS)}
        | {"concerns": row.texts("concerns")},
        of=child,
        mentions=school,
        links=[LinkFact("ENROLLED_AT", "record", "school")] if school else [],
        authorities=(row.reference("la_code"),),
        observed=(start_of_day(started), start_of_day(ended or started)),
    )


SOURCE = Source(
    name="cme_register",
    title="Register of children missing education",
    read=read,
    labels=("MissingEducation", "Description"),
    required=("reference", "la_code", "council_ref", "referred"),
    columns=(
        *COUNCIL_CHILD,
        "reason",
        "last_school_urn",
        "last_school",
        "last_attended",
        "status",
        "closed",
        "outcome",
        "expected_return",
        "concerns",
        *STEPS,
    ),
    key=("reference",),
    dated_by=("referred", "closed"),
    mapped=True,
)
