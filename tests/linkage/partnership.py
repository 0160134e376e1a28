"""The invented partnership as suggestions meet it: loaded without an engine, with the truth of who is who.

A child's identifiers are a function of the seed and the child's number, so every key tells whose it is. Whoever is
known by a record alone ('Taz', named by a friend) stands in no truth and is counted apart.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from missingnet.graph.keyed import Keyed
from missingnet.ingest.example import generate
from missingnet.ingest.example.people import council_ref, nominal_ref, upn
from missingnet.ingest.linkage.gathering import Gathering
from missingnet.ingest.linkage.matching import Suggestion
from missingnet.ingest.run import load
from tests.linkage.suggesting import suggest


@dataclass(frozen=True, slots=True)
class Found:
    """What was suggested, and how it stands to the truth. Pairs are of persons' ids."""

    planted: dict[str, Any]
    person_of: dict[str, str]
    wrong_joins: int
    joined: int
    true: set[tuple[str, str]]
    bare: int
    scored: list[Suggestion]
    seconds: float
    truth: dict[str, object]

    def offered(self, least: float) -> set[tuple[str, str]]:
        """The pairs of known truth that are suggested from this probability on."""
        return {
            (min(pair.things), max(pair.things))
            for pair in self.scored
            if pair.probability >= least and not pair.held and all(end in self.truth for end in pair.things)
        }


def partnership(folder: Path, children: int, years: int, seed: int = 1) -> Found:
    """Invent it, read it, suggest."""
    generate(folder, children, years, seed)
    gathering = Gathering(Keyed(b"a secret of the tests"))
    asyncio.run(load([folder], gathering, locate=lambda postcode: None))
    described = list(gathering.people())
    keys = gathering.keys_of_people()
    number_of: dict[str, int] = {}
    for number in range(children):
        number_of[f"police:99:{nominal_ref(seed, number)}"] = number
        for authority in ("997", "998"):
            number_of[f"council:{authority}:{council_ref(seed, number, children)}"] = number
            number_of[f"upn:{upn(seed, authority, number)}"] = number
    truth: dict[str, object] = {}
    wrong = 0
    for person, known in keys.items():
        numbers = {number_of[key] for key in known if key in number_of}
        wrong += len(numbers) > 1
        if numbers:
            truth[person] = min(numbers)
        elif any(not key.startswith("record:") for key in known):
            truth[person] = person
    told = {one.thing for one in described if one.given and one.born}
    same: dict[object, list[str]] = defaultdict(list)
    for person, whose in truth.items():
        same[whose].append(person)
    every = {pair for people in same.values() for pair in itertools.combinations(sorted(people), 2)}
    comparable = {pair for pair in every if told.issuperset(pair)}
    begun = perf_counter()
    scored = suggest(described, 0.05)
    return Found(
        planted=json.loads((folder / "truth.json").read_text(encoding="utf-8")),
        person_of={key: person for person, known in keys.items() for key in known},
        wrong_joins=wrong,
        joined=sum(len(known) > 1 for known in keys.values()),
        true=comparable,
        bare=len(every) - len(comparable),
        scored=scored,
        seconds=perf_counter() - begun,
        truth=truth,
    )
