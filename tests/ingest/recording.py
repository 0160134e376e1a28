"""A store that only writes down what it is given: for the border from file to record, and nothing beyond it.

It is no stand-in for the graph; what becomes of records there is tested on the real engines.
"""

import asyncio
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from missingnet.graph.planning import Trial
from missingnet.graph.records import Outcome, Record
from missingnet.ingest.problems import FileReport, Report
from missingnet.ingest.run import load


class Recorder:
    """Keeps every record; a record of the same name, date and content again is 'unchanged', of other content not."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.operations: list[str] = []
        self._seen: dict[tuple[str, date], str] = {}
        self._names: set[str] = set()

    async def put(self, records: Sequence[Record], operation: str, *, trial: Trial | None = None) -> list[Outcome]:
        self.operations.append(operation)
        outcomes: list[Outcome] = []
        for record in records:
            before = self._seen.setdefault((record.name, record.extract), content := record.content())
            known = record.name in self._names
            self._names.add(record.name)
            outcomes.append("conflicting" if before != content else "unchanged" if known else "loaded")
            if trial is None:
                self.records.append(record)
        return outcomes


def nowhere(postcode: str) -> tuple[float, float] | None:
    """A register of one postcode."""
    return (-1.903454, 52.480418) if postcode == "B1 1BB" else None


def read(*paths: Path, **said: Any) -> tuple[list[Record], Report]:
    """The records of these files and the report; agency 997 and 1 November 2026 unless the test says otherwise."""
    store = Recorder()
    settled = {"agency": "997", "extract_date": date(2026, 11, 1), "locate": nowhere} | said
    report = asyncio.run(load(paths, store, **settled))
    return store.records, report


def read_one(path: Path, **said: Any) -> tuple[list[Record], FileReport]:
    """The same for one file of one table."""
    records, report = read(path, **said)
    (file,) = report.files
    return records, file


def written(folder: Path, text: str | bytes, name: str = "missing.csv") -> Path:
    """A file holding exactly this."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def problems(file: FileReport) -> list[tuple[int, str, str]]:
    """Row, column and problem of everything that was reported."""
    return [(row, problem.column, problem.problem) for row, problem in file.problems()]


def counts(file: FileReport) -> tuple[int, int, int]:
    """Rows, rows that became records, rows that were rejected."""
    return file.rows, file.loaded + file.unchanged + file.changed + file.conflicting, file.rejected
