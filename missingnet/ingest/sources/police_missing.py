"""A police force's missing-person reports (such as Compact's), mapped by the TOML beside this file.

Where the child lives leaves the report for a record of its own: the home postcode, and the place gone missing from
or found at when that is the home.
"""

from __future__ import annotations

from collections.abc import Iterator

from missingnet.graph.records import Record
from missingnet.ingest.declaration import Source
from missingnet.ingest.mentioned import Mentioned
from missingnet.ingest.people import lives_at, nominal_of_force, uprn
from missingnet.ingest.reports import POLICE_CHILD, Spot, described_by_police, reported_child, risk_changes
from missingnet.ingest.row import Row

FROM = Spot("from", "from_uprn", "from_address", "from_postcode", urn="from_urn")
FOUND = Spot("found", "found_uprn", "found_address", "found_postcode", kind="found_place_type")
CHECK = ("safe_and_well_at", "safe_and_well_by", "safe_and_well_findings")


def read(row: Row) -> Iterator[Record]:
    """The episode; the child, places and companions as this report calls them; and the safe-and-well check."""
    reference, force = row.need("reference"), row.need("force")
    council = row.reference("la_code")
    child = reported_child(row)
    times = {name: row.instant(name) for name in ("last_seen", "reported", "located", "returned")}
    started, ended = times["last_seen"] or times["reported"], times["located"] or times["returned"]
    if started is None:
        raise row.refuse("last_seen", "blank, and no time of report", "Give when the child was last seen or reported.")
    row.in_order("last_seen" if times["last_seen"] else "reported", started, "located", times["located"])
    row.in_order("last_seen" if times["last_seen"] else "reported", started, "returned", times["returned"])
    missing_from, home, tie = row.code("missing_from"), row.postcode("home_postcode"), ("reference", "force", "nominal")
    start, found = FROM.read(row), FOUND.read(row)
    at_home = missing_from == "home"
    found_at_home = at_home and found.same_as(start, home)
    columns = ("home_postcode", *(FROM.columns if at_home else ()), *(FOUND.columns if found_at_home else ()))
    yield from lives_at(
        row,
        f"{reference}|home",
        child,
        columns,
        postcode=home or (start.postcode if at_home else None),
        address=start.address if at_home else None,
        uprn=uprn(row, "from_uprn") if at_home else None,
        authorities=(council,),
        naming=tie,
    )
    yield described_by_police(row, reference, child)
    named = Mentioned(row, reference, "WENT_WITH", (council,))
    named.people_with_kinds("companions", "companion", lambda who: nominal_of_force(force, who))
    for spot, link, hidden in ((start, "STARTED_AT", at_home), (found, "FOUND_AT", found_at_home)):
        if spot.said and not hidden:
            spot.into(named, link)
    yield from named.described()
    changes = risk_changes(row, "risk_changes")
    yield row.record(
        "Episode",
        reference,
        {"kind": "missing", "started": started, "ended": ended, "precision": "minute", **times}
        | {"risk": row.code("risk") or row.code("first_risk"), "first_risk": row.code("first_risk")}
        | {"risk_changes": changes, "missing_from": missing_from, "notified": row.texts("notified")}
        | {"authority": council}
        | {name: row.text(name) for name in ("found_by", "circumstances", "lpu")},
        of=child,
        mentions=named.mentions(),
        links=named.links(),
        authorities=(council,),
        observed=(started, ended or started),
    )
    if any(row.text(column) for column in CHECK):
        at = row.instant(CHECK[0])
        done = at or ended or started
        yield row.record(
            "SafeAndWellCheck",
            f"{reference}|safe and well",
            {"at": at, "held_by": row.text(CHECK[1]), "findings": row.text(CHECK[2]), "episode_reference": reference},
            of=child,
            authorities=(council,),
            only=(*tie, *CHECK),
            observed=(done, done),
        )


SOURCE = Source(
    name="police_missing",
    title="Police missing-person reports",
    read=read,
    labels=("Episode", "SafeAndWellCheck", "Description"),
    required=("reference", "force", "nominal", "last_seen", "reported"),
    columns=(
        *(*POLICE_CHILD, "aliases", "ethnicity", "home_postcode"),
        *("located", "returned", "first_risk", "risk", "risk_changes", "missing_from"),
        *(*FROM.columns, *FOUND.columns, "found_by", "companions", "notified", *CHECK, "circumstances", "lpu"),
    ),
    key=("reference",),
    dated_by=("last_seen", "reported", "located", "returned"),
    mapped=True,
)
