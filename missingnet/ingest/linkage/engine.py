"""The workshop in which tables are compared: DuckDB in memory, that asks nothing of the network.

What does not fit in memory goes to a folder that only this process may read and that goes with it.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb


@contextmanager
def workshop() -> Iterator[duckdb.DuckDBPyConnection]:
    """A fresh engine; whatever was put into it is gone afterwards."""
    import duckdb

    folder = tempfile.mkdtemp(prefix="missingnet-match-")
    settings: dict[str, str | bool | int | float | list[str]] = {
        "temp_directory": folder,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    con = duckdb.connect(":memory:", config=settings)
    con.execute("SET enable_progress_bar = false")
    # Splink warns of each level that a table never shows; the fixed values stand for those.
    logging.getLogger("splink").setLevel(logging.ERROR)
    try:
        yield con
    finally:
        con.close()
        shutil.rmtree(folder, ignore_errors=True)


def rows(con: duckdb.DuckDBPyConnection, asked: str, given: list[Any] | None = None) -> list[tuple[Any, ...]]:
    """All rows of an answer; the engine takes no other work while an answer is half read."""
    found: list[tuple[Any, ...]] = con.execute(asked, given).fetchall()
    return found


def number(con: duckdb.DuckDBPyConnection, asked: str, given: list[Any] | None = None) -> int:
    """The one whole number that is asked for."""
    return int(rows(con, asked, given)[0][0])
