"""CONTRADICTED-IDENTIFIERS, REOPENED-JUDGEMENTS, SAME-BY-SEALED: where it is open, or sealed, who is whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.ties import Texts, texts
from missingnet.graph.identity import contradict


class ToldBirth(Row):
    """A date of birth as one description gives it."""

    born: date = Field(description="The date of birth")
    record: str = Field(description="The record that says so")
    agency: str = Field(description="Whose record")
    thing_id: str = Field(description="The child or associate whom it describes")
    later: bool | None = Field(
        description="It came after the judgement, or the judgement did not rest on it; None: none"
    )


class ContradictedIdentifier(Row):
    """One identifier, and the people to whom descriptions give it."""

    identifier: str = Field(description="The identifier, after its scheme")
    births: tuple[date, ...] = Field(description="The dates of birth told with it, earliest first", strict=False)
    thing_ids: Texts = Field(description="The children and associates described by it: several where it joins nothing")
    agencies: Texts = Field(description="Agencies whose records give it")
    records: Texts = Field(description="Ids of the records that give it")
    told: tuple[ToldBirth, ...] = Field(description="Each date with its record", strict=False)


class ContradictedFact(Row):
    """One description that gives a date of birth and an identifier, as the graph holds it."""

    identifier: str = Field(description="The identifier")
    version: str = Field(description="The description's version")
    record: str = Field(description="The record")
    agency: str = Field(description="Whose record")
    born: date = Field(description="The date of birth")
    name: str | None = Field(description="The name that it gives; None: none")
    thing_id: str = Field(description="The child or associate")
    thing_kind: str = Field(description="Its kind")

    @classmethod
    def derive(cls, rows: Sequence[ContradictedFact], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """One row for each identifier whose dates of birth lie so many years apart, widest apart first."""
        by_identifier: dict[str, list[ContradictedFact]] = {}
        for row in rows:
            by_identifier.setdefault(row.identifier, []).append(row)
        found = [
            ContradictedIdentifier(
                identifier=identifier,
                births=tuple(sorted({row.born for row in told})),
                thing_ids=texts(row.thing_id for row in told),
                agencies=texts(row.agency for row in told),
                records=texts(row.record for row in told),
                told=_told({(r.born, r.record, r.agency, r.thing_id, None) for r in told}),
            )
            for identifier, told in by_identifier.items()
            if contradict((row.born for row in told), asked.parameters["years_apart"])
        ]
        return sorted(found, key=lambda r: (r.births[0] - r.births[-1], r.identifier)), ()


class ReopenedJudgement(Row):
    """A judgement that two are one, which what came later contradicts. It stands until somebody judges again."""

    judgement: str = Field(description="The judgement's record")
    who: str = Field(description="Who judged")
    decided: datetime = Field(description="When, UTC")
    second: str | None = Field(description="Who confirmed it; None: nobody")
    thing_id: str = Field(description="The child or associate that it made one")
    thing_kind: str = Field(description="Its kind")
    births: tuple[date, ...] = Field(description="The dates of birth, earliest first", strict=False)
    records: Texts = Field(description="Ids of the records that give them")
    told: tuple[ToldBirth, ...] = Field(description="Each date with its record", strict=False)


class ReopenedFact(Row):
    """One date of birth of somebody whom a judgement made one, as the graph holds it."""

    judgement: str = Field(description="The judgement's record")
    who: str = Field(description="Who judged")
    decided: datetime = Field(description="When, UTC")
    second: str | None = Field(description="Who confirmed it; None: nobody")
    thing_id: str = Field(description="The child or associate")
    thing_kind: str = Field(description="Its kind")
    version: str = Field(description="The description's version")
    record: str = Field(description="The record")
    agency: str = Field(description="Whose record")
    born: date = Field(description="The date of birth")
    later: bool = Field(description="It came after the judgement, or the judgement did not rest on it")

    @classmethod
    def derive(cls, rows: Sequence[ReopenedFact], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """One row for each judgement that a later date of birth contradicts, newest first.

        What contradicted already when it was judged was seen by who judged, and re-opens nothing.
        """
        by_judgement: dict[str, list[ReopenedFact]] = {}
        for row in rows:
            by_judgement.setdefault(row.judgement, []).append(row)
        years, found = asked.parameters["years_apart"], []
        for judgement, told in by_judgement.items():
            later = [row.born for row in told if row.later]
            if not any(contradict((born, row.born), years) for born in later for row in told):
                continue
            one = told[0]
            found.append(
                ReopenedJudgement(
                    judgement=judgement,
                    who=one.who,
                    decided=one.decided,
                    second=one.second,
                    thing_id=one.thing_id,
                    thing_kind=one.thing_kind,
                    births=tuple(sorted({row.born for row in told})),
                    records=texts(row.record for row in told),
                    told=_told({(r.born, r.record, r.agency, r.thing_id, r.later) for r in told}),
                )
            )
        return sorted(found, key=lambda r: r.judgement), ()


class SameBySealed(Row):
    """Another thing that a sealed record states to be this one: two for everybody who may not see that record."""

    other_id: str = Field(description="The other")
    other_kind: str = Field(description="Its kind")
    record: str = Field(description="The sealed record")
    agency: str = Field(description="Whose record")


def _told(found: set[tuple[date, str, str, str, bool | None]]) -> tuple[ToldBirth, ...]:
    ordered = sorted(found, key=lambda one: (one[0], one[1], one[3], bool(one[4])))
    return tuple(
        ToldBirth(born=born, record=record, agency=agency, thing_id=thing, later=later)
        for born, record, agency, thing, later in ordered
    )
