"""Turns: so many questions are asked of the graph at once, so many wait, and who comes after these is told so (R8).

Each question that is asked has a thread. One that was given up keeps its thread until the engine lets it go, so that
an engine that does not answer is never asked by more threads than there are; and what waits is no more than a number.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final, ParamSpec, TypeVar

#: Questions that are asked of the graph at once; more wait their turn, within their deadline.
AT_ONCE: Final = 16
#: Questions that wait: of a few dozen pages at the same moment, each of which asks four at once.
WAITING: Final = 128

Given = ParamSpec("Given")
Made = TypeVar("Made")


class TooManyWait(RuntimeError):
    """As many wait already as may: nothing was asked, and nothing is kept of it."""


class Turns:
    """Threads that ask, and how many wait for one.

    :param at_once: threads; :param waiting: how many may wait beside them.
    """

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self._threads = ThreadPoolExecutor(at_once, "asking")
        self._free = asyncio.Semaphore(at_once)
        self._most = waiting
        self.waiting = 0

    async def take(self, ask: Callable[Given, Made], *given: Given.args, **named: Given.kwargs) -> Made:
        """What it returns, asked in a thread when there is one.

        :raises TooManyWait: there is none, and as many wait as may.
        """
        if self._free.locked():
            if self.waiting >= self._most:
                raise TooManyWait("too many questions wait already")
            self.waiting += 1
            try:
                await self._free.acquire()
            finally:
                self.waiting -= 1
        else:
            await self._free.acquire()
        loop = asyncio.get_running_loop()

        def let_go(_: object) -> None:
            # The loop may be over before a thread that nobody waits for.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._free.release)

        # What the thread writes in the audit counts as written by the request that asked.
        asked = self._threads.submit(contextvars.copy_context().run, partial(ask, *given, **named))
        asked.add_done_callback(let_go)
        return await asyncio.wrap_future(asked)

    def end(self) -> None:
        """Wait for nobody."""
        self._threads.shutdown(wait=False)
