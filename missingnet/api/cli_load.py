"""`missingnet load` and `missingnet mapping draft`: agencies' files in, and what became of every row."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from missingnet.api.cli_words import JSON, WrongCommand, asks_of, say, show, show_json, with_store

if TYPE_CHECKING:
    from missingnet.api.reader import Asker
    from missingnet.graph.store import Store
    from missingnet.ingest.problems import FileReport, Report
    from missingnet.settings import Settings

#: Kinds of problem printed for one file; the JSON report holds every one.
KINDS_SHOWN = 20
#: Row numbers printed for one kind.
ROWS_SHOWN = 8


def add_commands(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("load")(load)
    mapping = typer.Typer(help="How a file without a public layout is read.", no_args_is_help=True)
    mapping.command("draft")(draft)
    app.add_typer(mapping, name="mapping")


def load(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders. A folder's agency.toml says whose they are.")],
    source: Annotated[str | None, typer.Option(help="The source format, where the header is not enough.")] = None,
    agency: Annotated[str | None, typer.Option(help="The sender's code: 997 for a council, 99 for a force.")] = None,
    extract_date: Annotated[str | None, typer.Option(help="The day the files were made, as 2026-10-31.")] = None,
    mapping: Annotated[Path | None, typer.Option(help="A mapping file for a layout of your own.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")] = False,
    reader: Annotated[str | None, typer.Option(help="Who loads, where it is not whoever runs the service.")] = None,
    purpose: Annotated[str, typer.Option(help="What for, with --reader.")] = "DATA-QUALITY",
    as_json: JSON = False,
) -> None:
    """Load agencies' files, and account for every row.

    The load is in the audit, as a reader's where one is named, who then loads what they might send in over HTTP.

    Exit code 0 when every row is accounted for, 2 when a file could not be read at all.
    """
    from datetime import date

    try:
        extract = date.fromisoformat(extract_date) if extract_date else None
    except ValueError as error:
        raise WrongCommand("--extract-date must be a date such as 2026-10-31.") from error

    async def do(store: Store, chosen: Settings) -> Report:
        from missingnet.api import refusals
        from missingnet.api.refusals import Refused

        asker = asks_of(store, chosen, reader, purpose, None, None).asker if reader else None
        if asker is not None and not asker.may_load:
            raise Refused(refusals.NOT_ALLOWED)
        return await load_with_progress(
            store,
            chosen,
            paths,
            asker=asker,
            dry_run=dry_run,
            agency=agency,
            source=source,
            extract_date=extract,
            mapping=mapping,
        )

    report = with_store(do)
    if as_json:
        show_json(report.as_json())
    else:
        print_report(report)
    raise typer.Exit(report.exit_code)


async def load_with_progress(
    store: Store,
    chosen: Settings,
    paths: list[Path],
    *,
    asker: Asker | None = None,
    dry_run: bool = False,
    agency: str | None = None,
    **options: Any,
) -> Report:
    """Load with a progress bar on stderr, where that is a terminal; in the audit before the first row and at its end.

    Nobody (None) is the operator, who may load anything.
    """
    import asyncio

    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from missingnet.api.collecting import Collecting, new_load
    from missingnet.api.loads import NotTheirs, Theirs
    from missingnet.ingest.opening import walk
    from missingnet.ingest.postcodes import locator
    from missingnet.ingest.run import load as load_files

    size = sum(1 for _ in walk(paths))
    collecting = Collecting(store.audit, asker, load=new_load(), files=size, agency=agency, trial=dry_run)
    collecting.begin()
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[rows]}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Loading", total=size or None, rows="")
        seen: dict[str, int] = {}

        def progress(file: str, rows: int) -> None:
            seen[file] = rows
            bar.update(task, completed=len(seen) - 1, description=file[-40:], rows=f"{sum(seen.values()):,} rows")

        locate = await asyncio.to_thread(locator, chosen.cache)
        outcome = "stopped"
        try:
            report = await load_files(
                paths,
                store if asker is None else Theirs(store, asker.reader),
                locate=locate,
                progress=progress,
                agency=agency,
                dry_run=dry_run,
                report=collecting.report,
                **options,
            )
            outcome = "finished"
        except NotTheirs as fault:
            outcome = f"stopped: {fault.why}"
            raise
        finally:
            collecting.end(outcome)
        return report


def print_report(report: Report) -> None:
    """The reconciliation that a data officer can send back."""
    if report.dry_run:
        show("Trial: nothing was written.\n")
    for file in report.files:
        show(f"{file.file}  ({file.source or 'source not known'})")
        show(f"  {_sum_of([file])}" if file.readable else "  not read")
    show(f"\nAll {len(report.files):,} files\n  {_sum_of(report.files)}")
    for file in report.files:
        _print_problems(file)
    lost = [file.file for file in report.files if not file.accounted_for]
    if lost:
        say(f"Rows of {', '.join(lost)} are not accounted for. Load the same files again.")


def _sum_of(files: Sequence[FileReport]) -> str:
    """The account of rows, as a sum that anybody can check: the same on a narrow screen, on paper and in a letter."""
    rows, *parts = (
        (name, sum(getattr(file, name) for file in files))
        for name in ("rows", "loaded", "unchanged", "changed", "conflicting", "rejected")
    )
    return f"{rows[1]:,} rows = " + " + ".join(f"{count:,} {name}" for name, count in parts)


def _print_problems(file: FileReport) -> None:
    kinds = file.kinds()
    if kinds or file.notes:
        show(f"\n{file.file}")
    for note in file.notes:
        show(f"  note: {note}")
    for problem, rows in kinds[:KINDS_SHOWN]:
        where = "the whole file" if rows == [0] else f"row {', '.join(str(row) for row in rows[:ROWS_SHOWN])}"
        more = f" and {len(rows) - ROWS_SHOWN:,} more" if len(rows) > ROWS_SHOWN else ""
        column = f", column '{problem.column}'" if problem.column else ""
        show(f"  {where}{more}{column}: {problem.problem}. {problem.remedy}")
    if len(kinds) > KINDS_SHOWN:
        show(f"  {len(kinds) - KINDS_SHOWN} further kinds of problem are in the report of --json.")


def draft(
    file: Annotated[Path, typer.Argument(help="A file whose layout is not known.")],
    out: Annotated[Path | None, typer.Option("--out", help="Write it here instead of printing it.")] = None,
) -> None:
    """Propose a mapping for a file from its header and first rows, to be checked by a person."""
    from missingnet.ingest.mapping_draft import draft as propose

    proposed = propose(file)
    if out is None:
        show(proposed)
    else:
        out.write_text(proposed, encoding="utf-8")
        say(f"Written to {out}. Check every line, then: missingnet load {file} --mapping {out} --dry-run")
