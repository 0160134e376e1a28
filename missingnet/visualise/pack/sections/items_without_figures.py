"""Agenda items for which this version asks no question: said plainly, so that silence is not read as 'none'."""

from __future__ import annotations

from collections.abc import Callable

from missingnet.visualise.pack.content import Block, Words
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.section import Part, Section


def silent(item: str) -> Callable[[Gathered], list[Block]]:
    """A part that says that nothing was asked about an agenda item."""
    return lambda _: [Words(f"No figures: this version asks no question about {item}.")]


SECTION = Section(
    name="items_without_figures",
    title="Other items of the agenda",
    source="Operational group agenda (Framework, CMOG)",
    parts=(
        Part(
            "Children living unregistered with universal services",
            (),
            silent("children unregistered with universal services, visited or not"),
        ),
        Part("Out of area, moved in and moved out", (), silent("children placed out of area, moved in or moved out")),
        Part("Turning 18", (), silent("children approaching 18 and victims past it")),
        Part("Return interview performance", (), silent("interviews offered, held and in time")),
        Part("Actions, and whether they had impact", (), silent("the actions of earlier meetings")),
        Part("Problem profile", (), silent("the problem profile as a whole (victims, offenders, locations, themes)")),
    ),
)
