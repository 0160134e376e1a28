"""A partnership's mapping: their header → our field, their code → our code, and how they write dates (FORMATS).

Where no public layout exists, the source's own mapping beside its declaration is a tried example; a partnership
edits a copy and gives it with ``--mapping``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from missingnet.ingest.declaration import SOURCES, Source, sources
from missingnet.ingest.fields import when
from missingnet.ingest.problems import Unreadable
from missingnet.ingest.tables import plain

ZONES: Final = ("Europe/London", "UTC")
_HELP: Final = "Compare it with the default mappings in missingnet/ingest/sources/*.toml."


@dataclass(frozen=True, slots=True)
class FileMapping:
    """How one agency writes one source."""

    source: Source
    names: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]]
    dates: tuple[str, ...]
    times: tuple[str, ...]
    column_dates: Mapping[str, tuple[str, ...]]
    zone: str
    separator: str


def default(source: Source) -> FileMapping:
    """The mapping that comes with a source: its own TOML, or for a public layout its declaration."""
    if source.mapped:
        return read(SOURCES / f"{source.name}.toml")
    return FileMapping(source, source.names(), {}, source.dates, source.times, {}, "Europe/London", ";")


def read(path: Path) -> FileMapping:
    """The mapping in a file.

    :raises Unreadable: it is no TOML, or names a source, field, format or zone that there is not; says which.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise Unreadable(
            f"the mapping {path.name} cannot be read: there is no such file that you may open",
            "Give its path as it is from this folder, or write one: missingnet mapping draft FILE --out MAPPING.toml",
        ) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise Unreadable(f"the mapping {path.name} cannot be read: {fault}", _HELP) from None
    return parse(told, path.name)


def parse(told: Mapping[str, Any], name: str) -> FileMapping:
    """The mapping that a TOML document tells, checked word by word."""
    source = sources().get(str(told.get("source", "")))
    if source is None:
        raise Unreadable(
            f"the mapping {name} names no source that there is", f"source = one of: {', '.join(sorted(sources()))}"
        )
    columns = _texts(told, "columns", name)
    names = {} if columns else dict(source.names())
    for theirs, ours in columns.items():
        if ours not in source.fields:
            raise Unreadable(f"the mapping {name} sends a column to '{ours}'", f"Fields: {', '.join(source.fields)}")
        names[plain(theirs)] = ours
    missing = set(source.required) - set(names.values())
    if missing:
        raise Unreadable(f"the mapping {name} has no column for {', '.join(sorted(missing))}", _HELP)
    about = told.get("format", {})
    zone = str(about.get("time_zone", "Europe/London"))
    if zone not in ZONES:
        raise Unreadable(f"the mapping {name} has the time zone '{zone}'", f"time_zone = one of: {', '.join(ZONES)}")
    by_column = {ours: _formats(value, name) for ours, value in told.get("dates", {}).items()}
    for field in by_column:
        if field not in source.fields:
            raise Unreadable(f"the mapping {name} has a date format for '{field}'", f"Fields: {source.fields}")
    return FileMapping(
        source=source,
        names=names,
        codes={
            field: {plain_code(theirs): str(ours) for theirs, ours in codes.items()}
            for field, codes in told.get("codes", {}).items()
        },
        dates=_formats(about.get("date", list(source.dates)), name),
        times=_formats(about.get("datetime", list(source.times)), name),
        column_dates=by_column,
        zone=zone,
        separator=str(about.get("separator", ";")),
    )


def plain_code(code: str) -> str:
    """A code without what differs between exports: case and outer or doubled spaces."""
    return " ".join(code.split()).casefold()


def _texts(told: Mapping[str, Any], part: str, name: str) -> dict[str, str]:
    found = told.get(part, {})
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise Unreadable(f"[{part}] in the mapping {name} is not a table of texts", _HELP)
    return found


def _formats(value: Any, name: str) -> tuple[str, ...]:
    said = (value,) if isinstance(value, str) else tuple(str(one) for one in value)
    try:
        orders = {tuple(part for part in when(one).parts if part in ("day", "month", "year")) for one in said}
    except ValueError as fault:
        raise Unreadable(f"the mapping {name}: {fault}", "As in DD/MM/YYYY or YYYY-MM-DD HH:MM.") from None
    if {("day", "month", "year"), ("month", "day", "year")} <= orders:
        raise Unreadable(
            f"the mapping {name} declares day first and month first for one column", "Declare the one that is meant."
        )
    return said
