"""Meetings about a child, such as strategy meetings and MASE, mapped by the TOML beside this file.

One row is one child of one meeting: children discussed together stand in a row each, so that each has a record and a
plan of their own (Procedures §3), and rows that say the same reference were one joint meeting.
"""

from __future__ import annotations

from collections.abc import Iterator

from missingnet.graph.records import Record
from missingnet.graph.times import start_of_day
from missingnet.ingest.declaration import Source
from missingnet.ingest.people import council_child
from missingnet.ingest.row import Row

#: What is said of a child at such a meeting is known to few.
COMPARTMENTS = {"MASE": ("cse",)}
_WORDS = ("arranged_by", "chair", "chair_role", "outcome")


def read(row: Row) -> Iterator[Record]:
    """The meeting as it concerns one child."""
    reference, child, kind = row.need("reference"), council_child(row), row.need_code("kind")
    row.classed(*COMPARTMENTS.get(kind, ()))
    days = {name: row.day(name) for name in ("arranged", "planned", "held")}
    if not any(days.values()):
        raise row.refuse("held", "no date at all", "Give when it was arranged, is planned, or was held.")
    first = min(day for day in days.values() if day is not None)
    last = days["held"] or first
    yield row.record(
        "Meeting",
        f"{reference}|{row.need('council_ref')}",
        {"kind": kind, **days, **{name: row.text(name) for name in _WORDS}}
        | {"attended": row.texts("attended"), "brought_forward": row.yes("brought_forward")}
        | {"meeting_reference": reference, "episode_reference": row.reference("episode_ref")}
        | {"next_review": row.day("next_review")},
        of=child,
        authorities=(row.reference("la_code"),),
        observed=(start_of_day(first), start_of_day(last)),
    )


SOURCE = Source(
    name="meetings",
    title="Meetings about children: strategy meetings, MASE and others",
    read=read,
    labels=("Meeting",),
    required=("reference", "la_code", "council_ref", "kind", "held"),
    columns=("upn", "arranged", "planned", "attended", "brought_forward", "episode_ref", "next_review", *_WORDS),
    key=("reference", "council_ref"),
    dated_by=("held", "arranged"),
    mapped=True,
)
