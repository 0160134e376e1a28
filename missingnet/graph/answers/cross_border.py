"""CROSS-BORDER: networks and places spanning authorities (Ofsted16; Guidance ¶20).

A child's authorities are the councils by whose own numbers descriptions know the child. A place's is what its register
says. What spans: the children are of several councils, or the place is another authority's than theirs, as where one
council's child is placed in another's area.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.communities import Evidence, Measure, Naming, Telling, communities
from missingnet.graph.answers.said import many
from missingnet.graph.answers.ties import Texts, earliest, kind_of_tie, latest, texts

#: How a council's own number of a child begins, among a description's identifiers.
_COUNCIL: Final = "council:"
_LEVELS: Final = {
    "Associate": "associate",
    "Place": "place",
    "Home": "home",
    "Vehicle": "vehicle",
    "Phone": "phone",
    "OnlineHandle": "online name",
}
_ORDER: Final = ("network", *_LEVELS.values(), "child")
#: Links by which a place is where somebody lives or went from, which makes nobody company.
_NO_COMPANY: Final = frozenset({"STARTED_AT", "PLACED_IN"})


class ToldOfThing(Row):
    """One record that names the thing, as the graph holds it."""

    record: str = Field(description="The record")
    label: str = Field(description="Its kind")
    agency: str = Field(description="Whose it is")
    link: str = Field(description="The link's type")
    observed: datetime | None = Field(description="When observed, UTC; None: not recorded")


class CrossBorderFact(Row):
    """One child, person, place or thing, the records that name it, and what descriptions say of its authorities."""

    asked: bool = Field(description="The one asked about, told once more without its records")
    thing_id: str = Field(description="The thing")
    kind: str = Field(description="Its kind")
    told: tuple[ToldOfThing, ...] = Field(description="The records that name it", strict=False)
    authorities: Texts = Field(description="Authorities of a place as described: a code, or a name")
    lpus: Texts = Field(description="Local policing units as described")
    identifiers: tuple[Texts, ...] = Field(description="Identifiers as described", strict=False)

    @property
    def councils(self) -> frozenset[str]:
        """The councils that know the child by a number of their own; none for other things."""
        ids = (one for many_ids in self.identifiers for one in many_ids) if self.kind == "Child" else ()
        return frozenset(one.removeprefix(_COUNCIL).split(" ")[0] for one in ids if one.startswith(_COUNCIL))

    @classmethod
    def derive(cls, rows: Sequence[CrossBorderFact], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Networks first, then people, places, homes and things, each with children of most councils first."""
        border = _Border.of(rows, asked.parameters)
        least = asked.parameters["min_authorities"]
        shown = [*border.networks(), *border.things()]
        if asked.about is None:
            shown = [row for row in shown if len(row.spans) >= least]
        else:
            own = [row for row in shown if asked.about == row.thing_id or asked.about in row.child_ids]
            shown = [row for row in own if len(row.spans) >= least] or [
                border.unmet(row, next((one for one in own if one.thing_id == asked.about), None), least)
                for row in rows
                if row.asked
            ]
        shown.sort(key=lambda r: (_ORDER.index(r.level), -len(r.spans), -r.children, r.thing_id or "", r.child_ids))
        return shown, border.notes()


class OfCouncil(Row):
    """The children of one council."""

    council: str = Field(description="The council")
    child_ids: Texts = Field(description="Its children")


class CrossBorder(Row):
    """A network, person, place or thing, and the authorities that it spans."""

    SUBJECT = ("level", "thing_id", "network_id")

    level: str = Field(
        description="'network', 'associate', 'place', 'home', 'vehicle', 'phone' or 'online name'; 'child': asked about"
    )
    thing_id: str | None = Field(description="The person, place or thing; None: a network")
    thing_kind: str | None = Field(description="Its kind; None: a network")
    state: str = Field(description="'fired'; asked about one also 'just short' or 'not fired'")
    why: str = Field(description="The facts against the threshold, in words")
    spans: Texts = Field(description="The authorities that it spans: the children's councils, and the place's own code")
    by_council: tuple[OfCouncil, ...] = Field(description="The children by their councils", strict=False)
    no_council_ids: Texts = Field(description="Children whom no description gives a council's number")
    authorities: Texts = Field(description="The place's authority as its register has it: a code, or a name alone")
    lpus: Texts = Field(description="Its local policing unit as described")
    child_ids: Texts = Field(description="All the children")
    children: int = Field(description="How many")
    ways: Texts = Field(description="How the children are tied to it; empty for a network")
    records: Texts = Field(description="The records that say so")
    agencies: Texts = Field(description="Whose they are")
    first: datetime | None = Field(description="First observed, UTC; None: not recorded")
    last: datetime | None = Field(description="Last observed, UTC; None: not recorded")

    @property
    def network_id(self) -> str:
        """A network's children, by which it is found again; empty for a thing, which has an id of its own."""
        return " ".join(self.child_ids) if self.level == "network" else ""


