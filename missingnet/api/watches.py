"""Watches of one service: begun on request or by a timer, one for a reader and purpose at a time."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from missingnet.api.asks import Asks
from missingnet.api.reader import Asker
from missingnet.api.watching import Kept, Watched, watch
from missingnet.graph.answers import plain
from missingnet.settings import Settings

#: What is new, unless another day is named: since so long ago (*ours*).
A_WEEK: Final = timedelta(days=7)
#: How long another service may take to accept what it is sent.
_SECONDS: Final = 10.0
_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class Running:
    """How far a watch is; ``failed`` is in words."""

    rule: str = ""
    done: int = 0
    whole: int = 0
    failed: str | None = None


class Watches:
    """The watches that run in this service, and what those before found."""

    def __init__(self, settings: Settings) -> None:
        self.kept = Kept(settings)
        self._running: dict[tuple[str, str], Running] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @staticmethod
    def _name(asker: Asker) -> tuple[str, str]:
        return (repr(asker.reader), asker.purpose.code)

    def running(self, asker: Asker) -> Running | None:
        """How far this reader's watch is, or that it failed; None: none runs."""
        return self._running.get(self._name(asker))

    async def read(self, asks: Asks) -> tuple[Watched | None, bool]:
        """What the last watch found, and whether no evidence has come in or gone since."""
        found = await asyncio.to_thread(self.kept.read, asks.asker)
        return found, found is not None and await asks.store.evidence() == found.batches

    def begin(self, asks: Asks) -> None:
        """Begin a watch, unless one runs for this reader and purpose."""
        name = self._name(asks.asker)
        before = self._running.get(name)
        if before is not None and before.failed is None:
            return
        self._running[name] = Running()
        task = asyncio.create_task(self._run(asks, name))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, asks: Asks, name: tuple[str, str]) -> None:
        mine = self._running[name]

        def tell(rule: str, done: int, whole: int) -> None:
            mine.rule, mine.done, mine.whole = rule, done, whole

        try:
            await look(self.kept, asks, tell)
        except asyncio.CancelledError:
            raise
        except Exception as error:  # whatever went wrong, the page says that it did, and nothing of what
            _LOG.warning("a watch failed: %s", type(error).__name__)
            mine.failed = "The rules could not be asked. What was found before is kept. Try again in a minute."
        else:
            del self._running[name]

    async def end(self) -> None:
        """Stop what runs; nothing half done is kept."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def look(kept: Kept, asks: Asks, tell: Any = lambda words, done, whole: None) -> Watched:
    """One watch as this reader, kept in place of the one before; without what is open to them in an emergency."""
    asks = asks.shut()
    before = await asyncio.to_thread(kept.read, asks.asker)
    found = await watch(asks, before, tell)
    await asyncio.to_thread(kept.keep, asks.asker, found)
    return found


Kind = Literal["news", "digest"]


def message(
    asker: Asker, watched: Watched, stands: Mapping[str, str], since: datetime, kind: Kind
) -> Mapping[str, Any]:
    """What another service is told of a watch: how many findings of each rule, and no name and no id.

    'news' is of one watch alone, 'digest' of a span of days.
    """
    return {
        "kind": kind,
        "reader": asker.reader.name,
        "purpose": asker.purpose.code,
        "as_at": plain(watched.at),
        "since": plain(since),
        "could_not_be_answered": list(watched.unanswered),
        "findings": watched.digest(since, stands),
    }


def send(address: str, told: Mapping[str, Any]) -> str | None:
    """Send it; None when it was taken, else why not, in words."""
    body = json.dumps(told).encode()
    request = urllib.request.Request(  # noqa: S310 - the settings allow https and this machine only
        address, data=body, headers={"Content-Type": "application/json"}, method="POST"
    )
    opener = urllib.request.build_opener(_StaysThere())
    try:
        with contextlib.closing(opener.open(request, timeout=_SECONDS)) as answer:
            return None if 200 <= answer.status < 300 else f"it answered {answer.status}"
    except OSError as error:
        return f"it could not be reached ({type(error).__name__})"


class _StaysThere(urllib.request.HTTPRedirectHandler):
    """What is told goes to the address that was named, and to no other that it leads to."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None
