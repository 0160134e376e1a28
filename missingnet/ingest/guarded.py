"""Workbooks and XML are parsed in a process of their own, with limits on memory, time and output (requirement I5).

What is in them may be built to harm the parser; a parser that is stopped takes nothing else with it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from missingnet.ingest.problems import Unreadable
from missingnet.ingest.tables import MOST_COLUMNS, Line, Table, fitted

#: A workbook of the largest size that the zip guard lets through takes about ten seconds.
LONGEST_SECONDS: Final = 60
_HELP: Final = "If the file is genuine, save its tables as 'CSV UTF-8' and load those."


def parsed_apart(kind: str, path: Path) -> list[Table]:
    """The tables of a workbook ('workbook') or an SSDA903 XML file ('xml').

    :raises Unreadable: the parser refused it, or was stopped at its limits.
    """
    spool = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the tables do
    command = [sys.executable, "-m", "missingnet.ingest.parser", kind, str(path.absolute())]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            command,
            stdout=spool,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            timeout=LONGEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(f"it took longer than {LONGEST_SECONDS} seconds to read", _HELP) from None
    sections = list(_sections(spool)) if done.returncode == 0 else []
    if not sections:
        raise Unreadable("its content could not be read within the limits of memory and time", _HELP)
    found = []
    for name, start in sections:
        if name is None:
            spool.seek(start)
            raise Unreadable(*json.loads(spool.readline()))
        if (table := _table(spool, name, start, typed=kind == "workbook")) is not None:
            found.append(table)
    if not found:
        raise Unreadable("no table in it", "A table begins with the names of its columns.")
    return found


def _sections(spool: IO[bytes]) -> Iterator[tuple[str | None, int]]:
    """Where each table begins in what the parser wrote; its last line tells."""
    spool.seek(0, 2)
    end = spool.tell()
    spool.seek(max(0, end - 65536))
    last = spool.read().rstrip(b"\n").rpartition(b"\n")[2]
    yield from json.loads(last) if last else ()


def _table(spool: IO[bytes], name: str, start: int, *, typed: bool) -> Table | None:
    """One table: its header is the first row of more than one cell, for a sheet may have a title above."""

    def rows() -> Iterator[tuple[int, list[str]]]:
        at = start
        while True:
            spool.seek(at)
            text = spool.readline()
            at = spool.tell()
            row = json.loads(text)
            if row is None:
                return
            yield row[0], row[1]

    for number, cells in rows():
        width = max((place + 1 for place, cell in enumerate(cells) if cell.strip()), default=0)
        if sum(bool(cell.strip()) for cell in cells) > 1:
            if width > MOST_COLUMNS:
                raise Unreadable(f"a header of {width} columns", f"A table has 1 to {MOST_COLUMNS} named columns.")
            header, top = tuple(cell.strip() for cell in cells[:width]), number
            break
    else:
        return None

    def lines() -> Iterator[Line]:
        for number, cells in rows():
            if number > top and any(cell.strip() for cell in cells):
                yield number, fitted(cells + [""] * (len(header) - len(cells)), len(header))

    return Table(name, header, lines, typed=typed)
