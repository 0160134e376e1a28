"""The driver, imported without the table library that it takes along for vectors where it finds one.

Suggestions of identity need that library; no question does, and it would cost the service 47 MB and its start 0.1 s.
"""

import sys
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

__all__ = [
    "READ_ACCESS",
    "WRITE_ACCESS",
    "AsyncGraphDatabase",
    "ClientError",
    "DriverError",
    "GraphDatabase",
    "Neo4jError",
    "neo4j",
]
