"""A first draft of a mapping, from a file's header and first rows, for a person to read and finish.

What is not certain is left open on purpose: a date format that could be day first or month first is not chosen, and
the draft does not load until somebody who knows has declared it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from missingnet.ingest.declaration import Source, sources
from missingnet.ingest.fields import BadValue, when
from missingnet.ingest.mapping import FileMapping, default, plain_code
from missingnet.ingest.opening import tables
from missingnet.ingest.problems import Problem, Unreadable
from missingnet.ingest.tables import Table, plain

FIRST_ROWS: Final = 500
_MOST_CODES: Final = 30
_DAYS: Final = (
    "DD/MM/YYYY",
    "MM/DD/YYYY",
    "DD-MM-YYYY",
    "MM-DD-YYYY",
    "DD.MM.YYYY",
    "YYYY-MM-DD",
    "DD-Mon-YYYY",
    "DD Mon YYYY",
)
_CLOCKS: Final = (" HH:MM", " HH:MM:SS", "THH:MM", "THH:MM:SS", "THH:MM:SSZ")
_TIMES: Final = tuple(day + clock for day in _DAYS for clock in _CLOCKS if ("T" in clock) <= day.startswith("YYYY"))
#: Other words that exports have for our fields.
_ALSO: Final[Mapping[str, tuple[str, ...]]] = {
    "reference": ("report id", "reportid", "reference", "ref", "urn", "report number", "case ref", "id"),
    "force": ("police force", "force code", "force id"),
    "nominal": ("nominalpersionid", "nominal person id", "person urn", "misperid", "nominal", "nominal id"),
    "forenames": ("forename", "first name", "given name"),
    "forename": ("forenames", "first name", "given name"),
    "surname": ("last name", "family name"),
    "born": ("date of birth", "dob", "birth date"),
    "sex": ("gender",),
    "last_seen": ("missing since", "last seen date", "date last seen", "last seen at"),
    "reported": ("date reported missing", "reported at", "date reported", "reported missing"),
    "located": ("when traced", "traced", "date found", "found at", "date located"),
    "returned": ("date returned", "return date", "returned at"),
    "first_risk": ("initial risk level", "initial risk", "risk at report"),
    "risk": ("current final risk level", "risk", "risk level", "final risk"),
    "found_by": ("return method desc", "traced by"),
    "from_address": ("mf address", "missing from address"),
    "found_address": ("tl address", "traced location", "found location"),
    "circumstances": ("narrative", "details"),
    "council_ref": ("child id", "person id", "council child ref", "lcs id", "mosaic id"),
    "la_child": ("child id", "la child id", "council child id", "council child ref"),
    "la_code": ("la", "local authority code", "council code"),
    "offered": ("rhi offered", "interview offered", "date offered"),
    "held": ("interview date", "rhi date", "date held", "rhi completed"),
    "alone": ("seen alone", "child seen alone"),
    "outcome": ("rhi outcome", "interview outcome", "status"),
}


@dataclass(frozen=True, slots=True)
class Guess:
    """A source with the columns that were recognised for it."""

    mapping: FileMapping
    columns: Mapping[str, str]

    @property
    def missing(self) -> list[str]:
        """The required fields for which no column was recognised."""
        return [field for field in self.mapping.source.required if field not in self.columns.values()]


def draft(path: Path) -> str:
    """A mapping in TOML for the file's first table, with what is left to declare in its comments.

    :raises Unreadable: the file cannot be read.
    """
    table = tables(path)[0]
    rows = [cells for _, cells in islice(table.lines(), FIRST_ROWS) if not isinstance(cells, Problem)]
    guesses = sorted((_guess(one, table) for one in sources().values() if one.mapped), key=_score, reverse=True)
    best, second = guesses[0], guesses[1]
    if not best.columns:
        raise Unreadable("none of its columns was recognised", f"Sources: {', '.join(sorted(sources()))}.")
    return "\n".join(_lines(path, table, rows, best, second)) + "\n"


def _guess(source: Source, table: Table) -> Guess:
    mapping = default(source)
    known = {plain(field): field for field in source.fields}
    known |= {plain(word): field for field, words in _ALSO.items() if field in source.fields for word in words}
    known |= mapping.names
    found: dict[str, str] = {}
    for column in table.header:
        field = known.get(plain(column))
        if field is not None and field not in found.values():
            found[column] = field
    return Guess(mapping, found)


def _score(guess: Guess) -> float:
    """More of the file's columns understood is better; a required field that is not there counts against it twice."""
    return len(guess.columns) - 2 * len(guess.missing) + len(guess.columns) / len(guess.mapping.source.fields)


