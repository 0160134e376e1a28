"""How an answer says its facts in words."""

from __future__ import annotations


def many(number: int, one: str, several: str | None = None) -> str:
    """The number with its word: '1 episode', '3 episodes'."""
    return f"{number} {one if number == 1 else several or f'{one}s'}"
