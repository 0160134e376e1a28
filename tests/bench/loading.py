"""Loading through the store against the barest way to write the same nodes and links."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

import neo4j
from neo4j import AsyncGraphDatabase

from missingnet.api.opening import opened
from missingnet.graph.changes import Changes
from missingnet.graph.engine import open_engine
from missingnet.graph.records import Record
from missingnet.graph.statements import statements
from missingnet.settings import Settings

Written = list[tuple[tuple[str, ...], dict[str, Any]]]
_IDS = ("id", "thing", "a", "b", "record")


@contextmanager
def watched() -> Iterator[Written]:
    """Every creating statement that the store runs, with what it was given."""
    written: Written = []
    run = Changes.run

    async def watching(self: Changes, *name: str, **params: Any) -> list[dict[str, Any]]:
        # A visibility class stands once for both ways: two of one number would be no graph of ours.
        if name[0].startswith("create-") and name[1:] != ("VisibilityClass",):
            written.append((name, params))
        return await run(self, *name, **params)

    Changes.run = watching  # type: ignore[method-assign]
    try:
        yield written
    finally:
        Changes.run = run  # type: ignore[method-assign]


def others(facts: Any) -> Any:
    """The same under other ids, so that both ways write into one graph, of which each finds its own half."""
    if isinstance(facts, list):
        return [others(one) for one in facts]
    if not isinstance(facts, dict):
        return facts
    return {
        name: f"bare-{value}" if name in _IDS and isinstance(value, str) else others(value)
        for name, value in facts.items()
    }


async def compare(settings: Settings, records: Iterator[Record], batch: int, batches: int) -> tuple[float, float, int]:
    """Seconds through the store, seconds bare, and how many records: batch by batch, turn and turn about.

    The bare way gets each batch ready made: which nodes, which links, in the store's own creating statements, in one
    transaction a batch. The first batches of both warm the engine and are not counted.
    """
    through, alone, counted = 0.0, 0.0, 0
    connection = open_engine(settings)
    driver = AsyncGraphDatabase.driver(connection.uri, auth=connection.write_auth)
    async with opened(settings) as store, driver:
        for number in range(-3, batches):
            part = list(islice(records, batch))
            with watched() as written:
                began = time.perf_counter()
                await store.put(part, "a bench")
                put = time.perf_counter() - began
            ready = [(statements()[name], {"rows": others(p["rows"]), "times": p.get("times")}) for name, p in written]
            began = time.perf_counter()
            await _create(driver, connection.database or None, ready)
            created = time.perf_counter() - began
            if number >= 0:
                through, alone, counted = through + put, alone + created, counted + len(part)
    return through, alone, counted


async def _create(driver: neo4j.AsyncDriver, database: str | None, ready: list[tuple[str, dict[str, Any]]]) -> None:
    async with driver.session(database=database) as session:
        transaction = await session.begin_transaction()
        async with transaction:
            for text, params in ready:
                used = params if params["times"] is not None else {"rows": params["rows"]}
                await (await transaction.run(text, used)).consume()
            await transaction.commit()


def seconds(settings: Settings, records: Iterator[Record], batch: int, batches: int) -> tuple[float, float, int]:
    """:func:`compare`, outside an event loop."""
    return asyncio.run(compare(settings, records, batch, batches))
