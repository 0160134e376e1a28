"""Whatever was not foreseen ends here: a constant answer, and a log line that names only the kind of fault.

A traceback may quote what a record says, so none is written or sent.
"""

from __future__ import annotations

import logging

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from missingnet.api import refusals
from missingnet.api.screens.message import refusal

log = logging.getLogger("missingnet.api")


class LastWall:
    """ASGI layer that answers 500 in constant words where nothing has been sent yet."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            log.error("a request could not be answered: %s", type(error).__name__)
            if begun:
                raise ConnectionAbortedError("the answer was cut off") from None
            answer = await refusal(Request(scope, receive), refusals.UNEXPECTED)
            await answer(scope, receive, send)
