"""Judgements written into the graph, all of them or none, between two lines of the audit each."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from missingnet.api import refusals
from missingnet.api.asks import Asks
from missingnet.api.refusals import Refused
from missingnet.graph.judgements import Judgement, NoJudgement


@dataclass(frozen=True, slots=True)
class Made:
    """What became of it: the judgement's record, and whether it stands or waits for a second person."""

    record: str
    verdict: str
    state: str

    def as_json(self) -> dict[str, str]:
        """As a program reads it."""
        return {"record": self.record, "verdict": self.verdict, "state": self.state}


async def put(asks: Asks, act: str, *judgements: Judgement) -> list[Made]:
    """Write judgements, all of them or none; each stands in the audit before and after.

    :raises Refused: one of them is no judgement.
    """
    try:
        records = [judgement.record() for judgement in judgements]
    except NoJudgement as error:
        raise Refused(refusals.NO_JUDGEMENT, str(error)) from error
    made = [
        Made(asks.store.keyed("record", record.name), judgement.verdict, judgement.state)
        for record, judgement in zip(records, judgements, strict=True)
    ]
    entries = [
        {"record": one.record, "about": judgement.about, "verdict": one.verdict, "state": one.state}
        for one, judgement in zip(made, judgements, strict=True)
    ]
    for entry, judgement in zip(entries, judgements, strict=True):
        await audited(asks, act, {**entry, "rested_on": list(judgement.rested_on), "outcome": "begun"})
    await asks.store.put(records, "a judgement", evidence=any(one.about != "finding" for one in judgements))
    for entry in entries:
        await audited(asks, act, {**entry, "outcome": "done"})
    return made


async def audited(asks: Asks, act: str, entry: dict[str, Any]) -> None:
    """A line of the audit of what this reader does, written before it is gone on with."""
    line = {**asks.store.audit.entry(act, asks.asker.reader, asks.asker.purpose), **entry}
    await asyncio.to_thread(asks.store.audit.write, line)
