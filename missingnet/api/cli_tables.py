"""`missingnet table` and `missingnet return`: tables and the council's return, each release in the audit first."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from missingnet.api.cli_files import RECIPIENT
from missingnet.api.cli_words import (
    AS_AT,
    JSON,
    KNOWN_AT,
    PURPOSE,
    READER,
    WrongCommand,
    asks_of,
    say,
    show,
    show_json,
    with_store,
)

if TYPE_CHECKING:
    from missingnet.api.asks import Asks
    from missingnet.api.tabling import Tabled
    from missingnet.graph.answers import Answer, Row
    from missingnet.graph.store import Store
    from missingnet.settings import Settings

_YEAR = re.compile(r"(20\d{2})-(\d{2})")
_COLUMNS = ("CHILD", "DOB", "MISSING", "MIS_START", "MIS_END")


def add_commands(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("table")(table)
    returns = typer.Typer(help="Files that a council sends to the DfE.", no_args_is_help=True)
    returns.command("ssda903-missing")(ssda903_missing)
    app.add_typer(returns, name="return")


def table(
    name: Annotated[str, typer.Argument(help="The table's id, as in EPISODES-BY-MONTH. See `missingnet rules`.")],
    reader: READER,
    purpose: PURPOSE,
    period: Annotated[
        str, typer.Option(help="Months: 2026-10 or 2026-01..2026-10. Default: twelve that are over.")
    ] = "",
    area: Annotated[str, typer.Option(help="A local authority's code, a policing unit or a postcode district.")] = "",
    agency: Annotated[str, typer.Option(help="Only what this agency's own records tell.")] = "",
    csv: Annotated[Path | None, typer.Option("--csv", help="Write it to this file.csv.")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Write it to this file.xlsx.")] = None,
    recipient: RECIPIENT = None,
    as_at: AS_AT = None,
    known_at: KNOWN_AT = None,
    as_json: JSON = False,
) -> None:
    """Print a table of DOMAIN §5, or write it as CSV or Excel. A month that no file covers is 'not provided'."""
    from missingnet.api import tabling
    from missingnet.api.cli_files import demand_form, private, received

    for out, ending in ((csv, ".csv"), (xlsx, ".xlsx")):
        if out is not None:
            demand_form(out, ending)

    async def answer(store: Store, chosen: Settings) -> tuple[Asks, Tabled]:
        asks = asks_of(store, chosen, reader, purpose, as_at, known_at).shut()
        if csv is not None or xlsx is not None:
            asks = asks.leaving(received(chosen, recipient))
        found = await tabling.tabled(asks, tabling.wanted_of(asks, name, period, area, agency))
        for form in [form for form, out in (("csv", csv), ("xlsx", xlsx)) if out is not None]:
            await tabling.released(asks, found, form)
        return asks, found

    asks, found = with_store(answer)
    if csv is not None:
        private(csv, tabling.as_csv(asks, found).encode())
    if xlsx is not None:
        private(xlsx, tabling.as_xlsx(asks, found))
    if csv is not None or xlsx is not None:
        say(f"{found.answer.marking}: {found.wanted.table.title}. Written, readable by you alone.")
    elif as_json:
        show_json(tabling.as_json(found))
    else:
        _print(asks, found)


def _print(asks: Asks, found: Tabled) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from missingnet.api import tabling

    out = Console(highlight=False)
    for name, words in tabling.about_of(asks, found):
        out.print(f"{name}: {words}", markup=False)
    rows = tabling.rows_of_table(found)
    if len(found.sheet.periods) == 1:
        rows = [row[1:] for row in rows]
    printed = Table(*(str(cell) for cell in rows[0]))
    for row in rows[1:]:
        printed.add_row(*("" if cell is None else escape(str(cell)) for cell in row))
    out.print(printed)


def year_of(text: str) -> tuple[str, str]:
    """The first and the last day of a year of the return, written 2025-26: 1 April to 31 March.

    :raises WrongCommand: it is no such year.
    """
    found = _YEAR.fullmatch(text)
    if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
        raise WrongCommand("--year is the year of the return, from 1 April to 31 March, written 2025-26.")
    return f"{found[1]}-04-01T00:00", f"{int(found[1]) + 1}-04-01T00:00"


def ssda903_missing(
    agency: Annotated[str, typer.Option(help="The council, as in 997.")],
    year: Annotated[str, typer.Option(help="The year of the return, from April to March: 2025-26.")],
    out: Annotated[Path, typer.Option(help="Where to write it: FILE.csv.")],
    reader: READER,
    purpose: PURPOSE,
    with_police: Annotated[
        bool, typer.Option(help="Add what only the police recorded of children looked after then.")
    ] = False,
    as_at: AS_AT = None,
) -> None:
    """The council's SSDA903 Missing table (CHILD, DOB, MISSING, MIS_START, MIS_END), and the rows that fail a check."""
    from missingnet.api.cli_files import demand_form, private

    since, until = year_of(year)
    demand_form(out, ".csv")

    async def answer(store: Store, chosen: Settings) -> Answer[Row]:
        asks = asks_of(store, chosen, reader, purpose, as_at, None).leaving()
        given: dict[str, Any] = {"agency": agency, "since": since, "until": until, "with_police": with_police}
        found: Answer[Row] = await asks.ask("SSDA903-MISSING", **given)
        await asks.release("return ssda903-missing", [agency, year], shown=found.things)
        return found

    found = with_store(answer)
    private(out, return_csv(found).encode())
    for number, row in enumerate(found.rows, start=2):
        for one in getattr(row, "fails", ()):
            show(f"line {number}: {one.code} {one.words}")
    for note in found.notes:
        say(note)
    say(f"{found.marking}: {found.total} rows written to {out}, readable by you alone.")


def return_csv(answer: Answer[Row]) -> str:
    """The file as the DfE takes it: dates as dd/mm/yyyy, an open end left blank."""
    from missingnet.api.spreadsheet import csv_text
    from missingnet.graph.answers.ssda903_missing import MissingReturnRow

    rows = [
        (
            row.child,
            f"{row.born:%d/%m/%Y}" if row.born else "",
            row.missing,
            f"{row.start:%d/%m/%Y}",
            f"{row.end:%d/%m/%Y}" if row.end else "",
        )
        for row in answer.rows
        if isinstance(row, MissingReturnRow)
    ]
    return csv_text([_COLUMNS, *rows])
