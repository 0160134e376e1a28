"""How tests are shared out where they run in several processes: a file's go to one, and what asks Neo4j goes to one."""

from __future__ import annotations

import pytest
from xdist.scheduler.loadscope import LoadScopeScheduling


class Sharing(LoadScopeScheduling):  # type: ignore[misc]
    """Each process would start a Neo4j, and let it plan every question, of its own."""

    def _split_scope(self, nodeid: str) -> str:
        return "neo4j" if asks_neo4j(nodeid) else nodeid.partition("::")[0]


def asks_neo4j(nodeid: str) -> bool:
    """True for a test that is about Neo4j, by its name or its parameter."""
    return "neo4j" in nodeid.partition("::")[2]


def longest_first(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no process waits for another at the end."""
    items.sort(key=lambda item: (not asks_neo4j(item.nodeid), "tests/properties" not in item.nodeid))
