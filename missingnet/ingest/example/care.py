"""A looked after child's placements, as the SSDA903 episodes table holds them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from missingnet.ingest.example.establishments import Home, home
from missingnet.ingest.example.moments import day_text
from missingnet.ingest.example.people import Child
from missingnet.ingest.example.place import Postcode, Spot, street, unit_of, uprn, zone

_AWAY = ("10-20", "21-40", "41-80", "80+")
_FOSTER = ("U1", "U3", "U6", "U6", "U6", "U6")
_LEGAL = ("C2", "C2", "C2", "C1", "V2", "V2", "V2", "E1")
_MOVES = (1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 6)
_REASONS = ("CARPL", "CLOSE", "CHILD", "PLANN", "PLANN", "REQCA", "STAND", "OTHER")


@dataclass(frozen=True, slots=True)
class Placement:
    """One placement; days are proleptic ordinals, 'ended' None while it lasts; 'home' only in a children's home."""

    started: int
    ended: int | None
    place_code: str
    provider: str
    legal: str
    home: Home | None
    spot: Spot
    urn: str
    reason: str


def _spot(child: Child, order: int, where: Postcode) -> Spot:
    """A carer's address; the force knows it as a private address."""
    return Spot(
        uprn(5, child.number * 8 + order), "", "Private address", street(where, 10 + order * 7), where, unit_of(where)
    )


def in_home(started: int, ended: int | None, number: int, legal: str, reason: str) -> Placement:
    """A placement in the children's home of that number."""
    where = home(number)
    return Placement(
        started, ended, "K2", where.placement_provider, legal, where, where.spot, where.urn, reason
    )  # fmt: skip


def placements(
    random: Random, child: Child, first: int, until: int, homes: int, goes: bool, settled: int | None
) -> list[Placement]:
    """The child's placements from some day before or in the period; 'settled' puts all of it in one children's home.

    A child who 'goes' missing is mostly looked after from before the period, and in a children's home more often: two
    in three of Streetwise's children were missing from care.
    """
    draw = random.random
    legal = _LEGAL[int(draw() * len(_LEGAL))]
    if settled is not None:
        return [in_home(first - 30 - int(draw() * 400), None, settled, legal, "")]
    length = until - first
    started = first - 500 + int(draw() * (500 if goes and draw() < 0.8 else 500 + length - 60))
    finished = until if draw() < (0.9 if goes else 0.72) else min(until, started + 60 + int(draw() * 700))
    moves = _MOVES[int(draw() * len(_MOVES))]
    moves = max(1, min(moves, (finished - started) // 21))
    cuts = sorted({started + 14 + int(draw() * max(1, finished - started - 20)) for _ in range(moves - 1)})
    starts = [started, *cuts]
    ends = [*cuts, None if finished >= until else finished]
    out: list[Placement] = []
    for order, (begin, end) in enumerate(zip(starts, ends, strict=True)):
        reason = _REASONS[int(draw() * len(_REASONS))] if order < len(starts) - 1 else ""
        kind = draw()
        away = draw() < 0.12
        if kind < (0.4 if goes else 0.2):
            out.append(in_home(begin, end, 1 + int(draw() * (homes - 1)), legal, reason))
            continue
        home_zone = "A" if child.authority == "997" else "B"
        where_zone = _AWAY[int(draw() * 4)] if away else (home_zone if draw() < 0.85 else ("A", "B")[home_zone == "A"])
        spots = zone(where_zone)
        where = spots[int(draw() * len(spots))]
        if kind < 0.9:
            code, provider = _FOSTER[int(draw() * len(_FOSTER))], "PR1" if draw() < 0.6 else "PR4"
        elif child.born < begin - 5844:
            code, provider = "K3", "PR4"
        else:
            code, provider, where = "P1", "PR0", child.home
        out.append(Placement(begin, end, code, provider, legal, None, _spot(child, order, where), "", reason))
    return out


def placement_on(held: list[Placement], day: int) -> Placement | None:
    """The placement open on that day, if any."""
    for placement in reversed(held):
        if placement.started <= day and (placement.ended is None or day < placement.ended):
            return placement
    return None


def episode_rows(child: Child, held: list[Placement]) -> list[list[str]]:
    """The rows of the SSDA903 episodes table (columns as in writers.SSDA903_EPISODES)."""
    rows = []
    for order, placement in enumerate(held):
        last = order == len(held) - 1
        ended = day_text(placement.ended) if placement.ended is not None else ""
        reason_ended = "" if not ended else ("E4A" if last else "X1")
        rows.append(
            [
                child.council,
                day_text(placement.started),
                "P" if order else "S",
                placement.legal,
                "N1",
                placement.place_code,
                placement.provider,
                ended,
                reason_ended,
                placement.reason,
                child.home.text,
                placement.spot.postcode.text,
                placement.urn,
            ]
        )
    return rows
