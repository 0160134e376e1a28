"""Police's and councils' records of the invented partnership are set beside each other as truth.json says.

Truth is the generator's own: which report a council's row was made from, what only one side knows, whose end is a day
late. What the files themselves say (two police systems, a grade of 'no apparent risk') is read from them. Each test
prints its confusion (`pytest -s`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from missingnet.graph.audit import Audit
from missingnet.graph.engine import open_engine
from missingnet.graph.store import Store
from missingnet.ingest.example import generate
from missingnet.ingest.run import load
from missingnet.settings import Settings
from tests import engines
from tests.ingest.recording import nowhere
from tests.planted import invented, proof
from tests.planted.partnership import Partnership, runner

CHILDREN, YEARS, SEED = 300, 1, 7
LEAST = 0.98
pytestmark = pytest.mark.embedded
Pair = tuple[str, str]
"""A police report's reference, and a council row's 'authority|child|start'."""


@pytest.fixture(scope="module")
def place(embedded_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Partnership]:
    folder, home = tmp_path_factory.mktemp("partnership"), tmp_path_factory.mktemp("planted")
    generate(folder, CHILDREN, YEARS, SEED)
    for others in folder.glob("schools-*"):
        for path in others.glob("*.csv"):
            path.unlink()
    connection = open_engine(embedded_settings)
    engines.wipe(connection)
    loop, run = runner()
    store: Store = run(Store.open(connection, b"p" * 32, Audit(home / "audit", b"p"), home / "lock"))
    assert run(load([folder], store, locate=nowhere)).exit_code == 0
    yield Partnership(folder, store, run)
    run(store.close())
    loop.close()
    engines.wipe(connection)


@pytest.fixture(scope="module")
def lines(place: Partnership) -> list[Any]:
    """Every episode of a looked-after child in the whole period, those that agree among them."""
    return list(place.ask("POLICE-COUNCIL-MISMATCH", since=place.first, until=place.at, agreed=True).rows)


def council_row(one: dict[str, Any]) -> str:
    day = datetime.strptime(one["started"], "%d/%m/%Y")  # noqa: DTZ007 (a day, as in the files)
    return f"{one['authority']}|{one['council']}|{day:%Y-%m-%d}"


def names(place: Partnership) -> dict[str, str]:
    """What every episode's record is called in the files, by its opaque id."""
    found = {}
    for name, ref, source in (("missing", "Report Ref", "police_missing"), ("absent", "Log No", "police_absent")):
        for row in invented.rows(place.folder, f"police-99/police_{name}.csv"):
            found[place.keyed("record", f"99|{source}|{row[ref]}")] = row[ref]
    for code in ("997", "998"):
        for row in invented.rows(place.folder, f"council-{code}/missing.csv"):
            key = council_row({"authority": code, "council": row["CHILD"], "started": row["MIS_START"]})
            found[place.keyed("record", f"{code}|ssda903_missing|{key.partition('|')[2]}")] = key
    return found


def confusion(what: str, wanted: set[Any], found: set[Any]) -> None:
    """Keeps and holds to the least: of those found how many are right, of those there how many are found."""
    more = f"POLICE-COUNCIL-MISMATCH, of {CHILDREN} children"
    proof.measured(what, wanted, found, proof.Target(recall=LEAST, precision=LEAST), more=more)


def test_the_same_episodes_are_set_beside_each_other(place: Partnership, lines: list[Any]) -> None:
    called = names(place)
    wanted = {(one["police_ref"], council_row(one)) for one in place.truth["same_episode"]}
    found: set[Pair] = set()
    for row in lines:
        sides = {who: [called[s.record] for s in row.sides if s.who == who] for who in ("police", "council")}
        found |= {(p, c) for p in sides["police"] if p.startswith("MP") for c in sides["council"]}
    confusion("same episode", wanted, found)


def test_what_one_side_alone_knows_is_named(place: Partnership, lines: list[Any]) -> None:
    called, told = names(place), place.truth["disagreements"]

    def found(difference: str, who: str) -> set[str]:
        return {called[s.record] for row in lines if difference in row.differences for s in row.sides if s.who == who}

    police_only = {one["police_ref"] for one in told["police_only"] if "same day" not in one["why"]}
    confusion("not in the council's records", police_only, {
        ref for ref in found("not in the council's records", "police") if ref.startswith("MP")
    })  # fmt: skip
    hidden = {council_row(one) for one in told["council_only"] if one["kind"] == "M"}
    confusion("not in the police's records", hidden, found("not in the police's records", "council"))
    away = {council_row(one) for one in told["council_only"] if one["kind"] == "A"}
    confusion("definition (away)", away, found("definition", "council") - _without_risk(place, called, lines))


def _without_risk(place: Partnership, called: dict[str, str], lines: list[Any]) -> set[str]:
    """Council rows beside police reports that were graded 'no apparent risk'."""
    return {
        called[s.record]
        for row in lines
        if {"no apparent risk"} == {s.kind for s in row.sides if s.who == "police"} - {"absent"}
        for s in row.sides
        if s.who == "council"
    }


