"""Children moved into the area with a known risk, children moved out of it, and areas not told of an episode."""

from __future__ import annotations

from missingnet.graph.answers.clock_row import ClockRow
from missingnet.graph.answers.moved import Moved, MovedOut
from missingnet.visualise.pack.content import Block, Line, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import AREAS_TOLD, MOVED_IN, MOVED_OUT
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.words import NOT_RECORDED, agency_words, day_words, instant_words

_NONE = "No such move is recorded in the period."


def _area(code: str | None) -> str:
    return agency_words(code) if code else NOT_RECORDED


def _moved(pack: Gathered, row: Moved) -> tuple[str, ...]:
    return (
        pack.called(row.child_id, "Child"),
        day_words(row.day),
        _area(row.responsible),
        _area(row.host),
        pack.called(row.home_id, "Home") if row.home_id else NOT_RECORDED,
    )


_COLUMNS = (("Child", 3.2), ("Since", 2.2), ("Looked after by", 2.4), ("Area of", 2.4), ("Home", 3))


def _moved_in(pack: Gathered) -> list[Block]:
    lines = [
        Line((*_moved(pack, row), "; ".join(row.risks) or "none recorded"), row.records)
        for row in pack.rows(MOVED_IN, Moved)
        if row.day is not None
    ]
    return table("Newly placed in the area; known risk first", (*_COLUMNS, ("Known risk", 3.6)), lines)


def _moved_out(pack: Gathered) -> list[Block]:
    lines = [
        Line(
            (
                *_moved(pack, row),
                "; ".join(row.risks) or "none recorded",
                "; ".join(row.notices) or "none in force",
                instant_words(row.area_told) if row.area_told else "not recorded as told",
            ),
            row.records,
        )
        for row in pack.rows(MOVED_OUT, MovedOut)
        if row.state == "fired"
    ]
    columns = (*_COLUMNS, ("Known risk", 2.8), ("Notices to follow", 2.6), ("New area told", 2.4))
    return table("Newly placed out of their authority’s area, the latest first", columns, lines)


def _areas(pack: Gathered) -> list[Block]:
    lines = [
        Line(
            (
                pack.called(row.child_id, "Child"),
                instant_words(row.began),
                row.state.capitalize(),
                row.who_acts.capitalize(),
                row.why,
            ),
            (row.record, *row.same_records, *row.answered_by),
        )
        for row in pack.rows(AREAS_TOLD, ClockRow)
        if row.standing == "broken"
    ]
    columns = (("Child", 3.2), ("Episode began", 2.8), ("State", 2.4), ("Who acts", 2.8), ("Facts", 5.6))
    return table("Placed out of area, and an authority was not told", columns, lines)


SECTION = Section(
    name="moved_in_and_out",
    title="Out of area, moved in and moved out",
    source="Operational group agenda (Framework, CMOG): out of area, moved in and out; rules MOVED-IN, MOVED-OUT, "
    "OOA-NOTIFY (Guidance ¶58, 69)",
    parts=(
        Part("Moved in", (MOVED_IN,), _moved_in, empty=_NONE),
        Part("Moved out", (MOVED_OUT,), _moved_out, empty=_NONE),
        Part("Episodes out of area that an authority was not told of", (AREAS_TOLD,), _areas),
    ),
)
