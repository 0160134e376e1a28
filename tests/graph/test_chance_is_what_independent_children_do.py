"""The chance of children being missing at once, held against drawing by lot the weeks in which each child went."""

from __future__ import annotations

import math
from bisect import bisect
from collections import Counter
from itertools import combinations, product
from random import Random

import pytest

from missingnet.graph.answers.chance import (
    WEEK,
    Habit,
    Home,
    Stretch,
    at_least,
    expected_times,
    false_discovery,
    of_one_home,
)

HOUR = 3600.0
WEEKS = 8
HOURS = WEEKS * 168
#: The window begins on a Wednesday, so that weeks do not begin with it.
BEGAN = 50 * HOUR
WINDOW = Stretch(BEGAN, BEGAN + WEEKS * WEEK)
PERIOD = Stretch(BEGAN + 300 * HOUR, BEGAN + 1000 * HOUR)
Spans = list[tuple[int, int]]
"""One child's episodes, in hours of the window."""


def drawn(chance: Random, many: int, longest: int) -> Spans:
    """Episodes of one child with an hour or more between them."""
    found, at = [], 0
    for _ in range(many):
        at += chance.randrange(1, HOURS // many - longest)
        lasted = chance.randrange(1, longest + 1)
        found.append((at, at + lasted))
        at += lasted
    return found


def habit(spans: Spans) -> Habit:
    """The same as the program has it."""
    return Habit(Stretch(BEGAN + a * HOUR, BEGAN + b * HOUR) for a, b in spans)


def hours_gone(spans: Spans, weeks: int) -> frozenset[int]:
    """The hours at which the child is gone, all their episodes that many weeks later; the last week's come first."""
    return frozenset((hour + weeks * 168) % HOURS for a, b in spans for hour in range(a, b))


@pytest.mark.parametrize(
    ("many", "longest"),
    [
        pytest.param((7, 9), (40, 30), id="a pair"),
        pytest.param((9, 9), (5, 140), id="a pair, one of them often and for days"),
        pytest.param((5, 6, 7), (20, 30, 40), id="three"),
        pytest.param((3, 2, 4), (100, 200, 90), id="three, for more than a week"),
    ],
)
def test_the_mean_is_that_of_all_ways_to_draw_the_weeks(many: tuple[int, ...], longest: tuple[int, ...]) -> None:
    """Every child's weeks are drawn in each of all the ways: no lot is left to chance, so the two are equal."""
    chance = Random(20261101)
    children = [drawn(chance, *each) for each in zip(many, longest, strict=True)]
    first, last = 300, 1000
    counts = []
    for weeks in product(range(WEEKS), repeat=len(children)):
        gone = frozenset.intersection(*(hours_gone(*each) for each in zip(children, weeks, strict=True)))
        begun = sum(hour in gone and (hour - 1) % HOURS not in gone for hour in range(first, last))
        counts.append(begun + (first in gone and first - 1 in gone))
    expected = expected_times([habit(spans) for spans in children], WINDOW, PERIOD)
    assert expected == pytest.approx(sum(counts) / len(counts), rel=1e-5)
    assert expected > 0


def test_it_keeps_each_childs_time_of_the_week_and_how_often_they_go() -> None:
    saturdays = habit([(week * 168 + 90, week * 168 + 98) for week in range(WEEKS) if week % 2])
    again = habit([(week * 168 + 92, week * 168 + 99) for week in range(WEEKS) if week % 3 == 0])
    tuesdays = habit([(week * 168 + 160, week * 168 + 167) for week in range(WEEKS) if week % 3 == 0])
    both = expected_times([saturdays, again], WINDOW, WINDOW)
    assert both == pytest.approx(4 * 3 / 8)
    assert expected_times([saturdays, tuesdays], WINDOW, WINDOW) == 0
    assert expected_times([saturdays, saturdays, again], WINDOW, WINDOW) < both


def test_rare_times_follow_poissons_law() -> None:
    """How often one and two such times are seen, each episode's week drawn by lot."""
    chance = Random(3)
    weeks = 52
    habits = [[(90, 98), (93, 101), (20, 26), (91, 97)], [(92, 99), (95, 100), (91, 99)]]

    def placed(child: list[tuple[int, int]]) -> Spans:
        return [(a + week * 168, b + week * 168) for a, b in child for week in [chance.randrange(weeks)]]

    window = Stretch(BEGAN, BEGAN + weeks * WEEK)
    expected = expected_times([habit(placed(child)) for child in habits], window, window)
    counts: Counter[int] = Counter()
    trials = 8_000
    for _ in range(trials):
        one, other = map(placed, habits)
        counts[sum(max(a, c) < min(b, d) for a, b in one for c, d in other)] += 1
    for times in (1, 2):
        seen = sum(many for count, many in counts.items() if count >= times) / trials
        told, error = at_least(times, expected), math.sqrt(seen * (1 - seen) / trials)
        print(f"at least {times}: {told:.4f} told, {seen:.4f} seen")
        assert abs(told - seen) <= 4 * error + 0.15 * seen


def nights_of_a_home(chance: Random, children: int, nights: int) -> list[Spans]:
    """Children of one home, each gone of a Friday night with a probability that is the night's, not the child's."""
    gone: list[Spans] = [[] for _ in range(children)]
    for night in range(nights):
        bad = chance.expovariate(1.0)
        for spans in gone:
            if chance.random() < min(1.0, 0.15 * bad):
                spans.append((night * 168 + 90, night * 168 + 96))
    return gone


def test_a_homes_bad_nights_are_no_surprise() -> None:
    """Pairs and sets of three of a home whose nights are bad or good for all: as often as told with the home's effect,
    half as often or less without."""
    chance = Random(7)
    seen, plain, told = Counter[int](), Counter[int](), Counter[int]()
    window = Stretch(BEGAN, BEGAN + 52 * WEEK)
    for _ in range(60):
        gone = nights_of_a_home(chance, 9, 52)
        habits = {str(n): habit(spans) for n, spans in enumerate(gone)}
        home = Home(habits, window)
        for many in (2, 3):
            children = [str(n) for n in range(many)]
            mean = expected_times([habits[child] for child in children], window, window)
            plain[many] += mean
            told[many] += mean * of_one_home(home.effect(frozenset(children)), many)
            seen[many] += len(set.intersection(*(set(gone[n]) for n in range(many))))
    for many, most in ((2, 0.6), (3, 0.35)):
        print(f"{many} of a home: {seen[many]} seen, {told[many]:.1f} told, {plain[many]:.1f} without the home")
        assert plain[many] <= most * seen[many]
        assert told[many] == pytest.approx(seen[many], rel=0.2)


def test_a_home_does_not_excuse_its_own_pair() -> None:
    """Two of five who always go together, and three who go each for themselves: the home has no effect on the two."""
    together = [(week * 168 + 90, week * 168 + 96) for week in range(0, 52, 4)]
    alone = [[(week * 168 + 90, week * 168 + 96) for week in range(n, 52, 4)] for n in (1, 2, 3)]
    window = Stretch(BEGAN, BEGAN + 52 * WEEK)
    home = Home({str(n): habit(spans) for n, spans in enumerate([together, together, *alone])}, window)
    assert home.effect(frozenset("01")) == 1
    assert home.effect(frozenset("23")) > 1
    assert of_one_home(1.0, 5) == 1
    assert of_one_home(2.0, 3) == 6


def test_what_is_listed_as_no_chance_is_seldom_chance() -> None:
    """Sixty children who go of a Friday or Saturday night, each in weeks of their own; two of them together as well."""
    chance = Random(11)
    window = Stretch(BEGAN, BEGAN + 52 * WEEK)
    wrong = []
    for _ in range(8):
        gone: list[Spans] = []
        for child in range(60):
            nights = sorted(chance.sample(range(104), 10 if child == 0 else chance.randrange(3, 14)))
            gone.append([(n // 2 * 168 + 90 + n % 2 * 24, n // 2 * 168 + 97 + n % 2 * 24) for n in nights])
        gone[1] = gone[0][:8]
        habits = [habit(spans) for spans in gone]
        chances, pairs = [], list(combinations(range(60), 2))
        met = [(pair, len(set(gone[pair[0]]) & set(gone[pair[1]]))) for pair in pairs]
        listed = [(pair, times) for pair, times in met if times]
        for (one, other), times in listed:
            chances.append(at_least(times, expected_times([habits[one], habits[other]], window, window)))
        shares = false_discovery(chances, len(pairs))
        named = {pair for (pair, _), share in zip(listed, shares, strict=True) if share <= 0.05}
        wrong.append(len(named - {(0, 1)}))
        assert (0, 1) in named
    print(f"named by chance in each of eight: {wrong}")
    assert sum(wrong) <= 2


def test_the_false_discovery_is_benjamini_and_hochbergs() -> None:
    chances = [0.01, 0.04, 0.03, 0.005]
    assert false_discovery(chances, 4) == [0.02, 0.04, 0.04, 0.02]
    assert false_discovery(chances, 10) == [0.05, 0.1, 0.1, 0.05]
    assert false_discovery([0.5, 0.5, 0.9], 100) == [1.0, 1.0, 1.0]
    assert false_discovery([], 5) == []
    # Those tested that were never missing at once have a chance of 1: leaving them out of the list changes nothing.
    assert false_discovery([*chances, *[1.0] * 6], 10)[:4] == false_discovery(chances, 10)


def test_a_moment_of_the_week_comes_as_often_as_weeks_hold_it() -> None:
    chance = Random(5)
    for _ in range(200):
        began = chance.randrange(0, 500) * HOUR
        stretch = Stretch(began, began + chance.randrange(1, 2000) * HOUR)
        moment = chance.randrange(0, 168) * HOUR
        hours = [hour * HOUR for hour in range(int(stretch.began // HOUR), int(stretch.ceased // HOUR))]
        assert stretch.times(moment + 3 * WEEK) == sum(hour % WEEK == moment for hour in hours)


def test_an_episode_without_length_meets_nobody() -> None:
    """A day alone may make one. It covers no moment, not even its own."""
    none, some = habit([(90, 90)]), habit([(80, 100)])
    assert expected_times([none, some], WINDOW, WINDOW) == 0
    assert not none.began
    assert bisect(some.began, BEGAN) == 0


def test_a_further_child_makes_it_less_likely_and_a_tiny_chance_keeps_its_order() -> None:
    chance = Random(9)
    habits = [habit(drawn(chance, 6, 60)) for _ in range(6)]
    means = [expected_times(habits[:many], WINDOW, PERIOD) for many in range(2, 7)]
    chances = [at_least(2, mean) for mean in means]
    assert chances == sorted(chances, reverse=True)
    assert len(set(chances)) == len(chances)
    assert chances[-1] > 0


@pytest.mark.parametrize("times", [0, 1, 3, 12])
@pytest.mark.parametrize("expected", [1e-9, 0.02, 1.0, 3.5, 40.0])
def test_at_least_is_poissons(times: int, expected: float) -> None:
    below = math.fsum(math.exp(-expected) * expected**k / math.factorial(k) for k in range(times))
    assert at_least(times, expected) == pytest.approx(1 - below, rel=1e-5, abs=1e-12)
