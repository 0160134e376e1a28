"""A row being read: its cells by our names, its problems, and the records it becomes.

A blank optional cell is 'not recorded'. A bad value in an optional column costs that fact and is reported; in a
required column, or in what names the record, it costs the row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, TypeVar

from missingnet.graph.access import PUBLIC
from missingnet.graph.records import Fact, LinkFact, Mention, Provenance, Record, VisibilityClass
from missingnet.ingest import fields
from missingnet.ingest.fields import BadValue
from missingnet.ingest.mapping import FileMapping, plain_code
from missingnet.ingest.problems import Problem, Rejected, shape

#: Where a child lives is its own record, for the few who need it (law 'One record, one class').
HOME: Final = "home-address"
_TYPED: Final = ("YYYY-MM-DD HH:MM:SS", "YYYY-MM-DD")
_T = TypeVar("_T")

#: Longitude and latitude of a postcode, or None where it is not known.
Locate = Callable[[str], tuple[float, float] | None]


@dataclass(slots=True)
class Reading:
    """What is the same for every row of one table."""

    mapping: FileMapping
    columns: Mapping[str, tuple[int, ...]]
    header: tuple[str, ...]
    agency: str
    authorities: tuple[str, ...]
    extract: date
    extract_declared: bool
    file: str
    file_hash: str
    typed: bool
    locate: Locate
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    other_codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    native_schools: Mapping[str, str] = field(default_factory=dict)
    lost_postcodes: int = 0

    def formats(self, column: str, usual: tuple[str, ...]) -> tuple[str, ...]:
        """The declared formats of a column; a workbook's date cells are dates already and come as YYYY-MM-DD."""
        declared = self.mapping.column_dates.get(column, usual)
        return (*declared, *_TYPED) if self.typed else declared