@dataclass(frozen=True)
class _Border:
    """The records of the window, and of which authority each child and place is."""

    given: Mapping[str, Any]
    facts: Mapping[str, CrossBorderFact]
    tellings: Sequence[Telling]
    company: Evidence

    @classmethod
    def of(cls, rows: Sequence[CrossBorderFact], given: Mapping[str, Any]) -> _Border:
        named: dict[str, list[Naming]] = {}
        heads: dict[str, tuple[str, str]] = {}
        for row in rows:
            for one in row.told:
                heads[one.record] = (one.label, one.agency)
                named.setdefault(one.record, []).append(Naming(row.thing_id, row.kind, one.link, one.observed))
        tellings = [Telling(record, *heads[record], tuple(names)) for record, names in named.items()]
        near = [
            Telling(
                one.record,
                one.label,
                one.agency,
                tuple(n for n in one.named if n.link not in _NO_COMPANY and n.kind != "Home"),
            )
            for one in tellings
            if one.label != "Placement"
        ]
        measure = Measure(given["min_shared"], given["place_weight"], given["hub_children"])
        facts = {row.thing_id: row for row in rows if not row.asked}
        return cls(given, facts, tellings, Evidence.of(near, measure))

    def networks(self) -> list[CrossBorder]:
        """Every community of NETWORK, with the councils of its children."""
        found = []
        for community in communities(self.company):
            if len(community.children) >= self.given["min_children"]:
                told = community.records(self.company)
                met = [(one, n, n) for one in self.company.tellings if one.record in told for n in one.named]
                found.append(self._row("network", None, community.children, met, ways=False))
        return found

    def things(self) -> list[CrossBorder]:
        """Every person, place and thing that records name with children, hubs left out."""
        met: dict[str, list[tuple[Telling, Naming, Naming]]] = {}
        for telling in self.tellings:
            children = [one for one in telling.named if one.kind == "Child"]
            for other in telling.named:
                if other.kind != "Child" and other.thing not in self.company.hubs:
                    met.setdefault(other.thing, []).extend((telling, child, other) for child in children)
        return [
            self._row(_LEVELS[self.facts[thing].kind], self.facts[thing], {c.thing for _, c, _ in found}, found)
            for thing, found in met.items()
            if found
        ]

    def unmet(self, about: CrossBorderFact, own: CrossBorder | None, least: int) -> CrossBorder:
        """The one asked about, that spans too few authorities: the facts, and why not."""
        if own is None:
            own = self._row(
                _LEVELS.get(about.kind, "child"), about, {about.thing_id} if about.kind == "Child" else (), ()
            )
        few = len(own.spans)
        why = f"{many(few, 'authority', 'authorities')}; the rule fires at {least}"
        if about.kind == "Child":
            why = f"No network, person, place or thing of the child's spans {least} authorities"
        return own.model_copy(update={"state": "just short" if few == least - 1 else "not fired", "why": why})

    def _row(
        self,
        level: str,
        thing: CrossBorderFact | None,
        children: Iterable[str],
        met: Sequence[tuple[Telling, Naming, Naming]],
        *,
        ways: bool = True,
    ) -> CrossBorder:
        every = tuple(sorted(children))
        of = {child: self.facts[child].councils if child in self.facts else frozenset() for child in every}
        councils = texts(*of.values())
        authorities = texts(thing.authorities) if thing else ()
        spans = texts(councils, (one for one in authorities if one.isdigit()))
        return CrossBorder(
            level=level,
            thing_id=thing.thing_id if thing else None,
            thing_kind=thing.kind if thing else None,
            state="fired",
            why=f"{many(len(spans), 'authority', 'authorities')}; the rule fires at {self.given['min_authorities']}",
            spans=spans,
            by_council=tuple(
                OfCouncil(council=one, child_ids=tuple(child for child in every if one in of[child]))
                for one in councils
            ),
            no_council_ids=tuple(child for child in every if not of[child]),
            authorities=authorities,
            lpus=texts(thing.lpus) if thing else (),
            child_ids=every,
            children=len(every),
            ways=texts(kind_of_tie(one.link, other.link, telling.label) for telling, one, other in met if ways),
            records=texts(telling.record for telling, _, _ in met),
            agencies=texts(telling.agency for telling, _, _ in met),
            first=earliest(other.observed for _, _, other in met),
            last=latest(other.observed for _, _, other in met),
        )

    def notes(self) -> list[str]:
        """How authorities are told, whom they are not told of, and what was left out."""
        children = [row for row in self.facts.values() if row.kind == "Child"]
        unknown = sum(not row.councils for row in children)
        notes = [
            "A child's authority is the council by whose number descriptions know the child. A place's own authority "
            "counts where its register gives a code; where it gives a name, that is shown and not compared.",
            f"Children whom no description gives a council's number: {unknown} of {len(children)}.",
        ]
        if self.company.hubs:
            limit = self.given["hub_children"]
            notes.append(
                f"Hubs left out: {len(self.company.hubs)}. More than {limit} children are named with each, so sharing "
                "it says little."
            )
        return notes
