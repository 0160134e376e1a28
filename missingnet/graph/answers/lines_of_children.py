"""CHILD-LINES: one line for each child, missing and absent in order of date (Streetwise's chart). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pydantic import Field

from missingnet.graph.answers import Row
from missingnet.graph.answers.ties import Texts, texts


class Mark(Row):
    """One episode on a child's line."""

    kind: str = Field(description="'missing', 'absent', 'away' or 'no apparent risk'")
    began: datetime = Field(description="When it began, UTC")
    record: str = Field(description="The record by which it counts")
    agency: str = Field(description="Whose record that is")


class ChildLine(Row):
    """One child's line."""

    child_id: str = Field(description="The child")
    missing: int = Field(description="Missing episodes in the period")
    absent: int = Field(description="Absences, those graded of no apparent risk among them")
    away: int = Field(description="Times away from placement without authorisation")
    agencies: Texts = Field(description="By whose records they count")
    marks: tuple[Mark, ...] = Field(description="Each of them, in order", strict=False)


def lines_of(facts: Iterable[Any]) -> list[ChildLine]:
    """The children's lines, those with most episodes first."""
    found: dict[str, list[Mark]] = {}
    for fact in facts:
        mark = Mark(kind=fact.kind, began=fact.began, record=fact.record, agency=fact.agency)
        found.setdefault(fact.child_id, []).append(mark)
    lines = [
        ChildLine(
            child_id=child,
            missing=sum(m.kind == "missing" for m in marks),
            absent=sum(m.kind in ("absent", "no apparent risk") for m in marks),
            away=sum(m.kind == "away" for m in marks),
            agencies=texts(m.agency for m in marks),
            marks=tuple(sorted(marks, key=lambda m: (m.began, m.kind, m.record))),
        )
        for child, marks in found.items()
    ]
    return sorted(lines, key=lambda line: (-line.missing, -line.absent, line.marks[0].began, line.child_id))
