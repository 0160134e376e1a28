"""Runs the model on a few described people, as the service does on a partnership's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random

from missingnet.ingest.example.people import BOYS, GIRLS, surname
from missingnet.ingest.linkage.engine import workshop
from missingnet.ingest.linkage.matching import Suggestion, score, suggestions
from missingnet.ingest.linkage.model import model
from missingnet.ingest.linkage.people import Described, prepare, say


def suggest(people: Sequence[Described], at_least: float = 0.0001) -> list[Suggestion]:
    """Every scored pair of these people from that probability on, those held back among them."""
    with workshop() as con:
        say(con, people)
        prepare(con)
        fitted = score(con, "prepared", model("people"), at_least)
        return list(suggestions(con, fitted, at_least))


def offered(found: Iterable[Suggestion]) -> set[tuple[str, str]]:
    """The pairs that a person would be asked about."""
    least = model("people").suggest_at
    return {(pair.one, pair.other) for pair in found if pair.probability >= least and not pair.held}


def town(people: int, seed: int = 1) -> list[Described]:
    """People who have nothing to do with each other, one row each."""
    random = Random(seed)
    found = []
    for number in range(people):
        girl = random.random() < 0.5
        code = f"NN{random.randrange(1, 9)} {random.randrange(1, 9)}{random.choice('ABDEFG')}{random.choice('HJLNPQ')}"
        found.append(
            Described(
                f"t{number:05d}",
                f"t{number:05d}",
                random.choice(GIRLS if girl else BOYS),
                surname(random.random()),
                (date(2008, 1, 1) + timedelta(days=random.randrange(3000))).isoformat(),
                "female" if girl else "male",
                code,
                schools=(f"school {random.randrange(30)}",),
            )
        )
    return found
