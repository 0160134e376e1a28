"""The law: every answer equals the answer on a graph where the records this reader may not see were never loaded.

And the test of the test: for every question, each of its clauses is stripped of its access test in turn, and the same
comparison must catch it (SECURITY §4, N1 and N2).
"""

import itertools
from collections.abc import Callable, Iterator
from functools import cache
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from missingnet.graph import access, catalogue
from missingnet.graph.access import Purpose, Reader
from missingnet.graph.catalogue import Question
from missingnet.graph.engine import Connection, open_engine
from missingnet.graph.records import VisibilityClass
from missingnet.settings import Settings
from tests import engines
from tests.pieces import EXAMPLES
from tests.properties import leaks, shown
from tests.properties.asking import Bench, differs
from tests.properties.dense import Dense
from tests.properties.example import Example
from tests.tally import CAUGHT, PLANTED, tally

_numbers = itertools.count(1)
POOL = 4
#: Questions asked of each example: to load an example takes longer than to ask it.
RULES = 8
#: The examples that planted leaks are looked for in, as many as it needs.
APART = 30
#: A clause that is listed as needless is tried this often, so that a stale line is noticed.
TRIES_OF_NEEDLESS = 40

SAME = "every link in it hangs from an event that was tested before: one record, one class"
STATED = "it is a link of the very record whose naming of both was tested before: one record, one class"
AGAIN = "it only asks that the thing is seen at all; whatever it leads to is tested link by link"
FINDS = "it only finds whose links to look at; each is tested where it is told"
RARE = "what it turns on is too rare in a small graph: test_what_is_beside_an_episode_is_withheld draws it"
CROWDED = (
    "of a placement only its home is told, by a link that is tested too; two at once, which show it, are not drawn"
)
CLOCKS = ("RHI-72H", "RHI-CONTACT-72H", "RHI-SHARED", "RHI-PERFORMANCE", "SWC", "CSE-SCREEN")
MET = ("NOTIFY", "OOA-NOTIFY", "RA-UPDATE", "STRAT-72H", "STRAT-7D-HOME")
#: Clauses whose test may be taken away without an answer changing here, each with the reason. A stale line fails.
NEEDLESS: dict[tuple[str, str], str] = {
    ("CHILD-IDENTITY", "l"): SAME,
    ("CHILD-TIMELINE", "l"): SAME,
    ("LINK-RECORDS", "l"): SAME,
    ("JUDGEMENTS", "l"): SAME,
    ("GROUP-MISSING", "w"): SAME,
    ("PLACES-TO-VISIT", "s"): SAME,
    **{(rule, "z"): STATED for rule in ("CHILD-NETWORK", "THING-NETWORK", "LINKS-TO-REVIEW", "SHARED-ASSOCIATE")},
    **{("TABLE-OF-EPISODES", clause): SAME for clause in ("w", "r")},
    ("TABLE-OF-INTERVIEWS", "r"): SAME,
    ("TABLE-OF-TRIAGE", "u"): SAME,
    **{(rule, "q"): SAME for rule in CLOCKS},
    ("SWC", "p d"): CROWDED,
    **{(rule, "n"): SAME for rule in ("CME-10D", "CME-4W", "CME-DAY1", "CME-DAY2-28", "CME-DAY3")},
    ("CME-10D", "n3"): SAME,
    **{(rule, "q"): SAME for rule in MET},
    ("STRAT-GROUP", "w"): SAME,
    **{(rule, "q"): SAME for rule in ("MOVED-IN", "MOVED-OUT")},
    **{(rule, "n o"): FINDS for rule in ("NOTIFY", "OOA-NOTIFY", "RA-UPDATE", "STRAT-7D-HOME")},
    ("CME-10D", "g x"): AGAIN,
    ("POLICE-COUNCIL-MISMATCH", "w"): SAME,
    ("POLICE-COUNCIL-MISMATCH", "q"): SAME,
    ("POLICE-COUNCIL-MISMATCH", "i r"): RARE,
    ("POLICE-COUNCIL-MISMATCH", "x n"): RARE,
    **{
        ("LINKS-TO-REVIEW", clause): FINDS
        for clause in ("a0 e0 b0", "d1", "e2", "a2 b2", "e3", "a3 b3", "e4", "a4 b4", "e7", "a7 b7")
    },
    **{("LINKS-TO-REVIEW", clause): FINDS for clause in ("d5", "a6 j6 b6")},
    ("CHILD-NETWORK", "s r"): AGAIN,
    ("CME-AND-MISSING", "h9 r"): AGAIN,
    **{("THING-NETWORK", f"s{n} r{n}"): AGAIN for n in range(8)},
    **{("THING-NETWORK", clause): AGAIN for clause in ("s8", "s9", "dx", "ax ex bx")},
}


