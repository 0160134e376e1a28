"""Learns a model's probabilities from the table itself, by expectation maximisation; never from a known truth.

Splink has this as well, but without a memory of the fixed values: in a table where some level hardly occurs it runs to
a probability of 0 and stops. Here every fixed value counts as if a few pairs had shown it, so a level that a table
never shows keeps it, and a table too small to teach anything is compared by the fixed values alone. Pairs are counted
in whole numbers and records drawn by their ids, so the same table, in any order, teaches the same.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from missingnet.ingest.linkage.engine import number, rows
from missingnet.ingest.linkage.model import Comparison, Level, Model, pairs_in, written

if TYPE_CHECKING:
    import duckdb

#: Fewer pairs of records than this that agree in everything say too little of how often one person's records differ.
ENOUGH_AGREEING: Final = 100
#: Fewer records than this say too little of how often two people agree by chance.
ENOUGH_RECORDS: Final = 200
#: A fixed probability counts as this many pairs seen.
COUNTS_AS: Final = 40
#: So many records are compared each with each to see what chance does; in a block, about so many pairs.
RECORDS_FOR_CHANCE: Final = 1_000
PAIRS_IN_A_BLOCK: Final = 500_000
#: A register in which nobody agrees with anybody is still taken to hold one pair for so many records.
RECORDS_FOR_A_PAIR: Final = 20
#: Where many pairs are true, chance is counted too high; at most nine tenths of it are taken for that.
LEFT_OF_CHANCE: Final = 10
#: A level that chance reaches in fewer pairs than this keeps its fixed share: never seen is not the same as never.
SEEN: Final = 10
ROUNDS: Final = 60

#: How many pairs stand at these levels, one number for each comparison: Splink's numbers, -1 where not recorded.
Patterns = Mapping[tuple[int, ...], int]
#: Of each comparison, how many pairs stand at each of its levels, the first level first.
Shares = Mapping[str, Sequence[float]]


def learn(con: duckdb.DuckDBPyConnection, table: str, model: Model) -> Model:
    """The model with the probabilities that this prepared table teaches, to six digits."""
    records = number(con, f"SELECT count(*) FROM {table}")  # noqa: S608 (the name is ours)
    every_pair = max(1.0, records * (records - 1) / 2)
    agreeing, known = agreeing_in(con, table, model.agree)
    enough, taught = agreeing >= ENOUGH_AGREEING, bool(model.learn_in) and records >= ENOUGH_RECORDS
    learnt = model
    if taught:
        learnt = _with_chance(con, table, learnt)
    if taught and enough:
        learnt = _with_differences(con, table, learnt)
    prior = model.prior
    if prior is None:
        agree_if_one = model.found_by_agreement
        if enough:
            agree_if_one = math.prod(c.level[0].m for c in learnt.comparison if c.name in model.agree)
        expected = max(agreeing / (agree_if_one * known**2) if agreeing else 0.0, records / RECORDS_FOR_A_PAIR)
        prior = min(0.5, expected / every_pair)
    return replace(
        learnt,
        prior=_rounded(prior),
        comparison=tuple(replace(c, level=_settled(c.level, prior if taught else 0.0)) for c in learnt.comparison),
    )


def agreeing_in(con: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str]) -> tuple[int, float]:
    """How many pairs of different things agree in all these columns, and the share of records that know them all."""
    if not columns:
        return 0, 1.0
    keys = ", ".join(columns)
    known = " AND ".join(f"{column} IS NOT NULL" for column in columns)
    found = rows(
        con,
        f"WITH each AS (SELECT {keys}, thing, count(*) AS n FROM {table} WHERE {known} GROUP BY ALL), "  # noqa: S608 (the names are ours)
        f"alike AS (SELECT sum(n) AS n, sum(n * n) AS own FROM each GROUP BY {keys}) "
        "SELECT coalesce(sum(n * n - own), 0) // 2, coalesce(sum(n), 0) FROM alike",
    )
    records = number(con, f"SELECT count(*) FROM {table}")  # noqa: S608 (the name is ours)
    return int(found[0][0]), float(found[0][1]) / max(1, records)


def _with_chance(con: duckdb.DuckDBPyConnection, table: str, model: Model) -> Model:
    """How often two records taken at random stand at each level."""
    con.execute(
        f"CREATE OR REPLACE TABLE drawn AS SELECT * FROM {table} ORDER BY hash(id), id LIMIT {RECORDS_FOR_CHANCE}"  # noqa: S608 (the names are ours)
    ).fetchall()
    seen = _patterns(con, "drawn", "l.thing <> r.thing", model.comparison)
    counts = _weighed(seen, dict.fromkeys(seen, 1.0), model.comparison)
    return _taught(model, counts, "u")


def _with_differences(con: duckdb.DuckDBPyConnection, table: str, model: Model) -> Model:
    """How often two records of one person stand at each level, from the blocks in which such pairs are many."""
    totals = {c.name: [0.0] * len(c.level) for c in model.comparison}
    for block in model.learn_in:
        free = tuple(c for c in model.comparison if not set(block) & c.reads())
        pairs, _ = agreeing_in(con, table, block)
        every = max(1, pairs // PAIRS_IN_A_BLOCK)
        rule = pairs_in(block) + (f" AND hash(l.id || r.id) % {every} = 0" if every > 1 else "")
        found = _maximised(_patterns(con, table, rule, free), free)
        for name, counts in found.items():
            totals[name] = [a + every * b for a, b in zip(totals[name], counts, strict=True)]
    return _taught(model, totals, "m")


def _taught(model: Model, counts: Shares, which: Literal["m", "u"]) -> Model:
    """The model with these pairs counted into the one probability of each level."""
    comparisons = []
    for c in model.comparison:
        shares = _mixed(c, counts[c.name], which)
        levels = tuple(
            replace(level, m=share) if which == "m" else replace(level, u=share)
            for level, share in zip(c.level, shares, strict=True)
        )
        comparisons.append(replace(c, level=levels))
    return replace(model, comparison=tuple(comparisons))


def _patterns(
    con: duckdb.DuckDBPyConnection, table: str, rule: str, comparisons: Sequence[Comparison]
) -> dict[tuple[int, ...], int]:
    """How many pairs that the rule finds stand at which levels."""
    columns = ", ".join(_numbered(c) for c in comparisons)
    found = rows(
        con,
        f"SELECT count(*), {columns} FROM {table} l JOIN {table} r ON {rule} AND l.id < r.id GROUP BY ALL",  # noqa: S608 (the model is ours)
    )
    return {row[1:]: row[0] for row in sorted(found)}


def _numbered(comparison: Comparison) -> str:
    """SQL for the number of the level at which a pair stands."""
    last = len(comparison.level) - 1
    cases = [f"WHEN {comparison.unknown} THEN -1"]
    cases += [
        f"WHEN {written(level.when, 'duckdb')} THEN {last - place}" for place, level in enumerate(comparison.level[:-1])
    ]
    return "CASE " + re.sub(r"\b(\w+)_([lr])\b", r"\2.\1", " ".join(cases)) + " ELSE 0 END"


def _maximised(seen: Patterns, comparisons: Sequence[Comparison]) -> Shares:
    """Expectation maximisation with chance held fixed: how many true pairs stand at each level."""
    shares = {c.name: [level.m for level in c.level] for c in comparisons}
    total, part = sum(seen.values()), 0.5
    counts: Shares = {}
    for _ in range(ROUNDS if total else 0):
        true = {}
        for pattern in seen:
            one, two = part, 1 - part
            for c, gamma in zip(comparisons, pattern, strict=True):
                if gamma >= 0:
                    place = len(c.level) - 1 - gamma
                    one, two = one * shares[c.name][place], two * c.level[place].u
            true[pattern] = one / (one + two)
        counts = _weighed(seen, true, comparisons)
        shares = {c.name: _mixed(c, counts[c.name], "m") for c in comparisons}
        part = min(0.99, max(0.0001, math.fsum(seen[p] * true[p] for p in seen) / total))
    return counts


def _weighed(seen: Patterns, weight: Mapping[tuple[int, ...], float], comparisons: Sequence[Comparison]) -> Shares:
    """How many pairs stand at each level of each comparison, each pair counted by its pattern's weight."""
    counts = {c.name: [0.0] * len(c.level) for c in comparisons}
    for pattern, pairs in seen.items():
        for c, gamma in zip(comparisons, pattern, strict=True):
            if gamma >= 0:
                counts[c.name][len(c.level) - 1 - gamma] += pairs * weight[pattern]
    return counts


def _mixed(comparison: Comparison, counts: Sequence[float], which: str) -> list[float]:
    """The share of each level among the pairs counted, the fixed values counting as a few more."""
    total = math.fsum(counts)
    return [
        getattr(level, which)
        if level.fixed or (which == "u" and count < SEEN)
        else (count + COUNTS_AS * getattr(level, which)) / (total + COUNTS_AS)
        for level, count in zip(comparison.level, counts, strict=True)
    ]


def _settled(levels: Sequence[Level], prior: float) -> tuple[Level, ...]:
    """Chance was counted over all pairs, the true ones among them: those are taken out, and the rest made to add up."""
    out = [
        level
        if level.fixed
        else replace(level, u=max((level.u - prior * level.m) / (1 - prior), level.u / LEFT_OF_CHANCE))
        for level in levels
    ]
    m, u = math.fsum(level.m for level in out), math.fsum(level.u for level in out)
    return tuple(replace(level, m=_rounded(level.m / m), u=_rounded(level.u / u)) for level in out)


def _rounded(value: float) -> float:
    return float(f"{value:.6g}")
