"""The published SSDA903 sample, loaded and asked: the answers are those that a person reads off the file by hand.

Loaded are all 43 missing rows, and of header and placements the rows of the children who stand in them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from missingnet.graph import access
from missingnet.graph.audit import Audit
from missingnet.graph.engine import open_engine
from missingnet.graph.store import Store
from missingnet.graph.times import london_to_utc
from missingnet.ingest.problems import Report
from missingnet.ingest.run import load
from missingnet.settings import Settings
from tests import engines
from tests.ingest.recording import nowhere
from tests.planted.partnership import runner

SAMPLE = Path(__file__).parents[1] / "samples" / "ssda903"
pytestmark = pytest.mark.embedded


class Sample:
    def __init__(self, store: Store, report: Report, run: Any) -> None:
        self.store, self.report, self._run = store, report, run

    def ask(self, rule: str, day: datetime, **given: Any) -> Any:
        asker, asked = access.reader("coordinator"), access.Purpose("CASE", "sample-1")
        return self._run(self.store.ask(rule, asker, asked, as_at=london_to_utc(day), **given))

    def child(self, reference: str) -> str:
        return self.store.keyed("thing", f"council:330:{reference}")


def lines(name: str) -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def sample(embedded_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    folder, home = tmp_path_factory.mktemp("sample"), tmp_path_factory.mktemp("asked")
    children = {row["CHILD"] for row in lines("missing.csv")}
    for name in ("header.csv", "episodes.csv", "missing.csv"):
        kept = [row for row in lines(name) if row["CHILD"] in children]
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, list(kept[0]))
            out.writeheader()
            out.writerows(kept)
    connection = open_engine(embedded_settings)
    engines.wipe(connection)
    loop, run = runner()
    store: Store = run(Store.open(connection, b"s" * 32, Audit(home / "audit", b"s"), home / "lock"))
    yield Sample(store, run(load([folder], store, agency="330", locate=nowhere)), run)
    run(store.close())
    loop.close()
    engines.wipe(connection)


def test_every_row_of_the_sample_is_loaded(sample: Sample) -> None:
    (missing,) = [file for file in sample.report.files if file.file.endswith("missing.csv")]
    assert (missing.rows, missing.loaded, missing.rejected, missing.conflicting) == (43, 43, 0, 0)
    assert sample.report.exit_code == 0
    assert all(file.accounted_for and not file.rejected for file in sample.report.files)


def test_child_366621_was_away_and_within_that_time_missing(sample: Sample) -> None:
    answer = sample.ask("CHILD-TIMELINE", datetime(2018, 1, 1), child=sample.child("366621"))
    spells = {(e.kind, e.started, e.ended, e.precision) for e in answer.rows if e.label == "Episode"}
    assert spells == {
        ("away", datetime(2017, 11, 2), datetime(2017, 12, 22), "day"),
        ("missing", datetime(2017, 11, 20), datetime(2017, 12, 4), "day"),
    }
    assert not any(e.open for e in answer.rows if e.label == "Episode")


def test_as_at_a_day_inside_what_had_not_ended_is_open(sample: Sample) -> None:
    answer = sample.ask("CHILD-TIMELINE", datetime(2017, 12, 10), child=sample.child("366621"))
    assert {(e.kind, e.open) for e in answer.rows if e.label == "Episode"} == {("away", True), ("missing", False)}
    before = sample.ask("CHILD-TIMELINE", datetime(2017, 11, 10), child=sample.child("366621"))
    assert {(e.kind, e.open) for e in before.rows if e.label == "Episode"} == {("away", True)}


def test_nobody_in_the_sample_is_three_times_missing_in_three_months(sample: Sample) -> None:
    """No child has two rows of kind M at all: nobody fires, nobody is just short."""
    assert sample.ask("MASE-3-IN-3M", datetime(2018, 1, 1)).rows == ()


def test_a_lower_threshold_shows_the_eight_who_were_missing_once_in_those_months(sample: Sample) -> None:
    by_hand = {
        sample.child(row["CHILD"])
        for row in lines("missing.csv")
        if row["MISSING"] == "M"
        and datetime(2017, 10, 1) < datetime.strptime(row["MIS_START"], "%d/%m/%Y") <= datetime(2018, 1, 1)  # noqa: DTZ007 (a day)
    }
    rows = sample.ask("MASE-3-IN-3M", datetime(2018, 1, 1), min_episodes=2).rows
    assert {(row.child_id, row.state, row.episodes) for row in rows} == {(child, "just short", 1) for child in by_hand}
    assert len(by_hand) == 8
    assert sample.child("366621") in by_hand


def test_the_samples_return_fails_the_checks_that_were_counted_by_hand(sample: Sample) -> None:
    """FORMATS §1: of 43 rows one overlaps another, and 32 begin inside a placement."""
    answer = sample.ask(
        "SSDA903-MISSING", datetime(2020, 1, 1), agency="330", since=datetime(2010, 4, 1), until=datetime(2020, 1, 1)
    )
    assert answer.total == 43
    by_code = {code: [row for row in answer.rows if code in row.codes] for code in ("567", "574", "578", "581")}
    assert by_code["567"] == []
    assert [(row.child, row.missing, row.start) for row in by_code["574"]] == [("366621", "M", date(2017, 11, 20))]
    assert len(by_code["578"]) + len(by_code["581"]) == 43 - 32
    written = {(row["CHILD"], row["MISSING"], row["MIS_START"], row["MIS_END"]) for row in lines("missing.csv")}
    assert {
        (row.child, row.missing, f"{row.start:%d/%m/%Y}", f"{row.end:%d/%m/%Y}" if row.end else "")
        for row in answer.rows
    } == written
