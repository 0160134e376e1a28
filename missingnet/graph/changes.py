"""What one transaction will create, gathered and written out in as few statements as the engine allows."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, Protocol

from missingnet.graph.statements import statements
from missingnet.graph.terms import EVENTS

#: How long the reply to one statement is waited for: longer than the engine lets one run.
STATEMENT_SECONDS = 30.0
#: What is sent as it is: most facts.
_AS_THEY_ARE: Final = frozenset({str, int, float, bool, list, date})


class Transaction(Protocol):
    """What is needed of a driver's transaction."""

    async def run(self, query: str, parameters: dict[str, Any]) -> Any: ...


#: A link to create: its kind, label and id of one end, of the other, and what it says.
Link = tuple[str, str, str, str, str, dict[str, Any]]


class Changes:
    """New nodes by label and id, new links, and the transaction that they go into."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self.new_nodes: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        self.new_links: list[Link] = []

    async def run(self, *name: str, **params: Any) -> list[dict[str, Any]]:
        """The rows of one of the named writing statements.

        :raises TimeoutError: the engine says nothing.
        """
        async with asyncio.timeout(STATEMENT_SECONDS):
            result = await self._tx.run(statements()[name], params)
            return [dict(row.items()) async for row in result]

    async def standing(self, label: str, ids: list[str]) -> set[str]:
        """Those of these things that stand in the graph as that kind. One row: the driver takes long over each."""
        return {identity for row in await self.run("find-things", label, ids=ids) for identity in row["ids"]}

    async def flush_nodes(self, label: str) -> None:
        """Create the new nodes of one label."""
        rows = [plain_facts(facts) for facts in self.new_nodes.pop(label, {}).values()]
        if rows:
            await self.run("create-nodes", label, rows=rows)

    async def flush(self) -> None:
        """Things first, then each event together with one of its links (twice as fast as apart), then other links."""
        events = {i: (label, facts) for label in EVENTS for i, facts in self.new_nodes.pop(label, {}).items()}
        for label in list(self.new_nodes):
            await self.flush_nodes(label)
        shapes: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for kind, a_label, a, b_label, b, link in self.new_links:
            if b in events and a not in events:
                _, facts = events.pop(b)
                shapes[("create-events-had", a_label, kind, b_label)].append({"thing": a, "link": link, "event": facts})
            elif a in events and b not in events:
                _, facts = events.pop(a)
                shapes[("create-events-naming", a_label, kind, b_label)].append(
                    {"thing": b, "link": link, "event": facts}
                )
            else:
                shapes[("create-links", a_label, kind, b_label)].append({"a": a, "b": b, "link": link})
        self.new_links.clear()
        for identity, (label, facts) in events.items():
            self.new_nodes[label][identity] = facts
        for label in list(self.new_nodes):
            await self.flush_nodes(label)
        for name, rows in sorted(shapes.items(), key=lambda shape: shape[0][0] == "create-links"):
            times: dict[datetime, int] = {}
            placed = [
                {part: _placed(value, times) if isinstance(value, dict) else value for part, value in row.items()}
                for row in rows
            ]
            await self.run(*name, rows=placed, times=list(times))


def _placed(facts: dict[str, Any], times: dict[datetime, int]) -> dict[str, Any]:
    """The recorded facts, lists for tuples, each instant named by its place among ``times``, which takes it in."""
    placed: dict[str, Any] = {}
    for name, value in facts.items():
        if type(value) in _AS_THEY_ARE:
            placed[name] = value
        elif type(value) is tuple:
            placed[name] = list(value)
        elif type(value) is datetime:
            placed[name] = times.setdefault(value, len(times))
        elif value is not None:
            plain = value.to_native() if hasattr(value, "to_native") else value
            placed[name] = times.setdefault(plain, len(times)) if isinstance(plain, datetime) else plain
    return placed


def plain_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as a node holds them: nothing for 'not recorded', lists for tuples, whole numbers as numbers."""
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in facts.items() if value is not None
    }
