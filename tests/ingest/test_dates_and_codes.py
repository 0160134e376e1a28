"""Dates by their declared format, instants by London's clocks, codes by the list of the year (I4)."""

from datetime import date, datetime
from pathlib import Path

import pytest

from missingnet.ingest import fields
from missingnet.ingest.fields import BadValue
from tests.ingest.recording import problems, read_one, written

CLOCK = ("DD/MM/YYYY HH:MM",)


@pytest.mark.parametrize(
    ("pattern", "text", "meant"),
    [
        ("DD/MM/YYYY", "01/02/2026", date(2026, 2, 1)),
        ("MM/DD/YYYY", "01/02/2026", date(2026, 1, 2)),
        ("DD-MM-YYYY", "18-01-2018", date(2018, 1, 18)),
        ("YYYY-MM-DD", "2026-02-01", date(2026, 2, 1)),
        ("YYYY-Mon-DD HH:MM:SS", "2020-Apr-25 00:00:00", date(2020, 4, 25)),
        ("YYYY-MM-DDTHH:MM:SSZ", "2026-02-01T23:59:59Z", date(2026, 2, 1)),
        ("EXCEL", "43052", date(2017, 11, 13)),
        ("EXCEL", "43052.75", date(2017, 11, 13)),
    ],
)
def test_a_date_is_read_by_the_format_declared(pattern: str, text: str, meant: date) -> None:
    assert fields.day(text, (pattern,)) == meant


@pytest.mark.parametrize("pattern", ["", "DD/MM", "DD/MM/YY", "DD/DD/YYYY", "yesterday"])
def test_a_format_without_day_month_and_year_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="no date format"):
        fields.when(pattern)


@pytest.mark.parametrize(
    "text", ["29/02/2026", "00/01/2026", "32/01/2026", "01/13/2026", "1/1/1", "٠١/٠٢/٢٠٢٦ ", "01/02/2026x"]
)
def test_a_date_that_does_not_fit_or_exist_is_a_problem(text: str) -> None:
    with pytest.raises(BadValue):
        fields.day(text, ("DD/MM/YYYY",))


def test_summer_and_winter_time_become_utc() -> None:
    assert fields.moment("01/07/2026 12:00", CLOCK, "Europe/London") == (datetime(2026, 7, 1, 11), False)
    assert fields.moment("01/01/2026 12:00", CLOCK, "Europe/London") == (datetime(2026, 1, 1, 12), False)
    assert fields.moment("01/07/2026 12:00", CLOCK, "UTC") == (datetime(2026, 7, 1, 12), False)


def test_the_hour_skipped_in_spring_did_not_happen() -> None:
    with pytest.raises(BadValue, match="did not happen"):
        fields.moment("29/03/2026 01:30", CLOCK, "Europe/London")


def test_of_the_hour_repeated_in_autumn_the_earlier_is_read_and_said(tmp_path: Path) -> None:
    assert fields.moment("25/10/2026 01:30", CLOCK, "Europe/London") == (datetime(2026, 10, 25, 0, 30), True)
    header = "Report Ref,Force,Nominal Ref,Last Seen,Reported,Initial Risk\n"
    records, file = read_one(written(tmp_path, header + "M1,99,N1,25/10/2026 01:30,25/10/2026 03:00,Low\n"))
    assert records[-1].facts["started"] == datetime(2026, 10, 25, 0, 30)
    assert problems(file) == [(2, "Last Seen", "a clock time that happened twice")]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("A123456789012", "A123456789012"), (" a123 ", "A123"), ("UN1", None), ("un9", None), ("", None), (None, None)],
)
def test_a_code_for_no_upn_is_no_identifier(text: str | None, is_one: str | None) -> None:
    assert fields.upn(text) == is_one


def test_postcodes_phones_plates_and_handles_have_one_form() -> None:
    assert fields.postcode("m11aa") == fields.postcode("M1  1AA") == "M1 1AA"
    assert fields.telephone("07700 900123") == fields.telephone("+44 (0)7700 900123") == "+447700900123"
    assert fields.registration("ab12 cde") == "AB12CDE"
    assert fields.handle("Loopline: @Taz") == "loopline:taz"
    for wrong in ("nope", "T28 2WBX", "123"):
        with pytest.raises(BadValue):
            fields.postcode(wrong)


def test_a_problem_draws_the_shape_of_a_value_and_never_the_value() -> None:
    with pytest.raises(BadValue) as found:
        fields.day("Quenelda 7", ("DD/MM/YYYY",))
    assert "Quenelda" not in found.value.problem
    assert "AAAAAAAA 9" in found.value.problem
    assert "Quenelda" not in str(found.value)


SEX = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1,{},01/02/2010,WBRI,UN1,,\n"
PLACE = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"


@pytest.mark.parametrize(
    ("code", "made", "meant", "said"),
    [
        ("2", date(2024, 3, 31), "female", []),
        ("F", date(2025, 3, 31), "female", []),
        ("U", date(2025, 3, 31), "unknown", []),
        ("F", date(2024, 3, 31), "female", ["a code of another year's layout"]),
        ("2", date(2026, 3, 31), "female", ["a code of another year's layout"]),
        ("9", date(2026, 3, 31), None, ["a code that is not in the list (found 9)"]),
    ],
)
def test_sex_by_the_year_of_the_return(
    code: str, made: date, meant: str | None, said: list[str], tmp_path: Path
) -> None:
    records, file = read_one(written(tmp_path, SEX.format(code)), extract_date=made)
    assert records[0].facts.get("sex") == meant
    assert [problem for _, _, problem in problems(file)] == said
    assert records[0].mentions["whom"].keys == ("council:997:1",), "UN1 is no identifier"


@pytest.mark.parametrize(
    ("code", "made", "said"),
    [
        ("H5", date(2024, 3, 31), []),
        ("H5", date(2025, 3, 31), ["a code of another year's layout"]),
        ("K3", date(2025, 3, 31), []),
        ("K3", date(2024, 3, 31), ["a code of another year's layout"]),
        ("Z11", date(2026, 3, 31), []),
        ("Z1", date(2026, 3, 31), ["a code of another year's layout"]),
        ("Q9", date(2026, 3, 31), ["a code that is not in the list (found A9)"]),
    ],
)
def test_placement_codes_by_the_year_of_the_return(code: str, made: date, said: list[str], tmp_path: Path) -> None:
    row = f"1,01/02/2020,S,C2,N1,{code},PR1,,,,,,\n"
    records, file = read_one(written(tmp_path, PLACE + row), extract_date=made)
    assert records[0].facts["place_code"] == code, "the code is kept whether or not it is known"
    assert [problem for _, _, problem in problems(file)] == said


def test_a_row_after_its_extract_is_loaded_and_told(tmp_path: Path) -> None:
    text = "CHILD,DOB,MISSING,MIS_START,MIS_END\n1,,M,01/02/2018,03/02/2018\n"
    records, file = read_one(written(tmp_path, text), extract_date=date(2018, 2, 2))
    assert len(records) == 1
    assert problems(file) == [(2, "MIS_END", "a date after the extract's own date")]
