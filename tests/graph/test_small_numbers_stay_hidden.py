"""SUPPRESSION: no number that is hidden can be worked out from what a table shows: the sums are solved to see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missingnet.graph.answers.suppression import Place, hidden
from tests.pieces import EXAMPLES

FEWER_THAN = 5


def table(cells: Sequence[Sequence[int]], *, lines: bool, columns: bool) -> dict[Place, int]:
    """A table with its totals: of its lines, of its columns, of both and of all."""
    values: dict[Place, int] = {(f"l{y}", f"c{x}"): n for y, row in enumerate(cells) for x, n in enumerate(row)}
    if lines:
        values |= {(f"l{y}", None): sum(row) for y, row in enumerate(cells)}
    if columns:
        values |= {(None, f"c{x}"): sum(column) for x, column in enumerate(zip(*cells, strict=True))}
    if lines and columns:
        values[(None, None)] = sum(map(sum, cells))
    return values


def sums(values: Mapping[Place, int]) -> list[tuple[Place, list[Place]]]:
    """Every total that the table shows, and of what it is the sum."""
    found = []
    for line, column in values:
        if line is None or column is None:
            parts = [
                (y, x)
                for y, x in values
                if y is not None and x is not None and line in (None, y) and column in (None, x)
            ]
            found.append(((line, column), parts))
    return found


def possible(values: Mapping[Place, int], kept: frozenset[Place], place: Place, number: int) -> bool:
    """Some numbers of one or more in the hidden places make every sum right, and this one is in its place."""
    cells = [p for p in kept if None not in p and p != place]
    equations = []
    for total, parts in sums(values):
        unknown = [p for p in parts if p in kept]
        free = total in kept and total != place
        if not free:
            right = number if total == place else values[total]
            equations.append((unknown, right - sum(values[p] for p in parts if p not in kept)))
    return _solve(cells, equations, {place: number} if None not in place else {})


def _solve(cells: list[Place], equations: list[tuple[list[Place], int]], known: dict[Place, int]) -> bool:
    for unknown, right in equations:
        left = [p for p in unknown if p not in known]
        rest = right - sum(known[p] for p in unknown if p in known)
        if rest < len(left) or (not left and rest != 0):
            return False
    open_cells = [p for p in cells if p not in known]
    if not open_cells:
        return True
    # A sum with one unknown left settles it; else the first is tried with each number that its sums allow.
    bounds = {p: min((_room(p, e, known) for e in equations if p in e[0]), default=1) for p in open_cells}
    cell = min(open_cells, key=lambda p: bounds[p])
    return any(_solve(cells, equations, {**known, cell: n}) for n in range(1, bounds[cell] + 1))


def _room(cell: Place, equation: tuple[list[Place], int], known: Mapping[Place, int]) -> int:
    unknown, right = equation
    others = [p for p in unknown if p != cell and p not in known]
    return right - sum(known[p] for p in unknown if p in known) - len(others)


def small(values: Mapping[Place, int]) -> set[Place]:
    return {place for place, number in values.items() if 0 < number < FEWER_THAN}


def unsafe(values: Mapping[Place, int], kept: Iterable[Place]) -> list[Place]:
    """Hidden places of which only one number is possible."""
    kept = frozenset(kept)
    return [
        place
        for place in kept
        if not any(
            possible(values, kept, place, number)
            for number in sorted(range(1, sum(values.values()) + 3), key=lambda n, own=values[place]: abs(n - own))
            if number != values[place]
        )
    ]


SIZES = st.tuples(st.integers(1, 3), st.integers(1, 3))
TABLES = SIZES.flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 9), min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)


@settings(max_examples=EXAMPLES, deadline=None, print_blob=True)
@given(TABLES, st.booleans(), st.booleans(), st.booleans())
def test_a_hidden_number_may_always_be_another(
    cells: list[list[int]], lines: bool, columns: bool, sums_first: bool
) -> None:
    values = table(cells, lines=lines, columns=columns)
    kept = hidden(values, small(values), sums_first=sums_first)
    assert small(values) <= kept
    assert not any(values[place] == 0 for place in kept)
    assert unsafe(values, kept) == []


def test_hiding_the_small_ones_alone_gives_them_back() -> None:
    """The test of the test: one small number in a column is found by taking the others from the total."""
    values = table([[20], [3], [14]], lines=False, columns=True)
    assert unsafe(values, small(values)) == [("l1", "c0")]
    assert hidden(values, small(values)) == {("l1", "c0"), ("l2", "c0")}


def test_two_ones_are_not_enough_to_hide_each_other() -> None:
    """Two hidden numbers that add up to two are both one."""
    values = table([[1], [1], [9]], lines=False, columns=True)
    assert unsafe(values, small(values))
    assert len(hidden(values, small(values))) == 3


@pytest.mark.parametrize("lines", [True, False])
def test_nothing_is_hidden_where_nothing_is_small(lines: bool) -> None:
    assert hidden(table([[5, 0], [0, 7]], lines=lines, columns=True), []) == frozenset()
