"""Identity is a fold: an enduring thing is the set of keys that current records state to be one (DESIGN §2).

Pure. A thing's id is the keyed hash of its smallest key, so equal facts give equal things whatever the order in
which they came; taking a join away splits the thing again. Only identifiers join. Names never do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from missingnet.graph.keyed import Keyed
from missingnet.graph.terms import FAMILY_OF


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a key stands: the kind and id of its thing."""

    label: str
    thing: str


def higher(one: str, other: str) -> str:
    """The kind that wins when two kinds of one family turn out to be one thing: a child over an associate.

    Kinds of different families cannot be one; the first is kept and the statement joins nothing.
    """
    family = FAMILY_OF[one]
    if other not in family:
        return one
    return one if family.index(one) <= family.index(other) else other


@dataclass(frozen=True, slots=True)
class Join:
    """A statement that two keys are one: whether the record says so now, whose it is, and of what sort."""

    holds: bool
    agency: str
    sealed: bool
    judged: bool
    """A person's judgement: it stands whatever dates of birth say."""


def contradict(births: Iterable[date], years: int) -> bool:
    """True when two of these dates of birth lie at least so many years apart, to the day."""
    found = sorted(births)
    if not found:
        return False
    first, last = found[0], found[-1]
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day)) >= years


def owns(agency: str, key: str) -> bool:
    """True when the key is the agency's own identifier: 'council:997:100231' is council 997's."""
    parts = key.split(":")
    return len(parts) > 2 and parts[1] == agency


def folds(one: str, other: str, join: Join, contradicted: Iterable[str]) -> bool:
    """Whether a join folds its two keys. One that rests on a sealed compartment never does. At a key whose dates of
    birth contradict each other only its owner's own statement does, and a person's judgement."""
    if not join.holds or join.sealed:
        return False
    return join.judged or all(owns(join.agency, key) for key in (one, other) if key in contradicted)


def fold(labels: Mapping[str, str], joins: Iterable[tuple[str, str]], keyed: Keyed) -> dict[str, Standing]:
    """Where each key stands, given each key's own kind and the joins that hold between keys.

    A join between kinds of different families is left out: no person is a place.
    """
    parent = {key: key for key in labels}

    def root(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for one, other in joins:
        if FAMILY_OF[labels[one]] is FAMILY_OF[labels[other]]:
            a, b = root(one), root(other)
            parent[max(a, b)] = min(a, b)
    best: dict[str, str] = {}
    for key, label in labels.items():
        top = root(key)
        best[top] = higher(best.get(top, label), label)
    return {key: Standing(best[root(key)], keyed("thing", root(key))) for key in labels}
