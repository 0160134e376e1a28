"""How well the model finds the true pairs of a table of people. The truth is only ever compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final

from missingnet.ingest.linkage.engine import number, rows, workshop
from missingnet.ingest.linkage.matching import empty_columns, held_back, score
from missingnet.ingest.linkage.model import model
from missingnet.ingest.linkage.people import SAID, prepare

if TYPE_CHECKING:
    import duckdb

#: The probabilities at which the trade-off between precision and recall is shown.
CURVE: Final = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.99, 0.999)


class WrongTable(ValueError):
    """The file cannot be evaluated as it was given; says what to give instead, never a value in it."""


@dataclass(frozen=True, slots=True)
class At:
    """What is suggested from this probability on: how many pairs, how many of them true, how many held back."""

    probability: float
    pairs: int
    true: int
    held: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """``truths`` is how many pairs are true; ``curve`` is in rising order of probability; time in seconds.

    ``blocks_left_out``: so many ways of finding pairs would have compared too many in a table as large as this.
    """

    records: int
    truths: int
    suggested: At
    curve: tuple[At, ...]
    blocks_left_out: int
    seconds: float

    def precision(self, at: At) -> float:
        """The share of the suggested pairs that are true; 1 where none is suggested, for none is wrong."""
        return at.true / at.pairs if at.pairs else 1.0

    def recall(self, at: At) -> float:
        """The share of the true pairs that are suggested; 1 where there is none to find."""
        return at.true / self.truths if self.truths else 1.0


def evaluate(path: Path, columns: Mapping[str, str]) -> Evaluation:
    """Run the model on a CSV or parquet file; ``columns`` says which column is the id, given, family, born, postcode,
    sex and truth. ``sex`` may be left out.

    :raises WrongTable: no such column, no rows, an id twice or left out, or a file that is no such table.
    """
    begun = perf_counter()
    with workshop() as con:
        _read(con, path, columns)
        prepare(con)
        least = CURVE[0]
        empty = empty_columns(con, "prepared")
        fitted = score(con, "prepared", model("people"), least)
        con.execute(
            "CREATE OR REPLACE TABLE judged AS SELECT match_probability, "  # noqa: S608 (the model is ours)
            f"{held_back(fitted)} AS held, one.truth = other.truth AS is_one "
            "FROM scored JOIN truth one ON one.id = id_l JOIN truth other ON other.id = id_r"
        ).fetchall()
        truths = number(
            con, "SELECT coalesce(sum(n * (n - 1) // 2), 0) FROM (SELECT count(*) AS n FROM truth GROUP BY truth)"
        )
        curve = tuple(_at(con, probability) for probability in CURVE)
        suggested = _at(con, fitted.suggest_at)
        records = number(con, "SELECT count(*) FROM truth")
        left_out = len(model("people").without(empty).blocks) - len(fitted.blocks)
    return Evaluation(records, truths, suggested, curve, left_out, perf_counter() - begun)


def _at(con: duckdb.DuckDBPyConnection, probability: float) -> At:
    found = rows(
        con,
        "SELECT count(*) FILTER (NOT held), count(*) FILTER (NOT held AND is_one), count(*) FILTER (held) "
        "FROM judged WHERE match_probability >= ?",
        [probability],
    )
    return At(probability, *found[0])


def _read(con: duckdb.DuckDBPyConnection, path: Path, columns: Mapping[str, str]) -> None:
    """Fill ``said`` and ``truth`` from the file."""
    import duckdb

    reader = "read_parquet(?)" if path.suffix.lower() in (".parquet", ".pq") else "read_csv(?, all_varchar = true)"
    try:
        con.execute(f"CREATE TABLE raw AS SELECT * FROM {reader}", [str(path)]).fetchall()  # noqa: S608 (ours)
    except duckdb.Error as error:
        raise WrongTable(
            "The file cannot be read as a table. Give a CSV file in UTF-8 with a header row, or a parquet file."
        ) from error
    named = _named([row[0] for row in rows(con, "DESCRIBE raw")], columns)
    chosen = {part: f"nullif(trim({_quoted(named[part])}::VARCHAR), '')" for part in named}
    one_id = chosen["id"]
    if not number(con, "SELECT count(*) FROM raw"):
        raise WrongTable("The file has no rows.")
    if number(con, f"SELECT count(*) FROM raw WHERE {one_id} IS NULL"):  # noqa: S608 (quoted)
        raise WrongTable("Some rows have no id. Give each row its own, in the column named by --id.")
    if number(con, f"SELECT count(*) - count(DISTINCT {one_id}) FROM raw"):  # noqa: S608 (quoted)
        raise WrongTable("Some ids stand on several rows. Give each row its own, in the column named by --id.")
    said = {name: "NULL::VARCHAR[]" if kind == "texts" else "NULL::VARCHAR" for name, kind in SAID.items()}
    said |= {part: sql for part, sql in chosen.items() if part in said} | {"thing": one_id}
    picked = ", ".join(f"{sql} AS {name}" for name, sql in said.items())
    con.execute(f"CREATE TABLE said AS SELECT {picked} FROM raw").fetchall()  # noqa: S608 (quoted)
    con.execute(
        f"CREATE TABLE truth AS SELECT {one_id} AS id, coalesce({chosen['truth']}, 'alone ' || {one_id}) AS truth "  # noqa: S608 (quoted)
        "FROM raw"
    ).fetchall()
    con.execute("DROP TABLE raw").fetchall()


def _named(there: Sequence[str], wanted: Mapping[str, str]) -> dict[str, str]:
    """The file's own name of each wanted column, whatever its case and the spaces around it."""
    exactly = {name: name for name in there}
    nearly = {name.strip().casefold(): name for name in reversed(there)}
    found = {part: exactly.get(name) or nearly.get(name.strip().casefold()) for part, name in wanted.items()}
    missing = [f"'{wanted[part]}'" for part, name in found.items() if name is None]
    if missing:
        has = ", ".join(f"'{name.strip()}'" for name in there)
        raise WrongTable(f"The file has no column {' and no column '.join(missing)}. Its columns are: {has}.")
    return {part: name for part, name in found.items() if name is not None}


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
