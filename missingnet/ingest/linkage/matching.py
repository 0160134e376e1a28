"""Scores the pairs of a prepared table, holds back what a guard stops, and says why in words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from missingnet.ingest.linkage.engine import number, rows
from missingnet.ingest.linkage.model import Model, crosswise
from missingnet.ingest.linkage.training import agreeing_in, learn

if TYPE_CHECKING:
    import duckdb

#: Above so many records pairs are scored in parts, so that the pairs of one part fit in memory.
RECORDS_IN_A_PART: Final = 250_000
#: A block may hold so many pairs in any table, and in a large one so many for each record.
PAIRS_ANYWAY: Final = 1_000_000
PAIRS_FOR_A_RECORD: Final = 10


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of the waterfall chart: what a comparison adds to the evidence, in bits (0: not recorded)."""

    about: str
    says: str
    weight: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two records that may be one; ``one`` is the smaller id. ``held`` says why it is held back, if it is.

    ``probability`` has four decimals and ``weight`` is in bits; the steps add up to it, the first being the evidence
    before anything was compared.
    """

    one: str
    other: str
    things: tuple[str, str]
    probability: float
    weight: float
    sentence: str
    held: str | None
    steps: tuple[Step, ...]


def score(con: duckdb.DuckDBPyConnection, table: str, model: Model, at_least: float) -> Model:
    """Score the pairs of a prepared table into the table ``scored``; gives back the model as it was learnt and used.

    A pair found by several rows of the same two persons is there once, by its best row.
    """
    from splink import DuckDBAPI, Linker

    model = model.without(empty_columns(con, table))
    fitted = learn(con, table, replace(model, blocks=_blocks_that_fit(con, table, model)))
    if not fitted.comparison or not fitted.blocks:
        con.execute(_NONE).fetchall()
        return replace(fitted, comparison=())
    parts = math.ceil(number(con, f"SELECT count(*) FROM {table}") / RECORDS_IN_A_PART) or 1  # noqa: S608 (the name is ours)
    engine = DuckDBAPI(con)
    linker = Linker(engine.register(table), fitted.settings(), log_level=None)
    for column in sorted({level.rare for c in fitted.comparison for level in c.level if level.rare}):
        _how_common(con, table, column, fitted.prior or 0.0)
        linker.table_management.register_term_frequency_lookup(engine.register(f"common_{column}"), column)
    found = linker.inference.predict(
        threshold_match_probability=at_least,
        num_chunks_left=1,
        num_chunks_right=parts,
        warning_mode="never",
    )
    con.execute(_BEST.format(table=found.physical_name)).fetchall()
    found.drop_table_from_database_and_remove_from_cache()
    return fitted


def _how_common(con: duckdb.DuckDBPyConnection, table: str, column: str, prior: float) -> None:
    """What share of the records holds each value, but for the records expected to be of the very same person.

    Else a name that one person alone has would seem as common as that person has records.
    """
    con.execute(
        f"CREATE OR REPLACE TABLE common_{column} AS WITH known AS (SELECT count({column}) AS n FROM {table}) "  # noqa: S608 (the names are ours)
        f"SELECT {column}, greatest(1, count(*) - ? * (any_value(known.n) - 1)) / any_value(known.n) AS tf_{column} "
        f"FROM {table}, known WHERE {column} IS NOT NULL GROUP BY {column}",
        [prior],
    ).fetchall()


_NONE: Final = (
    "CREATE OR REPLACE TABLE scored AS SELECT '' AS id_l, '' AS id_r, '' AS thing_l, '' AS thing_r, "
    "0.0 AS match_probability, 0.0 AS match_weight LIMIT 0"
)
#: Rows of one person are alternatives: the best speaks for the pair, and of equal ones the one with the smaller ids.
_BEST: Final = """
CREATE OR REPLACE TABLE scored AS
SELECT COLUMNS('^(match|gamma|mw)_.*'),
    least(id_l, id_r) AS id_l, greatest(id_l, id_r) AS id_r,
    CASE WHEN id_l < id_r THEN thing_l ELSE thing_r END AS thing_l,
    CASE WHEN id_l < id_r THEN thing_r ELSE thing_l END AS thing_r
FROM {table}
QUALIFY row_number() OVER (
    PARTITION BY least(thing_l, thing_r), greatest(thing_l, thing_r)
    ORDER BY round(match_weight, 6) DESC, least(id_l, id_r), greatest(id_l, id_r)
) = 1
"""


def _blocks_that_fit(con: duckdb.DuckDBPyConnection, table: str, model: Model) -> tuple[tuple[str, ...], ...]:
    """The blocks that do not hold too many pairs: 'born on one day' is worth a look in a town, not in a country."""
    most = max(PAIRS_ANYWAY, PAIRS_FOR_A_RECORD * number(con, f"SELECT count(*) FROM {table}"))  # noqa: S608 (the name is ours)
    return tuple(block for block in model.blocks if crosswise(block) or agreeing_in(con, table, block)[0] <= most)


def empty_columns(con: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    """The columns of the table in which nothing is said."""
    names = [row[0] for row in rows(con, f"DESCRIBE {table}")]
    counted = rows(con, "SELECT " + ", ".join(f"count({name})" for name in names) + f" FROM {table}")  # noqa: S608 (the names are ours)
    return [name for name, count in zip(names, counted[0], strict=True) if not count]


def suggestions(con: duckdb.DuckDBPyConnection, model: Model, at_least: float | None = None) -> Iterator[Suggestion]:
    """The pairs of ``scored`` from this probability on, the likeliest first; those held back among them.

    ``model`` is what :func:`score` gave back.
    """
    least = model.suggest_at if at_least is None else at_least
    asked = con.execute(
        "SELECT * FROM scored WHERE match_probability >= ? ORDER BY round(match_weight, 6) DESC, id_l, id_r", [least]
    )
    names = [column[0] for column in asked.description or ()]
    while some := asked.fetchmany(10_000):
        for row in some:
            yield _explained(dict(zip(names, row, strict=True)), model)


def held_back(model: Model) -> str:
    """An SQL expression over ``scored``: true where a guard holds the pair back."""
    tests = [
        f"gamma_{c.name} = {len(c.level) - 1 - place}"
        for c in model.comparison
        for place, level in enumerate(c.level)
        if level.guard
    ]
    return "(" + (" OR ".join(tests) or "false") + ")"


def _explained(row: Mapping[str, Any], model: Model) -> Suggestion:
    prior = model.prior or 0.0001
    steps = [Step("before anything is compared", "", round(math.log2(prior / (1 - prior)), 3))]
    same, says, held = [], [], None
    for comparison in model.comparison:
        level = comparison.at(row[f"gamma_{comparison.name}"])
        if level is None:
            steps.append(Step(comparison.about, "not recorded", 0.0))
            continue
        rarity = row.get(f"mw_tf_adj_{comparison.name}") or 0.0
        words = f"same {level.name or comparison.about}" if level.same else level.says
        steps.append(Step(comparison.about, words, round(row[f"mw_{comparison.name}"] + rarity, 3)))
        held = held or level.guard
        if level.same:
            same.append(level.name or comparison.about)
        else:
            says.append(level.says)
    sentence = "; ".join(([f"same {_listed(same)}"] if same else []) + says)
    return Suggestion(
        one=row["id_l"],
        other=row["id_r"],
        things=(row["thing_l"], row["thing_r"]),
        probability=round(row["match_probability"], 4),
        weight=round(row["match_weight"], 3),
        sentence=sentence,
        held=held,
        steps=tuple(steps),
    )


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
