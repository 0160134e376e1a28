"""A graph to reconcile: five years of episodes that the police and a council both recorded, or one of them alone.

Every other child is looked after: the council has most of the police's episodes of theirs, by the day, some of them
with another end, and some beside. Interviews follow some of them. It is made of the project's own Records, the same
ones in every run.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from missingnet.graph.records import LinkFact, Mention, Provenance, Record, VisibilityClass
from missingnet.graph.times import start_of_day, utc_to_london
from tests.bench.graph import AS_AT, EXTRACT, child_key, home_key

EPISODES = 20_000
YEARS = 5
BEGAN = AS_AT - timedelta(days=YEARS * 365)
_POLICE, _COUNCIL = VisibilityClass("99", ("997",)), VisibilityClass("997", ("997",))
_INTERVIEW = VisibilityClass("997", ("997",), ("interviews",))


@dataclass
class Reconciled:
    """About so many episodes' records, in the order that files would bring them."""

    episodes: int = int(os.environ.get("MISSINGNET_BENCH_EPISODES", EPISODES))

    @property
    def children(self) -> int:
        return self.episodes // 8

    @property
    def name(self) -> str:
        return f"reconciled-{self.episodes}"

    def records(self) -> Iterator[Record]:
        """Who the children are, where they are placed, and every agency's word of each time that they were away."""
        chance = random.Random(7)
        for child in range(self.children):
            born = date(2009, 1, 1) + timedelta(days=child % 2500)
            facts = {"given": f"Given{child}", "family": f"Family{child % 997}", "born": born}
            yield self._record("Description", f"D{child}", child, facts, "council_header", _COUNCIL, None, None)
            if child % 2 == 0:
                yield self._placed(child)
        told = 0
        while told < self.episodes:
            child = chance.randrange(self.children) if chance.random() < 0.5 else chance.randrange(self.children // 20)
            began = BEGAN + timedelta(minutes=chance.randrange(YEARS * 365 * 24 * 60))
            over = min(began + timedelta(minutes=30 + int(chance.expovariate(1 / 700))), AS_AT)
            both = child % 2 == 0 and chance.random() < 0.9
            if not both or chance.random() < 0.97:
                yield self._missing(f"P{told}", child, began, over)
                told += 1
            if both:
                late = timedelta(days=chance.choice((0, 0, 0, 0, 0, 0, 0, 0, 0, 1)))
                yield self._missing(f"C{told}", child, *(_day(at) for at in (began, over + late)), by_day=True)
                told += 1
            if chance.random() < 0.2:
                facts = {"outcome": "held", "returned": over, "held": over + timedelta(days=2)}
                yield self._record(
                    "ReturnInterview", f"I{told}", child, facts, "return_interviews", _INTERVIEW, over, over
                )

    def _missing(self, key: str, child: int, began: datetime, over: datetime, *, by_day: bool = False) -> Record:
        facts = {"kind": "missing", "started": began, "ended": over, "precision": "day" if by_day else "minute"}
        if by_day:
            return self._record("Episode", key, child, facts, "ssda903_missing", _COUNCIL, began, over)
        facts |= {"reported": began + timedelta(minutes=50), "located": over, "returned": over, "risk": "medium"}
        return self._record("Episode", key, child, facts, "police_missing", _POLICE, began, over)

    def _placed(self, child: int) -> Record:
        facts = {"started": BEGAN.date(), "place_code": "K2"}
        home = {"home": home_key(f"home-{child % 200}")}
        links = (LinkFact("PLACED_IN", "record", "home"),)
        return self._record(
            "Placement", f"H{child}", child, facts, "ssda903_episodes", _COUNCIL, BEGAN, None, home, links
        )

    def _record(
        self,
        label: str,
        key: str,
        child: int,
        facts: dict[str, object],
        source: str,
        access: VisibilityClass,
        first: datetime | None,
        last: datetime | None,
        more: dict[str, str] | None = None,
        links: tuple[LinkFact, ...] = (),
    ) -> Record:
        mentions = {"whom": Mention("Child", (child_key(child),))}
        own = LinkFact("DESCRIBED_BY" if label == "Description" else "HAD", "whom", "record")
        return Record(
            source=source,
            agency=access.owner,
            key=key,
            label=label,
            facts=facts,  # type: ignore[arg-type]
            mentions=mentions | {slot: Mention("Home", (name,)) for slot, name in (more or {}).items()},
            links=(own, *links),
            access=access,
            extract=EXTRACT,
            provenance=Provenance("bench.csv", "0" * 64, 1),
            raw={"Ref": key},
            observed_from=first,
            observed_to=last,
        )


def _day(at: datetime) -> datetime:
    return start_of_day(utc_to_london(at).date())
