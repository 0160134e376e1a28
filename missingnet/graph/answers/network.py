"""NETWORK: who clusters with whom, who bridges clusters, over time (Framework, CMOG scope).

A community is children and what ties them. Nobody in it is ranked: children stand by themselves, so do adults, and
both in the order of their ids. What the shape of a network says of a person is that records name them, and no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.communities import (
    Children,
    Community,
    Evidence,
    Measure,
    Naming,
    Recorded,
    Telling,
    bridges,
    communities,
    held,
)
from missingnet.graph.answers.communities_over_time import CHANGES, Became, became
from missingnet.graph.answers.event_facts import words
from missingnet.graph.answers.said import many
from missingnet.graph.answers.ties import Texts, earliest, kind_of_tie, latest, texts


class Named(Row):
    """One thing that a record names, as the graph holds it."""

    thing_id: str = Field(description="The child, associate, place, vehicle, phone or handle")
    kind: str = Field(description="Its kind")
    link: str = Field(description="The link's type")
    observed: datetime | None = Field(description="When observed, UTC; None: not recorded")


class NetworkFact(Row):
    """One record and whom and what it names; or, of a child asked about, how many records name the child."""

    record: str | None = Field(description="The record; None: the child asked about")
    label: str | None = Field(description="Its kind; None: the child asked about")
    agency: str | None = Field(description="Whose it is; None: the child asked about")
    names: tuple[Named, ...] = Field(description="Whom and what it names", strict=False)
    told: int = Field(description="Of the child asked about: how many records name the child; else 0")

    @classmethod
    def derive(cls, rows: Sequence[NetworkFact], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Communities as at the date asked about, what became of those of the day before, and those that are gone."""
        given = asked.parameters
        before: datetime = min(given["before"], asked.as_at)
        since: datetime = given["since"]
        measure = Measure(given["min_shared"], given["place_weight"], given["hub_children"])
        told = [_telling(row) for row in rows if row.record is not None]
        now = Evidence.of((one.within(since, asked.as_at) for one in told), measure)
        then = Evidence.of((one.within(since - (asked.as_at - before), before) for one in told), measure)
        every, old = communities(now), [c for c in communities(then) if len(c.children) >= given["min_children"]]
        found = [c for c in every if len(c.children) >= given["min_children"]]
        changes = became([c.children for c in found], [c.children for c in old], given["same_share"])
        telling = _Telling(asked, now, before)
        shown = [telling.community(community, changes.of[community.children]) for community in found]
        gone = [community for community in old if community.children in changes.gone]
        shown += [_Telling(asked, then, before).gone(community) for community in gone]
        if asked.about is not None:
            shown = [row for row in shown if asked.about in row.child_ids] or [
                telling.not_placed(asked.about, row.told, every) for row in rows if row.record is None
            ]
        shown.sort(key=lambda row: (CHANGES.index(row.state) if row.state in CHANGES else 0, -row.size, row.child_ids))
        return shown, _notes(asked, now, every, found, before)


class Part(Row):
    """A part into which a community falls."""

    child_ids: Texts = Field(description="Its children")


class Bridge(Row):
    """A child, person, place or thing without which a community falls into parts."""

    bridge_id: str = Field(description="Who or what")
    bridge_kind: str = Field(description="Its kind")
    parts: tuple[Part, ...] = Field(
        description="The parts that are left, where they have children enough", strict=False
    )
    records: Texts = Field(description="Records that name it with the community's children")


class Member(Row):
    """A child of a community."""

    child_id: str = Field(description="The child")
    tied: int = Field(description="To how many of the community's other children the child is tied")
    record_count: int = Field(description="How many records of the window name the child with somebody or something")
    held: int = Field(description="Draws in which the child stays with at least half of the community")


class CommunityTie(Row):
    """A child of a community, and another child or something that two or more of its children are named with."""

    child_id: str = Field(description="The child")
    with_id: str = Field(description="The other child, or the person, place or thing")
    with_kind: str = Field(description="Its kind")
    ways: Texts = Field(description="How they are tied")
    records: Texts = Field(description="The records that name both")
    agencies: Texts = Field(description="Whose they are")
    first: datetime | None = Field(description="First observed, UTC; None: not recorded")
    last: datetime | None = Field(description="Last observed, UTC; None: not recorded")


