"""The benches' graph: 50,000 invented children and 200,000 missing episodes, with what stands around them.

It is made of the project's own Records, the same ones in every run. Most children are missing once or twice and a few
very often; most places are known to a handful of children, while a hospital, a police station and one big home are
known to thousands. Children go missing with those of their own circle. Some children are planted with a wide circle:
they have about 120 neighbours at two ties.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from missingnet.graph.records import LinkFact, Mention, Provenance, Record, VisibilityClass

CHILDREN = 50_000
EPISODES_A_CHILD = 4
CIRCLE = 8
"""Children who know each other; each goes missing with those of the same circle."""
PLANTED = 40
"""Children with a wide circle: one at the head of every so many circles."""
EXTRACT = date(2026, 11, 1)
AS_AT = datetime(2026, 11, 1)
DAYS = 3 * 365
BEGAN = AS_AT - timedelta(days=DAYS)
BIG_HOME, HOSPITAL = "big-home", "hospital"

_POLICE = (VisibilityClass("99", ("997",)), VisibilityClass("99", ("998",)))
_INTERVIEW = VisibilityClass("997", ("997",), ("interviews",))
_INTELLIGENCE = (
    VisibilityClass("99", ("997", "998"), ("intelligence",), "P"),
    VisibilityClass("99", ("997", "998"), ("intelligence",), "C"),
)


def child_key(number: int) -> str:
    """The council's key of a child."""
    return f"council:997:{number:07d}"


def nominal_key(number: int) -> str:
    """The force's key of an adult."""
    return f"police:99:A{number:07d}"


def place_key(name: str | int) -> str:
    """A place's key."""
    return f"uprn:{name}"


def home_key(name: str | int) -> str:
    """A children's home's key."""
    return f"urn-ofsted:{name}"


