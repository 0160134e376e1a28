"""A police force's absent reports from its incident log (such as Oasis), mapped by the TOML beside this file.

An absent report may become a missing one; it then names that report, and stays one episode of two agencies' words.
A location without Ofsted's number is taken for where the child lives, the stricter reading, and leaves the row.
"""

from __future__ import annotations

from collections.abc import Iterator

from missingnet.graph.records import Fact, Record
from missingnet.ingest.declaration import Source
from missingnet.ingest.mentioned import Mentioned
from missingnet.ingest.people import lives_at
from missingnet.ingest.reports import POLICE_CHILD, Spot, described_by_police, reported_child
from missingnet.ingest.row import Row

PLACE = Spot("location", "location_uprn", "location_address", "location_postcode", urn="location_urn")


def read(row: Row) -> Iterator[Record]:
    """The episode, the child as this log names them, and the place."""
    reference, council, child = row.need("reference"), row.reference("la_code"), reported_child(row)
    opened, closed = row.need_instant("opened"), row.instant("closed")
    row.in_order("opened", opened, "closed", closed)
    place = PLACE.read(row)
    shared = place.said and row.reference("location_urn") is not None
    if not shared:
        yield from lives_at(
            row,
            f"{reference}|home",
            child,
            PLACE.columns,
            postcode=place.postcode,
            address=place.address,
            authorities=(council,),
            naming=("reference", "force", "nominal"),
        )
    yield described_by_police(row, reference, child)
    named = Mentioned(row, reference, "STARTED_AT", (council,))
    if shared:
        place.into(named, "STARTED_AT")
    yield from named.described()
    facts: dict[str, Fact] = {
        "kind": "absent",
        "started": opened,
        "reported": opened,
        "ended": closed,
        "precision": "minute",
        "closure_code": row.text("closure_code"),
        "became": row.reference("became"),
        "lpu": row.text("lpu"),
        "authority": council,
        "circumstances": row.text("remarks"),
        "missing_from": "care" if shared else None,
    }
    yield row.record(
        "Episode",
        reference,
        facts,
        of=child,
        mentions=named.mentions(),
        links=named.links(),
        authorities=(council,),
        observed=(opened, closed or opened),
    )


SOURCE = Source(
    name="police_absent",
    title="Police absent reports from the incident log",
    read=read,
    labels=("Episode", "Description"),
    required=("reference", "force", "nominal", "opened", "closure_code"),
    columns=(*(*POLICE_CHILD, "closed", *PLACE.columns, "became", "lpu", "remarks"),),
    key=("reference",),
    dated_by=("opened", "closed"),
    mapped=True,
)
