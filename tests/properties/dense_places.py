"""Where places stand and what they are, for the dense examples."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from missingnet.graph.records import Fact, LinkFact, Record
from tests.properties.example import AS_AT

if TYPE_CHECKING:
    from tests.properties.dense import Dense


def standing(postcode: str, unit: str) -> dict[str, Fact]:
    """A point, and a kind, as the postcode and the unit say: what they say leaves the chance of all else as it was."""
    if (postcode, unit) == ("B2 4QA", "L2"):
        return {}
    point: dict[str, Fact] = {"latitude": 52.4806, "longitude": -1.8987 if unit == "L1" else -1.8861}
    return point if postcode == "B1 1AA" else {**point, "kind": "Hospital"}


def placed_long_ago(dense: Dense) -> Record:
    """A placement somewhere that is no children's home, and that ended before any other began."""
    day = (AS_AT - timedelta(days=500)).date()
    facts: dict[str, Fact] = {"started": day, "ended": day + timedelta(days=10)}
    facts |= {"place_code": "U1", "legal_status": "C2"}
    ends = {"child": dense.child(), "home": dense.any("Place")}
    links = (LinkFact("HAD", "child", "record"), LinkFact("PLACED_IN", "record", "home"))
    return dense.record("Placement", facts, ends, links, AS_AT - timedelta(days=500))
