"""One example's records, as a reader who is cleared for some of them has them, and as if the rest were never loaded."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from missingnet.graph.keyed import Keyed
from missingnet.graph.records import Record, VisibilityClass

SECRET = b"dense" * 8
KEYED = Keyed(SECRET)
COMPARTMENTS = ("cse", "interviews", "intelligence")
AS_AT = datetime(2026, 11, 1)
#: A compartment whose records join nothing.
SEALED = "trafficking"
EXTRACTS = (date(2026, 10, 1), date(2026, 11, 1))


@dataclass(frozen=True)
class Example:
    """One example's records, whose things are its own and nobody else's."""

    number: str
    records: tuple[Record, ...]
    cleared: frozenset[str]

    @property
    def seen(self) -> tuple[Record, ...]:
        """The records that the reader may see, told without the program's own access rules."""
        return tuple(r for r in self.records if set(r.access.compartments) <= self.cleared)

    @cached_property
    def _copies(self) -> dict[str, str]:
        """The id of each record's copy."""
        return {KEYED("record", r.name): KEYED("record", _copy(r).name) for r in self.records}

    @cached_property
    def things(self) -> dict[str, list[str]]:
        """The things by kind, as they stand after every identifier has been folded."""
        found: dict[str, set[str]] = {}
        for label, keys in {(r.mentions[slot].label, r.keys_of(slot)) for r in self.records for slot in r.mentions}:
            found.setdefault(label, set()).add(self.thing(keys))
        return {label: sorted(ids) for label, ids in found.items()}

    def thing(self, keys: tuple[str, ...]) -> str:
        """The id of what is known by these keys: of a child's two identifiers, when some record that is not sealed
        states the two together, the smaller."""
        return KEYED("thing", min(next((both for both in self._stated if set(both) > set(keys)), keys)))

    @cached_property
    def _stated(self) -> tuple[tuple[str, ...], ...]:
        """Identifiers that one record states together, each pair once, in the order of the records."""
        told = (r.keys_of(slot) for r in self.records if SEALED not in r.access.compartments for slot in r.mentions)
        return tuple(dict.fromkeys(keys for keys in told if len(keys) > 1))

    def copied(self, record: Record) -> Record:
        """The same record in the graph where what the reader may not see was never loaded."""
        made = _copy(record)
        if "rested_on" not in record.facts:
            return made
        copies = self._copies
        own = record.facts["rested_on"]
        assert isinstance(own, tuple)
        return replace(made, facts={**made.facts, "rested_on": tuple(sorted(copies[one] for one in own))})


def _copy(record: Record) -> Record:
    sealed = tuple(name for name in record.access.compartments if name == SEALED)
    named = {name: f"{value}~copy" for name, value in record.facts.items() if name == "episode_reference"}
    return replace(
        record,
        key=f"{record.key}~copy",
        facts={**record.facts, **named},
        access=VisibilityClass(f"{record.access.owner}-copy", (), sealed),
    )
