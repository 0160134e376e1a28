"""What `make new-query` writes can be asked at once, under its own name, when its rule stands in the rulebook."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from missingnet.graph.catalogue import catalogue
from tests.pieces import ROOT

RULE = """
["SCHOOL-REFUSAL-2"]
title = "School refusal"
words = "Invented for a test."
source = "Invented"
state = "built"
[SCHOOL-REFUSAL-2.parameters]
since = { default = { before = { months = 3 } }, unit = "time", words = "The window's start" }
min_episodes = { default = 3, unit = "episodes", words = "Episodes that fire the rule" }
"""
ASKED = """
from missingnet.graph.catalogue import catalogue, question
from tests.worked.cases import CASES
made = question("SCHOOL-REFUSAL-2")
print(made.row.__module__, made.row.__name__, made.path, sorted(made.parameters))
print(len(catalogue()), *(sum(case.rule == rule for case in CASES) for rule in (made.rule, "MASE-3-IN-3M")))
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of what a question stands in."""
    for folder in ("missingnet", "tests/worked", "scripts"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "static"))
    for file in ("tests/builders.py", "Makefile"):
        shutil.copy(ROOT / file, tmp_path / file)
    return tmp_path


def made(tree: Path, name: str) -> subprocess.CompletedProcess[str]:
    """`make new-query` in that copy."""
    return subprocess.run(
        ["make", "--no-print-directory", "new-query", f"NAME={name}"], cwd=tree, capture_output=True, text=True
    )


def asked(tree: Path) -> list[str]:
    """What the copy's own catalogue and worked examples say of the new question."""
    run = subprocess.run([sys.executable, "-c", ASKED], cwd=tree, capture_output=True, text=True, check=True)
    return run.stdout.splitlines()


def test_a_new_question_is_asked_by_its_own_name_beside_its_neighbour(tree: Path) -> None:
    said = made(tree, "school_refusal_2")
    assert said.returncode == 0, said.stderr
    assert '["SCHOOL-REFUSAL-2"] with title, words, source' in said.stdout
    with (tree / "missingnet/graph/rules/thresholds.toml").open("a", encoding="utf-8") as rules:
        rules.write(RULE)
    shape, counts = asked(tree)
    assert shape == (
        "missingnet.graph.answers.school_refusal_2 SchoolRefusal2Fact /children/school-refusal-2 "
        "['child', 'min_episodes', 'since']"
    )
    questions, own, neighbours = map(int, counts.split())
    assert own == neighbours > 0
    assert questions == len(catalogue()) + 1


@pytest.mark.parametrize("name", ["", "School", "school-refusal", "../x", "mase_3_in_3m", "child_network"])
def test_a_name_that_is_none_or_taken_is_refused_and_nothing_is_written(tree: Path, name: str) -> None:
    before = sorted(path for path in tree.rglob("*") if path.is_file())
    assert made(tree, name).returncode != 0
    assert sorted(path for path in tree.rglob("*") if path.is_file()) == before
