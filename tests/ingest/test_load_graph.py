"""From files to the graph itself, on both engines: twice, in any order, an older extract after a newer."""

import asyncio
import csv
from collections.abc import Iterator
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from missingnet.graph.audit import Audit
from missingnet.graph.engine import Connection
from missingnet.graph.store import Store
from missingnet.ingest import run
from missingnet.ingest.problems import Report
from missingnet.ingest.run import load
from tests import engines
from tests.ingest.recording import nowhere, written

SAMPLES = Path(__file__).parents[1] / "samples"
SOURCES = Path(__file__).parents[1] / "sources"
CALLED_NOW = "MATCH (:Place)-[l:DESCRIBED_BY]->(d:Description) WHERE l.visibility % 2 = 0 RETURN d.name"
HEADER = "CHILD,DOB,MISSING,MIS_START,MIS_END\n"


class Graph:
    """A store on one engine, filled from files."""

    def __init__(self, connection: Connection, home: Path) -> None:
        self.loop = asyncio.new_event_loop()
        self.connection, self.home = connection, home
        self.store: Store = self.run(Store.open(connection, b"k" * 32, Audit(home / "audit", b"k"), home / "lock"))

    def run(self, waiting: Any) -> Any:
        return self.loop.run_until_complete(waiting)

    def load(self, *paths: Path, **said: Any) -> Report:
        settled = {"agency": "997", "extract_date": date(2018, 4, 1), "locate": nowhere} | said
        report: Report = self.run(load(paths, self.store, **settled))
        assert all(file.accounted_for for file in report.files)
        return report

    def fingerprint(self) -> str:
        found: str = self.run(self.store.fingerprint())
        return found

    def count(self, query: str) -> int:
        with engines.driver(self.connection) as driver:
            return int(driver.execute_query(query, database_=self.connection.database).records[0][0])

    def texts(self, query: str) -> list[str]:
        with engines.driver(self.connection) as driver:
            return sorted(row[0] for row in driver.execute_query(query, database_=self.connection.database).records)

    def empty(self) -> "Graph":
        self.close()
        engines.wipe(self.connection)
        return Graph(self.connection, self.home)

    def close(self) -> None:
        self.run(self.store.close())
        self.loop.close()


@pytest.fixture
def graph(empty_graph: Connection, tmp_path: Path) -> Iterator[Graph]:
    (tmp_path / "state").mkdir()
    found = Graph(empty_graph, tmp_path / "state")
    yield found
    if not found.loop.is_closed():
        found.close()


def children_of_the_sample(folder: Path) -> list[Path]:
    """Those who went missing: Header and Missing whole, and Episodes for the first ten, so that it loads quickly."""
    sample = SAMPLES / "ssda903"
    with (sample / "missing.csv").open(encoding="utf-8") as file:
        wanted = list(dict.fromkeys(row["CHILD"] for row in csv.DictReader(file)))
    paths = []
    for name in ("header.csv", "episodes.csv", "missing.csv"):
        head, *rows = (sample / name).read_text(encoding="utf-8").splitlines()
        these = wanted[:10] if name == "episodes.csv" else wanted
        kept = [row for row in rows if row.partition(",")[0] in these]
        paths.append(written(folder, "\n".join([head, *kept]) + "\n", name))
    return paths


def test_a_return_loads_once_and_in_any_order(graph: Graph, tmp_path: Path) -> None:
    paths = children_of_the_sample(tmp_path)
    first = graph.load(*paths)
    assert [(file.file, file.loaded) for file in first.files][2] == ("missing.csv", 43)
    once = graph.fingerprint()
    assert graph.count("MATCH (:Child)-[:HAD]->(e:Episode) RETURN count(e)") == 43
    assert graph.count("MATCH (c:Child) RETURN count(c)") == 39
    assert graph.count("MATCH (:Placement)-[l:PLACED_IN]->(:Home) RETURN count(l)") > 0

    again = graph.load(*paths)
    assert [file.unchanged for file in again.files] == [file.rows for file in again.files]
    assert graph.fingerprint() == once

    other = graph.empty()
    other.load(*reversed(paths))
    assert other.fingerprint() == once
    other.close()


