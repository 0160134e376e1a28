"""Requirement I1: rows = loaded + unchanged + changed + conflicting + rejected, for any file that can be made up."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from missingnet.ingest.problems import FileReport
from tests.ingest.recording import counts, read_one, written
from tests.pieces import EXAMPLES
from tests.tally import BAD_INPUTS, ROWS, tally

CANARY = "Quenelda"
cells = st.one_of(
    st.sampled_from(["", "1", "M", "A", "Q", "13/11/2017", "31/02/2017", "01/01/2020", CANARY, f"{CANARY} 7", "UN1"]),
    st.sampled_from(['"', '"x', 'x"y', '""', '"a,b"', "\x00", "é", "\ud7ff", ";", "=1+1", "🙂", " ", "\u2028"]),
    st.text(max_size=5).filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text)),
)
rows = st.lists(st.lists(cells, min_size=1, max_size=7).map(",".join), max_size=12)
ends = st.sampled_from(["\n", "\r\n", "\r"])
HEADERS = (
    "CHILD,DOB,MISSING,MIS_START,MIS_END",
    "CHILD,DECOM,RNE,LS,PLACE,DEC,HOME_POST,PL_POST,URN",
    "Entry Ref,LA Code,Council Ref,Forename,Surname,DOB,List,Added",
    "Log Ref,Force,Subject Type,Subject Ref,Relation,Object Type,Object Ref,Source Grade,Handling",
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(header=st.sampled_from(HEADERS), body=rows, end=ends, encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]))
def test_no_row_is_lost_and_no_value_is_told(header: str, body: list[str], end: str, encoding: str) -> None:
    content = end.join([header, *body]).encode(encoding, errors="replace")
    with tempfile.TemporaryDirectory() as folder:
        _, file = read_one(written(Path(folder), content))
    _tallied(file)
    found, _, rejected = counts(file)
    assert file.readable
    told = list(file.problems())
    assert len({row for row, _ in told}) >= rejected, "each rejected row has its reason"
    assert all(problem.remedy for _, problem in told)
    assert found <= len(body) * 5 + 1
    assert CANARY not in str(file.as_json()["problems"])


@settings(max_examples=EXAMPLES, deadline=None)
@given(content=st.binary(max_size=400), name=st.sampled_from(["a.csv", "a.xlsx", "a.xml", "a.zip"]))
def test_any_bytes_end_in_a_report(content: bytes, name: str) -> None:
    if name == "a.xml" or content.lstrip().startswith(b"<"):
        content, name = (
            b"CHILD" + content,
            "a.csv",
        )  # a process for each example would take minutes; XML has its own tests
    with tempfile.TemporaryDirectory() as folder:
        _, file = read_one(written(Path(folder), content, name))
    _tallied(file)


def _tallied(file: FileReport) -> None:
    tally(BAD_INPUTS)
    answered = file.loaded + file.unchanged + file.changed + file.conflicting + file.rejected
    tally(ROWS, abs(file.rows - answered))
    assert file.accounted_for
