"""The rulebook holds every rule once, says which are questions, and lets a partnership change a value, not a rule."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from missingnet.api.moments import moment_in
from missingnet.graph import rulebook
from missingnet.graph.catalogue import Parameter, catalogue, typed
from missingnet.graph.times import london_to_utc

MID_NOVEMBER = datetime(2026, 11, 15, 12)


@pytest.fixture
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MISSINGNET_HOME", str(tmp_path))
    return tmp_path / "rulebook.toml"


def test_what_is_built_is_what_can_be_asked() -> None:
    assert {r.id for r in rulebook.rules().values() if r.state == rulebook.BUILT} == set(catalogue())


def test_every_rule_has_words_a_title_and_a_source() -> None:
    for rule in rulebook.rules().values():
        assert rule.title and rule.words and rule.source, rule.id


def test_every_parameter_of_a_question_is_the_rulebooks_or_must_be_given() -> None:
    for question in catalogue().values():
        for parameter in question.parameters.values():
            known = rulebook.rule(question.rule).parameters
            assert parameter.required or parameter.name in known or parameter.name == question.about


def test_no_query_holds_a_number_that_a_partnership_might_change() -> None:
    for question in catalogue().values():
        numbers = set(re.findall(r"(?<![\w.$])\d+(?:\.\d+)?", re.sub(r"'[^']*'", "", question.text_now)))
        assert numbers <= {"0", "1", "0.0", "2", "3"}, question.rule


def test_a_window_is_londons_calendar_and_months_end_where_they_end() -> None:
    end_of_may = london_to_utc(datetime(2026, 5, 31, 12))
    assert rulebook.Before(months=3).resolve(end_of_may) == datetime(2026, 2, 28, 12)
    assert rulebook.Before(days=90).resolve(london_to_utc(datetime(2026, 5, 31, 12))) == datetime(2026, 3, 2, 12)
    assert rulebook.Before(hours=72).resolve(end_of_may) == datetime(2026, 5, 28, 11)


def test_a_window_that_would_begin_in_the_hour_the_clocks_skip_begins_an_hour_later() -> None:
    assert rulebook.Before(days=1).resolve(london_to_utc(datetime(2026, 3, 30, 1, 30))) == datetime(2026, 3, 29, 1, 30)


def test_a_partnership_changes_a_value_from_a_day_on(local: Path) -> None:
    local.write_text('["MASE-3-IN-3M"]\nmin_episodes = [{ from = 2026-11-10, value = 4 }]\n', encoding="utf-8")
    assert rulebook.default("MASE-3-IN-3M", "min_episodes", datetime(2026, 11, 9)) == 3
    assert rulebook.default("MASE-3-IN-3M", "min_episodes", MID_NOVEMBER) == 4
    assert rulebook.rule("MASE-3-IN-3M").parameters["min_episodes"].local


def test_a_partnership_changes_a_window(local: Path) -> None:
    local.write_text('["MASE-3-IN-3M"]\nsince = { before = { days = 10 } }\n', encoding="utf-8")
    assert rulebook.default("MASE-3-IN-3M", "since", MID_NOVEMBER) == datetime(2026, 11, 5, 12)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('["MASE-4"]\nx = 1\n', "no rule 'MASE-4'"),
        ('["MASE-3-IN-3M"]\nx = 1\n', "no parameter 'x'"),
        ('["MASE-3-IN-3M"]\nmin_episodes = "three"\n', "must be like the rulebook's own"),
        ("[[", "cannot be read as TOML"),
    ],
)
def test_a_local_rulebook_that_makes_no_sense_is_refused_in_words(local: Path, text: str, said: str) -> None:
    local.write_text(text, encoding="utf-8")
    with pytest.raises(rulebook.RulebookError, match=re.escape(said)):
        rulebook.rules()


TYPED = ("2026-10-24", "2026-10-25", "2026-03-29T03:00", "2026-07-01T12:00Z", "2026-07-01T12:00+02:00")


@pytest.mark.parametrize("text", TYPED)
def test_a_moment_means_the_same_in_a_parameter_as_in_an_as_at(text: str) -> None:
    assert typed(Parameter("since", "datetime", required=False), text) == moment_in(text)
