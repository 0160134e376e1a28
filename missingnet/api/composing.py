"""A meeting's pack: the api asks its questions, the pack's own room makes it of the answers."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from missingnet.api.asks import Asks, rows_of
from missingnet.api.conditions import conditions_of
from missingnet.api.recipients import in_words
from missingnet.graph import times
from missingnet.graph.access import Reader
from missingnet.graph.answers import Answer, Row, plain
from missingnet.graph.answers.descriptions import Caption
from missingnet.graph.answers.record_sources import RecordSource
from missingnet.graph.asking import CouldNotAnswer
from missingnet.graph.terms import MARKING
from missingnet.visualise.pack import SOURCES, About, Ask, Pack, Unanswered, make_pack, questions_for

Answers = dict[Ask, Answer[Row] | Unanswered]


class NobodyThere(LookupError):
    """The child is not one that this reader may see, or there is none: the same to the reader."""


async def compose(asks: Asks, name: str, about: About, recipients: Sequence[Reader] = ()) -> Pack:
    """The pack of a meeting for these recipients, or for who asks, of what each of them may see; its release is one
    more line of the audit, before it is handed over.

    :raises NobodyThere: there is nothing of that child that reader and recipients may see.
    """
    asks = asks.leaving(recipients, conditions=True)
    if about.child is None and asks.moment.as_at_typed is None:
        # A month that is over is told as it stood at its end, not mixed with what came after.
        asks = asks.at(min(asks.moment.as_at, about.span_end() - timedelta(seconds=1)))
    if about.child is not None:
        seen = await asks.captions([about.child])
        found: Caption | None = seen.get(about.child)
        if found is None or found.thing_kind != "Child":
            raise NobodyThere
    answers: Answers = {}
    while missing := questions_for(name, about, asks.moment.as_at, answers):
        for ask, answer in zip(missing, await asyncio.gather(*(_answer(asks, each) for each in missing)), strict=True):
            answers[ask] = answer
    pack = make_pack(
        name,
        about,
        answers,
        reader=asks.asker.reader,
        purpose=asks.asker.purpose,
        recipient=in_words(recipients or (asks.asker.reader,)),
        made_at=times.now(),
        as_at=asks.moment.as_at,
        marking=MARKING,
        conditions=await conditions_of(asks, _cited(answers)),
    )
    await asks.release(
        f"pack {name}",
        about.child or plain(about.since),
        as_at=plain(asks.moment.as_at),
        records=sorted(_records_of(answers)),
        shown=sorted({thing for one in answers.values() if isinstance(one, Answer) for thing in one.things}),
    )
    return pack


def _cited(answers: Answers) -> set[tuple[str, str]]:
    """The kind and id of each record in the annex."""
    sources = [row for one in answers.values() if isinstance(one, Answer) for row in rows_of(one, RecordSource)]
    return {(row.label, row.record) for row in sources}


def _records_of(answers: Answers) -> set[str]:
    """The records that the pack's lines rest on, as its annex asks for them: by these a pack can be recalled."""
    return {record for ask in answers if ask.rule == SOURCES for record in ask.params["records"]}


async def _answer(asks: Asks, ask: Ask) -> Answer[Row] | Unanswered:
    """One answer. A rule that fails is printed as such; an audit that cannot be written stops the pack."""
    at = asks.at(ask.as_at) if ask.as_at else asks
    try:
        return await at.ask(ask.rule, **dict(ask.params))
    except CouldNotAnswer:
        return Unanswered(ask.rule)