class Row:
    """One row. Columns are asked for by our names; problems name the sender's."""

    __slots__ = ("_class", "_hidden", "cells", "number", "problems", "reading")

    def __init__(self, reading: Reading, number: int, cells: Sequence[str]) -> None:
        self.reading = reading
        self.number = number
        self.cells = cells
        self.problems: list[Problem] = []
        self._hidden: dict[str, str] = {}
        self._class: tuple[tuple[str, ...], str | None, str | None] = ((), None, None)

    @property
    def agency(self) -> str:
        """Whose record this is."""
        return self.reading.agency

    def theirs(self, column: str) -> str:
        """The sender's name for our column."""
        places = self.reading.columns.get(column)
        return self.reading.header[places[0]] if places else column

    def problem(self, column: str, problem: str, remedy: str) -> None:
        """Report something that does not cost the row."""
        self.problems.append(Problem(self.theirs(column), problem, remedy))

    def refuse(self, column: str, problem: str, remedy: str) -> Rejected:
        """The refusal of this row, to be raised."""
        return Rejected(Problem(self.theirs(column), problem, remedy))

    def _cell(self, column: str) -> str:
        places = self.reading.columns.get(column)
        if not places:
            return self.reading.defaults.get(column, "")
        value = self.cells[places[0]].strip()
        for twin in places[1:]:
            if self.cells[twin].strip() != value:
                raise BadValue("the column stands twice and says two things", "Keep the column that is right.")
        return value or self.reading.defaults.get(column, "")

    def _read(self, column: str, reader: Callable[[str], _T]) -> _T | None:
        try:
            value = self._cell(column)
            return reader(value) if value else None
        except BadValue as fault:
            self.problem(column, fault.problem, fault.remedy)
            return None

    def _need(self, column: str, reader: Callable[[str], _T]) -> _T:
        try:
            value = self._cell(column)
            if not value:
                raise BadValue("blank", "Every row needs it.")
            return reader(value)
        except BadValue as fault:
            raise self.refuse(column, fault.problem, fault.remedy) from None

    def text(self, column: str) -> str | None:
        """The words as they came, or None where nothing was recorded."""
        places = self.reading.columns.get(column)
        if places and len(places) == 1:
            return self.cells[places[0]].strip() or None
        return self._read(column, str)

    def need(self, column: str) -> str:
        """An identifier or word without which the row names nothing."""
        return self._need(column, fields.identifier)

    def reference(self, column: str) -> str | None:
        """An identifier, without what a spreadsheet adds to it."""
        return self._read(column, fields.identifier)

    def day(self, column: str) -> date | None:
        """The day, by the format declared for this column."""
        return self._dated(column, self._read(column, self._day_reader(column)))

    def need_day(self, column: str) -> date:
        """The day; a row without it is refused."""
        found = self._need(column, self._day_reader(column))
        self._dated(column, found)
        return found

    def _day_reader(self, column: str) -> Callable[[str], date]:
        formats = self.reading.formats(column, self.reading.mapping.dates)
        return lambda text: fields.day(text, formats)

    def _dated(self, column: str, found: date | None) -> date | None:
        reading = self.reading
        if found and reading.extract_declared and found > reading.extract and column in reading.mapping.source.dated_by:
            self.problem(column, "a date after the extract's own date", "Check it, or the date of the extract.")
        return found

    def instant(self, column: str) -> datetime | None:
        """The instant (naive UTC), by the declared format and zone; in the repeated autumn hour the earlier one."""
        return self._read(column, self._moment(column))

    def need_instant(self, column: str) -> datetime:
        """The instant; a row without it is refused."""
        return self._need(column, self._moment(column))

    def _moment(self, column: str) -> Callable[[str], datetime]:
        mapping = self.reading.mapping
        formats = self.reading.formats(column, mapping.times)

        def read(text: str) -> datetime:
            found, repeated = fields.moment(text, formats, mapping.zone)
            if repeated:
                self.problem(column, "a clock time that happened twice", "Read as the earlier; correct it if not so.")
            self._dated(column, found.date())
            return found

        return read

    def yes(self, column: str) -> bool | None:
        """Yes, no, or None where nothing was recorded."""
        return self._read(column, fields.yesno)

    def number_in(self, column: str) -> float | None:
        """The number."""
        return self._read(column, fields.number)

    def texts(self, column: str) -> tuple[str, ...]:
        """The parts of a list in one cell."""
        return fields.texts(self.text(column) or "", self.reading.mapping.separator)

    def postcode(self, column: str) -> str | None:
        """The postcode as people write it."""
        return self._read(column, fields.postcode)

    def code(self, column: str) -> str | None:
        """Our word for the sender's code, by the list in force at the extract's date."""
        return self._read(column, lambda text: self._meaning(column, text))

    def need_code(self, column: str) -> str:
        """Our word for the sender's code; a row without it is refused."""
        return self._need(column, lambda text: self._meaning(column, text))

    def _meaning(self, column: str, text: str) -> str:
        code = plain_code(fields.whole_text(text))
        meaning = self.reading.codes.get(column, {}).get(code)
        if meaning is None and (meaning := self.reading.other_codes.get(column, {}).get(code)) is not None:
            self.problem(column, "a code of another year's layout", "Read by that year's meaning; check the year.")
        if meaning is None:
            raise BadValue(
                f"a code that is not in the list (found {shape(text)})", "Correct it, or add it to the mapping's codes."
            )
        return meaning

    def in_order(self, first: str, start: date | None, last: str, end: date | None) -> None:
        """Refuse a row whose end lies before its start."""
        if start and end and end < start:
            raise self.refuse(last, f"before {self.theirs(first)}", "Correct whichever of the two is wrong.")

    def place_of(self, postcode: str | None) -> dict[str, Fact]:
        """The postcode with its coordinates; one that is not in the register stays without, and is counted."""
        if postcode is None:
            return {}
        found = self.reading.locate(postcode)
        if found is None:
            self.reading.lost_postcodes += 1
            return {"postcode": postcode}
        return {"postcode": postcode, "longitude": found[0], "latitude": found[1]}

    def hide(self, compartment: str, *columns: str) -> None:
        """These columns of this row lie in a compartment: they leave the raw row of every record outside it."""
        self._hidden.update(dict.fromkeys(columns, compartment))

    def classed(self, *compartments: str, handling: str | None = None, condition: str | None = None) -> None:
        """Every record of this row lies in these compartments, and is handled so."""
        self._class = (compartments, handling, condition)

    def access(self, authorities: tuple[str | None, ...] = (), compartments: tuple[str, ...] = ()) -> VisibilityClass:
        """The class of a record of this row that concerns these authorities, else those the agency serves."""
        named = {a for a in authorities if a}
        if not self.reading.mapping.source.publisher:
            named.discard(PUBLIC)  # no cell of an agency's file opens its row to everybody
        concerned = tuple(sorted(named or set(self.reading.authorities)))
        whole, handling, condition = self._class
        held = tuple(sorted({*self.reading.mapping.source.compartments, *whole, *compartments}))
        return VisibilityClass(self.reading.agency, concerned, held, handling, condition)

    def _raw(self, compartments: Iterable[str], only: Iterable[str] | None) -> dict[str, str]:
        held = set(compartments)
        hidden = {i for c, where in self._hidden.items() if where not in held for i in self.reading.columns.get(c, ())}
        hidden |= {i for c in self.reading.mapping.source.leave_out for i in self.reading.columns.get(c, ())}
        kept = None if only is None else {i for c in only for i in self.reading.columns.get(c, ())}
        return {
            name: cell
            for i, (name, cell) in enumerate(zip(self.reading.header, self.cells, strict=True))
            if cell and i not in hidden and (kept is None or i in kept)
        }

    def record(
        self,
        label: str,
        key: str,
        facts: Mapping[str, Fact],
        *,
        of: Mention | None = None,
        mentions: Mapping[str, Mention] | None = None,
        links: Sequence[LinkFact] = (),
        authorities: tuple[str | None, ...] = (),
        compartments: tuple[str, ...] = (),
        observed: tuple[datetime | None, datetime | None] = (None, None),
        only: Iterable[str] | None = None,
        search: Iterable[str] = (),
    ) -> Record:
        """One record of this row. ``of`` is whom it is about: HAD by a child, or DESCRIBED_BY for a description.

        Concerns the authorities named, else those the agency serves; ``only`` keeps the raw row to these columns.
        """
        reading = self.reading
        named = dict(mentions or {})
        joined = list(links)
        if of is not None:
            named["whom"] = of
            joined.insert(0, LinkFact("DESCRIBED_BY" if label == "Description" else "HAD", "whom", "record"))
        access = self.access(authorities, compartments)
        return Record(
            source=reading.mapping.source.name,
            agency=reading.agency,
            key=key,
            label=label,
            facts={name: value for name, value in facts.items() if value is not None and value != ()},
            mentions=named,
            links=tuple(joined),
            access=access,
            extract=reading.extract,
            provenance=Provenance(reading.file, reading.file_hash, self.number),
            raw=self._raw(access.compartments, only),
            observed_from=observed[0],
            observed_to=observed[1],
            search=tuple(dict.fromkeys(search)),
        )
