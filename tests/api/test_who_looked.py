"""Who looked at this child, what did this person look at, the regulator's export and a person's own extract: for
auditors only, each itself recorded, naming nobody whom it should not (A7, A9)."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from fastapi.testclient import TestClient

from missingnet.api.opening import readers_file
from missingnet.graph.audit import checkpoints
from missingnet.graph.audit.chain import Link, verify
from missingnet.graph.lookups import ids_of
from tests.api.test_the_command_line import run
from tests.served import AS_AT, CANARIES, COORDINATOR, FAMILY, HEALTH, OTHER, Partnership, audit_lines

ALL = {"X-Reader": "governance", "X-Purpose": "AUDIT review-1"}
POLICE = {"X-Reader": "standards", "X-Purpose": "AUDIT review-1"}
CHAIR = {"X-Reader": "chair", "X-Purpose": "INVESTIGATION op-3"}
HTML = {"Accept": "text/html"}


def names_in(text: str) -> list[str]:
    return [name for name in CANARIES if name.lower() in text.lower()]


@pytest.fixture(scope="module", autouse=True)
def looked(doors: TestClient, partnership: Partnership) -> None:
    """The coordinator opens a child's page and takes a pack; the chair looks for an investigation."""
    at = {"as_at": AS_AT}
    child = partnership.child
    assert doors.get(f"/child/{child}", params=at, headers={**COORDINATOR, **HTML}).status_code == 200
    assert doors.get("/packs/mase", params={**at, "child": child, "format": "json"}, headers=COORDINATOR).is_success
    assert doors.get(f"/children/{child}/timeline", params=at, headers=CHAIR).status_code == 200


def test_who_looked_at_a_child_is_told_with_every_way_they_did(doors: TestClient, partnership: Partnership) -> None:
    right = [line for line in audit_lines(partnership.settings) if partnership.child in json.dumps(line)]
    found = doors.get("/audit", params={"thing": partnership.child}, headers=ALL).json()
    assert {"coordinator", "chair"} <= {one["who"] for one in found["people"]}
    assert found["total"] == len(right)
    assert sum(one["times"] for one in found["people"]) == found["total"]
    assert {"Looked at", "Took away"} <= {one["act"] for one in found["records"]}
    assert all(partnership.child in one["things"] for one in found["records"] if one["who"] != "governance")
    nobody = doors.get("/audit", params={"thing": "nobodyeverasked".ljust(26, "0")}, headers=ALL).json()
    assert (nobody["total"], nobody["records"]) == (0, [])
    assert doors.get("/audit", params={"thing": FAMILY}, headers=ALL).status_code == 404


