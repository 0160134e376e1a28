"""Records restricted by a person with a reason, and lifted: on a record's page, over HTTP, by a command."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from missingnet.api import refusals
from missingnet.api.reader import Asker, GuardedRoute, Loading
from missingnet.api.refusals import Refused
from missingnet.api.removals import theirs
from missingnet.api.screens.render import render
from missingnet.graph.keyed import OPAQUE
from missingnet.graph.lookups import held
from missingnet.graph.restriction import lift_restriction, restrict
from missingnet.graph.store import Store

router = APIRouter(route_class=GuardedRoute, tags=["loads"])


class Asked(BaseModel):
    """The record to restrict, or with `lift` to restrict no more, and why."""

    model_config = ConfigDict(extra="forbid")

    record: str = Field(min_length=1, max_length=60)
    reason: str = Field(min_length=1, max_length=4000)
    lift: bool = False


async def restricted(store: Store, asker: Asker, *, record: str, reason: str, lifts: bool) -> int:
    """Restrict a record, or lift that. Returns how many records it was, with the judgements that rest on it; 0 where it
    was so already.

    A person does it who could have loaded the record: of their own agency or one they load for, in compartments that
    they hold. So only who is named for restricted records lifts one. Anything else is as if it were not there.

    :raises Refused: there is nothing of theirs by that name, it is no person, or there is no reason.
    """
    if asker.scopes is not None or not asker.may_load:
        raise Refused(refusals.NOT_ALLOWED)
    why = " ".join(reason.split())
    if not why:
        raise Refused(refusals.NOT_UNDERSTOOD, "Say why, in words that another person can check.")
    audit, act = store.audit, "lift a restriction" if lifts else "restrict"
    known = bool(OPAQUE.fullmatch(record))
    entry: dict[str, Any] = {
        **audit.entry(act, asker.reader, asker.purpose),
        "record": record if known else audit.conceal(record),
        "reason": audit.conceal(why),
    }
    found = await held(store, [record]) if known else {}
    if not found or not all(theirs(asker, one) for one in found.values()):
        await asyncio.to_thread(audit.write, {**entry, "outcome": "refused"})
        raise Refused(refusals.NOT_FOUND)
    await asyncio.to_thread(audit.write, {**entry, "outcome": "begun"})
    if lifts:
        done = await lift_restriction(store, record)
    else:
        done = await restrict(store, record, who=asker.reader.name, reason=why)
    await asyncio.to_thread(audit.write, {**entry, "records": done, "outcome": "done"})
    return done


@router.post("/restrictions", summary="Restrict a record to those who are named for such records, or lift that")
async def change(request: Request, asker: Loading, asked: Asked) -> JSONResponse:
    """It holds from the next request on. Judgements that rest on the record are restricted with it."""
    done = await restricted(request.app.state.store, asker, record=asked.record, reason=asked.reason, lifts=asked.lift)
    return JSONResponse({"lifted" if asked.lift else "restricted": done})


@router.post("/record/{record}/restriction", include_in_schema=False, response_class=HTMLResponse)
async def change_by_page(
    request: Request,
    asker: Loading,
    record: Annotated[str, Path(max_length=60)],
    reason: Annotated[str, Form(max_length=4000)] = "",
    lift: Annotated[bool, Form()] = False,
) -> HTMLResponse:
    """The same from the record's own page, which whoever restricted it may not be able to open any more."""
    await restricted(request.app.state.store, asker, record=record, reason=reason, lifts=lift)
    return render(
        request,
        "message.html",
        asker,
        title="The restriction is lifted" if lift else "The record is restricted",
        remedy="From now on it is seen by those who saw it before."
        if lift
        else "From now on only those see it who are named for restricted records. What rests on it is restricted too.",
        back={"href": f"/record/{record}" if lift else "/", "text": "The record" if lift else "Back to the start"},
    )
