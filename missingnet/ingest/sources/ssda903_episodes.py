"""SSDA903 Episodes: where a looked-after child is placed, under which legal status, from when to when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from missingnet.graph.records import LinkFact, Mention, Record
from missingnet.graph.times import start_of_day
from missingnet.ingest.declaration import Layout, Source
from missingnet.ingest.people import child_of_council, known_by, lives_at
from missingnet.ingest.row import HOME, Row

PLACES = {
    **{f"A{n}": "placed for adoption" for n in (3, 4, 5, 6)},
    **{f"U{n}": "foster placement" for n in (1, 2, 3, 4, 5, 6)},
    "P1": "with parents",
    "P2": "independent living",
    "P3": "residential employment",
    "H5": "semi-independent accommodation",
    "K1": "secure children's home",
    "K2": "children's home",
    "R1": "residential care home",
    "R2": "National Health Service or other medical setting",
    "R3": "family centre or mother and baby unit",
    "R5": "young offender institution",
    "S1": "residential school",
    **{f"T{n}": "temporary placement" for n in (0, 1, 2, 3, 4)},
    "Z1": "other placement",
}
#: Each year states only its changes (FORMATS §1). What the four codes of 2026 stand for is not public yet.
YEARS = (
    Layout("to 2024", codes={"PLACE": PLACES}),
    Layout("2025", since=date(2025, 3, 31), codes={"PLACE": {"H5": None, "P2": None, "K3": "supported accommodation"}}),
    Layout(
        "2026",
        since=date(2026, 3, 31),
        codes={"PLACE": {"Z1": None, **{f"Z{n}": f"Z{n}, meaning not published" for n in (11, 12, 13, 14)}}},
    ),
)
#: A number of Ofsted's is a house only where children live with staff; for fostering it is the agency's.
HOUSES = frozenset({"H5", "K1", "K2", "K3", "R1", "R3", "S1"})
#: Where staff run the house, its postcode may be told; elsewhere it is a family's front door.
STAFFED = HOUSES | {"R2", "R5"}


def read(row: Row) -> Iterator[Record]:
    """The placement; and, where they are recorded, the family home and a carer's home in records of their own."""
    reference = row.need("CHILD")
    child = known_by("Child", child_of_council(row.agency, reference))
    start, end = row.need_day("DECOM"), row.day("DEC")
    row.in_order("DECOM", start, "DEC", end)
    key = f"{reference}|{start.isoformat()}"
    code, urn = (row.reference("PLACE") or "").upper() or None, row.reference("URN")
    naming = ("CHILD", "DECOM")
    yield from lives_at(row, f"{key}|home", child, ("HOME_POST",), postcode=row.postcode("HOME_POST"), naming=naming)
    postcode = row.postcode("PL_POST")
    if code not in STAFFED:
        row.hide(HOME, "PL_POST")
        yield from lives_at(row, f"{key}|carer", child, ("PL_POST",), postcode=postcode, naming=naming)
        postcode = None
    registered = urn and code in HOUSES and set(urn.upper()) != {"X"}
    house = {"house": Mention("Home", (f"urn-ofsted:{urn}",))} if registered else {}
    yield row.record(
        "Placement",
        key,
        {
            "started": start,
            "ended": end,
            "place_code": code,
            "place_words": row.code("PLACE"),
            "provider_code": row.text("PLACE_PROVIDER"),
            "legal_status": row.text("LS"),
            "need_code": row.text("CIN"),
            "reason_new": row.text("RNE"),
            "reason_ended": row.text("REC"),
            "reason_change": row.text("REASON_PLACE_CHANGE"),
            "postcode": postcode,
        },
        of=child,
        mentions=house,
        links=[LinkFact("PLACED_IN", "record", "house")] if house else [],
        observed=(start_of_day(start), start_of_day(end or start)),
    )


SOURCE = Source(
    name="ssda903_episodes",
    title="SSDA903 return, Episodes: placements and legal status",
    read=read,
    labels=("Placement", "Description"),
    required=("CHILD", "DECOM", "LS", "PLACE"),
    columns=("RNE", "CIN", "PLACE_PROVIDER", "DEC", "REC", "REASON_PLACE_CHANGE", "HOME_POST", "PL_POST", "URN"),
    key=("CHILD", "DECOM"),
    dated_by=("DECOM", "DEC"),
    layouts=(*YEARS, Layout("XML", columns={"CHILDID": "CHILD", "PL": "PLACE"})),
)
