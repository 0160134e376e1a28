"""Placements, newest first: where, under which legal status, by whom provided, why begun and ended."""

from __future__ import annotations

from missingnet.graph.answers.events import Event
from missingnet.visualise.pack.content import Block, Line, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import TIMELINE
from missingnet.visualise.pack.reading import fact, own, things_called, within
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.words import NOT_RECORDED, agency_words, instant_words, legal_status_words, placement_words


def _reasons(event: Event) -> str:
    """Why the placement began, changed and ended, by the codes recorded."""
    named = (("reason new", "began"), ("reason change", "changed"), ("reason ended", "ended"))
    return "; ".join(f"{word} {code}" for name, word in named if (code := fact(event, name))) or NOT_RECORDED


def _placements(pack: Gathered) -> list[Block]:
    lines = [
        Line(
            (
                instant_words(event.started, "day"),
                "still open" if event.open else instant_words(event.ended, "day"),
                placement_words(fact(event, "place code")),
                things_called(pack, event, "PLACED_IN"),
                legal_status_words(fact(event, "legal status")),
                _reasons(event),
                agency_words(event.agency),
            ),
            (event.record,),
        )
        for event in within(pack, own(pack, "Placement"))[0]
    ]
    columns = (
        ("From", 2),
        ("To", 2),
        ("Kind", 2.6),
        ("Where", 3),
        ("Legal status", 2.8),
        ("Reason codes (SSDA903)", 2.4),
        ("Recorded by", 2),
    )
    return table("Newest first", columns, lines)


SECTION = Section(
    name="placements",
    title="Placements",
    source="A child’s agenda: placements",
    parts=(Part(None, (TIMELINE,), _placements, empty="No placement is recorded."),),
)
