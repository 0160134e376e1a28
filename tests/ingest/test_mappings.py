"""A partnership's mapping: what it may say, what it is refused for, and the draft that a person finishes."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from missingnet.ingest.declaration import SOURCES, sources
from missingnet.ingest.mapping import read as read_mapping
from missingnet.ingest.mapping_draft import draft
from missingnet.ingest.problems import Unreadable
from tests.ingest.recording import problems, read_one, written

OURS = """
source = "lists"
[format]
date = "{date}"
time_zone = "{zone}"
[columns]
"Ref" = "reference"
"Council" = "la_code"
"Child" = "council_ref"
"Register" = "list"
"From" = "added"
"Born" = "{born}"
[codes.list]
"Sexual exploitation" = "cse"
"""
THEIRS = "Ref,Council,Child,Register,From,Born\nR1,997,5,sexual  EXPLOITATION,2026-02-01,2010-01-31\n"


def mapping(folder: Path, **said: str) -> Path:
    settled = {"date": "YYYY-MM-DD", "zone": "Europe/London", "born": "born"} | said
    return written(folder, OURS.format(**settled), "mapping.toml")


def test_a_partnerships_columns_codes_and_dates_are_read_by_its_mapping(tmp_path: Path) -> None:
    records, file = read_one(written(tmp_path, THEIRS, "x.csv"), mapping=mapping(tmp_path))
    entry = records[-1]
    assert file.source == "lists"
    assert (entry.facts["list"], str(entry.facts["added"])) == ("cse", "2026-02-01")
    assert entry.access.compartments == ("cse",)
    assert entry.raw["Register"] == "sexual  EXPLOITATION", "the agency's words stay as they came"
    assert problems(file) == []


def test_problems_name_the_senders_own_columns(tmp_path: Path) -> None:
    _, file = read_one(written(tmp_path, THEIRS.replace("2026-02-01", "soon"), "x.csv"), mapping=mapping(tmp_path))
    assert [column for _, column, _ in problems(file)] == ["From"]


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"date": "DD/MM/YY"}, "no date format"),
        ({"date": ""}, "no date format"),
        ({"zone": "Mars/Olympus"}, "the time zone"),
        ({"born": "shoe_size"}, "sends a column to 'shoe_size'"),
    ],
)
def test_a_mapping_that_cannot_be_meant_is_refused(said: dict[str, str], refusal: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=refusal):
        read_mapping(mapping(tmp_path, **said))


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("source = ", "cannot be read"),
        ('source = "nothing"', "names no source"),
        ('source = "lists"\n[columns]\n"Ref" = "reference"', "has no column for"),
        ('source = "lists"\n[columns]\n"Ref" = 3', "not a table of texts"),
        ('source = "lists"\n[format]\ndate = ["DD/MM/YYYY", "MM/DD/YYYY"]', "day first and month first"),
    ],
)
def test_a_mapping_with_a_slip_is_refused_with_a_remedy(text: str, refusal: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=refusal) as found:
        read_mapping(written(tmp_path, text, "mapping.toml"))
    assert found.value.remedy


POLICE = (
    "reportid,nominalpersionid,initial_risk_level,forenames,surname,dob,missing_since,date_reported_missing,q_16,force\n"
    "1,77,High,Jade,Smith,03/04/2011,{first},01/02/2026 12:00,Yes,99\n"
    "2,78,Very High,Ann,Lee,{born},{first},01/02/2026 12:00,No,99\n"
)


def test_a_draft_leaves_open_what_it_cannot_know(tmp_path: Path) -> None:
    path = written(tmp_path, POLICE.format(born="05/06/2012", first="01/02/2026 10:00"), "police.csv")
    text = draft(path)
    told = tomllib.loads(text)
    assert told["source"] == "police_missing"
    assert told["columns"]["nominalpersionid"] == "nominal"
    assert told["columns"]["missing_since"] == "last_seen"
    assert told["format"]["date"] == "", "day first or month first is for a person to say"
    assert '# "q_16" = ""   # not recognised' in text
    assert told["codes"]["first_risk"] == {"High": "high"}
    assert '# "Very High" = ""' in text
    assert "Needed and not found" not in text
    with pytest.raises(Unreadable, match="no date format"):
        read_mapping(written(tmp_path, text, "draft.toml"))


def test_a_draft_declares_what_the_rows_settle_and_loads_when_it_is_finished(tmp_path: Path) -> None:
    path = written(tmp_path, POLICE.format(born="25/06/2012", first="31/01/2026 10:00"), "police.csv")
    text = draft(path)
    told = tomllib.loads(text)
    assert told["format"]["date"] == "DD/MM/YYYY"
    assert told["format"]["datetime"] == "DD/MM/YYYY HH:MM"
    records, file = read_one(path, mapping=written(tmp_path, text, "draft.toml"), agency="99")
    assert file.rows == file.loaded == 2
    assert problems(file) == [(3, "initial_risk_level", "a code that is not in the list (found AAAA AAAA)")]
    assert records[-1].facts["kind"] == "missing"


def test_a_draft_of_something_else_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="none of its columns"):
        draft(written(tmp_path, "SHOE,HAT\n1,2\n", "x.csv"))


@pytest.mark.parametrize("name", sorted(name for name, source in sources().items() if source.mapped))
def test_a_draft_of_each_tried_layout_finds_its_own_source(name: str) -> None:
    (sample,) = (Path(__file__).parents[1] / "sources" / name).glob("sample.*")
    told: dict[str, Any] = tomllib.loads(draft(sample))
    shipped = tomllib.loads((SOURCES / f"{name}.toml").read_text(encoding="utf-8"))
    assert told["source"] == name
    assert told["columns"] == shipped["columns"]
