"""Children missing at the same time who share something, and how surprising that is given how often each goes."""

from __future__ import annotations

from missingnet.graph.answers.group_missing import GroupMissing
from missingnet.visualise.pack.content import Block, Line, Words, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import MISSING_TOGETHER
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.words import count_words, span_words, times_words

_RAREST = 0.001
_LEAST = 0.01


def surprise_words(row: GroupMissing) -> str:
    """How surprising: overlaps that chance would bring, how likely so many are, and how many like it are chance."""
    odds = "under 1 in 1,000" if row.chance < _RAREST else f"about {row.chance:.1%}"
    often = "under 0.01" if row.expected < _LEAST else f"{row.expected:.2f}"
    wrong = "under 1%" if row.false_discovery < _LEAST else f"about {row.false_discovery:.0%}"
    said = f"expected by chance: {often}; chance of so many: {odds}; of such rows {wrong} would be chance alone"
    return f"least likely of them: {said}" if row.folded else said


def _often(row: GroupMissing) -> str:
    earlier = f"; {times_words(row.before)} before" if row.before else ""
    return times_words(row.times) + (", repeated" if row.repeated else "") + earlier


def _shared(row: GroupMissing) -> str:
    if row.folded:
        return f"{count_words(row.folded, 'pair or set', 'pairs and sets')}, only the home they went from"
    return "only the home they went from" if row.only_start_home else ", ".join(row.ways)


def _together(pack: Gathered) -> list[Block]:
    lines = [
        Line(
            (
                pack.all_called(row.child_ids, "Child"),
                _often(row),
                f"{_shared(row)}: {pack.all_called(row.shared_ids)}",
                span_words(row.first, row.last),
                surprise_words(row),
            ),
            row.records,
        )
        for row in pack.rows(MISSING_TOGETHER, GroupMissing)
    ]
    columns = (("Children", 3.8), ("How often", 1.8), ("What they shared", 4.8), ("When", 2.2), ("How surprising", 3.8))
    blocks = table("Sets of children missing at the same time", columns, lines)
    if blocks:
        blocks.insert(
            0,
            Words(
                "Consider one joint strategy meeting, with a record and a plan for each child (STRAT-GROUP). "
                "Children who often go, at the same time of the week or from one home, overlap by chance as well. The "
                "last column sets that apart: how often all would be missing at once, had each gone at their own days "
                "and times of the week but in weeks drawn by lot; for one home, as much more often as its other "
                "children were. Pairs and sets that share only a home and may be chance are one row for each home, "
                "at the end."
            ),
        )
    return blocks


SECTION = Section(
    name="missing_together",
    title="Children missing together",
    source="Operational group agenda: group-missing; rule GROUP-MISSING (Procedures §3; Guidance ¶36)",
    parts=(Part(None, (MISSING_TOGETHER,), _together),),
)
