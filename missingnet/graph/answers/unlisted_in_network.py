"""UNLISTED-IN-NETWORK: children on no list who share a network with listed children (Ofsted16)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.grades import BEST_GRADE, Grades, best
from missingnet.graph.answers.said import many as count_of
from missingnet.graph.answers.threshold_row import stands
from missingnet.graph.answers.ties import Texts, earliest, hubs_left_out, kind_of_tie, latest, texts


class TieWords(Row):
    """A way in which the child is tied to the thing, as the graph holds it."""

    near: str = Field(description="The link on the child's side")
    far: str = Field(description="The link on the thing's side")
    label: str = Field(description="Kind of record between")


class UnlistedFact(Row):
    """One unlisted child and one thing a listed child is also tied to, as the graph holds it."""

    child_id: str | None = Field(description="The child on no list; None: a hub, tied to listed children, not followed")
    through_id: str = Field(description="What ties them")
    through_kind: str = Field(description="Its kind; 'Child' for a listed companion")
    listed_ids: tuple[Texts, ...] = Field(description="Listed children tied to it", strict=False)
    listed_records: tuple[Texts, ...] = Field(description="Records of their ties", strict=False)
    listed_agencies: tuple[Texts, ...] = Field(description="Agencies of their ties", strict=False)
    ways: tuple[TieWords, ...] = Field(description="How the unlisted child is tied", strict=False)
    records: Texts = Field(description="Records of the unlisted child's tie")
    agencies: Texts = Field(description="Their agencies")
    first: datetime | None = Field(description="First observed, UTC; None: not recorded")
    last: datetime | None = Field(description="Last observed, UTC; None: not recorded")
    grades: Grades = Field(description="Grades of these records, each whole as recorded; empty: ungraded")
    named_only: bool = Field(description="The child is known only by a name in one record that is not their own")
    left_out: bool = Field(description="Such a child, and they were not asked for")
    on_list: bool = Field(description="The child stands on one of the lists: told only of the one asked about")

    @classmethod
    def derive(cls, rows: Sequence[UnlistedFact], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Each unlisted child once, in order of how much speaks for a network and not for a shared place.

        First those whom people, vehicles, phones or handles tie by more than one record of their own, then by one
        (a child named once in an interview), then those whom places alone tie; within each, those with most listed
        children around. Children of whom a record gives a name and nothing else come after all others.
        """
        by_child: dict[str, list[UnlistedFact]] = {}
        hubs: dict[str, tuple[str, ...]] = {}
        for row in rows:
            if row.child_id is None:
                hubs[row.through_id] = texts(*row.listed_ids)
            else:
                by_child.setdefault(row.child_id, []).append(row)
        shown = [
            _child(child, many, hubs, asked)
            for child, many in by_child.items()
            if asked.about is not None or not many[0].left_out
        ]
        if asked.about is not None and not shown:
            shown.append(_child(asked.about, (), hubs, asked))
        shown.sort(
            key=lambda r: (r.named_only, _standing(r), -r.listed, -r.through_count, -len(r.agencies), r.child_id)
        )
        limit = asked.parameters["hub_children"]
        notes = [
            "First come children whom people, vehicles, phones or handles tie by several records of their own, then by "
            "one, then children whom places alone tie.",
            f"Lists: {', '.join(asked.parameters['lists'])}. Homes and schools are not followed, nor places, vehicles, "
            f"phones and handles known to more than {limit} children.",
        ]
        if hubs:
            notes.append(hubs_left_out(len(hubs), "listed children", limit))
        if named := len(by_child) - len(shown):
            are = "1 more child is" if named == 1 else f"{named} more children are"
            notes.append(
                f"{are} known only by a name in one record, such as another child's interview, and not listed "
                "here: ask again with 'Also named' (also_named) set to yes to see who may be meant."
            )
        return shown, notes


class UnlistedInNetworkFact(Row):
    """One thing that ties an unlisted child to listed children."""

    through_id: str = Field(description="The associate, place, vehicle, phone, handle or listed companion")
    through_kind: str = Field(description="Its kind; 'Child' for a listed companion")
    listed_ids: Texts = Field(description="The listed children tied to it")
    ways: Texts = Field(description="How the unlisted child is tied to it")
    records: Texts = Field(description="Records of the unlisted child's tie")
    listed_records: Texts = Field(description="Records of the listed children's ties")
    agencies: Texts = Field(description="Agencies of all these records")
    first: datetime | None = Field(description="The unlisted child's tie first observed, UTC; None: not recorded")
    last: datetime | None = Field(description="… and last; None: not recorded")
    grade: str | None = Field(description="Of the child's own tie. " + BEST_GRADE)


