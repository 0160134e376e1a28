"""Signing in and out of the demonstration: choose a reader and a purpose, and see what such a reader may see."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from missingnet.api.reader import GuardedRoute, SigningIn, purpose_in, reader_named
from missingnet.api.refusals import Refused
from missingnet.api.screens.message import local
from missingnet.api.screens.render import render
from missingnet.api.sessions import COOKIE, LONGEST
from missingnet.graph import access, times

router = APIRouter(route_class=GuardedRoute)

PURPOSE_WORDS = {
    "MASE": "MASE: one child's multi-agency meeting",
    "OPERATIONAL-GROUP": "Operational group: the monthly meeting",
    "CASE": "Case work with one child",
    "INVESTIGATION": "Police investigation",
    "EDUCATION": "School attendance and children missing education",
    "HEALTH": "Health of a child",
    "DATA-QUALITY": "Checking the records themselves",
    "AUDIT": "Audit: who looked at whom",
    "STATISTICS": "Statistics: tables, and nothing else",
}


def _form(
    request: Request, next_page: str, problems: dict[str, str], reader: str, purpose: str, reference: str
) -> HTMLResponse:
    readers = access.readers(request.app.state.readers_file)
    return render(
        request,
        "sign_in.html",
        None,
        title="Sign in to the demonstration",
        status=422 if problems else 200,
        readers=[
            {"value": name, "text": about.title, "hint": {"text": name}, "checked": name == reader}
            for name, about in readers.items()
        ],
        purposes=[{"value": code, "text": PURPOSE_WORDS.get(code, code)} for code in access.PURPOSES],
        chosen={"reader": reader, "purpose": purpose, "reference": reference},
        problems=problems,
        errors=[{"text": words, "href": f"#{field}"} for field, words in problems.items()],
        next=next_page,
    )


@router.get("/sign-in", dependencies=[SigningIn], include_in_schema=False, response_class=HTMLResponse)
async def sign_in_page(request: Request) -> HTMLResponse:
    """The form."""
    return _form(request, local(request.cookies.get("missingnet_next", "/")), {}, "coordinator", "MASE", "")


@router.post("/sign-in", dependencies=[SigningIn], include_in_schema=False)
async def sign_in(
    request: Request,
    reader: Annotated[str, Form(max_length=100)] = "",
    purpose: Annotated[str, Form(max_length=40)] = "",
    reference: Annotated[str, Form(max_length=200)] = "",
    next: Annotated[str, Form(max_length=500)] = "/",
) -> Response:
    """Begin a session under a new number; an earlier one of the same browser ends."""
    problems: dict[str, str] = {}
    try:
        reader_named(reader, request.app.state.readers_file)
    except Refused:
        problems["reader"] = "Choose who you are"
    stated = None
    try:
        stated = purpose_in(f"{purpose} {reference}")
    except Refused as refused:
        field = "reference" if refused.words.code == "reference-not-understood" else "purpose"
        problems[field] = (
            "Write a short reference such as case-12: letters, digits, dots and dashes, no names"
            if field == "reference"
            else "Choose what the information is for"
        )
    if problems or stated is None:
        return _form(request, local(next), problems, reader, purpose, "" if "reference" in problems else reference)
    sessions = request.app.state.sessions
    sessions.end(request.cookies.get(COOKIE))
    response = RedirectResponse(local(next), status_code=303)
    response.set_cookie(
        COOKIE,
        sessions.begin(reader, stated, times.now()),
        max_age=int(LONGEST.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    response.delete_cookie("missingnet_next", path="/sign-in", httponly=True, samesite="strict")
    return response


@router.post("/sign-out", dependencies=[SigningIn], include_in_schema=False)
async def sign_out(request: Request) -> Response:
    """End the session, here and not only in the browser."""
    request.app.state.sessions.end(request.cookies.get(COOKIE))
    response = RedirectResponse("/sign-in", status_code=303)
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return response
