"""Associates linked to two or more children, by how many agencies' records; never an assessment of the person."""

from __future__ import annotations

from missingnet.graph.answers.shared_associate import SharedAssociate
from missingnet.visualise.pack.content import Block, Line, Words, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import SHARED_ASSOCIATES
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.pack.sections.items_without_figures import silent
from missingnet.visualise.words import agencies_words, grade_words, span_words


def _associates(pack: Gathered) -> list[Block]:
    lines = [
        Line(
            (
                pack.called(row.associate_id, row.associate_kind)
                + (" (a child)" if row.associate_kind == "Child" else ""),
                f"{row.children}: {pack.all_called(row.child_ids, 'Child')}",
                ", ".join(row.ways),
                agencies_words(row.agencies),
                span_words(row.first, row.last),
                grade_words(row.grade),
            ),
            row.records,
        )
        for row in pack.rows(SHARED_ASSOCIATES, SharedAssociate)
    ]
    if not lines:
        return []
    columns = (
        ("Associate", 3.3),
        ("Children", 4.2),
        ("How linked", 2.8),
        ("Recorded by", 2.5),
        ("Observed", 2.4),
        ("Best grade", 2.3),
    )
    return [
        Words(
            "A link says that a record names both. It is not an assessment of the person: whether someone poses a "
            "risk is for police or social care to assess and record."
        ),
        *table("Associates linked to two or more children", columns, lines),
    ]


SECTION = Section(
    name="shared_associates",
    title="Associates of concern, notices and investigations",
    source="Operational group agenda (Framework, CMOG): associates of concern; rule SHARED-ASSOCIATE",
    parts=(
        Part("Associates", (SHARED_ASSOCIATES,), _associates),
        Part("Notices and investigations", (), silent("notices served and investigations in the period")),
    ),
)
