"""What people said of lines and links, for the dense examples."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from missingnet.graph.records import Fact, LinkFact, Mention, Record
from tests.properties.example import AS_AT, KEYED

if TYPE_CHECKING:
    from tests.properties.dense import Dense

#: What a link of a child is called, by the place in a record of the other end.
_TIED = {"found": "found at", "from": "started at", "with": "missing with"}
_TIED |= dict.fromkeys(("told", "place"), "told of in interview")


def beside(dense: Dense, records: list[Record], told: list[Record], size: int) -> list[Record]:
    """What was said of the lines that episodes make, and of links of these records."""
    lines = [said_of_a_line(dense, told) for _ in range(4 * size)]
    return [*lines, *(said_of_a_link(dense, records) for _ in range(5 * size))]


def said_of_a_line(dense: Dense, episodes: list[Record]) -> Record:
    """What somebody said of a line on which police and council differ: of one record of a child, or of two."""
    first = dense.chance.choice(episodes)
    of_child = [r for r in episodes if set(r.mentions["child"].keys) & set(first.mentions["child"].keys)]
    told = [first, *dense.chance.sample(of_child, dense.chance.choice((0, 0, 1)))]
    whom = {"one": Mention("Associate", first.mentions["child"].keys[:1])}
    only = "not in the council's records" if first.agency == "99" else "not in the police's records"
    facts = _said(dense, "line", ("open", "explained", "corrected at source", "accepted"), told)
    facts |= {
        "said_of": (dense.chance.choice((only, only, "definition", "not provided")),),
        "keys": whom["one"].keys,
    }
    return dense.record("Judgement", facts, whom, (LinkFact("JUDGES", "record", "one"),), dense.moment())


def said_of_a_link(dense: Dense, records: list[Record]) -> Record:
    """What somebody said of a link of a child: having looked at one record of it, or at all."""
    first = dense.chance.choice([r for r in records if r.label in ("Episode", "ReturnInterview")])
    slot = dense.chance.choice(sorted(_TIED.keys() & first.mentions.keys()))
    ends = {"child": first.mentions["child"], slot: first.mentions[slot]}
    every = [
        r
        for r in records
        if r.label == first.label and all(name in r.mentions and _one(r.mentions[name], e) for name, e in ends.items())
    ]
    kinds = {"Child": "Associate", "Home": "Place", "School": "Place"}
    things = {name: Mention(kinds.get(end.label, end.label), end.keys[:1]) for name, end in ends.items()}
    facts = _said(dense, "link", ("still holds", "no longer holds"), dense.chance.choice((every, every, [first])))
    facts |= {"said_of": (_TIED[slot], first.label), "keys": tuple(end.keys[0] for end in things.values())}
    return dense.record("Judgement", facts, things, tuple(LinkFact("JUDGES", "record", s) for s in things), None)


def said_of_a_level(dense: Dense, records: list[Record]) -> Record:
    """What somebody said of a child's level, having looked at all that is known of the child, or at little."""
    child = dense.chance.choice(dense.children)
    known = [r for r in records if any(_one(mention, child) for mention in r.mentions.values())]
    whom = {"one": Mention("Associate", child.keys[:1])}
    facts = _said(dense, "triage", ("red", "amber", "green"), dense.chance.choice((known, known, known[:1])))
    facts |= {"said_of": ("suggested red",), "keys": whom["one"].keys}
    return dense.record("Judgement", facts, whom, (LinkFact("JUDGES", "record", "one"),), dense.moment())


def _said(dense: Dense, about: str, verdicts: tuple[str, ...], records: list[Record]) -> dict[str, Fact]:
    ids = tuple(sorted({KEYED("record", r.name) for r in records}))
    facts: dict[str, Fact] = {"about": about, "verdict": dense.chance.choice(verdicts), "rested_on": ids}
    decided = AS_AT - timedelta(hours=dense.chance.choice((-30, 2, 100)))
    return {**facts, "state": "stands", "reason": "asked them", "who": "ann", "decided": decided}


def _one(a: Mention, b: Mention) -> bool:
    return bool(set(a.keys) & set(b.keys))
