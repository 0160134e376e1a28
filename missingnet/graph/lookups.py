"""What the program must know by itself, whoever asks: of no reader's access, so never to be shown."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from missingnet.graph.records import VisibilityClass
from missingnet.graph.store import Store
from missingnet.graph.writing import Batch


@dataclass(frozen=True, slots=True)
class Held:
    """What stands of a record: whose it is, and who may see it."""

    agency: str
    access: VisibilityClass


async def held(store: Store, records: Collection[str] = (), *, file_hash: str | None = None) -> dict[str, Held]:
    """What stands of these records, or of those that a file told, by the records' ids."""

    async def plan(batch: Batch) -> tuple[dict[str, Held], bool]:
        found = {}
        for label, ids in (await batch.named(records, file_hash)).items():
            for row in await batch.changes.run("find-versions", label, records=ids):
                found[row["record"]] = Held(row["agency"], batch.classes.of(row["visibility"]))
        return found, False

    return await store.in_one("looking records up", plan)


async def people_of(store: Store, records: Collection[str]) -> frozenset[str]:
    """The ids of the people whom these records name."""

    async def plan(batch: Batch) -> tuple[frozenset[str], bool]:
        found = set()
        for label, ids in (await batch.named(records, None)).items():
            found |= {row["thing"] for row in await batch.changes.run("find-people-of-records", label, records=ids)}
        return frozenset(found), False

    return await store.in_one("looking people up", plan)


async def stands_at(store: Store, key: str) -> str:
    """The id of the thing that a key stands for, whether anything stands there or not."""

    async def plan(batch: Batch) -> tuple[str, bool]:
        rows = await batch.changes.run("find-keys", ids=[batch.keyed("key", key)])
        return (str(rows[0]["thing"]) if rows else batch.keyed("thing", key)), False

    return await store.in_one("looking a key up", plan)


async def ids_of(store: Store, named: str) -> frozenset[str]:
    """Every id that a thing may have had, by its id or one of its keys: of each key, before a join made another the
    smallest of all. Only to be looked for in the audit.

    :raises NoWord: the graph did not answer in time.
    """
    thing = store.keyed("thing", named) if ":" in named else named
    for row in await store.look("find-keys", ids=[store.keyed("key", named)]):
        thing = row["thing"]
    rows = await store.look("find-keys-of-thing", thing=thing)
    return frozenset({thing, *(store.keyed("thing", row["key"]) for row in rows)})
