"""Communities of children: who is tied to whom, by how many separate pieces of evidence (rule NETWORK). Pure.

Two children are tied by each record that names both, and by each person, vehicle, phone, handle or place that *other*
records name with each of them, where a place counts for part of a person: half a town is found at one takeaway. What
one record says counts once, however many it names: the second kind never counts for more than either child has
records for it. A community is whatever such ties join, and a bridge is a child, person, place or thing without which
it falls apart.

Why not modularity (Louvain, Leiden): it breaks ties by the order or the names of the nodes, so that an equal graph
with other ids can fall into other communities. Nothing here goes by an id or an order; what is removed and what the
ties must reach decides alone, and a person can check it with a pencil.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from itertools import combinations

Pair = tuple[str, str]
Children = frozenset[str]
NO_RECORDS: Set[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Naming:
    """One thing that a record names, by which link, and when that was observed (None: not recorded)."""

    thing: str
    kind: str
    link: str
    observed: datetime | None


@dataclass(frozen=True, slots=True)
class Telling:
    """One record, and whom and what it names."""

    record: str
    label: str
    agency: str
    named: tuple[Naming, ...]

    @property
    def children(self) -> set[str]:
        """The children that it names."""
        return {one.thing for one in self.named if one.kind == "Child"}

    def within(self, since: datetime, until: datetime) -> Telling:
        """The same with what was observed in that time, or without a date."""
        kept = tuple(one for one in self.named if one.observed is None or since <= one.observed <= until)
        return Telling(self.record, self.label, self.agency, kept)


@dataclass(frozen=True, slots=True)
class Measure:
    """What makes a tie: how many pieces of evidence, how much of one a place is, and from when a thing is a hub."""

    least: float
    place: float
    hub_children: int


@dataclass(slots=True)
class Evidence:
    """Which records name each child with what, and which name two children: what ties are counted from."""

    measure: Measure
    tellings: Sequence[Telling]
    at: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    """By person, place or thing, by child: the records that name the two together. Hubs are not in it."""
    direct: dict[Pair, set[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    hubs: Children = frozenset()
    records: Counter[str] = field(default_factory=Counter)
    """By child how many records name it with somebody or something."""
    near: dict[Pair, set[str]] = field(default_factory=dict)
    """By two children what both are named with; only for those that could be tied at all."""

    @classmethod
    def of(cls, tellings: Iterable[Telling], measure: Measure) -> Evidence:
        """The evidence in these records."""
        found = cls(measure, [one for one in tellings if one.children and len(one.named) > 1])
        for telling in found.tellings:
            children = telling.children
            found.records.update(children)
            for one in telling.named:
                found.kinds[one.thing] = one.kind
                if one.kind != "Child":
                    known = found.at.setdefault(one.thing, {})
                    for child in children:
                        known.setdefault(child, set()).add(telling.record)
            for pair in combinations(sorted(children), 2):
                found.direct.setdefault(pair, set()).add(telling.record)
        found.hubs = frozenset(
            thing
            for thing, known in found.at.items()
            if len(known) > measure.hub_children and found.kinds[thing] != "Associate"
        )
        for hub in found.hubs:
            del found.at[hub]
        found._find_near()
        return found

    def _find_near(self) -> None:
        """Remember what two children share where it could reach a tie: most pairs share one place and no more."""
        most: Counter[Pair] = Counter()
        for thing, known in self.at.items():
            for pair in combinations(sorted(known), 2):
                most[pair] += self.weight(thing)  # type: ignore[assignment]
        for pair, records in self.direct.items():
            most[pair] += len(records)
        self.near = {pair: set() for pair, reach in most.items() if reach >= self.measure.least}
        for thing, known in self.at.items():
            for pair in combinations(sorted(known), 2):
                if pair in self.near:
                    self.near[pair].add(thing)

    def weight(self, thing: str) -> float:
        """How much of a piece of evidence it is that two children are named with this."""
        return self.measure.place if self.kinds[thing] == "Place" else 1.0

    def pieces(self, pair: Pair, without: Set[str] = NO_RECORDS, but: str = "") -> float:
        """How many separate pieces of evidence tie the two, when some records or one thing are left out."""
        both = self.direct.get(pair, NO_RECORDS) - without
        apart = [
            (thing, one, other)
            for thing in self.near.get(pair) or self.both_with(pair)
            if thing != but
            if (one := self.at[thing][pair[0]] - both - without)
            if (other := self.at[thing][pair[1]] - both - without)
        ]
        if not apart:
            return float(len(both))
        shared = sum(self.weight(thing) for thing, _, _ in apart)
        of_one, of_other = (len(set().union(*(each[side] for each in apart))) for side in (1, 2))
        return len(both) + min(shared, of_one, of_other)

    def tied(self, pairs: Iterable[Pair], without: Set[str] = NO_RECORDS, but: str = "") -> list[Pair]:
        """Those of the pairs that are tied."""
        return [pair for pair in pairs if self.pieces(pair, without, but) >= self.measure.least]

    def both_with(self, pair: Pair) -> set[str]:
        """What both are named with."""
        return {thing for thing, known in self.at.items() if pair[0] in known and pair[1] in known}

    def nearest(self, child: str) -> float:
        """The most pieces of evidence that the child shares with any other."""
        others = {one for known in self.at.values() if child in known for one in known}
        others |= {one for pair in self.direct if child in pair for one in pair}
        pairs = [(min(child, other), max(child, other)) for other in others - {child}]
        return max((self.pieces(pair) for pair in pairs), default=0.0)

    def common(self, children: Collection[str]) -> dict[str, set[str]]:
        """People, places and things that two or more of these children are named with, and with which of them."""
        shared = {thing: known.keys() & set(children) for thing, known in self.at.items()}
        return {thing: set(some) for thing, some in shared.items() if len(some) > 1}


def parts(children: Iterable[str], ties: Iterable[Pair]) -> list[Children]:
    """What the ties join: each child stands in one part."""
    of = {child: {child} for child in children}
    for one, other in ties:
        if of[one] is not of[other]:
            small, large = sorted((of[one], of[other]), key=len)
            large |= small
            for child in small:
                of[child] = large
    return [frozenset(part) for part in {id(part): part for part in of.values()}.values()]


@dataclass(frozen=True, slots=True)
class Community:
    """Children whom ties join, and the pairs of them that are tied."""

    children: Children
    pairs: tuple[Pair, ...]

    def records(self, evidence: Evidence) -> set[str]:
        """Every record that ties two of its children, or names one of them with what two of them share."""
        found = set().union(*(evidence.direct.get(pair, NO_RECORDS) for pair in self.pairs))
        for thing, children in evidence.common(self.children).items():
            found |= set().union(*(evidence.at[thing][child] for child in children))
        return found


def communities(evidence: Evidence) -> list[Community]:
    """Every two or more children whom ties join."""
    ties = evidence.tied(evidence.near)
    found: dict[Children, list[Pair]] = {part: [] for part in parts({c for pair in ties for c in pair}, ties)}
    whose = {child: part for part in found for child in part}
    for pair in ties:
        found[whose[pair[0]]].append(pair)
    return [Community(children, tuple(pairs)) for children, pairs in found.items()]


def bridges(evidence: Evidence, community: Community, least: int) -> dict[str, list[Children]]:
    """Without whom or what the community falls into parts, of which two or more have that many children."""
    found = {}
    for one in sorted(community.children):
        rest = parts(community.children - {one}, [pair for pair in community.pairs if one not in pair])
        found[one] = [part for part in rest if len(part) >= least]
    for thing in evidence.common(community.children):
        through = [pair for pair in community.pairs if thing in evidence.near[pair]]
        lost = set(through) - set(evidence.tied(through, but=thing))
        if lost:
            rest = parts(community.children, [pair for pair in community.pairs if pair not in lost])
            found[thing] = [part for part in rest if len(part) >= least]
    return {one: rest for one, rest in found.items() if len(rest) > 1}


def held(evidence: Evidence, community: Community, draws: int, leave_out: int) -> dict[str, int]:
    """By child in how many draws, each without another one in so many of its records, the child stays with at least
    half of the community; under '' in how many nobody leaves it."""
    told = community.records(evidence)
    folds = _folds([one for one in evidence.tellings if one.record in told], -(-draws // leave_out), leave_out)
    found = Counter(dict.fromkeys((*community.children, ""), 0))
    for draw in range(draws):
        gone = {record for record, fold in folds.items() if fold[draw // leave_out] == draw % leave_out}
        rest = parts(community.children, evidence.tied(community.pairs, without=gone))
        found[""] += len(rest) == 1
        for part in rest:
            if 2 * len(part) >= len(community.children):
                found.update(part)
    return found


def _folds(tellings: Sequence[Telling], times: int, many: int) -> dict[str, tuple[int, ...]]:
    """By record the part that it falls into each time, of so many parts. It goes by what the records say and how they
    hang together, never by an id: records that say alike of things alike fall together."""
    said = {one.record: _hashed(one.label, one.agency, *sorted(_plain(n) for n in one.named)) for one in tellings}
    around: dict[str, list[str]] = {}
    for one in tellings:
        for thing in {naming.thing for naming in one.named}:
            around.setdefault(thing, []).append(said[one.record])
    thing_said = {thing: _hashed(*sorted(records)) for thing, records in around.items()}
    found = {}
    for one in tellings:
        whole = _hashed(said[one.record], *sorted(f"{_plain(n)} {thing_said[n.thing]}" for n in one.named))
        found[one.record] = tuple(int(_hashed(whole, str(time)), 16) % many for time in range(times))
    return found


def _plain(naming: Naming) -> str:
    return f"{naming.kind} {naming.link} {naming.observed}"


def _hashed(*words: str) -> str:
    return blake2b("\n".join(words).encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Recorded:
    """How heavily each child is recorded: what two children would share if nothing but that tied them."""

    each: Mapping[str, int]
    per_pair: float

    @classmethod
    def of(cls, evidence: Evidence) -> Recorded:
        """Each child's namings (with a person or thing, or beside another child in a record) dealt out at random, every
        child keeping their number and every person, thing and record its number of children."""
        sizes = [len(known) for known in evidence.at.values()]
        each = Counter(child for known in evidence.at.values() for child in known)
        for telling in evidence.tellings:
            if len(children := telling.children) > 1:
                sizes.append(len(children))
                each.update(children)
        all_ = sum(sizes)
        meetings = sum(size * (size - 1) for size in sizes)
        return cls(each, meetings / (all_ * (all_ - 1)) if all_ > 1 else 0.0)

    def expected(self, children: Collection[str]) -> float:
        """How often two of these children would then meet at one person, thing or record."""
        numbers = [self.each.get(child, 0) for child in children]
        pairs = (sum(numbers) ** 2 - sum(n * n for n in numbers)) // 2
        return float(f"{pairs * self.per_pair:.6g}")

    @staticmethod
    def shared(evidence: Evidence, children: Collection[str]) -> int:
        """How often two of these children do meet at one."""
        within = set(children)
        met = [len(known.keys() & within) for known in evidence.at.values()]
        met += [len(telling.children & within) for telling in evidence.tellings]
        return sum(size * (size - 1) // 2 for size in met)
