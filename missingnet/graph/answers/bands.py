"""Bands: numbers put into the ranges by which the field prints them; the ranges stand in the rulebook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def band_of(number: float, bands: Sequence[Any]) -> str:
    """The band that a number falls in: each is named by its first number, and reaches to the one before the next.

    A number below the first band is '0'; the last band has no end: '20+'.
    """
    firsts = [int(first) for first in bands]
    if number < firsts[0]:
        return "0"
    at = max(place for place, first in enumerate(firsts) if number >= first)
    if at == len(firsts) - 1:
        return f"{firsts[at]}+"
    last = firsts[at + 1] - 1
    return f"{firsts[at]}" if last == firsts[at] else f"{firsts[at]}–{last}"
