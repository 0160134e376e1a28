"""Emergency access opens one child's own records and nothing else: every answer while it is open is the answer of a
graph where all that it does not open, and that the reader does not see anyway, was never loaded (N1, N8).
"""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from missingnet.graph import access, asking, catalogue
from missingnet.graph.access import Emergency, Purpose, Reader, needed
from missingnet.graph.engine import Connection, open_engine
from missingnet.graph.records import Record, VisibilityClass
from missingnet.graph.store import Store
from missingnet.settings import Settings
from tests import engines
from tests.pieces import EXAMPLES
from tests.properties.asking import Bench, differs
from tests.properties.dense import Dense
from tests.properties.example import SEALED, Example
from tests.tally import CAUGHT, PLANTED, tally

_numbers = itertools.count(1)
#: What the emergency opens here; a third compartment of the examples, and what is sealed, stay closed.
OPENED = ("cse", "interviews")
#: The copies lie in a compartment that the emergency does not open, so that it opens the whole alone.
BESIDE = "home-address"
#: Kinds of link by which a record is the child's own; of intelligence, that it names the child.
OWN = {"HAD", "DESCRIBED_BY"}
RULES, POOL = 8, 6


@dataclass(frozen=True)
class Urgent(Example):
    """An example in which one child is opened; ``own`` are the keys of the records that are that child's."""

    child: str = ""
    own: frozenset[str] = frozenset()

    @property
    def seen(self) -> tuple[Record, ...]:
        """What the reader sees while it is open, told without the program's own rules."""
        return tuple(
            r
            for r in self.records
            if set(r.access.compartments) <= self.cleared
            or (r.key in self.own and set(r.access.compartments) <= set(OPENED))
        )

    def copied(self, record: Record) -> Record:
        made = super().copied(record)
        return replace(made, access=replace(made.access, compartments=(*made.access.compartments, BESIDE)))


class Urgency(Bench):
    """Asks of the whole with one child opened, and of the copy as somebody from whom nothing of it is withheld."""

    def reader(self, example: Example, *, copy: bool) -> Reader:
        plain = super().reader(example, copy=copy)
        if copy:
            return replace(plain, compartments=(*plain.compartments, BESIDE))
        assert isinstance(example, Urgent)
        return replace(plain, emergency=Emergency("u" * 26, example.child, OPENED))

    def urgent(self, example: Example, chance: Random) -> Urgent:
        """The example with one of its children opened; the reader is cleared for at most one compartment."""
        child = chance.choice(example.things["Child"])
        cleared = frozenset(sorted(example.cleared)[:1])
        own = frozenset(r.key for r in example.records if self._is_own(example, r, child))
        return Urgent(example.number, example.records, cleared, child, own)

    def _is_own(self, example: Example, record: Record, child: str) -> bool:
        slots = {link.source for link in record.links if link.type in OWN and link.target == "record"}
        if record.label == "Intelligence":
            slots |= {link.target for link in record.links if link.type == "NAMES"}
        return any(example.thing(record.keys_of(slot)) == child for slot in slots)


@pytest.fixture(scope="module")
def bench(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Urgency]:
    engines.wipe(connection)
    found = Urgency(connection, tmp_path_factory.mktemp("urgent"))
    yield found
    found.close()
    engines.wipe(connection)


