"""The form from which a meeting's pack is taken away."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from missingnet.api import refusals
from missingnet.api.asks import Asking
from missingnet.api.reader import GuardedRoute
from missingnet.api.recipients import may_receive
from missingnet.api.refusals import Refused
from missingnet.api.screens.render import render
from missingnet.graph import times

router = APIRouter(route_class=GuardedRoute)


@router.get("/packs", response_class=HTMLResponse, include_in_schema=False)
async def packs_page(
    request: Request, asks: Asking, child: Annotated[str | None, Query(max_length=200)] = None
) -> HTMLResponse:
    """Both packs; that of a child when one was chosen on the child's page."""
    about = None
    if child:
        found = await asks.captions([child])
        about = found.get(child)
        if about is None or about.thing_kind != "Child":
            raise Refused(refusals.NOT_FOUND)
    today = times.utc_to_london(asks.moment.as_at).date()
    month = f"{today.year - (today.month == 1)}-{(today.month - 2) % 12 + 1:02d}"
    return render(
        request,
        "packs.html",
        asks.asker,
        title="Meeting packs",
        about=about,
        month=month,
        recipients=may_receive(request.app.state.door.readers()),
    )
