"""Tables as pages, data and files; who sees no names sees nothing else, no small number, and has no choice."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from python_calamine import CalamineWorkbook

from missingnet.api.reader import Permission
from missingnet.api.spreadsheet import csv_text, safe
from missingnet.graph.answers.declared_tables import tables
from tests.api.test_every_route_asks_who_and_why import api_routes, filled
from tests.served import AS_AT, CANARIES, COORDINATOR, Partnership, audit_lines

BOARD = {"X-Reader": "board", "X-Purpose": "STATISTICS q3"}
PERIOD = "period=2026-07..2026-09"


def test_every_table_is_answered_and_its_forms_agree(doors: TestClient) -> None:
    for name in tables():
        at = f"period=2026-07..2026-10&as_at={AS_AT}"
        page = doors.get(f"/tables/{name}?{at}", headers={**COORDINATOR, "Accept": "text/html"})
        data = doors.get(f"/tables/{name}/table.json?{at}", headers=COORDINATOR)
        text = doors.get(f"/tables/{name}/table.csv?{at}", headers=COORDINATOR)
        book = doors.get(f"/tables/{name}/table.xlsx?{at}", headers=COORDINATOR)
        assert [found.status_code for found in (page, data, text, book)] == [200] * 4, name
        lines = list(csv.reader(io.StringIO(text.text)))
        assert len(lines) == len(data.json()["rows"]) + 2, name
        assert lines[0][0] == "OFFICIAL-SENSITIVE", name
        held = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_name("Table").to_python()
        assert [[str(cell) for cell in row] for row in held[2:3]] == lines[1:2], name
        assert len(held) == len(lines) + 1, name


def test_no_data_is_not_nought(doors: TestClient) -> None:
    """The police's absent reports were never sent."""
    at = f"period=2026-09..2026-10&as_at={AS_AT}"
    rows = doors.get(f"/tables/EPISODES-BY-MONTH/table.json?{at}", headers=COORDINATOR).json()["rows"]
    told = {(row["line"], cell["column"], cell["measure"]): cell for row in rows for cell in row["cells"]}
    assert told["2026-09", "missing", "episodes"]["count"] == 4
    for month in ("2026-09", "2026-10", "all"):
        cell = told[month, "absent", "episodes"]
        assert (cell["state"], cell["count"]) == ("not provided", None)
    page = doors.get(f"/tables/EPISODES-BY-MONTH?{at}", headers={**COORDINATOR, "Accept": "text/html"}).text
    assert page.count("not provided") > 6


def test_a_file_carries_its_marking_reader_purpose_and_as_at(doors: TestClient, partnership: Partnership) -> None:
    before = len(audit_lines(partnership.settings))
    book = doors.get(f"/tables/LENGTH-OF-EPISODES/table.xlsx?period=2026-10&as_at={AS_AT}", headers=COORDINATOR)
    about = dict(CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_name("About").to_python()[:11])
    assert about["Marking"] == "OFFICIAL-SENSITIVE"
    assert about["Reader"] == about["Recipient"] == "CSE coordinator, council 997"
    assert about["Purpose"] == "MASE case-12"
    assert about["As at"].startswith("1 Nov 2026")
    with zipfile.ZipFile(io.BytesIO(book.content)) as inside:
        assert not any("<f>" in inside.read(name).decode("utf-8", "replace") for name in inside.namelist())
    told = audit_lines(partnership.settings)[before:]
    assert [line["document"] for line in told if "document" in line] == ["table LENGTH-OF-EPISODES as xlsx"]


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1", "@x", "\t=1", "  =1", "＝1", "\r=1", "\0=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert safe(text) == f"'{text}"
    assert csv_text([(text, 3, None)]).endswith(",3,\r\n")
    assert safe("2–7 days") == "2–7 days"


def test_who_sees_no_names_is_refused_everything_but_tables(doors: TestClient, partnership: Partnership) -> None:
    real = {"{child}": partnership.child, "{record}": partnership.record, "{thing}": partnership.adult}
    refused = set()
    for route in api_routes(doors):
        if route.permission in (Permission.NOTHING, Permission.SIGNS_IN, Permission.COUNTS):  # type: ignore[attr-defined]
            continue
        for method in route.methods or ():
            named = route.path
            for part, value in real.items():
                named = named.replace(part, value)
            for address in {filled(named), filled(route.path)}:
                found = doors.request(method, address, headers=BOARD)
                assert (found.status_code, found.json()["error"]) == (403, "numbers-only"), address
                refused.add(found.content)
    assert len(refused) == 1, "what exists and what does not are refused alike"


