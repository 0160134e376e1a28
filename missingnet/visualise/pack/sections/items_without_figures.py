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
    parts=(Part("Actions, and whether they had impact", (), silent("the actions of earlier meetings")),),
)
