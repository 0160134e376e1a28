"""Grades of intelligence are chosen whole, by what they mean in their scheme, and never by the alphabet."""

from __future__ import annotations

from itertools import permutations, product

import pytest

from missingnet.graph.answers.grades import best, doubtful, in_order, of_records, strictest_first, well_founded
from missingnet.visualise.words import grade_words
from tests.packs.example_child import strength_of_one

EVERY = [*map("".join, product("123", ["", *"ABCDE"])), *map("".join, product("ABCDE", ["", *"12345"]))]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("2D", "3A"),  # never '2A', which nobody recorded
        ("A1", "2B"),  # by the alphabet a 2 comes before an A
        ("1A", "A1"),  # equal bands: 3x5x2 first
        ("1C", "C1"),  # sometimes reliable stands below reliable …
        ("C4", "2D"),  # … and above untested
        ("C3", "2A"),
        ("2A", "E3"),
        ("E2", "2B"),
        ("2C", "D1"),
        ("3A", "D3"),
        ("A1", "B1"),
        ("B1", "A3"),  # A and B are one band: then the information decides
        ("A2", "B2"),
        ("2B", "1E"),  # what is doubtful comes after what is not
        ("E3", "A5"),
        ("2C", "2"),
        ("2", "2D"),
    ],
)
def test_the_better_of_two_is_told_by_the_bands(better: str, worse: str) -> None:
    assert best([better, None, worse]) == best([worse, better]) == better


def test_the_best_is_always_a_grade_that_was_recorded_whole_and_never_hangs_on_the_order() -> None:
    settled = in_order(EVERY)
    assert sorted(settled) == sorted(EVERY)
    for three in permutations(EVERY[::5], 3):
        assert in_order(three) == tuple(grade for grade in settled if grade in three)
    assert best([None, ""]) is None


def test_doubtful_grades_stand_last_and_well_founded_ones_first() -> None:
    settled = in_order(EVERY)
    kept = [doubtful(grade) for grade in settled]
    assert kept == sorted(kept)
    assert {g for g in EVERY if well_founded(g)} == {"1A", "1B", "A1", "A2", "A3", "B1", "B2", "B3"}
    assert {g for g in EVERY if not doubtful(g)} >= {"1", "2", "A", "B", "C", "E", "2C", "E3"}
    assert all(doubtful(g) for g in ("3A", "1D", "1E", "D1", "A4", "B5", "3", "D"))


def test_a_grade_goes_with_its_own_records() -> None:
    assert of_records(("r1 1A", "r2 3D", "r3 A2"), ("r2", "r3")) == ("A2", "3D")


def test_every_handling_code_is_kept_and_those_of_5x5x5_are_at_least_as_strict_as_c() -> None:
    assert strictest_first(["P", "1", None, "C", "5", "P"]) == ("5", "1", "C", "P")


@pytest.mark.parametrize(
    ("grade", "strength"),
    [("A1", "strong"), ("1B", "strong"), ("B4", "weak"), ("D1", "weak"), ("3A", "weak"), ("E1", "medium")],
)
def test_a_link_is_drawn_by_the_bands_of_both_schemes(grade: str, strength: str) -> None:
    assert strength_of_one(grade) == strength


def test_words_say_what_a_letter_means_in_its_scheme() -> None:
    assert grade_words("2B") == "2 untested, B known indirectly but corroborated"
    assert grade_words("B2") == "B mostly reliable, 2 known directly (5x5x5)"
    assert grade_words("E") == "E untested (5x5x5)"
    assert grade_words(None) == "not graded"
