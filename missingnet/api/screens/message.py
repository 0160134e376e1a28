"""A refusal as a page for people and as JSON for programs, in the same constant words."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from missingnet.api import refusals
from missingnet.api.reader import asker_or_none
from missingnet.api.refusals import Words
from missingnet.api.screens.render import render


def wants_page(request: Request) -> bool:
    """True for a browser opening a page, which says that it takes HTML."""
    return "text/html" in request.headers.get("accept", "")


def local(address: str) -> str:
    """An address on this service, or its start page: nobody is sent elsewhere after signing in."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) else "/"


async def refusal(request: Request, words: Words, detail: str | None = None) -> Response:
    """The refusal. A page that needs a reader leads to the sign-in, which leads back to it."""
    if not wants_page(request):
        return JSONResponse(refusals.body(words, detail), status_code=words.status)
    if words in (refusals.READER_MISSING, refusals.PURPOSE_MISSING) and request.method == "GET":
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        response: Response = RedirectResponse("/sign-in", status_code=303)
        response.set_cookie(
            "missingnet_next", asked[:500], max_age=600, httponly=True, samesite="strict", path="/sign-in"
        )
        return response
    asker = asker_or_none(request) if "app" in request.scope else None
    return render(
        request,
        "message.html",
        asker,
        title=words.sentence,
        status=words.status,
        remedy=detail if detail and detail != f"{words.sentence} {words.remedy}" else words.remedy,
        back={"href": "/" if asker else "/sign-in", "text": "Back to the start" if asker else "Sign in"},
    )
