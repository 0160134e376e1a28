"""Which things may be one, by what one reader sees of them.

Suggestions are worked out from the answers to named questions and from nothing else, so that a reader is never shown
one that rests on a record withheld from them (law 'Withheld is never loaded').
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final, Literal

from missingnet.graph.answers.things_around import ThingAround
from missingnet.graph.answers.things_described import ThingDescribed
from missingnet.graph.names import compact
from missingnet.ingest.linkage import markings, people, places
from missingnet.ingest.linkage.engine import workshop
from missingnet.ingest.linkage.matching import Suggestion, score, suggestions
from missingnet.ingest.linkage.model import model
from missingnet.ingest.linkage.sayings import COMPANY, Sayings

if TYPE_CHECKING:
    import duckdb

Kind = Literal["people", "places", "vehicles", "phones"]
#: What is compared with what: the kinds of thing in each.
KINDS: Final[Mapping[Kind, tuple[str, ...]]] = {
    "people": ("Child", "Associate"),
    "places": ("Place", "Home"),
    "vehicles": ("Vehicle",),
    "phones": ("Phone",),
}
_MODELS: Final[Mapping[Kind, str]] = {
    "people": "people", "places": "places", "vehicles": "markings", "phones": "markings",
}  # fmt: skip


class Seen:
    """Takes answers part by part, in any order; keeps of them only what is compared."""

    def __init__(self, kind: Kind) -> None:
        """Nothing is seen yet."""
        self.kind: Final = kind
        self._said = Sayings()
        self._registers: dict[str, set[str]] = defaultdict(set)
        self._spelt: dict[tuple[str, str | None, str | None, str | None], set[str]] = defaultdict(set)
        self._marks: dict[str, str] = {}
        self._named: dict[str, set[str]] = defaultdict(set)

    @property
    def described(self) -> int:
        """How many things are described."""
        return len(self._registers)

    def called(self, rows: Iterable[ThingDescribed]) -> None:
        """Take what things are called. An identifier is 'scheme value'; the scheme is the register it numbers in."""
        for row in rows:
            numbers = {scheme: value for scheme, _, value in (one.rpartition(" ") for one in row.identifiers) if scheme}
            self._registers[row.thing_id] |= numbers.keys()
            if self.kind == "people":
                self._said.called(
                    row.thing_id, row.given, row.family, row.name, row.aliases, row.born, row.sex, row.postcode
                )
            elif self.kind == "places":
                if row.name or row.address:
                    self._spelt[(row.thing_id, row.name, row.address, row.postcode)] |= numbers.keys()
            elif mark := numbers.get("vrm") or numbers.get("phone"):
                self._marks[row.thing_id] = compact(mark) if "vrm" in numbers else mark

    def around(self, rows: Iterable[ThingAround]) -> None:
        """Take where people live and learn, whose brothers and sisters they are, and which records name them."""
        for row in rows:
            if row.record is not None:
                self._named[row.record].add(row.thing_id)
            elif row.other_id is not None:
                self._said.at(row.thing_id, _WAYS[row.way], row.other_id)

    def suggestions(self) -> list[Suggestion]:
        """The pairs that a person should look at, the likeliest first; those held back by a guard are left out."""
        with workshop() as con:
            self._prepare(con)
            fitted = score(con, "prepared", model(_MODELS[self.kind]), model(_MODELS[self.kind]).suggest_at)
            return [pair for pair in suggestions(con, fitted) if pair.held is None]

    def _prepare(self, con: duckdb.DuckDBPyConnection) -> None:
        if self.kind == "people":
            for named in self._named.values():
                self._said.together(named)
            people.say(con, list(self._said.people({one: [one] for one in self._registers}, self._registers)))
            people.prepare(con)
        elif self.kind == "places":
            ordered = sorted(self._spelt, key=lambda one: tuple(part or "" for part in one))
            places.prepare(
                con,
                [
                    places.PlaceDescribed(
                        f"{thing}/{number}", thing, name, address, postcode,
                        tuple(sorted(self._spelt[(thing, name, address, postcode)])),
                    )
                    for number, (thing, name, address, postcode) in enumerate(ordered)
                ],
            )  # fmt: skip
        else:
            beside: dict[str, set[str]] = defaultdict(set)
            for named in self._named.values():
                if 1 < len(named) <= COMPANY:
                    for thing in named:
                        beside[thing] |= named - {thing}
            marked = [markings.Marked(one, self._marks[one], tuple(sorted(beside[one]))) for one in sorted(self._marks)]
            markings.prepare(con, "Vehicle" if self.kind == "vehicles" else "Phone", marked)


_WAYS: Final[Mapping[str, Literal["premises", "schools", "kin"]]] = {
    "lives at": "premises",
    "learns at": "schools",
    "brother or sister of": "kin",
}
