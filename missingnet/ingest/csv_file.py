"""Reading a CSV file as it is, not as it ought to be (SECURITY §5; requirements I1, I4).

One faulty row costs that row: an unclosed quote would swallow everything after it, so the row where it opened is
rejected and reading goes on at the next line.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from missingnet.ingest.problems import Problem, Unreadable
from missingnet.ingest.tables import LONGEST_ROW, MOST_COLUMNS, Line, Table, fitted

#: A quoted value may hold line breaks; one that is still open after this many lines was never closed.
MOST_LINES_IN_A_ROW: Final = 200
_CHUNK: Final = 1 << 20
_UNDEFINED_1252: Final = b"\x81\x8d\x8f\x90\x9d"
_DELIMITERS: Final = (",", ";", "\t", "|")
_QUOTES: Final = Problem(
    "", "a quotation mark that is not closed, or stands inside a value", "Double the mark inside a value, close it."
)
_TOO_LONG: Final = Problem("", f"a row of more than {LONGEST_ROW} signs", "Check for a lost line break.")
_NO_HEADER: Final = Problem("", "there is no header", "Export it again with the names of its columns in row 1.")
_NUL: Final = Problem("", "a NUL byte in the row", "Export the file again; it was damaged on the way.")
_BYTES: Final = Problem("", "bytes that are no text in this file's encoding", "Save the file as 'CSV UTF-8'.")

Opener = Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class Writing:
    """How the file is written: its encoding, and whether some rows hold bytes that are no text in it."""

    encoding: str
    damaged: bool
    nul: bool
    note: str | None


def examine(opener: Opener) -> Writing:
    """The encoding: UTF-8 if every byte fits, else Windows-1252; latin-1 never, for it fits anything.

    A file that says by its mark that it is UTF-8, or in which UTF-8 letters are found beside a stray byte, is UTF-8
    with damaged rows: reading it as Windows-1252 would silently garble every accented name in it.

    :raises Unreadable: UTF-16, or an empty file.
    """
    nul, utf8_lines, other_lines, undefined = False, 0, 0, False
    with opener() as stream:
        start = stream.read(4)
        if not start:
            raise Unreadable("the file is empty", "Export it again: even a file without rows has a header.")
        if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise Unreadable("the file is in UTF-16 ('Unicode text')", "Save it as 'CSV UTF-8'.")
        marked = start[:3] == b"\xef\xbb\xbf"
    with opener() as stream:
        while line := stream.readline(LONGEST_ROW):
            nul = nul or b"\0" in line
            if line.isascii():
                continue
            try:
                line.decode("utf-8")
                utf8_lines += 1
            except UnicodeDecodeError:
                other_lines += 1
                undefined = undefined or any(byte in line for byte in _UNDEFINED_1252)
    strict = not other_lines
    if strict or marked or utf8_lines:
        note = None if strict else f"UTF-8, but {other_lines} lines hold bytes that are not"
        return Writing("utf-8-sig", damaged=not strict, nul=nul, note=note)
    return Writing("cp1252", damaged=undefined, nul=nul, note="read as Windows-1252: please check accented names")


def open_csv(opener: Opener, name: str) -> Table:
    """The file's table, its rows read as they are asked for, never all at once.

    :raises Unreadable: it is empty, has no header, or is no text.
    """
    writing = examine(opener)
    delimiter = _delimiter(opener, writing)
    with opener() as stream:
        top = next(_logical_rows(stream, writing, delimiter, None), (0, _NO_HEADER))[1]
    if isinstance(top, Problem):
        raise Unreadable(f"the header cannot be read: {top.problem}", top.remedy)
    header = [cell.strip() for cell in top]
    while header and not header[-1]:
        header.pop()
    if not header or len(header) > MOST_COLUMNS:
        raise Unreadable(f"a header of {len(header)} columns", f"A table has 1 to {MOST_COLUMNS} named columns.")

    def lines() -> Iterator[Line]:
        with opener() as stream:
            rows = _logical_rows(stream, writing, delimiter, len(header))
            next(rows)
            yield from rows

    return Table(name, tuple(header), lines, notes=[writing.note] if writing.note else [])


def _delimiter(opener: Opener, writing: Writing) -> str:
    with opener() as stream:
        text = _text(stream, writing)
        line = "\n"
        while line and not line.strip():
            line = text.readline(LONGEST_ROW)
    return max(_DELIMITERS, key=lambda sign: (line.count(sign), sign == ","))


def _text(stream: BinaryIO, writing: Writing) -> io.TextIOWrapper:
    return io.TextIOWrapper(stream, encoding=writing.encoding, errors="surrogateescape", newline=None)


def _logical_rows(stream: BinaryIO, writing: Writing, delimiter: str, width: int | None) -> Iterator[Line]:
    """Rows with their numbers, the header included, blank lines left out (they count in the numbering)."""
    text = _text(stream, writing)
    waiting: deque[str] = deque()
    number = 0
    check = writing.damaged or writing.nul

    def next_line() -> str:
        return waiting.popleft() if waiting else text.readline(LONGEST_ROW)

    while line := next_line():
        number += 1
        if len(line) >= LONGEST_ROW and not line.endswith("\n"):
            while line and not line.endswith("\n"):
                line = next_line()
            yield number, _TOO_LONG
            continue
        if line == "\n" or not line.strip():
            continue
        if check and (fault := _fault(line)):
            yield number, fault
            continue
        if '"' not in line:
            cells = line.rstrip("\n").split(delimiter)
            yield number, cells if len(cells) == width or width is None else fitted(cells, width)
            continue
        row, taken = _quoted(line, next_line, delimiter, width)
        if isinstance(row, Problem):
            waiting.extendleft(reversed(taken[1:]))
        elif check and (fault := _fault("".join(taken))):
            row = fault
        yield number, row


def _fault(line: str) -> Problem | None:
    if "\0" in line:
        return _NUL
    if not line.isascii() and any("\udc80" <= sign <= "\udcff" for sign in line):
        return _BYTES
    return None


def _quoted(
    line: str, next_line: Callable[[], str], delimiter: str, width: int | None
) -> tuple[list[str] | Problem, list[str]]:
    """The row that begins with this line and the lines it took; on a problem only the first is to blame."""
    taken = [line]
    try:
        cells = next(csv.reader(taken, strict=True, delimiter=delimiter))
    except csv.Error:
        # Odd while a quotation mark is open. Nothing is parsed until it is even: a mark that is never closed must not
        # cost the square of the lines after it.
        marks, size = line.count('"'), len(line)
        while marks % 2 and len(taken) < MOST_LINES_IN_A_ROW and size < LONGEST_ROW and (more := next_line()):
            taken.append(more)
            marks += more.count('"')
            size += len(more)
        try:
            cells = next(csv.reader(taken, strict=True, delimiter=delimiter))
        except csv.Error:
            return _QUOTES, taken
    row = cells if width is None else fitted(cells, width)
    return (_QUOTES if isinstance(row, Problem) and len(taken) > 1 else row), taken
