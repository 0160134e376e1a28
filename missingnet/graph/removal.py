"""Records, and files, taken away as if they had never been loaded (law 'Undo'; SECURITY I7).

What is removed may not be loaded again: its id, or the file's hash, is kept with who removed it, when and why. That is
bookkeeping beside the records: no fingerprint and no answer knows of it, and it holds nothing of what was removed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from missingnet.graph.store import Store
from missingnet.graph.times import now
from missingnet.graph.writing import Batch, file_mark


@dataclass(frozen=True, slots=True)
class Removal:
    """Who takes records away and why, without a name of anybody whom they are about.

    ``refuse_again``: what is removed may not be loaded again until somebody lifts that. ``evidence``: a rule may go by
    it.
    """

    who: str
    reason: str
    refuse_again: bool = True
    evidence: bool = True


async def remove(store: Store, records: Collection[str] = (), *, file_hash: str | None = None, removal: Removal) -> int:
    """Take these records away, or all that a file told; what rested on them is settled in the same transaction.

    Returns how many records it touched: those that another file told as well stay, by that file's word.

    :raises CouldNotWrite: nothing was removed.
    """

    async def plan(batch: Batch) -> tuple[int, bool]:
        touched = await batch.plan_removal(records, file_hash)
        if touched and removal.refuse_again:
            marks = [file_mark(file_hash)] if file_hash is not None else touched
            await batch.changes.run("mark-removed", ids=marks, who=removal.who, at=now(), reason=removal.reason)
        return len(touched), bool(touched)

    return await store.in_one("removing records", plan, evidence=removal.evidence)


async def lift(store: Store, *, record: str | None = None, file_hash: str | None = None) -> int:
    """Let what was removed be loaded again. Returns how many removals were lifted: 0 where there was none."""

    async def plan(batch: Batch) -> tuple[int, bool]:
        named = [name for name in (record, file_hash) if name]
        marks = [*named, *map(file_mark, named), *map(batch.keyed.concealed, named)]
        lifted = len(await batch.changes.run("lift-removed", ids=marks))
        return lifted, bool(lifted)

    return await store.in_one("lifting a removal", plan)


async def refuse(store: Store, word: str, removal: Removal) -> None:
    """Refuse from now on the record, or file, that the audit has under this word: of what was loaded and removed after
    a backup nothing else is known."""

    async def plan(batch: Batch) -> tuple[None, bool]:
        await batch.changes.run("mark-removed", ids=[word], who=removal.who, at=now(), reason=removal.reason)
        return None, True

    await store.in_one("refusing what was removed", plan)
