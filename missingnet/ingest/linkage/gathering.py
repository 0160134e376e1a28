"""Gathers from records what each says of people, and whom equal strong identifiers make one already (DESIGN §2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from missingnet.graph.identity import fold
from missingnet.graph.keyed import Keyed
from missingnet.graph.planning import Trial
from missingnet.graph.records import Outcome, Record
from missingnet.graph.terms import PEOPLE
from missingnet.ingest.linkage.people import Described
from missingnet.ingest.linkage.sayings import Sayings


class Gathering:
    """Takes records in any order, as a store does; keeps of them only what is compared."""

    def __init__(self, keyed: Keyed) -> None:
        """Nothing is gathered yet. ``keyed`` makes the ids of people, as in the graph."""
        self._keyed = keyed
        self._labels: dict[str, str] = {}
        self._joins: set[tuple[str, str]] = set()
        self._said = Sayings()

    async def put(self, records: Sequence[Record], operation: str, *, trial: Trial | None = None) -> list[Outcome]:
        """Take a batch, as loading hands it to a store."""
        for record in records:
            self.add(record)
        return ["loaded"] * len(records)

    def add(self, record: Record) -> None:
        """Take what one record says."""
        first: dict[str, str] = {}
        for slot, mention in record.mentions.items():
            keys = record.keys_of(slot)
            first[slot] = keys[0]
            if mention.label in PEOPLE:
                for key in keys:
                    self._labels.setdefault(key, mention.label)
                self._joins |= {(keys[0], key) for key in keys[1:]}
        people = [slot for slot, mention in record.mentions.items() if mention.label in PEOPLE]
        for slot in people:
            self._of_person(record, slot, first)
        self._said.together({first[slot] for slot in people})

    def _of_person(self, record: Record, slot: str, first: Mapping[str, str]) -> None:
        person, facts = first[slot], record.facts
        if record.label == "Description":
            said = ("given", "family", "name", "aliases", "born", "sex", "postcode")
            self._said.called(person, *(facts.get(name) for name in said))
        for link in record.links:
            if link.type == "LIVES_AT" and link.source == slot:
                self._said.at(person, "premises", first[link.target])
            if link.type == "ENROLLED_AT":
                self._said.at(person, "schools", first[link.target])

    def people(self) -> Iterator[Described]:
        """Each spelling of each person, in the order of their ids; who is only a reference is not described."""
        members = self.keys_of_people()
        registers = {person: {key.rpartition(":")[0] for key in keys} for person, keys in members.items()}
        return self._said.people(members, registers)

    def keys_of_people(self) -> dict[str, list[str]]:
        """The keys that stand for each person, by the person's id."""
        members: dict[str, list[str]] = defaultdict(list)
        for key, standing in fold(self._labels, self._joins, self._keyed).items():
            members[standing.thing].append(key)
        return {person: sorted(keys) for person, keys in members.items()}
