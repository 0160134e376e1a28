"""The same facts whichever form they come in: workbook, XML or CSV; three years' headers of one list."""

from datetime import date
from pathlib import Path

import pytest

from tests.ingest.recording import read, written

SAMPLES = Path(__file__).parents[1] / "samples"
LISTS = SAMPLES / "provider-list"


@pytest.mark.parametrize(
    ("workbook", "sheets", "facts"),
    [
        (
            "scp_fake.xlsx",
            ["Current providers", "Providers closed in 2022-23"],
            {"name": "Setting"},
        ),
        ("ch_fake.xlsx", ["Provider information"], {"name": "The Setting", "postcode": "BN20 8JX", "note": "cod3c0d3"}),
        ("scp_ch_2025_fake.xlsx", ["Providers", "SA Providers"], {"name": "Provision Provider", "postcode": "RT1 4RT"}),
    ],
)
def test_each_vintage_of_the_provider_list(workbook: str, sheets: list[str], facts: dict[str, str]) -> None:
    records, report = read(LISTS / workbook)
    assert [file.file.partition("#")[2] for file in report.files] == sheets
    assert all(file.source == "ofsted_providers" and file.agency == "ofsted" for file in report.files)
    first = records[0]
    assert {name: first.facts.get(name) for name in facts} == facts
    assert isinstance(first.facts["name"], str)
    assert first.mentions["whom"].label == "Home"


def test_a_dash_is_ofsteds_way_to_say_none() -> None:
    records, report = read(LISTS / "ch_fake.xlsx")
    assert "closed" not in records[0].facts
    assert records[0].facts["opened"] == date(2023, 12, 1)
    assert not list(report.files[0].problems())


def test_a_sheet_beside_the_list_is_told_of() -> None:
    _, report = read(LISTS / "ch_fake.xlsx")
    assert any("Registration Conditions" in note for note in report.files[0].notes)
    assert report.exit_code == 0


def test_the_xml_return_holds_its_tables() -> None:
    records, report = read(SAMPLES / "ssda903" / "fake_903_excerpt.xml")
    assert {file.file.partition("#")[2]: (file.source, file.rows) for file in report.files} == {
        "Header": ("ssda903_header", 10),
        "Episodes": ("ssda903_episodes", 18),
        "Missing": ("ssda903_missing", 6),
        "UASC": ("ssda903_uasc", 1),
    }
    assert all(file.rejected == 0 for file in report.files)
    kinds = [record.facts["kind"] for record in records if record.label == "Episode"]
    assert sorted(map(str, kinds)) == ["away", "away", "missing", "missing", "missing", "missing"]


def test_xml_and_csv_of_one_child_are_the_same_records(tmp_path: Path) -> None:
    xml = (
        "<EXPSSDA903><CHILD><HEADER><CHILDID>7</CHILDID><UPN>UN1</UPN><SEX>2</SEX><DOB>01/02/2010</DOB><ETHNIC>WBRI</ETHNIC>"
        "<AMISSING><MISSING>M</MISSING><MIS_START>03/04/2020</MIS_START><MIS_END /></AMISSING></HEADER><EPISODE>"
        "<DECOM>01/01/2020</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>K2</PL><PL_POST>M1 1AA</PL_POST><URN>99</URN>"
        "<PLACE_PROVIDER>PR1</PLACE_PROVIDER><DEC /><REC /></EPISODE></CHILD></EXPSSDA903>"
    )
    (tmp_path / "csv").mkdir()
    written(tmp_path / "csv", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n7,2,01/02/2010,WBRI,UN1,,\n", "1.csv")
    written(
        tmp_path / "csv",
        "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
        "7,01/01/2020,S,C2,N1,K2,PR1,,,,,M1 1AA,99\n",
        "2.csv",
    )
    written(tmp_path / "csv", "CHILD,DOB,MISSING,MIS_START,MIS_END\n7,01/02/2010,M,03/04/2020,\n", "3.csv")
    by_xml, _ = read(written(tmp_path, xml, "return.xml"))
    by_csv, _ = read(tmp_path / "csv")
    assert [(r.name, r.content()) for r in by_xml] == [(r.name, r.content()) for r in by_csv]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<EXPSSDA903><CHILD>", "cut off"),
        ("<OTHER/>", "no SSDA903 return"),
        ("<EXPSSDA903>&nbsp;</EXPSSDA903>", "cut off or not well formed"),
    ],
)
def test_xml_that_is_no_return_is_refused(text: str, said: str, tmp_path: Path) -> None:
    _, report = read(written(tmp_path, text, "x.xml"))
    assert said in next(report.files[0].problems())[1].problem
