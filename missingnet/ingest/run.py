"""Loading: files become records, records go to the store, and every row is answered for (laws 'Once' and 'Source').

Nothing here depends on the order of files: any order gives the same graph. Reading goes on while a batch is written.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Protocol

from missingnet.graph.access import PUBLIC
from missingnet.graph.planning import Trial
from missingnet.graph.records import Outcome, Record, check
from missingnet.ingest import mapping as mappings
from missingnet.ingest.agency import census_in, code_in, sender_of
from missingnet.ingest.fields import BadValue, day
from missingnet.ingest.mapping import FileMapping, plain_code
from missingnet.ingest.opening import file_hash, tables, walk
from missingnet.ingest.postcodes import locator
from missingnet.ingest.problems import FileReport, Problem, Rejected, Report, Unreadable
from missingnet.ingest.recognise import NOT_KNOWN, candidates, columns_of, recognise
from missingnet.ingest.row import Locate, Reading, Row
from missingnet.ingest.tables import Table
from missingnet.settings import settings

#: A batch is one transaction: large enough to be quick, small enough that a crash repeats little.
RECORDS_IN_A_BATCH: Final = 1_000
#: A row of several records is what became of the worst of them.
_WORST: Final[tuple[Outcome, ...]] = ("conflicting", "changed", "loaded", "unchanged")
_CONFLICT: Final = Problem(
    "", "another row of the same date says otherwise of the same record", "Both are kept and shown. Send the right one."
)

_REMOVED: Final = Problem(
    "",
    "it was removed, and may not be loaded again",
    "Leave it out; or have the removal lifted: missingnet remove --lift.",
)
_NOTHING: Final = Problem("", "nothing in the row that could be loaded", "Fill it in, or leave the row out.")

#: Told the file's name and how many of its rows are accounted for, after each batch.
Progress = Callable[[str, int], None]


class Writes(Protocol):
    """The store, as far as loading needs it."""

    async def put(self, records: Sequence[Record], operation: str, *, trial: Trial | None = None) -> list[Outcome]:
        """Store a batch whole or not at all; say what became of each record, in order. A trial is only told of it."""
        ...


@dataclass(frozen=True, slots=True)
class Told:
    """What the person who loads said, beside the files themselves."""

    source: str | None = None
    agency: str | None = None
    extract: date | None = None
    mapping: FileMapping | None = None


@dataclass(slots=True)
class Batch:
    """Rows that are stored together, with how many records each became."""

    rows: list[tuple[int, int]]
    records: list[Record]


async def load(
    paths: Iterable[Path],
    store: Writes,
    *,
    locate: Locate | None = None,
    source: str | None = None,
    agency: str | None = None,
    extract_date: date | None = None,
    mapping: Path | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    report: Report | None = None,
) -> Report:
    """Load files and folders; what could not be read is in the report, never an exception.

    ``report``, where one is given, is filled as it goes: it tells what stands also where the load is stopped.
    ``locate`` gives a postcode's coordinates; without it the register of the state folder is used.
    A trial (``dry_run``) asks the store what would become of each row, after those before it, and writes nothing.

    :raises Unreadable: the mapping cannot be read, or there is no source of that name.
    """
    told = Told(source, agency, extract_date, mappings.read(mapping) if mapping else None)
    known = candidates(told.source, told.mapping)
    locate = locate or locator(settings().cache)
    report, trial = report if report is not None else Report(dry_run=dry_run), Trial() if dry_run else None
    for path, name in walk([Path(path) for path in paths]):
        whole = FileReport(name)
        try:
            whole.file_hash = await asyncio.to_thread(file_hash, path)
            found = await asyncio.to_thread(tables, path)
        except Unreadable as fault:
            report.files.append(_unreadable(whole, fault))
            continue
        await _load_file(path, whole, found, known, told, locate, store, report, trial, progress)
    return report


async def _load_file(
    path: Path,
    whole: FileReport,
    found: Sequence[Table],
    known: Sequence[FileMapping],
    told: Told,
    locate: Locate,
    store: Writes,
    report: Report,
    trial: Trial | None,
    progress: Progress | None,
) -> None:
    """Load the tables of one file; tables beside a known one that fit nothing are told of, and cost nothing."""
    read: list[tuple[Table, Reading, FileReport]] = []
    strangers: list[str] = []
    for table in found:
        part = FileReport(f"{whole.file}#{table.name}" if table.name else whole.file, file_hash=whole.file_hash)
        try:
            read.append((table, _prepare(path, table, part, told, known, locate), part))
        except Unreadable as fault:
            if len(found) > 1 and fault.problem.startswith(NOT_KNOWN):
                strangers.append(table.name)
            else:
                report.files.append(_unreadable(part, fault))
    if strangers and read:
        read[0][2].notes.append(f"not read, for {NOT_KNOWN}: {', '.join(strangers)}")
    elif strangers:
        unknown = Unreadable(f"{NOT_KNOWN} (tables: {', '.join(strangers)})", "See 'missingnet mapping draft'.")
        report.files.append(_unreadable(whole, unknown))
    extract, words = await asyncio.to_thread(_made, path, told, read)
    for table, reading, part in read:
        report.files.append(part)
        if extract is not None:
            _date(reading, extract, part, words)
            await _store(table, reading, part, store, trial, progress)
        elif next(table.lines(), None) is not None:
            _unreadable(part, Unreadable("no date tells when it was made", "Give --extract-date YYYY-MM-DD."))


def _unreadable(part: FileReport, fault: Unreadable) -> FileReport:
    part.readable = False
    part.add(0, Problem("", fault.problem, fault.remedy))
    return part


def _prepare(
    path: Path, table: Table, part: FileReport, told: Told, known: Sequence[FileMapping], locate: Locate
) -> Reading:
    """What holds for every row of this table, but for its extract date."""
    mapping = recognise(table.header, known)
    part.source = mapping.source.name
    part.notes += table.notes
    sender = sender_of(path)
    columns = columns_of(mapping.names, table.header)
    agency = mapping.source.publisher or told.agency or sender.agency or code_in(path)
    if agency is None:
        raise Unreadable(
            "nobody says whose file it is", "Give the agency (--agency CODE), or an agency.toml beside the file."
        )
    part.agency = agency
    part.notes += [
        f"the column '{table.header[places[0]]}' stands {len(places)} times"
        for places in columns.values()
        if places[1:]
    ]
    return Reading(
        mapping=mapping,
        columns=columns,
        header=tuple(name or f"column {place}" for place, name in enumerate(table.header, start=1)),
        agency=agency,
        authorities=(PUBLIC,) if mapping.source.publisher else sender.concerned(agency),
        extract=date.min,
        extract_declared=True,
        file=part.file,
        file_hash=part.file_hash or "",
        typed=table.typed,
        locate=locate,
        defaults=sender.defaults,
        native_schools=sender.native_schools,
    )


def _made(path: Path, told: Told, read: Sequence[tuple[Table, Reading, FileReport]]) -> tuple[date | None, str | None]:
    """When the file was made: as was said; else the latest date in all its rows; and words where nobody said it."""
    if not read:
        return None, None
    if (said := told.extract or sender_of(path).extract) is not None:
        return said, None
    latest = max((found for table, reading, _ in read if (found := _latest(table, reading))), default=None)
    if latest is not None:
        return latest, f"nobody says when it was made: taken as {latest.isoformat()}, the latest date in its rows"
    if (census := census_in(path)) is None:
        return None, None
    return census, f"it holds no date: taken as {census.isoformat()}, the census that its name tells"


def _date(reading: Reading, extract: date, part: FileReport, words: str | None) -> None:
    """Give the reading its extract date, and with it the code lists in force."""
    reading.extract, reading.extract_declared = extract, words is None
    part.extract_date = extract.isoformat()
    part.notes += [words] if words else []
    source, own = reading.mapping.source, reading.mapping.codes
    layouts = source.codes(extract)
    reading.codes = {c: _plain(layouts.get(c, {})) | dict(own.get(c, {})) for c in {*layouts, *own}}
    reading.other_codes = {c: _plain(codes) for c, codes in source.every_code().items()}


def _plain(codes: dict[str, str]) -> dict[str, str]:
    return {plain_code(code): meaning for code, meaning in codes.items()}


def _latest(table: Table, reading: Reading) -> date | None:
    """The latest date in the columns that date an extract; cells that do not fit are reported when they are read."""
    source, mapping = reading.mapping.source, reading.mapping
    dated = [
        (places[0], reading.formats(column, mapping.dates) + reading.formats(column, mapping.times))
        for column in source.dated_by
        if (places := reading.columns.get(column))
    ]
    latest: date | None = None
    for _, cells in table.lines():
        if isinstance(cells, Problem):
            continue
        for place, formats in dated:
            if text := cells[place].strip():
                try:
                    found = day(text, formats)
                except BadValue:
                    continue
                latest = found if latest is None or found > latest else latest
    return latest


def batches(table: Table, reading: Reading, part: FileReport) -> Iterator[Batch]:
    """The table's rows as records, some at a time; rows that are refused are put into the report on the way."""
    batch = Batch([], [])
    for number, cells in table.lines():
        part.rows += 1
        if isinstance(cells, Problem):
            part.rejected += 1
            part.add(number, cells)
            continue
        row = Row(reading, number, cells)
        try:
            records = list(reading.mapping.source.read(row))
        except Rejected as refusal:
            part.rejected += 1
            part.add(number, refusal.problem)
            continue
        for problem in dict.fromkeys(row.problems):
            part.add(number, problem)
        if not records:
            part.rejected += 1
            part.add(number, _NOTHING)
            continue
        for record in records:
            check(record)
        batch.rows.append((number, len(records)))
        batch.records += records
        if len(batch.records) >= RECORDS_IN_A_BATCH:
            yield batch
            batch = Batch([], [])
    if batch.rows:
        yield batch


