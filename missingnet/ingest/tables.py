"""A table as it came: a header, and rows with the number they have in the sender's own program."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from missingnet.ingest.problems import Problem

#: A row: its number (the header is row 1, as in a spreadsheet), and its cells or what is wrong with the whole row.
Line = tuple[int, list[str] | Problem]

#: Wider or longer than any file an agency sends; a file beyond is broken or hostile (requirement I5).
MOST_COLUMNS = 1_000
LONGEST_ROW = 1_000_000
LARGEST_FILE = 4 * 1024**3


@dataclass(slots=True)
class Table:
    """One table of a file. ``lines`` can be called again: a file without a date is read twice."""

    name: str
    header: tuple[str, ...]
    lines: Callable[[], Iterator[Line]]
    typed: bool = False
    notes: list[str] = field(default_factory=list)


def plain(name: str) -> str:
    """A column's name without what differs between exports: case, spaces, punctuation."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def fitted(cells: list[str], width: int) -> list[str] | Problem:
    """The row at its header's width; blank cells beyond it are a spreadsheet's habit and are dropped."""
    if len(cells) == width:
        return cells
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        return cells[:width]
    return Problem(
        "",
        f"{len(cells)} cells where the header has {width}",
        "Put quotes around a value that holds a comma, and keep a comma for each blank cell.",
    )
