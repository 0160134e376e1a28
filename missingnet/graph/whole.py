"""The whole graph as lines, one for each node, join and link: what the fingerprint adds up and what a backup holds.

The same lines come from either engine and go into either.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Iterable
from datetime import date, datetime
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Final

import orjson

from missingnet.graph.natives import native
from missingnet.graph.statements import NODES, statements
from missingnet.graph.terms import LINKS

if TYPE_CHECKING:
    from missingnet.graph.store import Store
    from missingnet.graph.writing import Batch

#: ``["node", label, facts]``, ``["join", id, id, facts]`` or ``["link", kind, label, id, label, id, facts]``.
Line = list[Any]
#: Reads the rows of a statement.
Reading = Callable[..., AsyncIterator[dict[str, Any]]]

#: How many lines are written in one transaction.
_PIECE: Final = 1_000
#: A time, told apart from text, for no fact is a map of its own.
_INSTANT, _DATE = "instant", "date"
_OPTIONS: Final = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_APPEND_NEWLINE | orjson.OPT_SORT_KEYS


async def lines(read: Reading, nodes: Collection[str] = NODES, *, joins: bool = True) -> AsyncIterator[Line]:
    """Every node of these kinds, every statement of a record that two keys are one, where they are wanted, and every
    link."""
    for label in nodes:
        async for row in read(statements()["dump-nodes", label]):
            yield ["node", label, row["facts"]]
    if joins:
        async for row in read(statements()[("dump-joins",)]):
            yield ["join", row["a"], row["b"], row["link"]]
    for kind in LINKS:
        async for row in read(statements()["dump-links", kind]):
            yield ["link", kind, row["a_label"], row["a"], row["b_label"], row["b"], row["link"]]


def as_text(line: Line) -> bytes:
    """The line as JSON, whose times :func:`of_text` gives back as times."""
    plain = [*line[:-1], {name: native(value) for name, value in line[-1].items()}]
    return orjson.dumps(plain, default=_time, option=_OPTIONS)


def of_text(text: bytes) -> Line:
    """The line that was written so."""
    line: Line = orjson.loads(text)
    line[-1] = {name: _timed(value) if type(value) is dict else value for name, value in line[-1].items()}
    return line


async def put_back(store: Store, told: Iterable[Line]) -> None:
    """Write these lines into a graph that holds none of them. Nodes come before what joins and links them.

    :raises CouldNotWrite: some pieces stand, and one does not.
    """
    for _, alike in groupby(told, key=lambda line: line[0]):
        while piece := list(islice(alike, _PIECE)):
            await store.in_one("restoring a backup", _written(piece))


def _written(piece: list[Line]) -> Callable[[Batch], Any]:
    async def plan(batch: Batch) -> tuple[None, bool]:
        stated = []
        for what, *rest in piece:
            if what == "node":
                label, facts = rest
                batch.changes.new_nodes[label][facts["id"]] = facts
            elif what == "link":
                kind, a_label, a, b_label, b, link = rest
                batch.changes.new_links.append((kind, a_label, a, b_label, b, link))
            else:
                stated.append(dict(zip(("a", "b", "link"), rest, strict=True)))
        await batch.changes.flush()
        if stated:
            await batch.changes.run("create-joins", rows=stated)
        return None, True

    return plan


async def is_empty(store: Store) -> bool:
    """True when the graph holds nothing but the marks of its schema and of the last batch."""
    async with store.still("looking whether the graph is empty") as (_, read):
        async for _line in lines(read):
            return False
    return True


async def empty(store: Store) -> None:
    """Take everything out of the graph, the marks of its schema excepted."""
    for label in NODES:
        while await store.in_one("emptying the graph", _fewer(label)):
            pass


def _fewer(label: str) -> Callable[[Batch], Any]:
    async def plan(batch: Batch) -> tuple[int, bool]:
        (row,) = await batch.changes.run("delete-some", label)
        return int(row["changed"]), bool(row["changed"])

    return plan


def _time(value: Any) -> dict[str, str]:
    if isinstance(value, datetime):
        return {_INSTANT: value.isoformat()}
    if isinstance(value, date):
        return {_DATE: value.isoformat()}
    raise TypeError("a fact is text, a number, a time, yes or no, or a list of texts")


def _timed(value: dict[str, str]) -> datetime | date:
    ((kind, text),) = value.items()
    return datetime.fromisoformat(text) if kind == _INSTANT else date.fromisoformat(text)
