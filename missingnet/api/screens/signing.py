"""Signing in and out of the demonstration: choose a reader and a purpose, and see what such a reader may see."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from missingnet.api.reader import GuardedRoute, SigningIn
from missingnet.api.screens.message import NEXT, local
from missingnet.api.screens.stating import Asked, Stated, form
from missingnet.api.sessions import LONGEST, Session
from missingnet.graph import times

router = APIRouter(route_class=GuardedRoute)


def _form(request: Request, stated: Stated, problems: dict[str, str]) -> HTMLResponse:
    asked = Asked(
        title="Sign in to the demonstration",
        action="/sign-in",
        words="This is the demonstration's sign-in, for an invented partnership on this machine only. There is no "
        "password: you choose who to be, to see what each reader may see. A service with real records signs people in "
        "through their own organisation.",
        choosing="Who are you?",
        readers={name: (about.title, name) for name, about in request.app.state.door.readers().items()},
        button="Sign in",
    )
    return form(request, asked, stated, problems)


async def _note(request: Request, act: str, session: Session) -> None:
    """In the audit before anything comes of it."""
    reader = request.app.state.door.readers().get(session.reader)
    if reader is not None and session.purpose is not None:
        audit = request.app.state.store.audit
        line = {**audit.entry(act, reader, session.purpose), "outcome": "done"}
        await asyncio.to_thread(audit.write, line)


@router.get("/sign-in", dependencies=[SigningIn], include_in_schema=False, response_class=HTMLResponse)
async def sign_in_page(request: Request) -> HTMLResponse:
    """The form."""
    return _form(request, Stated("coordinator", "MASE", "", local(request.cookies.get(NEXT, "/"))), {})


@router.post("/sign-in", dependencies=[SigningIn], include_in_schema=False)
async def sign_in(
    request: Request,
    reader: Annotated[str, Form(max_length=100)] = "",
    purpose: Annotated[str, Form(max_length=40)] = "",
    reference: Annotated[str, Form(max_length=200)] = "",
    next: Annotated[str, Form(max_length=500)] = "/",
) -> Response:
    """Begin a session under a new number; an earlier one of the same browser ends."""
    door = request.app.state.door
    filled = Stated(reader, purpose, reference, local(next))
    problems: dict[str, str] = {}
    if reader.strip() not in door.readers():
        problems["reader"] = "Choose who you are"
    stated = filled.understood(problems)
    if problems or stated is None:
        return _form(request, filled, problems)
    await _note(request, "sign-in", Session(reader.strip(), stated))
    door.sessions.end(request.cookies.get(door.cookie))
    response = RedirectResponse(filled.next, status_code=303)
    response.set_cookie(
        door.cookie,
        door.sessions.begin(Session(reader.strip(), stated), times.now()),
        max_age=int(LONGEST.total_seconds()),
        httponly=True,
        samesite="strict",
    )
    response.delete_cookie(NEXT, path="/sign-in", httponly=True, samesite="strict")
    return response


@router.post("/sign-out", dependencies=[SigningIn], include_in_schema=False)
async def sign_out(request: Request) -> Response:
    """End the session, here and not only in the browser."""
    door = request.app.state.door
    session = door.sessions.end(request.cookies.get(door.cookie))
    if session is not None:
        await _note(request, "sign-out", session)
    response = RedirectResponse("/sign-in", status_code=303)
    response.delete_cookie(door.cookie, httponly=True, samesite="strict")
    return response
