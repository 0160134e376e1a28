"""Text for a spreadsheet: a cell that would be taken for a formula stays the text that it is (SECURITY I6)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

#: What a spreadsheet takes for a formula where a cell begins with it, also in full width and after spaces.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def safe(text: str) -> str:
    """The text, with an apostrophe before one that could be taken for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


def csv_text(rows: Iterable[Sequence[str | int | float | None]]) -> str:
    """Rows as a file of comma-separated values; numbers stay numbers, and what is None is empty."""
    out = io.StringIO()
    table = csv.writer(out)
    for row in rows:
        table.writerow(["" if cell is None else safe(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()
