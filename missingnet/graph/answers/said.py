"""How an answer says its facts in words."""

from __future__ import annotations

from datetime import date


def many(number: int, one: str, several: str | None = None) -> str:
    """The number with its word: '1 episode', '3 episodes'."""
    return f"{number} {one if number == 1 else several or f'{one}s'}"


def day_words(day: date) -> str:
    """A day as people write it: '14 September 2026'."""
    return f"{day.day} {day:%B %Y}"
