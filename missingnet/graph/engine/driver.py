"""The driver, imported without the table library that it takes along for vectors where it finds one.

Suggestions of identity need that library; no question does, and it would cost the service 47 MB and its start 0.1 s.
"""

import sys
from collections.abc import AsyncIterator
from typing import Any

_KNOWN: dict[str, Any] = sys.modules
_before = _KNOWN.get("pyarrow")
_KNOWN["pyarrow"] = None
try:
    import neo4j
    from neo4j import READ_ACCESS, WRITE_ACCESS, AsyncGraphDatabase, GraphDatabase
    from neo4j.exceptions import ClientError, DriverError, Neo4jError
finally:
    del _KNOWN["pyarrow"]
    if _before is not None:
        _KNOWN["pyarrow"] = _before


def cut(session: Any) -> None:
    """End, from another thread, what a session waits for. The driver itself can do so with its asynchronous sessions
    alone: one that waits for an engine which says nothing would keep its thread for ever."""
    connection = session._connection
    if connection is not None:
        connection.kill()


async def rows(session: neo4j.AsyncSession, text: str, /, **params: Any) -> AsyncIterator[dict[str, Any]]:
    """The rows of a statement, as they come."""
    async for row in await session.run(text, params):
        yield dict(row.items())  # type: ignore[no-untyped-call]


__all__ = [
    "READ_ACCESS",
    "WRITE_ACCESS",
    "AsyncGraphDatabase",
    "ClientError",
    "DriverError",
    "GraphDatabase",
    "Neo4jError",
    "cut",
    "neo4j",
    "rows",
]
