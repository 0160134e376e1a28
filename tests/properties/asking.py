"""Asks of a dense example twice: as the reader who may not see all, and where the rest was never loaded."""

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from missingnet.graph import catalogue
from missingnet.graph.access import Purpose, Reader
from missingnet.graph.answers import plain
from missingnet.graph.audit import Audit
from missingnet.graph.engine import Connection
from missingnet.graph.records import Record
from missingnet.graph.store import Store
from missingnet.graph.terms import PREMISES, THINGS
from tests import engines
from tests.properties.example import AS_AT, COMPARTMENTS, KEYED, SEALED, SECRET, Example

PURPOSE = Purpose("CASE", "test")
#: Thresholds so low, and windows so long, that one record more or less shows in nearly every answer.
LOOSE = {
    "hops": 3,
    "min_children": 1,
    "min_episodes": 1,
    "min_shared": 1,
    "min_listed": 1,
    "min_sessions": 1.0,
    "min_reports": 1,
    "min_absences": 1,
    "since": datetime(2026, 5, 1),
    "levels": ["low", "medium", "high"],
    "agreed": True,
    "due_by": datetime(2030, 1, 1),
    "with_police": True,
    # The same weeks of 'earlier' years lie where these examples' episodes do, some of them before and some within.
    "year_days": -100,
}
#: Asks of one question of one example; half a dozen of a few dozen, for the examples are many.
ASKS = 6
KNOWN = (None, datetime(2026, 10, 15), datetime(2026, 11, 15))


