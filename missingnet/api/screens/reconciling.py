"""The page a data officer works from: where police's and councils' records differ, by month and home, and the trend.

All of it is one answer (POLICE-COUNCIL-MISMATCH, with what agrees): list, counts, trend and file cannot differ.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from missingnet.api import refusals
from missingnet.api.asks import Asking, Asks, rows_of
from missingnet.api.reader import GuardedRoute
from missingnet.api.refusals import Refused
from missingnet.api.screens.render import render
from missingnet.api.screens.source_words import source_words
from missingnet.api.screens.tables import things_in
from missingnet.api.spreadsheet import csv_text
from missingnet.graph import access
from missingnet.graph.answers import Answer, Row
from missingnet.graph.answers.events import Event
from missingnet.graph.answers.police_council_mismatch import Mismatch
from missingnet.graph.lookups import held
from missingnet.graph.times import utc_to_london

router = APIRouter(route_class=GuardedRoute, include_in_schema=False)

RULE: Final = "POLICE-COUNCIL-MISMATCH"
#: Lines on one page; how many there are is always said.
SHOWN: Final = 50
_COLUMNS: Final = ("Month", "Differs in", "Should look", "Hours between starts", "Hours between ends", "Records")
_Day = Annotated[str, Query(max_length=10)]
_Word = Annotated[str, Query(max_length=60)]


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the trend: episodes compared, and those on which the records agree."""

    month: str
    compared: int
    agree: int

    @property
    def share(self) -> str:
        """How many in a hundred agree."""
        return f"{self.agree / self.compared:.0%}"


def trend_of(rows: Sequence[Mismatch]) -> list[Month]:
    """Agreement by month. What is a matter of definition, or not provided, is not compared."""
    counted = [row for row in rows if not row.differences or row.look]
    return [
        Month(month, len(many), sum(not row.differences for row in many))
        for month, found in groupby(sorted(counted, key=lambda row: row.month), key=lambda row: row.month)
        for many in (list(found),)
    ]


def chosen(rows: Sequence[Mismatch], month: str, agency: str, difference: str, home: str) -> list[Mismatch]:
    """The lines that differ and fit what was chosen; an empty choice fits all."""
    return [
        row
        for row in rows
        if row.differences
        and month in ("", row.month)
        and (not agency or agency in row.look)
        and (not difference or difference in row.differences)
        and home in ("", row.home_id or "none")
    ]


async def _answer(request: Request, asks: Asks, since: str, until: str) -> Answer[Row]:
    given = {"agreed": True} | ({"since": since} if since else {}) | ({"until": until} if until else {})
    answer: Answer[Row] = await request.app.state.kept.ask(asks, RULE, given)
    return answer


@router.get("/reconcile", response_class=HTMLResponse)
async def reconcile_page(
    request: Request,
    asks: Asking,
    since: _Day = "",
    until: _Day = "",
    month: _Word = "",
    agency: _Word = "",
    difference: _Word = "",
    home: _Word = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """The lines that differ, with both sides' records, and who should look; what may be chosen; and the trend."""
    answer = await _answer(request, asks, since, until)
    rows = rows_of(answer, Mismatch)
    lines = chosen(rows, month, agency, difference, home)
    shown = lines[(page - 1) * SHOWN : page * SHOWN]
    differ = [row for row in rows if row.differences]
    homes = {row.home_id for row in differ if row.home_id}
    captions = await asks.captions({*things_in(shown), *homes})
    told = await asks.events({record for row in shown for record in row.records})
    named = {one: captions[one].caption for one in homes if one in captions}
    picked = {"month": month, "agency": agency, "difference": difference, "home": home}
    return render(
        request,
        "reconcile.html",
        asks.asker,
        title="Where police and council records differ",
        rows=shown,
        start=(page - 1) * SHOWN,
        total=len(lines),
        page=page,
        more=page * SHOWN < len(lines),
        notes=answer.notes,
        trend=trend_of(rows),
        captions=captions,
        sources=source_words(told),
        picked=picked,
        since=since,
        until=until,
        months=sorted({row.month for row in differ}),
        agencies=sorted({one for row in differ for one in row.look}),
        differences=sorted({one for row in differ for one in row.differences}),
        homes=sorted(named.items(), key=lambda item: item[1]),
        as_at=asks.moment.as_at,
        known_at=asks.moment.known_at,
    )


@router.get("/reconcile/lines.csv")
async def lines_file(
    request: Request, asks: Asking, agency: _Word, since: _Day = "", until: _Day = "", month: _Word = ""
) -> Response:
    """The lines at which an agency should look, to send to it: only those whose every record its people may see.

    Records are named by their own agencies' references, and no child by name. It is in the audit before it leaves.

    :raises Refused: nobody of that agency is known here, so it cannot be said what they may see.
    """
    theirs = [one for one in access.readers(request.app.state.readers_file).values() if one.agency == agency]
    if not theirs:
        raise Refused(refusals.NOT_UNDERSTOOD, "No reader of that agency is known here. Name another agency.")
    answer = await _answer(request, asks, since, until)
    lines = chosen(rows_of(answer, Mismatch), month, agency, "", "")
    records = {record for row in lines for record in row.records}
    classes = await held(asks.store, sorted(records))
    seen = {
        record
        for record, found in classes.items()
        if all(access.sees(one, asks.asker.purpose, found.access) for one in theirs)
    }
    lines = [row for row in lines if set(row.records) <= seen]
    told = await asks.events({record for row in lines for record in row.records})
    entry = {
        **asks.store.audit.entry("disclose", asks.asker.reader, asks.asker.purpose),
        "document": "reconciliation lines",
        "about": agency,
        "shown": sorted({row.child_id for row in lines}),
        "outcome": "released",
    }
    await asyncio.to_thread(asks.store.audit.write, entry)
    name = 'attachment; filename="missingnet-reconciliation.csv"'
    return Response(written(lines, told), media_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})


def written(lines: Sequence[Mismatch], told: Mapping[str, Sequence[Event]]) -> str:
    """The lines as a table of text without formulas; times are London's."""
    rows = []
    for row in lines:
        records = "; ".join(_record(row, number, told) for number in range(len(row.sides)))
        hours = ["" if value is None else str(value) for value in (row.start_apart, row.end_apart)]
        rows.append((row.month, "; ".join(row.differences), "; ".join(row.look), *hours, records))
    return csv_text([_COLUMNS, *rows])


def _record(row: Mismatch, number: int, told: Mapping[str, Sequence[Event]]) -> str:
    side = row.sides[number]
    reference = next((event.reference for event in told.get(side.record, ()) if event.reference), "record")
    form = "%d/%m/%Y" if side.precision == "day" else "%d/%m/%Y %H:%M"
    start, end = (
        f"{utc_to_london(moment):{form}}" if moment else "not recorded" for moment in (side.started, side.ended)
    )
    return f"{side.agency} {reference}: {side.kind}, {start} to {end}"
