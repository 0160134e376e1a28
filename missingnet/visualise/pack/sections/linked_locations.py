"""Places tied to each other through the same children, associates and vehicles: a picture and its table."""

from __future__ import annotations

from missingnet.graph.answers.linked_locations import LinkedLocations
from missingnet.visualise.pack.content import Block, Line, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.pictures import linked_places_picture
from missingnet.visualise.pack.questions import LINKED_PLACES
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.words import agencies_words, span_words


def _through(pack: Gathered, row: LinkedLocations) -> str:
    """Who and what was at both places."""
    parts = (
        ("Children", row.child_ids, "Child"),
        ("Associates", row.associate_ids, "Associate"),
        ("Vehicles", row.vehicle_ids, "Vehicle"),
    )
    return ". ".join(f"{words}: {pack.all_called(ids, kind)}" for words, ids, kind in parts if ids)


def _linked(pack: Gathered) -> list[Block]:
    rows = pack.rows(LINKED_PLACES, LinkedLocations)
    lines = [
        Line(
            (
                f"{pack.called(row.place_id, row.place_kind)} and {pack.called(row.other_id, row.other_kind)}",
                str(row.shared),
                _through(pack, row),
                ", ".join(row.ways),
                span_words(row.first, row.last),
                agencies_words(row.agencies),
            ),
            row.records,
        )
        for row in rows
    ]
    columns = (
        ("Places", 4),
        ("Shared", 1.6),
        ("Through whom or what", 4.5),
        ("How known", 2.6),
        ("Observed", 2.4),
        ("Recorded by", 2.4),
    )
    return [
        *linked_places_picture(pack, rows),
        *table("Pairs of places, with who and what was at both", columns, lines),
    ]


SECTION = Section(
    name="linked_locations",
    title="Linked locations",
    source="Operational group agenda (Framework, CMOG): locations; rule LINKED-LOCATIONS (Framework)",
    parts=(Part(None, (LINKED_PLACES,), _linked),),
)
