"""What a script may rely on: the report's shape, the exit codes, a trial that writes nothing, a draft that loads.

And that a child's name typed at the command line stays in the graph: no log, audit or error repeats it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.served import AS_AT, CANARIES, FAMILY, FORENAME, Partnership

COUNTS = ("rows", "loaded", "unchanged", "changed", "conflicting", "rejected")
GOOD = "CHILD,DOB,MISSING,MIS_START,MIS_END\n500009,06/01/2010,M,20/09/2026,21/09/2026\n"
FOREIGN = """\
ReportID,Police Force,NominalPersonID,Local Authority Code,Child Id,First Name,Last Name,Date of Birth,Missing Since,\
Date Reported Missing,When Traced,Current Final Risk Level
X1,99,N1239901,997,519901,Ada,Quellow,2011-03-25,2026-10-13 20:00,2026-10-13 21:00,2026-10-14 09:00,High
X2,99,N1239902,997,519902,Bea,Rillow,2010-05-26,2026-10-15 20:00,2026-10-15 21:00,,Medium
"""


def run(of: Partnership, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MISSINGNET_")}
    environment |= {"MISSINGNET_HOME": str(of.settings.home), "MISSINGNET_GRAPH": of.settings.graph, "COLUMNS": "200"}
    command = [sys.executable, "-m", "missingnet.api.cli", *arguments]
    found = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120)
    assert "Traceback" not in found.stdout + found.stderr
    return found


def report(of: Partnership, *arguments: str) -> tuple[int, dict[str, Any]]:
    """A trial load's exit code, and its files by name."""
    found = run(of, "load", *arguments, "--dry-run", "--json")
    told = json.loads(found.stdout)
    return found.returncode, {file["file"]: file for file in told["files"]}


def test_the_report_has_the_promised_shape_and_a_faulty_row_says_what_to_do(
    partnership: Partnership, tmp_path: Path
) -> None:
    file = tmp_path / "missing.csv"
    file.write_text(GOOD + "500010,99/99/2010,M,20/09/2026,21/09/2026\n", encoding="utf-8")
    code, files = report(partnership, str(file), "--agency", "997", "--extract-date", "2026-11-01")
    told = files["missing.csv"]
    assert code == 0, "a refused row is accounted for"
    assert {"file", "source", "problems", *COUNTS} <= set(told)
    assert told["rows"] == 2 == sum(told[name] for name in COUNTS[1:])
    assert told["source"] == "ssda903_missing"
    for problem in told["problems"]:
        assert set(problem) == {"row", "column", "problem", "remedy"}
        assert problem["row"] == 3
        assert problem["column"] == "DOB"
        assert problem["remedy"]
    assert told["problems"]


def test_a_file_that_cannot_be_read_ends_with_2_and_costs_the_others_nothing(
    partnership: Partnership, tmp_path: Path
) -> None:
    (tmp_path / "missing.csv").write_text(GOOD, encoding="utf-8")
    (tmp_path / "noise.csv").write_bytes(os.urandom(4096))
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("episodes.csv", b"0" * (300 << 20))
    began = time.monotonic()
    code, files = report(partnership, str(tmp_path), str(tmp_path / "nowhere.csv"), "--agency", "997")
    print(f"refused in {time.monotonic() - began:.1f} s with the start of Python")
    assert code == 2
    assert files["missing.csv"]["loaded"] == 1
    for name in ("noise.csv", "bomb.zip", "nowhere.csv"):
        (problem,) = files[name]["problems"]
        assert problem["row"] == 0
        assert problem["problem"]
        assert problem["remedy"]
        assert files[name]["rows"] == 0


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (("--source", "tea-leaves"), "Sources:"),
        (("--mapping", "nowhere.toml"), "missingnet mapping draft"),
        (("--extract-date", "31/10/2026"), "2026-10-31"),
    ],
)
def test_what_is_said_wrongly_of_a_file_is_told_before_anything_is_read(
    partnership: Partnership, tmp_path: Path, said: tuple[str, str], words: str
) -> None:
    file = tmp_path / "missing.csv"
    file.write_text(GOOD, encoding="utf-8")
    found = run(partnership, "load", str(file), "--dry-run", *said)
    assert found.returncode == 2
    assert words in found.stderr
    assert "Errno" not in found.stderr
    assert found.stdout == ""


def test_a_draft_that_could_mean_two_dates_loads_once_a_person_has_declared_one(
    partnership: Partnership, tmp_path: Path
) -> None:
    sample = Path(__file__).parents[1] / "sources" / "police_missing" / "sample.csv"
    drafted = tmp_path / "mapping.toml"
    assert run(partnership, "mapping", "draft", str(sample), "--out", str(drafted)).returncode == 0
    said = (str(sample), "--agency", "99", "--extract-date", "2026-11-01")
    refused = run(partnership, "load", *said, "--mapping", str(drafted), "--dry-run")
    assert refused.returncode == 2
    assert "date format" in refused.stderr
    text = drafted.read_text(encoding="utf-8")
    assert 'date = ""   # fits DD/MM/YYYY and MM/DD/YYYY: declare the one that is meant' in text
    drafted.write_text(text.replace('date = ""', 'date = "DD/MM/YYYY"', 1), encoding="utf-8")
    plain_code, plain = report(partnership, *said)
    code, files = report(partnership, *said, "--mapping", str(drafted))
    assert (code, plain_code) == (0, 0)
    assert [files["sample.csv"][name] for name in COUNTS] == [plain["sample.csv"][name] for name in COUNTS]


def test_the_draft_of_a_foreign_layout_loads_what_it_recognised(partnership: Partnership, tmp_path: Path) -> None:
    file, drafted = tmp_path / "export.csv", tmp_path / "mapping.toml"
    file.write_text(FOREIGN, encoding="utf-8")
    assert run(partnership, "mapping", "draft", str(file), "--out", str(drafted)).returncode == 0
    code, files = report(
        partnership, str(file), "--agency", "99", "--extract-date", "2026-11-01", "--mapping", str(drafted)
    )
    told = files["export.csv"]
    assert (code, told["source"], told["rows"], told["loaded"], told["rejected"]) == (0, "police_missing", 2, 2, 0)
    assert told["problems"] == []


def test_a_name_that_was_searched_for_stands_nowhere_outside_the_graph(
    partnership: Partnership, tmp_path: Path
) -> None:
    who = ("--reader", "coordinator", "--purpose", "MASE case-12", "--as-at", AS_AT)
    found = run(partnership, "ask", "SEARCH", "--param", f"text={FORENAME} {FAMILY}", *who, "--json")
    assert json.loads(found.stdout)["total"] >= 1
    refused = run(partnership, "ask", "MASE-3-IN-3M", "--param", f"min_episodes={FAMILY}", *who)
    assert refused.returncode == 2
    assert FAMILY not in refused.stderr
    file = tmp_path / "missing.csv"
    file.write_text(GOOD + f"{FAMILY},{FORENAME},{FAMILY},{FAMILY},\n", encoding="utf-8")
    loaded = run(partnership, "load", str(file), "--agency", "997", "--dry-run", "--json")
    assert FAMILY not in loaded.stdout + loaded.stderr
    home, graph = partnership.settings.home, partnership.settings.graph_folder
    read = [path for path in home.rglob("*") if path.is_file() and not path.is_relative_to(graph)]
    assert any(path.name == "audit.jsonl" for path in read)
    for path in read:
        content = path.read_bytes()
        assert not [name for name in CANARIES if name.encode() in content], path.name
    assert run(partnership, "audit", "verify").returncode == 0
