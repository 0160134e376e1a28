"""The data protection officer's page: reading that is unusual, each a suggestion to ask the person about (S5)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response

from missingnet.api.asks import AuditAsking
from missingnet.api.reader import GuardedRoute
from missingnet.api.screens.audit_pages import wanted_of
from missingnet.api.screens.message import wants_page
from missingnet.api.screens.render import render
from missingnet.api.unusual import USUALLY, in_words, unusual_reading, whose
from missingnet.graph import times

router = APIRouter(route_class=GuardedRoute, tags=["audit"])

_Day = Annotated[str, Query(max_length=25, description="A day such as 2026-10-31. Left out: four weeks until today.")]


@router.get("/audit/unusual", summary="Reading that is unusual: suggestions to ask the person about")
async def unusual(request: Request, asks: AuditAsking, since: _Day = "", until: _Day = "") -> Response:
    """Many things opened one by one, own family or a colleague's, after hours, too fast. Nothing is blocked by it."""
    wanted = wanted_of(since, until)
    last = wanted.until or times.now()
    found = await unusual_reading(asks, request.app.state.settings, wanted.since or last - USUALLY, last)
    if not wants_page(request):
        return JSONResponse(found.as_json())
    days = {one: tuple(f"{times.utc_to_london(at):%Y-%m-%d}" for at in (one.first, one.last)) for one in found.found}
    return render(
        request,
        "unusual.html",
        asks.asker,
        title="Unusual reading",
        unusual=found,
        typed={"since": since, "until": until},
        days=days,
        in_words=in_words,
        whose=whose,
    )
