"""Any question's rows as a table: which cells hold things, records, times or words, read from the row class itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from missingnet.api.screens import words
from missingnet.graph.answers import Row, is_record
from missingnet.visualise.words import absence_words, agency_words, list_words

CellKind = Literal[
    "thing", "things", "record", "records", "moment", "moments", "rows", "flag", "number", "texts", "text", "nothing"
]

#: What kind of thing an id is where the row does not say, by how its field's name ends.
_KIND_OF = {
    "child": "Child",
    "listed": "Child",
    "council": "Child",
    "associate": "Associate",
    "vehicle": "Vehicle",
    "place": "Place",
}
#: In a field's description, what is meant where it holds nothing.
_NOTHING = re.compile(r"\bNone: ([^.;)]+)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field, its heading, and what it means."""

    field: str
    heading: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: how to print it, its value, the kind of its things where known, and what it sorts by."""

    kind: CellKind
    value: Any
    thing_kind: str
    sort: str


def columns_of(row: type[Row]) -> list[Column]:
    """The columns of a row class: all its fields, but for those that only say what kind of thing an id is."""
    fields = row.model_fields
    return [
        Column(name, words.heading(name), about.description or "")
        for name, about in fields.items()
        if not (name.endswith("_kind") and f"{name[:-5]}_id" in fields)
    ]


def _stem(field: str) -> str:
    return field.removesuffix("s").removesuffix("_id").rpartition("_")[2]


def is_thing(field: str) -> bool:
    """True for a field that holds ids of things."""
    return field in ("id", "child") or (field.endswith(("_id", "_ids")) and field != "version_id")


def nothing_words(row: type[Row], field: str) -> str:
    """What it means that a field holds nothing, as the field itself says: 'None: still missing as at'."""
    said = _NOTHING.search(row.model_fields[field].description or "")
    return said[1].strip() if said else "not recorded"


def cell_of(row: Row, field: str) -> Cell:
    """One cell of a row."""
    value = getattr(row, field)
    if value is None:
        return Cell("nothing", nothing_words(type(row), field), "", "")
    thing_kind = str(getattr(row, f"{field.removesuffix('_id')}_kind", _KIND_OF.get(_stem(field), "")))
    many = isinstance(value, tuple | list)
    if field in ("agency", "agencies", "counted_by", "look", "owed_by", "area"):
        return _agency_cell(value)
    if field in ("list", "lists"):
        said = tuple(list_words(one) for one in (value if many else (value,)))
        return Cell("texts", said, "", ", ".join(said))
    if field in ("reason", "reasons"):
        said = tuple(absence_words(one) for one in (value if many else (value,)) if one)
        return Cell("texts", said, "", ", ".join(said))
    if is_thing(field):
        return Cell("things" if many else "thing", value, thing_kind, str(len(value)) if many else str(value))
    if is_record(field):
        return Cell("records" if many else "record", value, "", str(len(value)) if many else str(value))
    if many and value and isinstance(value[0], Row):
        return Cell("rows", value, "", str(len(value)))
    if many and value and isinstance(value[0], datetime):
        return Cell("moments", value, "", words.machine(value[0]))
    if many:
        return Cell("texts", value, "", ", ".join(str(part) for part in value))
    if isinstance(value, bool):
        return Cell("flag", value, "", "1" if value else "0")
    if isinstance(value, int | float):
        return Cell("number", value, "", str(value))
    if isinstance(value, date):
        return Cell("moment", value, "", words.machine(value))
    return Cell("text", value, "", str(value))


def _agency_cell(value: Any) -> Cell:
    """Agencies by what people call them."""
    codes = value if isinstance(value, tuple | list) else (value,)
    names = tuple(agency_words(code) for code in codes if code)
    return Cell("texts", names, "", ", ".join(names))


def telling(rows: Sequence[Row], here: str | None) -> list[Column]:
    """The columns that say something in these rows: not those empty in all, nor the one that is always this child."""
    columns = columns_of(type(rows[0])) if rows else []
    return [column for column in columns if any(_says(getattr(row, column.field), here) for row in rows)]


def _says(value: Any, here: str | None) -> bool:
    return value is not None and value not in ((), [], "") and not (here is not None and value == here)


def _walk(rows: Iterable[Row]) -> Iterable[tuple[str, Any]]:
    for row in rows:
        for field in type(row).model_fields:
            value = getattr(row, field)
            if isinstance(value, tuple | list) and value and isinstance(value[0], Row):
                yield from _walk(value)
            else:
                yield field, value


def _gather(found: set[str], value: Any) -> None:
    if isinstance(value, str):
        found.add(value)
    elif isinstance(value, tuple | list):
        found.update(part for part in value if isinstance(part, str))


def things_in(rows: Sequence[Row]) -> set[str]:
    """The ids of every thing that these rows name, at any depth."""
    found: set[str] = set()
    for field, value in _walk(rows):
        if is_thing(field):
            _gather(found, value)
    return found


def records_in(rows: Sequence[Row]) -> set[str]:
    """The ids of every record that these rows rest on, at any depth."""
    return set().union(*(row.evidence for row in rows))


def concerns(row: Row, child: str) -> bool:
    """True when a row of a rule is about this child: the row's own child, or one of its set of children."""
    return child == getattr(row, "child_id", None) or child in getattr(row, "child_ids", ())
