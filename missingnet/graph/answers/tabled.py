"""A table as an answer: its lines with their cells, small numbers hidden from who may see no names, gaps said (§5, §8).

Pure. The facts are those of the reader's own graph; what leaves here for a reader without names holds no id, no fact of
one child, and no number from which a small one could be worked out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.counting import MEAN, NOT_DESCRIBED, Among, Counted, count
from missingnet.graph.answers.declared_tables import Table, tables
from missingnet.graph.answers.lines_of_children import lines_of
from missingnet.graph.answers.suppression import Place, hidden
from missingnet.graph.answers.told_of_child import (
    DescriptionTold,
    FilesTold,
    Stay,
    age_on,
    authority_of,
    ethnicity_group,
    newest,
    out_of_area,
)
from missingnet.graph.times import utc_to_london

COUNTED: Final = "counted"
HIDDEN: Final = "hidden"
NOT_PROVIDED: Final = "not provided"
#: The line and the column of the totals.
ALL: Final = "all"
ADDED: Final = "added"
INTERVIEW: Final = "interview"
_THINGS: Final = {"home": "Home", "school": "School"}


class TableCell(Row):
    """One number of a table."""

    column: str = Field(description="What it is counted under across; 'added': all columns; empty: there is one column")
    measure: str = Field(description="'episodes', 'children', 'interviews' or 'mean absences'")
    state: str = Field(description="'counted'; 'hidden': a small number, or one that gives it back; 'not provided'")
    count: int | float | None = Field(description="The number; None: hidden, or not provided")
    share: float | None = Field(
        description="In a hundred of the column's total; None: hidden, not provided, or no part"
    )


class TableLine(Row):
    """One line of a table."""

    period: str = Field(description="The months counted: '2026-01..2026-03'")
    line: str = Field(description="What is counted: a month, a band, a district, …; 'all': the total")
    thing_id: str | None = Field(description="The home or school; None: another line, or not for this reader")
    thing_kind: str | None = Field(description="Its kind; None: none")
    cells: tuple[TableCell, ...] = Field(description="Its numbers, across", strict=False)


def at_time(
    described: Sequence[DescriptionTold], stay: Stay | None, day: date, parameters: Mapping[str, Any]
) -> dict[str, Any]:
    """The facts of a child on one day that every table may count by."""
    born = newest(described, "born")
    ethnicity = newest(described, "ethnicity")
    away = out_of_area(stay, parameters["authority_names"])
    return {
        "placement": stay.place_code if stay else None,
        "provider": stay.provider_code if stay else None,
        "legal_status": stay.legal_status if stay else None,
        "gender": newest(described, "sex"),
        "ethnicity": ethnicity_group(str(ethnicity) if ethnicity else None, parameters["ethnicity_groups"]),
        "age": age_on(born if isinstance(born, date) else None, day),
        "authority": authority_of(described, stay),
        "area": None if away is None else "out of area" if away else "in area",
    }


def months_of(parameters: Mapping[str, Any]) -> list[str]:
    """The London months that a period touches."""
    first = utc_to_london(parameters["since"]).date().replace(day=1)
    last = utc_to_london(parameters["until"] - timedelta(seconds=1)).date()
    found = []
    while first <= last:
        found.append(f"{first:%Y-%m}")
        first = (first + timedelta(days=32)).replace(day=1)
    return found


def answered(facts: Sequence[Any], files: Sequence[FilesTold], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
    """The facts themselves, or the lines of the table that is asked for; and what is to be known of them."""
    parameters = asked.parameters
    files = [f for f in files if not parameters["agency"] or f.agency == parameters["agency"]]
    months = months_of(parameters)
    if not parameters["table"]:
        return (facts if asked.names else ()), _gaps(files, months, ())
    table = tables()[parameters["table"]]
    if table.lines == "child":
        return (lines_of(facts) if asked.names else ()), _gaps(files, months, _kinds(table))
    size = len(months) if asked.names else int(parameters["period_months"])
    # Every period has the columns that any of them has.
    columns = count(table, Among.of(facts, months, parameters)).columns
    lines: list[TableLine] = []
    for start in range(0, len(months), max(size, 1)):
        among = Among.of(facts, months[start : start + size], parameters)
        lines += _block(table, among, replace(count(table, among), columns=columns), files, asked)
    notes = _gaps(files, months, _kinds(table))
    if any(cell.state == HIDDEN for line in lines for cell in line.cells):
        notes.append(
            f"c: hidden, because it is of fewer than {parameters['fewer_than']} children, or a small number could be "
            "worked out from it."
        )
    if MEAN in table.counts:
        notes.append("Absences are averaged over the children of each band, those with none among them.")
    return lines, notes


def _block(table: Table, among: Among, found: Counted, files: Sequence[FilesTold], asked: Asked) -> list[TableLine]:
    """The lines of one period, with the total last."""
    columns: list[str | None] = [*found.columns, *((None,) if table.added else ())]
    lines: list[str | None] = [*found.lines, None]
    places = [(line, column) for line in lines for column in columns]
    told = frozenset(place for place in places if _provided(table, place, found, among.months, files))
    kept = (
        frozenset() if asked.names else _kept(table, found, [place for place in places if place in told], among, asked)
    )
    names = _names(table, among)
    return [
        TableLine(
            period=f"{among.months[0]}..{among.months[-1]}",
            line=ALL if line is None else names.get(line, line) or NOT_DESCRIBED,
            thing_id=line if asked.names and line in names else None,
            thing_kind=_THINGS[table.lines] if line in names else None,
            cells=tuple(
                _cell(
                    found,
                    (line, column),
                    measure,
                    among,
                    _state((line, column), measure, told, kept, among, files),
                    parts=table.lines != "month" and (None, column) not in kept,
                )
                for measure in table.counts
                for column in columns
            ),
        )
        for line in lines
    ]


def _names(table: Table, among: Among) -> dict[str, str | None]:
    """What establishments are called, by id."""
    if table.lines not in _THINGS:
        return {}
    found = {getattr(fact, f"{table.lines}_id"): getattr(fact, table.lines) for fact in among.facts}
    return {thing: name for thing, name in found.items() if thing is not None}


def _state(
    place: Place,
    measure: str,
    told: frozenset[Place],
    kept: frozenset[Place],
    among: Among,
    files: Sequence[FilesTold],
) -> str:
    if place not in told or (measure == MEAN and not any(_covered(files, "absent", month) for month in among.months)):
        return NOT_PROVIDED
    return HIDDEN if place in kept else COUNTED


def _cell(found: Counted, place: Place, measure: str, among: Among, state: str, *, parts: bool) -> TableCell:
    """The number, and its share where the lines are parts of the column's total."""
    number = found.of(measure, place, among) if state == COUNTED else None
    total = found.of(measure, (None, place[1]), among) if parts and measure != MEAN else 0
    return TableCell(
        column=ADDED if place[1] is None else place[1],
        measure=measure,
        state=state,
        count=number,
        share=round(100 * number / total, 1) if number is not None and total else None,
    )


