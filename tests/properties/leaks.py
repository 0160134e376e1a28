"""Planted leaks: each clause of a question without its access test, and withheld records chosen so that it shows.

Chance alone seldom withholds the one record that a clause turns on. So each record of a dense example lies in a class
of its own, and a reader sees all but a chosen few: one record, or all of one kind that name one thing, or a handful.
Any clause that can leak has such records around which the right answer and the leaky one differ.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from missingnet.graph import catalogue, grammar
from missingnet.graph.access import Reader
from missingnet.graph.answers import plain
from missingnet.graph.catalogue import Question
from missingnet.graph.records import VisibilityClass
from tests.pieces import ROOT
from tests.properties.asking import Bench, settled
from tests.properties.example import SEALED, Example


def apart(example: Example) -> Example:
    """The same records, each in a class that no other record has."""
    own = [
        replace(
            r,
            access=VisibilityClass(
                f"apart-{example.number}", (r.key,), (SEALED,) if SEALED in r.access.compartments else ()
            ),
        )
        for r in example.records
    ]
    return Example(example.number, tuple(own), frozenset())


def withholdings(example: Example, chance: Random) -> Iterator[frozenset[str]]:
    """Keys of records to withhold together, the likeliest to show a leak first, in an order of chance."""
    keys = sorted({record.key for record in example.records})
    around: dict[tuple[str, str], set[str]] = {}
    for record in example.records:
        for slot in record.mentions:
            around.setdefault((record.label, min(record.keys_of(slot))), set()).add(record.key)
    # All records of one kind that name one thing: a leak that one more record of the kind would hide shows here.
    groups = [frozenset(found) for found in around.values() if len(found) > 1]
    targeted = sorted({*(frozenset((key,)) for key in keys), *groups}, key=sorted)
    chance.shuffle(targeted)
    yield from targeted
    for share in (0.1, 0.2, 0.3, 0.5, 0.7) * 6:
        yield frozenset(chance.sample(keys, max(1, int(len(keys) * share))))


@dataclass(frozen=True)
class Try:
    """One question of one reader, from whom some records of an example are withheld."""

    example: Example
    withheld: frozenset[str]
    params: tuple[tuple[str, Any], ...]

    @property
    def reader(self) -> Reader:
        seen = sorted({record.key for record in self.example.records} - self.withheld)
        return Reader("test", "test", "nobody", (), tuple(seen), (SEALED,))


#: Of one example, so many questions whose answer rests on something withheld, so many about something that a withheld
#: record is about (what is not told may turn on it), and so many with all of one kind of record withheld.
LIKELY, BESIDE, KINDS = 45, 20, 12


class Tries:
    """Questions of readers by example: first those whose whole answer rests on something withheld.

    An example is loaded, and its questions are made up, when it is first come to; what they are hangs on nothing else.
    """

    def __init__(self, bench: Bench, rule: str, example: Callable[[int], Example]) -> None:
        self._bench, self._rule, self._example = bench, rule, example
        self._had: dict[int, list[Try]] = {}

    def of(self, number: int) -> Sequence[Try]:
        """The questions of one example."""
        if number not in self._had:
            self._had[number] = list(self._drawn(self._example(number), Random(f"{self._rule} {number}")))
        return self._had[number]

    def _drawn(self, example: Example, chance: Random) -> Iterator[Try]:
        bench, rule = self._bench, self._rule
        whole = [Try(example, frozenset(), tuple(_own(params).items())) for params in bench.asks(example, rule)]
        rests_on = _rests_on(bench, whole, rule)
        is_about = [_is_about(bench, one) for one in whole]
        likely: list[Try] = []
        beside: list[Try] = []
        kinds = [_of_kind(example, label) for label in sorted({record.label for record in example.records})]
        for withheld in withholdings(example, chance):
            for tries_, touches in ((likely, rests_on), (beside, is_about)):
                touched = [one for one, keys in zip(whole, touches, strict=True) if withheld & keys]
                tries_ += [replace(one, withheld=withheld) for one in chance.sample(touched, min(3, len(touched)))]
        yield from chance.sample(likely, min(LIKELY, len(likely)))
        for withheld in chance.sample(kinds, min(KINDS, len(kinds))):
            yield replace(chance.choice(whole), withheld=withheld)
        yield from chance.sample(beside, min(BESIDE, len(beside)))


def _of_kind(example: Example, label: str) -> frozenset[str]:
    return frozenset(record.key for record in example.records if record.label == label)


def _rests_on(bench: Bench, whole: Sequence[Try], rule: str) -> list[frozenset[str]]:
    """Keys of the records that the answer to one who sees all names, whichever things are hubs."""
    found: dict[tuple[Any, ...], frozenset[str]] = {}
    for one in whole:
        named = bench.ask(rule, one.reader, dict(one.params), None)
        evidence = frozenset().union(*(row.evidence for row in named.rows))
        keys = {r.key for r in one.example.records if bench.keyed("record", r.name) in evidence}
        found[_but_hubs(one)] = found.get(_but_hubs(one), frozenset()) | keys
    return [found[_but_hubs(one)] for one in whole]


def _is_about(bench: Bench, one: Try) -> frozenset[str]:
    """Keys of the records about what is asked about; of all, where nothing is named."""
    asked = {value for _, value in one.params if isinstance(value, str) and value}
    things = {r.key: {one.example.thing(r.keys_of(slot)) for slot in r.mentions} for r in one.example.records}
    return frozenset(key for key, about in things.items() if about & asked or not asked & set().union(*things.values()))


def _but_hubs(one: Try) -> tuple[Any, ...]:
    return tuple(str(value) for name, value in one.params if name != "hub_children")


def _own(params: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters of the whole example, not of a copy."""
    return {name: value[0] if isinstance(value, tuple) else value for name, value in params.items()}


