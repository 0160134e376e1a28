"""The month's episodes and children by red, amber and green, from home and from care (Streetwise)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from missingnet.graph.answers.table_of_triage import TriagedEpisode
from missingnet.graph.answers.triage import LEVELS
from missingnet.visualise.pack.content import Block, Line, Words, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import TRIAGED
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.words import NOT_RECORDED

_LIVES = ("care", "home", None)


def _cells(each: Sequence[TriagedEpisode], count: Callable[[Iterable[TriagedEpisode]], int]) -> list[str]:
    """Of each level so many, and of all."""
    return [str(count(one for one in each if one.level == level)) for level in LEVELS] + [str(count(each))]


def _episodes(each: Iterable[TriagedEpisode]) -> int:
    return sum(1 for _ in each)


def _children(each: Iterable[TriagedEpisode]) -> int:
    return len({one.child_id for one in each})


def _line(name: str, each: Sequence[TriagedEpisode], count: Callable[[Iterable[TriagedEpisode]], int]) -> Line:
    records = {record for one in each for record in (one.record, *one.same_records)}
    return Line((name, *_cells(each, count)), tuple(sorted(records)))


def _columns(first: str) -> tuple[tuple[str, float], ...]:
    return ((first, 6), *((level.capitalize(), 2.5) for level in LEVELS), ("All", 2.5))


def _by_kind(pack: Gathered) -> list[Block]:
    """Missing and absent side by side, and added; an episode that a force graded of no apparent risk is an absence."""
    rows = pack.rows(TRIAGED, TriagedEpisode)
    kinds = (
        ("Missing", [row for row in rows if row.kind == "missing"]),
        ("Absent, or of no apparent risk", [row for row in rows if row.kind != "missing"]),
        ("Added", list(rows)),
    )
    lines = [_line(name, each, _episodes) for name, each in kinds if each]
    return table("Episodes, by the level of the child", _columns("Episodes"), lines)


def _by_home(pack: Gathered) -> list[Block]:
    rows = pack.rows(TRIAGED, TriagedEpisode)
    names = {"care": "From care", "home": "From home", None: f"From where is {NOT_RECORDED}"}
    lines = [
        _line(names[lives], each, _children)
        for lives in _LIVES
        if (each := [row for row in rows if row.lives == lives])
    ]
    if not lines:
        return []
    said = Words(
        "Red: the interview is offered first. Amber: find out more. Green: fewer than two episodes and no strong "
        "factor recorded. A level is a suggestion that a person may overrule with a reason; it orders the work and "
        "cancels no interview that is owed. A child who went from home and from care stands in both lines, and once "
        "in the last."
    )
    lines.append(_line("Children", list(rows), _children))
    return [said, *table("Different children with an episode in the month", _columns("Children"), lines)]


SECTION = Section(
    name="triage",
    title="Red, amber and green",
    source="Operational group agenda: interview performance; rule TRIAGE-RAG (Streetwise)",
    parts=(
        Part("Children, from home and from care", (TRIAGED,), _by_home, empty="No episode is recorded in the month."),
        Part("Episodes", (TRIAGED,), _by_kind, empty="No episode is recorded in the month."),
    ),
)
