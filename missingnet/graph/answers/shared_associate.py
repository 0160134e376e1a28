"""SHARED-ASSOCIATE: one associate linked to two or more children (Procedures, data to collect; Framework)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.grades import BEST_GRADE, GradedRecords, best, of_records
from missingnet.graph.answers.said import many as count_of
from missingnet.graph.answers.threshold_row import stands
from missingnet.graph.answers.ties import SAME, Texts, earliest, latest, texts

_WAYS = {
    "WENT_WITH": "missing with",
    "TELLS_OF": "told of in interview",
    "NAMES": "same notice",
    "LINKED_TO": "linked to",
}

_PEERS = (
    "Children named beside other children stand after the adults: {} of these {}. GROUP-MISSING says who goes missing "
    "with whom."
)


class SharedAssociateFact(Row):
    """One way in which one child is linked to one associate, as the graph holds it."""

    associate_id: str = Field(description="The associate, or the child who is another child's associate")
    associate_kind: str = Field(description="'Associate' or 'Child' (a peer)")
    child_id: str = Field(description="The child linked to them")
    link: str = Field(description="The link's type, or 'BOTH' when a record names both")
    through: str = Field(description="Kind of record between, or 'direct'")
    roles: tuple[str | None, ...] = Field(description="What the records call the relation", strict=False)
    records: Texts = Field(description="Ids of the records that state it")
    agencies: Texts = Field(description="Agencies whose records state it")
    first: datetime | None = Field(description="First time observed, UTC; None: not recorded")
    last: datetime | None = Field(description="Last time observed, UTC; None: not recorded")
    graded: GradedRecords = Field(description="'record grade' of each graded record, the grade whole as recorded")

    @property
    def way(self) -> str:
        """The way in the field's words."""
        if self.link == "BOTH":
            return SAME[self.through]
        return _WAYS[self.link]

    @classmethod
    def derive(cls, rows: Sequence[SharedAssociateFact], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Each associate once, those known to most children first; children who are others' associates stand apart.

        A child named beside other children is nobody's suspect, so the two are never in one ranking (DOMAIN §8).
        """
        by_associate: dict[str, list[SharedAssociateFact]] = {}
        for row in rows:
            by_associate.setdefault(row.associate_id, []).append(row)
        least = asked.parameters["min_children"]
        shown = [_associate(many, least) for many in by_associate.values()]
        if asked.about is not None and not shown:
            return (), ("No record of the window links a child to them.",)
        shown.sort(
            key=lambda r: (r.associate_kind == "Child", -r.children, -len(r.agencies), -r.record_count, r.associate_id)
        )
        peers = sum(one.associate_kind == "Child" for one in shown)
        return shown, (_PEERS.format(peers, len(shown)),) if peers else ()


class SharedAssociateLink(Row):
    """One way in which one child is linked to the associate."""

    child_id: str = Field(description="The child linked to them")
    way: str = Field(
        description="'linked to', 'missing with', 'told of in interview', or how one record names both: "
        "'same episode', 'same interview', 'same intelligence', 'same notice'"
    )
    roles: Texts = Field(description="What the records call the relation; empty when none does")
    records: Texts = Field(description="Ids of the records that state it")
    agencies: Texts = Field(description="Agencies whose records state it")
    first: datetime | None = Field(description="First time observed, UTC; None: not recorded")
    last: datetime | None = Field(description="Last time observed, UTC; None: not recorded")
    grade: str | None = Field(description=BEST_GRADE)


class SharedAssociate(Row):
    """One associate with the children linked to them, and how it is known."""

    SUBJECT = ("associate_id",)

    associate_id: str = Field(description="The associate, or the child who is another child's associate")
    associate_kind: str = Field(description="'Associate' or 'Child' (a peer)")
    state: str = Field(description="'fired'; asked about one also 'just short' or 'not fired'")
    why: str = Field(description="The facts against the threshold, in words")
    child_ids: Texts = Field(description="The children linked to them")
    children: int = Field(description="How many children")
    ways: Texts = Field(description="The ways in which they are linked, over all children")
    agencies: Texts = Field(description="The independent sources: agencies whose records state a link")
    records: Texts = Field(description="Ids of all the records that state a link")
    record_count: int = Field(description="How many records")
    first: datetime | None = Field(description="First time observed, UTC; None: not recorded")
    last: datetime | None = Field(description="Last time observed, UTC; None: not recorded")
    grade: str | None = Field(description=BEST_GRADE)
    links: tuple[SharedAssociateLink, ...] = Field(description="Each child's links, one per way", strict=False)


def _associate(many: Sequence[SharedAssociateFact], least: int) -> SharedAssociate:
    ways: dict[tuple[str, str], list[SharedAssociateFact]] = {}
    for row in many:
        ways.setdefault((row.child_id, row.way), []).append(row)
    links = tuple(
        SharedAssociateLink(
            child_id=child,
            way=way,
            roles=texts(*(r.roles for r in facts)),
            records=texts(*(r.records for r in facts)),
            agencies=texts(*(r.agencies for r in facts)),
            first=earliest(r.first for r in facts),
            last=latest(r.last for r in facts),
            grade=best(grade for r in facts for grade in of_records(r.graded, r.records)),
        )
        for (child, way), facts in sorted(ways.items())
    )
    records = texts(*(link.records for link in links))
    children = texts(link.child_id for link in links)
    return SharedAssociate(
        associate_id=many[0].associate_id,
        associate_kind=many[0].associate_kind,
        state=stands(len(children), least),
        why=f"linked to {count_of(len(children), 'child', 'children')} by {count_of(len(records), 'record')}; the rule "
        f"fires at {least}",
        child_ids=children,
        children=len(children),
        ways=texts(link.way for link in links),
        agencies=texts(*(link.agencies for link in links)),
        records=records,
        record_count=len(records),
        first=earliest(link.first for link in links),
        last=latest(link.last for link in links),
        grade=best(link.grade for link in links),
        links=links,
    )
