"""Everything planted: networks, sets of children who go missing together, and decoys; and where each is written.

At up to 5,000 children there are three networks and four sets; above, one more network for every 5,000 and one more set
for every 2,500. The decoys do not grow.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from missingnet.ingest.example.cases import Cases
from missingnet.ingest.example.decoys import Decoys
from missingnet.ingest.example.duties import write_meeting
from missingnet.ingest.example.episodes import Named, Period
from missingnet.ingest.example.moments import DAY
from missingnet.ingest.example.networks import plan_network, write_network
from missingnet.ingest.example.occasions import Member, Occasion, days_for, plan_occasion
from missingnet.ingest.example.people import child as child_of
from missingnet.ingest.example.people import child_stream
from missingnet.ingest.example.place import AUTHORITIES, Spot, place, places_in_all
from missingnet.ingest.example.plan import Plan, Planted
from missingnet.ingest.example.police import References
from missingnet.ingest.example.writers import Delivery

_SET_SIZES = (3, 2, 4, 2)
_MEETING_KINDS = ("Park", "Shopping centre", "Bus station", "Leisure")
_SET_HOME_FROM = 2
"""Every fourth set lives in one small children's home; the first of them in the home of this number."""


@dataclass(slots=True)
class Together:
    """A set of children who go missing together, with no adult in it."""

    name: str
    members: list[Member]
    occasions: list[Occasion]

    def as_truth(self) -> dict[str, object]:
        """The set of truth.json's schema."""
        return {
            "name": self.name,
            "children": [member.planted.entry for member in self.members],
            "events": [occasion.as_truth() for occasion in self.occasions],
        }

    def write_meetings(self, delivery: Delivery, references: References) -> None:
        """One joint strategy meeting about the last occasion, and one for each child about the one before."""
        before, last = self.occasions[-2:]
        joint = references.next("SM")
        last.meetings = [joint]
        before.meetings = [references.next("SM") for _ in self.members]
        for occasion, meetings in ((last, [joint] * len(self.members)), (before, before.meetings)):
            day = occasion.ended // DAY + 2
            for member, episode, meeting in zip(self.members, occasion.episodes, meetings, strict=True):
                write_meeting(delivery, meeting, member.child, (day - 1, day, day), episode.reference)


class Planting:
    """The plan for every planted child, what is written beside the children, and what truth.json tells."""

    def __init__(self, children: int, seed: int, period: Period) -> None:
        """Plan all of it."""
        self.plan: Plan = {}
        self._children, self._seed, self._period = children, seed, period
        self._random = Random(seed * 7_919 + 13)  # noqa: S311 (invented data, not a secret)
        small = children < 500
        beyond = max(0, children - 5000)
        networks, sets = 3 + beyond // 5000, 4 + beyond // 2500
        decoys = Decoys(small)
        sizes = [8 if small else 8 + int(self._random.random() * 7) for _ in range(networks)]
        wanted = sum(sizes) + sum(_SET_SIZES[order % 4] for order in range(sets)) + decoys.size
        self._free = self._random.sample(range(children), wanted)
        self.networks = [
            plan_network(self._random, seed, order, size, children, period, self._member, self._next)
            for order, size in enumerate(sizes)
        ]
        self.sets = [self._plan_set(order) for order in range(sets)]
        decoys.plan(self._random, seed, children, period, self._member, self._next)
        self._decoys = decoys
        self._apart = Random(seed * 7_919 + 17)  # noqa: S311 (invented data, not a secret)
        self.cases = Cases(period, self._member, self._unplanned)
        self.cases.plan(self._apart, children)

    def _next(self) -> int:
        return self._free.pop()

    def _unplanned(self) -> int:
        """A child for whom nothing is planted yet."""
        while (number := int(self._apart.random() * self._children)) in self.plan:
            pass
        return number

    def _member(self, planted: Planted) -> Member:
        """Enter the child in the plan; its identity is what its own stream will draw again when it is written."""
        self.plan[planted.number] = planted
        number = planted.number
        child = planted.like or child_of(
            child_stream(self._seed, number), self._seed, number, self._children, self._period.until, planted.authority
        )
        return Member(child, planted)

    def _plan_set(self, number: int) -> Together:
        authority = AUTHORITIES[number % 2]
        in_home = _SET_HOME_FROM + number // 4 if number % 4 == 0 else None
        members = [
            self._member(
                Planted(
                    self._next(),
                    {},
                    authority=authority,
                    background=1 + int(self._random.random() * 4),
                    settled=in_home,
                    in_care=in_home is not None,
                    lists=(),
                    missing_education=False,
                )
            )
            for _ in range(_SET_SIZES[number % 4])
        ]
        spot = self._meeting_place(authority, _MEETING_KINDS[number % 4])
        days = days_for(self._random, 4 + number % 3, self._period)
        occasions = [plan_occasion(self._random, day, members, spot, None, [], Named(), 0.6) for day in days]
        return Together(f"Set {number + 1}", members, occasions)

    def _meeting_place(self, authority: str, kind: str) -> Spot:
        town = "A" if authority == AUTHORITIES[0] else "B"
        while True:
            spot = place(2 + int(self._random.random() * (places_in_all(self._children) - 2)))
            if spot.kind == kind and spot.postcode.zone == town:
                return spot

    def write(self, delivery: Delivery, references: References) -> None:
        """What stands beside the children's own rows: intelligence, nominals, notices."""
        for network in self.networks:
            write_network(delivery, references, self._random, network, self._period)
        for together in self.sets:
            together.write_meetings(delivery, references)
        self._decoys.write(delivery, references, self._period)
        self.cases.write(delivery, references)

    def as_truth(self) -> dict[str, object]:
        """The planted part of truth.json."""
        networks = [network.as_truth() for network in self.networks]
        inside = [
            (network.name, member) for network in self.networks for member in (*network.members, *network.unlisted)
        ]
        return {
            "networks": networks,
            "sets": [together.as_truth() for together in self.sets],
            "missing_education_in_network": [
                {**member.planted.entry, "network": name} for name, member in inside if member.planted.missing_education
            ],
            "unlisted_in_network": [
                {**member.planted.entry, "network": network.name}
                for network in self.networks
                for member in network.unlisted
            ],
            "cases": self.cases.as_truth(),
            "decoys": self._decoys.as_truth(),
        }
