"""Places as records write them: free text taken apart into premises and postcode, made ready to be compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from missingnet.graph.names import normalise
from missingnet.ingest.linkage.tabled import table

if TYPE_CHECKING:
    import duckdb

_POSTCODE: Final = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)
_PART: Final = re.compile(r"\b(?:flat|unit|room|apartment|apt)\s+(\w+)\b")
_NUMBERED: Final = re.compile(r"^(?:.*\s)?(\d+[a-z]?)\s+([a-z].*)$")
_SHORT: Final = {
    "rd": "road",
    "st": "street",
    "ave": "avenue",
    "av": "avenue",
    "ln": "lane",
    "cl": "close",
    "dr": "drive",
    "cres": "crescent",
    "pl": "place",
    "sq": "square",
    "ct": "court",
    "gdns": "gardens",
    "terr": "terrace",
}
_STREETS: Final = frozenset(_SHORT.values()) | {
    "way", "parade", "hill", "walk", "row", "grove", "mews", "green", "park", "rise", "view", "yard", "wharf", "quay",
}  # fmt: skip
_WHERE: Final = re.compile(r"\b(?:on|in|at|off|by|near)\b")


@dataclass(frozen=True, slots=True)
class Premises:
    """An address in its parts; None where it does not say. ``postcode`` is written without a space."""

    number: str | None
    part: str | None
    street: str | None
    postcode: str | None


def premises_in(text: str) -> Premises:
    """The premises that a free text names: '87a Gorsel St, Ostermere NN8 3UG' or 'the shop on Station Road'.

    What looks like no part of an address is left; a number counts only in front of a street.
    """
    found = _POSTCODE.search(text)
    code = (found[1] + found[2]).upper() if found else None
    rest = _POSTCODE.sub(" ", text)
    number = part = street = None
    for piece in (normalise(piece) for piece in rest.split(",")):
        if part is None and (flat := _PART.search(piece)):
            part, piece = flat[1], (piece[: flat.start()] + piece[flat.end() :]).strip()
        words = [_SHORT.get(word, word) if place else word for place, word in enumerate(piece.split())]
        ends = [place for place, word in enumerate(words) if place and word in _STREETS]
        if street is None and ends:
            said = " ".join(words[: ends[-1] + 1])
            if numbered := _NUMBERED.match(said):
                number, street = numbered[1], numbered[2]
            else:
                street = _WHERE.split(said)[-1].strip().removeprefix("the ") or None
        elif number is None and re.fullmatch(r"\d+[a-z]?", piece):
            number = piece
    return Premises(number, part, street, code)


@dataclass(frozen=True, slots=True)
class PlaceDescribed:
    """One spelling of one place. ``thing`` is what it stands for already; ``registers`` are those that number it."""

    id: str
    thing: str
    name: str | None = None
    address: str | None = None
    postcode: str | None = None
    registers: tuple[str, ...] = ()


def prepare(con: duckdb.DuckDBPyConnection, places: Sequence[PlaceDescribed]) -> None:
    """Make the table ``prepared`` that the model ``places`` reads."""
    found = [premises_in(place.address or "") for place in places]
    codes = [
        re.sub(r"[^A-Z0-9]", "", (place.postcode or "").upper()) or premises.postcode
        for place, premises in zip(places, found, strict=True)
    ]
    columns: dict[str, Sequence[Any]] = {
        "id": [place.id for place in places],
        "thing": [place.thing for place in places],
        "name": [normalise(place.name or "").removeprefix("the ") or None for place in places],
        "number": [premises.number for premises in found],
        "part": [premises.part for premises in found],
        "street": [premises.street for premises in found],
        "postcode": codes,
        "sector": [code[:-2] if code and _POSTCODE.fullmatch(code) else None for code in codes],
        "registers": [place.registers for place in places],
    }
    table(con, "prepared", columns, {"registers": "texts"})
