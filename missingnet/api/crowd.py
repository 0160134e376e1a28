"""So many requests are under way at once, and who comes after these is told to come again (R8).

Whoever waits takes memory: for a page that is being made, or for a pace that is being kept. The service's health is
told all the same, lest whatever watches over it ends a service that is only busy.
"""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from missingnet.api import refusals
from missingnet.api.screens.message import refusal

#: Requests under way at once.
MOST: Final = 150
#: Seconds after which it is worth coming again.
RETRY_AFTER: Final = 5
HEALTH: Final = "/health"


class Crowd:
    """ASGI layer that answers 503 in words where too many are under way; nothing of such a request is read."""

    def __init__(self, app: ASGIApp, most: int = MOST) -> None:
        self.app = app
        self._most = most
        self._under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] == HEALTH:
            await self.app(scope, receive, send)
            return
        if self._under_way >= self._most:
            answer = await refusal(Request(scope, receive), refusals.TOO_MANY)
            answer.headers["Retry-After"] = str(RETRY_AFTER)
            await answer(scope, receive, send)
            return
        self._under_way += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._under_way -= 1
