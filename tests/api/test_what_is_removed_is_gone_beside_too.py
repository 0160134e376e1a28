"""What is removed is gone from what the service keeps beside the graph, and where it went out is told (I7)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from missingnet.api import leftovers
from missingnet.api.app import create_app
from missingnet.api.kept_answers import KeptAnswers
from missingnet.api.leftovers import Gone
from missingnet.api.reader import Asker
from missingnet.graph.access import PURPOSES, Purpose, Reader
from missingnet.graph.audit import Audit
from tests import engines, served
from tests.api.test_files_sent_in import HEADER, ROW, send
from tests.api.test_the_command_line import run
from tests.served import COORDINATOR, Partnership

#: What somebody must hold to be told what was done for this purpose.
PURPOSES_OF_CASE = tuple(sorted(PURPOSES["CASE"]))
HTML = {**COORDINATOR, "Accept": "text/html"}


@pytest.fixture(scope="module")
def partnership(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Partnership]:
    """One of this file's own: records go from it."""
    with engines.embedded(tmp_path_factory.mktemp("kept")) as settings:
        yield served.fill(settings, tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="module")
def doors(partnership: Partnership) -> Iterator[TestClient]:
    app = create_app(partnership.settings)
    with TestClient(app, base_url="http://127.0.0.1:8000", follow_redirects=False) as client:
        yield client


def test_what_is_removed_is_gone_from_findings_suggestions_and_reports_and_its_documents_are_named(
    doors: TestClient, partnership: Partnership, tmp_path: Path
) -> None:
    home = partnership.settings.home
    load = send(doors, HEADER + ROW, name="canary-cinder.csv")
    file = load["files"][0]["file_hash"]
    assert run(partnership, "watch", "--reader", "coordinator").returncode == 0
    (home / "suggestions").mkdir(exist_ok=True)
    (home / "suggestions" / "one.json").write_text('{"pairs": []}')
    sought = doors.post("/questions/search", json={"sought": "500003"}, headers=COORDINATOR)
    child = sought.json()["rows"][0]["thing_id"]
    line = doors.get(f"/children/{child}/timeline", headers=COORDINATOR).json()["rows"]
    record = next(row["record"] for row in line if row["label"] == "ListEntry")
    pack = doors.get("/packs/mase", params={"child": child, "format": "json"}, headers=COORDINATOR)
    assert pack.status_code == 200, pack.text
    kept = next(iter((home / "findings").glob("*.json")))
    planted = json.loads(kept.read_text())
    planted["findings"].append({**planted["findings"][0], "subject": '["x"]', "records": [record]})
    others = len(planted["findings"]) - 1 - sum(record in one["records"] for one in planted["findings"][:-1])
    kept.write_text(json.dumps(planted))
    gone = doors.post("/removals", json={"file": file, "reason": "to be erased"}, headers=COORDINATOR)
    assert gone.status_code == 200, gone.text
    assert gone.json()["removed"] == 2, "the entry, and how it describes the child"
    assert [one["who"] for one in gone.json()["documents"]] == ["coordinator"], "who took it away is asked for it"
    assert len(json.loads(kept.read_text())["findings"]) == others
    assert not list((home / "suggestions").glob("*.json"))
    for path in home.rglob("*"):
        if path.is_file() and path.relative_to(home).parts[0] in ("findings", "suggestions", "uploads"):
            assert record not in path.read_text() and "canary-cinder" not in path.read_text(), path
    report = doors.get(f"/loads/{load['load']}", headers=COORDINATOR).json()["files"][0]
    assert (report["file"], report["file_hash"], report["loaded"]) == ("removed", file, 1)
    assert doors.get(f"/records/{record}", headers=COORDINATOR).status_code == 404
    again = send(doors, HEADER + ROW)
    assert (again["files"][0]["rejected"], again["files"][0]["problems"][0]["problem"]) == (
        1,
        "it was removed, and may not be loaded again",
    )
    assert oct(kept.stat().st_mode & 0o777) == "0o600"


def test_no_answer_is_kept_of_what_was_removed(doors: TestClient, partnership: Partnership) -> None:
    kept: KeptAnswers = doors.app.state.kept  # type: ignore[attr-defined]
    assert doors.get("/triage", headers=HTML).status_code == 200
    assert kept._kept
    load = send(doors, HEADER + ROW.replace("LE0000900", "LE0000977"))
    file = load["files"][0]["file_hash"]
    assert doors.get("/triage", headers=HTML).status_code == 200
    assert doors.post("/removals", json={"file": file, "reason": "x"}, headers=COORDINATOR).status_code == 200
    assert not kept._kept
    assert kept._rows == 0


def test_files_of_a_load_that_a_kill_ended_are_gone_when_the_service_starts(partnership: Partnership) -> None:
    left = partnership.settings.home / "uploads" / "abc" / "files"
    left.mkdir(parents=True)
    (left / "police.csv").write_text("Canary\n")
    with TestClient(create_app(partnership.settings), base_url="http://127.0.0.1:8000"):
        assert not left.exists()


def test_only_documents_that_left_with_it_are_named_and_to_a_reader_only_what_a_recall_would_name(
    tmp_path: Path,
) -> None:
    audit = Audit(tmp_path / "audit", b"k" * 32)
    colleague, other = (Reader(name, name, agency, (), (), ("cse",)) for name, agency in (("ann", "99"), ("bo", "997")))
    for reader, purpose, told in (
        (colleague, "CASE", {"document": "pack", "about": "c1", "records": ["r1", "r2"]}),
        (other, "CASE", {"document": "theirs", "about": "c1", "records": ["r1"]}),
        (colleague, "CASE", {"document": "network", "about": "c1", "shown": ["c1", "c2"]}),
        (colleague, "CASE", {"document": "another's network", "about": "c3", "shown": ["c3"]}),
        (colleague, "CASE", {"document": "another's pack", "about": "c2", "shown": ["c2"], "records": ["r3"]}),
        (colleague, "STATISTICS", {"document": "return", "about": ["997", 2026], "shown": ["c2"]}),
    ):
        entry = audit.entry("disclose", reader, Purpose(purpose, "c-1"))
        audit.write({**entry, **told, "outcome": "released"})
    audit.write(
        {**audit.entry("disclose", colleague, Purpose("CASE", "c-1")), "document": "never left", "records": ["r1"]}
    )
    gone = Gone(frozenset({"r1"}), frozenset({"c2"}), None)
    assert [one.what for one in leftovers.documents(audit, gone, None)] == ["pack", "theirs", "network", "return"]
    asker = Asker(Reader("cy", "cy", "99", (), (), PURPOSES_OF_CASE), Purpose("CASE", "c-1"))
    assert [one.what for one in leftovers.documents(audit, gone, asker)] == ["pack", "network", "return"]
    asker = Asker(Reader("dee", "dee", "99", (), (), ()), Purpose("CASE", "c-1"))
    assert leftovers.documents(audit, gone, asker) == ()
