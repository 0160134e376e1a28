"""Children missing at the same time who share something, and how surprising that is given how often each goes."""

from __future__ import annotations

from missingnet.graph.answers.group_missing import GroupMissing
from missingnet.visualise.pack.content import Block, Line, Words, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import MISSING_TOGETHER
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.words import span_words, times_words

_RAREST = 0.001
_LEAST = 0.01


def surprise_words(row: GroupMissing) -> str:
    """How surprising: overlaps that chance alone would bring, and how likely so many are by chance."""
    odds = "under 1 in 1,000" if row.chance < _RAREST else f"about {row.chance:.1%}"
    often = "under 0.01" if row.expected < _LEAST else f"{row.expected:.2f}"
    return f"expected by chance: {often}; chance of so many: {odds}"


def _together(pack: Gathered) -> list[Block]:
    lines = []
    for row in pack.rows(MISSING_TOGETHER, GroupMissing):
        shared = "only the home they went from" if row.only_start_home else ", ".join(row.ways)
        lines.append(
            Line(
                (
                    pack.all_called(row.child_ids, "Child"),
                    times_words(row.times) + (", repeated" if row.repeated else ""),
                    f"{shared}: {pack.all_called(row.shared_ids)}",
                    span_words(row.first, row.last),
                    surprise_words(row),
                ),
                row.records,
            )
        )
    columns = (("Children", 3.8), ("How often", 1.8), ("What they shared", 5.6), ("When", 2.2), ("How surprising", 3))
    blocks = table("Sets of children missing at the same time", columns, lines)
    if blocks:
        blocks.insert(
            0,
            Words(
                "Consider one joint strategy meeting, with a record and a plan for each child (STRAT-GROUP). "
                "Children of one home who are often missing overlap by chance as well: the last column says how often "
                "all would be missing at once, did each go independently, as often and as long as in the year before."
            ),
        )
    return blocks


SECTION = Section(
    name="missing_together",
    title="Children missing together",
    source="Operational group agenda: group-missing; rule GROUP-MISSING (Procedures §3; Guidance ¶36)",
    parts=(Part(None, (MISSING_TOGETHER,), _together),),
)
