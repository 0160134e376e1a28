"""A move to another area and what follows it: chance alone seldom puts these one after another."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from missingnet.graph.records import Fact, LinkFact, Record
from missingnet.graph.times import start_of_day
from tests.properties.dense_meetings import HAD

if TYPE_CHECKING:
    from tests.properties.dense import Dense


def moves(dense: Dense, as_at: datetime) -> list[Record]:
    """A child placed out of area after an episode: that area told, a review held, and a later episode not told of."""
    child = {"child": dense.chance.choice(dense.children)}
    home = {"home": dense.thing("Home", "urn-ofsted:2")}
    days = next(days for days in range(40, 90) if days not in dense.begun)
    dense.begun.add(days)
    at = start_of_day((as_at - timedelta(days=days)).date())
    day = at.date()

    def gone(started: datetime) -> Record:
        facts: dict[str, Fact] = {"kind": "missing", "started": started, "ended": started + timedelta(hours=5)}
        facts |= {"reported": started, "precision": "minute", "missing_from": "care"}
        return dense.record("Episode", facts, child, HAD, started)

    placed: dict[str, Fact] = {
        "started": day,
        "ended": None,
        "place_code": "K2",
        "legal_status": "C2",
        "reason_new": "P",
    }
    held: dict[str, Fact] = {"kind": "looked after review", "arranged": day, "held": day + timedelta(days=5)}
    held |= {"meeting_reference": "L1", "outcome": "to stay"}
    told: dict[str, Fact] = {"told": "host authority", "at": at + timedelta(hours=30), "occasion": "missing"}
    area: dict[str, Fact] = {"name": "Oak", "authority": "Ostermere"}
    links = (*HAD, LinkFact("PLACED_IN", "record", "home"))
    return [
        gone(at - timedelta(hours=40)),
        replace(dense.record("Placement", placed, child | home, links, at), agency="997"),
        dense.record("Description", area, home, (LinkFact("DESCRIBED_BY", "home", "record"),), None),
        dense.record("Meeting", held, child, HAD, at),
        dense.record("Notification", told, child, HAD, at + timedelta(hours=30)),
        gone(as_at - timedelta(hours=60)),
    ]
