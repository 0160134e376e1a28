"""The invented partnership is the same for the same arguments, and realistic in its rates."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from missingnet.ingest.example import generate
from missingnet.ingest.example.place import miles, postcodes
from tests.planted.invented import CHILDREN, Row, both, census_day, hashes, moment, planted_children, rows, span


def test_the_same_arguments_give_the_same_bytes_and_another_seed_gives_others(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        generate(tmp_path / name, children=150, years=1, seed=seed)
    assert hashes(tmp_path / "one") == hashes(tmp_path / "again")
    same = hashes(tmp_path / "one").items() & hashes(tmp_path / "other").items()
    assert {name for name, _ in same if name.endswith(("missing.csv", "roll.csv", "truth.json"))} == set()


def test_writing_over_an_older_invention_leaves_nothing_of_it(tmp_path: Path) -> None:
    generate(tmp_path / "fresh", children=100, years=1)
    generate(tmp_path / "used", children=150, years=2, seed=9)
    generate(tmp_path / "used", children=100, years=1)
    assert hashes(tmp_path / "fresh") == hashes(tmp_path / "used")


def test_progress_ends_at_the_whole(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    generate(tmp_path, children=300, years=1, progress=lambda done, whole: told.append((done, whole)))
    assert told == [(250, 300), (300, 300)]


@pytest.mark.parametrize(("children", "years"), [(99, 1), (1_000_001, 1), (100, 0), (100, 11)])
def test_what_cannot_be_invented_is_refused_in_words(tmp_path: Path, children: int, years: int) -> None:
    with pytest.raises(ValueError, match="must be from"):
        generate(tmp_path, children=children, years=years)


def test_memory_does_not_grow_with_the_number_of_children(tmp_path: Path) -> None:
    generate(tmp_path / "warm", children=1000, years=1)
    peaks = []
    for children in (1000, 5000):
        tracemalloc.start()
        generate(tmp_path / str(children), children=children, years=1)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.6 + 1_000_000, peaks


def test_totals_say_what_the_files_hold(out: Path, truth: dict[str, Any], reports: dict[str, Row]) -> None:
    counts = truth["counts"]
    pupils = both(out, "2026_autumn_pupilonroll.csv", "schools")
    left = both(out, "2026_autumn_pupilnolongeronroll.csv", "schools")
    assert len(pupils) + len(left) == CHILDREN * 5
    assert counts["pupils_alone"] == CHILDREN * 4
    upns = [row["upn"] for row in (*pupils, *left)]
    assert len(set(upns)) == len(upns)
    assert counts["missing_episodes"] == len(reports)
    assert counts["missing_children"] == len({row["Nominal Ref"] for row in reports.values()})
    header = both(out, "header.csv")
    assert counts["looked_after"] == len(header) == len({(row["CHILD"]) for row in header})


def test_every_child_of_concern_has_a_record_beside_the_school_roll(out: Path, reports: dict[str, Row]) -> None:
    known = {row["UPN"] for row in both(out, "header.csv")}
    named = {row["Nominal Ref"] for row in reports.values()}
    assert len(named) > CHILDREN * 0.3
    assert len(known) > CHILDREN * 0.2
    assert both(out, "cme_register.csv")
    assert both(out, "lists.csv")
    assert both(out, "risk_assessments.csv")


def test_keys_of_records_are_unique_in_each_file(out: Path) -> None:
    keys = {
        "police-99/police_missing.csv": ("Report Ref",),
        "police-99/police_absent.csv": ("Log No",),
        "police-99/associates.csv": ("Nominal Ref",),
        "police-99/places.csv": ("UPRN",),
        "police-99/notices.csv": ("Notice Ref",),
        "police-99/intelligence.csv": ("Log Ref", "Subject Ref", "Relation", "Object Ref"),
        "interviews/return_interviews.csv": ("Interview Ref",),
        "council-997/missing.csv": ("CHILD", "MIS_START"),
        "council-998/missing.csv": ("CHILD", "MIS_START"),
        "council-997/episodes.csv": ("CHILD", "DECOM"),
        "council-997/lists.csv": ("Entry Ref",),
        "council-997/cme_register.csv": ("CME Ref",),
        "council-997/risk_assessments.csv": ("Assessment Ref",),
        "council-997/meetings.csv": ("Meeting Ref", "Council Ref"),
        "council-998/notifications.csv": ("Notification Ref",),
        "schools-997/school_calendars.csv": ("School URN", "Kind Of Days", "First Day"),
    }
    for name, columns in keys.items():
        found = Counter(tuple(row[column] for column in columns) for row in rows(out, name))
        assert found, name
        assert [key for key, count in found.items() if count > 1] == [], name


def test_nothing_stands_in_an_extract_that_happened_after_it(out: Path) -> None:
    until = datetime(2026, 11, 1)
    later = {"Expires", "Next Review", "First Day", "Last Day"}
    for path in sorted(out.glob("*/*.csv")):
        if path.name.startswith(("edubase", "2026_")):
            continue
        for row in rows(out, str(path.relative_to(out))):
            for column, value in row.items():
                if column not in later and len(value) in (10, 16) and value[2:3] == "/" and value[5:6] == "/":
                    day = datetime.strptime(value[:10], "%d/%m/%Y")  # noqa: DTZ007
                    assert day < until, (path.name, column, row)


def test_times_of_an_episode_stand_in_their_order(reports: dict[str, Row], interviews: list[Row]) -> None:
    for row in reports.values():
        times = [moment(row[name]) for name in ("Last Seen", "Reported", "Located", "Returned", "Safe And Well At")]
        known = [time for time in times if time is not None]
        assert known == sorted(known), row["Report Ref"]
    for row in interviews:
        known = [t for name in ("Returned", "Contacted", "Offered", "Held") if (t := moment(row[name])) is not None]
        assert known == sorted(known), row["Interview Ref"]


def test_no_time_is_written_that_the_clocks_went_forward_over(out: Path) -> None:
    skipped = ("31/03/2024 01:", "30/03/2025 01:", "29/03/2026 01:")
    for path in sorted(out.glob("*/*.csv")):
        text = path.read_bytes().decode("utf-8", errors="replace")
        assert not any(hour in text for hour in skipped), path.name


def test_no_pupil_leaves_a_roll_before_joining_it(out: Path) -> None:
    for row in both(out, "2026_autumn_pupilnolongeronroll.csv", "schools"):
        joined, left = (census_day(row[name]) for name in ("entrydate", "leavingdate"))
        assert joined <= left, row["upn"]


def test_no_child_is_missing_twice_at_once(reports: dict[str, Row]) -> None:
    by_child: dict[str, list[tuple[datetime, datetime]]] = {}
    for row in reports.values():
        by_child.setdefault(row["Nominal Ref"], []).append(span(row))
    for spans in by_child.values():
        spans.sort()
        assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_episodes_per_child_follow_the_persistence_bands_of_streetwise(
    truth: dict[str, Any], reports: dict[str, Row]
) -> None:
    planted = {child["nominal"] for child in planted_children(truth)}
    per_child = Counter(row["Nominal Ref"] for row in reports.values() if row["Nominal Ref"] not in planted)
    bands = Counter(
        next(n for n, upper in enumerate((2, 5, 8, 19, 99)) if count <= upper) for count in per_child.values()
    )
    shares = [100 * bands[band] / len(per_child) for band in range(5)]
    assert shares == pytest.approx([52, 14, 9.5, 12.4, 12], abs=5)


def test_episodes_last_as_long_as_in_streetwise(truth: dict[str, Any], reports: dict[str, Row]) -> None:
    planted = {child["nominal"] for child in planted_children(truth)}
    hours = []
    for row in reports.values():
        if row["Last Seen"] and row["Located"] and row["Nominal Ref"] not in planted:
            start, end = span(row)
            hours.append((end - start) / timedelta(hours=1))
    bands = Counter(next(n for n, upper in enumerate((8, 16, 24, 48, 168, 1e9)) if h <= upper) for h in hours)
    shares = [100 * bands[band] / len(hours) for band in range(6)]
    assert shares == pytest.approx([30, 21, 16, 16.5, 12, 3], abs=3)


def test_children_are_found_as_far_from_home_as_in_streetwise(truth: dict[str, Any], reports: dict[str, Row]) -> None:
    planted = {child["nominal"] for child in planted_children(truth)}
    where = {postcode.text: postcode for postcode in postcodes()}
    bands: Counter[int] = Counter()
    for row in reports.values():
        if row["Nominal Ref"] in planted or not row["Returned"] or where[row["From Postcode"]].zone not in "AB":
            continue
        if not row["Found Postcode"]:
            bands[6] += 1
            continue
        away = miles(where[row["From Postcode"]], where[row["Found Postcode"]])
        bands[next(n for n, upper in enumerate((5, 10, 20, 40, 80, 1e9)) if away <= upper)] += 1
    shares = [100 * bands[band] / bands.total() for band in range(7)]
    assert shares == pytest.approx([59, 22, 6.6, 2, 1.1, 1.3, 7.3], abs=3)


def test_about_three_in_five_interviews_are_held_within_72_hours(interviews: list[Row]) -> None:
    in_time = 0
    for row in interviews:
        held, returned = moment(row["Held"]), moment(row["Returned"])
        in_time += held is not None and returned is not None and held - returned <= timedelta(hours=72)
    assert 0.54 <= in_time / len(interviews) <= 0.68
    outcomes = {row["Outcome"] for row in interviews}
    assert outcomes == {"held", "refused", "unreachable", "waiting", "offered", "not offered"}


def test_an_older_extract_of_the_lists_differs_from_the_newest(out: Path) -> None:
    newest = {row["Entry Ref"]: row for row in both(out, "lists.csv")}
    older = [row for code in ("997", "998") for row in rows(out, f"council-{code}-older/lists.csv")]
    assert "extract_date = 2026-08-01" in (out / "council-997-older/agency.toml").read_text(encoding="utf-8")
    changed = [row for row in older if newest[row["Entry Ref"]] != row]
    assert changed
    assert len(changed) < len(older) < len(newest)


def test_the_registers_open_as_their_publishers_files_do(out: Path) -> None:
    raw = (out / "register-gias/edubasealldata.csv").read_bytes()
    assert "à Becket" in raw.decode("cp1252")
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    book = CalamineWorkbook.from_path(out / "register-ofsted/provider-list.xlsx")
    assert book.sheet_names == ["Providers", "SA Providers"]
    providers = book.get_sheet_by_name("Providers").to_python()
    urns = {row[1] for row in providers[1:]}
    assert isinstance(providers[1][6], date)
    assert {row["URN"] for row in both(out, "episodes.csv") if row["URN"]} <= urns


def test_the_folder_says_that_everything_is_invented(out: Path) -> None:
    assert (out / "README.txt").read_text(encoding="utf-8").startswith("Everything in this folder is invented.")