def test_who_sees_no_names_sees_no_name_and_no_small_number(doors: TestClient) -> None:
    for name, table in tables().items():
        for address in (f"/tables/{name}?{PERIOD}", f"/tables/{name}/table.json?{PERIOD}"):
            found = doors.get(address, headers={**BOARD, "Accept": "text/html" if "json" not in address else "*/*"})
            if table.lines == "child":
                assert found.status_code == 403
                continue
            assert found.status_code == 200, address
            assert not any(canary in found.text for canary in CANARIES), address
        if table.lines != "child":
            # Three children: fewer than five, so that nothing of it is shown.
            cells = [cell for row in found.json()["rows"] for cell in row["cells"]]
            assert not any(cell["count"] for cell in cells), name
            assert not any(row["thing_id"] for row in found.json()["rows"])


@pytest.mark.parametrize(
    "choice",
    [
        "period=2026-09",
        "period=2026-06..2026-08",
        "period=2026-07..2026-12",
        f"{PERIOD}&area=997",
        f"{PERIOD}&agency=99",
        f"{PERIOD}&known_at=2026-10-01",
        f"{PERIOD}&as_at=2026-08-15",
    ],
)
def test_who_sees_no_names_has_no_choice_that_tables_could_be_told_apart_by(doors: TestClient, choice: str) -> None:
    found = doors.get(f"/tables/EPISODES-BY-MONTH/table.json?{choice}", headers=BOARD)
    assert (found.status_code, found.json()["error"]) == (422, "not-understood")


def test_who_sees_no_names_asks_what_is_told_of_a_whole_period_of_one_at_a_time(doors: TestClient) -> None:
    for table in (name for name, table in tables().items() if table.one_period):
        two = doors.get(f"/tables/{table}/table.json?period=2026-04..2026-09", headers=BOARD)
        assert (two.status_code, "one period of 3 months at a time" in two.text) == (422, True), two.text
        assert doors.get(f"/tables/{table}/table.json", headers=BOARD).status_code == 200, "the usual period is one"
        assert doors.get(f"/tables/{table}/table.json?period=2026-04..2026-09", headers=COORDINATOR).status_code == 200


def test_as_at_another_day_the_table_is_the_same(doors: TestClient) -> None:
    told = [
        doors.get(f"/tables/EPISODES-BY-MONTH/table.json?{PERIOD}{when}", headers=BOARD).json()
        for when in ("", "&as_at=2026-10-05", "&as_at=2026-11-20")
    ]
    assert told[0] == told[1] == told[2]


def test_for_another_purpose_no_other_numbers_are_counted(doors: TestClient) -> None:
    other = {**BOARD, "X-Purpose": "HEALTH q3"}
    found = doors.get(f"/tables/EPISODES-BY-MONTH/table.json?{PERIOD}", headers=other)
    assert (found.status_code, found.json()["error"]) == (403, "numbers-only")


def test_for_statistics_nobody_asks_anything_but_tables(doors: TestClient, partnership: Partnership) -> None:
    counting = {**COORDINATOR, "X-Purpose": "STATISTICS q3"}
    assert doors.get(f"/children/{partnership.child}/timeline", headers=counting).status_code == 403
    assert doors.get(f"/tables/EPISODES-BY-MONTH/table.json?{PERIOD}", headers=counting).status_code == 200


@pytest.fixture
def board_page(doors: TestClient) -> Iterator[str]:
    yield doors.get("/", headers={**BOARD, "Accept": "text/html"}).text


def test_their_start_page_leads_to_tables_alone(board_page: str) -> None:
    assert 'href="/tables"' in board_page
    assert not any(
        f'href="{address}"' in board_page for address in ("/search", "/q", "/packs", "/matches", "/findings")
    )


def test_an_unknown_table_and_period_are_said_in_words(doors: TestClient) -> None:
    assert doors.get("/tables/NO-SUCH-TABLE", headers=COORDINATOR).status_code == 404
    for period in ("2026", "2026-13", "2026-10..2026-09", "last%20month"):
        found = doors.get(f"/tables/EPISODES-BY-MONTH/table.json?period={period}", headers=COORDINATOR)
        assert found.status_code == 422
        assert "period" in found.json()["detail"]
