"""What `make new-section` writes stands at once on the agenda, under its own name, with its content to approve."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from missingnet.visualise.pack.meetings import MEETINGS
from tests.pieces import ROOT

ASKED = """
from missingnet.visualise.pack.meetings import MEETINGS, section
print(*MEETINGS["OPERATIONAL-GROUP"].agenda, sep=",")
print(section("taxis_and_licensing").title)
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of what a section stands in, with the environment that the tests themselves run in."""
    for folder in ("missingnet", "tests", "scripts"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "samples"))
    for file in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / file, tmp_path / file)
    (tmp_path / ".venv").symlink_to(Path(sys.prefix))
    return tmp_path


def made(tree: Path, name: str, meeting: str = "OPERATIONAL-GROUP") -> subprocess.CompletedProcess[str]:
    """`make new-section` in that copy."""
    return subprocess.run(
        ["make", "--no-print-directory", "new-section", f"NAME={name}", f"MEETING={meeting}"],
        cwd=tree,
        capture_output=True,
        text=True,
    )


def files(tree: Path) -> dict[Path, bytes]:
    """Every file of the copy and what it holds."""
    return {path: path.read_bytes() for path in (tree / "missingnet/visualise/pack").rglob("*.py")}


def test_a_new_section_stands_last_on_the_agenda_with_its_content_to_read(tree: Path) -> None:
    said = made(tree, "taxis_and_licensing")
    assert said.returncode == 0, said.stdout + said.stderr
    asked = subprocess.run([sys.executable, "-c", ASKED], cwd=tree, capture_output=True, text=True, check=True).stdout
    agenda, title = asked.splitlines()
    assert tuple(agenda.split(",")) == (*MEETINGS["OPERATIONAL-GROUP"].agenda, "taxis_and_licensing")
    assert title == "taxis and licensing"
    own, neighbours = (
        json.loads((tree / f"tests/packs/approved/{name}.json").read_text(encoding="utf-8"))
        for name in ("taxis_and_licensing", "missing_together")
    )
    assert own["name"] == "taxis_and_licensing"
    assert len(own["parts"]) == len(neighbours["parts"]) > 0


@pytest.mark.parametrize(
    ("name", "meeting"),
    [
        ("", "OPERATIONAL-GROUP"),
        ("Taxis", "OPERATIONAL-GROUP"),
        ("../x", "OPERATIONAL-GROUP"),
        ("episodes", "OPERATIONAL-GROUP"),
        ("taxis", "NO-MEETING"),
    ],
)
def test_a_name_that_is_none_or_taken_is_refused_and_nothing_is_written(tree: Path, name: str, meeting: str) -> None:
    before = files(tree)
    assert made(tree, name, meeting).returncode != 0
    assert files(tree) == before
