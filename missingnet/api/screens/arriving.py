"""Signing in through the organisation's provider: there and back, then a purpose; and out again (S2).

The session's cookie is SameSite=Strict, which a browser does not send while it comes from another site. So the way back
ends on a page of ours that goes on by itself, and only the number of the attempt, which opens nothing, is Lax.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from missingnet.api import refusals
from missingnet.api.reader import GuardedRoute, SigningIn
from missingnet.api.refusals import Refused
from missingnet.api.screens.message import NEXT, local
from missingnet.api.screens.render import render
from missingnet.api.screens.stating import Asked, Stated, form
from missingnet.api.sessions import Session
from missingnet.api.sign_in.organisation import ATTEMPT, Organisation
from missingnet.api.sign_in.provider import CALLBACK, Attempt, NotProven, ProviderUnavailable
from missingnet.graph import times

log = logging.getLogger("missingnet.api")
router = APIRouter(route_class=GuardedRoute, include_in_schema=False)


def _door(request: Request) -> Organisation:
    door: Organisation = request.app.state.door
    return door


async def _note(request: Request, act: str, session: Session, outcome: str) -> None:
    """In the audit before anything comes of it."""
    group = _door(request).told.groups.get(session.group)
    audit = request.app.state.store.audit
    line: dict[str, Any] = {
        "act": act,
        "who": session.reader,
        "agency": group.agency if group else "",
        "purpose": session.purpose.code if session.purpose else "",
        "group": session.group,
        "outcome": outcome,
    }
    if session.purpose is not None:
        line["reference"] = audit.conceal(session.purpose.reference)
    await asyncio.to_thread(audit.write, line)


def _set(request: Request, response: Response, name: str, value: str, seconds: float, same_site: Any) -> None:
    door = _door(request)
    response.set_cookie(
        name, value, max_age=int(seconds), httponly=True, secure=door.secure, samesite=same_site, path="/"
    )


def _drop(request: Request, response: Response, name: str, path: str = "/") -> None:
    response.delete_cookie(name, path=path, httponly=True, secure=_door(request).secure, samesite="strict")


@router.get("/sign-in", dependencies=[SigningIn], response_class=HTMLResponse)
async def welcome(request: Request) -> HTMLResponse:
    """Where signing in begins."""
    return render(request, "sign_in_outside.html", None, title="Sign in", session=_door(request).session(request))


@router.get("/sign-in/provider", dependencies=[SigningIn])
async def leave_for_provider(request: Request, afresh: bool = False) -> Response:
    """Send the browser to the provider, and remember for this browser what its answer must repeat.

    Afresh: the person proves again who they are, which emergency access needs, and is led there.
    """
    door, attempt, now = _door(request), Attempt(afresh=afresh), times.now()
    address = await _reached(door.provider.begin(door.told, attempt, now))
    response = RedirectResponse(address, status_code=303)
    _set(request, response, door.named("attempt"), door.attempts.begin(attempt, now), ATTEMPT.total_seconds(), "lax")
    if afresh:
        response.set_cookie(
            NEXT, "/emergency", max_age=600, httponly=True, secure=door.secure, samesite="strict", path="/sign-in"
        )
    return response


@router.get(CALLBACK, dependencies=[SigningIn], response_class=HTMLResponse)
async def come_back(request: Request) -> HTMLResponse:
    """Begin a session under a new number for who came back; an attempt is good for one answer."""
    door, now = _door(request), times.now()
    attempt = door.attempts.take(request.cookies.get(door.named("attempt")), now)
    if attempt is None:
        log.warning("a sign-in was refused: not begun in this browser, or begun too long ago")
        raise Refused(refusals.NOT_PROVEN)
    try:
        person = await _reached(door.provider.identify(door.told, attempt, dict(request.query_params), now))
    except NotProven as error:
        log.warning("a sign-in was refused: %s", error)
        raise Refused(refusals.NOT_PROVEN) from error
    try:
        session = door.welcome(person)
    except Refused as refused:
        if refused.words is refusals.NO_GROUP:
            await _note(request, "sign-in", Session(f"person:{person.number}", None), "refused: no group")
        else:
            log.warning("a sign-in was refused: person_claim is no opaque number")
        raise
    response = render(request, "signed_in.html", None, title="You are signed in")
    seconds = door.told.sessions.longest.total_seconds()
    _set(request, response, door.cookie, door.sessions.begin(session, now), seconds, "strict")
    _drop(request, response, door.named("attempt"))
    return response


def _purpose_form(request: Request, session: Session, stated: Stated, problems: dict[str, str]) -> HTMLResponse:
    told = _door(request).told
    titles = {name: (told.groups[name].title, "") for name in session.groups if name in told.groups}
    asked = Asked(
        title="What is the information for?",
        action="/sign-in/purpose",
        words="You are signed in. Say what you came for; you can come back to this page to state another purpose.",
        choosing="In which of your roles?",
        readers=titles,
        button="Continue",
    )
    return form(request, asked, stated, problems)


@router.get("/sign-in/purpose", dependencies=[SigningIn], response_class=HTMLResponse)
async def purpose_page(request: Request) -> HTMLResponse:
    """The form."""
    session = _arrived(request)
    code, reference = (session.purpose.code, session.purpose.reference) if session.purpose else ("MASE", "")
    stated = Stated(session.group or session.groups[0], code, reference, local(request.cookies.get(NEXT, "/")))
    return _purpose_form(request, session, stated, {})


@router.post("/sign-in/purpose", dependencies=[SigningIn])
async def state_purpose(
    request: Request,
    reader: Annotated[str, Form(max_length=300)] = "",
    purpose: Annotated[str, Form(max_length=40)] = "",
    reference: Annotated[str, Form(max_length=200)] = "",
    next: Annotated[str, Form(max_length=500)] = "/",
) -> Response:
    """Open the session for this purpose, in one of the person's roles, under a new number; it is no younger for it."""
    door, session = _door(request), _arrived(request)
    known = [name for name in session.groups if name in door.told.groups]
    filled = Stated(reader or (known[0] if len(known) == 1 else ""), purpose, reference, local(next))
    problems: dict[str, str] = {}
    if filled.reader not in known:
        problems["reader"] = "Choose in which of your roles you ask"
    stated = filled.understood(problems)
    if problems or stated is None:
        return _purpose_form(request, session, filled, problems)
    opened = Session(session.reader, stated, session.groups, filled.reader, session.proven)
    await _note(request, "sign-in", opened, "done")
    cookie = door.sessions.exchange(request.cookies.get(door.cookie), opened, times.now())
    if cookie is None:
        raise Refused(refusals.SIGN_IN_FIRST)
    response = RedirectResponse(filled.next, status_code=303)
    _set(request, response, door.cookie, cookie, door.told.sessions.longest.total_seconds(), "strict")
    _drop(request, response, NEXT, "/sign-in")
    return response


