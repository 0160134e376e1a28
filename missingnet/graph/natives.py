"""A driver's values as Python's own."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

_OWN: Final = frozenset({str, int, float, bool})


def native(value: Any) -> Any:
    """A driver's value as Python's own: its times, also inside lists and maps."""
    if value is None or type(value) in _OWN:  # most values, and an answer may have a hundred thousand
        return value
    if isinstance(value, list):
        return [native(v) for v in value]
    if isinstance(value, dict):
        return {name: native(v) for name, v in value.items()}
    return value.to_native() if hasattr(value, "to_native") else value


def instant(value: Any) -> datetime:
    """A driver's instant as Python's own."""
    found = native(value)
    if not isinstance(found, datetime):
        raise TypeError("the graph gave something other than a time")
    return found


def day(value: Any) -> date:
    """A driver's date as Python's own."""
    found = native(value)
    if not isinstance(found, date):
        raise TypeError("the graph gave something other than a date")
    return found
