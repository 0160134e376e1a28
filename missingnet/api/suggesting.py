"""Works out which people, places, vehicles or phones may be one, from what one reader may see (DESIGN §2).

It asks named questions part by part, through the gate like any other asking, and compares the answers by Splink.
Nothing is joined by it: what comes out waits for a person.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from missingnet.api.asks import Asks, rows_of
from missingnet.graph.answers import Answer, Row
from missingnet.graph.answers.things_around import ThingAround
from missingnet.graph.answers.things_described import ThingDescribed
from missingnet.graph.asking import CouldNotAnswer

if TYPE_CHECKING:
    from missingnet.ingest.linkage.matching import Suggestion
    from missingnet.ingest.linkage.seen import Kind

#: The signs that ids are made of (graph.keyed), in their order, and one that comes after them all.
_SIGNS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_AFTER: Final = "~"
#: Parts are made smaller where the graph cannot answer in time, so often.
_SMALLEST: Final = 4
#: Rules whose things come first in the queue, in this order: over a threshold, or inside a network (issue 4).
WORTH: Final = ("MASE-3-IN-3M", "SHARED-ASSOCIATE", "LINKED-LOCATIONS")

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Worth:
    """A suggestion with the rules of :data:`WORTH` in which one of its things stands, first things first."""

    suggestion: Suggestion
    rules: tuple[str, ...]

    @property
    def rank(self) -> tuple[int, float]:
        """The order of work: over a threshold, inside a network, then by probability."""
        return (min((WORTH.index(rule) for rule in self.rules), default=len(WORTH)), -self.suggestion.probability)


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """What was found, in the order of work; of how many things described; rules that could not order it."""

    found: tuple[Worth, ...]
    described: int
    unanswered: tuple[str, ...]


async def work_out(asks: Asks, kind: Kind, progress: Progress = lambda words, done, whole: None) -> WorkedOut:
    """Which things of this kind may be one, by what this reader may see.

    :param progress: is told what is being done, how many parts are done, and of how many.
    :raises CouldNotAnswer: what is to be compared could not be read.
    """
    from missingnet.ingest.linkage.seen import KINDS, Seen

    seen, done, parts = Seen(kind), itertools.count(1), len(_SIGNS) * (1 if kind == "places" else 2)
    async for answer in _parts(asks, "THINGS-DESCRIBED", kinds=list(KINDS[kind])):
        seen.called(rows_of(answer, ThingDescribed))
        progress("Reading what each agency calls them", min(next(done), parts), parts)
    if kind != "places":  # a place is compared by what it is called and nothing else
        async for answer in _parts(asks, "THINGS-AROUND"):
            seen.around(rows_of(answer, ThingAround))
            progress("Reading who and what is around them", min(next(done), parts), parts)
    progress("Comparing", parts, parts)
    suggestions = await asyncio.to_thread(seen.suggestions)
    stands: dict[str, set[str]] = {}
    unanswered = []
    for rule in WORTH:
        known = await asks.ask_or_say(rule)
        if known is None:
            unanswered.append(rule)
        else:
            stands[rule] = set(known.named_things)
    worth = (
        Worth(one, tuple(rule for rule in WORTH if stands.get(rule, set()) & set(one.things))) for one in suggestions
    )
    return WorkedOut(tuple(sorted(worth, key=lambda one: one.rank)), seen.described, tuple(unanswered))


async def _parts(asks: Asks, rule: str, **given: Any) -> AsyncIterator[Answer[Row]]:
    for sign in _SIGNS:
        async for answer in _part(asks, rule, sign, given):
            yield answer


async def _part(asks: Asks, rule: str, first: str, given: dict[str, Any]) -> AsyncIterator[Answer[Row]]:
    """The answer for the ids that begin so; in smaller parts where it is too much for one."""
    try:
        answer = await asks.ask(rule, first=first, last=first + _AFTER, **given)
    except CouldNotAnswer:
        if len(first) == _SMALLEST:
            raise
        for sign in _SIGNS:
            async for part in _part(asks, rule, first + sign, given):
                yield part
    else:
        yield answer
