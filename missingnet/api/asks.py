"""The questions of one request: one reader, one purpose, one as-at, so that everything on a page agrees."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Request

from missingnet.api import refusals
from missingnet.api.moments import AskedMoment, Moment, moment_of, this_minute
from missingnet.api.reader import Asker, Auditing, Counting, Judging, Reading, demand_shut
from missingnet.api.refusals import Refused
from missingnet.graph import times
from missingnet.graph.access import Leaving, Reader
from missingnet.graph.answers import Answer, Row
from missingnet.graph.answers.descriptions import Caption
from missingnet.graph.answers.events import Event
from missingnet.graph.asking import CouldNotAnswer, NoWord
from missingnet.graph.catalogue import Question, question
from missingnet.graph.keyed import OPAQUE
from missingnet.graph.store import Store
from missingnet.graph.turns import TooManyWait

#: Questions of one page asked at once: the graph answers for everybody, and has few processors.
AT_ONCE = 4


class _Turn(asyncio.Semaphore):
    """The turns of one page's questions. ``over`` is why no more of them are asked: one of them found too many waiting,
    and the page will not be shown; or the graph gave it no word in time, and would give the others none either."""

    over: TooManyWait | NoWord | None = None


class Asks:
    """Asks the store as one reader with one purpose, as at one time."""

    def __init__(self, store: Store, asker: Asker, moment: Moment) -> None:
        self.store = store
        self.asker = asker
        self.moment = moment
        self._turn = _Turn(AT_ONCE)

    def at(self, as_at: datetime) -> Asks:
        """The same asker, as at another time."""
        return self._like(self.asker, replace(self.moment, as_at=as_at))

    def leaving(self, recipients: Sequence[Reader] = (), *, conditions: bool = False) -> Asks:
        """The same for a file that goes to these readers, or left out to who asks: what it may hold, and no more.

        ``conditions``: beside each record the file says the conditions that its owner set.

        :raises Refused: something is open in an emergency, and that is for the eyes of one person.
        """
        demand_shut(self.asker)
        to = Leaving(tuple(recipients) or (self.asker.reader,), conditions)
        return self._like(replace(self.asker, reader=replace(self.asker.reader, leaving=to)), self.moment)

    def shut(self) -> Asks:
        """The same without what is open in an emergency: for whatever is kept, or lasts longer than this one look."""
        return self._like(self.asker.shut, self.moment)

    def _like(self, asker: Asker, moment: Moment) -> Asks:
        """Another of the same request: its questions wait their turn among these."""
        other = Asks(self.store, asker, moment)
        other._turn = self._turn
        return other

    @property
    def reader(self) -> Reader:
        """The reader as whom is asked now: with what is open in an emergency, to the instant at which it ends."""
        return self.asker.asking(times.now())

    async def ask(self, rule: str, **params: Any) -> Answer[Row]:
        """The answer of a rule with these parameters."""
        return await self.answer(question(rule), self.settled(rule, params))

    def settled(self, rule: str, params: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters as they will be used.

        :raises Refused: what stands for an id is none. It is refused before it is asked, for the audit keeps ids as
            they are, and somebody may have written a name there (A6).
        """
        for name, parameter in question(rule).parameters.items():
            given = params.get(name)
            if parameter.type in ("id", "ids") and given:
                values = given.split(",") if isinstance(given, str) else given
                if not all(OPAQUE.fullmatch(str(value)) for value in values):
                    raise Refused(refusals.NOT_FOUND)
        return question(rule).settle(params, self.moment.as_at)

    async def answer(self, asked: Question, settled: Mapping[str, Any], reader: Reader | None = None) -> Answer[Row]:
        """The answer to a question whose parameters are settled."""
        asker, moment = self.asker, self.moment
        async with self._turn:
            if self._turn.over is not None:
                raise type(self._turn.over)(str(self._turn.over))
            try:
                return await self.store.answer(
                    asked, settled, reader or self.reader, asker.purpose, as_at=moment.as_at, known_at=moment.known_at
                )
            except (TooManyWait, NoWord) as error:
                self._turn.over = error
                raise

    async def ask_or_say(self, rule: str, **params: Any) -> Answer[Row] | None:
        """The answer, or None when the rule could not be answered: the page then says so, and shows the rest.

        An audit that cannot be written stops the whole page, for then nothing may be shown (A3).
        """
        try:
            return await self.ask(rule, **params)
        except CouldNotAnswer:
            return None

    async def captions(self, things: Iterable[str]) -> dict[str, Caption]:
        """What to call these things, by id; a thing that nobody may see described is left out."""
        wanted = sorted(set(things))
        if not wanted:
            return {}
        answer = await self.ask("DESCRIPTIONS", things=wanted)
        return {row.thing_id: row for row in answer.rows if isinstance(row, Caption)}

    async def events(self, records: Iterable[str]) -> dict[str, tuple[Event, ...]]:
        """These records in words, by id: each version that stands, so two where they conflict."""
        wanted = sorted(set(records))
        if not wanted:
            return {}
        answer = await self.ask("LINK-RECORDS", records=wanted)
        return by_record(rows_of(answer, Event))

    async def looked(self, question: str, parameters: Mapping[str, Any], rows: int, **more: Any) -> None:
        """Write in the audit that something is told which no query answered; when this returns it may be shown.

        :raises AuditUnavailable: it could not be written: nothing is shown.
        """
        await self._write("consult", question=question, parameters=parameters, outcome="answered", rows=rows, **more)

    async def release(self, document: str, about: Any, **more: Any) -> None:
        """Write in the audit that a document is taken away, by whom, for whom, and what stands in it; when this returns
        it may leave.

        :raises AuditUnavailable: it could not be written: the document stays.
        :raises Refused: something is open in an emergency, and that is for the eyes of one person.
        """
        demand_shut(self.asker)
        to = self.asker.reader.leaving
        recipients = {"recipients": sorted(one.name for one in to.recipients)} if to else {}
        await self._write("disclose", document=document, about=about, **recipients, **more, outcome="released")

    async def _write(self, act: str, **told: Any) -> None:
        audit = self.store.audit
        entry = audit.entry(act, self.asker.reader, self.asker.purpose)
        await asyncio.to_thread(audit.write, {**entry, **told})


