"""A record that came twice for one date with different content stands twice on every page, and no version is lost."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from missingnet.api.app import create_app
from missingnet.api.opening import opened
from missingnet.ingest.run import load
from tests import engines, served
from tests.served import AS_AT, COORDINATOR, Partnership

HTML = {**COORDINATOR, "Accept": "text/html"}
CONFLICT = "Conflicting versions: each is shown"


def _report(risk: str) -> dict[str, str]:
    row = served.missing_report(1, "N1000001", "05/09/2026 18:00", "06/09/2026 08:00", "990000000102", "")
    return {**row, "Current Risk": risk}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Partnership, TestClient]]:
    """The partnership, whose first report came again in a later extract, and there twice with different grades."""
    with engines.embedded(tmp_path_factory.mktemp("versions")) as settings:
        of = served.fill(settings, tmp_path_factory.mktemp("files"))
        folder = tmp_path_factory.mktemp("later")
        files: list[Path] = []
        for name, risk in (("first.csv", "Low"), ("second.csv", "Medium")):
            served.write_rows(folder / name, [_report(risk)])
            files.append(folder / name)

        async def add() -> list[int]:
            async with opened(settings) as store:
                report = await load(
                    files,
                    store,
                    locate=lambda _: None,
                    source="police_missing",
                    agency="99",
                    extract_date=date(2026, 11, 8),
                )
                return [file.changed + file.conflicting for file in report.files]

        assert asyncio.run(add()) == [1, 1]
        with TestClient(create_app(settings), base_url="http://127.0.0.1:8000") as client:
            line = client.get(f"/children/{of.child}/timeline", params={"as_at": AS_AT}, headers=COORDINATOR).json()[
                "rows"
            ]
            (record,) = {row["record"] for row in line if row["reference"] == "MP0000001" and row["label"] == "Episode"}
            yield replace(of, record=record), client


def test_the_record_lists_every_version_with_when_it_was_told(told: tuple[Partnership, TestClient]) -> None:
    of, client = told
    answer = client.get(f"/records/{of.record}", params={"as_at": AS_AT}, headers=COORDINATOR).json()
    versions = [
        (row["file"], row["row"], row["known_from"], row["known_to"], row["current"], row["conflicting"])
        for row in answer["rows"]
    ]
    later, first = "2026-11-08T00:00:00Z", "2026-11-01T00:00:00Z"
    assert sorted(versions[:2]) == [
        ("first.csv", 2, later, None, True, True),
        ("second.csv", 2, later, None, True, True),
    ]
    assert versions[2:] == [("police_missing.csv", 2, first, later, False, False)]
    page = client.get(f"/record/{of.record}", params={"as_at": AS_AT}, headers=HTML).text
    table = page.partition('id="versions-table"')[2].partition("</table>")[0]
    assert re.findall(r"([a-z_]+\.csv, row \d+)", table) == [f"{v[0]}, row {v[1]}" for v in versions]
    assert table.count(CONFLICT) == 2
    assert "8 Nov 2026" in table


def test_what_was_told_later_is_not_told_as_known_before(told: tuple[Partnership, TestClient]) -> None:
    of, client = told
    asked = {"as_at": AS_AT, "known_at": "2026-11-03"}
    (row,) = client.get(f"/records/{of.record}", params=asked, headers=COORDINATOR).json()["rows"]
    assert (row["file"], row["current"], row["known_to"], row["conflicting"]) == (
        "police_missing.csv",
        True,
        None,
        False,
    )


def test_a_timeline_shows_both_versions_and_marks_them(told: tuple[Partnership, TestClient]) -> None:
    of, client = told
    answer = client.get(f"/children/{of.child}/timeline", params={"as_at": AS_AT}, headers=COORDINATOR).json()
    rows = [row for row in answer["rows"] if row["record"] == of.record]
    assert sorted(fact["value"] for row in rows for fact in row["facts"] if fact["name"] == "risk") == ["low", "medium"]
    assert len({row["version"] for row in rows}) == 2
    assert all(row["conflicting"] for row in rows)
    assert not any(row["conflicting"] for row in answer["rows"] if row["record"] != of.record)
    assert any("twice for one date with different content" in note for note in answer["notes"])


def test_a_childs_page_shows_both_versions_wherever_the_record_stands(told: tuple[Partnership, TestClient]) -> None:
    of, client = told
    page = client.get(f"/child/{of.child}", params={"as_at": AS_AT}, headers=HTML).text
    line = page.partition('id="timeline-list"')[2].partition('id="sources"')[0]
    sources = page.partition('id="sources"')[2]
    for part in (line, sources):
        found = re.findall(r"risk (low|medium)", part)
        assert set(found) == {"low", "medium"}, found
        assert part.count(CONFLICT) >= 2
    # A link that rests on the record says so too: the record's own words are not those of one version.
    assert "(2 versions conflict)" in page
    entries = re.findall(r'data-entry-id="([^"#]+)"', line)
    assert len(entries) == len(set(entries))


def test_a_pack_shows_both_versions_and_marks_each_line_and_the_source(told: tuple[Partnership, TestClient]) -> None:
    of, client = told
    asked = {"child": of.child, "as_at": AS_AT, "format": "json"}
    pack = client.get("/packs/mase", params=asked, headers=COORDINATOR).json()
    (source,) = [source for source in pack["sources"]["records"] if source["record"] == of.record]
    tables = [
        block
        for section in pack["sections"]
        for part in section["parts"]
        for block in part["blocks"]
        if block["block"] == "table"
    ]
    lines = [line for block in tables for line in block["lines"]]
    own = [line["cells"][0] for line in lines if line["references"] == [source["number"]]]
    assert {f"Missing, risk {risk} ({CONFLICT})" for risk in ("low", "medium")} <= set(own)
    assert all(CONFLICT in cell for cell in own)
    assert source["what"].endswith(f"({CONFLICT})")
    others = [line["cells"][0] for line in lines if source["number"] not in line["references"]]
    assert others and not any(CONFLICT in cell for cell in others)
