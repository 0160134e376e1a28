"""Intelligence that names the child: the text as recorded, its grade, handling and the owner's condition."""

from __future__ import annotations

from missingnet.graph.answers.events import Event
from missingnet.visualise.pack.content import Block, Quote, Words
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import TIMELINE
from missingnet.visualise.pack.reading import fact, newest_first, said, within
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.words import agency_words, grade_words, handling_words, instant_words


def _named(pack: Gathered, event: Event) -> str:
    """Whom and what else the record names."""
    return "; ".join(sorted({pack.called(thing.id, thing.kind) for thing in event.things})) or "nobody and nothing else"


def _grade(event: Event) -> str:
    """The record's own grade, whole; empty when it is not graded."""
    return (fact(event, "source grade") or "") + (fact(event, "assessment grade") or "")


def _intelligence(pack: Gathered) -> list[Block]:
    found = newest_first(row for row in pack.rows(TIMELINE, Event) if row.label == "Intelligence")
    events, earlier = within(pack, found)
    blocks: list[Block] = [
        Quote(
            f"{instant_words(event.started, event.precision)}. {agency_words(event.agency)}. Grade: "
            f"{grade_words(_grade(event))}. Handling: "
            f"{handling_words(fact(event, 'handling'), fact(event, 'condition'))}. Names: {_named(pack, event)}",
            said(event, "text"),
            (event.record,),
        )
        for event in events
    ]
    if earlier:
        blocks.append(Words(f"Older than the span of this pack and not listed here: {earlier}."))
    return blocks


SECTION = Section(
    name="intelligence",
    title="Intelligence",
    source="A child’s agenda: information on suspected perpetrators; 3x5x2 grading (College of Policing)",
    parts=(Part(None, (TIMELINE,), _intelligence),),
)
