"""A table of one period, area and agency, asked as one reader: what page, file, JSON and command line all show."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from missingnet.api.asks import Asks, rows_of
from missingnet.api.recipients import in_words
from missingnet.api.spreadsheet import csv_text
from missingnet.graph import rulebook
from missingnet.graph.answers import Answer, Row, plain
from missingnet.graph.answers.declared_tables import Table, tables
from missingnet.graph.answers.lines_of_children import ChildLine
from missingnet.graph.catalogue import ParameterError
from missingnet.graph.numbers_only import newest_period
from missingnet.graph.times import start_of_day
from missingnet.visualise.sheet import Sheet, sheet_of
from missingnet.visualise.words import EPISODE_WORDS, agencies_words, instant_words

_MONTH: Final = r"(\d{4})-(0[1-9]|1[0-2])"
_PERIOD: Final = re.compile(rf"{_MONTH}(?:\.\.{_MONTH})?")
#: What every table in a file says of the conditions that owners set.
NONE_WITH_CONDITIONS: Final = "holds nothing that its owner shares with conditions only"
#: Months that a table covers when no period is named.
_USUAL: Final = 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which table, of which months, of which area and agency."""

    table: Table
    period: str
    since: datetime
    until: datetime
    area: str
    agency: str


@dataclass(frozen=True, slots=True)
class Tabled:
    """A table's answer, and the table as people read it; the lines of children where it is of single children."""

    wanted: Wanted
    answer: Answer[Row]
    sheet: Sheet
    children: tuple[ChildLine, ...]
    names: Mapping[str, str]
    """What the children are called, by id."""


def wanted_of(asks: Asks, name: str, period: str, area: str, agency: str) -> Wanted:
    """The table of that id over the months written '2026-01' or '2026-01..2026-10'; left out, twelve that are over.

    :raises ParameterError: no such table, or no such months.
    """
    known = tables()
    if name.upper() not in known:
        raise ParameterError(f"There is no such table. There are: {', '.join(known)}.")
    table = known[name.upper()]
    text = period.strip() or usual_period(asks, one=table.one_period)
    found = _PERIOD.fullmatch(text)
    if found is None:
        raise ParameterError("A period is months, written 2026-10 or 2026-01..2026-10.")
    first = date(int(found[1]), int(found[2]), 1)
    last = date(int(found[3]), int(found[4]), 1) if found[3] else first
    if last < first:
        raise ParameterError("The period's last month lies before its first.")
    after = (last + timedelta(days=32)).replace(day=1)
    return Wanted(table, text, start_of_day(first), start_of_day(after), area.strip(), agency.strip())