def test_a_child_is_found_under_every_id_it_had(
    doors: TestClient, partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before two identifiers were known to be one, the child had another id; what was looked at then was this child."""
    store = doors.app.state.store  # type: ignore[attr-defined]
    ids = doors.portal.call(ids_of, store, partnership.child)  # type: ignore[union-attr]
    assert partnership.child in ids and len(ids) > 1
    former = next(one for one in ids if one != partnership.child)
    store.audit.write({"act": "consult", "who": "long-ago", "agency": "997", "outcome": "answered", "shown": [former]})
    found = doors.get("/audit", params={"thing": partnership.child}, headers=ALL).json()
    assert "long-ago" in {one["who"] for one in found["people"]}


def test_what_a_person_looked_at_is_told_newest_first(doors: TestClient, partnership: Partnership) -> None:
    found = doors.post("/audit", data={"person": "chair"}, headers=ALL).json()
    assert {one["who"] for one in found["people"]} == {"chair"}
    numbers = [one["sequence"] for one in found["records"]]
    assert numbers == sorted(numbers, reverse=True)
    assert any(partnership.child in one["things"] for one in found["records"])
    (page,) = [doors.post("/audit", data={"person": "chair", "before": numbers[0]}, headers=ALL).json()["records"]]
    assert [one["sequence"] for one in page] == numbers[1:] or len(page) == 50


def test_an_agencys_auditor_reads_what_its_own_people_did(doors: TestClient, partnership: Partnership) -> None:
    found = doors.get("/audit", params={"thing": partnership.child}, headers=POLICE).json()
    assert {one["agency"] for one in found["people"]} == {"99"}
    assert {one["agency"] for one in found["records"]} == {"99"}
    assert "chair" in {one["who"] for one in found["people"]}
    assert doors.post("/audit", data={"person": "coordinator"}, headers=POLICE).json()["total"] == 0


def test_the_page_names_what_the_auditor_may_see_and_no_more(doors: TestClient, partnership: Partnership) -> None:
    seen = doors.get("/audit", params={"thing": partnership.child}, headers={**ALL, **HTML})
    assert seen.status_code == 200
    assert FAMILY in seen.text
    # Who keeps watch over everybody may be somebody who sees no child: they look by the id all the same.
    more = readers_file(partnership.settings)
    more.write_text(
        '[commissioner]\ntitle = "Commissioner"\nagency = "998"\nroles = ["partnership-auditor"]\nareas = []\n'
        "compartments = []\n"
    )
    try:
        asked = {**ALL, **HTML, "X-Reader": "commissioner"}
        hidden = doors.get("/audit", params={"thing": partnership.child}, headers=asked)
    finally:
        more.unlink()
    assert hidden.status_code == 200
    assert "not described to you" in hidden.text and "coordinator" in hidden.text
    assert names_in(hidden.text) == []
    empty = doors.get("/audit", headers={**ALL, **HTML})
    assert (empty.status_code, names_in(empty.text)) == (200, [])


def test_reading_the_audit_is_in_the_audit(doors: TestClient, partnership: Partnership) -> None:
    before = len(audit_lines(partnership.settings))
    doors.get("/audit", params={"thing": partnership.child}, headers=ALL)
    doors.post("/audit", data={"person": "chair"}, headers=ALL)
    doors.post("/audit", data={"person": FAMILY}, headers=ALL)
    read = [line for line in audit_lines(partnership.settings)[before:] if line.get("question") == "AUDIT"]
    assert [line["who"] for line in read] == ["governance"] * 3
    assert [line["parameters"] for line in read[:2]] == [{"thing": partnership.child}, {"person": "chair"}]
    # A child's name typed where a reader's belongs stands nowhere.
    assert "hash:" in str(read[2]["parameters"]) and FAMILY.lower() not in str(read[2]).lower()
    found = doors.get("/audit", params={"thing": partnership.child}, headers=ALL).json()
    assert "governance" in {one["who"] for one in found["people"]}


def test_only_an_auditor_for_that_purpose_reads_it(doors: TestClient, partnership: Partnership) -> None:
    for headers in (COORDINATOR, HEALTH, {**COORDINATOR, "X-Purpose": "AUDIT x"}, {**ALL, "X-Purpose": "MASE case-1"}):
        for found in (
            doors.get("/audit", params={"thing": partnership.child}, headers=headers),
            doors.post("/audit", data={"person": "chair"}, headers=headers),
            doors.get("/audit/extract.csv", params={"thing": partnership.child}, headers=headers),
        ):
            assert (found.status_code, found.json()["error"]) == (403, "no-auditor")
    assert 'href="/audit"' not in doors.get("/", headers={**COORDINATOR, **HTML}).text
    assert 'href="/audit"' in doors.get("/", headers={**ALL, **HTML}).text


def test_no_route_changes_or_removes_a_record(doors: TestClient) -> None:
    for method in ("DELETE", "PUT", "PATCH"):
        for address in ("/audit", "/audit/1", "/audit/extract.csv"):
            assert doors.request(method, address, headers=ALL).status_code in (404, 405)


def test_a_persons_own_extract_names_nobody(doors: TestClient, partnership: Partnership) -> None:
    before = len(audit_lines(partnership.settings))
    found = doors.get("/audit/extract.csv", params={"thing": partnership.child}, headers=ALL)
    assert found.status_code == 200
    (line,) = audit_lines(partnership.settings)[before:]
    assert (line["act"], line["document"], line["about"]) == (
        "disclose",
        "subject access extract",
        partnership.child,
    )
    rows = list(csv.reader(io.StringIO(found.text)))
    assert rows[1] == ["Day", "Agency", "What it was for", "What was done", "How often"]
    uses = {row[3] for row in rows[2:]}
    assert {"Looked at", "Taken away in a document"} <= uses
    # Neither names, nor ids, nor who asked, nor a case; nor that there is an investigation.
    others = [
        partnership.other,
        partnership.adult,
        partnership.child,
        "coordinator",
        "chair",
        "case-12",
        "hash:",
        OTHER,
    ]
    assert [one for one in others if one in found.text] == []
    assert names_in(found.text) == []
    assert "nvestigation" not in found.text
    asked = {"thing": partnership.child, "inquiries": "true"}
    assert "Police investigation" in doors.get("/audit/extract.csv", params=asked, headers=ALL).text
    police = doors.get("/audit/extract.csv", params=asked, headers=POLICE).text
    assert {row[1] for row in list(csv.reader(io.StringIO(police)))[2:]} == {"Police force 99"}


WHO = ("--reader", "governance", "--purpose", "AUDIT review-2")
DAYS = ("--since", "2020-01-01", "--until", "2099-12-31")


def test_the_regulators_export_can_be_checked_by_itself(partnership: Partnership, tmp_path: Path) -> None:
    out = tmp_path / "export.zip"
    made = run(partnership, "audit", "checkpoint")
    assert made.returncode == 0, made.stderr
    done = run(partnership, "audit", "export", *DAYS, "--out", str(out), *WHO)
    assert done.returncode == 0, done.stderr
    assert out.stat().st_mode & 0o077 == 0
    lines = audit_lines(partnership.settings)
    (said,) = [line for line in lines if line.get("document") == "audit export"]
    assert (said["who"], said["act"]) == ("governance", "disclose")
    with zipfile.ZipFile(out) as archive:
        archive.extractall(tmp_path)
        about = json.loads(archive.read("about.json"))
        key = load_pem_public_key(archive.read("public-key.pem"))
        table = list(csv.reader(io.StringIO(archive.read("records.csv").decode())))
        told = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert names_in(told) == []
    verdict = verify(tmp_path / "audit.jsonl", Link(about["first"] - 1, about["before"], 0))
    assert (verdict.fault, verdict.records, verdict.torn) == (None, about["last"], 0)
    assert about["count"] == len(table) - 1 >= len(lines) - 2
    checked = checkpoints.check(tmp_path / "audit.jsonl", tmp_path / "checkpoints", key)  # type: ignore[arg-type]
    assert checked.fault is None and checked.checkpoints >= 1
    refused = run(
        partnership, "audit", "export", *DAYS, "--out", str(out), "--reader", "standards", "--purpose", "AUDIT x"
    )
    assert refused.returncode == 1
    assert "partnership's auditor" in refused.stderr


def test_the_commands_say_what_the_pages_say(partnership: Partnership, tmp_path: Path) -> None:
    child = json.loads(run(partnership, "audit", "child", partnership.child, *WHO, "--json").stdout)
    assert {"coordinator", "chair"} <= {one["who"] for one in child["people"]}
    person = run(partnership, "audit", "person", "chair", *WHO)
    assert person.returncode == 0, person.stderr
    assert "chair (99)" in person.stdout
    out = tmp_path / "extract.csv"
    extract = run(partnership, "audit", "subject-access", partnership.child, "--out", str(out), *WHO)
    assert extract.returncode == 0, extract.stderr
    assert "police investigations" in extract.stderr and "nvestigation" not in out.read_text()
    for words in (("child", partnership.child), ("person", "chair")):
        refused = run(partnership, "audit", *words, "--reader", "coordinator", "--purpose", "MASE case-12")
        assert (refused.returncode, "auditors" in refused.stderr) == (1, True)


def test_a_chain_written_afresh_is_told_by_the_command(partnership: Partnership, tmp_path: Path) -> None:
    sound = run(partnership, "audit", "verify")
    assert sound.returncode == 0, sound.stderr
    assert "bear it out" in sound.stderr and "MISSINGNET_AUDIT_CHECKPOINTS" in sound.stderr
    key = tmp_path / "key.pem"
    key.write_text(run(partnership, "audit", "public-key").stdout)
    copy = ("--checkpoints", str(partnership.settings.home / "checkpoints"), "--public-key", str(key))
    assert run(partnership, "audit", "verify", *copy).returncode == 0
    path = partnership.settings.home / "audit" / "audit.jsonl"
    whole = path.read_bytes()
    try:
        path.write_bytes(b"".join(whole.splitlines(keepends=True)[:3]))
        found = run(partnership, "audit", "verify", *copy)
        assert (found.returncode, "its end was cut off" in found.stderr) == (1, True)
    finally:
        path.write_bytes(whole)
    assert run(partnership, "audit", "verify", "--checkpoints", str(tmp_path / "none")).returncode == 2
