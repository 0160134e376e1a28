"""A graph that a test fills, asks for its fingerprint, and empties."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from missingnet.graph.audit import Audit
from missingnet.graph.engine import Connection
from missingnet.graph.records import Record
from missingnet.graph.store import Store
from tests import engines


class Graph:
    """A store on one engine, driven from a test's own loop."""

    def __init__(self, connection: Connection, home: Path) -> None:
        self.loop = asyncio.new_event_loop()
        self.connection = connection
        self.store: Store = self.run(Store.open(connection, b"k" * 32, Audit(home / "audit", b"k"), home / "lock"))

    def run(self, waiting: Any) -> Any:
        return self.loop.run_until_complete(waiting)

    def load(self, *batches: list[Record]) -> list[str]:
        return [outcome for batch in batches for outcome in self.run(self.store.put(batch, "test"))]

    def fingerprint(self) -> str:
        found: str = self.run(self.store.fingerprint())
        return found

    def count(self, query: str) -> int:
        with engines.driver(self.connection) as driver:
            return int(driver.execute_query(query, database_=self.connection.database).records[0][0])

    def batches(self) -> int:
        """How many batches the graph has taken, by its own word."""
        return self.count("OPTIONAL MATCH (w:Writer) RETURN coalesce(max(w.batches), 0)")

    def empty(self) -> None:
        with engines.driver(self.connection) as driver:
            driver.execute_query(
                "MATCH (n) WHERE NOT n:SchemaVersion DETACH DELETE n", database_=self.connection.database
            )
        self.store._classes_at = -1e9