class Network(Row):
    """One community of children: whom it has, what holds it together, how firmly, and what became of it."""

    SUBJECT = ("child_ids",)

    state: str = Field(
        description="Against the day compared with: 'new', 'merged', 'split', 'growing', 'changed', 'shrinking', "
        "'unchanged', or 'gone'; of a child asked about who is in none: 'just short', 'not fired'"
    )
    why: str = Field(description="The facts against the threshold and against the day compared with, in words")
    child_ids: Texts = Field(description="Its children, in no order that means anything")
    size: int = Field(description="How many children")
    before_child_ids: Texts = Field(description="Children of the communities that it came from; empty: it is new")
    joined_child_ids: Texts = Field(description="Children who were in none of these")
    left_child_ids: Texts = Field(description="Children of these who are no longer in it")
    associate_ids: Texts = Field(description="Adults whom records name with two or more of its children; no ranking")
    place_ids: Texts = Field(description="Places that records name with two or more of its children")
    thing_ids: Texts = Field(description="Vehicles, phones and handles, likewise")
    child_bridges: tuple[Bridge, ...] = Field(description="Children without whom it falls into parts", strict=False)
    associate_bridges: tuple[Bridge, ...] = Field(description="Adults without whom it falls into parts", strict=False)
    other_bridges: tuple[Bridge, ...] = Field(description="Places and things without which it does", strict=False)
    held: int = Field(
        description="Of the draws that each leave out a part of the records: in how many nobody leaves it"
    )
    draws: int = Field(description="How many draws")
    shared: int = Field(description="How often two of its children meet at one person, thing or record")
    expected: float = Field(
        description="How often they would, were each child's namings dealt out at random: what their numbers "
        "of records alone would give"
    )
    members: tuple[Member, ...] = Field(description="Each child's own figures, in the order of ids", strict=False)
    ties: tuple[CommunityTie, ...] = Field(description="What ties them, as drawn", strict=False)
    records: Texts = Field(description="All records that it rests on")
    agencies: Texts = Field(description="Whose they are")
    first: datetime | None = Field(description="First observed, UTC; None: not recorded")
    last: datetime | None = Field(description="Last observed, UTC; None: not recorded")

    @property
    def drawn(self) -> tuple[CommunityTie, ...]:
        """The ties of its picture: two children who share something are joined through that, and by no second line."""
        by_child: dict[str, set[str]] = {}
        for tie in self.ties:
            if tie.with_kind != "Child":
                by_child.setdefault(tie.child_id, set()).add(tie.with_id)
        return tuple(
            tie
            for tie in self.ties
            if tie.with_kind != "Child" or not by_child.get(tie.child_id, set()) & by_child.get(tie.with_id, set())
        )

    @property
    def named(self) -> bool:
        """True for a community that stands: not one that is gone, nor a child in none."""
        return self.state != "gone" and super().named


_NO_DRAWS: Final[Mapping[str, int]] = {}


def _telling(row: NetworkFact) -> Telling:
    return Telling(
        row.record or "",
        row.label or "",
        row.agency or "",
        tuple(Naming(one.thing_id, one.kind, one.link, one.observed) for one in row.names),
    )


