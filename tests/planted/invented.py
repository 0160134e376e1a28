"""Reads the invented partnership's files back, as a person with a spreadsheet would."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

Row = dict[str, str]
CHILDREN = 2000
FAR = datetime(9999, 12, 31)
"""The end of an open episode."""


def rows(folder: Path, name: str) -> Iterator[Row]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def both(folder: Path, name: str, prefix: str = "council") -> list[Row]:
    return [row for code in ("997", "998") for row in rows(folder, f"{prefix}-{code}/{name}")]


def moment(text: str) -> datetime | None:
    return datetime.strptime(text, "%d/%m/%Y %H:%M") if text else None  # noqa: DTZ007 (wall time, as in the files)


def census_day(text: str) -> datetime:
    return datetime.strptime(text[:11], "%Y-%b-%d")  # noqa: DTZ007 (a day, as in the files)


def span(row: Row) -> tuple[datetime, datetime]:
    start = moment(row["Last Seen"]) or moment(row["Reported"])
    end = moment(row["Located"]) or moment(row["Returned"]) or FAR
    assert start is not None
    return start, end


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def planted_children(truth: dict[str, Any]) -> list[dict[str, Any]]:
    decoys = truth["decoys"]
    return [
        *(child for group in (*truth["networks"], *truth["sets"]) for child in group["children"]),
        *decoys["big_home"]["children"],
        *decoys["frequent_but_independent"],
        *(child for pair in decoys["twins"] for child in pair.values()),
        *truth["cases"],
    ]
