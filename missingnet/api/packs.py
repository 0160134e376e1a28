"""Meeting packs over HTTP: PDF or JSON of the same pack, of what reader and recipients may see."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response

from missingnet.api import refusals
from missingnet.api.asks import Asking, Asks
from missingnet.api.composing import NobodyThere, compose
from missingnet.api.reader import GuardedRoute
from missingnet.api.recipients import AskedRecipients
from missingnet.api.refusals import Refused
from missingnet.graph import times
from missingnet.graph.access import Reader
from missingnet.visualise.pack import About, Pack, about_child, about_month

router = APIRouter(route_class=GuardedRoute, tags=["packs"])

Form = Literal["pdf", "json"]
AskedForm = Annotated[Form | None, Query(alias="format", description="pdf or json; left out: what Accept says.")]
_Child = Annotated[str, Query(min_length=1, max_length=200, description="The child's id.", examples=["a3f19c2b7d"])]
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The pack", "content": {"application/pdf": {}, "application/json": {}}},
    404: {"description": "Nothing there that this reader may see"},
}


def form_of(request: Request, asked: Form | None) -> Form:
    """PDF, unless JSON is asked for by `format` or is what the caller accepts."""
    if asked is not None:
        return asked
    accept = request.headers.get("accept", "")
    return "json" if "application/json" in accept and "application/pdf" not in accept else "pdf"


async def released(pack: Pack, form: Form, name: str) -> Response:
    """The pack as a file whose name holds nobody's name."""
    if form == "json":
        return JSONResponse(pack.as_json())
    pdf = await asyncio.to_thread(pack.pdf)
    stamp = f"{times.utc_to_london(pack.made_at):%Y-%m-%d-%H%M}"
    disposition = f'attachment; filename="missingnet-{name}-{stamp}.pdf"'
    return Response(pdf, media_type="application/pdf", headers={"Content-Disposition": disposition})


@router.get("/packs/mase", responses=_RESPONSES, response_class=Response, summary="One child's pack for MASE")
async def mase(
    request: Request,
    asks: Asking,
    child: _Child,
    recipients: AskedRecipients,
    format: AskedForm = None,
) -> Response:
    """The whole picture of one child, in the agenda's order, each line with its records."""
    return await _pack(request, asks, "MASE", _about(asks, child), recipients, format)


@router.get(
    "/packs/strategy", responses=_RESPONSES, response_class=Response, summary="One child's pack for a strategy meeting"
)
async def strategy(
    request: Request,
    asks: Asking,
    child: _Child,
    recipients: AskedRecipients,
    format: AskedForm = None,
) -> Response:
    """What is known and done, what is still owed, and what the meeting is to decide, each line with its records."""
    return await _pack(request, asks, "STRATEGY", _about(asks, child), recipients, format)


@router.get(
    "/packs/operational-group",
    responses=_RESPONSES,
    response_class=Response,
    summary="A month's operational group pack",
)
async def operational_group(
    request: Request,
    asks: Asking,
    period: Annotated[str, Query(description="A month, such as 2026-10.", examples=["2026-10"])],
    recipients: AskedRecipients,
    format: AskedForm = None,
) -> Response:
    """What has changed in a month: children by rule, associates, places, groups, in the agenda's order."""
    try:
        about = about_month(period.strip())
    except ValueError as error:
        raise Refused(refusals.NOT_UNDERSTOOD, "A period is a month, written as 2026-10.") from error
    return await _pack(request, asks, "OPERATIONAL-GROUP", about, recipients, format)


def _about(asks: Asks, child: str) -> About:
    return about_child(child, times.utc_to_london(asks.moment.as_at).date())


async def _pack(
    request: Request, asks: Asks, name: str, about: About, recipients: Sequence[Reader], form: Form | None
) -> Response:
    try:
        pack = await compose(asks, name, about, recipients)
    except NobodyThere as error:
        raise Refused(refusals.NOT_FOUND) from error
    return await released(pack, form_of(request, form), name.lower())
