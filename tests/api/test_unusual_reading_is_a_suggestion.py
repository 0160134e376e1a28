"""A data protection officer is told of unusual reading; whoever reads so is stopped by nothing (S5)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from missingnet.api.opening import readers_file
from missingnet.api.unusual import CannotBeUsed, told_in, usual_file
from tests.api.test_the_command_line import run
from tests.served import AS_AT, CANARIES, COORDINATOR, FAMILY, HEALTH, Partnership, audit_lines

OFFICER = {"X-Reader": "governance", "X-Purpose": "AUDIT review-1"}
POLICE = {"X-Reader": "standards", "X-Purpose": "AUDIT review-1"}
SCRAPER = {"X-Reader": "scraper", "X-Purpose": "HEALTH clinic-3"}
AUNT = {"X-Reader": "aunt", "X-Purpose": "INVESTIGATION op-3"}
WATCHES_ALL = {"X-Reader": "commissioner", "X-Purpose": "AUDIT review-1"}
READERS = """
[scraper]
title = "Nurse, health in 997"
agency = "health-997"
roles = ["health"]
areas = ["997"]
compartments = []

[aunt]
title = "Officer, police 98"
agency = "98"
roles = ["officer"]
areas = ["*"]
compartments = ["interviews"]

[commissioner]
title = "Commissioner"
agency = "998"
roles = ["partnership-auditor"]
areas = []
compartments = []
"""
HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module", autouse=True)
def readers(partnership: Partnership) -> Iterator[None]:
    """Readers of whom no other test tells anything."""
    path = readers_file(partnership.settings)
    path.write_text(READERS, encoding="utf-8")
    yield
    path.unlink()


@pytest.fixture
def usual(partnership: Partnership) -> Iterator[Any]:
    """Says what is usual, privately; afterwards nothing is said."""
    path = usual_file(partnership.settings)

    def say(text: str, mode: int = 0o600) -> Path:
        path.write_text(text, encoding="utf-8")
        path.chmod(mode)
        return path

    yield say
    path.unlink(missing_ok=True)


def suggested(doors: TestClient, headers: dict[str, str] = OFFICER) -> list[dict[str, Any]]:
    found = doors.get("/audit/unusual", headers=headers)
    assert found.status_code == 200, found.text
    suggestions: list[dict[str, Any]] = found.json()["suggestions"]
    return suggestions


def test_a_scraper_of_fifty_an_hour_is_told_and_not_stopped(doors: TestClient, partnership: Partnership) -> None:
    """By ids that it has from elsewhere; for who enumerates, what is not there is as telling as what is."""
    ids = [partnership.child, partnership.other, *(f"{number:026d}" for number in range(48))]

    def enumerations() -> list[int]:
        found = suggested(doors)
        return [one["many"] for one in found if (one["reason"], one["who"]) == ("many in an hour", "scraper")]

    for one in ids[:-1]:
        assert doors.get(f"/children/{one}/timeline", params={"as_at": AS_AT}, headers=SCRAPER).status_code in (
            200,
            404,
        )
    assert enumerations() == []
    assert doors.get(f"/children/{ids[-1]}/timeline", params={"as_at": AS_AT}, headers=SCRAPER).status_code == 404
    assert enumerations() == [50]
    assert doors.get("/q", headers=SCRAPER).status_code == 200
    # An agency's auditor is told of its own people.
    assert [one for one in suggested(doors, POLICE) if one["agency"] != "99"] == []


def test_ones_own_family_is_told_by_a_declared_identifier_under_every_id(
    doors: TestClient, partnership: Partnership, usual: Any
) -> None:
    usual('[[declared]]\nreader = "aunt"\nrelation = "family"\nabout = ["council:997:500001"]\n')
    address = f"/child/{partnership.child}"
    assert doors.get(address, params={"as_at": AS_AT}, headers={**AUNT, **HTML}).status_code == 200
    assert doors.get(address, params={"as_at": AS_AT}, headers={**COORDINATOR, **HTML}).status_code == 200
    (one,) = [one for one in suggested(doors) if one["reason"] == "family"]
    assert (one["who"], one["agency"], one["thing"]) == ("aunt", "98", partnership.child)
    page = doors.get("/audit/unusual", headers={**OFFICER, **HTML})
    assert page.status_code == 200
    assert "Opened once what they declared to be of their own family" in page.text
    assert FAMILY in page.text
    # Who may not see the child is told that there is one; the name of the reader stands in no address.
    hidden = doors.get("/audit/unusual", headers={**WATCHES_ALL, **HTML})
    assert "not described to you" in hidden.text
    assert [name for name in CANARIES if name in hidden.text] == []
    assert "person=" not in page.text
    asked = doors.post("/audit", headers=OFFICER, data={"person": one["who"], "since": one["first"][:10]})
    assert asked.json()["total"] > 0


def test_after_hours_is_as_the_file_says(doors: TestClient, partnership: Partnership, usual: Any) -> None:
    """Every hour is after hours in a day that ends as it begins; and none for who works at any hour."""
    assert doors.get(f"/children/{partnership.child}/timeline", headers=AUNT).status_code == 200
    night = "after_hours = 1\n[hours]\nbegin = 00:00:00\nend = 00:00:01\n"
    usual(night)
    assert "after hours" in {one["reason"] for one in suggested(doors) if one["who"] == "aunt"}
    usual(night + 'any = ["98"]\n')
    assert "after hours" not in {one["reason"] for one in suggested(doors) if one["who"] == "aunt"}


def test_it_is_recorded_and_for_auditors_only(doors: TestClient, partnership: Partnership) -> None:
    before = len(audit_lines(partnership.settings))
    suggested(doors)
    line = audit_lines(partnership.settings)[-1]
    assert (line["who"], line["question"], line["outcome"]) == ("governance", "UNUSUAL-READING", "answered")
    for headers in (COORDINATOR, HEALTH, {**OFFICER, "X-Purpose": "MASE case-1"}):
        found = doors.get("/audit/unusual", headers=headers)
        assert (found.status_code, found.json()["error"]) == (403, "no-auditor")
    assert len(audit_lines(partnership.settings)) > before
    assert 'href="/audit/unusual"' in doors.get("/audit", headers={**OFFICER, **HTML}).text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("hour = 1\n", "hour"),
        ("hours = 7\n", "hours"),
        ("[hours]\nbegin = 20:00:00\nend = 07:00:00\n", "hours"),
        (f'[[declared]]\nreader = "{FAMILY}"\nrelation = "friend"\nabout = ["x"]\n', "declared.0.relation"),
        (f'[[declared]]\nreader = "aunt"\nrelation = "family"\nname = "{FAMILY}"\nabout = ["x"]\n', "declared.0.name"),
        ('[[declared]]\nreader = "aunt"\nrelation = "family"\nabout = []\n', "declared.0.about"),
        ("hour = ", "not TOML"),
    ],
)
def test_a_file_that_cannot_be_used_is_said_and_nothing_shown(
    doors: TestClient, usual: Any, text: str, says: str
) -> None:
    """What is declared and not understood must not be passed over as if nobody had declared it."""
    usual(text)
    found = doors.get("/audit/unusual", headers=OFFICER)
    assert (found.status_code, found.json()["error"]) == (503, "unavailable")
    assert says in found.json()["detail"]
    assert [name for name in CANARIES if name in found.text] == []


def test_what_others_may_read_is_not_used(usual: Any) -> None:
    path = usual('[[declared]]\nreader = "aunt"\nrelation = "family"\nabout = ["council:997:500001"]\n', 0o640)
    with pytest.raises(CannotBeUsed, match="chmod go-rwx"):
        told_in(path)
    path.chmod(0o600)
    assert told_in(path).declared[0].reader == "aunt"


def test_the_command_says_what_the_page_says(doors: TestClient, partnership: Partnership, usual: Any) -> None:
    usual('[[declared]]\nreader = "aunt"\nrelation = "colleague"\nabout = ["council:997:500002"]\n')
    assert doors.get(f"/children/{partnership.other}/timeline", headers=AUNT).status_code == 200
    who = ("--reader", "governance", "--purpose", "AUDIT review-2")
    told = json.loads(run(partnership, "audit", "unusual", *who, "--json").stdout)
    assert "colleague" in {one["reason"] for one in told["suggestions"]}
    words = run(partnership, "audit", "unusual", *who)
    assert words.returncode == 0, words.stderr
    assert "declared to be a colleague’s" in words.stdout
    refused = run(partnership, "audit", "unusual", "--reader", "coordinator", "--purpose", "MASE case-12")
    assert (refused.returncode, "auditors" in refused.stderr) == (1, True)
