"""A refusal as a page for people and as JSON for programs, in the same constant words."""

from __future__ import annotations

import logging

from fastapi import Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from missingnet.api import refusals
from missingnet.api.door_lines import note_refusal
from missingnet.api.reader import asker_or_none
from missingnet.api.refusals import Words
from missingnet.api.screens.render import render
from missingnet.graph.audit import AuditUnavailable

log = logging.getLogger("missingnet.api")
#: The cookie that holds where somebody wanted to go before they had signed in.
NEXT = "missingnet_next"
#: Where a page that lacks this leads.
LEADS_TO = {
    refusals.READER_MISSING: "/sign-in",
    refusals.PURPOSE_MISSING: "/sign-in",
    refusals.SIGN_IN_FIRST: "/sign-in",
    refusals.PURPOSE_FIRST: "/sign-in/purpose",
}


def wants_page(request: Request) -> bool:
    """True for a browser opening a page, which says that it takes HTML."""
    return "text/html" in request.headers.get("accept", "")


def local(address: str) -> str:
    """An address on this service, or its start page: nobody is sent elsewhere after signing in."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) else "/"


async def refusal(request: Request, words: Words, detail: str | None = None) -> Response:
    """The refusal, in the audit first. A page that needs a reader leads to the sign-in, which leads back to it.

    One that cannot be recorded says that instead.
    """
    if words is not refusals.NOT_RECORDED:
        try:
            await note_refusal(request, words.code)
        except AuditUnavailable as error:
            log.error("a refusal could not be recorded: %s", type(error).__name__)
            words, detail = refusals.NOT_RECORDED, None
    if not wants_page(request):
        return JSONResponse(refusals.body(words, detail), status_code=words.status)
    if words in LEADS_TO and request.method == "GET":
        response: Response = RedirectResponse(LEADS_TO[words], status_code=303)
        if not request.url.path.startswith("/sign-in"):
            asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            response.set_cookie(
                NEXT,
                asked[:500],
                max_age=600,
                httponly=True,
                secure=request.app.state.door.secure,
                samesite="strict",
                path="/sign-in",
            )
        return response
    asker = asker_or_none(request)
    return render(
        request,
        "message.html",
        asker,
        title=words.sentence,
        status=words.status,
        remedy=detail if detail and detail != f"{words.sentence} {words.remedy}" else words.remedy,
        back={"href": "/" if asker else "/sign-in", "text": "Back to the start" if asker else "Sign in"},
    )
