"""A question file with a path is a route: described, typed, paged over one answer, with true totals."""

from __future__ import annotations

import json
import re

import pytest
from fastapi.testclient import TestClient

from missingnet.api.questions import mounted
from missingnet.graph.catalogue import catalogue
from tests.served import AS_AT, COORDINATOR, FORENAME, HEALTH, Partnership


def test_every_question_with_a_path_is_described_with_its_source(doors: TestClient) -> None:
    described = doors.get("/openapi.json").json()
    assert described["openapi"].startswith("3.")
    for each in mounted():
        about = described["paths"][each.path]["get"]
        assert each.source in about["description"]
        assert about["responses"]["200"]["content"]["application/json"]["example"]["rule"] == each.rule
        names = {parameter["name"] for parameter in about["parameters"]}
        assert set(each.parameters) | {"as_at", "known_at"} <= names
        assert all(
            parameter.get("description") for parameter in about["parameters"] if parameter["name"] in each.parameters
        )
    json.dumps(described)


def test_the_list_of_questions_and_their_queries_are_open(doors: TestClient) -> None:
    listed = {each["rule"] for each in doors.get("/questions").json()["questions"]}
    assert listed == set(catalogue())
    for rule in listed:
        text = doors.get(f"/questions/{rule}/cypher").text
        assert "$visible[" in text
        assert catalogue()[rule].source in text
    assert doors.get("/questions/NO-SUCH/cypher").status_code == 404


def test_pages_of_a_list_hold_every_row_once_and_the_total_is_true(doors: TestClient, partnership: Partnership) -> None:
    address = f"/children/{partnership.child}/timeline?as_at={AS_AT}"
    whole = doors.get(address, headers=COORDINATOR).json()
    assert whole["total"] == len(whole["rows"]) > 3
    rows, after = [], ""
    while True:
        page = doors.get(f"{address}&limit=2{after}", headers=COORDINATOR).json()
        assert page["total"] == whole["total"]
        assert page["shown"] == len(page["rows"]) <= 2
        rows += page["rows"]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert rows == whole["rows"]


def test_a_mark_that_is_not_in_the_list_is_refused_in_words(doors: TestClient) -> None:
    found = doors.get(f"/children/mase?as_at={AS_AT}&after=abc", headers=COORDINATOR)
    assert found.status_code == 422
    assert "first page" in found.json()["detail"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("min_episodes=many", "'min_episodes' must be a number."),
        ("limit=0", "'limit' must be at least 1."),
        ("limit=9999", "'limit' must be at most 500."),
        ("as_at=yesterday", "2026-10-31"),
        ("as_at=2026-02-30", "2026-10-31"),
        ("as_at=2026-03-29T01:30", "clocks went forward"),
        ("since=nowhen", "'since' must be"),
    ],
)
def test_what_cannot_be_understood_is_said_in_plain_words(doors: TestClient, query: str, words: str) -> None:
    found = doors.get(f"/children/mase?{query}", headers=COORDINATOR)
    assert found.status_code == 422
    assert found.json()["error"] == "not-understood"
    assert words in found.json()["detail"]


def test_as_at_is_the_end_of_the_london_day(doors: TestClient, partnership: Partnership) -> None:
    def episodes(as_at: str) -> int:
        rows = doors.get(f"/children/{partnership.child}/timeline?as_at={as_at}", headers=COORDINATOR).json()["rows"]
        return sum(row["label"] == "Episode" and row["tie"] == "own" for row in rows)

    assert [episodes(day) for day in ("2026-09-04", "2026-09-05", "2026-09-20", "2026-10-10")] == [0, 1, 2, 3]
    assert episodes("2026-09-05T17:59") == 0


def test_a_kept_answer_serves_only_who_may_see_it(doors: TestClient) -> None:
    address = f"/children/mase?as_at={AS_AT}"
    assert doors.get(address, headers=COORDINATOR).json()["total"] >= 1
    other = {**HEALTH, "X-Reader": "school-only"}
    assert doors.get(address, headers=other).json()["total"] == 0
    assert doors.get(address, headers=COORDINATOR).json()["total"] >= 1


def test_a_thing_that_is_seen_with_nothing_found_is_an_empty_answer(
    doors: TestClient, partnership: Partnership
) -> None:
    early = doors.get(f"/children/{partnership.child}/timeline?as_at=2010-01-01", headers=COORDINATOR)
    assert early.status_code == 200
    assert early.json()["total"] == 0


def test_the_stand_alone_network_holds_the_child_and_asks_for_nothing(
    doors: TestClient, partnership: Partnership
) -> None:
    found = doors.get(f"/children/{partnership.child}/network.html?as_at={AS_AT}", headers=COORDINATOR)
    assert FORENAME in found.text
    assert 'filename="missingnet-network.html"' in found.headers["content-disposition"]
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", found.text)


def test_a_pack_is_pdf_or_json_of_the_same_content(doors: TestClient, partnership: Partnership) -> None:
    address = f"/packs/mase?child={partnership.child}&as_at={AS_AT}"
    pdf = doors.get(address, headers={**COORDINATOR, "Accept": "application/pdf"})
    assert pdf.content.startswith(b"%PDF")
    assert FORENAME not in pdf.headers["content-disposition"]
    told = doors.get(address, headers={**COORDINATOR, "Accept": "application/json"}).json()
    assert told["marking"] == "OFFICIAL-SENSITIVE"
    month = doors.get("/packs/operational-group?period=2026-13", headers=COORDINATOR)
    assert (month.status_code, "2026-10" in month.json()["detail"]) == (422, True)