async def _store(
    table: Table, reading: Reading, part: FileReport, store: Writes, trial: Trial | None, progress: Progress | None
) -> None:
    """Write batch after batch, the next being read meanwhile."""
    waiting = batches(table, reading, part)
    following = asyncio.create_task(asyncio.to_thread(next, waiting, None))
    while (batch := await following) is not None:
        following = asyncio.create_task(asyncio.to_thread(next, waiting, None))
        operation = f"{part.file_hash}:{table.name}:{batch.rows[0][0]}-{batch.rows[-1][0]}"
        try:
            outcomes = await store.put(batch.records, operation, trial=trial)
        except BaseException:
            await asyncio.wait([following])
            raise
        _count(part, batch, outcomes)
        if progress is not None:
            progress(part.file, part.loaded + part.unchanged + part.changed + part.conflicting + part.rejected)
    if reading.lost_postcodes:
        part.notes.append(f"{reading.lost_postcodes} postcodes are not in the register: they stay without coordinates")
    if progress is not None:
        progress(part.file, part.rows)


def _count(part: FileReport, batch: Batch, outcomes: Sequence[Outcome]) -> None:
    at = 0
    for number, records in batch.rows:
        became = [outcome for outcome in outcomes[at : at + records] if outcome != "removed"]
        if len(became) < records:
            part.add(number, _REMOVED)
        at += records
        if not became:
            part.rejected += 1
            continue
        worst = min(became, key=_WORST.index)
        setattr(part, worst, getattr(part, worst) + 1)
        if worst == "conflicting":
            part.add(number, _CONFLICT)
