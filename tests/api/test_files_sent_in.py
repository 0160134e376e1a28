"""Files sent over HTTP are loaded like any others: every row answered for, twice changes nothing, limits hold."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from missingnet.api import uploads
from missingnet.api.screens import load_pages
from missingnet.graph import access
from tests.served import COORDINATOR, Partnership, audit_lines

HEADER = "Entry Ref,LA Code,Council Ref,UPN,Forename,Surname,DOB,Sex,List,Added,Removed,Status,Worker\n"
ROW = "LE0000900,997,500003,,Cinder,Canarymere,21/01/2012,F,Gangs,01/10/2026,,Current,L. Orbury\n"
BAD = "LE0000901,997,500003,,Cinder,Canarymere,21/01/2012,F,CSE,99/99/2026,,Current,L. Orbury\n"


def send(doors: TestClient, content: str, name: str = "lists.csv", **fields: str) -> dict[str, Any]:
    found = doors.post(
        "/loads",
        headers=COORDINATOR,
        files={"files": (name, content.encode(), "text/csv")},
        data={"agency": "997", "extract_date": "2026-11-01", **fields},
    )
    assert found.status_code == 202, found.text
    address = found.headers["location"]
    for _ in range(400):
        load: dict[str, Any] = doors.get(address, headers=COORDINATOR).json()
        if load["state"] != "running":
            return load
        time.sleep(0.05)
    raise AssertionError("the load did not finish")


def test_a_file_is_loaded_and_every_row_is_answered_for(doors: TestClient, partnership: Partnership) -> None:
    tried = send(doors, HEADER + ROW, dry_run="true")
    assert (tried["dry_run"], tried["files"][0]["loaded"]) == (True, 1)
    before = len(audit_lines(partnership.settings))
    load = send(doors, HEADER + ROW + BAD)
    assert load["state"] == "finished", load
    (file,) = load["files"]
    assert (file["rows"], file["loaded"], file["rejected"]) == (2, 2, 0)
    assert file["problems"][0]["column"] == "Added"
    lines = [line for line in audit_lines(partnership.settings)[before:] if line.get("load") == load["load"]]
    assert [(line["act"], line["outcome"]) for line in lines] == [("collect", "begun"), ("collect", "finished")]
    (told,) = lines[1]["collected"]  # type: ignore[misc]
    assert (told["file"], told["source"], told["rows"]) == (file["file_hash"], "lists", 2)
    again = send(doors, HEADER + ROW + BAD)
    assert (again["files"][0]["loaded"], again["files"][0]["unchanged"]) == (0, 2)
    page = doors.get(f"/loads/{load['load']}", headers={**COORDINATOR, "Accept": "text/html"})
    assert "What became of every row" in page.text
    assert "Canarymere" not in page.text
    listed = doors.get("/loads", headers=COORDINATOR).json()["loads"]
    assert load["load"] in {each["load"] for each in listed}


def test_nobody_loads_in_the_name_of_another_agency(doors: TestClient, partnership: Partnership) -> None:
    row = ROW.replace("LE0000900", "LE0000990")
    uploads_before = set((Path(partnership.settings.home) / "uploads").iterdir())
    for trial in ("true", "false"):
        before = len(audit_lines(partnership.settings))
        refused = doors.post(
            "/loads",
            headers=COORDINATOR,
            files={"files": ("lists.csv", (HEADER + row).encode(), "text/csv")},
            data={"agency": "998", "extract_date": "2026-11-01", "dry_run": trial},
        )
        assert (refused.status_code, refused.json()["error"]) == (403, "other-agency")
        assert "You may load for: 997, interviews" in refused.json()["detail"]
        (line,) = audit_lines(partnership.settings)[before:]
        assert (line["act"], line["who"], line["outcome"]) == ("collect", "coordinator", "refused: another agency")
        assert (line["trial"], line["agency"]) == (trial == "true", "997")
        assert str(line["in_the_name_of"]).startswith("hash:"), "what was typed is never written as it is"
    assert set((Path(partnership.settings.home) / "uploads").iterdir()) == uploads_before
    # Where the file's own name says whose it is, the load stops before anything of it is tried or written.
    for trial in ("true", "false"):
        before = len(audit_lines(partnership.settings))
        stopped = send(doors, HEADER + row, name="998_lists.csv", agency="", dry_run=trial)
        assert stopped["state"] == "failed"
        assert stopped["detail"].startswith("You may not load files in the name of that agency.")
        assert stopped["files"] == []
        lines = [line for line in audit_lines(partnership.settings)[before:] if line.get("load") == stopped["load"]]
        assert [line["outcome"] for line in lines] == ["begun", "stopped: another agency"]
        assert {line["who"] for line in lines} == {"coordinator"}
    # The row was never there: the agency's own officer loads it as new.
    assert send(doors, HEADER + row, dry_run="true")["files"][0]["loaded"] == 1


def test_an_officer_loads_for_their_own_agency_and_those_that_are_configured() -> None:
    coordinator, officer = access.reader("coordinator"), access.reader("officer")
    assert [coordinator.may_load_for(agency) for agency in ("997", "interviews", "99", "998")] == [
        True,
        True,
        False,
        False,
    ]
    assert [officer.may_load_for(agency) for agency in ("997", "interviews")] == [True, False]


def test_the_files_themselves_are_not_kept_and_the_report_is_private(
    doors: TestClient, partnership: Partnership
) -> None:
    load = send(doors, HEADER + ROW)
    folder = Path(partnership.settings.home) / "uploads" / load["load"]
    assert [path.name for path in folder.iterdir()] == ["report.json"]
    assert (folder / "report.json").stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0
    assert "Canarymere" not in (folder / "report.json").read_text(encoding="utf-8")
    json.loads((folder / "report.json").read_text(encoding="utf-8"))


def test_an_upload_that_is_too_large_is_refused_and_leaves_nothing(
    doors: TestClient, partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load_pages, "MOST_BYTES", 2_000)
    folder = Path(partnership.settings.home) / "uploads"
    before = set(folder.iterdir()) if folder.exists() else set()
    many = b"x" * 10_000
    found = doors.post("/loads", headers=COORDINATOR, files={"files": ("a.csv", many)})
    assert (found.status_code, found.json()["error"]) == (413, "too-large")

    def chunks() -> Any:
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\n'
        for _ in range(50):
            yield b"y" * 100

    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    found = doors.post("/loads", headers={**COORDINATOR, **kind}, content=chunks())
    assert found.status_code == 413
    assert set(folder.iterdir()) == before


def test_what_is_no_form_or_holds_no_file_is_refused_in_words(doors: TestClient) -> None:
    found = doors.post("/loads", headers=COORDINATOR, content=b"hello")
    assert (found.status_code, found.json()["error"]) == (415, "not-a-form")
    found = doors.post("/loads", headers=COORDINATOR, files={"mapping": ("a.toml", b"")})
    assert (found.status_code, "No file was sent" in found.json()["detail"]) == (422, True)
    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    assert doors.post("/loads", headers={**COORDINATOR, **kind}, content=b"garbage").status_code in (415, 422)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\..\\x.csv", "/etc/passwd", "a\x00b.csv", "", "...", "a/b/c.csv"]
)
def test_a_files_name_cannot_leave_its_folder(name: str) -> None:
    safe = uploads.safe_name(name)
    assert safe
    assert "/" not in safe
    assert "\\" not in safe
    assert not safe.startswith(".")
