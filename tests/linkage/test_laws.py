"""What must hold whatever the people: any order of rows, twins apart, the arithmetic of the evaluation."""

from __future__ import annotations

import csv
import itertools
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from missingnet.ingest.example.people import BOYS, GIRLS, misspell
from missingnet.ingest.linkage.evaluation import CURVE, evaluate
from missingnet.ingest.linkage.people import Described
from tests.linkage.suggesting import offered, suggest, town

#: Each example is a whole run of the engine; a smaller seed is no simpler case, so nothing is shrunk.
FEW = settings(
    max_examples=2,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)


def _with_doubles(people: list[Described], random: Random, share: float = 0.4) -> list[Described]:
    doubles = [
        replace(
            whom,
            id=f"d{whom.id}",
            thing=f"d{whom.id}",
            family=misspell(whom.family or "", random.random()) if random.random() < 0.3 else whom.family,
            sex=None,
        )
        for whom in people
        if random.random() < share
    ]
    return people + doubles


@FEW
@given(seed=st.integers(0, 10_000))
def test_the_order_of_the_rows_makes_no_difference(seed: int) -> None:
    """Enough people and doubles that the model learns from them."""
    random = Random(seed)
    people = _with_doubles(town(320, seed), random)
    shuffled = random.sample(people, len(people))
    assert suggest(people) == suggest(shuffled)


@FEW
@given(seed=st.integers(0, 10_000))
def test_no_twins_or_siblings_are_ever_suggested(seed: int) -> None:
    """Forty families of two, three or four in one home and school, half of them twins, among doubles and strangers."""
    random = Random(seed)
    people = _with_doubles(town(200, seed), random)
    family_of: dict[str, int] = {}
    for number, base in enumerate(town(40, seed + 1)):
        names = random.sample(GIRLS + BOYS, random.randrange(2, 5))
        for place, name in enumerate(names):
            born = base.born or ""
            if place > 1:
                born = f"{int(born[:4]) + place}{born[4:]}"
            child = replace(
                base,
                id=f"f{number}-{place}",
                thing=f"f{number}-{place}",
                given=name,
                born=born,
                sex="female" if name in GIRLS else "male",
                premises=(f"uprn:{number}",),
            )
            family_of[child.id] = number
            people.append(child)
    wrong = [
        (one, other)
        for one, other in offered(suggest(people))
        if one in family_of and family_of.get(one) == family_of.get(other)
    ]
    assert wrong == []


@FEW
@given(seed=st.integers(0, 10_000))
def test_the_evaluation_counts_as_a_person_would(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Against pairs counted one by one; some truths are wrong on purpose, so that not every suggestion is true."""
    random = Random(seed)
    people = _with_doubles(town(60, seed), random)
    truth = {whom.id: whom.id.lstrip("d") if random.random() < 0.8 else str(random.randrange(9)) for whom in people}
    path = tmp_path_factory.mktemp("evaluated") / "people.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Id", " given", "Family", "born", "code", "truth"])
        for whom in people:
            writer.writerow([whom.id, whom.given, whom.family, whom.born, whom.postcode, truth[whom.id]])
    names = {"id": "id", "given": "given", "family": "family", "born": "born", "postcode": "code", "truth": "truth"}
    found = evaluate(path, names)
    plain = [replace(whom, sex=None, schools=()) for whom in people]
    scored = suggest(plain, CURVE[0])
    true = {pair for pair in itertools.combinations(sorted(truth), 2) if truth[pair[0]] == truth[pair[1]]}
    assert found.truths == len(true)
    assert found.records == len(people)
    for at in (*found.curve, found.suggested):
        above = [pair for pair in scored if 1 / (1 + 2**-pair.weight) >= at.probability - 1e-4]
        close = {(p.one, p.other) for p in above if abs(1 / (1 + 2**-p.weight) - at.probability) < 2e-4}
        free = {(pair.one, pair.other) for pair in above if not pair.held}
        assert abs(at.pairs - len(free)) <= len(close)
        assert abs(at.true - len(free & true)) <= len(close)
        assert found.precision(at) == (at.true / at.pairs if at.pairs else 1)
        assert found.recall(at) == at.true / len(true)
