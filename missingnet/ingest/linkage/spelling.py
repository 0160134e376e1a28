"""What two spellings of one name or date have in common, worked out once for each spelling and not for each pair."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import jellyfish

from missingnet.graph.names import normalise

if TYPE_CHECKING:
    from nicknames import NickNamer

#: 'de', 'al' and 'ap' stand in many surnames and are no part in common.
_SHORT: Final = 2
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})(?:[ T].*)?")
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[ T].*)?")
_MONTH_NAMED: Final = re.compile(r"(\d{4}|\d{1,2})[- /]([A-Za-z]{3})[a-z]*[- /](\d{4}|\d{1,2})(?:[ T].*)?")
_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way of writing a forename or surname. ``forms`` are the names it may be short for, itself among them."""

    name: str | None
    words: list[str] | None
    forms: list[str] | None
    sound: str | None
    listed: bool


def spelling(text: str) -> Spelling:
    """A name in small letters without accents and marks, and what stands for it in comparisons; none if no letters."""
    name = normalise(text)
    if not re.search(r"[a-z]", name):
        return Spelling(None, None, None, None, False)
    words = name.split()
    telling = sorted({word for word in words if len(word) > _SHORT}) or sorted(set(words))
    short_for = {form for word in words for form in (word, *_nicknames().canonicals_of(word))}
    listed = bool(_nicknames().nicknames_of(name) or _nicknames().canonicals_of(name))
    sound = " ".join(jellyfish.metaphone(word) or word for word in words)
    return Spelling(name, telling, sorted(short_for), sound, listed)


@cache
def _nicknames() -> NickNamer:
    from nicknames import NickNamer

    return NickNamer()


def spellings(texts: Iterable[str]) -> dict[str, list[object]]:
    """The columns of a table of spellings, one row for each text."""
    known = {text: spelling(text) for text in texts}
    return {
        "text": list(known),
        **{part: [getattr(found, part) for found in known.values()] for part in Spelling.__slots__},
    }


def day_written(text: str) -> str | None:
    """A date as YYYY-MM-DD, day before month where both are numbers; a day that does not exist is kept as it came.

    A birthday mistyped as 30 February still agrees with the true one in all but a digit. None: no date at all.
    """
    text = text.strip()
    if found := _YEAR_FIRST.fullmatch(text):
        return "-".join(found.groups())
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
        return f"{year}-{month:0>2}-{day:0>2}"
    if found := _MONTH_NAMED.fullmatch(text):
        one, name, other = found.groups()
        year, day = (one, other) if len(one) == 4 else (other, one)
        if (number := _MONTHS.get(name.lower())) and len(year) == 4:
            return f"{year}-{number:02d}-{day:0>2}"
    return None


def days(texts: Iterable[str]) -> dict[str, list[object]]:
    """The columns of a table of dates, with day and month exchanged beside them; not where both are one number.

    ``number`` counts days as if every month had 31, so that days which do not exist have their place as well.
    """
    known = {text: written for text in texts if (written := day_written(text))}
    crosswise = [f"{w[:5]}{w[8:]}-{w[5:7]}" if w[8:] != w[5:7] else None for w in known.values()]
    numbers = [int(w[:4]) * 372 + int(w[5:7]) * 31 + int(w[8:]) for w in known.values()]
    return {"text": [*known], "day": [*known.values()], "exchanged": [*crosswise], "number": [*numbers]}
