"""Children at risk who are about to turn 18, and victims past it: is the transition to adult services agreed?"""

from __future__ import annotations

from collections.abc import Callable

from missingnet.graph.answers.turning_18 import Turning
from missingnet.visualise.pack.content import Block, Line, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import TURNING_18
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.words import NOT_RECORDED, day_words, listed


def _turning(*, past: bool) -> Callable[[Gathered], list[Block]]:
    def fill(pack: Gathered) -> list[Block]:
        lines = [
            Line(
                (
                    pack.called(row.child_id, "Child"),
                    day_words(row.turns),
                    listed([day_words(born) for born in row.born]),
                    "; ".join(row.at_risk) or NOT_RECORDED,
                ),
                row.records,
            )
            for row in pack.rows(TURNING_18, Turning)
            if row.state == "fired" and row.past is past
        ]
        columns = (("Child", 4), ("Turned 18" if past else "Turns 18", 2.5), ("Born, as recorded", 3), ("At risk", 7))
        return table("The longest past 18 first" if past else "The nearest first", columns, lines)

    return fill


SECTION = Section(
    name="turning_18",
    title="Turning 18",
    source="Operational group agenda (Framework, CMOG): turning 18; rule TURNING-18",
    parts=(
        Part("About to turn 18", (TURNING_18,), _turning(past=False)),
        Part("Victims past 18", (TURNING_18,), _turning(past=True)),
    ),
)
