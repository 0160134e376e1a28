"""A path is as good as its weakest link: the best path found equals the best of all paths, tried one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from missingnet.graph.answers.standing import STRENGTHS, Strength, rank, weakest_on_best

THINGS = "abcdef"


@dataclass(frozen=True)
class Line:
    """A link of a small network."""

    from_id: str
    to_id: str
    strength: Strength
    grade: str | None


LINES = st.lists(
    st.builds(
        Line,
        st.sampled_from(THINGS),
        st.sampled_from(THINGS),
        st.sampled_from(STRENGTHS),
        st.sampled_from([None, "1A", "B2", "2C", "3D", "E5"]),
    ).filter(lambda line: line.from_id != line.to_id),
    max_size=9,
)


def _paths(lines: Sequence[Line], at: str, goal: str, ends: set[str], been: tuple[str, ...]) -> Iterator[list[Line]]:
    """Every path that comes by nothing twice and goes through no end."""
    for line in lines:
        for here, there in ((line.from_id, line.to_id), (line.to_id, line.from_id)):
            if here == at and there not in been:
                if there == goal:
                    yield [line]
                elif there not in ends:
                    for rest in _paths(lines, there, goal, ends, (*been, there)):
                        yield [line, *rest]


@given(LINES, st.sets(st.sampled_from(THINGS), max_size=2))
def test_the_best_path_of_all(lines: list[Line], ends: set[str]) -> None:
    found = weakest_on_best(lines, "a", ends)
    for thing in THINGS[1:]:
        paths = list(_paths(lines, "a", thing, ends, ("a",)))
        assert (thing in found) == bool(paths)
        if paths:
            weakest = [max(rank(line.strength, line.grade) for line in path) for path in paths]
            assert rank(*found[thing]) == min(weakest)


def test_a_strong_link_beyond_a_weak_one_is_no_better_than_the_weak_one() -> None:
    lines = [Line("a", "b", "weak", "3D"), Line("b", "c", "strong", "1A")]
    assert weakest_on_best(lines, "a", ()) == {"b": ("weak", "3D"), "c": ("weak", "3D")}


def test_nothing_is_reached_through_a_hub() -> None:
    lines = [Line("a", "hub", "strong", "1A"), Line("hub", "c", "strong", "1A"), Line("a", "c", "weak", None)]
    assert weakest_on_best(lines, "a", {"hub"}) == {"hub": ("strong", "1A"), "c": ("weak", None)}
