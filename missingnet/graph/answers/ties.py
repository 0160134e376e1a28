"""How one thing is tied to another: the row behind a network's picture and its table (CHILD-NETWORK, THING-NETWORK)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from pydantic import BeforeValidator, Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.grades import BEST_GRADE, GradedRecords, Handling, best, of_records, strictest_first
from missingnet.graph.answers.people_said import Said, SaidFact, newest_first, standing_of
from missingnet.graph.answers.said import day_words
from missingnet.graph.answers.standing import Reviewing, Strength, Told, sources, weakest_on_best
from missingnet.graph.times import utc_to_london

Texts = Annotated[tuple[str, ...], Field(strict=False)]
#: A list on a node, which is not there when it is empty.
Listed = Annotated[Texts, BeforeValidator(lambda value: () if value is None else value)]

#: What a person may say of a tie (LINK-REVIEW).
STILL, NO_LONGER = "still holds", "no longer holds"
VERDICTS = (STILL, NO_LONGER)
#: What a link that the record states outright is called.
DIRECT = {"LINKED_TO": "linked to", "SEEN_AT": "seen at", "USES": "uses", "LIVES_AT": "lives at"}
#: What it is called when a child's own record names the thing.
OWN = {
    "FOUND_AT": "found at",
    "STARTED_AT": "started at",
    "WENT_WITH": "missing with",
    "TELLS_OF": "told of in interview",
    "PLACED_IN": "placed at",
    "ENROLLED_AT": "at school",
    "NAMES": "same notice",
}
#: What it is called when one record names both.
SAME = {
    "Episode": "same episode",
    "ReturnInterview": "same interview",
    "Intelligence": "same intelligence",
    "Notice": "same notice",
    "Action": "same action",
}


def kind_of_tie(from_link: str, to_link: str, through: str) -> str:
    """What a tie is called: by the links on its two sides and the kind of record between."""
    if through == "direct":
        return DIRECT[to_link]
    others = [link for link in (from_link, to_link) if link != "HAD"]
    if len(others) == 1:
        return SAME["Action"] if through == "Action" else OWN[others[0]]
    return SAME.get(through, "same record")


def texts(*lists: Iterable[str | None]) -> tuple[str, ...]:
    """All of them once, in order of the alphabet, without what is not recorded."""
    return tuple(sorted({text for many in lists for text in many if text is not None}))


def earliest(moments: Iterable[datetime | None]) -> datetime | None:
    """The first of the moments that are recorded."""
    return min((m for m in moments if m is not None), default=None)


def latest(moments: Iterable[datetime | None]) -> datetime | None:
    """The last of the moments that are recorded."""
    return max((m for m in moments if m is not None), default=None)


def hubs_left_out(hubs: int, whose: str, limit: int) -> str:
    """The note of a rule that does not follow hubs: how many it came to, and how to follow them."""
    are = "1 hub is" if hubs == 1 else f"{hubs} hubs are"
    return (
        f"{are} not followed to which {whose} are tied: a place, vehicle, phone or handle known to more than {limit} "
        "children ties everybody to everybody. Ask with a greater number to follow more."
    )


class TieFact(Row):
    """One way in which two things are tied, as the graph holds it, seen from the nearer one."""

    hop: int = Field(description="How many ties away from the start the reached thing is")
    from_id: str = Field(description="The thing from which it was reached")
    from_kind: str = Field(description="Its kind")
    to_id: str = Field(description="The thing reached")
    to_kind: str = Field(description="Its kind")
    to_children: int | None = Field(description="A hub is known to at least so many children; None: not a hub")
    from_link: str = Field(description="The link on the nearer side, or 'direct'")
    to_link: str = Field(description="The link on the farther side")
    through: str = Field(description="Kind of record between, or 'direct'")
    roles: tuple[str | None, ...] = Field(description="Roles on the links", strict=False)
    records: Texts = Field(description="Ids of the records")
    agencies: Texts = Field(description="Their agencies")
    first: datetime | None = Field(description="First time observed, UTC; None: not recorded")
    last: datetime | None = Field(description="Last time observed, UTC; None: not recorded")
    told: tuple[Told, ...] = Field(description="What tells its records apart; empty: stated outright", strict=False)
    graded: GradedRecords = Field(description="'record grade' of each graded record, the grade whole as recorded")
    handling: Handling = Field(description="Their handling codes, strictest first; empty: not recorded")
    said: tuple[SaidFact, ...] = Field(description="What people said of links between the two", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[TieFact], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Each pair's ties once, however often and from whichever end they were reached."""
        hubs = {row.to_id: row.to_children for row in rows if row.to_children is not None}
        ties = cls.merged(rows, asked, hubs)
        ties.sort(key=lambda t: (t.hop, t.from_id, t.to_id, t.kind, t.through))
        notes = []
        if hubs:
            limit = asked.parameters["hub_children"]
            notes.append(
                f"{len(hubs)} {'hub is' if len(hubs) == 1 else 'hubs are'} shown and not followed: a place, school, "
                f"home, vehicle, phone or handle known to more than {limit} children ties everybody to everybody."
            )
        faded = sum(tie.faded for tie in ties)
        if faded:
            notes.append(
                f"{faded} of {len(ties)} links {'is' if faded == 1 else 'are'} past the review date, so that "
                f"{'it is' if faded == 1 else 'they are'} drawn fainter and taken for one band weaker (LINK-REVIEW)."
            )
        ended = sum(tie.verdict == NO_LONGER for tie in ties)
        if ended:
            notes.append(
                f"{ended} {'link is' if ended == 1 else 'links are'} said by a person to hold no longer: drawn "
                "fainter, and taken for weak. What the agencies told stays as it is."
            )
        return ties, notes

    @classmethod
    def merged(cls, rows: Sequence[TieFact], asked: Asked, hubs: Mapping[str, int | None]) -> list[Tie]:
        """The ties that the facts make, each with what the best path to the thing it reaches is worth."""
        reviewing = Reviewing.of(asked.parameters, asked.as_at, asked.known_at)
        ties = [_tie(of, hubs, reviewing) for of in _gathered(rows, reviewing)]
        start = asked.parameters["child"] if "child" in asked.parameters else asked.parameters["thing"]
        return _with_paths(ties, start, hubs)


