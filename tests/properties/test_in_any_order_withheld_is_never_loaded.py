"""Whatever people do, in whatever order, every answer is as if what is withheld from its reader had never been loaded:
files come and come again in another class, somebody judges, undoes, restricts, lifts, removes, and the reader's own
rights change (N1). Beside it, what breaks it in one of these steps is caught (N2)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from missingnet.graph import access, catalogue
from missingnet.graph.access import RESTRICTED
from missingnet.graph.changes import Changes
from missingnet.graph.engine import open_engine
from missingnet.settings import Settings
from tests import engines
from tests.pieces import LONG
from tests.properties import live
from tests.properties.asking import Bench, differs
from tests.properties.example import COMPARTMENTS, SEALED
from tests.properties.live import Live
from tests.tally import CAUGHT, PLANTED, tally

_numbers = itertools.count(1)
EXAMPLES, STEPS = (60, 40) if LONG else (2, 16)
#: Records of one example; few, so that each turns something, and asking takes no longer than doing.
SIZE = 24
#: Questions after each step that asks.
RULES = 3
ONE = st.integers(0, 10**6)
CLASSES = st.sets(st.sampled_from(COMPARTMENTS), max_size=2).map(lambda held: tuple(sorted(held)))
CLEARED = st.sets(st.sampled_from((*COMPARTMENTS, SEALED, RESTRICTED))).map(frozenset)


@pytest.fixture(scope="module")
def bench(embedded_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    connection = open_engine(embedded_settings)
    engines.wipe(connection)
    found = Bench(connection, tmp_path_factory.mktemp("any-order"))
    yield found
    found.close()
    engines.wipe(connection)


class People(RuleBasedStateMachine):
    """Does one thing after another, and asks in between."""

    bench: Bench

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        self.live = Live(self.bench, f"v{next(_numbers)}", seed, SIZE)
        self.live.load(self.live.pool[: SIZE // 2])

    def one(self, number: int, among: list[str] | None = None) -> str:
        names = self.live.names() if among is None else among
        return names[number % len(names)]

    @rule(first=ONE, many=st.integers(1, SIZE // 3))
    def load(self, first: int, many: int) -> None:
        start = first % len(self.live.pool)
        self.live.load(self.live.pool[start : start + many])

    @precondition(lambda self: self.live.told)
    @rule(which=ONE, compartments=CLASSES)
    def send_anew(self, which: int, compartments: tuple[str, ...]) -> None:
        if (name := self.one(which)) not in self.live.names("Judgement"):
            self.live.send_anew(name, compartments)

    @precondition(lambda self: self.live.told)
    @rule(one=ONE, other=ONE, verdict=st.sampled_from(("same", "same", "different")))
    def judge(self, one: int, other: int, verdict: Any) -> None:
        self.live.judge(self.one(one), self.one(other), verdict)

    @precondition(lambda self: self.live.names("Judgement"))
    @rule(which=ONE)
    def undo(self, which: int) -> None:
        self.live.take_away(self.one(which, self.live.names("Judgement")))

    @precondition(lambda self: len(self.live.told) > 3)
    @rule(which=ONE)
    def remove(self, which: int) -> None:
        self.live.take_away(self.one(which))

    @precondition(lambda self: self.live.told)
    @rule(which=ONE)
    def restrict(self, which: int) -> None:
        self.live.restrict(self.one(which))

    @precondition(lambda self: self.live.marks)
    @rule(which=ONE)
    def lift(self, which: int) -> None:
        self.live.lift(self.one(which, sorted(self.live.marks)))

    @rule(cleared=CLEARED)
    def rights_change(self, cleared: frozenset[str]) -> None:
        self.live.cleared = cleared

    @precondition(lambda self: self.live.told)
    @rule()
    def ask(self) -> None:
        wrong = found(self.live)
        assert wrong is None, wrong

    def teardown(self) -> None:
        if hasattr(self, "live") and self.live.told:
            wrong = found(self.live)
            assert wrong is None, wrong


def found(now: Live) -> str | None:
    """What an answer holds that it should not, or lacks, of some questions."""
    example = now.copied()
    for asked in now.chance.sample(sorted(catalogue.catalogue()), RULES):
        if (wrong := differs(now.bench, example, asked, now.chance, most=2)) is not None:
            return wrong
    return None


def test_whatever_is_done_in_any_order_withheld_is_never_loaded(bench: Bench) -> None:
    class Here(People):
        pass

    Here.bench = bench
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Here,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
        ),
    )


# -- what breaks it is caught ----------------------------------------------------------------------------------------


def steps(bench: Bench, seed: int) -> Iterator[Live]:
    """The same steps each time, each followed by what then is: so that a fault in any of them shows."""
    now = Live(bench, f"w{next(_numbers)}", seed, SIZE)
    now.load(now.pool)
    yield now
    children = [name for name in now.names() if "child" in now.told[name][0].mentions]
    for name in (*children[:2], *children[-2:]):
        now.send_anew(name, ())
    now.send_anew(children[2], ("cse",))
    now.send_anew(children[3], ("interviews", "cse"))
    yield now
    now.judge(children[0], children[-1], "same")
    now.judge(children[1], children[-2], "different")
    yield now
    for name in (*children[:2], *children[-2:]):
        now.restrict(name)
    yield now
    for name in now.names("Judgement"):
        now.take_away(name)
    yield now
    now.lift(children[0])
    now.take_away(children[2])
    yield now
    now.cleared = frozenset(COMPARTMENTS) - now.cleared
    yield now


ASKED = ("CHILD-TIMELINE", "CHILD-IDENTITY", "CHILD-NETWORK", "JUDGEMENTS")


def shown(bench: Bench) -> bool:
    """True when after some step an answer differs."""
    return any(
        bench.told(example, asked, params, None, copy=False) != bench.told(example, asked, params, None, copy=True)
        for step in steps(bench, 1)
        for example in (step.copied(),)
        for asked in ASKED
        for params in itertools.islice(bench.asks(example, asked), 2)
    )


def test_the_steps_alone_show_nothing(bench: Bench) -> None:
    assert not shown(bench)


async def done_by_nobody(*_: object, **__: object) -> int:
    return 1


def rests_on_nothing(patch: pytest.MonkeyPatch) -> None:
    real = Changes.run

    async def run(self: Changes, *name: str, **params: Any) -> list[dict[str, Any]]:
        return [] if name == ("find-resting",) else await real(self, *name, **params)

    patch.setattr(Changes, "run", run)


def rights_of_before(patch: pytest.MonkeyPatch) -> None:
    real, first = access.visible, dict[str, Any]()

    def visible(reader: Any, *rest: Any, **more: Any) -> list[bool]:
        return real(first.setdefault(reader.agency, reader), *rest, **more)

    patch.setattr(access, "visible", visible)


def class_of_before(patch: pytest.MonkeyPatch) -> None:
    """The class under which a record first came holds, whatever its agency sends later."""
    real, first = Bench.put, dict[str, Any]()

    def put(self: Bench, records: Any) -> None:
        real(self, [replace(r, access=first.setdefault(r.name, r.access)) for r in records])

    patch.setattr(Bench, "put", put)


LEAKS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "what rests on a restricted record stays open": rests_on_nothing,
    "a restriction does nothing": lambda patch: patch.setattr(live, "restrict", done_by_nobody),
    "lifting does nothing": lambda patch: patch.setattr(live, "lift_restriction", done_by_nobody),
    "a judgement that is undone, or a record that is removed, stays": lambda patch: patch.setattr(
        live, "remove", done_by_nobody
    ),
    "rights that were taken away still hold": rights_of_before,
    "the class of the first extract holds": class_of_before,
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_step_that_leaks_is_caught(leak: str, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    LEAKS[leak](monkeypatch)
    caught = shown(bench)
    tally(PLANTED)
    tally(CAUGHT, caught)
    assert caught
