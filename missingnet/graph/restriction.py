"""Records that a person restricts, with a reason: from the next question on they are for those alone who are named for
it, as if their agency had sent them so; lifted, the graph is the one in which it was never done (law 'Undo').

Restricted records join nothing, as everything sealed. Judgements that rest on a record are restricted with it, for what
rests on it would tell of it (N10). The restriction outlives loading the record again, and its removal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from missingnet.graph.natives import instant
from missingnet.graph.store import Store
from missingnet.graph.times import now
from missingnet.graph.writing import Batch


@dataclass(frozen=True, slots=True)
class Restriction:
    """Who restricted a record, when (naive UTC) and why. To be told only to those who see the record."""

    record: str
    who: str
    at: datetime
    reason: str


async def restrict(store: Store, record: str, *, who: str, reason: str, though_absent: bool = False) -> int:
    """Restrict a record, and the judgements that rest on it. Returns how many records: 0 where it was so already, or
    there is none; ``though_absent``, one that is not loaded will be so when it is.

    :raises CouldNotWrite: nothing was changed.
    """

    async def plan(batch: Batch) -> tuple[int, bool]:
        marks = await batch.changes.run("find-restricted")
        if any(mark["cause"] == record for mark in marks):
            return 0, False
        resting = [row["record"] for row in await batch.changes.run("find-resting", record=record)]
        wanted = sorted({record, *resting})
        touched = await batch.plan_restrictions(wanted, wanted)
        if record not in touched:
            if not though_absent:
                return 0, False
            touched.append(record)
        rows = [{"id": batch.keyed("restriction", f"{one}|{record}"), "record": one} for one in touched]
        await batch.changes.run("mark-restricted", rows=rows, cause=record, who=who, at=now(), reason=reason)
        return len(touched), True

    return await store.in_one("restricting a record", plan)


async def lift_restriction(store: Store, record: str) -> int:
    """Lift a restriction: what nobody else has restricted is seen again as its agency sent it. Returns how many records
    there are that were restricted by it: 0 where it was not.

    :raises CouldNotWrite: nothing was changed.
    """

    async def plan(batch: Batch) -> tuple[int, bool]:
        marks = await batch.changes.run("find-restricted")
        ours = [mark for mark in marks if mark["cause"] == record]
        if not ours:
            return 0, False
        others = {mark["record"] for mark in marks if mark["cause"] != record}
        touched = await batch.plan_restrictions([mark["record"] for mark in ours], others)
        await batch.changes.run("lift-restricted", ids=[mark["id"] for mark in ours])
        return len(touched), True

    return await store.in_one("lifting a restriction", plan)


async def restriction_of(store: Store, record: str) -> Restriction | None:
    """Who restricted this record itself, and why; None: nobody has."""

    async def plan(batch: Batch) -> tuple[Restriction | None, bool]:
        for mark in await batch.changes.run("find-restricted"):
            if mark["record"] == mark["cause"] == record:
                return Restriction(record, mark["who"], instant(mark["at"]), mark["reason"]), False
        return None, False

    return await store.in_one("looking a restriction up", plan)