def test_an_older_extract_after_a_newer_is_the_past_and_not_the_present(graph: Graph, tmp_path: Path) -> None:
    older = written(tmp_path, HEADER + "1,01/02/2004,M,01/02/2018,\n", "older.csv")
    newer = written(tmp_path, HEADER + "1,01/02/2004,M,01/02/2018,03/02/2018\n", "newer.csv")
    graph.load(newer, extract_date=date(2018, 3, 1))
    report = graph.load(older, extract_date=date(2018, 2, 2))
    assert report.files[0].changed == 1
    backwards = graph.fingerprint()
    present = "MATCH (e:Episode) WHERE e.known_to > localdatetime('2100-01-01T00:00:00') RETURN count(e.ended)"
    assert graph.count(present) == 1

    other = graph.empty()
    other.load(older, extract_date=date(2018, 2, 2))
    other.load(newer, extract_date=date(2018, 3, 1))
    assert other.fingerprint() == backwards
    other.close()


def test_one_episode_told_two_ways_on_one_day_is_shown_both_ways(graph: Graph, tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + "1,01/02/2004,M,01/02/2018,03/02/2018\n1,01/02/2004,M,01/02/2018,04/02/2018\n")
    report = graph.load(path)
    assert report.files[0].conflicting == 2
    assert graph.count("MATCH (e:Episode) RETURN count(e)") == 2


def test_a_trial_says_what_would_be_and_leaves_the_graph(graph: Graph, tmp_path: Path) -> None:
    before = graph.fingerprint()
    report = graph.load(written(tmp_path, HEADER + "1,01/02/2004,M,01/02/2018,\n"), dry_run=True)
    assert report.files[0].loaded == 1
    assert graph.fingerprint() == before


@pytest.mark.parametrize("size", [1, 2, 1000])
def test_a_trial_counts_as_the_load_does_wherever_a_batch_ends(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(run, "RECORDS_IN_A_BATCH", size)
    graph.load(written(tmp_path, HEADER + "3,01/02/2004,M,01/02/2018,\n", "before.csv"), extract_date=date(2018, 1, 1))
    one, other = "{0},01/02/2004,M,01/02/2018,03/02/2018\n", "{0},01/02/2004,M,01/02/2018,04/02/2018\n"
    rows = [one.format(1), one.format(2), one.format(1), other.format(1), other.format(3), other.format(2)]
    paths = [
        written(tmp_path, HEADER + "".join(rows), "first.csv"),
        written(tmp_path, HEADER + "".join([*rows[:4], one.format(4)]), "second.csv"),
    ]
    tried, done = graph.load(*paths, dry_run=True), graph.load(*paths)
    assert [file.as_json() for file in tried.files] == [file.as_json() for file in done.files]
    assert [file.conflicting for file in done.files] != [0, 0]


def test_a_property_is_described_in_the_words_that_its_reports_use_now_in_any_order(
    graph: Graph, tmp_path: Path
) -> None:
    header = "Report Ref,Force,Nominal Ref,LA Code,Last Seen,Reported,Found UPRN,Found Address\n"
    row = "{0},99,N{0},997,01/02/2018 20:00,01/02/2018 21:00,100200,{1}\n"
    extracts = {
        date(2018, 3, 1): ("Kebab House", "Kebab House"),
        date(2018, 4, 1): ("Kebab House", "Pizza House"),  # one report is corrected
        date(2018, 5, 1): ("Pizza House", "Pizza House"),  # then the other
    }
    paths = {
        day: written(tmp_path, header + "".join(row.format(n, name) for n, name in enumerate(names, 1)), f"{day}.csv")
        for day, names in extracts.items()
    }
    fingerprints = set()
    for order in permutations(extracts):
        for seen, day in enumerate(order, 1):
            report = graph.load(paths[day], extract_date=day)
            assert report.files[0].conflicting == 0
            assert graph.texts(CALLED_NOW) == sorted(extracts[max(order[:seen])])
        fingerprints.add(graph.fingerprint())
        graph = graph.empty()
    graph.close()
    assert len(fingerprints) == 1


def test_every_source_is_taken_by_the_graph_and_agencies_meet_in_one_child(graph: Graph) -> None:
    samples = [path for path in SOURCES.glob("*/*") if path.name.partition(".")[0] != "expected" and path.is_file()]
    samples = [path for path in samples if path.suffix in (".csv", ".xlsx")]
    report = graph.load(*samples, extract_date=date(2026, 11, 1))
    assert all(file.readable and not file.conflicting for file in report.files)
    assert {file.source for file in report.files} == {path.parent.name for path in samples}
    joined = "MATCH (c:Child)-[:DESCRIBED_BY]->(d:Description) WITH c, count(DISTINCT d.source) AS n RETURN max(n)"
    assert graph.count(joined) >= 2, "the police and the interviewers describe one child"
