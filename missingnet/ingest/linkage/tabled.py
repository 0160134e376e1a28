"""Columns of ours as a table of the workshop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import duckdb

Kind = Literal["text", "texts", "number", "flag"]


def table(
    con: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, Sequence[Any]], kinds: Mapping[str, Kind]
) -> None:
    """Make a table of these columns; a column without a kind is text. An empty list of texts is nothing said."""
    import pyarrow as pa

    types = {"text": pa.string(), "texts": pa.list_(pa.string()), "number": pa.int64(), "flag": pa.bool_()}
    arrays = {}
    for column, values in columns.items():
        kind = kinds.get(column, "text")
        said = [list(value) if value else None for value in values] if kind == "texts" else values
        arrays[column] = pa.array(said, types[kind])
    con.register("columns_of_ours", pa.table(arrays))
    con.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM columns_of_ours").fetchall()  # noqa: S608 (the name is ours)
    con.unregister("columns_of_ours")
