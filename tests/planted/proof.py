"""How much of what was planted the questions found, and what became of each decoy: one table, printed after a run.

Every figure is counted from an answer and from truth.json where it is tested; none is written down here.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

CHILDREN = int(os.environ.get("MISSINGNET_TEST_CHILDREN", "100"))
"""Children of concern in the partnership that is asked. 1× are 100, the fewest in which everything finds room."""
YEARS = int(os.environ.get("MISSINGNET_TEST_YEARS", "1"))
SEED = int(os.environ.get("MISSINGNET_TEST_SEED", "4"))
"""At 1× so drawn that it holds children spelt apart."""


@dataclass(frozen=True)
class Target:
    """What is asked of a pattern: at least so much recall and precision, at most so many false alarms."""

    recall: float
    precision: float | None = None
    """None: the rule lists more than was planted, and rightly, so that what it lists beside is not judged here."""
    per_thousand: float | None = None
    """False alarms in 1,000 children of concern."""

    @property
    def words(self) -> str:
        precision = [] if self.precision is None else [f"precision ≥ {self.precision:g}"]
        alarms = [] if self.per_thousand is None else [f"alarms ≤ {self.per_thousand:g} in 1,000"]
        return ", ".join([f"recall ≥ {self.recall:g}", *precision, *alarms])

    @property
    def judges_alarms(self) -> bool:
        return self.precision is not None or self.per_thousand is not None


EXACT = Target(recall=1.0, precision=1.0)
"""A rule that counts: what was planted, all of it and nothing else."""
ALL = Target(recall=1.0)


@dataclass(frozen=True)
class Found:
    """One pattern: how many were planted, how many of them were found, and how much was found beside them."""

    pattern: str
    planted: int
    found: int
    also: int
    """Found, and planted as well, though not what was looked for: they count for precision alone."""
    alarms: int
    target: Target
    more: str

    @property
    def recall(self) -> float:
        return self.found / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        right = self.found + self.also
        return right / (right + self.alarms) if right + self.alarms else 1.0

    @property
    def per_thousand(self) -> float:
        return self.alarms * 1000 / CHILDREN

    @property
    def reached(self) -> bool:
        most = self.target.per_thousand
        return (
            self.recall >= self.target.recall
            and self.precision >= (self.target.precision or 0.0)
            and (most is None or self.per_thousand <= most)
        )

    @property
    def cells(self) -> tuple[str, ...]:
        return (
            self.pattern,
            str(self.planted),
            str(self.found),
            f"{self.recall:.3f}",
            *((f"{self.precision:.3f}", str(self.alarms)) if self.target.judges_alarms else ("–", "–")),
            self.target.words + ("" if self.reached else ": MISSED"),
            self.more,
        )


@dataclass(frozen=True)
class Decoy:
    """What looks like a pattern and is none: how many of them fooled a rule, and what became of them."""

    name: str
    rule: str
    planted: int
    fooled: int
    became: str

    @property
    def cells(self) -> tuple[str, ...]:
        return self.name, self.rule, str(self.planted), str(self.fooled), self.became


patterns: list[Found] = []
decoys: list[Decoy] = []


def measured(
    pattern: str,
    wanted: Collection[Any],
    found: Collection[Any],
    target: Target = EXACT,
    *,
    also: Collection[Any] = (),
    more: str = "",
) -> None:
    """Keep what was found of what was planted; the test fails where the target is missed or nothing was planted."""
    wanted, found, also = set(wanted), set(found), set(also) - set(wanted)
    beside = found - wanted - also
    line = Found(pattern, len(wanted), len(wanted & found), len(also & found), len(beside), target, more)
    patterns.append(line)
    assert wanted, f"{pattern}: nothing is planted"
    missed, alarms = sorted(map(str, wanted - found))[:5], sorted(map(str, beside))[:5]
    assert line.reached, f"{pattern}: {line.cells}; not found {missed}; found beside {alarms}"


def decoy(name: str, rule: str, planted: Collection[Any], fooled: Collection[Any], became: str) -> None:
    """Keep what became of a decoy; the test fails where a rule took one of them for what it looks like."""
    caught = set(planted) & set(fooled)
    decoys.append(Decoy(name, rule, len(set(planted)), len(caught), became))
    assert planted, f"{name}: no such decoy is planted"
    assert not caught, f"{rule} was fooled by {name}: {sorted(map(str, caught))[:5]}"


def printed() -> list[str]:
    """The two tables' lines."""
    heads = ("pattern", "planted", "found", "recall", "precision", "false alarms", "target", "")
    return [
        *_table([heads, *(one.cells for one in patterns)]),
        "",
        *_table([("decoy", "rule", "planted", "fooled", "what became of them"), *(one.cells for one in decoys)]),
    ]


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip() for row in rows]
