"""Two things side by side: what each agency says of them, field by field, and where they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from missingnet.graph.answers.things_described import ThingDescribed
from missingnet.graph.names import compact, normalise

Finding = Literal["same", "in part", "differs", "other registers", "not recorded"]


@dataclass(frozen=True, slots=True)
class Said:
    """One value, as it was given, and whose descriptions give it."""

    value: str | date
    agencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of both. 'in part': they have a value in common, and one of them has another besides.

    'other registers': they have numbers, but none in the same register, so that these cannot be compared.
    """

    field: str
    one: tuple[Said, ...]
    other: tuple[Said, ...]
    finding: Finding


_FIELDS: Final[Mapping[str, str]] = {
    "Name": "name",
    "Aliases": "aliases",
    "Born": "born",
    "Sex": "sex",
    "Address": "address",
    "Postcode": "postcode",
    "Identifiers": "identifiers",
}


def compared(one: Sequence[ThingDescribed], other: Sequence[ThingDescribed]) -> list[Compared]:
    """Every field that either has, in order; equal apart from capitals, accents and spaces is the same."""
    rows = []
    for words, field in _FIELDS.items():
        left, right = _said(one, field), _said(other, field)
        if left or right:
            rows.append(Compared(words, left, right, _finding(field, left, right)))
    return rows


def _said(descriptions: Sequence[ThingDescribed], field: str) -> tuple[Said, ...]:
    whose: dict[str | date, set[str]] = {}
    for description in descriptions:
        value = getattr(description, field)
        for each in value if isinstance(value, tuple) else (value,):
            if each is not None:
                whose.setdefault(each, set()).add(description.agency)
    ordered = sorted(whose, key=lambda value: (-len(whose[value]), str(value)))
    return tuple(Said(value, tuple(sorted(whose[value]))) for value in ordered)


def _finding(field: str, one: Sequence[Said], other: Sequence[Said]) -> Finding:
    left, right = ({_plain(field, said.value) for said in many} for many in (one, other))
    if not left or not right:
        return "not recorded"
    if field == "identifiers":
        registers = [{number.rpartition(" ")[0] for number in numbers} for numbers in (left, right)]
        both = registers[0] & registers[1]
        if not both:
            return "other registers"
        left, right = ({n for n in numbers if n.rpartition(" ")[0] in both} for numbers in (left, right))
    if left == right:
        return "same"
    return "in part" if left & right else "differs"


def _plain(field: str, value: str | date) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if field == "identifiers":
        return value
    return compact(value) if field == "postcode" else normalise(value)
