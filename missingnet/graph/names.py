"""Search keys: names by sound, references and postcodes as they are, so that no raw text stands in an index.

Written when a description is stored and made again from what a person types; ranking is done on the words
themselves, by the rule that asks (DESIGN §6).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

import jellyfish

_POSTCODE: Final = re.compile(r"^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$")


def normalise(text: str) -> str:
    """Lower case, accents folded, apostrophes dropped, other marks as spaces: "Zoë O'Neil-Day" is 'zoe oneil day'."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"['’`]", "", plain)
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())


def sounds(name: str) -> set[str]:
    """A key for each word of a name by its sound; a word with no sound (a number) by its letters."""
    keys = set()
    for word in normalise(name).split():
        keys.add("sound:" + (jellyfish.metaphone(word) or word))
    return keys


def compact(text: str) -> str:
    """A reference or postcode without spaces and marks, in capitals."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def keys_of(entries: Iterable[str]) -> frozenset[str]:
    """The search keys of a record's entries ``name:…``, ``alias:…``, ``ref:…`` and ``postcode:…``."""
    keys: set[str] = set()
    for entry in entries:
        kind, _, value = entry.partition(":")
        if kind in ("name", "alias"):
            keys |= sounds(value)
        elif compact(value):
            keys.add(f"{kind}:{compact(value)}")
    return frozenset(keys)


def keys_typed(text: str) -> frozenset[str]:
    """The search keys of what a person typed: as names, as a whole and word by word as a reference, as a postcode."""
    keys = set(sounds(text))
    for part in (text, *text.split()):
        short = compact(part)
        if short:
            keys.add(f"ref:{short}")
        if _POSTCODE.match(short):
            keys.add(f"postcode:{short}")
    return frozenset(keys)
