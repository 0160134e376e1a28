"""What arrives is not what was specified: every anomaly costs its own row at most, and is answered for (I1, I4)."""

import subprocess
import sys
from pathlib import Path

import pytest

from missingnet.ingest.csv_file import LONGEST_ROW, MOST_LINES_IN_A_ROW
from tests.ingest.recording import counts, problems, read, read_one, written
from tests.pieces import LONG

HEADER = "CHILD,DOB,MISSING,MIS_START,MIS_END\n"
ROW = "510000,12/03/2002,A,13/11/2017,25/11/2017\n"
NEXT = "92296,19/05/2004,M,21/11/2017,04/01/2018\n"


def children(records: list) -> list[str]:  # type: ignore[type-arg]
    return [record.raw["CHILD"] for record in records if record.label == "Episode"]


@pytest.mark.parametrize(
    ("what", "content"),
    [
        ("a byte-order mark", b"\xef\xbb\xbf" + (HEADER + ROW + NEXT).encode()),
        ("Windows line ends", (HEADER + ROW + NEXT).replace("\n", "\r\n").encode()),
        ("old Mac line ends", (HEADER + ROW + NEXT).replace("\n", "\r").encode()),
        ("no final line end", (HEADER + ROW + NEXT).rstrip("\n").encode()),
        ("blank lines", (HEADER + "\n" + ROW + "\n\n" + NEXT + "\n").encode()),
        ("everything quoted", (HEADER + ROW + NEXT).replace(",", '","').replace("\n", '"\n"').join('""').encode()[:-2]),
        ("semicolons", (HEADER + ROW + NEXT).replace(",", ";").encode()),
        ("tabs", (HEADER + ROW + NEXT).replace(",", "\t").encode()),
        ("spaces around cells", (HEADER + ROW + NEXT).replace(",", " , ").encode()),
        ("another order and an unknown column", b"X,MIS_END,MIS_START,MISSING,CHILD\n1,25/11/2017,13/11/2017,A,510000\n"
         b"1,,21/11/2017,M,92296\n"),
        ("small letters in the header", (HEADER.lower() + ROW + NEXT).encode()),
        ("blank cells beyond the header", (HEADER + ROW + NEXT).replace("\n", ",,\n").encode()),
    ],
)  # fmt: skip
def test_the_same_rows_however_they_are_written(what: str, content: bytes, tmp_path: Path) -> None:
    records, file = read_one(written(tmp_path, content))
    assert counts(file) == (2, 2, 0), what
    assert [record.key for record in records if record.label == "Episode"] == ["510000|2017-11-13", "92296|2017-11-21"]


LISTS = "Entry Ref,LA Code,Council Ref,UPN,Forename,Surname,DOB,Sex,List,Added,Removed,Status,Worker\n"


def test_windows_1252_is_read_as_such_and_said(tmp_path: Path) -> None:
    path = written(tmp_path, (LISTS + "L1,997,1,,Zoë,D’Arcy,,,EHE,,,,\n").encode("cp1252"))
    records, file = read_one(path)
    assert records[0].facts["name"] == "Zoë D’Arcy"
    assert any("Windows-1252" in note for note in file.notes)


def test_bytes_that_are_no_text_cost_their_row_alone(tmp_path: Path) -> None:
    rows = (
        "L1,997,1,,Zoë,One,,,EHE,,,,\n".encode("cp1252")
        + b"L2,997,2,,A\x81a,Two,,,EHE,,,,\n"
        + b"L3,997,3,,B,C,,,EHE,,,,\n"
    )
    _, file = read_one(written(tmp_path, LISTS.encode() + rows))
    assert counts(file) == (3, 2, 1)
    assert problems(file)[0][0] == 3
    assert "no text" in problems(file)[0][2]


def test_one_damaged_row_does_not_turn_a_utf8_file_into_garbled_names(tmp_path: Path) -> None:
    rows = "L1,997,1,,Zoë,One,,,EHE,,,,\n".encode() + b"L2,997,2,,A\xe9a,Two,,,EHE,,,,\n"
    records, file = read_one(written(tmp_path, LISTS.encode() + rows))
    assert records[0].facts["given"] == "Zoë"
    assert counts(file) == (2, 1, 1)


