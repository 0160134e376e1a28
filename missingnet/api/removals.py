"""Records, or files, taken away as if they had never been loaded; asked for by commands and over HTTP, in the audit."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, model_validator

from missingnet.api import refusals
from missingnet.api.reader import Asker, GuardedRoute, Loading
from missingnet.api.refusals import Refused
from missingnet.graph.access import needed
from missingnet.graph.audit import OPERATOR
from missingnet.graph.lookups import Held, held
from missingnet.graph.removal import Removal, lift, remove
from missingnet.graph.store import Store

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


async def taken_away(
    store: Store, asker: Asker | None, *, file: str | None, record: str | None, reason: str, lifts: bool
) -> int:
    """Remove what a file told, or one record, or lift such a removal. Returns how many records, or removals, it was.

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
    if lifts:
        done = await lift(store, record=record, file_hash=file)
    else:
        removal = Removal(asker.reader.name if asker else OPERATOR, reason)
        done = await remove(store, [record] if record else [], file_hash=file, removal=removal)
    await asyncio.to_thread(audit.write, {**entry, "records": done, "outcome": "done"})
    return done


def theirs(asker: Asker | None, one: Held) -> bool:
    """True when this reader could have loaded the record: of their own agency or one they load for, in compartments
    that they hold. The operator (None) could."""
    if asker is None:
        return True
    return asker.reader.may_load_for(one.agency) and needed(one.access) <= set(asker.reader.compartments)


@router.post("/removals", summary="Remove a record, or all that a file told, as if it had never been loaded")
async def take_away(request: Request, asker: Loading, asked: Asked) -> JSONResponse:
    """What is removed may not be loaded again until that is lifted. The file's hash stands in its load report."""
    done = await taken_away(
        request.app.state.store,
        asker,
        file=asked.file,
        record=asked.record,
        reason=asked.reason,
        lifts=asked.lift,
    )
    return JSONResponse({"lifted" if asked.lift else "removed": done})