def usual_period(asks: Asks, *, one: bool = False) -> str:
    """The last twelve months that are over; for a reader without names, the last twelve in whole fixed periods, or the
    last one alone."""
    as_at = asks.moment.as_at
    months = 1 if asks.asker.reader.names else int(rulebook.default("SUPPRESSION", "period_months", as_at))
    _, last = newest_period(as_at, months)
    end = int(last[:4]) * 12 + int(last[5:]) - 1
    many = 1 if one and not asks.asker.reader.names else max(_USUAL // months, 1)
    start = end - many * months + 1
    return f"{start // 12}-{start % 12 + 1:02d}..{last}"


async def tabled(asks: Asks, wanted: Wanted, kept: Any = None) -> Tabled:
    """The table, answered as the reader; an answer kept for a while serves its page, its picture and its files."""
    given = {
        "table": wanted.table.id,
        "since": wanted.since,
        "until": wanted.until,
        "area": wanted.area,
        "agency": wanted.agency,
    }
    answer = await (kept.ask(asks, wanted.table.of, given) if kept else asks.ask(wanted.table.of, **given))
    children: list[ChildLine] = rows_of(answer, ChildLine)
    captions = await asks.captions(line.child_id for line in children) if children else {}
    names = {child: caption.caption for child, caption in captions.items()}
    return Tabled(wanted, answer, sheet_of(wanted.table, answer), tuple(children), names)


def rows_of_table(found: Tabled) -> list[list[str | int | float | None]]:
    """Heading and lines as a spreadsheet holds them: shares beside the numbers, a hidden number as its sign."""
    if found.wanted.table.lines == "child":
        head: list[str | int | float | None] = ["Child", "Missing", "Absent", "Away", "By whose records", "Dates"]
        return [head, *(_child_cells(found, line) for line in found.children)]
    sheet = found.sheet
    rows: list[list[str | int | float | None]] = [["Period", sheet.heading]]
    for number, heading in enumerate(sheet.headings):
        rows[0] += [heading, f"{heading}, %"] if _shared(sheet, number) else [heading]
    for line in sheet.lines:
        cells: list[str | int | float | None] = [line.period, line.words]
        for number, cell in enumerate(line.cells):
            value = cell.number if cell.number is not None else cell.text
            cells += [value, cell.share] if _shared(sheet, number) else [value]
        rows.append(cells)
    return rows


def _shared(sheet: Sheet, column: int) -> bool:
    return any(line.cells[column].share is not None for line in sheet.lines)


def _child_cells(found: Tabled, line: ChildLine) -> list[str | int | float | None]:
    dates = "; ".join(f"{EPISODE_WORDS.get(m.kind, m.kind.capitalize())} {instant_words(m.began)}" for m in line.marks)
    whose = agencies_words(line.agencies)
    return [found.names.get(line.child_id, "Child"), line.missing, line.absent, line.away, whose, dates]


def about_of(asks: Asks, found: Tabled) -> list[tuple[str, str]]:
    """What a file says of itself: marking, reader, purpose, as at when, what was chosen and what is to be known."""
    wanted, answer, leaving = found.wanted, found.answer, asks.asker.reader.leaving
    return [
        ("Marking", answer.marking),
        ("Table", f"{wanted.table.id}: {wanted.table.title}"),
        ("Source", wanted.table.source),
        ("Period", wanted.period),
        ("Area", wanted.area or "all"),
        ("Agency", wanted.agency or "all"),
        ("Reader", asks.asker.reader.title),
        *([("Recipient", in_words(leaving.recipients)), ("Conditions", NONE_WITH_CONDITIONS)] if leaving else []),
        ("Purpose", f"{asks.asker.purpose.code} {asks.asker.purpose.reference}".rstrip()),
        ("As at", instant_words(answer.as_at)),
        *([("As known at", instant_words(answer.known_at))] if answer.known_at else []),
        *(("Note", note) for note in answer.notes),
    ]


def as_csv(asks: Asks, found: Tabled) -> str:
    """The table for a program: a line with its marking and for whom it is, then heading and lines, nothing that a
    spreadsheet takes for a formula."""
    about = dict(about_of(asks, found))
    first = [about.pop("Marking"), *(f"{name}: {words}" for name, words in about.items())]
    return csv_text([first, *rows_of_table(found)])


def as_xlsx(asks: Asks, found: Tabled) -> bytes:
    """The table as an Excel workbook without formulas; its second sheet says what it is, for whom and as at when."""
    import xlsxwriter

    out = io.BytesIO()
    plain_text = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, plain_text) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        marking = found.answer.marking
        table, about = book.add_worksheet("Table"), book.add_worksheet("About")
        for sheet in (table, about):
            sheet.set_header(f"&C{marking}")
            sheet.set_footer(f"&L{marking}&RPage &P of &N")
        table.write_string(0, 0, f"{marking}: {found.wanted.table.title}, {found.wanted.period}", bold)
        for number, row in enumerate(rows_of_table(found), start=2):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    table.write_string(number, column, cell, bold if number == 2 else None)
                elif cell is not None:
                    table.write_number(number, column, cell)
        table.set_column(0, 1, 28)
        table.freeze_panes(3, 2)
        about.set_column(0, 0, 16)
        about.set_column(1, 1, 90, wrapped)
        for number, (name, words) in enumerate(about_of(asks, found)):
            about.write_string(number, 0, name, bold)
            about.write_string(number, 1, words, wrapped)
    return out.getvalue()


def as_json(found: Tabled) -> dict[str, Any]:
    """The answer, with the table's own title and words: hidden and not provided numbers are null, and say which."""
    table = found.wanted.table
    named = {"table": table.id, "title": table.title, "source": table.source, "period": found.wanted.period}
    return {**found.answer.as_json(), **named}


async def released(asks: Asks, found: Tabled, form: str) -> None:
    """Taking the table away stands in the audit before it leaves."""
    await asks.release(
        f"table {found.wanted.table.id} as {form}",
        [plain(found.wanted.since), plain(found.wanted.until)],
        shown=[line.child_id for line in found.children],
        as_at=plain(found.answer.as_at),
    )
