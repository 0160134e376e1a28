"""Suggestions kept for each reader and purpose: worked out in a process of their own, read by the queue's pages.

What is kept holds opaque ids, probabilities and sentences about how two descriptions compare; no name and no date. It
was worked out from what that reader might see for that purpose, and is shown to nobody else.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal

from missingnet.api import shelf
from missingnet.api.cli_words import TOLD
from missingnet.api.reader import Asker
from missingnet.graph import times
from missingnet.graph.answers import plain
from missingnet.ingest.linkage.matching import Step
from missingnet.settings import Settings

if TYPE_CHECKING:
    from missingnet.api.suggesting import WorkedOut

State = Literal["none", "running", "finished", "failed"]
#: What may be compared, and what it is called on a page.
KINDS: Final[Mapping[str, str]] = {
    "people": "People",
    "places": "Places and homes",
    "vehicles": "Vehicles",
    "phones": "Telephones",
}

#: Comparisons of what stands in other records than the descriptions.
ELSEWHERE: Final = frozenset({"address", "school", "brother or sister", "people around them", "people around it"})


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things that may be one: the smaller id first. ``rules`` are those in which one of them stands."""

    one: str
    other: str
    probability: float
    weight: float
    sentence: str
    steps: tuple[Step, ...]
    rules: tuple[str, ...]

    @property
    def things(self) -> tuple[str, str]:
        """Both ids."""
        return self.one, self.other

    @property
    def open(self) -> bool:
        """True when nothing but the descriptions speaks for it.

        Where an address, a school or the people around them were compared, its words tell of records that not
        everybody who sees the descriptions may see.
        """
        return not any(step.weight for step in self.steps if step.about in ELSEWHERE)


@dataclass(slots=True)
class Suggested:
    """The suggestions of one kind for one reader and purpose, in the order of work, or how far working them out is."""

    kind: str
    state: State = "none"
    words: str = ""
    done: int = 0
    whole: int = 0
    worked_out: datetime | None = None
    batches: int = 0
    described: int = 0
    unanswered: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = field(default=())

    def pair(self, one: str, other: str) -> Pair | None:
        """The suggestion about these two things, in either order."""
        wanted = {one, other}
        return next((pair for pair in self.pairs if set(pair.things) == wanted), None)

    def as_json(self) -> dict[str, Any]:
        """As a program reads it."""
        return {
            "kind": self.kind,
            "state": self.state,
            "detail": self.words,
            "progress": {"done": self.done, "of": self.whole},
            "worked_out": plain(self.worked_out),
            "described": self.described,
            "not_ordered_by": list(self.unanswered),
            "suggestions": [asdict(pair) for pair in self.pairs],
        }


class Shelf:
    """The suggestions that were worked out, each kind for one reader and purpose."""

    def __init__(self, settings: Settings) -> None:
        self._kept = shelf.Shelf(settings, "suggestions")

    def read(self, asker: Asker, kind: str) -> Suggested:
        """What is kept for this reader and purpose; nothing when none was worked out."""
        kept = self._kept.read(asker, kind)
        if kept is None:
            return Suggested(kind)
        pairs = (
            Pair(**{**pair, "steps": tuple(Step(**step) for step in pair["steps"]), "rules": tuple(pair["rules"])})
            for pair in kept["pairs"]
        )
        return Suggested(
            kind,
            "finished",
            worked_out=datetime.fromisoformat(kept["worked_out"]),
            batches=kept["batches"],
            described=kept["described"],
            unanswered=tuple(kept["unanswered"]),
            pairs=tuple(pairs),
        )

    def keep(self, asker: Asker, kind: str, found: WorkedOut, batches: int) -> Suggested:
        """Keep what was worked out, in place of what was kept before; whole or not at all."""
        pairs = [
            {
                "one": min(one.suggestion.things),
                "other": max(one.suggestion.things),
                "probability": one.suggestion.probability,
                "weight": one.suggestion.weight,
                "sentence": one.suggestion.sentence,
                "steps": [asdict(step) for step in one.suggestion.steps],
                "rules": one.rules,
            }
            for one in found.found
        ]
        kept = {
            "worked_out": times.now().isoformat(timespec="seconds"),
            "batches": batches,
            "described": found.described,
            "unanswered": found.unanswered,
            "pairs": pairs,
        }
        self._kept.keep(asker, kind, kept)
        return self.read(asker, kind)


class Suggestions:
    """The suggestions of one service: begun on request, one at a time, each in a process of its own.

    Comparing takes more memory than a service should (up to 8 GB for a million records), and gives it back when done.
    """

    def __init__(self, settings: Settings) -> None:
        self.shelf = Shelf(settings)
        self._settings = settings
        self._running: dict[tuple[str, str, str], Suggested] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @staticmethod
    def _name(asker: Asker, kind: str) -> tuple[str, str, str]:
        return (asker.reader.name, asker.purpose.code, kind)

    async def read(self, asker: Asker, kind: str) -> Suggested:
        """How far it is while it runs or after it failed, else what is kept."""
        running = self._running.get(self._name(asker, kind))
        return running if running is not None else await asyncio.to_thread(self.shelf.read, asker, kind)

    @property
    def busy(self) -> bool:
        """True while something is being worked out."""
        return any(one.state == "running" for one in self._running.values())

    def begin(self, asker: Asker, kind: str) -> None:
        """Begin to work out afresh. Whoever asks while it runs is told how far it is."""
        name = self._name(asker, kind)
        self._running[name] = Suggested(kind, "running", "Starting")
        task = asyncio.create_task(self._run(asker, name))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, asker: Asker, name: tuple[str, str, str]) -> None:
        mine = self._running[name]
        purpose = f"{asker.purpose.code} {asker.purpose.reference}".strip()
        words = ("match", "suggest", "--reader", TOLD, "--purpose", purpose, "--kind", mine.kind)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "missingnet.api.cli", *words, "--progress",
            env={**os.environ, **self._settings.environment()},
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            assert process.stdin is not None  # noqa: S101 (it was asked for)
            process.stdin.write(json.dumps(asdict(asker.reader)).encode())
            process.stdin.close()
            assert process.stdout is not None  # noqa: S101 (it was asked for)
            async for line in process.stdout:
                done, whole, mine.words = line.decode().rstrip("\n").split("\t")
                mine.done, mine.whole = int(done), int(whole)
            ended = await process.wait()
        except BaseException:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
            raise
        if ended == 0:
            del self._running[name]
        else:
            mine.state = "failed"
            mine.words = "They could not be worked out. What was kept before is kept. Try again in a minute."

    async def end(self) -> None:
        """Stop what is running; nothing half done is kept."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