def answer(bench: Bench, one: Try, rule: str) -> str:
    """What the reader is told, lists as sets."""
    told = bench.ask(rule, one.reader, dict(one.params), None)
    return settled({"total": told.total, "notes": list(told.notes), "rows": plain([r.model_dump() for r in told.rows])})


class _Leaky(grammar._Reader):
    """Writes the access test everywhere but in one clause, and notes what each clause is called."""

    def __init__(self, text: str, mode: grammar.Mode, leak: int, about: str | None, *, one: bool) -> None:
        super().__init__(text, mode, about, one=one)
        self.leak = leak
        self.clauses: list[str] = []

    def condition(self, tests: list[str]) -> None:
        mine = len(self.clauses)
        name = " ".join(dict.fromkeys(tests))
        again = sum(called.partition(" #")[0] == name for called in self.clauses)
        self.clauses.append(f"{name} #{again + 1}" if again else name)
        super().condition([] if mine == self.leak else tests)


def _read(question: Question, leak: int, *, one: bool = False) -> _Leaky:
    path = ROOT / "missingnet" / "cypher" / question.chapter / f"{question.rule.lower()}.cypher"
    lines = path.read_text(encoding="utf-8").splitlines()
    body = "\n".join(line for line in lines if not line.startswith("//"))
    about = next((line.removeprefix("// about: ") for line in lines if line.startswith("// about: ")), None)
    reader = _Leaky(body, "ever" if question.every_version else "now", leak, about, one=one)
    reader.query("")
    return reader


def clauses(rule: str) -> list[str]:
    """The clauses of a question by the names that each tests, such as 'h e'; a second one of the name is 'h e #2'."""
    return _read(catalogue.question(rule), -1).clauses


def leaky(rule: str, clause: str) -> Question:
    """The question with that clause's test left out."""
    question = catalogue.question(rule)
    leak = clauses(rule).index(clause)
    all_, one = ("".join(_read(question, leak, one=one).out) for one in (False, True))
    return replace(question, text_now=all_, text_one_now=one)


class Right:
    """The right answers of the tries, asked once each."""

    def __init__(self, ask: Callable[[Try], str]) -> None:
        self._ask = ask
        self._told: dict[tuple[int, int], str] = {}

    def __call__(self, at: tuple[int, int], one: Try) -> str:
        if at not in self._told:
            self._told[at] = self._ask(one)
        return self._told[at]