@pytest.mark.parametrize(
    ("what", "row", "said"),
    [
        ("too few cells", "510000,12/03/2002,A\n", "3 cells where the header has 5"),
        ("too many cells", "510000,12/03/2002,A,13/11/2017,25/11/2017,x\n", "6 cells where the header has 5"),
        ("a NUL", "5100\x0000,12/03/2002,A,13/11/2017,25/11/2017\n", "a NUL byte"),
        ("an unclosed quote", '"510000,12/03/2002,A,13/11/2017,25/11/2017\n', "a quotation mark"),
        ("a quote inside a value", '"51"0000,12/03/2002,A,13/11/2017,25/11/2017\n', "a quotation mark"),
        ("a blank key", ",12/03/2002,A,13/11/2017,25/11/2017\n", "blank"),
        ("a date of another form", "510000,12/03/2002,A,2017-11-13,25/11/2017\n", "does not fit DD/MM/YYYY"),
        ("a date that there is not", "510000,12/03/2002,A,31/11/2017,25/12/2017\n", "does not exist"),
        ("a month first", "510000,12/03/2002,A,11/13/2017,25/12/2017\n", "does not exist"),
        ("a spreadsheet's date number", "510000,12/03/2002,A,43052,25/12/2017\n", "does not fit DD/MM/YYYY"),
        ("a year of two digits", "510000,12/03/2002,A,13/11/17,25/12/2017\n", "does not fit DD/MM/YYYY"),
        ("a year long gone", "510000,12/03/2002,A,13/11/0217,25/12/2017\n", "outside 1900 to 2100"),
        ("an end before its start", "510000,12/03/2002,A,13/11/2017,12/11/2017\n", "before MIS_START"),
        ("a code that there is not", "510000,12/03/2002,Q,13/11/2017,25/11/2017\n", "not in the list"),
        ("cells that are all blank", ",,,,\n", "blank"),
    ],
)
def test_a_faulty_row_is_rejected_alone(what: str, row: str, said: str, tmp_path: Path) -> None:
    records, file = read_one(written(tmp_path, HEADER + ROW + row + NEXT))
    assert counts(file) == (3, 2, 1), what
    assert children(records) == ["510000", "92296"]
    ((number, _, problem),) = problems(file)
    assert number == 3
    assert said in problem


@pytest.mark.parametrize(
    ("row", "column", "missing"),
    [
        ("510000,99/99/2002,A,13/11/2017,25/11/2017\n", "DOB", None),
        ("510000,12/03/2002,A,13/11/2017,soon\n", "MIS_END", "ended"),
    ],
)
def test_a_bad_optional_cell_costs_that_fact_and_not_the_row(
    row: str, column: str, missing: str | None, tmp_path: Path
) -> None:
    records, file = read_one(written(tmp_path, HEADER + row))
    assert counts(file) == (1, 1, 0)
    assert [found[1] for found in problems(file)] == [column]
    assert missing not in records[-1].facts


def test_a_blank_end_is_not_recorded_and_no_problem(tmp_path: Path) -> None:
    records, file = read_one(written(tmp_path, HEADER + "510000,12/03/2002,A,13/11/2017,\n"))
    assert problems(file) == []
    assert "ended" not in records[-1].facts


def test_a_quoted_value_may_hold_commas_and_line_breaks(tmp_path: Path) -> None:
    rows = 'L1,997,1,,"Anna, called\nAnn",One,,,EHE,,,,\nL2,997,2,,"B ""Bee""",Two,,,EHE,,,,\n'
    records, file = read_one(written(tmp_path, LISTS + rows))
    assert counts(file) == (2, 2, 0)
    assert [r.facts["given"] for r in records if r.label == "Description"] == ["Anna, called\nAnn", 'B "Bee"']
    assert {record.provenance.row for record in records} == {2, 3}


def test_an_unclosed_quote_swallows_no_later_row(tmp_path: Path) -> None:
    rows = ['"1,01/01/2010,A,01/01/2020,\n'] + [
        f"{n},01/01/2010,A,01/01/2020,\n" for n in range(2, 2 + 3 * MOST_LINES_IN_A_ROW)
    ]
    _, file = read_one(written(tmp_path, HEADER + "".join(rows)))
    assert counts(file) == (len(rows), len(rows) - 1, 1)


def test_marks_that_are_never_closed_cost_no_more_than_their_rows(tmp_path: Path) -> None:
    rows = ['"1,01/01/2010,A,01/01/2020,\n', *["1,01/01/2010,A,01/01/2020,\n"] * 250] * 40
    _, file = read_one(written(tmp_path, HEADER + "".join(rows)))
    assert file.rows == len(rows)
    assert file.rejected == 40