class UnlistedInNetwork(Row):
    """One child on no list, the listed children around, and what ties them."""

    SUBJECT = ("child_id",)

    child_id: str = Field(description="The child on no list as at")
    state: str = Field(description="'fired'; asked about one child also 'just short' or 'not fired'")
    why: str = Field(description="The facts against the threshold, in words")
    listed_ids: Texts = Field(description="Listed children in the same network")
    listed: int = Field(description="How many of them")
    through: tuple[UnlistedInNetworkFact, ...] = Field(description="Each thing that ties them", strict=False)
    through_count: int = Field(description="How many different things")
    ways: Texts = Field(description="How the child is tied")
    records: Texts = Field(description="All records")
    agencies: Texts = Field(description="Agencies whose records these are: the independent sources")
    first: datetime | None = Field(description="First observed, UTC; None: not recorded")
    last: datetime | None = Field(description="Last observed, UTC; None: not recorded")
    grade: str | None = Field(description="Of the child's own ties. " + BEST_GRADE)
    hub_ids: Texts = Field(description="Hubs that these listed children are tied to: shown, never followed")
    named_only: bool = Field(description="Known only by a name in one record that is not their own: who it is, is open")
    strength: str = Field(description="A sentence: through how many things, records and agencies, graded how")


def _standing(row: UnlistedInNetwork) -> int:
    """0: tied through more than places by several records of the child's own; 1: by one; 2: through places alone."""
    own = texts(*(t.records for t in row.through if t.through_kind != "Place"))
    return 2 - min(2, len(own))


def _through(fact: UnlistedFact) -> UnlistedInNetworkFact:
    return UnlistedInNetworkFact(
        through_id=fact.through_id,
        through_kind=fact.through_kind,
        listed_ids=texts(*fact.listed_ids),
        ways=texts(kind_of_tie(way.near, way.far, way.label) for way in fact.ways),
        records=texts(fact.records),
        listed_records=texts(*fact.listed_records),
        agencies=texts(fact.agencies, *fact.listed_agencies),
        first=fact.first,
        last=fact.last,
        grade=best(fact.grades),
    )


def _child(
    child: str, many: Sequence[UnlistedFact], hubs: Mapping[str, tuple[str, ...]], asked: Asked
) -> UnlistedInNetwork:
    on_list = any(fact.on_list for fact in many)
    ties = () if on_list else sorted(many, key=lambda f: f.through_id)
    through = tuple(map(_through, ties))
    listed = texts(*(t.listed_ids for t in through))
    least = asked.parameters["min_listed"]
    state = "not fired" if on_list else stands(len(listed), least)
    why = f"tied to {count_of(len(listed), 'listed child', 'listed children')}; the rule fires at {least}"
    if on_list:
        why = "on one of the lists asked about: the rule is of children on none"
    elif not listed:
        why = "no record ties them to a listed child through what is followed, or they stand on a list themselves"
    records = texts(*(t.records for t in through), *(t.listed_records for t in through))
    agencies = texts(*(t.agencies for t in through))
    grade = best(t.grade for t in through)
    graded = "none of it graded" if grade is None else f"the child's own ties graded {grade} at best"
    return UnlistedInNetwork(
        child_id=child,
        state=state,
        why=why,
        listed_ids=listed,
        listed=len(listed),
        through=through,
        through_count=len(through),
        ways=texts(*(t.ways for t in through)),
        records=records,
        agencies=agencies,
        first=earliest(t.first for t in through),
        last=latest(t.last for t in through),
        grade=grade,
        hub_ids=texts(hub for hub, around in hubs.items() if set(around) & set(listed)),
        named_only=any(fact.named_only for fact in many),
        strength=(
            f"Tied to {len(listed)} listed {'child' if len(listed) == 1 else 'children'} through {len(through)} "
            f"{'person or thing' if len(through) == 1 else 'people and things'}, by {len(records)} "
            f"{'record' if len(records) == 1 else 'records'} of {len(agencies)} "
            f"{'agency' if len(agencies) == 1 else 'agencies'}, {graded}."
        ),
    )