@pytest.fixture(scope="module")
def bench(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    engines.wipe(connection)
    found = Bench(connection, tmp_path_factory.mktemp("withheld"))
    yield found
    found.close()
    engines.wipe(connection)


@settings(
    max_examples=EXAMPLES // 4,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a smaller seed is no smaller example
)
@given(st.integers(0, 2**32), st.integers(1, 2))
def test_an_answer_is_as_if_what_is_withheld_had_never_been_loaded(bench: Bench, seed: int, size: int) -> None:
    example = Dense(f"p{next(_numbers)}", Random(seed)).example(size)
    note(f"seed {seed}, size {size}")
    bench.load(example)
    rules = sorted(catalogue.catalogue())
    # Each example asks some questions of some things; over the examples every question is asked many times.
    chance = Random(seed)
    for rule in chance.sample(rules, RULES):
        wrong = differs(bench, example, rule, chance)
        assert wrong is None, wrong


@pytest.fixture(scope="module")
def one_bench(embedded_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """Planted leaks are in the program, not in an engine: one engine is enough to see them."""
    connection = open_engine(embedded_settings)
    engines.wipe(connection)
    found = Bench(connection, tmp_path_factory.mktemp("leaks"))
    yield found
    found.close()
    engines.wipe(connection)


@pytest.fixture(scope="module")
def pool(one_bench: Bench) -> list[Example]:
    """The same dense examples for every planted leak."""
    found = [Dense(f"m{seed}", Random(seed)).example(1) for seed in range(POOL)]
    one_bench.load(*found)
    return found


@pytest.fixture(scope="module")
def apart(one_bench: Bench) -> Callable[[int], Example]:
    """Dense examples in which any record may be withheld by itself, each loaded when it is first come to."""

    @cache
    def drawn(seed: int) -> Example:
        example = leaks.apart(Dense(f"a{seed}", Random(seed)).example(1))
        one_bench.put(example.records)
        return example

    return drawn


@pytest.mark.parametrize("rule", sorted(catalogue.catalogue()))
def test_a_clause_without_its_access_test_is_caught(
    rule: str, one_bench: Bench, apart: Callable[[int], Example], monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = leaks.Tries(one_bench, rule, apart)
    right_question = catalogue.question(rule)
    right = leaks.Right(lambda one: leaks.answer(one_bench, one, rule))

    def shows_in(number: int, question: Question, most: int | None) -> bool:
        for turn, one in enumerate(tries.of(number)[:most]):
            told = right((number, turn), one)
            monkeypatch.setattr(catalogue, "question", lambda _: question)
            leaked = leaks.answer(one_bench, one, rule) != told
            monkeypatch.setattr(catalogue, "question", lambda _: right_question)
            if leaked:
                return True
        return False

    listed = {clause for name, clause in NEEDLESS if name == rule}
    missed = set()
    for clause in leaks.clauses(rule):
        question = leaks.leaky(rule, clause)
        if clause in listed:
            found = 0 if shows_in(0, question, TRIES_OF_NEEDLESS) else None
        else:
            order = dict.fromkeys((shown.FIRST.get((rule, clause), 0), *range(APART)))
            found = next((number for number in order if shows_in(number, question, None)), None)
        if clause not in listed:
            tally(PLANTED)
            tally(CAUGHT, found is not None)
        if found is None:
            missed.add(clause)
        elif found != shown.FIRST.get((rule, clause), 0):
            print(f'    ("{rule}", "{clause}"): {found},')
        monkeypatch.undo()
    assert missed == listed


LEAKS: dict[str, Callable[[Reader, Purpose, VisibilityClass], bool]] = {
    "everybody sees everything": lambda reader, purpose, seen: True,
    "any compartment is enough": lambda reader, purpose, seen: (
        seen.owner == reader.agency and bool(set(seen.compartments) & set(reader.compartments) or not seen.compartments)
    ),
    "compartments do not matter": lambda reader, purpose, seen: seen.owner == reader.agency,
    "only the first compartment is looked at": lambda reader, purpose, seen: (
        seen.owner == reader.agency and set(seen.compartments[:1]) <= set(reader.compartments)
    ),
    "whose record it is does not matter": lambda reader, purpose, seen: (
        set(seen.compartments) <= set(reader.compartments)
    ),
    "nobody sees a compartment": lambda reader, purpose, seen: seen.owner == reader.agency and not seen.compartments,
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_wrong_rule_of_access_is_caught(
    leak: str, one_bench: Bench, pool: list[Example], monkeypatch: pytest.MonkeyPatch
) -> None:
    right = _timelines(one_bench, pool, copy=True)
    monkeypatch.setattr(access, "sees", LEAKS[leak])
    caught = _timelines(one_bench, pool, copy=False) != right
    tally(PLANTED)
    tally(CAUGHT, caught)
    assert caught


def test_closed_versions_shown_as_current_are_caught(
    one_bench: Bench, pool: list[Example], monkeypatch: pytest.MonkeyPatch
) -> None:
    right = access.visible

    def shown(*args: object, past: bool) -> list[bool]:
        seen = right(*args, past=past)  # type: ignore[arg-type]
        return [seen[n - n % 2] for n in range(len(seen))]

    before = _timelines(one_bench, pool, copy=True)
    monkeypatch.setattr(access, "visible", shown)
    assert _timelines(one_bench, pool, copy=True) != before


def _timelines(bench: Bench, pool: list[Example], *, copy: bool) -> list[str]:
    """The timeline of every child of the pool, as the reader of the whole or of the copy."""
    return [
        bench.told(example, "CHILD-TIMELINE", params, None, copy=copy)
        for example in pool
        for params in bench.asks(example, "CHILD-TIMELINE")
    ]