def test_a_column_that_stands_twice_is_read_where_both_say_the_same(tmp_path: Path) -> None:
    header = "CHILD,MISSING,MIS_START,MIS_END,MIS_END\n"
    text = header + "1,A,13/11/2017,25/11/2017,25/11/2017\n2,A,13/11/2017,25/11/2017,26/11/2017\n"
    records, file = read_one(written(tmp_path, text))
    assert ["ended" in record.facts for record in records] == [True, False]
    assert [(row, column) for row, column, _ in problems(file)] == [(3, "MIS_END")]
    assert "the column 'MIS_END' stands 2 times" in file.notes
    twice = "CHILD,CHILD,MISSING,MIS_START\n1,1,A,13/11/2017\n1,2,A,13/11/2017\n"
    _, file = read_one(written(tmp_path, twice))
    assert counts(file) == (2, 1, 1), "in the key it costs the row"


def test_an_endless_line_costs_itself_alone(tmp_path: Path) -> None:
    _, file = read_one(written(tmp_path, HEADER + ROW + "x" * (2 * LONGEST_ROW + 5) + "\n" + NEXT))
    assert counts(file) == (3, 2, 1)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.csv", b"", "the file is empty"),
        ("missing.csv", b"\xef\xbb\xbf", "there is no header"),
        ("missing.csv", b"\n\n", "there is no header"),
        ("missing.csv", HEADER.encode("utf-16"), "UTF-16"),
        ("other.csv", b"NAME,SHOE SIZE\n1,2\n", "its columns fit no source; seen: NAME, SHOE SIZE"),
        ("missing.xlsx", (HEADER + ROW).encode(), "its name says .xlsx but its content is not"),
        ("missing.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "an old Excel"),
        ("missing.zip", b"PK\x03\x04 and nothing after", "a damaged"),
    ],
)
def test_a_file_that_cannot_be_read_is_in_the_report_and_costs_no_other(
    name: str, content: bytes, said: str, tmp_path: Path
) -> None:
    good = written(tmp_path, HEADER + ROW, "good.csv")
    records, report = read(written(tmp_path, content, name), good)
    bad, fine = report.files
    assert report.exit_code == 2
    assert not bad.readable
    assert problems(bad)[0][0] == 0
    assert said in problems(bad)[0][2]
    assert next(bad.problems())[1].remedy
    assert counts(fine) == (1, 1, 0)
    assert len(records) == 2


def test_a_header_without_rows_is_no_fault(tmp_path: Path) -> None:
    _, report = read(written(tmp_path, HEADER))
    assert report.exit_code == 0
    assert report.files[0].rows == 0


def test_a_path_that_is_not_there_is_said(tmp_path: Path) -> None:
    _, report = read(tmp_path / "nothing.csv")
    assert report.exit_code == 2


def test_a_folder_is_searched_and_its_other_files_left_alone(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    written(tmp_path, HEADER + ROW, "a.csv")
    written(tmp_path / "deep", HEADER + NEXT, "b.csv")
    written(tmp_path, "words", "README.txt")
    written(tmp_path, "words", ".hidden.csv")
    _, report = read(tmp_path)
    assert [file.file for file in report.files] == ["a.csv", "deep/b.csv"]


def test_one_id_twice_equal_is_unchanged_and_different_is_conflicting(tmp_path: Path) -> None:
    _, same = read_one(written(tmp_path, HEADER + ROW + ROW))
    assert (same.loaded, same.unchanged, same.conflicting) == (1, 1, 0)
    records, other = read_one(written(tmp_path, HEADER + ROW + ROW.replace("25/11", "26/11")))
    assert (other.loaded, other.conflicting) == (1, 1)
    assert len({record.content() for record in records if record.label == "Episode"}) == 2, "both are handed over"
    assert problems(other)[0][0] == 3


_LARGE = """
import resource, sys
from functools import partial
from pathlib import Path
from missingnet.ingest.csv_file import open_csv
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
table = open_csv(partial(Path(sys.argv[1]).open, "rb"), "")
rows = sum(1 for _ in table.lines())
print(rows, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_a_large_file_is_read_in_less_memory_than_it_is_long(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    block = "".join(f"{n},12/03/2002,A,13/11/2017,25/11/2017\n" for n in range(100_000)).encode()
    blocks = (100_000_000 if LONG else 60_000_000) // len(block) + 1
    with path.open("wb") as file:
        file.write(HEADER.encode())
        for _ in range(blocks):
            file.write(block)
    done = subprocess.run([sys.executable, "-c", _LARGE, str(path)], capture_output=True, text=True, check=True)
    rows, grown = map(int, done.stdout.split())
    assert rows == blocks * 100_000
    assert grown < 50, f"{grown} MB more than before"