def ask_for(request: Request, asker: Asker, moment: Moment) -> Asks:
    """The questions of a request whose asker and times are known."""
    return Asks(request.app.state.store, asker, moment)


async def page_asks(request: Request, asker: Reading, moment: AskedMoment) -> Asks:
    """The questions of a page that a signed-in reader opens."""
    return ask_for(request, asker, moment)


Asking = Annotated[Asks, Depends(page_asks)]


async def counting_asks(request: Request, asker: Counting, moment: AskedMoment) -> Asks:
    """The questions of a page of tables, which readers without names may open too."""
    return ask_for(request, asker, moment)


CountingAsks = Annotated[Asks, Depends(counting_asks)]


async def present_asks(request: Request, asker: Reading) -> Asks:
    """The questions of a page about the present minute, whatever its address says."""
    return ask_for(request, asker, moment_of(None, None))


PresentAsking = Annotated[Asks, Depends(present_asks)]


async def judging_asks(request: Request, asker: Judging) -> Asks:
    """The questions of somebody who judges: of the present, which is what a judgement changes."""
    return ask_for(request, asker, Moment(this_minute(), None, None, None))


JudgeAsking = Annotated[Asks, Depends(judging_asks)]


async def auditing_asks(request: Request, asker: Auditing) -> Asks:
    """The questions of somebody who reads the audit: of the present, in which things have the names they have."""
    return ask_for(request, asker, Moment(this_minute(), None, None, None))


AuditAsking = Annotated[Asks, Depends(auditing_asks)]


def rows_of(answer: Answer[Row] | None, kind: type[Row]) -> list[Any]:
    """The rows of a class in an answer; none where it could not be answered."""
    return [row for row in answer.rows if isinstance(row, kind)] if answer else []


def by_record(events: Iterable[Event]) -> dict[str, tuple[Event, ...]]:
    """Events by their record, each version once."""
    found: dict[str, dict[str, Event]] = {}
    for event in events:
        found.setdefault(event.record, {})[event.version] = event
    return {record: tuple(versions.values()) for record, versions in found.items()}


def called(captions: Mapping[str, Caption], thing: str) -> str | None:
    """The caption of a thing, where one may be seen."""
    found = captions.get(thing)
    return found.caption if found else None
