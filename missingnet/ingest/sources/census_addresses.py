"""School census, addresses: where a pupil lives, in the compartment 'home-address'."""

from __future__ import annotations

from collections.abc import Iterator

from missingnet.graph.records import Record
from missingnet.ingest.census import DATES, OFF_ROLL, ON_ROLL, pupil_key
from missingnet.ingest.declaration import Layout, Source
from missingnet.ingest.people import known_by, lives_at, uprn
from missingnet.ingest.row import HOME, Row

UPRN = "uniquepropertyreferencenumber"


def read(row: Row) -> Iterator[Record]:
    """The home, linked to the pupil where the property number is given."""
    yield from lives_at(
        row,
        f"{row.need('sourceid')}|{row.need('pupilid')}|{row.need('addressid')}",
        known_by("Child", pupil_key(row)),
        (UPRN, "postcode"),
        postcode=row.postcode("postcode"),
        uprn=uprn(row, UPRN),
        naming=("pupilid", "NativeId", "addressid", "sourceid"),
    )


SOURCE = Source(
    name="census_addresses",
    title="School census: addresses",
    read=read,
    labels=("Description",),
    required=("pupilid", "sourceid", "addressid", "postcode"),
    columns=("NativeId", UPRN),
    key=("sourceid", "pupilid", "addressid"),
    dates=DATES,
    compartments=(HOME,),
    layouts=(
        ON_ROLL,
        OFF_ROLL,
        Layout("on roll", columns={"addressesonrolltableid": "addressid"}),
        Layout("no longer on roll", columns={"addressesoffrolltableid": "addressid"}),
    ),
)
