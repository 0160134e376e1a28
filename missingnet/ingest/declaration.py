"""How a source declares itself: what it is called, how it is recognised, and how a row becomes records.

A declaration is data and one function. A later year's layout states only its changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Final

from missingnet.graph.records import Record
from missingnet.ingest.tables import plain

if TYPE_CHECKING:
    from missingnet.ingest.row import Row

SOURCES: Final = Path(__file__).with_name("sources")


@dataclass(frozen=True, slots=True)
class Layout:
    """What one year or form of a source changes: other names for our columns, codes that came or (None) went."""

    name: str
    since: date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of file.

    ``columns`` are our names for what it holds, ``required`` those without which it is not this source; ``dated_by``
    the columns whose latest date stands for the extract's when nobody says it; ``key`` the columns that name a record
    (for the report: the function builds the key). ``span`` is what an extract covers completely: 'none', so a record
    that is absent from a later extract is not taken for withdrawn.
    """

    name: str
    title: str
    read: Callable[[Row], Iterable[Record]]
    labels: tuple[str, ...]
    required: tuple[str, ...]
    columns: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    dated_by: tuple[str, ...] = ()
    dates: tuple[str, ...] = ("DD/MM/YYYY",)
    times: tuple[str, ...] = ("DD/MM/YYYY HH:MM",)
    publisher: str | None = None
    compartments: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    layouts: tuple[Layout, ...] = ()
    mapped: bool = False
    span: str = "none"

    @property
    def fields(self) -> tuple[str, ...]:
        """Every column we know in it."""
        return tuple(dict.fromkeys((*self.required, *self.columns)))

    def names(self) -> dict[str, str]:
        """Our column by every plain name it has had in any layout."""
        known = {plain(column): column for column in self.fields}
        for layout in self.layouts:
            known |= {plain(theirs): ours for theirs, ours in layout.columns.items()}
        return known

    def codes(self, on: date) -> dict[str, dict[str, str]]:
        """The code lists in force on a day: each layout's changes laid over the one before."""
        lists: dict[str, dict[str, str]] = {}
        for layout in self.layouts:
            if layout.since is None or layout.since <= on:
                for column, changes in layout.codes.items():
                    now = lists.setdefault(column, {})
                    for code, meaning in changes.items():
                        if meaning is None:
                            now.pop(code, None)
                        else:
                            now[code] = meaning
        return lists

    def every_code(self) -> dict[str, dict[str, str]]:
        """Every code of any layout, for reading a row whose code belongs to another year."""
        lists: dict[str, dict[str, str]] = {}
        for layout in self.layouts:
            for column, changes in layout.codes.items():
                lists.setdefault(column, {}).update({c: m for c, m in changes.items() if m is not None})
        return lists


@lru_cache(maxsize=1)
def sources() -> Mapping[str, Source]:
    """Every declaration in the folder ``sources``, by name: a new file there is a new source, and no list is kept."""
    found: dict[str, Source] = {}
    for module in iter_modules([str(SOURCES)]):
        declared = import_module(f"missingnet.ingest.sources.{module.name}").SOURCE
        if declared.name != module.name:
            raise ValueError(f"the source in sources/{module.name}.py calls itself '{declared.name}'")
        found[declared.name] = declared
    return found


def fits(names: Mapping[str, str], required: Iterable[str], header: Iterable[str]) -> float:
    """How well a header fits a source: 0 when a required column is missing, 1 when both hold the same columns."""
    seen = [plain(column) for column in header if column]
    ours = {names[column] for column in seen if column in names}
    if not set(required) <= ours:
        return 0.0
    strangers = sum(column not in names for column in seen)
    return len(ours) / (len(set(names.values())) + strangers)
