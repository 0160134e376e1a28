"""The driver, imported without the libraries of tables that it takes along for vectors where it finds them.

Suggestions of identity need them; no question does, and they would cost every start a fifth of its time, the service 47
MB and more.
"""

import sys
from collections.abc import AsyncIterator
from typing import Any

_KNOWN: dict[str, Any] = sys.modules
_before = {name: _KNOWN.get(name) for name in ("numpy", "pyarrow")}
_KNOWN.update(dict.fromkeys(_before))
try:
    import neo4j
    from neo4j import READ_ACCESS, WRITE_ACCESS, AsyncGraphDatabase, GraphDatabase
    from neo4j.exceptions import ClientError, DriverError, Neo4jError
finally:
    for _name, _module in _before.items():
        del _KNOWN[_name]
        if _module is not None:
            _KNOWN[_name] = _module


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
