"""How an answer says its facts in words."""

from __future__ import annotations

from datetime import date


def many(number: int, one: str, several: str | None = None) -> str:
    """The number with its word: '1 episode', '3 episodes'."""
    return f"{number} {one if number == 1 else several or f'{one}s'}"


def day_words(day: date) -> str:
    """A day as people write it: '14 September 2026'."""
    return f"{day.day} {day:%B %Y}"


def hours_words(hours: float) -> str:
    """The hours of an open clock in words: '5 hours left', '1 day 2 hours over', 'under an hour left'."""
    whole, over = divmod(int(abs(hours)), 24), hours < 0
    parts = [f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in zip(whole, ("day", "hour"), strict=True) if n]
    return f"{' '.join(parts) or 'under an hour'} {'over' if over else 'left'}"
