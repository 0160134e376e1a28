"""Of more links than a diagram can show, the nearest are shown, and of these the best supported."""

from __future__ import annotations

from datetime import date
from random import Random

from missingnet.visualise.chosen import chosen
from tests.visualise.drawn import edge


def test_of_700_links_of_one_child_every_strong_one_is_shown_and_no_weak_one_before_a_medium() -> None:
    strengths = ["strong"] * 90 + ["medium"] * 200 + ["weak"] * 410
    Random(7).shuffle(strengths)
    links = [edge(f"e{n}", "a", f"t{n}", "seen at", found, date(2026, 1, 1)) for n, found in enumerate(strengths)]
    shown, left = chosen(links, "a", most=150)
    assert (len(shown), left) == (149, 551)
    assert [link.strength for link in shown].count("strong") == 90
    assert [link.strength for link in shown].count("medium") == 59
    assert shown == [link for link in links if link in shown], "in the order of the table"


def test_what_is_near_and_weak_comes_before_what_is_far_and_strong() -> None:
    near = edge("near", "a", "b", "seen at", "weak", date(2026, 1, 1))
    far = edge("far", "b", "c", "seen at", "strong", date(2026, 1, 1))
    other = edge("other", "a", "d", "seen at", "weak", date(2026, 1, 1))
    assert chosen([far, near, other], "a", most=3) == ([near, other], 1)


def test_of_equally_supported_links_those_observed_last_are_shown() -> None:
    old, new = (edge(str(year), "a", str(year), "seen at", "medium", date(year, 1, 1)) for year in (2024, 2026))
    undated = edge("undated", "a", "u", "seen at", "medium", None)
    assert chosen([undated, old, new], "a", most=2) == ([new], 2)
    assert chosen([undated, old, new], "a", most=3) == ([old, new], 1)


def test_all_links_among_what_is_shown_are_shown_and_none_when_nothing_is_left_out() -> None:
    links = [edge(f"{a}{b}", a, b, "linked to", "weak", None) for a, b in ("ab", "bc", "ca", "cb")]
    assert chosen(links, "a") == (links, 0)
    assert chosen([], "a") == ([], 0)
