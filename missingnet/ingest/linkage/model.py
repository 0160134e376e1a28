"""A model of how records of one kind of thing are compared: read from the TOML beside this file, written for Splink.

Conditions are SQL that DuckDB and Spark share, but for three words that are spelt differently there: ``typed(column)``
counts letters typed wrongly (a transposition is one), ``alike(column)`` is Jaro-Winkler's likeness from 0 to 1, and
``share(column)`` is true where two lists have a member in common.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from splink import SettingsCreator

_HERE: Final = Path(__file__).parent
ELSE: Final = "else"
_CROSSWISE: Final = (("born_exchanged", "born"), ("whole", "exchanged"))
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "duckdb": {
        "typed": "damerau_levenshtein({0}_l, {0}_r)",
        "alike": "jaro_winkler_similarity({0}_l, {0}_r)",
        "share": "list_has_any({0}_l, {0}_r)",
    },
    "spark": {
        "typed": "damerau_levenshtein({0}_l, {0}_r)",
        "alike": "jaro_winkler({0}_l, {0}_r)",
        "share": "arrays_overlap({0}_l, {0}_r)",
    },
}


@dataclass(frozen=True, slots=True)
class Level:
    """How alike two records are in one respect. ``m`` and ``u`` are probabilities; ``guard`` says why to hold back."""

    when: str
    m: float
    u: float
    says: str = ""
    same: bool = False
    name: str = ""
    rare: str | None = None
    guard: str | None = None
    fixed: bool = False

    @property
    def weight(self) -> float:
        """The evidence in bits that standing at this level gives."""
        return math.log2(self.m / self.u)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One respect in which records are compared. Splink numbers its levels from the last, 0; unknown is -1."""

    name: str
    about: str
    unknown: str
    level: tuple[Level, ...]

    def at(self, gamma: int) -> Level | None:
        """The level of Splink's number; None where one side is not recorded."""
        return None if gamma < 0 else self.level[len(self.level) - 1 - gamma]

    def columns(self) -> frozenset[str]:
        """The columns that deciding whether it is known reads, without their side."""
        return frozenset(re.findall(r"(\w+)_[lr]\b", self.unknown))

    def reads(self) -> frozenset[str]:
        """Every column that it reads."""
        whole = " ".join((self.unknown, *(written(level.when, "duckdb") for level in self.level)))
        return frozenset(re.findall(r"(\w+)_[lr]\b", whole))


@dataclass(frozen=True, slots=True)
class Model:
    """A whole model. ``prior`` is the probability that two records taken at random are one; None: from the data."""

    thing: str
    suggest_at: float
    found_by_agreement: float
    agree: tuple[str, ...]
    blocks: tuple[tuple[str, ...], ...]
    learn_in: tuple[tuple[str, ...], ...]
    comparison: tuple[Comparison, ...]
    prior: float | None = None

    def without(self, empty: Iterable[str]) -> Model:
        """The model for a table that has nothing in these columns: what cannot be compared is left out."""
        gone = set(empty)
        return replace(
            self,
            comparison=tuple(c for c in self.comparison if not c.columns() <= gone),
            blocks=tuple(block for block in self.blocks if not gone & set(block)),
            learn_in=tuple(block for block in self.learn_in if not gone & set(block)),
        )

    def settings(self, dialect: str = "duckdb") -> SettingsCreator:
        """The model as Splink takes it, for DuckDB or for Spark."""
        from splink import SettingsCreator

        return SettingsCreator(
            link_type="dedupe_only",
            unique_id_column_name="id",
            probability_two_random_records_match=self.prior or 0.0001,
            comparisons=[self._splink(c, dialect) for c in self.comparison],
            blocking_rules_to_generate_predictions=[{"blocking_rule": pairs_in(block)} for block in self.blocks],
            additional_columns_to_retain=["thing"],
            retain_matching_columns=True,
            retain_intermediate_calculation_columns=True,
            max_iterations=30,
            linker_uid=self.thing,
        )

    @staticmethod
    def _splink(comparison: Comparison, dialect: str) -> dict[str, Any]:
        levels: list[dict[str, Any]] = [
            {
                "sql_condition": written(comparison.unknown, dialect),
                "is_null_level": True,
                "label_for_charts": "not recorded",
            }
        ]
        for level in comparison.level:
            entry: dict[str, Any] = {
                "sql_condition": written(level.when, dialect),
                "label_for_charts": level.says or f"same {level.name or comparison.about}",
                "m_probability": level.m,
                "u_probability": level.u,
            }
            if level.rare:
                entry |= {"tf_adjustment_column": level.rare, "tf_minimum_u_value": 0.00001}
            levels.append(entry)
        return {"output_column_name": comparison.name, "comparison_levels": levels}


def written(condition: str, dialect: str) -> str:
    """A condition in the words of this dialect."""
    if condition == ELSE:
        return "ELSE"
    words = _WORDS[dialect]
    return re.sub(r"\b(typed|alike|share)\((\w+)\)", lambda found: words[found[1]].format(found[2]), condition)


def crosswise(block: tuple[str, ...]) -> bool:
    """True where the block compares two different columns."""
    return any({one, other} <= set(block) for one, other in _CROSSWISE)


def pairs_in(block: tuple[str, ...]) -> str:
    """The rule that two records fall into one block: equal in each column, or crosswise in a pair ``x, x_exchanged``.

    Records that stand for one thing already are no pair.
    """
    columns = list(block)
    terms = []
    for one, other in _CROSSWISE:
        if one in columns and other in columns:
            terms.append(f"l.{one} = r.{other}")
            columns = [column for column in columns if column not in (one, other)]
    terms += [f"l.{column} = r.{column}" for column in columns]
    return " AND ".join([*terms, "l.thing <> r.thing"])


@cache
def model(thing: str) -> Model:
    """The model of ``people``, ``places``, ``vehicles`` or ``phones`` with its fixed values.

    :raises ValueError: a comparison's probabilities do not add up to 1, or its last level is not 'else'.
    """
    said = tomllib.loads((_HERE / f"{thing}.toml").read_text(encoding="utf-8"))
    comparisons = []
    for entry in said.pop("comparison"):
        levels = tuple(Level(**level) for level in entry.pop("level"))
        sums = [math.fsum(level.m for level in levels), math.fsum(level.u for level in levels)]
        if levels[-1].when != ELSE or any(abs(total - 1) > 0.001 for total in sums):
            raise ValueError(f"{thing}.toml: the levels of '{entry['name']}' end with 'else' and add up to 1")
        comparisons.append(Comparison(**entry, level=levels))
    lists = {name: tuple(tuple(block) for block in said.pop(name)) for name in ("blocks", "learn_in")}
    return Model(**(said | lists | {"agree": tuple(said["agree"])}), comparison=tuple(comparisons))
