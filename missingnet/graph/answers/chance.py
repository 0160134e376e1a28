"""How often children would be missing at once by chance, and how likely so many times are (rule GROUP-MISSING).

What chance is held against: each child keeps their own episodes of the baseline window, each at its own day and time of
the week and as long as it was, and only the weeks are drawn by lot, for each child alone. A moment of the week comes W
times in the window. If n of a child's episodes cover it, moved by whole weeks, the child is missing at such a moment
with probability n/W. All k children become missing at once whenever one of them goes while the others are missing
already. So in the period the number of times to expect is

    Π pⱼ(when the period begins)  +  Σᵢ Σₐ P(a)/W(a) · Π_{j≠i} pⱼ(a)

where a runs over the moments of the week at which child i went, P(a) says how often that moment comes in the period,
and the first term is the chance that all are missing when it begins. It is what drawing the weeks by lot gives, on the
average, without drawing them; the test draws all of them. That the count follows Poisson's law is an approximation,
good while such times are rare.

Children of one home often have one reason: a bad night, a careless shift. So the home has its own figure, from its
*other* children, so that no set excuses itself: how many times as often as that chance one of them went while another
was missing. Were the home's nights better and worse by a common factor with a gamma's law, of mean 1 and mean square
f, k of its children would be missing at once (1)(f)(2f - 1)(3f - 2)… times as often, to k factors; that is taken.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Final

WEEK: Final = 7 * 24 * 3600.0
Seconds = float


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time by the clock on the wall, in seconds from some Monday's midnight; its end is not in it."""

    began: Seconds
    ceased: Seconds

    def times(self, moment: Seconds) -> int:
        """How often that moment of the week comes in it."""
        first = self.began + (moment - self.began) % WEEK
        return max(0, math.ceil((self.ceased - first) / WEEK))


class Habit:
    """When one child went missing and for how long: their episodes of the baseline window. One without any length, as
    days alone may make it, meets nobody."""

    def __init__(self, stays: Iterable[Stretch]) -> None:
        told = sorted((stay for stay in stays if stay.began < stay.ceased), key=lambda stay: stay.began)
        self.began = [stay.began for stay in told]
        self.ceased = sorted(stay.ceased for stay in told)
        self._always, starts, ends = 0, [], []
        for stay in told:
            whole, rest = divmod(stay.ceased - stay.began, WEEK)
            start = stay.began % WEEK
            end = (start + rest) % WEEK
            # Each whole week covers every moment once, and so, once more, does what goes over the week's end.
            self._always += int(whole) + (start + rest >= WEEK)
            starts.append(start)
            ends.append(end)
        self._starts, self._ends = sorted(starts), sorted(ends)

    def cover(self, moment: Seconds, began_then: bool) -> int:
        """How many of the episodes, moved by whole weeks, last at that moment of the week; also those that begin then,
        where that is asked."""
        at = moment % WEEK
        begun = bisect_right(self._starts, at) if began_then else bisect_left(self._starts, at)
        return self._always + begun - bisect_right(self._ends, at)

    def lasting(self, moment: Seconds, began_then: bool) -> int:
        """How many of the episodes last at that very moment."""
        begun = bisect_right(self.began, moment) if began_then else bisect_left(self.began, moment)
        return begun - bisect_right(self.ceased, moment)


def _missing(habit: Habit, moment: Seconds, window: Stretch, began_then: bool) -> float:
    """The probability that the child is missing at that moment of the week."""
    weeks = window.times(moment)
    return min(1.0, habit.cover(moment, began_then) / weeks) if weeks else 0.0


def _met(habits: Sequence[Habit], window: Stretch, period: Stretch) -> float:
    """How many times one goes while all others are missing. Of two who go at one moment the later in order is last."""
    total = 0.0
    for at, habit in enumerate(habits):
        for moment in habit.began:
            if not (often := period.times(moment)):
                continue
            share = often / window.times(moment)
            for other, theirs in enumerate(habits):
                if other != at:
                    share *= _missing(theirs, moment, window, other < at)
            total += share
    return total


def expected_times(habits: Sequence[Habit], window: Stretch, period: Stretch) -> float:
    """How many times all these children are missing at once in the period, by the chance said above."""
    begun = math.prod(_missing(habit, period.began, window, began_then=False) for habit in habits)
    return _told(begun + _met(habits, window, period))


class Home:
    """The children of one home, and how often any two of them were missing at once in the baseline window."""

    def __init__(self, habits: Mapping[str, Habit], window: Stretch) -> None:
        self.habits = habits
        self._window = window

    @cached_property
    def _pairs(self) -> dict[frozenset[str], tuple[int, float]]:
        """By pair how often one went while the other was missing, and how often by chance."""
        found = {}
        for (a, one), (b, other) in combinations(self.habits.items(), 2):
            seen = sum(other.lasting(moment, began_then=False) for moment in one.began)
            seen += sum(one.lasting(moment, began_then=True) for moment in other.began)
            found[frozenset((a, b))] = (seen, _met((one, other), self._window, self._window))
        return found

    def effect(self, but: Collection[str]) -> float:
        """How many times as often as by chance the home's other children were missing at once; never under 1.

        One time is added on both sides, so that few figures say little.
        """
        pairs = [told for pair, told in self._pairs.items() if pair.isdisjoint(but)]
        seen, expected = sum(seen for seen, _ in pairs), math.fsum(by_chance for _, by_chance in pairs)
        return max(1.0, (seen + 1) / (expected + 1))


def of_one_home(effect: float, children: int) -> float:
    """How many times as often so many children of a home with that effect are missing at once."""
    return math.prod(1 + n * (effect - 1) for n in range(1, children))


def at_least(times: int, expected: float) -> float:
    """Poisson's probability of at least so many times, when so many are expected; right however small it is."""
    if times <= 0:
        return 1.0
    if expected <= 0.0:
        return 0.0
    if times <= expected:
        return _told(1.0 - sum(_exactly(k, expected) for k in range(times)))
    total, k = 0.0, times
    while (more := _exactly(k, expected)) > total * 1e-12:
        total, k = total + more, k + 1
    return _told(total)


def false_discovery(chances: Sequence[float], tested: int) -> list[float]:
    """For each, what share of those at least as unlikely chance alone would bring, when so many were tested.

    Benjamini and Hochberg's; those tested that are not among the chances are taken to surprise less than all of them.
    """
    found, least = [1.0] * len(chances), 1.0
    for rank, at in reversed(list(enumerate(sorted(range(len(chances)), key=chances.__getitem__), 1))):
        least = min(least, chances[at] * tested / rank)
        found[at] = _told(least)
    return found


def _exactly(times: int, expected: float) -> float:
    return math.exp(times * math.log(expected) - expected - math.lgamma(times + 1))


def _told(figure: float) -> float:
    """Six digits, however small, so that the order of two small figures is kept."""
    return float(f"{figure:.6g}")