class LinkFact(TieFact):
    """One way in which a child is tied to something, to be listed when its review is due (LINKS-TO-REVIEW)."""

    @classmethod
    def derive(cls, rows: Sequence[TieFact], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """The ties whose review date lies before the day asked for, longest past first: one child's, those without a
        date last; or of all children those whose date lies in the period."""
        reviewing = Reviewing.of(asked.parameters, asked.as_at, asked.known_at)
        since, until = (utc_to_london(asked.parameters[name]).date() for name in ("since", "due_by"))
        one = bool(asked.parameters["child"])
        links = _gathered(rows, reviewing)
        in_time = [
            of
            for of in links
            if (of.review_by < until and (one or since <= of.review_by) if of.review_by is not None else one)
        ]
        due = [_tie(of, {}, reviewing) for of in in_time if of.verdict != NO_LONGER]
        due.sort(key=lambda t: (t.review_by or date.max, t.from_id, t.to_id, t.kind, t.through))
        notes = [f"{len(due)} of this child's {len(links)} links are due."] if one else _period(due, since, until)
        undated = sum(tie.review_by is None for tie in due)
        if undated:
            notes.append(
                f"Of {undated} nobody recorded when they were observed: they have no review date, and stand last."
            )
        ended = len(in_time) - len(due)
        if ended:
            notes.append(f"Left out: {ended} said by a person to hold no longer.")
        return due, notes


def _period(due: Sequence[Tie], since: date, until: date) -> list[str]:
    """What a list over all children holds, by kind of link, and what it leaves out."""
    kinds = Counter(tie.kind for tie in due)
    listed = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    return [
        f"Links of all children that fell due from {day_words(since)} to before {day_words(until)}: {len(due)}"
        f"{f' ({listed})' if due else ''}.",
        "Not listed: links that fell due before (ask with an earlier day), and those of which nobody recorded when "
        "they were observed (ask for one child).",
    ]


def _with_paths(ties: Sequence[Tie], start: str, hubs: Collection[str]) -> list[Tie]:
    """The ties, each with what the best path to the thing it reaches is worth: its weakest tie."""
    paths = weakest_on_best(ties, start, hubs)
    found = []
    for tie in ties:
        strength, grade = paths.get(tie.to_id, (tie.strength, tie.grade))
        found.append(tie.model_copy(update={"path_strength": strength, "path_grade": grade}))
    return found


@dataclass(frozen=True, slots=True)
class _Gathered:
    """The facts of one tie, and what is needed to tell whether its review is due."""

    kind: str
    facts: Sequence[TieFact]
    near: TieFact
    """Seen from the end nearer to the start."""
    records: tuple[str, ...]
    told: Sequence[Told]
    last: datetime | None
    said: tuple[Said, ...]
    verdict: str | None
    review_by: date | None


def _gathered(rows: Sequence[TieFact], reviewing: Reviewing) -> list[_Gathered]:
    """Each pair's ties once, however often and from whichever end they were reached."""
    found: dict[tuple[str, ...], list[TieFact]] = {}
    for row in rows:
        kind = kind_of_tie(row.from_link, row.to_link, row.through)
        found.setdefault((*sorted((row.from_id, row.to_id)), kind, row.through), []).append(row)
    return [_gather(key[2], many, reviewing) for key, many in found.items()]


def _gather(kind: str, many: Sequence[TieFact], reviewing: Reviewing) -> _Gathered:
    near = min(many, key=lambda row: (row.hop, row.from_id, row.from_link))
    records = texts(*(row.records for row in many))
    own = set(records)
    told = list({each: None for row in many for each in row.told if each.record in own})
    last = latest(row.last for row in many)
    said = _said((fact for row in many for fact in row.said), (kind, near.through), records)
    standing = standing_of(said)
    verdict = standing.verdict if standing else None
    looked = standing.decided if standing and verdict == STILL else None
    review_by = reviewing.review_by(near.through, last, told, looked)
    return _Gathered(kind, many, near, records, told, last, said, verdict, review_by)


def _tie(of: _Gathered, hubs: Mapping[str, int | None], reviewing: Reviewing) -> Tie:
    """One tie from its facts."""
    many, near, told, review_by = of.facts, of.near, of.told, of.review_by
    agencies = texts((each.agency for each in told) if told else (a for row in many for a in row.agencies))
    grade = best(grade for row in many for grade in of_records(row.graded, row.records))
    faded = review_by is not None and review_by < reviewing.today
    count = sources(agencies, told, reviewing.sameness)
    strength = "weak" if of.verdict == NO_LONGER else reviewing.strength(count, grade, faded)
    return Tie(
        hop=near.hop,
        from_id=near.from_id,
        from_kind=near.from_kind,
        to_id=near.to_id,
        to_kind=near.to_kind,
        kind=of.kind,
        through=near.through,
        roles=texts(*(row.roles for row in many)),
        records=of.records,
        agencies=agencies,
        first=earliest(row.first for row in many),
        last=of.last,
        sources=count,
        age=reviewing.age(of.last),
        review_by=review_by,
        faded=faded,
        grade=grade,
        handling=strictest_first(code for row in many for code in row.handling),
        to_hub=near.to_id in hubs,
        to_children=hubs.get(near.to_id),
        strength=strength,
        path_strength=strength,
        path_grade=grade,
        verdict=of.verdict,
        said=of.said,
    )


def _said(facts: Iterable[SaidFact], of: tuple[str, str], records: Sequence[str]) -> tuple[Said, ...]:
    """What people said of this very link.

    That it still holds was seen of it as long as a record that they looked at states it; that it no longer holds is
    said of it as long as no record states it that they had not looked at.
    """
    stated = set(records)
    return tuple(
        Said.of(fact, holds=bool(stated & {*fact.rested_on}) if fact.verdict == STILL else stated <= {*fact.rested_on})
        for fact in newest_first(fact for fact in facts if fact.said_of == of)
    )


class Tie(Row):
    """One kind of tie between two things, with every seen record that states it."""

    hop: int = Field(description="How many ties away from the start the reached thing is: 1, 2 or 3")
    from_id: str = Field(description="The thing nearer to the start")
    from_kind: str = Field(description="Its kind: Child, Associate, Place, Home, School, Vehicle, Phone, OnlineHandle")
    to_id: str = Field(description="The thing reached")
    to_kind: str = Field(description="Its kind")
    kind: str = Field(
        description="How they are tied: 'missing with', 'found at', 'started at', 'told of in interview', 'linked to', "
        "'seen at', 'uses', 'lives at', 'placed at', 'at school', 'same episode', 'same interview', "
        "'same intelligence', 'same notice', 'same action', 'same record'"
    )
    through: str = Field(description="Kind of record it goes through (Episode, ReturnInterview, …), or 'direct'")
    roles: Texts = Field(description="What the records call the relation or role; empty when none does")
    records: Texts = Field(description="Ids of the records that state this tie")
    agencies: Texts = Field(description="Agencies whose records state it")
    first: datetime | None = Field(description="First time observed, UTC; None: not recorded")
    last: datetime | None = Field(description="Last time observed by the date asked about, UTC; None: not recorded")
    sources: int = Field(
        description="Independent sources: agencies that each tell of an event of their own; what may be copied from "
        "another agency's record counts once (LINK-REVIEW)"
    )
    age: int | None = Field(description="Days since it was last observed; None: not recorded when")
    review_by: date | None = Field(description="The last day on which it holds unreviewed; None: not recorded when")
    faded: bool = Field(description="Past its review date: one band weaker")
    grade: str | None = Field(description=BEST_GRADE)
    handling: Texts = Field(description="Handling codes, strictest first: those of 5x5x5, C, P; empty: not recorded")
    to_hub: bool = Field(
        description="The reached thing is a hub: shown, never followed. Things at the edge of an answer of two or "
        "three ties are not tested, for nothing is followed from there"
    )
    to_children: int | None = Field(
        description="A hub is known to at least so many children; None: no hub, or not tested"
    )
    strength: Strength = Field(description="How well it is supported: 'strong', 'medium' or 'weak' (LINK-REVIEW)")
    path_strength: Strength = Field(
        description="The strength of the weakest tie on the best path from the start to the reached thing"
    )
    path_grade: str | None = Field(description="The grade of that weakest tie; None: ungraded")
    verdict: str | None = Field(
        description="What a person said of it last: 'still holds' (its review date moves), 'no longer holds' (weak); "
        "None: nobody has, of the tie as its records now tell it"
    )
    said: tuple[Said, ...] = Field(description="What people said of it, newest first", strict=False)