@settings(max_examples=EXAMPLES // 20, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
@given(st.integers(0, 2**32))
def test_while_it_is_open_all_else_is_as_if_it_had_never_been_loaded(bench: Urgency, seed: int) -> None:
    chance = Random(seed)
    example = bench.urgent(Dense(f"e{next(_numbers)}", chance).example(1), chance)
    note(f"seed {seed}")
    bench.load(example)
    for rule in chance.sample(sorted(catalogue.catalogue()), RULES):
        wrong = differs(bench, example, rule, chance)
        assert wrong is None, wrong


@pytest.fixture(scope="module")
def one_bench(embedded_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Urgency]:
    connection = open_engine(embedded_settings)
    engines.wipe(connection)
    found = Urgency(connection, tmp_path_factory.mktemp("urgent-leaks"))
    yield found
    found.close()
    engines.wipe(connection)


@pytest.fixture(scope="module")
def pool(one_bench: Urgency) -> list[Urgent]:
    """The same dense examples for every planted leak, each with a child of whom something is opened."""
    found = [one_bench.urgent(Dense(f"u{seed}", Random(seed)).example(1), Random(seed)) for seed in range(POOL)]
    one_bench.load(*found)
    return found


@pytest.fixture(scope="module")
def right(one_bench: Urgency, pool: list[Urgent]) -> list[str]:
    return told(one_bench, pool, copy=True)


ASKED = ("CHILD-TIMELINE", "CHILD-IDENTITY", "CHILD-NETWORK", "SHARED-ASSOCIATE", "SEARCH")


def told(bench: Urgency, pool: list[Urgent], *, copy: bool) -> list[str]:
    return [
        bench.told(example, rule, params, None, copy=copy)
        for example in pool
        for rule in ASKED
        for params in list(bench.asks(example, rule))[:4]
    ]


def test_something_is_opened_and_nothing_else(one_bench: Urgency, pool: list[Urgent], right: list[str]) -> None:
    assert told(one_bench, pool, copy=False) == right
    shut = [replace(example, own=frozenset()) for example in pool]
    assert any(len(example.seen) > len(before.seen) for example, before in zip(pool, shut, strict=True))


def without_records(text: str) -> str:
    return asking._TEST.sub(r"($visible[\1.visibility] OR $opens[\1.visibility])", text)


def of_links_alone(text: str) -> str:
    """Whatever the record lies in: the classes are not looked at."""
    return asking._TEST.sub(r"($visible[\1.visibility] OR \1.record IN $opened)", text)


def sealed_too(emergency: Emergency, purpose: Purpose, seen: VisibilityClass) -> bool:
    return needed(seen) - {SEALED} <= set(emergency.compartments)


def any_compartment(emergency: Emergency, purpose: Purpose, seen: VisibilityClass) -> bool:
    return BESIDE not in seen.compartments and SEALED not in seen.compartments


def whoever_tells_of_them(self: Store, child: str) -> object:
    async def every() -> list[str]:
        text = "MATCH (c:Child {id: $child})-[l]-(e) RETURN DISTINCT l.record AS record"
        async with self._session(self._write, "READ") as session:
            result = await session.run(text, {"child": child})
            return [row["record"] async for row in result]

    return every()


def closed_as_well(real: Callable[..., list[bool]]) -> Callable[..., list[bool]]:
    def shown(reader: Reader, purpose: Purpose, classes: list[VisibilityClass], *, past: bool) -> list[bool]:
        return real(reader, purpose, classes, past=True)

    return shown


LEAKS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "every child's records of the opened classes": lambda patch: patch.setattr(asking, "in_emergency", without_records),
    "the child's records of every class": lambda patch: patch.setattr(asking, "in_emergency", of_links_alone),
    "every compartment that is not sealed": lambda patch: patch.setattr(access, "opens", any_compartment),
    "others' records that tell of the child": lambda patch: patch.setattr(Store, "_own_records", whoever_tells_of_them),
    "versions that no longer stand": lambda patch: patch.setattr(access, "opened", closed_as_well(access.opened)),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_planted_leak_is_caught(
    leak: str, one_bench: Urgency, pool: list[Urgent], right: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    LEAKS[leak](monkeypatch)
    caught = told(one_bench, pool, copy=False) != right
    tally(PLANTED)
    tally(CAUGHT, caught)
    assert caught


def closed_rightly(opens: Callable[[Emergency, Purpose, VisibilityClass], bool]) -> bool:
    """True when of every compartment, for every purpose, what should be opened is, and nothing else."""
    every = frozenset().union(*access.PURPOSES.values()) | access.SEALED
    wide = Emergency("u" * 26, "c" * 26, tuple(every))
    for code, compartments in access.PURPOSES.items():
        for name in every:
            seen = VisibilityClass("99", ("998",), () if name == access.CONDITIONS else (name,))
            seen = replace(seen, handling="C") if name == access.CONDITIONS else seen
            wanted = name in compartments and name not in access.SEALED
            if opens(wide, Purpose(code, ""), seen) != wanted:
                return False
    return True


def test_what_is_sealed_and_what_the_purpose_does_not_open_stays_closed() -> None:
    assert closed_rightly(access.opens)
    for leaky in (sealed_too, any_compartment):
        tally(PLANTED)
        tally(CAUGHT, not closed_rightly(leaky))
        assert not closed_rightly(leaky)