def test_an_end_a_day_late_is_named(place: Partnership, lines: list[Any]) -> None:
    """Where the child came back after midnight the council's later day is right, and no disagreement."""
    called = names(place)
    reports = {row["Report Ref"]: row for row in invented.rows(place.folder, "police-99/police_missing.csv")}
    ends = {
        council_row({"authority": code, "council": row["CHILD"], "started": row["MIS_START"]}): row["MIS_END"]
        for code in ("997", "998")
        for row in invented.rows(place.folder, f"council-{code}/missing.csv")
    }
    shared = Counter(council_row(one) for one in place.truth["same_episode"])
    wanted = set()
    for one in place.truth["same_episode"]:
        report, end = reports[one["police_ref"]], ends[council_row(one)]
        told = {(report["Located"] or report["Returned"])[:10], report["Returned"][:10]}
        if shared[council_row(one)] == 1 and end and told != {""} and end not in told:
            wanted.add(one["police_ref"])
    planted = {one["police_ref"] for one in place.truth["disagreements"]["dates_differ"]}
    assert len(planted - wanted) <= len(planted) / 5, "a few came back after midnight"
    found = {
        called[s.record]
        for row in lines
        if "ends apart" in row.differences and not {"several as one", "one as several"} & set(row.differences)
        for s in row.sides
        if s.who == "police" and called[s.record].startswith("MP")
    }
    confusion("ends apart", wanted, found)


def test_spelt_apart_children_are_a_different_child_and_both_systems_are_named(
    place: Partnership, lines: list[Any]
) -> None:
    called = names(place)
    different = [row for row in lines if "different child" in row.differences]
    apart = {one["nominal"]: one for one in place.truth["spelt_apart"]}
    wanted = {one["police_ref"] for one in place.truth["same_episode"] if one["nominal"] in apart}
    found = {called[s.record] for row in different for s in row.sides if s.who == "police"}
    print(f"different child: {len(wanted & found)} of {len(wanted)}, {len(found - wanted)} beside")
    assert found <= wanted
    coincide = _both_systems(place)
    both = {
        called[s.record]
        for row in lines
        if "on both police systems" in row.differences
        for s in row.sides
        if s.who == "police"
    }
    shown = {called[s.record] for row in lines for s in row.sides if s.who == "police"}
    confusion("on both police systems", coincide & shown, {ref for ref in both if ref.startswith("MP")})


def _both_systems(place: Partnership) -> set[str]:
    """Police reports beside which the incident log holds an absent report of the same child and time."""
    near, reports, found = timedelta(hours=2), list(invented.rows(place.folder, "police-99/police_missing.csv")), set()
    for log in invented.rows(place.folder, "police-99/police_absent.csv"):
        opened, closed = invented.moment(log["Opened"]), invented.moment(log["Closed"]) or invented.FAR
        assert opened is not None
        for report in (one for one in reports if one["Nominal Ref"] == log["Nominal Ref"]):
            start, end = invented.span(report)
            if (opened <= end and start <= closed) or abs(opened - start) <= near:
                found.add(report["Report Ref"])
    return found


def test_what_disagrees_is_counted_by_name(lines: list[Any]) -> None:
    counts = Counter(difference for row in lines for difference in row.differences)
    agree = sum(not row.differences for row in lines)
    print(f"{agree} of {len(lines)} agree; {dict(counts.most_common())}")
    assert agree > len(lines) / 2


def test_times_away_that_the_police_were_never_told_of_are_found(place: Partnership) -> None:
    rows: Any = place.ask("HIDDEN-MISSING", since=place.first, until=place.at).rows
    called = names(place)
    apart = {(one["authority"], one["council"]) for one in place.truth["spelt_apart"]}
    wanted = {
        council_row(one)
        for one in place.truth["disagreements"]["council_only"]
        if (one["authority"], one["council"]) not in apart
    }
    logs = _beside_an_absent_report(place, wanted)
    found = {called[r] for row in rows for r in row.records if r in called}
    found -= {row for row in found if tuple(row.split("|")[:2]) in apart}
    confusion("hidden missing", wanted - logs, found)
    told_twice = [row for row in rows if "missing" in row.kinds and "returned" in row.kinds]
    print(f"hidden missing: of {len(rows)} times away {len(told_twice)} are told by the council and an interview")
    assert told_twice


def _beside_an_absent_report(place: Partnership, rows: set[str]) -> set[str]:
    """Council rows during which the police log holds an absent report of the child."""
    nominals = {
        (one["authority"], one["council"]): one["nominal"] for one in place.truth["disagreements"]["council_only"]
    }
    ends = {
        council_row({"authority": code, "council": row["CHILD"], "started": row["MIS_START"]}): row["MIS_END"]
        for code in ("997", "998")
        for row in invented.rows(place.folder, f"council-{code}/missing.csv")
    }
    logs = list(invented.rows(place.folder, "police-99/police_absent.csv"))
    found = set()
    for row in rows:
        authority, council, start = row.split("|")
        first = datetime.fromisoformat(start)
        last = datetime.strptime(ends[row], "%d/%m/%Y") + timedelta(days=1)  # noqa: DTZ007 (a day, as in the files)
        for log in logs:
            opened, closed = invented.moment(log["Opened"]), invented.moment(log["Closed"]) or invented.FAR
            if log["Nominal Ref"] == nominals[authority, council] and opened and opened <= last and first <= closed:
                found.add(row)
    return found
