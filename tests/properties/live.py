"""A graph that changes under its readers; what they may see of it is told without the program's own rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from missingnet.graph.access import RESTRICTED
from missingnet.graph.judgements import Judgement, Side, Verdict, resting_on
from missingnet.graph.records import Record, VisibilityClass
from missingnet.graph.removal import Removal, remove
from missingnet.graph.restriction import lift_restriction, restrict
from tests.properties.asking import Bench
from tests.properties.dense import Dense
from tests.properties.example import AS_AT, EXTRACTS, KEYED, Example

REMOVAL = Removal("ann", "a trial", refuse_again=False)


@dataclass(frozen=True)
class Standing(Example):
    """What stands at one moment, each record in the class in which it lies now; ``at`` is where each key stands."""

    at: Mapping[str, str]

    def thing(self, keys: tuple[str, ...]) -> str:
        return self.at.get(keys[0], KEYED("thing", min(keys)))


class Live:
    """Does to the graph what people do, and keeps what it should hold: every version that stands, and who restricted
    what. Beside it the graph holds the copy of what the reader may see now, and of nothing else."""

    def __init__(self, bench: Bench, number: str, seed: int, size: int) -> None:
        self.bench, self.number = bench, number
        self.chance = Random(seed)
        self.dense = Dense(number, self.chance)
        made = self.dense.example(1)
        found = [r for r in made.records if r.label != "Judgement"]
        self.pool = self.chance.sample(found, min(size, len(found)))
        self.cleared = made.cleared
        self.told: dict[str, list[Record]] = {}
        self.marks: dict[str, frozenset[str]] = {}
        self.copies: dict[str, frozenset[tuple[str, object]]] = {}
        self.sent = self.judged = 0

    # -- what people do ------------------------------------------------------------------------------------------
    def load(self, records: Iterable[Record]) -> None:
        """Send these in: each again as often as one likes."""
        sent = list(records)
        self.bench.put(sent)
        for record in sent:
            versions = self.told.setdefault(record.name, [])
            if not any(
                (v.content(), v.when, v.access) == (record.content(), record.when, record.access) for v in versions
            ):
                versions.append(record)

    def send_anew(self, name: str, compartments: tuple[str, ...]) -> None:
        """The agency sends a record again, in another class and a later extract; what it says is changed or not."""
        newest = self._newest(name)
        self.sent += 1
        again = replace(
            newest,
            access=replace(newest.access, compartments=compartments),
            extract=EXTRACTS[1] + timedelta(days=self.sent),
            observed_to=self.chance.choice((newest.observed_to, AS_AT)),
        )
        self.load([again])

    def judge(self, one: str, other: str, verdict: Verdict) -> None:
        """Somebody who sees both records says of the children whom they name whether they are one."""
        keys = sorted({self._child_of(name) for name in (one, other)})
        if len(keys) < 2:
            return
        self.judged += 1
        said = Judgement(
            tuple(Side(key, "Child") for key in keys),
            verdict,
            "met both",
            "ann",
            datetime(2026, 10, 20) + timedelta(minutes=self.judged),
            tuple(sorted(KEYED("record", name) for name in {one, other})),
            resting_on([self._class_of(name) for name in (one, other)]),
            False,
        )
        self.load([said.record()])

    def take_away(self, name: str) -> None:
        """Remove a record, or undo a judgement: whatever it said is as if never said."""
        self.bench.run(remove(self.bench.store, [KEYED("record", name)], removal=REMOVAL))
        del self.told[name]

    def restrict(self, name: str) -> None:
        """Somebody restricts a record, and with it what rests on it."""
        if name in self.marks:
            return
        identity = KEYED("record", name)
        self.bench.run(restrict(self.bench.store, identity, who="ann", reason="family works there"))
        resting = {n for n in self.told if identity in tuple(self._newest(n).facts.get("rested_on") or ())}
        self.marks[name] = frozenset({name, *resting})

    def lift(self, name: str) -> None:
        """The restriction is lifted."""
        self.bench.run(lift_restriction(self.bench.store, KEYED("record", name)))
        self.marks.pop(name, None)

    # -- what should be seen ---------------------------------------------------------------------------------------
    def standing(self) -> Standing:
        """What stands, and what the reader sees of it."""
        records = tuple(
            replace(version, access=self._class_of(name))
            for name, versions in self.told.items()
            for version in versions
        )
        keys = sorted({key for r in records for slot in r.mentions for key in r.keys_of(slot)})
        rows = self.bench.run(self.bench.store.look("find-keys", ids=[KEYED("key", key) for key in keys]))
        return Standing(self.number, records, self.cleared, {row["key"]: row["thing"] for row in rows})

    def copied(self) -> Standing:
        """The same, once the copy beside it holds what the reader sees now, as if the rest had never been loaded."""
        now = self.standing()
        wanted: dict[str, list[Record]] = defaultdict(list)
        for record in now.seen:
            wanted[record.name].append(now.copied(record))
        versions = {name: frozenset((r.content(), r.when) for r in found) for name, found in wanted.items()}
        gone = [name for name, had in self.copies.items() if versions.get(name) != had]
        new = [record for name, found in wanted.items() if self.copies.get(name) != versions[name] for record in found]
        if gone:
            ids = [now._copies.get(name) or KEYED("record", f"{name}~copy") for name in gone]
            self.bench.run(remove(self.bench.store, ids, removal=REMOVAL))
        if new:
            self.bench.put(new)
        self.copies = versions
        self.bench._known_ids.pop(self.number, None)
        return now

    # -- of the records ----------------------------------------------------------------------------------------------
    def names(self, label: str | None = None) -> list[str]:
        """The records that stand, or those of one kind, in the order in which they were first sent."""
        return [name for name, found in self.told.items() if label in (None, found[0].label)]

    def _newest(self, name: str) -> Record:
        return max(
            self.told[name],
            key=lambda r: datetime.combine(r.extract, datetime.min.time()) if r.told is None else r.told,
        )

    def _class_of(self, name: str) -> VisibilityClass:
        access = self._newest(name).access
        if any(name in marked for marked in self.marks.values()) and RESTRICTED not in access.compartments:
            access = replace(access, compartments=(*access.compartments, RESTRICTED))
        return access

    def _child_of(self, name: str) -> str:
        """An identifier of a child whom the record names; of nobody, one of the four."""
        named = [m.keys[0] for m in self.told[name][0].mentions.values() if m.label == "Child" and m.keys]
        return named[0] if named else self.dense.children[0].keys[0]
