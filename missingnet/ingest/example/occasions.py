"""One planted occasion: several children missing at one time, found together, and what their interviews say of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from missingnet.ingest.example.episodes import Episode, Named, Period, clear_of_edges
from missingnet.ingest.example.moments import DAY, HOUR, moment_text, real
from missingnet.ingest.example.people import Associate, Child
from missingnet.ingest.example.place import HOSPITAL, Spot, hub
from missingnet.ingest.example.plan import Planted

_SPREAD = 45
"""Minutes by which the children's starts, and twice by which their ends, may lie apart."""


@dataclass(slots=True)
class Member:
    """A planted child: who it is, and the directions for writing it."""

    child: Child
    planted: Planted


@dataclass(slots=True)
class Occasion:
    """What truth.json tells of it; the references stand once the children's rows are written."""

    started: int
    ended: int
    place: Spot
    children: list[str]
    associate: str = ""
    episodes: list[Episode] = field(default_factory=list)
    found_there: list[Episode] = field(default_factory=list)
    meetings: list[str] = field(default_factory=list)

    def as_truth(self) -> dict[str, object]:
        """The event of truth.json's schema; it began and ended when all were away."""
        told: dict[str, object] = {
            "police_refs": [episode.reference for episode in self.episodes],
            "found_there": [episode.reference for episode in self.found_there],
            "children": self.children,
            "found_uprn": self.place.uprn,
            "started": moment_text(self.started),
            "ended": moment_text(self.ended),
        }
        return {**told, "associate": self.associate} if self.associate else {**told, "meetings": self.meetings}


def days_for(random: Random, count: int, period: Period) -> list[int]:
    """That many days in order over the last year of the period, far enough apart for no occasion to meet the next."""
    first = max(period.first + 5, period.until - 380)
    step = (period.until - 6 - first) / count
    days = [first + int(order * step + random.random() * max(1.0, step - 4)) for order in range(count)]
    return [clear_of_edges(day * DAY, period) // DAY for day in days]


def plan_occasion(
    random: Random,
    day: int,
    members: list[Member],
    place: Spot,
    adult: Associate | None,
    unlisted: list[Member],
    things: Named,
    told: float,
) -> Occasion:
    """Give each member an episode on that day: overlapping, mostly found at the place, with companions and interviews.

    'unlisted' are children who are there and whom only the others name. 'things' are the vehicle, telephone, handle and
    sleeping place that an interview may name; 'told' is the share of members who tell.
    """
    draw = random.random
    begins = day * DAY + (17 + int(draw() * 5)) * HOUR
    lasts = 9 * HOUR + int(draw() * 24 * HOUR)
    occasion = Occasion(
        begins + _SPREAD, begins + lasts, place, [m.child.nominal for m in members], adult.nominal if adult else ""
    )
    teller = int(draw() * len(members))
    for order, member in enumerate(members):
        others = [other for other in members if other is not member]
        companions = [f"{o.child.nominal} child" for o in others if draw() < 0.65]
        companions += [f"{o.child.nominal} child" for o in unlisted if order == 0 or draw() < 0.3]
        if adult is not None and draw() < 0.35:
            companions.append(f"{adult.alias} unknown" if adult.alias and draw() < 0.25 else f"{adult.nominal} adult")
        there = order == 0 or draw() < 0.9
        episode = Episode(
            started=begins + int(draw() * _SPREAD),
            ended=real(begins + lasts + int(draw() * 2 * _SPREAD)),
            found=place if there else hub(HOSPITAL),
            found_by="Police" if there else "Member of the public",
            companions=companions,
            planted=True,
        )
        if order == teller or draw() < told:
            episode.named = _tell(random, member, others + unlisted, adult, things)
        member.planted.episodes.append(episode)
        occasion.episodes.append(episode)
        if there:
            occasion.found_there.append(episode)
    return occasion


def _tell(random: Random, teller: Member, others: list[Member], adult: Associate | None, things: Named) -> Named:
    draw = random.random
    named = Named(children=[_reference(teller, other) if draw() < 0.8 else other.child.forename for other in others])
    if adult is not None:
        named.adults = [adult.nominal if draw() < 0.75 else adult.name]
        named.slept = things.slept if draw() < 0.5 else None
        named.vehicle = things.vehicle if draw() < 0.5 else ""
        named.phone = things.phone if draw() < 0.3 else ""
        named.handle = things.handle if draw() < 0.2 else ""
    return named


def _reference(teller: Member, other: Member) -> str:
    """A child's council id in an interview; one of another authority than the teller's is given with its code."""
    there = other.child.authority
    return other.child.council if there == teller.child.authority else f"{there}:{other.child.council}"