def _lines(path: Path, table: Table, rows: Sequence[Sequence[str]], best: Guess, second: Guess) -> Iterator[str]:
    source = best.mapping.source
    yield f"# Proposed by 'missingnet mapping draft' from the header and first {len(rows)} rows of {path.name}."
    yield "# Read every line: nothing here was confirmed by the agency that sends the file."
    yield f'source = "{source.name}"   # {len(best.columns)} of {len(source.fields)} fields recognised'
    other = second.mapping.source
    yield f"# The next best was {other.name}: {len(second.columns)} of {len(other.fields)} fields."
    for note in table.notes:
        yield f"# {note}"
    if best.missing:
        yield f"# Needed and not found: {', '.join(best.missing)}. Send its column to it below."
    values = {field: _values(table, rows, column) for column, field in best.columns.items()}
    days, times = (_formats(values.values(), patterns) for patterns in (_DAYS, _TIMES))
    yield "\n[format]"
    yield from _declare("date", days, source.dates)
    yield from _declare("datetime", times, source.times)
    yield 'time_zone = "Europe/London"   # or "UTC": ask the sender'
    yield f'separator = "{best.mapping.separator}"'
    yield "\n[columns]                     # their header = our field"
    for column in table.header:
        if column in best.columns:
            yield f"{_quoted(column)} = {_quoted(best.columns[column])}"
        elif column:
            yield f'# {_quoted(column)} = ""   # not recognised'
    left = [field for field in source.fields if field not in best.columns.values()]
    if left:
        yield f"# Fields without a column: {', '.join(left)}"
    for field, codes in best.mapping.codes.items():
        if field in values:
            yield from _codes(field, codes, values[field])


def _values(table: Table, rows: Sequence[Sequence[str]], column: str) -> list[str]:
    place = table.header.index(column)
    return [cells[place].strip() for cells in rows if cells[place].strip()]


def _formats(columns: Iterable[list[str]], patterns: Sequence[str]) -> list[list[str]]:
    """For each column that holds dates of this sort, the formats that all of its values fit."""
    found = []
    for values in columns:
        fitting = [pattern for pattern in patterns if values and all(_fits(value, pattern) for value in values)]
        if fitting:
            found.append(fitting)
    return found


def _fits(value: str, pattern: str) -> bool:
    try:
        when(pattern).read(value)
    except BadValue:
        return False
    return True


def _declare(name: str, columns: list[list[str]], usual: Sequence[str]) -> Iterator[str]:
    shared = [pattern for pattern in (columns[0] if columns else []) if all(pattern in other for other in columns)]
    if len(shared) == 1:
        yield f"{name} = {_quoted(shared[0])}   # every value of {len(columns)} columns fits this and no other"
    elif shared:
        yield f'{name} = ""   # fits {" and ".join(shared)}: declare the one that is meant'
    elif columns:
        yield f"# The columns differ: {'; '.join(sorted({' or '.join(fitting) for fitting in columns}))}."
        yield f'{name} = ""   # declare the commonest here, the others under [dates] as field = "format"'
    else:
        yield f"{name} = {_quoted(usual[0])}   # no column of the first rows tells: ask the sender"


def _codes(field: str, codes: Mapping[str, str], values: list[str]) -> Iterator[str]:
    seen = list(dict.fromkeys(" ".join(value.split()) for value in values))
    yield f"\n[codes.{field}]"
    if len(seen) > _MOST_CODES:
        yield f"# {len(seen)} different values: is this the right column?"
        return
    words = ", ".join(dict.fromkeys(codes.values()))
    for value in seen:
        meaning = codes.get(plain_code(value))
        yield f"{_quoted(value)} = {_quoted(meaning)}" if meaning else f'# {_quoted(value)} = ""   # one of: {words}'


def _quoted(text: str) -> str:
    """A TOML basic string."""
    safe = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in safe) + '"'
