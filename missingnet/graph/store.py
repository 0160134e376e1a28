"""The one driver and the one gate: records go in by :meth:`Store.put`, answers come out by :meth:`Store.ask`.

No other module speaks to the graph. An answer leaves only after its access test has run inside the engine and its
line stands, flushed, in the audit (DESIGN §7).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TypeVar

from missingnet.graph import access, catalogue, names, numbers_only
from missingnet.graph.access import Purpose, Reader
from missingnet.graph.answers import Answer, Row
from missingnet.graph.asking import NOT_ANSWERED, Ask, CouldNotAnswer, NoWord, consulted
from missingnet.graph.audit import Audit
from missingnet.graph.engine import Connection
from missingnet.graph.engine.driver import (
    READ_ACCESS,
    WRITE_ACCESS,
    AsyncGraphDatabase,
    ClientError,
    DriverError,
    GraphDatabase,
    Neo4jError,
    cut,
    neo4j,
    rows,
)
from missingnet.graph.faults import CouldNotWrite, NotSettled
from missingnet.graph.fingerprint import Fingerprint
from missingnet.graph.keyed import Keyed
from missingnet.graph.planning import Trial
from missingnet.graph.records import Outcome, Record, VisibilityClass
from missingnet.graph.rehearsal import rehearsals
from missingnet.graph.statements import schema, statements
from missingnet.graph.terms import EVENTS, SEARCH_KEY, THINGS
from missingnet.graph.times import now
from missingnet.graph.turns import Turns
from missingnet.graph.whole import Reading, lines
from missingnet.graph.writer_lock import writer_lock
from missingnet.graph.writing import Batch, Classes

#: The engine stops a question after ten seconds; the gate waits a little longer for its word, then no more (R3).
DEADLINE: Final = 12.0
#: How long a new connection may take: less than a question, so that who waits for one has gone when the next asks.
CONNECT_SECONDS: Final = 5.0
#: How long the reply to a commit is waited for; then how long the graph is asked whether it stands (R4).
COMMIT_SECONDS = 30.0
SETTLE_SECONDS = 30.0
#: How long the list of visibility classes and the count of batches are trusted, where another process may write. A
#: class that is not listed yet is not seen.
_FRESH: Final = 2.0
# What the driver has to say of a lost connection is said in our own words, and not on the terminal beside them.
logging.getLogger("neo4j").addHandler(logging.NullHandler())
Done = TypeVar("Done")


class Store:
    """An open graph. Use as ``async with await Store.open(...) as store``."""

    def __init__(self, connection: Connection, secret: bytes, audit: Audit, lock: Path) -> None:
        self.keyed = Keyed(secret)
        self.audit = audit
        self._lock = lock
        self._database = connection.database or None
        self._engine = connection.kind
        settings: dict[str, Any] = {
            "connection_timeout": CONNECT_SECONDS,
            "connection_acquisition_timeout": CONNECT_SECONDS,
            "max_transaction_retry_time": 5.0,
            "warn_notification_severity": "OFF",
            "notifications_min_severity": "OFF",
        }
        if self._engine == "embedded":
            settings.pop("notifications_min_severity")
        self._write = AsyncGraphDatabase.driver(connection.uri, auth=connection.write_auth, **settings)
        auth = connection.read_auth if connection.read_only_user else connection.write_auth
        self._read = GraphDatabase.driver(connection.uri, auth=auth, **settings)
        self._turns = Turns()
        self._classes = Classes()
        self._classes_at = -_FRESH
        self._batches = self._evidence = 0
        self._batches_at = -_FRESH

    @classmethod
    async def open(cls, connection: Connection, secret: bytes, audit: Audit, lock: Path) -> Store:
        """The graph, its schema brought up to date. ``lock`` is the file that lets one writer in at a time."""
        store = cls(connection, secret, audit, lock)
        try:
            await store._bring_up_to_date()
        except BaseException:
            await store.close()
            raise
        return store

    async def __aenter__(self) -> Store:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Let the connections go."""
        await self._write.close()
        await asyncio.to_thread(self._read.close)
        self._turns.end()

    # -- schema ----------------------------------------------------------------------------------------------------
    async def _bring_up_to_date(self) -> None:
        """Apply the numbered schema files that are not applied yet, each once."""
        async with self._session(self._write, WRITE_ACCESS) as session:
            applied = {row["number"] for row in await _rows(session, statements()[("schema-version",)])}
            missing = [(number, parts) for number, parts in schema(self._engine) if number not in applied]
            if not missing:
                return
            async with writer_lock(self._lock, "bringing the schema up to date"):
                for number, parts in missing:
                    for part in parts:
                        # A statement that changes what stands says how much, a piece at a time, until nothing is left.
                        while any(row.get("changed") for row in await _rows(session, part)):
                            pass
                    await _rows(session, statements()[("mark-schema",)], id=str(number), number=number)

    async def missing_constraints(self) -> list[str]:
        """The kinds whose ids the engine, by its own word, does not keep unique (SECURITY I3)."""
        async with self._session(self._write, WRITE_ACCESS) as session:
            rows = await _rows(session, statements()[("constraints",)])
        unique = {
            label
            for row in rows
            if "UNIQUE" in str(row["type"]) and row["properties"] == ["id"]
            for label in row["labelsOrTypes"]
        }
        return sorted({*THINGS, SEARCH_KEY, "Key", "VisibilityClass", *EVENTS} - unique)

    async def rehearse(self) -> None:
        """Have the engine plan every question, one after another; what it cannot plan says so when it is asked.

        The embedded engine plans nothing beforehand.
        """
        if self._engine == "embedded":
            return
        for text, params in rehearsals():
            with contextlib.suppress(DriverError, Neo4jError):
                async with self._session(self._write, READ_ACCESS) as session:
                    await (await session.run(text, params)).consume()

    # -- writing ---------------------------------------------------------------------------------------------------
    async def put(
        self, records: Sequence[Record], operation: str, *, trial: Trial | None = None, evidence: bool = True
    ) -> list[Outcome]:
        """Store these records in one transaction. Returns what became of each, in order.

        The batch stands whole or not at all, and putting it again changes nothing (laws 'Once' and 'Undo').

        :param operation: names the batch for the person who waits for the lock.
        :param trial: what the earlier batches of a trial told. This one is added to it, and nothing is written.
        :param evidence: False where no rule goes by it (see :meth:`evidence`).
        :raises CouldNotWrite: nothing of the batch was written, unless it is NotSettled.
        """

        async def plan(batch: Batch) -> tuple[list[Outcome], bool]:
            return await batch.plan(records, trial), trial is None and bool(batch.plans)

        return await self.in_one(operation, plan, evidence=evidence)

    async def in_one(
        self, operation: str, plan: Callable[[Batch], Awaitable[tuple[Done, bool]]], *, evidence: bool = True
    ) -> Done:
        """Plan a batch and, where it says so, write it, in one transaction that stands whole or not at all.

        :raises NotSettled: whether it stands is not known.
        :raises CouldNotWrite: nothing of it was written.
        """
        async with writer_lock(self._lock, operation):
            for attempt in range(3):
                mark, commits = uuid.uuid4().hex, False
                try:
                    async with self._session(self._write, WRITE_ACCESS) as session:
                        async with asyncio.timeout(DEADLINE):
                            await self._load_classes(session, afresh=True)
                            tx = await session.begin_transaction()
                        async with tx:
                            batch = Batch(tx, self.keyed, Classes(self._classes.listed), now())
                            outcome, writes = await plan(batch)
                            if not writes:
                                await tx.rollback()
                                return outcome
                            await batch.write()
                            await batch.changes.run("mark-writer", batch=mark, evidence=int(evidence))
                            commits = True
                            async with asyncio.timeout(COMMIT_SECONDS):
                                await tx.commit()
                    self._written()
                    return outcome
                except (DriverError, Neo4jError, TimeoutError) as error:
                    if isinstance(error, ClientError):
                        raise CouldNotWrite(f"the graph refused the batch ({type(error).__name__})") from error
                    # The reply to a commit may be lost: the graph's own mark says whether it stands.
                    if commits and await self._stands(mark):
                        self._written()
                        return outcome
                    if isinstance(error, TimeoutError) and not commits:
                        raise CouldNotWrite("the graph did not answer in time") from error
                    await asyncio.sleep(0.5 * (attempt + 1))
        raise CouldNotWrite("the graph did not take the batch")

    async def _stands(self, mark: str) -> bool:
        """True when the batch with this mark is, by the graph's own word, the last one written.

        To ask is to write as well: a commit that is still under way either ends first, or fails.

        :raises NotSettled: the graph did not say, for as long as anybody waits.
        """
        give_up = time.monotonic() + SETTLE_SECONDS
        while True:
            with contextlib.suppress(DriverError, Neo4jError, TimeoutError):
                async with asyncio.timeout(DEADLINE), self._session(self._write, WRITE_ACCESS) as session:
                    rows = await _rows(session, statements()[("settle-writer",)], batch=mark)
                    return bool(rows) and rows[0]["last"] == mark
            if time.monotonic() > give_up:
                raise NotSettled("the graph did not say whether it took the batch")
            await asyncio.sleep(0.5)

    async def state(self) -> int:
        """How many batches the graph has taken: changes whenever an answer might, within two seconds.

        Never more than stood before: what is asked after this is at least as new as the count.
        """
        if time.monotonic() - self._batches_at >= _FRESH:
            began = time.monotonic()
            rows = await self.look("writer")
            self._batches, self._evidence = (int(rows[0][n]) if rows else 0 for n in ("batches", "evidence"))
            self._batches_at = began
        return self._batches

    async def evidence(self) -> int:
        """How many of these batches a rule goes by: what people say of findings changes no finding."""
        await self.state()
        return self._evidence

    def _written(self) -> None:
        """This process wrote: what was read of the graph before is read afresh."""
        self._classes_at = self._batches_at = -_FRESH

    async def _load_classes(self, session: neo4j.AsyncSession, afresh: bool = False) -> None:
        """``afresh`` where a number is to be understood, or given out: what was written may use a class since."""
        if not afresh and time.monotonic() - self._classes_at < _FRESH:
            return
        rows = await _rows(session, statements()[("classes",)])
        self._classes = Classes(
            [
                VisibilityClass(
                    owner=row["owner"],
                    authorities=tuple(row["authorities"] or ()),
                    compartments=tuple(row["compartments"] or ()),
                    handling=row["handling"],
                    condition=row["condition"],
                )
                for row in sorted(rows, key=lambda row: int(row["number"]))
            ]
        )
        self._classes_at = time.monotonic()

    async def access_of(self, label: str, records: Sequence[str]) -> dict[str, VisibilityClass]:
        """Who may see these records of this kind, by id. To be told only to those who see them."""
        async with self._session(self._write, WRITE_ACCESS) as session:
            await self._load_classes(session, afresh=True)
            rows = await _rows(session, statements()["find-versions", label], records=records)
        return {row["record"]: self._classes.of(row["visibility"]) for row in rows}

    # -- asking ----------------------------------------------------------------------------------------------------
    async def ask(
        self,
        rule: str,
        reader: Reader,
        purpose: Purpose,
        *,
        as_at: datetime,
        known_at: datetime | None = None,
        **params: Any,
    ) -> Answer[Row]:
        """The answer to a named question, for this reader and purpose; in the audit before it is released.

        :raises ParameterError: a parameter is missing, unknown or not of its type.
        :raises NumbersOnly: this reader, or this purpose, is shown tables only, of fixed periods.
        :raises CouldNotAnswer: the engine is down, or the question took too long.
        :raises TooManyWait: as many questions wait as may; nothing was asked.
        :raises AuditUnavailable: the audit could not be written, so nothing is shown.
        """
        question = catalogue.question(rule)
        settled = question.settle(params, as_at)
        return await self.answer(question, settled, reader, purpose, as_at=as_at, known_at=known_at)

    async def answer(
        self,
        question: catalogue.Question,
        settled: Mapping[str, Any],
        reader: Reader,
        purpose: Purpose,
        *,
        as_at: datetime,
        known_at: datetime | None,
    ) -> Answer[Row]:
        """The answer to a question whose parameters are settled; see :meth:`ask`."""
        as_at = numbers_only.asked_as_at(question, settled, reader, purpose, as_at, known_at)
        entry = consulted(self.audit, question, settled, reader, purpose, as_at, known_at)
        ask = Ask(question, settled, self._sent(question, settled), as_at, known_at, entry, reader.names)
        try:
            async with asyncio.timeout(DEADLINE):
                if time.monotonic() - self._classes_at >= _FRESH:
                    async with self._session(self._write, READ_ACCESS) as session:
                        await self._load_classes(session)
                ask.visible = access.visible(reader, purpose, self._classes.listed, past=ask.past) or [False]
                if reader.emergency is not None:
                    ask.opens = access.opened(reader, purpose, self._classes.listed, past=ask.past)
                    ask.opened = await self._own_records(reader.emergency.child)
                return await self._turns.take(ask.answer, partial(self._ask, ask), self.audit)
        except (TimeoutError, DriverError, Neo4jError) as error:
            ask.given_up = True
            if ask.through is not None:
                cut(ask.through)
            await asyncio.to_thread(self.audit.write, {**entry, "outcome": NOT_ANSWERED})
            raise NoWord(f"{question.rule} could not be answered: the graph did not answer in time.") from error

    async def _own_records(self, child: str) -> list[str]:
        """The records that are a child's own, of whatever class: which are opened, the question's text tests."""
        async with self._session(self._write, READ_ACCESS) as session:
            return [row["record"] for row in await _rows(session, statements()[("find-own-records",)], child=child)]

    def _ask(self, ask: Ask, text: str, given: dict[str, Any]) -> Iterator[neo4j.Record]:
        """The rows that the engine finds, one after another, in the thread that asks."""
        with self._read.session(database=self._database, default_access_mode=READ_ACCESS, fetch_size=2000) as session:
            ask.through = session
            try:
                yield from session.run(text, given)
            finally:
                ask.through = None

    def _sent(self, question: catalogue.Question, settled: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters as the engine gets them: what is searched for only as keyed hashes."""
        return {
            name: [self.keyed("search", key) for key in sorted(names.keys_typed(value))]
            if name in question.parameters and question.parameters[name].type == "search"
            else value
            for name, value in settled.items()
        }

    async def look(self, *name: str, **params: Any) -> list[dict[str, Any]]:
        """The rows of a statement that looks up what is never shown; NoWord where the graph says nothing."""
        try:
            async with asyncio.timeout(DEADLINE), self._session(self._write, READ_ACCESS) as session:
                return await _rows(session, statements()[name], **params)
        except (TimeoutError, DriverError, Neo4jError) as error:
            raise NoWord("The graph did not answer in time.") from error

    # -- the whole graph -------------------------------------------------------------------------------------------
    async def fingerprint(self) -> str:
        """A hash of what the graph says: equal for equal records, whatever the order, engine or time of loading."""
        async with self._session(self._write, WRITE_ACCESS) as session:
            await self._load_classes(session, afresh=True)
            found = Fingerprint(self._classes)
            async for line in lines(partial(rows, session), ("Key", *EVENTS), joins=False):
                found.take(line)
        return found.text()

    @asynccontextmanager
    async def still(self, holder: str) -> AsyncIterator[tuple[Classes, Reading]]:
        """The whole graph to read, while nobody writes: its classes, and what reads the rows of a statement."""
        async with writer_lock(self._lock, holder), self._session(self._write, WRITE_ACCESS) as session:
            await self._load_classes(session, afresh=True)
            try:
                yield self._classes, partial(rows, session)
            except (DriverError, Neo4jError) as error:
                raise CouldNotAnswer("The whole graph could not be read in the time that one statement has.") from error

    @asynccontextmanager
    async def _session(self, driver: neo4j.AsyncDriver, mode: str) -> AsyncIterator[neo4j.AsyncSession]:
        async with driver.session(database=self._database, default_access_mode=mode, fetch_size=2000) as session:
            yield session


async def _rows(session: neo4j.AsyncSession, text: str, /, **params: Any) -> list[dict[str, Any]]:
    return [row async for row in rows(session, text, **params)]
