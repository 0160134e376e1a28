"""A store opened once for many examples, each in a world of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from missingnet.graph.answers import Answer, Row
from missingnet.graph.audit import Audit
from missingnet.graph.engine import Connection
from missingnet.graph.store import Store
from tests import engines
from tests.builders import PURPOSE, World

Found = TypeVar("Found")
_number = count(1)


class Asking:
    """Loads a world's records and asks as its own reader."""

    def __init__(self, connection: Connection, folder: Path) -> None:
        self._loop = asyncio.new_event_loop()
        audit = Audit(folder / "audit.jsonl", b"k" * 32)
        self.store = self._run(Store.open(connection, b"k" * 32, audit, folder / "writer.lock"))

    def _run(self, waiting: Coroutine[Any, Any, Found]) -> Found:
        return self._loop.run_until_complete(waiting)

    def world(self) -> World:
        """An empty world that no other example can see."""
        return World(f"example-{next(_number)}")

    def load(self, world: World) -> None:
        """Store all the world's records."""
        self._run(self.store.put(world.records, "worked example"))

    def ask(self, world: World, rule: str, as_at: datetime, **asked: Any) -> Answer[Row]:
        """The world's reader's answer, which a cold Neo4j on a busy machine gives in its own time."""
        return engines.patiently(lambda: self._run(self.store.ask(rule, world.reader, PURPOSE, as_at=as_at, **asked)))

    def close(self) -> None:
        self._run(self.store.close())
        self._loop.close()
