"""Answers kept for a while, so that the pages of one list agree and their totals are true (DESIGN §4).

One is kept per question, parameters, times, reader, purpose and state of the graph: a reader with other grants, or in
an emergency, or a graph that has taken one more batch, is asked afresh. What is shown from a kept answer is in the
audit like any other.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from missingnet.api.asks import Asks
from missingnet.graph import catalogue
from missingnet.graph.access import Reader
from missingnet.graph.answers import Answer, Row, plain
from missingnet.graph.answers.findings import Change, compared
from missingnet.graph.asking import consulted

KEPT_SECONDS = 300.0
#: How often answers kept too long are looked for; none of them is shown in the meantime.
SWEEP_SECONDS = 10.0
#: Rows kept over all answers: about 100 MB at the most, so that the service stays small.
MOST_ROWS = 60_000


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer, and when it was asked."""

    answer: Answer[Row]
    since: float


class KeptAnswers:
    """The answers kept by one service."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._asking: dict[str, asyncio.Lock] = {}
        self._rows = self._state = 0
        self._swept = time.monotonic()

    def forget(self) -> None:
        """Let go of every answer: of something removed none is kept."""
        for name in list(self._kept):
            self._drop(name)

    async def ask(self, asks: Asks, rule: str, params: Mapping[str, Any]) -> Answer[Row]:
        """The kept answer where it still holds, else a new one."""
        question, moment, reader = catalogue.question(rule), asks.moment, asks.reader
        settled = asks.settled(question.rule, params)
        state = await asks.store.state()
        if state != self._state:
            # No answer of another state is ever shown again, and it may hold what was removed since.
            self._state = state
            self.forget()
        name = self._name(asks, reader, question.rule, settled, state)
        lock = self._asking.setdefault(name, asyncio.Lock())
        async with lock:
            found = self._kept.get(name)
            if found is not None and time.monotonic() - found.since <= KEPT_SECONDS:
                entry = consulted(
                    asks.store.audit, question, settled, reader, asks.asker.purpose, moment.as_at, moment.known_at
                )
                again = {
                    "outcome": "shown again from the answer kept",
                    "rows": found.answer.total,
                    "shown": found.answer.things,
                }
                await asyncio.to_thread(asks.store.audit.write, {**entry, **again})
                self._kept.move_to_end(name)
                self._asking.pop(name, None)
                return found.answer
            try:
                answer = await asks.answer(question, settled, reader)
            finally:
                self._asking.pop(name, None)
        self._drop(name)
        self._kept[name] = Kept(answer, time.monotonic())
        self._rows += answer.total + 1
        self._let_go()
        return answer

    def _let_go(self) -> None:
        """Let go of what was kept too long, every so often, and of what was asked longest ago where too much is."""
        now = time.monotonic()
        if now - self._swept > SWEEP_SECONDS:
            self._swept = now
            for name in [n for n, kept in self._kept.items() if now - kept.since > KEPT_SECONDS]:
                self._drop(name)
        while len(self._kept) > 1 and self._rows > MOST_ROWS:
            self._drop(next(iter(self._kept)))

    def _drop(self, name: str) -> None:
        gone = self._kept.pop(name, None)
        if gone is not None:
            self._rows -= gone.answer.total + 1

    @staticmethod
    def _name(asks: Asks, reader: Reader, rule: str, settled: Mapping[str, Any], state: int) -> str:
        about = [
            rule,
            plain(settled),
            plain(asks.moment.as_at),
            plain(asks.moment.known_at),
            repr(reader),
            asks.asker.purpose.code,
            state,
        ]
        return hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()


async def since_meeting(
    kept: KeptAnswers, asks: Asks, met: datetime | None, now: Answer[Row], given: Mapping[str, Any]
) -> list[Change] | None:
    """What became of each row's subject since the meeting; None: no meeting, or these rows are not to be compared.

    Windows roll with the date asked about; a period that was given stays as it was given. Both are answered by what is
    known now, as a pack's section of changes is.
    """
    if met is None:
        return None
    then = await kept.ask(asks.at(met), now.rule, given)
    both = [*now.rows, *then.rows]
    return compared(now.rows, then.rows) if all(row.subject is not None for row in both) else None


def mark_of(row: Row) -> str:
    """The mark of a row in a list: opaque, and the same for the same row."""
    body = json.dumps(plain(row.model_dump()), sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(body.encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of an answer, in its order, and the mark to ask the rows after them by (none at the end)."""

    rows: tuple[Row, ...]
    start: int
    next: str | None


class NoSuchMark(ValueError):
    """The list has changed since its first page was shown."""


def page_of(answer: Answer[Row], limit: int, after: str | None) -> Page:
    """The page of `limit` rows after the row with that mark.

    :raises NoSuchMark: no row has it any more.
    """
    start = 0
    if after:
        for number, row in enumerate(answer.rows):
            if mark_of(row) == after:
                start = number + 1
                break
        else:
            raise NoSuchMark("the list has changed since its first page was shown")
    rows = answer.rows[start : start + limit]
    more = start + len(rows) < answer.total
    return Page(rows, start, mark_of(rows[-1]) if rows and more else None)
