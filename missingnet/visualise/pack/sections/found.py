"""Where the child went missing from, where and by whom the child was found, with whom, and the checks after."""

from __future__ import annotations

from missingnet.visualise.pack.content import Block, Line, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import TIMELINE
from missingnet.visualise.pack.reading import fact, own, said, things_called, within
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.words import agency_words, instant_words


def _found(pack: Gathered) -> list[Block]:
    events, _ = within(pack, own(pack, "Episode"))
    lines = [
        Line(
            (
                f"{instant_words(event.started, event.precision)}: {(event.kind or 'episode').capitalize()}",
                things_called(pack, event, "STARTED_AT"),
                things_called(pack, event, "FOUND_AT"),
                said(event, "found by"),
                things_called(pack, event, "WENT_WITH"),
            ),
            (event.record,),
        )
        for event in events
    ]
    columns = (("When", 3), ("Went from", 3.5), ("Found at", 3.5), ("Found by", 2.5), ("With whom", 3.5))
    return table("Each episode, newest first", columns, lines)


def _circumstances(pack: Gathered) -> list[Block]:
    events, _ = within(pack, own(pack, "Episode"))
    lines = [
        Line((instant_words(event.started, event.precision), words), (event.record,))
        for event in events
        if (words := fact(event, "circumstances"))
    ]
    return table("Quoted from the records", (("When", 3), ("Circumstances", 13)), lines)


def _checks(pack: Gathered) -> list[Block]:
    events, _ = within(pack, own(pack, "SafeAndWellCheck"))
    lines = [
        Line(
            (
                instant_words(event.started, event.precision),
                said(event, "held by"),
                said(event, "findings"),
                agency_words(event.agency),
            ),
            (event.record,),
        )
        for event in events
    ]
    return table(
        "Newest first",
        (("When", 3), ("Held by", 3), ("Found", 8), ("Recorded by", 3)),
        lines,
    )


SECTION = Section(
    name="found",
    title="Where found, and with whom",
    source="A child’s agenda: where found, with whom; rule SWC (Guidance ¶29–30)",
    parts=(
        Part(None, (TIMELINE,), _found),
        Part("Circumstances", (TIMELINE,), _circumstances),
        Part("Safe and well checks", (TIMELINE,), _checks),
    ),
)
