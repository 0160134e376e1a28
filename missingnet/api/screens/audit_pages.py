"""Who looked at this child, and what did this person look at: the auditor's page, and a person's own extract.

A thing is named by its id in the address; a person by a form, for names stand in no address (A6).
"""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import JSONResponse, Response

from missingnet.api import refusals
from missingnet.api.asks import Asks, AuditAsking
from missingnet.api.audit_extracts import subject_access
from missingnet.api.auditing import NAMED, Looked, what_they_looked_at, what_went_to, who_looked
from missingnet.api.moments import NotAMoment, moment_in
from missingnet.api.reader import GuardedRoute
from missingnet.api.refusals import Refused
from missingnet.api.screens.message import wants_page
from missingnet.api.screens.render import render
from missingnet.graph import times
from missingnet.graph.audit.index import Wanted

router = APIRouter(route_class=GuardedRoute, tags=["audit"])

#: Records on one page; how many there are is always said.
SHOWN = 50
_DAY = {"max_length": 25}
_Since = Annotated[str, Query(description="From this day on.", **_DAY)]
_Until = Annotated[str, Query(description="Up to and with this day.", **_DAY)]


def wanted_of(since: str, until: str, before: int | None = None) -> Wanted:
    """Which records are asked for, from the London days that were typed."""
    try:
        return Wanted(
            since=times.start_of_day(times.utc_to_london(moment_in(since)).date()) if since else None,
            until=moment_in(until) if until else None,
            before=before,
            limit=SHOWN,
        )
    except NotAMoment as error:
        raise Refused(refusals.NOT_UNDERSTOOD, str(error)) from error


@router.get("/audit", summary="Who looked at a child, or at anything else")
async def of_thing(
    request: Request,
    asks: AuditAsking,
    thing: Annotated[str, Query(max_length=60, description="The id of what was looked at.")] = "",
    since: _Since = "",
    until: _Until = "",
    before: Annotated[int | None, Query(ge=1, le=2**63 - 1, description="Only records before this one.")] = None,
) -> Response:
    """Everybody who was shown it, asked about it or took it away, and when, newest first."""
    looked = await who_looked(asks, thing.strip(), wanted_of(since, until, before)) if thing.strip() else None
    if not wants_page(request):
        if looked is None:
            raise Refused(refusals.NOT_UNDERSTOOD, "Name a thing by its id.")
        return JSONResponse(looked.as_json())
    return _page(request, asks, looked, {"thing": thing.strip(), "since": since, "until": until})


@router.post("/audit", summary="What a person looked at")
async def of_person(
    request: Request,
    asks: AuditAsking,
    person: Annotated[str, Form(max_length=100, description="The name they sign in with.")] = "",
    since: Annotated[str, Form(**_DAY)] = "",
    until: Annotated[str, Form(**_DAY)] = "",
    before: Annotated[int | None, Form(ge=1, le=2**63 - 1)] = None,
) -> Response:
    """Everything that somebody did, newest first."""
    name = person.strip()
    looked = await what_they_looked_at(asks, name, wanted_of(since, until, before)) if name else None
    if not wants_page(request):
        if looked is None:
            raise Refused(refusals.NOT_UNDERSTOOD, "Name a person by the name they sign in with.")
        return JSONResponse(looked.as_json())
    return _page(request, asks, looked, {"since": since, "until": until, "person": name})


@router.post("/audit/sent", summary="What went to a recipient in files, or all that left in files")
async def sent(
    request: Request,
    asks: AuditAsking,
    recipient: Annotated[str, Form(max_length=100, description="A reader's name; left out: whoever got it.")] = "",
    since: Annotated[str, Form(**_DAY)] = "",
    until: Annotated[str, Form(**_DAY)] = "",
    before: Annotated[int | None, Form(ge=1, le=2**63 - 1)] = None,
) -> Response:
    """Each file or pack that left, who took it away and for whom, newest first."""
    name = recipient.strip()
    looked = await what_went_to(asks, name, wanted_of(since, until, before))
    if not wants_page(request):
        return JSONResponse(looked.as_json())
    return _page(request, asks, looked, {"since": since, "until": until, "recipient": name})


@router.get(
    "/audit/extract.csv",
    summary="A person's own extract: who used what is recorded about them",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}}},
)
async def extract(
    asks: AuditAsking,
    thing: Annotated[str, Query(max_length=60, description="The person's id.")],
    since: _Since = "",
    until: _Until = "",
    inquiries: Annotated[bool, Query(description="Tell of inquiries too: a person has decided so.")] = False,
) -> Response:
    """By day, agency, purpose and kind of use; it names nobody. It is in the audit before it leaves."""
    found = await subject_access(asks, thing.strip(), inquiries=inquiries, wanted=wanted_of(since, until))
    name = 'attachment; filename="missingnet-subject-access.csv"'
    return Response(found.text, media_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})


def _page(request: Request, asks: Asks, looked: Looked | None, typed: dict[str, str]) -> Response:
    typed = {"thing": "", "person": "", "recipient": "", **typed}
    lines = looked.lines if looked else ()
    period = {name: typed[name] for name in ("since", "until") if typed[name]}
    last = lines[-1].sequence if len(lines) == SHOWN else None
    return render(
        request,
        "audit.html",
        asks.asker,
        title="Who looked at whom",
        looked=looked,
        typed=typed,
        named=NAMED,
        further=last,
        carried=urlencode({"thing": typed["thing"], **period}),
        captions=looked.captions if looked else {},
    )
