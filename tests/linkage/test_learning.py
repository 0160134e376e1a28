"""The model recovers what is known, keeps what the table cannot teach, and is written for either engine."""

from __future__ import annotations

import itertools
import subprocess
import sys
from math import prod

import pytest

from missingnet.ingest.linkage.model import Comparison, Level, model, pairs_in, written
from missingnet.ingest.linkage.spelling import day_written, days, spelling
from missingnet.ingest.linkage.training import COUNTS_AS, _maximised, _mixed, learn
from tests.linkage.suggesting import town

THINGS = ("people", "places", "markings")


def test_expectation_maximisation_recovers_the_shares_that_made_the_pairs() -> None:
    true = {"a": ((0.9, 0.01), (0.1, 0.99)), "b": ((0.7, 0.05), (0.2, 0.15), (0.1, 0.8)), "c": ((0.8, 0.2), (0.2, 0.8))}
    pairs, part = 1_000_000, 0.3
    fixed = [
        Comparison(name, name, "", tuple(Level("", 1 / len(levels), u) for _, u in levels))
        for name, levels in true.items()
    ]
    # Where to begin: the first level is the likelier one for a true pair, as in every model.
    begun = [
        Comparison(c.name, c.name, "", tuple(Level("", 0.6 if not n else 0.4 / (len(c.level) - 1), level.u)
                                              for n, level in enumerate(c.level)))
        for c in fixed
    ]  # fmt: skip
    seen = {}
    for places in itertools.product(*(range(len(levels)) for levels in true.values())):
        one = prod(levels[place][0] for levels, place in zip(true.values(), places, strict=True))
        two = prod(levels[place][1] for levels, place in zip(true.values(), places, strict=True))
        gammas = tuple(len(levels) - 1 - place for levels, place in zip(true.values(), places, strict=True))
        seen[gammas] = round(pairs * (part * one + (1 - part) * two))
    counts = _maximised(seen, begun)
    for comparison in begun:
        found = _mixed(comparison, counts[comparison.name], "m")
        assert found == pytest.approx([m for m, _ in true[comparison.name]], abs=0.02)


def test_a_level_that_a_table_never_shows_keeps_its_fixed_chance() -> None:
    comparison = Comparison("x", "x", "", (Level("", 0.9, 0.001), Level("", 0.1, 0.999)))
    assert _mixed(comparison, [0.0, 1_000_000.0], "u")[0] == 0.001
    seen = _mixed(comparison, [500.0, 999_500.0], "u")[0]
    assert seen == pytest.approx((500 + 0.001 * COUNTS_AS) / (1_000_000 + COUNTS_AS))


def test_a_small_table_is_compared_by_the_fixed_values() -> None:
    from missingnet.ingest.linkage.engine import workshop
    from missingnet.ingest.linkage.people import prepare, say

    with workshop() as con:
        say(con, town(50))
        prepare(con)
        learnt = learn(con, "prepared", model("people"))
    for before, after in zip(model("people").comparison, learnt.comparison, strict=True):
        assert [level.m for level in after.level] == pytest.approx([level.m for level in before.level], abs=0.001)
    assert learnt.prior == pytest.approx(50 / 20 / (50 * 49 / 2), rel=0.001)


@pytest.mark.parametrize("thing", THINGS)
def test_better_agreement_never_weighs_less_than_none(thing: str) -> None:
    for comparison in model(thing).comparison:
        if comparison.name not in ("registers", "kin"):
            assert max(level.weight for level in comparison.level) == max(
                level.weight for level in comparison.level[:-1]
            )
            assert comparison.level[-1].weight < 0


@pytest.mark.parametrize("thing", THINGS)
def test_the_same_model_is_written_for_spark(thing: str) -> None:
    said = model(thing).settings("spark").create_settings_dict("spark")
    text = str(said)
    assert "list_has_any" not in text
    assert "jaro_winkler_similarity" not in text
    parsed = model(thing).settings("spark").get_settings("spark")
    assert [c.output_column_name for c in parsed.comparisons] == [c.name for c in model(thing).comparison]


def test_conditions_and_blocks_are_written_out() -> None:
    assert written("share(given_forms) AND typed(born) <= 1", "duckdb") == (
        "list_has_any(given_forms_l, given_forms_r) AND damerau_levenshtein(born_l, born_r) <= 1"
    )
    assert pairs_in(("born_exchanged", "born", "family")) == (
        "l.born_exchanged = r.born AND l.family = r.family AND l.thing <> r.thing"
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2010-03-25", "2010-03-25"),
        ("20100325", "2010-03-25"),
        ("25/03/2010", "2010-03-25"),
        ("5.3.2010", "2010-03-05"),
        ("2009-Apr-27 00:00:00", "2009-04-27"),
        ("7 March 2011", "2011-03-07"),
        ("30/02/2010", "2010-02-30"),
        ("about 2010", None),
        ("", None),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, day: str | None) -> None:
    assert day_written(text) == day


def test_names_share_their_forms_words_and_sound() -> None:
    assert set(spelling("Bob").forms or ()) & set(spelling("Robert").forms or ())
    assert spelling("Zoë").name == "zoe"
    assert set(spelling("Smith-Jones").words or ()) & set(spelling("Jones").words or ())
    assert not set(spelling("de Souza").words or ()) & set(spelling("de Silva").words or ())
    assert spelling("Katharine").sound == spelling("Catherine").sound
    assert spelling("12345").name is None
    assert days(["2010-03-05", "2010-04-04"])["exchanged"] == ["2010-05-03", None]


def test_the_service_starts_without_the_matching_engine() -> None:
    asked = "import sys, missingnet.api.cli, missingnet.api.app, missingnet.api.cli_match; print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    for name in ("splink", "duckdb", "pyarrow", "nicknames", "sqlglot"):
        assert f"'{name}'" not in loaded
