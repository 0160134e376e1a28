"""The tables as pages: the list of them, and each with its form, its chart, its lines and its files."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from missingnet.api import refusals
from missingnet.api.asks import Asks, CountingAsks
from missingnet.api.reader import Counting, GuardedRoute
from missingnet.api.recipients import AskedRecipients
from missingnet.api.refusals import Refused
from missingnet.api.screens.render import render
from missingnet.api.tabling import Tabled, as_csv, as_json, as_xlsx, released, tabled, wanted_of
from missingnet.graph.answers.declared_tables import tables
from missingnet.visualise.chart import bars_svg, drawn_measure
from missingnet.visualise.child_lines import lines_svg

router = APIRouter(route_class=GuardedRoute, tags=["tables"])

_Period = Annotated[str, Query(max_length=16, description="Months: 2026-10 or 2026-01..2026-10. Left out: twelve.")]
_Area = Annotated[
    str, Query(max_length=60, description="A local authority's code, a policing unit or a postcode district.")
]
_Agency = Annotated[str, Query(max_length=40, description="Only what this agency's records tell.")]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def _found(request: Request, asks: Asks, table: str, period: str, area: str, agency: str) -> Tabled:
    if table.upper() not in tables():
        raise Refused(refusals.NOT_FOUND)
    return await tabled(asks, wanted_of(asks, table, period, area, agency), request.app.state.kept)


async def _leaving(
    request: Request,
    asks: CountingAsks,
    table: str,
    recipients: AskedRecipients,
    period: _Period = "",
    area: _Area = "",
    agency: _Agency = "",
) -> tuple[Asks, Tabled]:
    """The table as it may leave in a file, and as whom it was asked."""
    asks = asks.leaving(recipients)
    return asks, await _found(request, asks, table, period, area, agency)


_Taken = Annotated[tuple[Asks, Tabled], Depends(_leaving)]


@router.get("/tables", response_class=HTMLResponse, include_in_schema=False)
async def tables_page(request: Request, asker: Counting) -> HTMLResponse:
    """Every table, with what it counts and where it comes from."""
    shown = [table for table in tables().values() if asker.reader.names or table.lines != "child"]
    return render(request, "tables.html", asker, title="Tables", tables=shown)


@router.get("/tables/{table}", response_class=HTMLResponse, include_in_schema=False)
async def table_page(
    request: Request, asks: CountingAsks, table: str, period: _Period = "", area: _Area = "", agency: _Agency = ""
) -> HTMLResponse:
    """One table over a period: its chart, its lines with the same numbers, and the files to take away."""
    found = await _found(request, asks, table, period, area, agency)
    wanted = found.wanted
    of_children = wanted.table.lines == "child"
    chart = (
        lines_svg(found.children, found.names, wanted.since, wanted.until, wanted.table.title)
        if of_children
        else bars_svg(found.sheet, "table-chart", wanted.table.title)
    )
    carried = [("period", wanted.period), ("area", wanted.area), ("agency", wanted.agency), *asks.moment.typed]
    return render(
        request,
        "table.html",
        asks.asker,
        title=wanted.table.title,
        table=wanted.table,
        wanted=wanted,
        sheet=found.sheet,
        children=found.children,
        names=found.names,
        of_children=of_children,
        drawn=None if of_children else drawn_measure(found.sheet),
        chart=chart if found.answer.rows else None,
        notes=found.answer.notes,
        carried=urlencode([(name, value) for name, value in carried if value]),
        typed=dict(asks.moment.typed),
        as_at=found.answer.as_at,
        known_at=found.answer.known_at,
    )


@router.get("/tables/{table}/table.json", summary="A table as data")
async def table_json(
    request: Request, asks: CountingAsks, table: str, period: _Period = "", area: _Area = "", agency: _Agency = ""
) -> JSONResponse:
    """The table's lines; a number that is hidden, or was not provided, is null and says which."""
    return JSONResponse(as_json(await _found(request, asks, table, period, area, agency)))


@router.get(
    "/tables/{table}/table.csv",
    summary="A table as comma-separated values",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}}},
)
async def table_csv(taken: _Taken) -> Response:
    """Marking, heading and lines; nothing in it is a formula. In the audit before it leaves."""
    asks, found = taken
    await released(asks, found, "csv")
    return Response(as_csv(asks, found), media_type="text/csv; charset=utf-8", headers=_named(found, "csv"))


@router.get(
    "/tables/{table}/table.xlsx",
    summary="A table as an Excel workbook",
    response_class=Response,
    responses={200: {"content": {_XLSX: {}}}},
)
async def table_xlsx(taken: _Taken) -> Response:
    """The table, and on a second sheet its marking, reader, purpose and as-at. In the audit before it leaves."""
    asks, found = taken
    await released(asks, found, "xlsx")
    return Response(as_xlsx(asks, found), media_type=_XLSX, headers=_named(found, "xlsx"))


def _named(found: Tabled, ending: str) -> dict[str, str]:
    name = f"missingnet-{found.wanted.table.id.lower()}-{found.wanted.period.replace('..', '-to-')}.{ending}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}
