"""How fast one reader may ask: at once for a while, then held back, and beyond that refused in words (S5).

For each reader one number is kept: until when all that they have asked for takes at the pace that they may keep. What
lies further ahead than is allowed at once is held back for as long as it is too early, and refused where that is long.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from fastapi import Request

from missingnet.api import refusals
from missingnet.api.refusals import Refused, Who
from missingnet.graph.access import Purpose, Reader
from missingnet.graph.audit import NOBODY, Audit
from missingnet.graph.audit.deeds import TOO_FAST
from missingnet.settings import Settings

#: Seconds' worth of requests that may come at once: a page asks for its parts, and a person opens several pages.
AT_ONCE: Final = 20.0
#: The longest that a request is held back, in seconds.
LONGEST: Final = 2.0
#: Readers and addresses remembered, so that memory stays bounded; those who asked longest ago are forgotten first.
MOST: Final = 10_000
#: Refusals of one reader that follow closer than this stand in the audit as one.
ONE_STRETCH: Final = 60.0


class TooFast(Exception):
    """More was asked than may be; ``seconds`` until the same may be asked again."""

    def __init__(self, seconds: float) -> None:
        super().__init__("too fast")
        self.seconds = math.ceil(seconds)


class Pace:
    """So many requests in a minute for each name, and no more."""

    def __init__(self, per_minute: int) -> None:
        self._gap = 60.0 / per_minute
        self._at_once = max(AT_ONCE, self._gap)
        self._until: dict[str, float] = {}

    def __len__(self) -> int:
        return len(self._until)

    def held(self, who: str, now: float) -> float:
        """For how many seconds a request of theirs is held back.

        :raises TooFast: it would be too long; the request counts for nothing.
        """
        until = max(self._until.get(who, now), now) + self._gap
        wait = until - now - self._at_once
        if wait > LONGEST:
            raise TooFast(wait - LONGEST)
        self._until[who] = until
        if len(self._until) > MOST:
            latest = sorted(self._until.items(), key=lambda one: one[1])[-MOST // 2 :]
            self._until = dict(latest)
        return max(0.0, wait)


class Paces:
    """The paces of one service: of a reader's requests, of their searches, and of sign-ins from one address."""

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._requests = Pace(settings.requests_per_minute)
        self._searches = Pace(settings.searches_per_minute)
        self._sign_ins = Pace(settings.sign_ins_per_minute)
        self._clock = clock
        self._sleep = sleep
        self._told: dict[str, float] = {}

    async def tries(self, request: Request, who: Who) -> None:
        """The same of a request for no purpose."""
        await self._held(self._requests, request, who.name, {"act": TOO_FAST, "who": who.name, "agency": who.agency})

    async def reads(self, request: Request, reader: Reader, purpose: Purpose) -> None:
        """Hold back a request of this reader, or refuse it; that a stretch of refusals began stands in the audit."""
        await self._of_reader(self._requests, request, reader, purpose)

    async def searches(self, request: Request, reader: Reader, purpose: Purpose) -> None:
        """The same of a search, which counts as a request too."""
        await self._of_reader(self._searches, request, reader, purpose)

    async def signs_in(self, request: Request) -> None:
        """Hold back, or refuse, who tries to be somebody: by the address that they come from."""
        await self._held(self._sign_ins, request, _address(request), {"act": TOO_FAST, "who": NOBODY})

    async def _of_reader(self, pace: Pace, request: Request, reader: Reader, purpose: Purpose) -> None:
        audit: Audit = request.app.state.store.audit
        await self._held(pace, request, reader.name, audit.entry(TOO_FAST, reader, purpose))

    async def _held(self, pace: Pace, request: Request, name: str, entry: Mapping[str, Any]) -> None:
        try:
            wait = pace.held(name, self._clock())
        except TooFast as error:
            if self.begins(str(entry["who"])):
                audit: Audit = request.app.state.store.audit
                await asyncio.to_thread(audit.write, {**entry, "outcome": "refused: too many requests"})
            raise Refused(refusals.TOO_FAST, retry_after=error.seconds) from error
        # A refusal that comes of it, for whatever reason, is one of no more than the pace lets through.
        request.state.paced = True
        if wait:
            await self._sleep(wait)

    def begins(self, who: str) -> bool:
        """True for the first refusal of a stretch."""
        now = self._clock()
        self._told = {name: at for name, at in self._told.items() if now - at < ONE_STRETCH}
        before, self._told[who] = self._told.get(who), now
        return before is None


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
