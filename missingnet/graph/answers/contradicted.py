"""CONTRADICTED-IDENTIFIERS, REOPENED-JUDGEMENTS, SAME-BY-SEALED: where it is open, or sealed, who is whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.ties import Listed, Texts, texts
from missingnet.graph.identity import contradict
from missingnet.graph.names import compact, normalise


class ToldBirth(Row):
    """A date of birth as one description gives it."""

    born: date = Field(description="The date of birth")
    record: str = Field(description="The record that says so")
    agency: str = Field(description="Whose record")
    thing_id: str = Field(description="The child or associate whom it describes")


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
                told=_told({(r.born, r.record, r.agency, r.thing_id) for r in told}),
            )
            for identifier, told in by_identifier.items()
            if contradict((row.born for row in told), asked.parameters["years_apart"])
        ]
        return sorted(found, key=lambda r: (r.births[0] - r.births[-1], r.identifier)), ()


class ToldAgainst(Row):
    """One thing that a description says of somebody, where what came later contradicts it, or contradicts by it."""

    what: str = Field(description="'date of birth', 'date of death', 'sex', or the register that a number is of")
    value: str = Field(description="The date, the sex or the number, as the description gives it")
    record: str = Field(description="The record that says so")
    agency: str = Field(description="Whose record")
    later: bool = Field(description="It came after the judgement, or the judgement did not rest on it")


class ReopenedJudgement(Row):
    """A judgement that two are one, which what came later contradicts. It stands until somebody judges again."""

    judgement: str = Field(description="The judgement's record")
    who: str = Field(description="Who judged")
    decided: datetime = Field(description="When, UTC")
    second: str | None = Field(description="Who confirmed it; None: nobody")
    thing_id: str = Field(description="The child or associate that it made one")
    thing_kind: str = Field(description="Its kind")
    against: Texts = Field(description="What is contradicted: date of birth, date of death, sex, or a register's name")
    births: tuple[date, ...] = Field(description="The dates of birth, earliest first", strict=False)
    records: Texts = Field(description="Ids of the records that say what is contradicted")
    told: tuple[ToldAgainst, ...] = Field(
        description="Each with its record, what is contradicted in turn", strict=False
    )


class ReopenedFact(Row):
    """What one description says of somebody whom a judgement made one, as the graph holds it."""

    judgement: str = Field(description="The judgement's record")
    who: str = Field(description="Who judged")
    decided: datetime = Field(description="When, UTC")
    second: str | None = Field(description="Who confirmed it; None: nobody")
    thing_id: str = Field(description="The child or associate")
    thing_kind: str = Field(description="Its kind")
    version: str = Field(description="The description's version")
    record: str = Field(description="The record")
    agency: str = Field(description="Whose record")
    born: date | None = Field(description="The date of birth; None: not recorded, or one that stands for 'not known'")
    died: date | None = Field(description="The date of death; None: not recorded")
    sex: str | None = Field(description="Sex as recorded; None: not recorded")
    identifiers: Listed = Field(description="'scheme value' of each identifier the description gives")
    later: bool = Field(description="It came after the judgement, or the judgement did not rest on it")

    @classmethod
    def derive(cls, rows: Sequence[ReopenedFact], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """One row for each judgement that something told later contradicts, newest first.

        What contradicted already when it was judged was seen by who judged, and re-opens nothing, told again or not.
        """
        by_judgement: dict[str, list[ReopenedFact]] = {}
        for row in rows:
            by_judgement.setdefault(row.judgement, []).append(row)
        found = []
        for judgement, told in by_judgement.items():
            by_what: dict[str, set[ToldAgainst]] = {}
            for row in told:
                for each in row.says(asked.parameters["registers"]):
                    by_what.setdefault(each.what, set()).add(each)
            against = {what for what, said in by_what.items() if _speaks(what, said, asked.parameters["years_apart"])}
            if not against:
                continue
            one = told[0]
            each_told = sorted(
                (said for what in against for said in by_what[what]),
                key=lambda said: (said.what, said.value, said.record, said.later),
            )
            found.append(
                ReopenedJudgement(
                    judgement=judgement,
                    who=one.who,
                    decided=one.decided,
                    second=one.second,
                    thing_id=one.thing_id,
                    thing_kind=one.thing_kind,
                    against=texts(against),
                    births=tuple(sorted({row.born for row in told if row.born is not None})),
                    records=texts(said.record for said in each_told),
                    told=tuple(each_told),
                )
            )
        return sorted(found, key=lambda r: r.judgement), ()

    def says(self, registers: Sequence[str]) -> Iterator[ToldAgainst]:
        """What of it another description may contradict; of numbers those of registers that number a person once."""
        dates = (("date of birth", self.born), ("date of death", self.died))
        said = [(what, day.isoformat()) for what, day in dates if day is not None]
        said += [("sex", self.sex)] if self.sex is not None else []
        parts = (one.partition(" ") for one in self.identifiers)
        said += [(scheme, value) for scheme, _, value in parts if scheme.partition(":")[0] in registers]
        for what, value in said:
            yield ToldAgainst(what=what, value=value, record=self.record, agency=self.agency, later=self.later)


def _speaks(what: str, said: Collection[ToldAgainst], years: int) -> bool:
    """True when something that is told only later contradicts something told."""
    known = {one.value for one in said if not one.later}
    fresh = {one.value for one in said} - known
    if what == "date of birth":
        days = {one.value: date.fromisoformat(one.value) for one in said}
        return any(contradict((days[new], day), years) for new in fresh for day in days.values())
    return any(_plain(what, new) != _plain(what, one.value) for new in fresh for one in said)


def _plain(what: str, value: str) -> str:
    return normalise(value) if what == "sex" else compact(value)


class SameBySealed(Row):
    """Another thing that a sealed record states to be this one: two for everybody who may not see that record."""

    other_id: str = Field(description="The other")
    other_kind: str = Field(description="Its kind")
    record: str = Field(description="The sealed record")
    agency: str = Field(description="Whose record")


def _told(found: set[tuple[date, str, str, str]]) -> tuple[ToldBirth, ...]:
    ordered = sorted(found, key=lambda one: (one[0], one[1], one[3]))
    return tuple(
        ToldBirth(born=born, record=record, agency=agency, thing_id=thing) for born, record, agency, thing in ordered
    )
