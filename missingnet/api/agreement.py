"""How far police's and councils' records agree, month by month: on the data officer's page, over HTTP and by command.

What is counted is the answer of POLICE-COUNCIL-MISMATCH with what agrees, so that page, route and command say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse

from missingnet.api.asks import Asking, Asks, rows_of
from missingnet.api.reader import GuardedRoute
from missingnet.graph.answers import Answer, Row, plain
from missingnet.graph.answers.police_council_mismatch import Mismatch

router = APIRouter(route_class=GuardedRoute, tags=["records"])

RULE: Final = "POLICE-COUNCIL-MISMATCH"


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


def trend_of(rows: Iterable[Mismatch], *, agency: str = "", home: str = "") -> list[Month]:
    """Agreement by month, among the records of one agency or home where one is named (DOMAIN §5). What is a matter of
    definition, or not provided, is not compared."""
    counted = [
        row
        for row in rows
        if (not row.differences or row.look)
        and (not agency or agency in row.agencies)
        and home in ("", row.home_id or "none")
    ]
    return [
        Month(month, len(many), sum(not row.differences for row in many))
        for month, found in groupby(sorted(counted, key=lambda row: row.month), key=lambda row: row.month)
        for many in (list(found),)
    ]


def period_of(since: str | None, until: str | None) -> dict[str, str]:
    """The period as the question takes it; what is not named stays as the rulebook has it."""
    return {name: value for name, value in (("since", since), ("until", until)) if value}


async def compared(request: Request, asks: Asks, since: str | None, until: str | None) -> Answer[Row]:
    """Every line of the period, also those that agree, as this reader sees them; kept for a while (KeptAnswers)."""
    answer: Answer[Row] = await request.app.state.kept.ask(asks, RULE, {"agreed": True, **period_of(since, until)})
    return answer


def told(answer: Answer[Row], months: Sequence[Month]) -> dict[str, Any]:
    """The trend as a program reads it."""
    return {
        "rule": answer.rule,
        "as_at": plain(answer.as_at),
        "marking": answer.marking,
        "months": [asdict(one) for one in months],
        "notes": list(answer.notes),
    }


@router.get("/reconciliation/agreement", summary="How far police's and councils' records agree, month by month")
async def agreement(
    request: Request,
    asks: Asking,
    since: Annotated[str, Query(max_length=10, description="The first day, as 2026-01-01.")] = "",
    until: Annotated[str, Query(max_length=10, description="The day after the last, as 2026-11-01.")] = "",
    agency: Annotated[str, Query(max_length=60, description="Only episodes that this agency recorded.")] = "",
    home: Annotated[str, Query(max_length=60, description="Only of children placed in this home, by its id.")] = "",
) -> JSONResponse:
    """By month: episodes of looked-after children that were compared, and those on which the records agree."""
    answer = await compared(request, asks, since, until)
    return JSONResponse(told(answer, trend_of(rows_of(answer, Mismatch), agency=agency, home=home)))
