"""A table as people read it: headings, lines and cells in words, from one answer; page, file and chart all use it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from missingnet.graph.answers import Answer, Row
from missingnet.graph.answers.counting import MEAN, NOT_PLACED
from missingnet.graph.answers.declared_tables import Table
from missingnet.graph.answers.tabled import ADDED, ALL, COUNTED, HIDDEN, TableCell, TableLine
from missingnet.visualise.words import (
    EPISODE_WORDS,
    NOT_RECORDED,
    agency_words,
    capital,
    legal_status_words,
    month_words,
    placement_words,
)

#: What stands in the place of a hidden number, and of one that nobody sent: never a nought.
HIDDEN_SIGN: Final = "c"
NOT_PROVIDED_WORDS: Final = "not provided"
#: SSDA903 PLACE_PROVIDER.
PROVIDER_WORDS: Final[Mapping[str, str]] = {
    "PR0": "parents or other person with parental responsibility",
    "PR1": "the council itself",
    "PR2": "another council",
    "PR3": "other public provision",
    "PR4": "private provision",
    "PR5": "voluntary provision",
}
#: What the lines of a table are, as the heading of their column.
LINE_WORDS: Final[Mapping[str, str]] = {
    "month": "Month",
    "lives": "Home or care",
    "placement": "Type of placement",
    "gender": "Gender",
    "ethnicity": "Ethnicity group",
    "age": "Age",
    "legal_status": "Legal status",
    "authority": "Local authority",
    "lpu": "Local policing unit",
    "home_district": "Postcode district of home",
    "found_district": "Postcode district where found",
    "times_missing": "Times missing",
    "times_for_absences": "Times missing",
    "length": "Length",
    "distance": "Miles from home",
    "home": "Children’s home",
    "provider": "Provider",
    "school": "School",
    "outcome": "Outcome",
    "themes": "Theme",
    "rag": "Triage",
}
_LIVES: Final = {"care": "In care", "home": "At home"}


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One number: as printed, as a number where there is one, its share, and why there is none."""

    text: str
    number: int | float | None
    share: float | None
    state: str
    measure: str
    column: str


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line: its words, whether it is the total, and the home or school that it is about."""

    period: str
    words: str
    total: bool
    thing_id: str | None
    thing_kind: str | None
    cells: tuple[SheetCell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table ready to be shown."""

    table: Table
    heading: str
    headings: tuple[str, ...]
    lines: tuple[SheetLine, ...]
    shares: bool
    """Some cell has a share."""

    @property
    def periods(self) -> list[str]:
        """The periods that are counted each by itself."""
        return list(dict.fromkeys(line.period for line in self.lines))


def sheet_of(table: Table, answer: Answer[Row]) -> Sheet:
    """The table's lines in words."""
    rows = [row for row in answer.rows if isinstance(row, TableLine)]
    first = rows[0].cells if rows else ()
    lines = tuple(
        SheetLine(
            period=period_words(row.period),
            words=line_words(table.lines, row.line),
            total=row.line == ALL,
            thing_id=row.thing_id,
            thing_kind=row.thing_kind,
            cells=tuple(_cell(table, cell) for cell in row.cells),
        )
        for row in rows
    )
    return Sheet(
        table=table,
        heading=LINE_WORDS.get(table.lines, table.lines.replace("_", " ").capitalize()),
        headings=tuple(_heading(table, cell, first) for cell in first),
        lines=lines,
        shares=any(cell.share is not None for line in lines for cell in line.cells),
    )


def _cell(table: Table, cell: TableCell) -> SheetCell:
    text = f"{cell.count:,}" if cell.count is not None else HIDDEN_SIGN if cell.state == HIDDEN else NOT_PROVIDED_WORDS
    number = cell.count if cell.state == COUNTED else None
    return SheetCell(text, number, cell.share, cell.state, cell.measure, column_words(table.columns, cell.column))


def _heading(table: Table, cell: TableCell, cells: Sequence[TableCell]) -> str:
    """What is counted in a column; the measure only where the table has several, or no columns."""
    measure = "Absences of each, on average" if cell.measure == MEAN else cell.measure.capitalize()
    if not cell.column:
        return measure
    several = len({one.measure for one in cells}) > 1
    words = column_words(table.columns, cell.column)
    return f"{words}: {cell.measure}" if several else words


def column_words(dimension: str | None, label: str) -> str:
    """What a column is called."""
    if label == ADDED:
        return "Added" if dimension == "kind" else "All"
    return line_words(dimension or "", label)


def line_words(dimension: str, label: str) -> str:
    """What a line, or a column, is called."""
    if label == ALL:
        return "All"
    if label in (NOT_RECORDED, NOT_PLACED):
        return label.capitalize()
    if dimension == "month":
        return month_words(date.fromisoformat(f"{label}-01"))
    if dimension == "kind":
        return EPISODE_WORDS.get(label, label.capitalize())
    if dimension == "lives":
        return _LIVES.get(label, label)
    if dimension == "placement":
        return capital(placement_words(label))
    if dimension == "legal_status":
        return capital(legal_status_words(label))
    if dimension == "provider":
        return capital(f"{PROVIDER_WORDS[label]} ({label})" if label in PROVIDER_WORDS else label)
    if dimension == "authority":
        return capital(agency_words(label))
    if dimension == "length":
        return {"48–168 h": "2–7 days", "over 168 h": "over 7 days"}.get(label, label)
    return capital(label) if dimension in ("gender", "check", "offered", "outcome", "in_time", "area") else label


def period_words(period: str) -> str:
    """A period of months in words: 'January 2026 to March 2026', or one month."""
    first, last = (date.fromisoformat(f"{month}-01") for month in period.split(".."))
    return month_words(first) if first == last else f"{month_words(first)} to {month_words(last)}"
