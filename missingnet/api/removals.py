"""Records, or files, taken away as if they had never been loaded; asked for by commands and over HTTP, in the audit."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, dataclass

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, model_validator

from missingnet.api import leftovers, refusals
from missingnet.api.reader import Asker, GuardedRoute, Loading
from missingnet.api.recalls import Used
from missingnet.api.refusals import Refused
from missingnet.graph.access import needed
from missingnet.graph.audit import OPERATOR
from missingnet.graph.lookups import Held, held
from missingnet.graph.removal import Removal, lift, remove
from missingnet.graph.store import Store
from missingnet.settings import Settings

router = APIRouter(route_class=GuardedRoute, tags=["loads"])


class Asked(BaseModel):
    """What to remove, by the file's hash or the record's id, and why; or, with `lift`, what may be loaded again."""

    model_config = ConfigDict(extra="forbid")

    file: str | None = Field(default=None, min_length=1, max_length=128)
    record: str | None = Field(default=None, min_length=1, max_length=60)
    reason: str = Field(min_length=1, max_length=4000)
    lift: bool = False

    @model_validator(mode="after")
    def _one_of_them(self) -> Asked:
        if (self.file is None) == (self.record is None):
            raise ValueError("name a file or a record")
        return self


@dataclass(frozen=True, slots=True)
class Taken:
    """How many records were removed, or removals lifted; and the documents in which what was removed has gone out."""

    records: int
    documents: tuple[Used, ...]


async def taken_away(
    store: Store,
    settings: Settings,
    asker: Asker | None,
    *,
    file: str | None,
    record: str | None,
    reason: str,
    lifts: bool,
) -> Taken:
    """Remove what a file told, or one record, also from what this installation keeps beside; or lift such a removal.

    A reader may remove what they could load: every record must be of their own agency or one they load for, in
    compartments that they hold. Anything else is as if it were not there. Nobody (None) is the operator,
    by a command on its own machine, who may load anything.

    :raises Refused: there is nothing of theirs by that name.
    """
    audit, act = store.audit, "lift a removal" if lifts else "remove"
    entry = {
        **(audit.entry(act, asker.reader, asker.purpose) if asker else audit.operated(act)),
        "file": audit.conceal(file) if file else None,
        "record": audit.conceal(record) if record else None,
        "reason": audit.conceal(reason),
    }
    found = await held(store, [record] if record else [], file_hash=file)
    if not all(theirs(asker, one) for one in found.values()) or not (found or lifts):
        await asyncio.to_thread(audit.write, {**entry, "outcome": "refused"})
        raise Refused(refusals.NOT_FOUND)
    await asyncio.to_thread(audit.write, {**entry, "outcome": "begun"})
    left: tuple[Used, ...] = ()
    if lifts:
        done = await lift(store, record=record, file_hash=file)
    else:
        gone = await leftovers.of_removal(store, sorted(found), file)
        await asyncio.to_thread(leftovers.clear, settings, gone)
        left = await asyncio.to_thread(leftovers.documents, audit, gone, asker)
        removal = Removal(asker.reader.name if asker else OPERATOR, reason)
        done = await remove(store, [record] if record else [], file_hash=file, removal=removal)
    await asyncio.to_thread(audit.write, {**entry, "records": done, "documents": len(left), "outcome": "done"})
    return Taken(done, left)


def theirs(asker: Asker | None, one: Held) -> bool:
    """True when this reader could have loaded the record: of their own agency or one they load for, in compartments
    that they hold. The operator (None) could."""
    if asker is None:
        return True
    return asker.reader.may_load_for(one.agency) and needed(one.access) <= set(asker.reader.compartments)


@router.post("/removals", summary="Remove a record, or all that a file told, as if it had never been loaded")
async def take_away(request: Request, asker: Loading, asked: Asked) -> JSONResponse:
    """What is removed may not be loaded again until that is lifted. The file's hash stands in its load report.

    `documents` are those that your agency's people took away with it, as far as a recall names them to you: ask for
    them back, or that they be destroyed.
    """
    done = await taken_away(
        request.app.state.store,
        request.app.state.settings,
        asker,
        file=asked.file,
        record=asked.record,
        reason=asked.reason,
        lifts=asked.lift,
    )
    request.app.state.kept.forget()
    if asked.lift:
        return JSONResponse({"lifted": done.records})
    return JSONResponse({"removed": done.records, "documents": [asdict(one) for one in done.documents]})
