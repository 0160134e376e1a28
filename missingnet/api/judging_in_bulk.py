"""Several pairs judged one at once, and confirmed at once: those alone that agree exactly in an identifier (issue 4).

Two things agree exactly where, by what this reader sees, records give both one number in one register, no register
gives them different ones, their dates of birth and sexes do not differ, and nobody has said otherwise. Whatever else
speaks for a pair, it is for a person to look at by itself. All that is asked for is done, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from missingnet.api import judging, refusals
from missingnet.api.asks import Asks, rows_of
from missingnet.api.judgements_put import Made, put
from missingnet.api.refusals import Refused
from missingnet.graph import rulebook
from missingnet.graph.access import needed
from missingnet.graph.answers.compared import compared
from missingnet.graph.answers.judgements import Judged, ThingKey
from missingnet.graph.answers.things_described import ThingDescribed
from missingnet.graph.births import RULE as CONTRADICTED
from missingnet.graph.identity import contradict
from missingnet.graph.judgements import PENDING
from missingnet.graph.keyed import OPAQUE
from missingnet.graph.lookups import held
from missingnet.graph.terms import THINGS

#: So many pairs at once: what one page of the queue holds.
MOST: Final = 50
WAITS: Final = "a judgement waits for a second person"
Two = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two things agree: in which registers; by which records, those of each number and side together.

    ``against`` says why it is not exactly; it is empty where they do.
    """

    registers: tuple[str, ...]
    told: tuple[frozenset[str], ...]
    against: str


async def agreements(asks: Asks, pairs: Sequence[Two], judged: Iterable[Judged] | None = None) -> list[Agreement]:
    """How far each pair agrees, by what this reader sees now. ``judged`` are the judgements, where they were asked."""
    things = sorted({thing for pair in pairs for thing in pair})
    rows: list[ThingKey] = rows_of(await asks.ask("THING-KEYS", things=things), ThingKey) if things else []
    known: dict[str, list[ThingKey]] = {thing: [] for thing in things}
    for row in rows:
        if not row.key.startswith("record:"):
            known[row.thing_id].append(row)
    said = judging.judgement_of(await judging.judged(asks, "identity") if judged is None else judged)
    return [await _agreement(asks, pair, known, said.get(frozenset(pair))) for pair in pairs]


async def judge_exact(asks: Asks, pairs: Sequence[Two], reason: str, *, at: datetime | None = None) -> list[Made]:
    """Judge each pair to be one, all with one reason: a second person confirms where one is needed.

    :raises Refused: the reader may not, there is no reason, or a pair does not agree exactly; nothing is then recorded.
    """
    judging.demand_judge(asks)
    _demand(pairs)
    if any(one == other or not (OPAQUE.fullmatch(one) and OPAQUE.fullmatch(other)) for one, other in pairs):
        raise Refused(refusals.NOT_FOUND)
    found = await agreements(asks, pairs)
    _refuse([one.against for one in found])
    classes = await held(asks.store, sorted({record for one in found for told in one.told for record in told}))
    judgements = []
    for pair, one in zip(pairs, found, strict=True):
        # Of those that give the number, records outside any compartment, where there are such: as of descriptions.
        also = [r for told in one.told for r in ({r for r in told if not needed(classes[r].access)} or told)]
        made = await judging.of_identity(asks, *pair, "same", reason, also=also, sentence=_sentence(one), at=at)
        judgements.append(made)
    return await put(asks, "judge in bulk", *judgements)


async def confirm_exact(asks: Asks, records: Sequence[str], *, at: datetime | None = None) -> list[Made]:
    """Confirm, as the second person, judgements that two are one, each of which still agrees exactly.

    :raises Refused: the reader may not, made one, or one waits for nobody or does not agree; nothing is then recorded.
    """
    judging.demand_judge(asks)
    _demand(records)
    newest = {row.record: row for row in await judging.judged(asks, "identity")}
    if not newest.keys() >= set(records):
        raise Refused(refusals.NOT_FOUND)
    rows = [newest[record] for record in records]
    _refuse(await waiting_against(asks, rows))
    return await put(asks, "confirm in bulk", *[await judging.confirmation(asks, row, at) for row in rows])


async def waiting_against(asks: Asks, rows: Sequence[Judged]) -> list[str]:
    """Why each of these judgements cannot be confirmed in bulk; empty: it can."""
    waiting = [row for row in rows if row.verdict == "same" and row.state == PENDING and len(row.things) == 2]
    pairs = [(row.things[0].id, row.things[1].id) for row in waiting]
    against = {
        # That it waits is what is said of the pair, not against it.
        row.record: "" if found.against == WAITS else found.against
        for row, found in zip(waiting, await agreements(asks, pairs), strict=True)
    }
    return [against.get(row.record, "it waits for nobody") for row in rows]


async def _agreement(asks: Asks, pair: Two, known: Mapping[str, Sequence[ThingKey]], said: Judged | None) -> Agreement:
    one, other = ({row.key: row for row in known[thing]} for thing in pair)
    both = one.keys() & other.keys()
    by_register = [_by_register(keys) for keys in (one, other)]
    common = by_register[0].keys() & by_register[1].keys()
    told = tuple(frozenset(side[key].described or side[key].records) for key in sorted(both) for side in (one, other))
    if not both:
        against = "no register gives them one number"
    elif any(by_register[0][register] != by_register[1][register] for register in common):
        against = "a register gives them different numbers"
    elif said is not None and said.verdict != "same":
        against = f"somebody has said: {said.verdict}"
    else:
        against = await _described_apart(asks, pair)
        if not against and said is not None and said.state == PENDING:
            against = WAITS
    return Agreement(tuple(sorted(map(_register, both))), told, against)


async def _described_apart(asks: Asks, pair: Two) -> str:
    """What descriptions say against their being one; empty: nothing."""
    left, right = [
        rows_of(await asks.ask("THINGS-DESCRIBED", kinds=list(THINGS), first=thing, last=thing), ThingDescribed)
        for thing in pair
    ]
    findings = {row.field: row.finding for row in compared(left, right)}
    years = rulebook.default(CONTRADICTED, "years_apart", asks.moment.as_at)
    if findings.get("Born") == "differs" or contradict((d.born for d in (*left, *right) if d.born), years):
        return "their dates of birth differ"
    return "their sexes differ" if findings.get("Sex") == "differs" else ""


def _register(key: str) -> str:
    return key.rpartition(":")[0]


def _by_register(keys: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for key in keys:
        found.setdefault(_register(key), set()).add(key)
    return found


def _sentence(found: Agreement) -> str:
    """What speaks for it, as a suggestion's sentence does; without the number."""
    return f"the same number in {len(found.registers)} register{'' if len(found.registers) == 1 else 's'}"


def _demand(chosen: Sequence[object]) -> None:
    if not chosen:
        raise Refused(
            refusals.NO_JUDGEMENT,
            "Choose at least one; where none is offered, nothing that was worked out agrees exactly.",
        )
    if len(chosen) > MOST or len(set(chosen)) < len(chosen):
        raise Refused(refusals.NO_JUDGEMENT, f"Choose each once, and no more than {MOST}. Nothing was recorded.")


def _refuse(against: Sequence[str]) -> None:
    """:raises Refused: one does not agree exactly: by its place among those chosen, and why."""
    wrong = [f"number {place}: {words}" for place, words in enumerate(against, start=1) if words]
    if wrong:
        raise Refused(
            refusals.NO_JUDGEMENT,
            "Only pairs that agree exactly in an identifier are judged at once. Nothing was recorded. Look at these by "
            f"themselves, side by side: {'; '.join(wrong)}.",
        )
