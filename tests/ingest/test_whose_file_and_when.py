"""Whose file it is and when it was made: said, or found in the file, never by the clock; and what is reported."""

import json
from datetime import date
from pathlib import Path

import pytest

from missingnet.graph.times import start_of_day
from tests.ingest.recording import problems, read, read_one, written

TEXT = "CHILD,DOB,MISSING,MIS_START,MIS_END\n1,,M,01/02/2018,03/02/2018\n2,,M,05/02/2018,\n"
CENSUS = (
    "pupilonrolltableid,NativeId,termlysessiondetailsonrolltableid,sourceid,sessions,attendancereason\n"
    "p,SCH1,t,s,3.0,O\n"
)


def toml(folder: Path, text: str) -> None:
    written(folder, text, "agency.toml")


def test_the_nearest_agency_toml_tells_agency_and_date(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    toml(tmp_path, 'agency = "997"\nextract_date = 2026-11-01\n')
    toml(tmp_path / "deep", 'agency = "998"\nextract_date = 2026-10-01\nauthorities = ["998", "997"]\n')
    written(tmp_path, TEXT, "a.csv")
    written(tmp_path / "deep", TEXT, "b.csv")
    records, report = read(tmp_path, agency=None, extract_date=None)
    assert [(file.agency, file.extract_date) for file in report.files] == [("997", "2026-11-01"), ("998", "2026-10-01")]
    assert records[-1].access.authorities == ("997", "998")


def test_what_is_said_on_the_command_goes_before_the_folders_word(tmp_path: Path) -> None:
    toml(tmp_path, 'agency = "997"\nextract_date = 2026-11-01\n')
    _, file = read_one(written(tmp_path, TEXT), agency="555", extract_date=date(2018, 3, 1))
    assert (file.agency, file.extract_date) == ("555", "2018-03-01")


def test_without_a_date_the_latest_in_the_rows_is_taken_and_said(tmp_path: Path) -> None:
    records, file = read_one(written(tmp_path, TEXT), extract_date=None)
    assert {record.extract for record in records} == {date(2018, 2, 5)}
    assert any("2018-02-05, the latest date in its rows" in note for note in file.notes)


def test_a_census_table_without_dates_takes_the_term_of_its_name(tmp_path: Path) -> None:
    records, file = read_one(written(tmp_path, CENSUS, "2024_autumn_sessions.csv"), extract_date=None)
    assert records[0].extract == date(2024, 10, 1)
    assert records[0].facts["term"] == "2024 autumn"
    _, file = read_one(written(tmp_path, CENSUS, "sessions.csv"), extract_date=None)
    assert not file.readable
    assert "--extract-date" in next(file.problems())[1].remedy


@pytest.mark.parametrize(
    ("census", "first"),
    [
        ("2024_autumn", date(2024, 4, 1)),
        ("2025_spring", date(2024, 8, 1)),
        ("2025_summer", date(2025, 1, 1)),
        ("2025_autumn", date(2025, 4, 21)),
    ],
)
def test_sessions_are_of_the_term_before_their_census(tmp_path: Path, census: str, first: date) -> None:
    (record,), _ = read_one(written(tmp_path, CENSUS, f"{census}_sessions.csv"), extract_date=None)
    assert record.observed_from == record.observed_to == start_of_day(first)


def test_a_file_of_nobody_is_not_loaded(tmp_path: Path) -> None:
    _, file = read_one(written(tmp_path, TEXT), agency=None)
    assert not file.readable
    assert "--agency" in next(file.problems())[1].remedy
    _, file = read_one(written(tmp_path, TEXT, "998_missing.csv"), agency=None)
    assert file.agency == "998"


def test_an_agency_toml_that_is_none_is_said(tmp_path: Path) -> None:
    toml(tmp_path, "agency = ")
    _, file = read_one(written(tmp_path, TEXT), agency=None)
    assert "agency.toml" in problems(file)[0][2]


def test_a_census_school_is_known_by_the_urn_that_the_folder_says(tmp_path: Path) -> None:
    toml(tmp_path, 'agency = "schools-997"\n[native_schools]\nSCH1 = "106653"\n')
    records, _ = read_one(written(tmp_path, CENSUS, "2024_autumn_s.csv"), agency=None)
    assert records[0].mentions["school"].keys == ("native-school:schools-997:SCH1", "urn-dfe:106653")
    assert records[0].access.authorities == ("997",)


def test_a_blank_force_may_be_settled_for_a_whole_delivery(tmp_path: Path) -> None:
    toml(tmp_path, 'agency = "interviews"\n[defaults]\nforce = "99"\n')
    header = "Interview Ref,LA Code,Council Ref,Force,Returned,Outcome,With Adults,With Children\n"
    text = header + "R1,997,5,,01/02/2026 10:00,held,N7,998:6\n"
    records, _ = read_one(written(tmp_path, text), agency=None)
    assert records[-1].mentions["adult 1"].keys == ("police:99:N7",)
    assert records[-1].mentions["child 1"].keys == ("council:998:6",), "another council's child is told by its code"


def test_the_report_tells_each_problem_once_and_every_row_in_json(tmp_path: Path) -> None:
    path = written(tmp_path, TEXT + "3,,Q,01/02/2018,\n" * 30)
    _, report = read(path, written(tmp_path, "A,B\n1,2\n", "other.csv"))
    told = json.loads(json.dumps(report.as_json()))
    first = told["files"][0]
    assert {"file", "source", "rows", "loaded", "unchanged", "changed", "conflicting", "rejected", "problems"} <= set(
        first
    )
    assert (first["rows"], first["loaded"], first["rejected"]) == (32, 2, 30)
    assert set(first["problems"][0]) == {"row", "column", "problem", "remedy"}
    assert len(first["problems"]) == 30
    ((problem, rows),) = report.files[0].kinds()
    assert (problem.column, rows) == ("MISSING", list(range(4, 34))), "told once, with its rows"
    assert (told["files"][1]["file"], told["files"][1]["source"], report.exit_code) == ("other.csv", None, 2)


def test_a_trial_writes_nothing_and_says_so(tmp_path: Path) -> None:
    records, report = read(written(tmp_path, TEXT), dry_run=True)
    assert records == []
    assert report.files[0].loaded == 2
    assert report.as_json()["dry_run"] is True
