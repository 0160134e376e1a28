"""What was counted by hand in the SSDA903 sample (FORMATS §1) is found again in the records."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from missingnet.graph.records import Record
from tests.ingest.recording import read

SAMPLE = Path(__file__).parents[1] / "samples" / "ssda903"


@pytest.fixture(scope="module")
def records() -> list[Record]:
    found, report = read(SAMPLE / "header.csv", SAMPLE / "episodes.csv", SAMPLE / "missing.csv", SAMPLE / "uasc.csv")
    assert {file.file: (file.rows, file.rejected) for file in report.files} == {
        "header.csv": (2675, 0),
        "episodes.csv": (5050, 0),
        "missing.csv": (43, 0),
        "uasc.csv": (132, 0),
    }
    return found


def of(records: list[Record], source: str, label: str) -> list[Record]:
    return [record for record in records if record.source == source and record.label == label]


def child(record: Record) -> str:
    return record.mentions["whom"].keys[0]


def test_who_is_in_which_table(records: list[Record]) -> None:
    missing = of(records, "ssda903_missing", "Episode")
    placed = {child(record) for record in of(records, "ssda903_episodes", "Placement")}
    headed = {child(record): record.facts["born"] for record in of(records, "ssda903_header", "Description")}
    assert len(missing) == 43
    # FORMATS says 33 'of the 43 rows': 33 is the number of children, who have 36 of the rows.
    assert sum(child(record) in placed for record in missing) == 36
    assert len({child(record) for record in missing} & placed) == 33
    assert all(child(record) in headed for record in missing)
    born = {child(record): record.facts["born"] for record in of(records, "ssda903_missing", "Description")}
    assert all(headed[key] == day for key, day in born.items())


def test_exactly_one_pair_of_periods_overlaps(records: list[Record]) -> None:
    spells = [(child(r), r.facts["started"], r.facts["ended"]) for r in of(records, "ssda903_missing", "Episode")]
    pairs = [
        (a[0], a, b)
        for n, a in enumerate(spells)
        for b in spells[n + 1 :]
        if a[0] == b[0] and a[1] < b[2] and b[1] < a[2]  # type: ignore[operator]
    ]
    assert [key for key, _, _ in pairs] == ["council:997:366621"]
    assert sum(count == 2 for count in Counter(key for key, _, _ in spells).values()) == 4


def test_thirty_two_begin_inside_an_open_placement(records: list[Record]) -> None:
    spans: dict[str, list[tuple[object, object]]] = {}
    for record in of(records, "ssda903_episodes", "Placement"):
        spans.setdefault(child(record), []).append((record.facts["started"], record.facts.get("ended")))
    inside = 0
    for record in of(records, "ssda903_missing", "Episode"):
        day = (record.facts["started"] + timedelta(hours=2)).date()  # type: ignore[operator]
        inside += any(a <= day and (b is None or day <= b) for a, b in spans.get(child(record), []))  # type: ignore[operator]
    assert inside == 32


def test_a_foster_carers_postcode_is_never_on_the_placement(records: list[Record]) -> None:
    for record in of(records, "ssda903_episodes", "Placement"):
        assert "HOME_POST" not in record.raw
        if str(record.facts["place_code"])[0] in "AUPTZ":
            assert "postcode" not in record.facts
            assert "PL_POST" not in record.raw
            assert "house" not in record.mentions