@dataclass
class Graph:
    """The records of one size of graph, in the order that files would bring them."""

    children: int = CHILDREN
    seed: int = 7
    _random: random.Random = field(init=False)
    _row: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self.episodes = self.children * EPISODES_A_CHILD
        self.places = max(200, self.children // 10)
        self.homes = max(10, self.children // 250)
        self.adults = max(100, self.children // 10)

    @property
    def planted(self) -> list[int]:
        """The children with a wide circle."""
        step = max(CIRCLE, self.children // PLANTED // CIRCLE * CIRCLE)
        return list(range(0, self.children, step))[:PLANTED]

    def records(self) -> Iterator[Record]:
        """Every record: who the children are, where they are placed, their episodes, interviews, intelligence."""
        for number in range(self.children):
            yield self._description(number)
        for number in range(0, self.children, 6):
            yield self._placement(number)
        for number in range(self.episodes):
            yield from self._episode(number)
        for number in range(self.children // 10):
            yield self._intelligence(number, self._random.randrange(self.children), None)
        for place, child in enumerate(self.planted):
            yield from self._wide_circle(place, child)

    # -- who and what ------------------------------------------------------------------------------------------------
    def _child(self) -> int:
        """Any child, or one of the few who are missing far more often than the rest."""
        chance = self._random.random()
        if chance < 0.05:
            return self._random.randrange(self.children // 400) * 400 + 7
        if chance < 0.45:
            return self._random.randrange(self.children // 20) * 20 + 7
        return self._random.randrange(self.children)

    def _home(self, child: int) -> str:
        return BIG_HOME if child % 30 == 0 else f"home-{child // CIRCLE % self.homes}"

    def _found(self, child: int) -> str | int:
        """Where a child is found: a place of the circle's own, a place that many know, or the hospital."""
        chance = self._random.random()
        if chance < 0.05:
            return HOSPITAL
        if chance < 0.65:
            return f"circle-{child // CIRCLE}-{self._random.randrange(3)}"
        return int(self.places * self._random.random() ** 2)

    def _friend(self, child: int) -> int:
        other = child // CIRCLE * CIRCLE + self._random.randrange(CIRCLE)
        return min(other if other != child else other + 1, self.children - 1)

    def _adult(self, child: int) -> int:
        return (child // CIRCLE * 2 + self._random.randrange(2)) % self.adults

    # -- records -----------------------------------------------------------------------------------------------------
    def _record(
        self,
        label: str,
        key: str,
        facts: dict[str, object],
        mentions: dict[str, str],
        links: list[LinkFact],
        access: VisibilityClass,
        observed: tuple[datetime | None, datetime | None],
        search: tuple[str, ...] = (),
    ) -> Record:
        self._row += 1
        kinds = {"council": "Child", "police": "Associate", "uprn": "Place", "urn-ofsted": "Home", "vrm": "Vehicle"}
        return Record(
            source="bench",
            agency=access.owner,
            key=key,
            label=label,
            facts={name: value for name, value in facts.items() if value is not None},  # type: ignore[misc]
            mentions={slot: Mention(kinds[key.partition(":")[0]], (key,)) for slot, key in mentions.items()},
            links=tuple(links),
            access=access,
            extract=EXTRACT,
            provenance=Provenance("bench.csv", "0" * 64, self._row),
            raw={"Ref": key, "Words": "The row as the agency sent it, with all its columns and what stands in them."},
            observed_from=observed[0],
            observed_to=observed[1],
            search=search,
        )

    def _description(self, number: int) -> Record:
        born = date(2009, 1, 1) + timedelta(days=number % 2500)
        facts: dict[str, object] = {"given": f"Given{number}", "family": f"Family{number % 997}", "born": born}
        links = [LinkFact("DESCRIBED_BY", "whom", "record")]
        access = VisibilityClass("997", ("997",))
        search = (f"ref:{number:07d}",)
        whom = {"whom": child_key(number)}
        return self._record("Description", f"D{number}", facts, whom, links, access, (None, None), search)

    def _placement(self, number: int) -> Record:
        started = date(2023, 11, 1) + timedelta(days=number % 700)
        mentions = {"whom": child_key(number), "home": home_key(self._home(number))}
        links = [LinkFact("HAD", "whom", "record"), LinkFact("PLACED_IN", "record", "home")]
        seen = (datetime(started.year, started.month, started.day), None)
        access = VisibilityClass("997", ("997",), ("home-address",))
        facts: dict[str, object] = {"started": started, "place_code": "K2"}
        return self._record("Placement", f"P{number}", facts, mentions, links, access, seen)

    def _episode(self, number: int) -> Iterator[Record]:
        # Every child goes missing once; the other episodes are mostly those of a few.
        child = number if number < self.children else self._child()
        began = BEGAN + timedelta(minutes=self._random.randrange(DAYS * 24 * 60))
        lasted = timedelta(minutes=30 + int(self._random.expovariate(1 / 700)))
        mentions: dict[str, str] = {}
        if child % 6 == 0:
            mentions["start"] = home_key(self._home(child))
        else:
            mentions["start"] = place_key(f"own-{child}")
        if self._random.random() < 0.7:
            mentions["found"] = place_key(self._found(child))
        if self._random.random() < 0.1:
            mentions["friend"] = child_key(self._friend(child))
        if self._random.random() < 0.04:
            mentions["adult"] = nominal_key(self._adult(child))
        yield self._missing(f"E{number}", child, began, min(began + lasted, AS_AT), mentions)
        if self._random.random() < 0.08:
            yield self._interview(f"I{number}", child, min(began + lasted + timedelta(days=2), AS_AT))

    def _missing(self, key: str, child: int, began: datetime, over: datetime, mentions: dict[str, str]) -> Record:
        types = {"start": "STARTED_AT", "found": "FOUND_AT"}
        facts: dict[str, object] = {
            "kind": "missing",
            "started": began,
            "ended": over,
            "last_seen": began,
            "reported": began + timedelta(minutes=50),
            "located": over,
            "returned": over,
            "precision": "minute",
            "risk": ("high", "medium", "medium", "low")[self._row % 4],
            "missing_from": "care" if child % 6 == 0 else "home",
            "circumstances": "Did not come back in the evening.",
        }
        links = [LinkFact("HAD", "whom", "record")]
        links += [LinkFact(types.get(slot, "WENT_WITH"), "record", slot) for slot in mentions]
        access = _POLICE[child % 5 == 0]
        return self._record("Episode", key, facts, {"whom": child_key(child), **mentions}, links, access, (began, over))

    def _interview(self, key: str, child: int, held: datetime) -> Record:
        mentions = {"place": place_key(self._found(child)), "adult": nominal_key(self._adult(child))}
        if self._random.random() < 0.5:
            mentions["friend"] = child_key(self._friend(child))
        roles = {"place": "went to", "adult": "with", "friend": "with"}
        links = [LinkFact("HAD", "whom", "record")]
        links += [LinkFact("TELLS_OF", "record", slot, roles[slot]) for slot in mentions]
        facts: dict[str, object] = {"held": held, "outcome": "held", "alone": True, "why": "Wanted to be with friends."}
        people = {"whom": child_key(child), **mentions}
        return self._record("ReturnInterview", key, facts, people, links, _INTERVIEW, (held, held))

    def _intelligence(self, number: int | str, child: int, adult: int | None) -> Record:
        at = BEGAN + timedelta(minutes=self._random.randrange(DAYS * 24 * 60))
        whom = {"a": child_key(child), "b": nominal_key(self._adult(child) if adult is None else adult)}
        facts: dict[str, object] = {"at": at, "source_grade": "2", "assessment_grade": "B", "handling": "P"}
        graded: dict[str, Any] = {"source_grade": "2", "assessment_grade": "B", "handling": "P"}
        links = [LinkFact("NAMES", "record", slot, **graded) for slot in whom]
        links.append(LinkFact("LINKED_TO", "a", "b", "associate", at, at, **graded))
        access = _INTELLIGENCE[self._random.random() < 0.1]
        return self._record("Intelligence", f"L{number}", facts, whom, links, access, (at, at))

    def _wide_circle(self, place: int, child: int) -> Iterator[Record]:
        """Places, adults and companions of one child's own, each known to others: about 120 neighbours at two ties."""
        others = [(child + 101 * n + 50) % self.children for n in range(1, 60)]
        at = AS_AT - timedelta(days=200)
        for n in range(4):
            spot = place_key(f"wide-{place}-{n}")
            for m, visitor in enumerate([child, *others[n * 9 : n * 9 + 9]]):
                began = at + timedelta(days=n * 30 + m, hours=18)
                found = {"found": spot}
                yield self._missing(f"W{place}-{n}-{m}", visitor, began, began + timedelta(hours=9), found)
        for n in range(3):
            adult = self.adults + place * 3 + n
            for m, known in enumerate([child, *others[36 + n * 7 : 43 + n * 7]]):
                yield self._intelligence(f"{place}-{n}-{m}", known, adult)
