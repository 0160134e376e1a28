"""A record as it came: its row and file, its versions, its facts in words and the links it made (law 'Source')."""

from __future__ import annotations

import json
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from missingnet.api import refusals
from missingnet.api.asks import Asking, Asks, rows_of
from missingnet.api.reader import GuardedRoute
from missingnet.api.recalls import resting_on
from missingnet.api.refusals import Refused
from missingnet.api.removals import theirs
from missingnet.api.screens.render import render
from missingnet.graph.access import PUBLIC, RESTRICTED, needed
from missingnet.graph.answers.events import RecordVersion
from missingnet.graph.lookups import Held
from missingnet.graph.records import VisibilityClass
from missingnet.graph.restriction import restriction_of
from missingnet.visualise.words import RECORD_WORDS, agency_words, handling_words, listed

router = APIRouter(route_class=GuardedRoute)


@dataclass(frozen=True, slots=True)
class Version:
    """One version with its row as it came, as names and values."""

    told: RecordVersion
    row: tuple[tuple[str, str], ...]


def row_of(raw: str) -> tuple[tuple[str, str], ...]:
    """The row as it came, column by column, in the file's own words."""
    try:
        read = json.loads(raw)
    except ValueError:
        return (("row", raw),)
    return tuple((str(name), str(value)) for name, value in read.items()) if isinstance(read, dict) else (("row", raw),)


def who_sees(access: VisibilityClass) -> tuple[str, ...]:
    """Who may see a record of this class, in words; each sentence narrows the one before."""
    concerned = sorted(set(access.authorities) - {PUBLIC})
    if PUBLIC in access.authorities:
        said = ["Everybody: it comes from a register that anybody may read."]
    elif concerned:
        said = [f"Readers of {agency_words(access.owner)}, and those who work for {listed(concerned)}."]
    else:
        said = [f"Readers of {agency_words(access.owner)} only."]
    if compartments := sorted(needed(access)):
        said.append(f"Of these, only who holds, and asks for a purpose that opens, {listed(compartments)}.")
    if access.handling or access.condition:
        said.append(f"Handling: {handling_words(access.handling, access.condition)}.")
    return tuple(said)


def _may_restrict(asks: Asks, told: RecordVersion, access: VisibilityClass | None) -> bool:
    """True for a data officer of the record's agency, who could have loaded it."""
    asker = asks.asker
    held = access is not None and theirs(asker.shut, Held(told.agency, access))
    return held and asker.may_load and asker.scopes is None and asker.emergency is None


@router.get("/record/{record}", response_class=HTMLResponse, include_in_schema=False)
async def record_page(request: Request, asks: Asking, record: str, recall: bool = False) -> HTMLResponse:
    """One record; hidden and missing are the same 404. What rested on it is looked up when somebody asks for it."""
    answer = await asks.ask("RECORD", record=record)
    versions: list[RecordVersion] = rows_of(answer, RecordVersion)
    if not versions:
        raise Refused(refusals.NOT_FOUND)
    captions = await asks.captions({link.id for told in versions for link in told.links})
    first = versions[0]
    access = (await asks.store.access_of(first.label, [record])).get(record)
    return render(
        request,
        "record.html",
        asks.asker,
        title=f"{RECORD_WORDS.get(first.label, first.label)} from {agency_words(first.agency)}",
        as_at=asks.moment.as_at,
        known_at=asks.moment.known_at,
        versions=[Version(told, row_of(told.raw)) for told in versions],
        captions=captions,
        notes=answer.notes,
        who_sees=who_sees(access) if access else (),
        restriction=await restriction_of(asks.store, record) if access and RESTRICTED in access.compartments else None,
        restricted_at_source=access is not None and RESTRICTED in access.compartments,
        may_restrict=_may_restrict(asks, first, access),
        recall=await resting_on(asks, {record}) if recall else None,
        record=record,
        typed=asks.moment.typed,
    )
