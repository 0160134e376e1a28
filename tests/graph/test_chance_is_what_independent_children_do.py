"""The chance of children being missing at once, held against children who go missing independently of one another."""

from __future__ import annotations

import math
from collections import Counter
from random import Random

import pytest

from missingnet.graph.answers.chance import Rate, at_least, expected_times

HOUR = 3600.0
WINDOW = 365 * 24 * HOUR
PERIOD = 31 * 24 * HOUR
TRIALS = 3_000
Stay = tuple[float, float]


def stays(chance: Random, at_home: float, away: float) -> list[Stay]:
    """One child's episodes in the period: at home and away in turn, each for as long as chance has it.

    The child is met at a moment picked at random, so that they may be missing when the period begins.
    """
    gone = chance.random() < away / (at_home + away)
    moment, found = 0.0, []
    while moment < PERIOD:
        lasted = chance.expovariate(1 / (away if gone else at_home))
        if gone:
            found.append((moment, moment + lasted))
        moment, gone = moment + lasted, not gone
    return found


def at_once(children: list[list[Stay]]) -> int:
    """How many separate times all of them are missing."""
    common = children[0]
    for other in children[1:]:
        common = [(max(a, c), min(b, d)) for a, b in common for c, d in other if max(a, c) < min(b, d, PERIOD)]
    return len(common)


@pytest.mark.parametrize(
    "habits",
    [
        pytest.param([(40.0, 10.0), (60.0, 20.0)], id="a pair"),
        pytest.param([(20.0, 12.0), (30.0, 18.0), (24.0, 30.0)], id="three"),
        pytest.param([(12.0, 10.0), (10.0, 12.0), (14.0, 20.0), (20.0, 20.0)], id="four"),
        pytest.param([(300.0, 200.0), (250.0, 250.0), (200.0, 300.0)], id="three who stay away for days"),
    ],
)
def test_the_mean_is_that_of_independent_children(habits: list[tuple[float, float]]) -> None:
    """The tolerance is four standard errors of the simulated mean: a sound formula fails it once in 16,000."""
    chance = Random(20261101)
    spells = [(at_home * HOUR, away * HOUR) for at_home, away in habits]
    counts = [at_once([stays(chance, *each) for each in spells]) for _ in range(TRIALS)]
    mean = sum(counts) / TRIALS
    error = math.sqrt(sum((count - mean) ** 2 for count in counts) / (TRIALS - 1) / TRIALS)
    # What a baseline window would tell of such children: an episode in every spell at home and spell away together.
    rates = [Rate(round(WINDOW / (home + away)), WINDOW * away / (home + away)) for home, away in spells]
    expected = expected_times(rates, WINDOW, PERIOD)
    print(f"{len(habits)} children: {expected:.4g} expected, {mean:.4g} in {TRIALS} trials, ± {error:.2g}")
    rounding = max(
        abs(rate.episodes - WINDOW / sum(spell)) / rate.episodes for rate, spell in zip(rates, spells, strict=True)
    )
    assert abs(mean - expected) <= 4 * error + rounding * expected


def test_rare_times_follow_poissons_law() -> None:
    """Three children, each missing some hours a week: how often at least one and two such times were seen."""
    chance = Random(3)
    spells = [(150 * HOUR, 18 * HOUR), (100 * HOUR, 20 * HOUR), (120 * HOUR, 16 * HOUR)]
    counts = Counter(at_once([stays(chance, *each) for each in spells]) for _ in range(20_000))
    rates = [Rate(round(WINDOW / (home + away)), WINDOW * away / (home + away)) for home, away in spells]
    expected = expected_times(rates, WINDOW, PERIOD)
    # A child who stays away long may be joined twice: Poisson's law is a little low for a second time, never high.
    for times, low in ((1, 1.1), (2, 1.6)):
        seen = sum(many for count, many in counts.items() if count >= times) / 20_000
        told, error = at_least(times, expected), math.sqrt(seen * (1 - seen) / 20_000)
        print(f"at least {times}: {told:.4f} told, {seen:.4f} seen")
        assert seen - 4 * error <= told * low
        assert told <= seen * 1.1 + 4 * error


def test_it_is_the_formula_of_pairs_and_of_sets() -> None:
    for lengths in ((8.0, 30.0), (5.0, 9.0, 14.0), (3.0, 4.0, 5.0, 6.0)):
        rates = [Rate(10 + n, (10 + n) * length * HOUR) for n, length in enumerate(lengths)]
        share = math.prod(rate.episodes * length * HOUR / WINDOW for rate, length in zip(rates, lengths, strict=True))
        told = share * (1 + PERIOD * sum(1 / (length * HOUR) for length in lengths))
        assert expected_times(rates, WINDOW, PERIOD) == pytest.approx(told, rel=1e-5)
    (n1, l1), (n2, l2) = (10, 8 * HOUR), (11, 30 * HOUR)
    pair = n1 * n2 * (l1 + l2) * PERIOD / WINDOW**2 + n1 * l1 * n2 * l2 / WINDOW**2
    assert expected_times([Rate(n1, n1 * l1), Rate(n2, n2 * l2)], WINDOW, PERIOD) == pytest.approx(pair, rel=1e-5)


def test_a_further_child_makes_it_less_likely_and_a_tiny_chance_keeps_its_order() -> None:
    rates = [Rate(6, 6 * 9 * HOUR)] * 6
    means = [expected_times(rates[:many], WINDOW, PERIOD) for many in range(2, 7)]
    chances = [at_least(2, mean) for mean in means]
    assert chances == sorted(chances, reverse=True)
    assert len(set(chances)) == len(chances)
    assert chances[-1] > 0


@pytest.mark.parametrize("times", [0, 1, 3, 12])
@pytest.mark.parametrize("expected", [1e-9, 0.02, 1.0, 3.5, 40.0])
def test_at_least_is_poissons(times: int, expected: float) -> None:
    below = math.fsum(math.exp(-expected) * expected**k / math.factorial(k) for k in range(times))
    assert at_least(times, expected) == pytest.approx(1 - below, rel=1e-5, abs=1e-12)
