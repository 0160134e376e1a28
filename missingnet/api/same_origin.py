"""Requests that change something come from this service's own pages, and every request names this machine.

The session's cookie is SameSite=Strict already; this is the second wall. The check of the host name stops another
site from pointing its own name at this machine and reading pages with a visitor's browser.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from missingnet.api import refusals
from missingnet.api.screens.message import refusal
from missingnet.settings import is_loopback

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def host_name(host: str) -> str:
    """The name in a Host header, without the port."""
    return host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() and not host.endswith("]") else host


def is_ours(headers: Headers, scheme: str) -> bool:
    """True when a changing request was sent by our own page, or by a program that names its reader in a header.

    A browser sends `Origin` with every form, and asks first before another site may add `X-Reader`.
    """
    origin = headers.get("origin")
    if origin is None:
        return "x-reader" in headers
    return origin == f"{scheme}://{headers.get('host', '')}"


class SameOrigin:
    """ASGI layer that refuses other hosts' names and other sites' forms, before anything is read."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            words = None
            if not is_loopback(host_name(headers.get("host", ""))):
                words = refusals.WRONG_HOST
            elif scope["method"] not in SAFE and not is_ours(headers, scope["scheme"]):
                words = refusals.OTHER_SITE
            if words is not None:
                answer = await refusal(Request(scope, receive), words)
                await answer(scope, receive, send)
                return
        await self.app(scope, receive, send)
