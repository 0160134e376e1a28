"""The process apart that parses a workbook or an XML file: rows of text as lines of JSON on standard output.

Each table is its rows ``[number, [cells]]`` and then ``null``; the last line lists the tables with where they begin.
A refusal is a table without a name that holds the problem and its remedy.
"""

from __future__ import annotations

import json
import math
import resource
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

MEMORY: Final = 448 * 1024**2
SECONDS: Final = 50
OUTPUT: Final = 1024**3
MOST_SHEETS: Final = 100

_HEADER: Final = ("CHILDID", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB")
_PLACED: Final = (
    *("CHILDID", "DECOM", "RNE", "LS", "CIN", "PL", "PLACE_PROVIDER", "DEC", "REC", "REASON_PLACE_CHANGE"),
    *("HOME_POST", "PL_POST", "URN"),
)
_ALONE: Final = ("CHILDID", "SEX", "DOB", "DUC")
_AWAY: Final = ("MISSING", "MIS_START", "MIS_END")
#: No XML text can hold it.
_SIGN: Final = "\x1f"
#: Deeper than any return; an element that never ends is kept in memory by its parents.
_DEEPEST: Final = 12


class Refused(Exception):
    """The file is not parsed, and why."""


def limit() -> None:
    """Hold this process to its memory, time and output, as far as the system lets us."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # macOS does not bound addresses; the other limits still hold there
            continue


def workbook(path: str) -> Iterator[tuple[str, Iterable[list[str]]]]:
    """Each visible or hidden sheet that holds anything, its values (never formulas) as text."""
    from python_calamine import load_workbook

    book = load_workbook(path)
    if len(book.sheet_names) > MOST_SHEETS:
        raise Refused(f"a workbook of more than {MOST_SHEETS} sheets", "Keep the sheets that hold tables.")
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        yield name, ([_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False))


def _text(cell: Any) -> str:
    """A cell as text: dates in ISO form, whole numbers without a point."""
    match cell:
        case str():
            return cell
        case bool():
            return "True" if cell else "False"
        case datetime():
            return cell.isoformat(sep=" ", timespec="seconds")
        case date() | time():
            return cell.isoformat()
        case float():
            return str(int(cell)) if math.isfinite(cell) and cell.is_integer() else repr(cell)
        case timedelta():
            return str(cell)
        case _:
            return str(cell)


def xml(path: str) -> Iterator[tuple[str, Iterable[list[str]]]]:
    """The tables of an SSDA903 return in XML: Header, Episodes, Missing, UASC. No document type, no entities."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError

    columns = {"Header": _HEADER, "Episodes": _PLACED, "Missing": ("CHILDID", "DOB", *_AWAY), "UASC": _ALONE}
    # Rows wait as one text each: a list of cells would take five times the memory.
    tables = {name: [_SIGN.join(header)] for name, header in columns.items()}
    try:
        for child in _children(path):
            head = child.find("HEADER")
            about = {} if head is None else {part.tag: (part.text or "").strip() for part in head}
            number = about.get("CHILDID", "")
            tables["Header"].append(_SIGN.join(about.get(name, "") for name in _HEADER))
            if about.get("DUC"):
                tables["UASC"].append(_SIGN.join(about.get(name, "") for name in _ALONE))
            for away in child.iter("AMISSING"):
                tables["Missing"].append(_SIGN.join((number, about.get("DOB", ""), *_of(away, _AWAY))))
            for episode in child.iter("EPISODE"):
                tables["Episodes"].append(_SIGN.join((number, *_of(episode, _PLACED[1:]))))
    except DefusedXmlException:
        raise Refused("XML with a document type or entities of its own", "Export it without them.") from None
    except ParseError:
        raise Refused("XML that is cut off or not well formed", "Export it again.") from None
    for name, rows in tables.items():
        yield name, (row.split(_SIGN) for row in rows)


def _of(element: Any, names: tuple[str, ...]) -> list[str]:
    return [(element.findtext(name) or "").strip() for name in names]


def _children(path: str) -> Iterator[Any]:
    """Each CHILD of the return, forgotten once it was read."""
    from defusedxml.ElementTree import iterparse

    top: list[Any] = []
    depth = 0
    for event, element in iterparse(path, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            depth += 1
            if depth > _DEEPEST:
                raise Refused("XML nested deeper than any return", "Check the file.")
            if not top:
                top.append(element)
                if element.tag != "EXPSSDA903":
                    raise Refused("XML that is no SSDA903 return", "Its first element is EXPSSDA903.")
            continue
        depth -= 1
        if element.tag == "CHILD" and depth == 1:
            yield element
            top[0].clear()


_PARSERS: Final[dict[str, Callable[[str], Iterator[tuple[str, Iterable[list[str]]]]]]] = {
    "workbook": workbook,
    "xml": xml,
}


def main(kind: str, path: str) -> None:
    """Parse the file and write its tables."""
    limit()
    out, at, sections = sys.stdout, 0, []

    def write(value: Any) -> None:
        nonlocal at
        line = json.dumps(value) + "\n"
        out.write(line)
        at += len(line)

    try:
        for name, rows in _PARSERS[kind](path):
            sections.append([name, at])
            for number, row in enumerate(rows, start=1):
                write([number, row])
            write(None)
    except Refused as refusal:
        sections = [[None, at]]
        write(list(refusal.args))
    write(sections)
    out.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
