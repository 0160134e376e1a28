"""The dates of birth that stand at each key, as a batch leaves them: what a fold of identity must know of a key.

A date stands at every key of the person whom a current description describes, unless the description lies in a sealed
compartment, for then it may change nothing that others see. Dates that systems write for 'not known' are none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from missingnet.graph import rulebook
from missingnet.graph.access import sealed
from missingnet.graph.changes import Changes
from missingnet.graph.identity import contradict
from missingnet.graph.keyed import Keyed
from missingnet.graph.natives import day
from missingnet.graph.planning import RecordPlan
from missingnet.graph.records import Record, VisibilityClass
from missingnet.graph.terms import PEOPLE
from missingnet.graph.versions import Version

RULE: Final = "CONTRADICTED-IDENTIFIERS"


@dataclass(slots=True)
class Births:
    """What one batch says and unsays of dates of birth.

    ``said`` are the statements of versions that the batch begins or alters and that stand unsealed; ``unsure`` are keys
    whose dates must be read afresh; ``events`` are the versions whose stored statement is overtaken; ``by_event`` is
    what each version that the batch begins or alters states now, None where it is closed. ``placeholders`` and
    ``years`` are the rulebook's, read once for a batch.
    """

    placeholders: frozenset[date]
    years: int
    said: dict[str, set[date]] = field(default_factory=lambda: defaultdict(set))
    unsure: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)
    by_event: dict[str, tuple[date, frozenset[str]] | None] = field(default_factory=dict)

    @classmethod
    def by_the_rulebook(cls) -> Births:
        """Nothing is said yet."""
        values = rulebook.rule(RULE).parameters
        days = frozenset(date.fromisoformat(text) for text in values["placeholders"].default)
        return cls(days, int(values["years_apart"].default))

    def at_odds(self, births: Iterable[date]) -> bool:
        """True when these dates of birth contradict each other."""
        return contradict(births, self.years)

    def say(self, event: str, born: date, keys: Collection[str], version: Version, access: VisibilityClass) -> None:
        """A version's statement, where it stands for all to build on."""
        self.by_event[event] = (born, frozenset(keys)) if version.current else None
        if version.current and not sealed(access) and born not in self.placeholders:
            for key in keys:
                self.said[key].add(born)

    def on_join(self, event: str, one: str, other: str) -> date | None:
        """The date of birth that a version states of both these keys."""
        said = self.by_event.get(event)
        return said[0] if said and {one, other} <= said[1] else None

    @property
    def keys(self) -> set[str]:
        """Every key whose dates may become others."""
        return set(self.said) | self.unsure


async def heard(plans: Sequence[RecordPlan], changes: Changes) -> Births:
    """What these plans change. Read before ended versions go."""
    births = Births.by_the_rulebook()
    described = [plan for plan in plans if plan.label == "Description"]
    stored = {
        version.id: version
        for plan in described
        for version in (*(a.was for a in plan.alter), *plan.end, *(b.template for b in plan.begin if b.template))
        if version.born is not None
    }
    first: dict[str, str] = {}
    if stored:
        rows = await changes.run("read-described", ids=list(stored))
        first = {row["event"]: row["key"] for row in rows if row["key"] is not None}
    keys = {event: _with_joins(first[event], version.joins) for event, version in stored.items() if event in first}
    for plan in described:
        for gone in plan.end:
            births.events.add(gone.id)
            births.unsure |= keys.get(gone.id, frozenset())
        for alter in plan.alter:
            if alter.was.born is not None and alter.was.id in keys:
                births.events.add(alter.was.id)
                births.unsure |= keys[alter.was.id]
                births.say(alter.was.id, alter.was.born, keys[alter.was.id], alter.version, alter.access)
        for begin in plan.begin:
            if begin.record is not None:
                born, whom = _of_record(begin.record)
            else:
                born = begin.template.born if begin.template else None
                whom = keys.get(begin.template.id, frozenset()) if begin.template else frozenset()
            if born is not None:
                births.say(begin.id, born, whom, begin.version, begin.access)
    return births


async def standing(
    keys: Collection[str],
    births: Births,
    joined: Mapping[str, Mapping[str, Any]],
    changes: Changes,
    keyed: Keyed,
    classes: Sequence[VisibilityClass],
) -> dict[str, set[date]]:
    """The dates of birth at these keys, from the graph as it stands and what the batch says.

    A joined key keeps its dates with it, so that only those that a batch unsays are read afresh.
    """
    found: dict[str, set[date]] = {}
    afresh = [key for key in keys if key not in joined or key in births.unsure]
    for key in keys:
        kept = joined[key]["births"] if key in joined and key not in births.unsure else ()
        found[key] = {date.fromisoformat(said) for said in kept or ()} | births.said.get(key, set())
    if not afresh:
        return found
    rows = [{"id": joined[k]["thing"] if k in joined else keyed("thing", k), "key": k} for k in afresh]
    for kind in PEOPLE:
        for row in await changes.run("find-births", kind, rows=rows):
            born = day(row["born"])
            if row["event"] not in births.events and not sealed(classes[row["visibility"] // 2]):
                found[row["key"]] |= {born} - births.placeholders
    known = [keyed("key", key) for key in afresh if key in joined]
    for row in await changes.run("find-joins", ids=known) if known else ():
        if row["born"] is not None and row["event"] not in births.events and not row["sealed"]:
            for key in {row["a"], row["b"]} & set(afresh):
                found[key] |= {day(row["born"])} - births.placeholders
    return found


def _of_record(record: Record) -> tuple[date | None, frozenset[str]]:
    """The date of birth that a description states, and of whom."""
    born = record.facts.get("born")
    slot = next((link.source for link in record.links if link.type == "DESCRIBED_BY"), None)
    if not isinstance(born, date) or slot is None or slot not in record.mentions:
        return None, frozenset()
    return born, frozenset(record.keys_of(slot))


def _with_joins(first: str, joins: Iterable[str]) -> frozenset[str]:
    """A key with those that the record states to be the same."""
    pairs = (pair.split("\t")[1:] for pair in joins)
    return frozenset({first, *(other for one, other in pairs if one == first)})
