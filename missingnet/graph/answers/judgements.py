"""THING-KEYS and JUDGEMENTS: by which identifiers things are known, and what people said of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.ties import Listed, Texts


class ThingKey(Row):
    """One identifier of a thing, with the records that know it by that."""

    thing_id: str = Field(description="The thing")
    thing_kind: str = Field(description="Its kind")
    key: str = Field(description="The identifier, after the scheme that it belongs to")
    records: Texts = Field(description="Every record that knows it by this identifier")
    described: Texts = Field(description="Those that describe it")


class KeyFact(Row):
    """One record's word for a thing."""

    thing_id: str = Field(description="The thing")
    thing_kind: str = Field(description="Its kind")
    key: str = Field(description="The identifier that the record's link was made by")
    joins: Listed = Field(description="What the record states to be one: kind, identifier and identifier")
    link: str = Field(description="The link")
    record: str = Field(description="The record")

    @classmethod
    def derive(cls, rows: Sequence[KeyFact], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """One row for each identifier of a thing: that of the link, and those that the record states to be the same."""
        known: dict[tuple[str, str, str], tuple[set[str], set[str]]] = {}
        for row in rows:
            pairs = (pair.split("\t")[1:] for pair in row.joins)
            for key in {row.key, *(other for first, other in pairs if first == row.key)}:
                records, described = known.setdefault((row.thing_id, row.thing_kind, key), (set(), set()))
                records.add(row.record)
                if row.link == "DESCRIBED_BY":
                    described.add(row.record)
        return [
            ThingKey(
                thing_id=thing,
                thing_kind=kind,
                key=key,
                records=tuple(sorted(records)),
                described=tuple(sorted(described)),
            )
            for (thing, kind, key), (records, described) in sorted(known.items())
        ], ()


class JudgedThing(Row):
    """A thing that was judged."""

    id: str = Field(description="The thing")
    kind: str = Field(description="Its kind")


class Judged(Row):
    """One judgement, as it stands."""

    version: str = Field(description="The version's id")
    record: str = Field(description="The judgement's id, the same when a mind is changed")
    about: str = Field(
        description="What it is of: 'identity' (who is whom), 'link' (does it still hold), 'line' (how a difference "
        "between agencies' records stands), 'triage' (a child's level in TRIAGE-RAG), or 'finding' (what a rule named)"
    )
    said_of: Listed = Field(
        description="A link's kind and the kind of record between; a line's disagreement; a level; a finding's rule "
        "and what tells it from the rule's others of these things"
    )
    verdict: str = Field(
        description="'same', 'different', 'not sure'; 'still holds', 'no longer holds'; 'open', 'explained', "
        "'corrected at source', 'accepted'; 'red', 'amber', 'green'; 'acknowledged', 'dismissed'"
    )
    state: str = Field(description="'stands', or 'waits for a second person'")
    kind: str | None = Field(description="What the two would be together; None: it is not of identity")
    reason: str = Field(description="Why, in the words of who judged")
    who: str = Field(description="Who judged")
    decided: datetime = Field(description="When, UTC, to the minute")
    second: str | None = Field(description="Who confirmed it; None: nobody, or nobody was needed")
    confirmed: datetime | None = Field(description="When that was, UTC; None: nobody, or nobody was needed")
    keys: Texts = Field(description="The identifiers of what was judged")
    rested_on: Listed = Field(description="The records it rested on")
    probability: float | None = Field(description="That of the suggestion it answers; None: it answers none")
    sentence: str | None = Field(description="The suggestion's sentence; None: it answers none")
    things: list[JudgedThing] = Field(
        description="The things as they stand now: one where it joined them; none: of an area"
    )