class Bench:
    """A store on one engine, filled with dense examples side by side."""

    def __init__(self, connection: Connection, home: Path) -> None:
        self.loop = asyncio.new_event_loop()
        self._known_ids: dict[str, dict[str, str]] = {}
        self.keyed = KEYED
        self.store: Store = self.run(Store.open(connection, SECRET, Audit(home / "audit", b"k"), home / "lock"))

    def run(self, waiting: Any) -> Any:
        return self.loop.run_until_complete(waiting)

    def close(self) -> None:
        self.run(self.store.close())
        self.loop.close()

    def load(self, *examples: Example) -> None:
        """Each example whole, and beside it the copy that holds only what its reader may see."""
        self.put([r for e in examples for r in (*e.records, *map(e.copied, e.seen))])

    def put(self, records: Sequence[Record]) -> None:
        """These records as they are."""
        for start in range(0, len(records), 500):
            self.run(self.store.put(records[start : start + 500], "dense"))

    def ask(self, rule: str, reader: Reader, params: Mapping[str, Any], known_at: datetime | None) -> Any:
        """The answer, which a cold Neo4j on a busy machine gives in its own time."""
        return engines.patiently(
            lambda: self.run(self.store.ask(rule, reader, PURPOSE, as_at=AS_AT, known_at=known_at, **params))
        )

    def reader(self, example: Example, *, copy: bool) -> Reader:
        """The reader of the whole, cleared for some compartments; or of the copy, with nothing withheld."""
        agency = f"x{example.number}" + ("-copy" if copy else "")
        held = (*COMPARTMENTS, SEALED) if copy else tuple(sorted(example.cleared))
        return Reader("test", "test", agency, (), (), held)

    def asks(self, example: Example, rule: str) -> Iterator[dict[str, Any]]:
        """Parameters to ask a question with: of each thing of the example, or once."""
        needs = {p.name: p.type for p in catalogue.question(rule).parameters.values() if p.required}
        loose = {p.name: LOOSE[p.name] for p in catalogue.question(rule).parameters.values() if p.name in LOOSE}
        about = catalogue.question(rule).about
        optional = catalogue.question(rule).parameters.get("child")
        if about is None and optional is not None and not optional.required:
            # Of one child, as well as of all.
            yield from ({"child": one, **loose} for one in example.things["Child"][:2])
        if about is not None:
            kinds = PREMISES if about == "place" else (about.capitalize(),) if about != "thing" else THINGS
            of_kind = sorted({i for kind in kinds for i in example.things.get(kind, ())})
            yield from ({**params, about: one} for params in self._asks(example, needs, loose) for one in of_kind[:2])
        hubs = (1, 25) if "hub_children" in catalogue.question(rule).parameters else (None,)
        for hub in hubs:
            for params in self._asks(example, needs, loose):
                yield params if hub is None else {**params, "hub_children": hub}

    def _asks(self, example: Example, needs: dict[str, str], loose: dict[str, Any]) -> Iterator[dict[str, Any]]:
        things = example.things
        names = {self.keyed("record", r.name) for r in example.records}
        copies = {self.keyed("record", example.copied(r).name) for r in example.records}
        every = sorted({i for ids in things.values() for i in ids})
        for child in things["Child"] if "child" in needs else [""]:
            values: dict[str, Any] = {
                "child": child,
                "things": every,
                "records": sorted(names | copies),
                "text": "Ola Quilfern",
                "kinds": list(THINGS),
                "first": "0",
                "last": "~",
                "agency": "997",
            }
            if "thing" in needs:
                yield from ({"thing": i, **loose} for i in every)
                return
            if needs.get("record"):
                chosen = sorted(r.key for r in example.records)[:3]
                for record in example.records:
                    if record.key in chosen:
                        yield {
                            "record": (
                                self.keyed("record", record.name),
                                self.keyed("record", example.copied(record).name),
                            )
                        }
                return
            yield {**{name: values[name] for name in needs}, **loose}

    def told(
        self, example: Example, rule: str, params: Mapping[str, Any], known: datetime | None, *, copy: bool
    ) -> str:
        """The answer in a form that is equal where it should be: record ids by the records' own keys, ties as sets."""
        own = {name: value[copy] if isinstance(value, tuple) else value for name, value in params.items()}
        answer = self.ask(rule, self.reader(example, copy=copy), own, known)
        body = {
            "total": answer.total,
            "notes": list(answer.notes),
            "rows": plain([r.model_dump() for r in answer.rows]),
        }
        return settled(body, self._ids(example))

    def _ids(self, example: Example) -> dict[str, str]:
        """By the id of each record and version, of the whole and of the copy, what it stands for."""
        if example.number not in self._known_ids:
            ids = {}
            for record in example.records:
                moment = record.told or datetime(record.extract.year, record.extract.month, record.extract.day)
                version = f"version {record.key} {record.content()}|{moment}"
                for one in (record, example.copied(record)):
                    identity = self.keyed("record", one.name)
                    ids[identity] = f"record {record.key}"
                    ids[self.keyed("version", f"{identity}|{one.content()}|{moment.isoformat()}")] = version
            self._known_ids[example.number] = ids
        return self._known_ids[example.number]


def differs(bench: Bench, example: Example, rule: str, chance: Random, most: int = ASKS) -> str | None:
    """What one reader's answer holds that it should not, or lacks; None when the law holds."""
    asks = list(bench.asks(example, rule))
    for params in chance.sample(asks, min(most, len(asks))):
        known = chance.choice(KNOWN)
        whole = bench.told(example, rule, params, known, copy=False)
        copy = bench.told(example, rule, params, known, copy=True)
        if whole != copy:
            return f"{rule} as known at {known}:\n{whole}\n--- but where it was never loaded:\n{copy}"
    return None


def settled(body: Any, ids: Mapping[str, str] | None = None) -> str:
    """An answer as text that is equal where it should be: its lists as sets, ids by what they stand for."""
    return json.dumps(_settled(body, ids or {}), sort_keys=True, indent=1)


def _settled(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _settled(v, ids) for name, v in value.items() if name not in ("loaded_at",)}
    if isinstance(value, list):
        return sorted((_settled(v, ids) for v in value), key=lambda v: json.dumps(v, sort_keys=True))
    if isinstance(value, str):
        told = [ids.get(one, one.removesuffix("~copy")) for one in value.split("; ")]
        # What a judgement rested on is told as a list of ids in one text, in the order of the ids.
        return "; ".join(sorted(told) if ids.keys() & set(value.split("; ")) else told)
    return value
