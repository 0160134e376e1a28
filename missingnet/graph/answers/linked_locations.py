"""LINKED-LOCATIONS: places tied through the same children, associates and vehicles (Framework, locations)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import combinations

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.said import many as count_of
from missingnet.graph.answers.threshold_row import stands
from missingnet.graph.answers.ties import Texts, earliest, latest, texts

_WAYS = {
    "FOUND_AT": "found at",
    "STARTED_AT": "started at",
    "TELLS_OF": "told of in interview",
    "SEEN_AT": "seen at",
    "LIVES_AT": "lives at",
}


class LinkedLocationsFact(Row):
    """One way in which one child, associate or vehicle was at one place, as the graph holds it."""

    through_id: str | None = Field(description="Who or what was at it; None: the place asked about, by itself")
    through_kind: str = Field(description="'Child', 'Associate' or 'Vehicle'; 'asked': the place asked about")
    place_id: str = Field(description="The place or home")
    place_kind: str = Field(description="Its kind")
    place_children: int = Field(description="How many children were at it; above the hub's limit it is a hub")
    link: str = Field(description="The link's type, or 'same record'")
    through: str = Field(description="Kind of record between, or 'direct'")
    records: Texts = Field(description="Ids of the records that state it")
    agencies: Texts = Field(description="Agencies whose records state it")
    first: datetime | None = Field(description="First time observed, UTC; None: not recorded")
    last: datetime | None = Field(description="Last time observed, UTC; None: not recorded")

    @property
    def way(self) -> str:
        """How it is known, in the field's words."""
        if self.link == "same record":
            return "same episode" if self.through == "Episode" else "same interview"
        return _WAYS[self.link]

    @classmethod
    def derive(cls, rows: Sequence[LinkedLocationsFact], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Pairs of places that share enough children, associates and vehicles; hubs are left out and said so."""
        limit, least = asked.parameters["hub_children"], asked.parameters["min_shared"]
        hubs = {row.place_id: row.place_children for row in rows if row.place_children > limit}
        at: dict[str, dict[str, list[LinkedLocationsFact]]] = {}
        for row in rows:
            if row.through_id is not None and row.place_id not in hubs:
                at.setdefault(row.through_id, {}).setdefault(row.place_id, []).append(row)
        pairs: dict[tuple[str, str], list[str]] = {}
        for through in sorted(at):
            for pair in combinations(sorted(at[through]), 2):
                pairs.setdefault(pair, []).append(through)
        shown = [
            _pair(pair, [at[through] for through in many], least)
            for pair, many in pairs.items()
            if (len(many) >= least if asked.about is None else asked.about in pair)
        ]
        shown.sort(key=lambda r: (-r.shared, -len(r.child_ids), r.place_id, r.other_id))
        notes = []
        if hubs:
            notes.append(
                f"{len(hubs)} {'place is' if len(hubs) == 1 else 'places are'} left out as hubs: more than {limit} "
                "children were there, so sharing it says little."
            )
        if asked.about is not None and not shown:
            untied = [_untied(row, hubs.get(row.place_id), limit) for row in rows if row.place_id == asked.about]
            return untied[:1], notes
        return shown, notes


class LinkedLocations(Row):
    """Two places and who or what ties them."""

    SUBJECT = ("place_id", "other_id")

    place_id: str = Field(description="One place or home")
    place_kind: str = Field(description="Its kind")
    other_id: str = Field(description="The other")
    other_kind: str = Field(description="Its kind")
    state: str = Field(description="'fired'; asked about one also 'just short' or 'not fired'")
    why: str = Field(description="The facts against the threshold, in words")
    child_ids: Texts = Field(description="Children at both")
    associate_ids: Texts = Field(description="Associates at both")
    vehicle_ids: Texts = Field(description="Vehicles at both")
    shared: int = Field(description="How many of these together")
    ways: Texts = Field(description="How they are known to have been there")
    records: Texts = Field(description="Ids of the records")
    agencies: Texts = Field(description="Agencies whose records state it")
    first: datetime | None = Field(description="First time observed at either, UTC; None: not recorded")
    last: datetime | None = Field(description="Last time observed at either, UTC; None: not recorded")


class Untied(Row):
    """The place asked about, where it is tied to no other."""

    SUBJECT = ("place_id",)

    place_id: str = Field(description="The place or home")
    place_kind: str = Field(description="Its kind")
    state: str = Field(description="'not fired'")
    why: str = Field(description="The facts, in words")


def _pair(pair: tuple[str, str], many: Sequence[dict[str, list[LinkedLocationsFact]]], least: int) -> LinkedLocations:
    facts = [fact for places in many for place in pair for fact in places[place]]
    kinds = {fact.place_id: fact.place_kind for fact in facts}

    def of(kind: str) -> tuple[str, ...]:
        return texts(fact.through_id for fact in facts if fact.through_kind == kind)

    people = [
        count_of(len(of(kind)), *words)
        for kind, words in (("Child", ("child", "children")), ("Associate", ("associate",)), ("Vehicle", ("vehicle",)))
        if of(kind)
    ]

    return LinkedLocations(
        place_id=pair[0],
        place_kind=kinds[pair[0]],
        other_id=pair[1],
        other_kind=kinds[pair[1]],
        state=stands(len(many), least),
        why=f"share {', '.join(people)}; the rule fires at {least}",
        child_ids=of("Child"),
        associate_ids=of("Associate"),
        vehicle_ids=of("Vehicle"),
        shared=len(many),
        ways=texts(fact.way for fact in facts),
        records=texts(*(fact.records for fact in facts)),
        agencies=texts(*(fact.agencies for fact in facts)),
        first=earliest(fact.first for fact in facts),
        last=latest(fact.last for fact in facts),
    )


def _untied(row: LinkedLocationsFact, children: int | None, limit: int) -> Untied:
    why = "nobody and no vehicle at it in the window was at another place too"
    if children is not None:
        were = count_of(children, "child was", "children were")
        why = f"a hub: {were} there, and above {limit} it ties everybody to everybody"
    return Untied(place_id=row.place_id, place_kind=row.place_kind, state="not fired", why=why)
