"""Judgements of identity, links, lines, levels, findings: made, confirmed, undone; one way for pages, HTTP, commands.

Each is refused as not found where the reader does not see what it is about, and stands in the audit before and after.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from missingnet.api import refusals
from missingnet.api.asks import Asks, rows_of
from missingnet.api.judgements_put import Made, audited, put
from missingnet.api.reader import demand_shut
from missingnet.api.refusals import Refused
from missingnet.graph import rulebook
from missingnet.graph.access import needed, sees
from missingnet.graph.answers import Row
from missingnet.graph.answers.disagreements import said_of
from missingnet.graph.answers.judgements import Judged, ThingKey
from missingnet.graph.answers.police_council_mismatch import Mismatch
from missingnet.graph.answers.record_sources import RecordSource
from missingnet.graph.answers.ties import Tie
from missingnet.graph.answers.triage import Triaged
from missingnet.graph.judgements import (
    PARTNERSHIP,
    PENDING,
    VERDICTS,
    About,
    Judgement,
    NoJudgement,
    Side,
    Verdict,
    resting_on,
)
from missingnet.graph.keyed import OPAQUE
from missingnet.graph.lookups import held, stands_at
from missingnet.graph.records import VisibilityClass
from missingnet.graph.removal import Removal, remove
from missingnet.graph.times import now

#: The class of a judgement until it is known what it rests on: nobody's.
_NOBODYS = VisibilityClass(PARTNERSHIP)


def verdict_in(text: str, about: About = "identity") -> Verdict:
    """The verdict that was typed.

    :raises Refused: it is none of those that there are of such a thing.
    """
    for verdict in VERDICTS[about]:
        if text == verdict:
            return verdict
    raise Refused(refusals.NOT_UNDERSTOOD, f"'verdict' must be one of: {', '.join(VERDICTS[about])}.")


async def judge(
    asks: Asks,
    one: str,
    other: str,
    verdict: Verdict,
    reason: str,
    *,
    rested_on: Sequence[str] = (),
    probability: float | None = None,
    sentence: str | None = None,
    at: datetime | None = None,
) -> Made:
    """Judge two things, each by its id or by one of its identifiers (``council:997:100231``).

    The same pair judged again is a changed mind: a new version of the same record.

    :raises Refused: the reader may not, does not see both or one of the records, or no such judgement can be made.
    """
    demand_judge(asks)
    made = await of_identity(
        asks, one, other, verdict, reason, rested_on=rested_on, probability=probability, sentence=sentence, at=at
    )
    return (await put(asks, "judge", made))[0]


async def of_identity(
    asks: Asks,
    one: str,
    other: str,
    verdict: Verdict,
    reason: str,
    *,
    rested_on: Sequence[str] = (),
    also: Sequence[str] = (),
    probability: float | None = None,
    sentence: str | None = None,
    at: datetime | None = None,
) -> Judgement:
    """The judgement of two things, not made yet.

    It rests on the records given, or else on every description that this reader sees of the two: on those outside any
    compartment where there are such, so that whoever knows the two may see it; and on those that are given ``also``.
    ``at`` (naive UTC) is when; left out, now.

    :raises Refused: the reader does not see both or one of the records, or all of them together.
    """
    sides, described = await _sides(asks, (one, other))
    records = tuple(sorted(set(rested_on) or {*described, *also}))
    if rested_on:
        seen = {row.record for row in rows_of(await asks.ask("RECORD-SOURCES", records=list(records)), RecordSource)}
        if seen != set(records):
            raise Refused(refusals.NOT_FOUND)
    needs = rulebook.default("JUDGEMENTS", "second_person", asks.moment.as_at)
    judgement = Judgement(
        things=sides,
        verdict=verdict,
        reason=reason,
        who=asks.asker.reader.name,
        decided=at or now(),
        rested_on=records,
        access=_NOBODYS,
        needs_second=verdict == "same" and bool({side.kind for side in sides} & set(needs)),
        probability=probability,
        sentence=sentence,
    )
    return await _resting(asks, judgement)


async def judge_line(asks: Asks, line: Mismatch, verdict: Verdict, reason: str, *, at: datetime | None = None) -> Made:
    """Say how a line stands on which the records of police and council differ, as this reader sees it.

    It is carried forward for as long as the line consists of the same records and the same disagreement.

    :raises Refused: the reader may not, or nothing can be said of it.
    """
    demand_judge(asks)
    if not line.differences:
        raise Refused(refusals.NO_JUDGEMENT, "These records agree: there is no difference to speak of.")
    things = [thing for thing in (line.child_id, line.other_child_id) if thing]
    return await judge_of(asks, "line", things, said_of(line), line.records, verdict, reason, at)


async def judge_link(asks: Asks, tie: Tie, verdict: Verdict, reason: str, *, at: datetime | None = None) -> Made:
    """Say whether a link still holds, by all the records of it that this reader sees.

    That it does moves its review date. That it does not is shown on it, until a record says it again that was not among
    these. Neither is a source of the link, and nothing that an agency told is changed.

    :raises Refused: the reader may not, or nothing can be said of it.
    """
    demand_judge(asks)
    of = (tie.kind, tie.through)
    return await judge_of(asks, "link", [tie.from_id, tie.to_id], of, tie.records, verdict, reason, at)


async def judge_triage(asks: Asks, row: Triaged, verdict: Verdict, reason: str, *, at: datetime | None = None) -> Made:
    """Overrule, or agree with, the level that the facts suggest for a child's return interview, as this reader sees it.

    It stands until a record comes that was not among these. It cancels no interview that is owed (RHI-72H).

    :raises Refused: the reader may not, or nothing can be said of it.
    """
    demand_judge(asks)
    return await judge_of(
        asks, "triage", [row.child_id], (f"suggested {row.suggested}",), row.records, verdict, reason, at
    )


async def judge_of(
    asks: Asks,
    about: About,
    things: Sequence[str],
    of: tuple[str, ...],
    records: tuple[str, ...],
    verdict: Verdict,
    reason: str,
    at: datetime | None,
) -> Made:
    """Record what the reader says of these things, for as long as it is about these records.

    :raises Refused: the reader does not see what it is about, or nothing can be said of it.
    """
    sides = (await _sides(asks, things))[0] if things else ()
    judgement = Judgement(
        things=sides,
        verdict=verdict,
        reason=reason,
        who=asks.asker.reader.name,
        decided=at or now(),
        rested_on=records,
        access=_NOBODYS,
        needs_second=False,
        about=about,
        said_of=of,
    )
    return (await put(asks, "judge", await _resting(asks, judgement)))[0]


async def tie_of(asks: Asks, one: str, other: str, kind: str, through: str | None = None) -> Tie:
    """The link of that kind between two things, as this reader sees it, seen from the first.

    :raises Refused: there is none, or several of that kind, through different kinds of record.
    """
    rows: list[Tie] = rows_of(await asks.ask("THING-NETWORK", thing=one), Tie)
    found = [row for row in rows if row.to_id == other and row.kind == kind and through in (None, row.through)]
    if not found:
        raise Refused(refusals.NOT_FOUND)
    if len(found) > 1:
        ways = ", ".join(sorted(row.through for row in found))
        raise Refused(refusals.NO_JUDGEMENT, f"There are several links of that kind. Say through which: {ways}.")
    return found[0]


async def triaged_of(asks: Asks, child: str) -> Triaged:
    """How TRIAGE-RAG stands for a child, as this reader sees it.

    :raises Refused: nothing of the child is seen, or there was no episode to go by.
    """
    rows: list[Triaged] = rows_of(await asks.ask("TRIAGE-RAG", child=child), Triaged)
    if not rows:
        raise Refused(refusals.NOT_FOUND)
    if not rows[0].records:
        raise Refused(refusals.NO_JUDGEMENT, "No episode began in the window: there is no level to speak of.")
    return rows[0]


def line_of(rows: Sequence[Row], records: Sequence[str], said: Sequence[str] = ()) -> Mismatch:
    """The line of these records, or of the one named; ``said`` is the disagreement that a person had before them.

    :raises Refused: there is none, or it is another than the person saw.
    """
    wanted = set(records)
    lines = [row for row in rows if isinstance(row, Mismatch) and row.differences]
    found = [line for line in lines if wanted and wanted <= set(line.records)]
    if not found:
        raise Refused(refusals.NOT_FOUND)
    if len(found) > 1:
        raise Refused(refusals.NO_JUDGEMENT, "Several lines hold this record. Name another of the line's records too.")
    (line,) = found
    if said and (set(said), wanted) != (set(said_of(line)), set(line.records)):
        raise Refused(refusals.NO_JUDGEMENT, "The line has changed since you saw it. Open the page again, and look.")
    return line


async def confirm(asks: Asks, record: str, *, at: datetime | None = None) -> Made:
    """Confirm, as the second person, a judgement that waits for one.

    :raises Refused: the reader may not, does not see it, made it, or it waits for nobody.
    """
    demand_judge(asks)
    return (await put(asks, "confirm", await confirmation(asks, await _judgement(asks, record), at)))[0]


async def confirmation(asks: Asks, row: Judged, at: datetime | None = None) -> Judgement:
    """The judgement as this reader confirms it, not made yet.

    :raises Refused: the reader made it, or it waits for nobody.
    """
    if row.about != "identity":
        raise Refused(refusals.NO_JUDGEMENT, "This judgement waits for nobody.")
    one, other = row.keys
    kind = str(row.kind)
    access = (await held(asks.store, [row.record]))[row.record].access
    judgement = Judgement(
        things=(Side(one, kind), Side(other, kind)),
        verdict=verdict_in(row.verdict),
        reason=row.reason,
        who=row.who,
        decided=row.decided,
        rested_on=row.rested_on,
        access=access,
        needs_second=row.state == PENDING,
        probability=row.probability,
        sentence=row.sentence,
    )
    try:
        return judgement.confirmed_by(asks.asker.reader.name, at or now())
    except NoJudgement as error:
        raise Refused(refusals.NO_JUDGEMENT, str(error)) from error


async def undo(asks: Asks, record: str, reason: str) -> None:
    """Undo a judgement: the graph is then as if it had never been made. The audit keeps that it was.

    :raises Refused: the reader may not, does not see it, or gives no reason.
    """
    demand_judge(asks)
    row = await _judgement(asks, record)
    if not reason.strip():
        raise Refused(refusals.NO_JUDGEMENT, "Say why it is undone.")
    entry = {"record": record, "reason": asks.store.audit.conceal(reason)}
    await audited(asks, "undo a judgement", {**entry, "outcome": "begun"})
    removal = Removal(asks.asker.reader.name, reason, refuse_again=False, evidence=row.about != "finding")
    await remove(asks.store, [record], removal=removal)
    await audited(asks, "undo a judgement", {**entry, "outcome": "done"})


def demand_judge(asks: Asks) -> None:
    """Raise unless this reader may judge."""
    demand_shut(asks.asker)
    if not asks.asker.may_judge:
        raise Refused(refusals.NOT_ALLOWED)


async def judged(asks: Asks, *about: About) -> list[Judged]:
    """Every judgement that this reader sees, of these sorts or of all; the one just made as well."""
    rows: list[Judged] = rows_of(await asks.at(now()).ask("JUDGEMENTS"), Judged)
    return [row for row in rows if not about or row.about in about]


def judgement_of(judged: Iterable[Judged]) -> dict[frozenset[str], Judged]:
    """The newest judgement of each two things that stand apart."""
    ordered = sorted(judged, key=lambda one: (one.confirmed or one.decided, one.record))
    return {frozenset(thing.id for thing in one.things): one for one in ordered if len(one.things) > 1}


async def record_of(asks: Asks, one: str, other: str) -> str:
    """The newest judgement of two identifiers or things that this reader sees: what --undo means by two names.

    :raises Refused: there is none.
    """
    named = [
        row
        for row in await judged(asks, "identity")
        if all(name in row.keys or name in {thing.id for thing in row.things} for name in (one, other))
    ]
    if not named:
        raise Refused(refusals.NOT_FOUND)
    return max(named, key=lambda row: (row.confirmed or row.decided, row.record)).record


async def _judgement(asks: Asks, record: str) -> Judged:
    if not OPAQUE.fullmatch(record):
        raise Refused(refusals.NOT_FOUND)
    rows = [row for row in await judged(asks) if row.record == record]
    if not rows:
        raise Refused(refusals.NOT_FOUND)
    return rows[-1]


async def _sides(asks: Asks, names: Sequence[str]) -> tuple[tuple[Side, ...], tuple[str, ...]]:
    """Their keys, and the records that describe what they stand for, as this reader sees them."""
    things = [name if OPAQUE.fullmatch(name) else await stands_at(asks.store, name) for name in names]
    rows: list[ThingKey] = rows_of(await asks.ask("THING-KEYS", things=things), ThingKey)
    found, records = [], list[str]()
    classes = await held(asks.store, sorted({record for row in rows for record in (*row.described, *row.records)}))
    for name, thing in zip(names, things, strict=True):
        known = [row for row in rows if row.thing_id == thing and (name == thing or row.key == name)]
        if not known:
            raise Refused(refusals.NOT_FOUND)
        # An identifier before a record's own key: it will still be there in the next extract.
        best = min(known, key=lambda row: (row.key.startswith("record:"), row.key))
        found.append(Side(best.key, best.thing_kind))
        described = {record for row in rows if row.thing_id == thing for record in row.described} or set(best.records)
        records += {one for one in described if not needed(classes[one].access)} or described
    return tuple(found), tuple(sorted(set(records)))


async def _resting(asks: Asks, judgement: Judgement) -> Judgement:
    """The judgement in the class of all that it rests on, and of what was said before of the same: earlier words are
    shown to no more people than before.

    :raises Refused: the reader would not see it themselves.
    """
    access = resting_on([found.access for found in (await held(asks.store, judgement.rested_on)).values()])
    record = asks.store.keyed("record", replace(judgement, access=access).name)
    before = (await held(asks.store, [record])).get(record)
    access = resting_on([access, before.access]) if before else access
    if not sees(asks.asker.reader, asks.asker.purpose, access):
        words = "Nobody in one place sees all these records. Rest the judgement on fewer."
        raise Refused(refusals.NO_JUDGEMENT, words)
    return replace(judgement, access=access)
