"""Open and sealed joins: who may not see a sealed record is told what a graph that never had it would tell them.

Identity is one for every reader, so a leak by a join does not show where two copies stand in one graph: each example is
loaded twice into an empty graph, once whole and once without the sealed records that its reader may not see.
Judgements, chains of them and records with several identifiers join the same few children, in the open and sealed.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from missingnet.graph import catalogue
from missingnet.graph.access import Reader
from missingnet.graph.answers import plain
from missingnet.graph.engine import Connection
from missingnet.graph.judgements import Judgement, Side
from missingnet.graph.records import LinkFact, Mention, Provenance, Record, VisibilityClass
from missingnet.graph.removal import Removal, remove
from tests import engines
from tests.pieces import EXAMPLES
from tests.properties.asking import PURPOSE, Bench
from tests.properties.example import AS_AT, SEALED

NAMES = ("a", "b", "c", "d", "e")
UNDO = Removal("ann", "mistaken", refuse_again=False)
ASKED = (
    "CHILD-NETWORK",
    "CHILD-IDENTITY",
    "CHILD-TIMELINE",
    "SAME-BY-SEALED",
    "JUDGEMENTS",
    "CONTRADICTED-IDENTIFIERS",
)


@pytest.fixture(scope="module")
def bench(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    engines.wipe(connection)
    found = Bench(connection, tmp_path_factory.mktemp("sealed"))
    yield found
    found.close()
    engines.wipe(connection)


class Sealing:
    """The records of one example under a mark of its own: told again under another mark, they are the same records.

    Each of the children is called a child in the open: what a withheld record calls somebody is told to all (decision
    0010), and is no law that holds.
    """

    def __init__(self, seed: int, mark: str) -> None:
        self.chance, self.mark = Random(seed), mark
        self.records = [self.named(number, name) for number, name in enumerate(NAMES, 100)]
        for number in range(14):
            self.records.append(self.chance.choice((self.described, self.described, self.episode, self.judged))(number))

    def key(self, name: str) -> str:
        return f"police:99:{name}~{self.mark}"

    def access(self) -> VisibilityClass:
        return VisibilityClass(f"s{self.mark}", (), self.chance.choice(((), (), (SEALED,), ("cse",), ("cse", SEALED))))

    def named(self, number: int, name: str) -> Record:
        links = (LinkFact("DESCRIBED_BY", "whom", "record"),)
        told = self._record(
            number, "Description", {"name": "Ola"}, {"whom": Mention("Child", (self.key(name),))}, links, None
        )
        return replace(told, access=VisibilityClass(f"s{self.mark}"))

    def whom(self) -> Mention:
        keys = self.chance.sample(NAMES, self.chance.choice((1, 1, 2)))
        return Mention("Child", tuple(self.key(name) for name in keys))

    def _record(self, number: int, label: str, facts: Any, mentions: Any, links: Any, at: Any) -> Record:
        return Record(
            source="sealing",
            agency="99",
            key=f"{number}~{self.mark}",
            label=label,
            facts=facts,
            mentions=mentions,
            links=links,
            access=self.access(),
            extract=date(2026, 10, 1),
            provenance=Provenance("sealing.csv", self.mark, number),
            raw={},
            observed_from=at,
        )

    def described(self, number: int) -> Record:
        born = self.chance.choice((date(2010, 1, 1), date(2010, 1, 1), date(2004, 1, 1)))
        facts = {"name": "Ola", "born": born, "identifiers": (f"upn {self.chance.choice('XY')}",)}
        links = (LinkFact("DESCRIBED_BY", "whom", "record"),)
        return self._record(number, "Description", facts, {"whom": self.whom()}, links, None)

    def episode(self, number: int) -> Record:
        at = AS_AT - timedelta(days=self.chance.randrange(1, 20))
        mentions = {"whom": self.whom(), "with": self.whom(), "place": Mention("Place", (f"uprn:1~{self.mark}",))}
        links = (LinkFact("HAD", "whom", "record"), LinkFact("WENT_WITH", "record", "with"))
        links += (LinkFact("FOUND_AT", "record", "place"),)
        return self._record(number, "Episode", {"kind": "missing", "started": at, "ended": at}, mentions, links, at)

    def judged(self, number: int) -> Record:
        one, other = self.chance.sample(NAMES, 2)
        made = Judgement(
            (Side(self.key(one), "Child"), Side(self.key(other), "Child")),
            self.chance.choice(("same", "same", "different")),
            "met both",
            "ann",
            datetime(2026, 10, 1, 9, number),
            (),
            self.access(),
            needs_second=False,
        )
        return made.record()

    def asked(self, bench: Bench, held: set[str]) -> str:
        """Every question of every child, as a reader who holds these compartments."""
        reader = Reader("t", "T", f"s{self.mark}", (), (), tuple(sorted(held)))
        told = []
        for rule in ASKED:
            needs = [p.name for p in catalogue.question(rule).parameters.values() if p.required]
            for name in NAMES if needs else NAMES[:1]:
                params = {one: bench.keyed("thing", self.key(name)) for one in needs}
                answer = bench.run(bench.store.ask(rule, reader, PURPOSE, as_at=AS_AT, **params))
                told.append([rule, name, plain([row.model_dump() for row in answer.rows]), list(answer.notes)])
        return json.dumps(told, indent=1)


class Empty:
    """A graph to be filled again and again, with equal ids."""

    def __init__(self, bench: Bench, connection: Connection) -> None:
        self.bench, self.connection = bench, connection

    def filled(self, records: list[Record], size: int) -> None:
        """Nothing but these records stands."""
        with engines.driver(self.connection) as driver:
            query = "MATCH (n) WHERE NOT n:SchemaVersion DETACH DELETE n"
            driver.execute_query(query, database_=self.connection.database)
        self.bench.store._classes_at = -1e9
        for start in range(0, len(records), size):
            self.bench.put(records[start : start + size])


@settings(max_examples=max(8, EXAMPLES // 16), deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
@given(st.integers(0, 2**32), st.sets(st.sampled_from(["cse", SEALED])), st.integers(1, 5))
def test_who_may_not_see_a_sealed_join_is_told_of_two(
    bench: Bench, connection: Connection, seed: int, held: set[str], size: int
) -> None:
    note(f"seed {seed}, held {held}")
    graph, made = Empty(bench, connection), Sealing(seed, "x")
    # A record's newest class is that of all its versions: a judgement made twice is hidden whole, or not at all.
    gone = {r.name for r in made.records if SEALED in r.access.compartments and not set(r.access.compartments) <= held}
    left = [record for record in made.records if record.name not in gone]
    graph.filled(left, size)
    without = made.asked(bench, held)
    undone = sorted({bench.keyed("record", r.name) for r in left if r.label == "Judgement"})[:1]
    bench.run(remove(bench.store, undone, removal=UNDO))
    without_undone = made.asked(bench, held)
    graph.filled(made.records, size)
    assert made.asked(bench, held) == without
    bench.run(remove(bench.store, undone, removal=UNDO))
    assert made.asked(bench, held) == without_undone


def test_a_sealed_join_is_shown_to_who_may_see_it(bench: Bench) -> None:
    made = Sealing(1, "shown")
    join = replace(
        made.described(1),
        access=VisibilityClass("sshown", (), (SEALED,)),
        mentions={"whom": Mention("Child", (made.key("a"), made.key("b")))},
    )
    bench.put([join])
    for held, rows in (((SEALED,), 1), ((), 0)):
        reader = Reader("t", "T", "sshown", (), (), held)
        thing = bench.keyed("thing", made.key("a"))
        answer = bench.run(bench.store.ask("SAME-BY-SEALED", reader, PURPOSE, as_at=AS_AT, thing=thing))
        assert [row.other_id for row in answer.rows] == [bench.keyed("thing", made.key("b"))] * rows
