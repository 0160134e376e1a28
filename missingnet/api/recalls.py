"""RECALL: what rested on a record, so that it can be looked at again when the record is withdrawn or corrected.

Judgements come through the gate like any answer. Packs and openings come from the audit, and only such as the reader's
own agency made, for purposes that open nothing that this reader does not hold: of others nothing is said or counted.
Meetings hold their packs; there is no other record of a meeting here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from missingnet.api import refusals
from missingnet.api.asks import Asking, Asks, rows_of
from missingnet.api.reader import Asker, GuardedRoute
from missingnet.api.refusals import Refused
from missingnet.graph.access import PURPOSES, RESTRICTED
from missingnet.graph.answers import plain
from missingnet.graph.answers.judgements import Judged
from missingnet.graph.answers.record_sources import RecordSource
from missingnet.graph.lookups import held
from missingnet.graph.times import now

router = APIRouter(route_class=GuardedRoute, tags=["records"])

#: The questions by which a person opens a record itself, by its id.
_OPENS: Final = frozenset({"RECORD", "LINK-RECORDS"})


@dataclass(frozen=True, slots=True)
class Rested:
    """A judgement that rested on the records. ``decided`` is UTC."""

    record: str
    verdict: str
    state: str
    who: str
    decided: str


@dataclass(frozen=True, slots=True)
class Used:
    """A pack made with the records, or an answer that opened them: when (UTC), by whom, and what it was."""

    at: str
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Recall:
    """Everything that this reader may know to have rested on the records that they see."""

    records: tuple[str, ...]
    judgements: tuple[Rested, ...]
    packs: tuple[Used, ...]
    openings: tuple[Used, ...]

    def as_json(self) -> dict[str, Any]:
        """As a program reads it."""
        return asdict(self)


async def recall(asks: Asks, *, record: str | None = None, file_hash: str | None = None) -> Recall:
    """What rested on a record, or on any record that a file told.

    :raises Refused: there is no such record, or none that this reader sees.
    """
    wanted = [record] if record is not None else sorted(await held(asks.store, file_hash=file_hash))
    found = await asks.ask("RECORD-SOURCES", records=wanted) if wanted else None
    seen = {row.record for row in rows_of(found, RecordSource)}
    if not seen:
        raise Refused(refusals.NOT_FOUND)
    return await resting_on(asks, seen)


async def resting_on(asks: Asks, seen: Collection[str]) -> Recall:
    """What rested on these records, which the reader is known to see."""
    judged: list[Judged] = rows_of(await asks.at(now()).ask("JUDGEMENTS"), Judged)
    lines = await asyncio.to_thread(lambda: list(_lines(asks, set(seen))))
    packs = [_used(line, str(line["document"])) for line in lines if line["act"] == "disclose"]
    openings = [_used(line, str(line["question"])) for line in lines if line["act"] == "consult"]
    return Recall(
        tuple(sorted(seen)),
        tuple(
            Rested(row.record, row.verdict, row.state, row.who, str(plain(row.decided)))
            for row in judged
            if set(row.rested_on) & set(seen)
        ),
        tuple(packs),
        tuple(openings),
    )


def _used(line: Mapping[str, Any], what: str) -> Used:
    return Used(str(line["at"]), str(line["who"]), what)


def _lines(asks: Asks, seen: Collection[str]) -> Iterator[dict[str, Any]]:
    """The audit's lines of packs made with these records and of answers that opened them, as this reader may know."""
    for line in asks.store.audit.mentioning(seen):
        if not theirs(asks.asker, line):
            continue
        if line["act"] == "disclose" and line.get("outcome") == "released" and set(line.get("records", ())) & set(seen):
            yield line
        elif line["act"] == "consult" and line.get("outcome") == "answered" and line.get("question") in _OPENS:
            given = line.get("parameters", {})
            if {given.get("record"), *given.get("records", ())} & set(seen):
                yield line


def theirs(asker: Asker, line: Mapping[str, Any]) -> bool:
    """True for what the reader did, or their own agency for a purpose that opens only compartments they hold.

    What is restricted to named people is left aside: few colleagues hold it, and then no pack would be called back.
    """
    if line.get("agency") != asker.reader.agency:
        return False
    opened = PURPOSES.get(str(line.get("purpose")), frozenset()) - {RESTRICTED}
    return line.get("who") == asker.reader.name or opened <= set(asker.reader.compartments)


@router.get("/recall", summary="RECALL: what rested on a record, or on a file's records")
async def what_rested(
    asks: Asking,
    record: Annotated[str | None, Query(max_length=60, description="The record's id.")] = None,
    file: Annotated[str | None, Query(max_length=128, description="The file's hash, as its record has it.")] = None,
) -> JSONResponse:
    """The judgements that rested on it, and the packs and answers of the reader's agency that used it."""
    if (record is None) == (file is None):
        raise Refused(refusals.NOT_UNDERSTOOD, "Name a record or a file.")
    return JSONResponse((await recall(asks, record=record, file_hash=file)).as_json())
