"""The days on which a school is open or closed, mapped by the TOML beside this file.

Where a file says when a school's terms are, its school days are those of its terms less its closures; where it says
closures only, they come off the calendar that the rulebook has for England.
"""

from __future__ import annotations

from collections.abc import Iterator

from missingnet.graph.records import LinkFact, Mention, Record
from missingnet.graph.times import start_of_day
from missingnet.ingest.declaration import Source
from missingnet.ingest.row import Row


def read(row: Row) -> Iterator[Record]:
    """One stretch of days of one school, first and last included."""
    urn, kind, started, ended = row.need("urn"), row.need_code("kind"), row.need_day("started"), row.need_day("ended")
    row.in_order("started", started, "ended", ended)
    yield row.record(
        "SchoolCalendar",
        f"{urn}|{kind}|{started:%Y%m%d}",
        {"kind": kind, "started": started, "ended": ended, "details": row.text("details")},
        mentions={"school": Mention("School", (f"urn-dfe:{urn}",))},
        links=[LinkFact("KEEPS", "school", "record")],
        observed=(start_of_day(started), start_of_day(ended)),
    )


SOURCE = Source(
    name="school_calendars",
    title="Schools' calendars: terms, holidays and closures",
    read=read,
    labels=("SchoolCalendar",),
    required=("urn", "kind", "started", "ended"),
    columns=("details",),
    key=("urn", "kind", "started"),
    mapped=True,
)