@router.post("/sign-out", dependencies=[SigningIn])
async def sign_out(request: Request) -> Response:
    """End the session, here and not only in the browser."""
    door = _door(request)
    session = door.sessions.end(request.cookies.get(door.cookie))
    response = RedirectResponse("/sign-in/out", status_code=303)
    _drop(request, response, door.cookie)
    if session is not None:
        await _note(request, "sign-out", session, "done")
    return response


@router.get("/sign-in/out", dependencies=[SigningIn], response_class=HTMLResponse)
async def signed_out(request: Request) -> HTMLResponse:
    """Signed out here; the provider may still know the browser, so the way to sign out there is offered."""
    door = _door(request)
    try:
        address = await door.provider.end(door.told, times.now())
    except ProviderUnavailable:
        address = None
    return render(request, "signed_out.html", None, title="You are signed out", address=address)


def _arrived(request: Request) -> Session:
    """The session of somebody who has proven who they are, and still is in a group that is known here."""
    door = _door(request)
    session = door.session(request)
    if session is None or not any(name in door.told.groups for name in session.groups):
        raise Refused(refusals.SIGN_IN_FIRST)
    return session


async def _reached(asked: Any) -> Any:
    """What the provider answers, or a refusal that says no more than that it does not."""
    try:
        return await asked
    except ProviderUnavailable as error:
        log.error("nobody can sign in: %s", error)
        raise Refused(refusals.PROVIDER_UNAVAILABLE) from error
