"""When a child goes missing, for how long, and where found: the rates of DOMAIN §5.

Persistence, length and distance follow Streetwise's bands (Oct 2014–Mar 2015). Between two episodes of one child lie at
least two hours; none begins on the days beside an edge of the last three months or on the last day, so that an expected
answer to MASE-3-IN-3M does not hang on how an edge is read.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log
from random import Random

from missingnet.ingest.example.care import Placement, placement_on
from missingnet.ingest.example.moments import DAY, HOUR, real
from missingnet.ingest.example.people import Child
from missingnet.ingest.example.place import HOSPITAL, POLICE_STATION, Spot, hub, place_near, unit_of

PERSISTENCE = ((0.52, 1, 2), (0.66, 3, 5), (0.755, 6, 8), (0.88, 9, 19), (1.0, 20, 38))
LENGTHS = ((0.30, 1, 8), (0.51, 8, 16), (0.67, 16, 24), (0.838, 24, 48), (0.968, 48, 168), (1.0, 168, 480))
_DISTANCE_CUTS = (0.59, 0.81, 0.876, 0.896, 0.907, 0.927)
_DISTANCES = ("0-5", "6-10", "10-20", "21-40", "41-80", "80+")
_HOURS = (0, 0, 1, 2, 7, 8, 9, 10, 11, 12, 13, 14, 15, 15, 16, 16, 16, 17, 17, 17, 18, 18, 18, 18, 19, 19, 19, 19, 20,
          20, 20, 20, 21, 21, 21, 21, 22, 22, 22, 23, 23)  # fmt: skip
_GAP_DAYS = ((2, 70.0), (5, 26.0), (8, 17.0), (19, 10.0), (10**9, 6.0))
_FOUND_BY = ("Police", "Police", "Police", "Returned of own accord", "Returned of own accord", "Family", "Staff",
             "Member of the public")  # fmt: skip


@dataclass(slots=True)
class Named:
    """Whom and what a return interview names; texts as the provider's file holds them."""

    children: list[str] = field(default_factory=list)
    adults: list[str] = field(default_factory=list)
    slept: Spot | None = None
    vehicle: str = ""
    phone: str = ""
    handle: str = ""


@dataclass(slots=True)
class Episode:
    """One period missing, in minutes of wall time; 'ended' None while open.

    The police's report of it, once written: its reference, from when until when by what it tells, and its grades.
    """

    started: int
    ended: int | None
    found: Spot | None
    found_by: str = ""
    companions: list[str] = field(default_factory=list)
    named: Named | None = None
    planted: bool = False
    reference: str = ""
    seen: int = 0
    over: int | None = None
    grades: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Start:
    """Where an episode began: where the child then lived; 'urn' only in a children's home."""

    where: str
    spot: Spot
    urn: str


@dataclass(frozen=True, slots=True)
class Period:
    """The period of the invented files, in days: from 'first' up to and without 'until'; 'edge' begins its last three
    months."""

    first: int
    edge: int
    until: int


def how_many(random: Random) -> int:
    """Missing episodes of one child who goes missing, by the persistence bands."""
    draw = random.random()
    low, high = next((low, high) for upper, low, high in PERSISTENCE if draw < upper or upper == 1.0)
    shape = random.random()
    return low + int((high - low + 1) * (shape * shape if high > 19 else shape))


def how_long(random: Random) -> int:
    """Minutes of one episode, by the length bands."""
    draw = random.random()
    low, high = next((low, high) for upper, low, high in LENGTHS if draw < upper or upper == 1.0)
    shape = random.random()
    return int((low + (high - low) * (shape * shape if high > 100 else shape)) * HOUR)


def clear_of_edges(start: int, period: Period) -> int:
    """The start, two days later where it lies on a day beside the edge of the last three months."""
    return start + 2 * DAY if period.edge - 1 <= start // DAY <= period.edge else start


def starts_and_ends(random: Random, count: int, period: Period, taken: Sequence[Episode]) -> list[tuple[int, int]]:
    """Start and end of each of a child's episodes in order; those that would meet a taken one are left out."""
    lengths = [how_long(random) for _ in range(count)]
    mean = next(days for upper, days in _GAP_DAYS if count <= upper) * DAY
    gaps = [120 - mean * log(1.0 - random.random()) for _ in range(count)]
    room = (period.until - period.first - 3) * DAY
    span, idle = sum(lengths) + sum(gaps), sum(gaps)
    if span > room * 0.97:
        factor = max(0.02, (room * 0.97 - sum(lengths)) / idle)
        gaps = [gap * factor for gap in gaps]
        span = sum(lengths) + sum(gaps)
    cursor = period.first * DAY + int(random.random() * max(0.0, room - span))
    out: list[tuple[int, int]] = []
    for length, gap in zip(lengths, gaps, strict=True):
        wanted = cursor + int(gap)
        start = wanted // DAY * DAY + _HOURS[int(random.random() * len(_HOURS))] * HOUR + int(random.random() * HOUR)
        if start < cursor + 120:
            start = wanted + 120
        start = real(clear_of_edges(start, period))
        if start >= (period.until - 1) * DAY:
            break
        cursor = start + length
        clash = any(start < other.started + 40 * DAY and _meet(start, cursor, other) for other in taken)
        if not clash:
            out.append((start, cursor))
    return out


def _meet(start: int, end: int, other: Episode) -> bool:
    other_end = other.ended if other.ended is not None else 10**12
    return start < other_end + 180 and other.started < end + 180


def found_place(random: Random, home: Spot, laps: int) -> Spot | None:
    """Where a child was found, by the distance bands; None where it was not recorded."""
    draw = random.random
    band_draw = draw()
    if band_draw >= _DISTANCE_CUTS[-1]:
        return None
    band = _DISTANCES[bisect(_DISTANCE_CUTS, band_draw)]
    chance = draw()
    near = home.postcode.zone
    if band == "0-5" and chance < 0.13:
        return home
    if ((near == "A" and band == "0-5") or (near == "B" and band == "6-10")) and chance < 0.33:
        return hub(HOSPITAL if chance < 0.23 else POLICE_STATION)
    return place_near(home.postcode, band, draw(), laps)


def start_of(child: Child, held: list[Placement], day: int) -> Start:
    """Where the child lived on that day: a placement while looked after, else the family home."""
    placement = placement_on(held, day)
    if placement is None:
        return Start(
            "Home", Spot(child.home_uprn, "", "Home address", child.address, child.home, unit_of(child.home)), ""
        )
    return Start("Care", placement.spot, placement.urn)


def missing_episodes(
    random: Random, child: Child, held: list[Placement], count: int, period: Period, laps: int, taken: Sequence[Episode]
) -> list[Episode]:
    """The child's missing episodes in order, those planned beforehand among them; the last may be open."""
    out = list(taken)
    for start, end in starts_and_ends(random, count, period, taken):
        home = start_of(child, held, start // DAY).spot
        found = found_place(random, home, laps)
        by = _FOUND_BY[int(random.random() * len(_FOUND_BY))]
        if end >= period.until * DAY - 3 * HOUR:
            out.append(Episode(start, None, None))
        else:
            out.append(Episode(start, real(end), found, by if found is not None else "Returned of own accord"))
    out.sort(key=lambda episode: episode.started)
    return out