def _kept(table: Table, found: Counted, places: Sequence[Place], among: Among, asked: Asked) -> frozenset[Place]:
    """The places whose numbers are hidden: the same in every measure, so that one does not tell another's."""
    least = asked.parameters["fewer_than"]
    children = {place: int(found.of("children", place, among)) for place in places}
    total = (None, None if table.added else found.columns[0])
    if 0 < children.get(total, 0) < least:
        return frozenset(places)
    kept = frozenset(place for place, number in children.items() if 0 < number < least)
    while True:
        more = kept
        for measure in table.counts:
            if measure != MEAN:
                values = {place: int(found.of(measure, place, among)) for place in places}
                more |= hidden(values, more, sums_first=table.columns == "kind")
        if more == kept:
            return kept
        kept = more


def _kinds(table: Table) -> tuple[str, ...]:
    """The kinds that a table cannot do without."""
    if table.of == "TABLE-OF-INTERVIEWS":
        return (INTERVIEW,)
    return (*(table.kinds or ("missing", "absent")), *(("absent",) if MEAN in table.counts else ()))


def _provided(table: Table, place: Place, found: Counted, months: Sequence[str], files: Sequence[FilesTold]) -> bool:
    """True when files cover what is counted there: a month by itself, what is added only where all of it is covered."""
    line, column = place
    by_month = table.lines == "month"
    if table.columns == "kind":
        kinds = found.columns if column is None else [column]
    else:
        kinds = [kind for kind in _kinds(table) if kind != "absent" or kind in table.kinds]
    if by_month and line is not None:
        return all(_covered(files, kind, line) for kind in kinds)
    if by_month and column is None and table.columns == "kind":
        return all(_covered(files, kind, month) for kind in kinds for month in months)
    return all(any(_covered(files, kind, month) for month in months) for kind in kinds)


def _covered(files: Iterable[FilesTold], kind: str, month: str) -> bool:
    return any(kind in file.kinds and file.covers(month) for file in files)


def _gaps(files: Sequence[FilesTold], months: Sequence[str], kinds: Sequence[str]) -> list[str]:
    """What was not provided, agency by agency: no data is not nought."""
    notes = []
    for file in sorted(files, key=lambda f: (f.agency, f.source)):
        gone = [month for month in months if not file.covers(month)]
        if gone and (not kinds or set(kinds) & set(file.kinds)):
            notes.append(f"Not provided: {_said(gone)}, by the {file.source.replace('_', ' ')} files of {file.agency}.")
    for kind in kinds:
        if not any(kind in file.kinds for file in files):
            notes.append(
                f"Not provided: no file tells of {kind}." if kind != INTERVIEW else "Not provided: no interviews."
            )
    return notes


def _said(months: Sequence[str]) -> str:
    return months[0] if len(months) == 1 else f"{months[0]} to {months[-1]}" if _run(months) else ", ".join(months)


def _run(months: Sequence[str]) -> bool:
    first, last = (int(m[:4]) * 12 + int(m[5:]) for m in (months[0], months[-1]))
    return last - first + 1 == len(months)
