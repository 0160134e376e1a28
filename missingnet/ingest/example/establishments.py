"""Invented schools and children's homes, each a pure function of its number.

School numbers alternate between the authorities; of each eight, two are primary schools. Homes have two to six beds,
save home 0, which has sixteen and is innocent: the decoy of decoys.py. One home in eight lies outside both authorities.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from missingnet.ingest.example.place import (
    AUTHORITIES,
    AUTHORITY_NAMES,
    STREET_FIRST,
    Postcode,
    Spot,
    street,
    unit_of,
    uprn,
    zone,
)

BIG_HOME = 0
BIG_HOME_BEDS = 16
_SAINTS = ("St Ebba à Becket", "St Quillan", "St Orsel", "St Tallis", "St Wrenfrith")
_HOUSES = ("Larch", "Rowan", "Hazel", "Linden", "Willow", "Alder", "Juniper", "Hornbeam", "Elder", "Maple", "Aspen")
_AWAY = ("10-20", "21-40", "41-80", "80+")


@dataclass(frozen=True, slots=True)
class School:
    """A school of the register: 'native' is the census extract's own name for it."""

    number: int
    urn: str
    establishment: str
    native: str
    authority: str
    name: str
    primary: bool
    postcode: Postcode
    street: str
    uprn: str
    pupils: int


@dataclass(frozen=True, slots=True)
class Home:
    """A registered children's home."""

    number: int
    urn: str
    name: str
    beds: int
    provider: str
    sector: str
    placement_provider: str
    spot: Spot


def schools_in_all(children: int) -> int:
    """How many schools the rolls of five times the children need (about 420 pupils a school, at least eight)."""
    return max(8, children * 5 // 420 // 8 * 8)


@lru_cache(maxsize=8192)
def school(number: int) -> School:
    """The school of that number; even numbers are 997's, odd ones 998's; 0, 5, 8, 13 … are primary."""
    authority = AUTHORITIES[number % 2]
    home_zone = zone("A" if authority == "997" else "B")
    postcode = home_zone[(number * 37 + 11) % len(home_zone)]
    primary = number % 8 in (0, 5)
    label = STREET_FIRST[(number * 5 + number // 22) % len(STREET_FIRST)]
    if number % 7 == 2:
        name = f"{_SAINTS[number // 7 % len(_SAINTS)]} Catholic {'Primary School' if primary else 'Academy'}"
    elif primary:
        name = f"{label} Primary School"
    else:
        name = f"{label} {'High School' if number % 3 else 'Academy'}"
    return School(
        number=number,
        urn=str(900_001 + number),
        establishment=str(2000 + number // 2 % 2000 if primary else 4000 + number // 2 % 3000),
        native=f"SCH{number + 1}",
        authority=authority,
        name=name,
        primary=primary,
        postcode=postcode,
        street=street(postcode, 200),
        uprn=uprn(4, number),
        pupils=420,
    )


def school_for(age: int, authority: str, draw: float, count: int) -> School:
    """A school of the authority that takes children of that age (primary to 10, secondary from 11)."""
    wanted = {("997", True): (0,), ("998", True): (5,), ("997", False): (2, 4, 6), ("998", False): (1, 3, 7)}
    residues = wanted[authority, age < 11]
    blocks = count // 8
    index = int(draw * blocks * len(residues))
    return school(index // len(residues) * 8 + residues[index % len(residues)])


def homes_in_all(children: int) -> int:
    """How many children's homes there are: one for every fifty children of concern, at least eight."""
    return max(8, children // 50)


@lru_cache(maxsize=32768)
def home(number: int) -> Home:
    """The children's home of that number; home 0 is the big one, in the first town."""
    if number == BIG_HOME:
        where, label = zone("A"), "Quernstone Hall"
    else:
        away = number % 8 == 7
        where = zone(_AWAY[number // 8 % len(_AWAY)] if away else ("A", "B")[number % 3 == 1])
        label = f"{_HOUSES[number % len(_HOUSES)]} {('House', 'Lodge', 'View')[number // len(_HOUSES) % 3]}"
    postcode = where[(number * 29 + 5) % len(where)]
    private = number % 5 != 0
    return Home(
        number=number,
        urn=str(2_500_001 + number),
        name=label,
        beds=BIG_HOME_BEDS if number == BIG_HOME else 2 + number * 3 % 5,
        provider=f"Mereshire Care {number // 5 + 1} Limited"
        if private
        else f"{AUTHORITY_NAMES[AUTHORITIES[where[0].zone == 'B']]} Council",
        sector="Private" if private else "Local Authority",
        placement_provider="PR4" if private else "PR1",
        spot=Spot(
            uprn(2, number), label, "Children's home", street(postcode, 151 + number % 40), postcode, unit_of(postcode)
        ),
    )