@dataclass(frozen=True)
class _Telling:
    """Tells of communities, by the evidence that they rest on."""

    asked: Asked
    evidence: Evidence
    before: datetime

    @property
    def _least(self) -> str:
        least, place = self.evidence.measure.least, self.evidence.measure.place
        return f"at least {least:g} separate pieces of evidence (a place counts {place:g})"

    def community(self, community: Community, change: Became) -> Network:
        """A community that stands."""
        given = self.asked.parameters
        draws = held(self.evidence, community, given["draws"], given["leave_out"])
        return self._row(
            community,
            state=change.state,
            why=f"{many(len(community.children), 'child', 'children')}, each tied to another of them by {self._least}; "
            f"the rule fires at {given['min_children']}. {change.why(words(self.before))}",
            was=change.before,
            draws=draws,
            bridged=bridges(self.evidence, community, given["min_part"]),
        )

    def gone(self, community: Community) -> Network:
        """A community that stood on the day compared with, and does no longer."""
        return self._row(
            community,
            state="gone",
            why=f"On {words(self.before)} it was a community; no community of now has half of these children.",
            was=community.children,
            draws=_NO_DRAWS,
            bridged={},
        )

    def not_placed(self, child: str, told: int, every: Sequence[Community]) -> Network:
        """A child asked about who is in no community that the rule names: the facts, and why not."""
        least = self.asked.parameters["min_children"]
        own = next((one for one in every if child in one.children), None)
        if own is None:
            nearest = self.evidence.nearest(child)
            why = (
                f"Records that name the child: {told}. Separate pieces of evidence shared with any one other child: "
                f"{nearest:g} at most; a tie takes {self.evidence.measure.least:g} (a place counts "
                f"{self.evidence.measure.place:g})."
            )
            own = Community(frozenset({child}), ())
        else:
            why = f"{many(len(own.children), 'child', 'children')}, tied by {self._least}; the rule fires at {least}."
        state = "just short" if len(own.children) == least - 1 else "not fired"
        return self._row(own, state=state, why=why, was=frozenset(), draws=_NO_DRAWS, bridged={})

    def _row(
        self,
        community: Community,
        *,
        state: str,
        why: str,
        was: Children,
        draws: Mapping[str, int],
        bridged: Mapping[str, Sequence[Children]],
    ) -> Network:
        kinds = self.evidence.kinds
        common = self.evidence.common(community.children)
        ties = tuple(self._ties(community, common))
        told = self._bridges(community, bridged)
        recorded = Recorded.of(self.evidence) if draws else Recorded({}, 0.0)
        return Network(
            state=state,
            why=why,
            child_ids=tuple(sorted(community.children)),
            size=len(community.children),
            before_child_ids=tuple(sorted(was)),
            joined_child_ids=tuple(sorted(community.children - was)) if was else (),
            left_child_ids=tuple(sorted(was - community.children)),
            associate_ids=tuple(sorted(t for t in common if kinds[t] == "Associate")),
            place_ids=tuple(sorted(t for t in common if kinds[t] == "Place")),
            thing_ids=tuple(sorted(t for t in common if kinds[t] not in ("Associate", "Place"))),
            child_bridges=tuple(one for one in told if one.bridge_kind == "Child"),
            associate_bridges=tuple(one for one in told if one.bridge_kind == "Associate"),
            other_bridges=tuple(one for one in told if one.bridge_kind not in ("Child", "Associate")),
            held=draws.get("", 0),
            draws=self.asked.parameters["draws"] if draws else 0,
            shared=recorded.shared(self.evidence, community.children),
            expected=recorded.expected(community.children),
            members=tuple(self._member(child, community, draws) for child in sorted(community.children)),
            ties=ties,
            records=texts(*(tie.records for tie in ties)),
            agencies=texts(*(tie.agencies for tie in ties)),
            first=earliest(tie.first for tie in ties),
            last=latest(tie.last for tie in ties),
        )

    def _member(self, child: str, community: Community, draws: Mapping[str, int]) -> Member:
        return Member(
            child_id=child,
            tied=sum(child in pair for pair in community.pairs),
            record_count=self.evidence.records[child],
            held=draws.get(child, 0),
        )

    def _bridges(self, community: Community, bridged: Mapping[str, Sequence[Children]]) -> list[Bridge]:
        found = []
        for one in sorted(bridged):
            of_thing = self.evidence.at.get(one, {})
            records = texts(*(of_thing[child] for child in of_thing.keys() & community.children))
            if one in community.children:
                pairs = [pair for pair in community.pairs if one in pair]
                records = texts(*(self.evidence.direct.get(pair, ()) for pair in pairs))
            rest = sorted(tuple(sorted(part)) for part in bridged[one])
            found.append(
                Bridge(
                    bridge_id=one,
                    bridge_kind=self.evidence.kinds[one],
                    parts=tuple(Part(child_ids=part) for part in rest),
                    records=records,
                )
            )
        return found

    def _ties(self, community: Community, common: Mapping[str, Iterable[str]]) -> list[CommunityTie]:
        """Each child with what it shares, and with each child whom a record names beside it."""
        met: dict[tuple[str, str], list[tuple[Telling, Naming, Naming]]] = {}
        for telling in self.evidence.tellings:
            for one in telling.named:
                if one.thing in community.children:
                    for other in telling.named:
                        between = one.thing < other.thing and other.thing in community.children
                        if between or one.thing in common.get(other.thing, ()):
                            met.setdefault((one.thing, other.thing), []).append((telling, one, other))
        return [self._tie(pair, found) for pair, found in sorted(met.items())]

    def _tie(self, pair: tuple[str, str], found: Sequence[tuple[Telling, Naming, Naming]]) -> CommunityTie:
        return CommunityTie(
            child_id=pair[0],
            with_id=pair[1],
            with_kind=self.evidence.kinds[pair[1]],
            ways=texts(kind_of_tie(one.link, other.link, telling.label) for telling, one, other in found),
            records=texts(telling.record for telling, _, _ in found),
            agencies=texts(telling.agency for telling, _, _ in found),
            first=earliest(other.observed for _, _, other in found),
            last=latest(other.observed for _, _, other in found),
        )


def _notes(
    asked: Asked, now: Evidence, every: Sequence[Community], found: Sequence[Community], before: datetime
) -> list[str]:
    given: Mapping[str, Any] = asked.parameters
    children = {child for telling in now.tellings for child in telling.children}
    placed = sum(len(community.children) for community in found)
    notes = [
        f"Children in a community: {placed}, of {len(children)} whom records of the window name with somebody or "
        f"something. Smaller sets of tied children, not listed: {len(every) - len(found)}.",
        f"Two children are tied by {given['min_shared']:g} separate pieces of evidence: a record that names both, or "
        "a person, vehicle, phone or handle that other records name with each; a place counts "
        f"{given['place_weight']:g}. Homes, schools and places a child only went missing from are not followed.",
        f"Compared with {words(before)}, by what is known now. Each of {given['draws']} draws leaves out another "
        f"{given['leave_out']}th of the records.",
        "Nobody is ranked: children, adults and places stand in no order that means anything.",
    ]
    if now.hubs:
        are = "1 hub is" if len(now.hubs) == 1 else f"{len(now.hubs)} hubs are"
        notes.append(
            f"{are} left out: a place, vehicle, phone or handle named with more than {given['hub_children']} children "
            "ties everybody to everybody."
        )
    return notes
