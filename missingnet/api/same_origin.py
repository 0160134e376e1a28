"""Requests that change something come from this service's own pages, and every request names this service.

The session's cookie is SameSite=Strict already; this is the second wall. The check of the host name stops another
site from pointing its own name at this machine and reading pages with a visitor's browser. The demonstration also
refuses what came through a proxy: somebody may have opened a way to it from elsewhere.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from missingnet.api import refusals
from missingnet.api.screens.message import refusal
from missingnet.settings import is_loopback

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
#: What a proxy adds.
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


def host_name(host: str) -> str:
    """The name in a Host header, without the port."""
    return host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() and not host.endswith("]") else host


def is_ours(headers: Headers, scheme: str, origin: str | None) -> bool:
    """True when a changing request was sent by our own page, or by a program.

    A browser sends `Origin` with every form, and asks first before another site may add the header in which a program
    says who it is: `X-Reader` in the demonstration, and a token where an organisation signs people in.
    """
    stated = headers.get("origin")
    if stated is None:
        return ("x-reader" if origin is None else "authorization") in headers
    return stated == (origin or f"{scheme}://{headers.get('host', '')}")


class SameOrigin:
    """ASGI layer that refuses other hosts' names and other sites' forms, before anything is read.

    :param origin: the address under which an organisation's service is reached; None for the demonstration.
    """

    def __init__(self, app: ASGIApp, origin: str | None = None) -> None:
        self.app = app
        self.origin = origin
        self.host = urlsplit(origin).hostname if origin else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            words = self._refused(Headers(scope=scope), scope["method"], scope["scheme"])
            if words is not None:
                answer = await refusal(Request(scope, receive), words)
                await answer(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _refused(self, headers: Headers, method: str, scheme: str) -> refusals.Words | None:
        host = host_name(headers.get("host", "")).lower()
        # The health of the service is asked on the machine itself, by whatever watches over it.
        if not is_loopback(host) and host != self.host:
            return refusals.WRONG_HOST if self.origin is None else refusals.OTHER_NAME
        if self.origin is None and any(name in headers for name in FORWARDED):
            return refusals.WRONG_HOST
        if method not in SAFE and not is_ours(headers, scheme, self.origin):
            return refusals.OTHER_SITE
        return None
