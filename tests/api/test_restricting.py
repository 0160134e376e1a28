"""A person restricts a record, with a reason: gone for everybody else with the next request; lifted, as it was (N6)."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from missingnet.api.opening import readers_file
from tests.api.test_the_command_line import run
from tests.served import AS_AT, CANARIES, FAMILY, Partnership, audit_lines

HTML = {"Accept": "text/html"}
COMPARTMENTS = ["cse", "interviews", "intelligence", "handling-conditions", "home-address"]
WHY = "A family member works at that school."
READERS = "".join(
    f'[{name}]\ntitle = "{name}"\nagency = "{agency}"\nroles = {json.dumps(roles)}\nareas = ["*"]\n'
    f"compartments = {json.dumps(held)}\n"
    for name, agency, roles, held in (
        ("keeper", "997", ["loader", "judge"], COMPARTMENTS),
        ("named", "997", ["loader"], [*COMPARTMENTS, "restricted"]),
        ("elsewhere", "998", ["loader"], [*COMPARTMENTS, "restricted"]),
        ("looker", "997", [], COMPARTMENTS),
    )
)


def who(name: str, purpose: str = "CASE case-1") -> dict[str, str]:
    return {"X-Reader": name, "X-Purpose": purpose}


@pytest.fixture(autouse=True)
def readers(partnership: Partnership, doors: TestClient) -> Iterator[None]:
    readers_file(partnership.settings).write_text(READERS)
    yield
    doors.post("/restrictions", json={"record": entry(doors, partnership), "reason": "over", "lift": True},
               headers=who("named"))  # fmt: skip
    readers_file(partnership.settings).unlink()


def rows(doors: TestClient, of: Partnership, name: str, purpose: str = "CASE case-1") -> list[dict[str, object]]:
    found = doors.get(f"/children/{of.other}/timeline", params={"as_at": AS_AT}, headers=who(name, purpose))
    return list(found.json()["rows"])


def entry(doors: TestClient, of: Partnership) -> str:
    """The list entry of a child, which council 997 sent."""
    (found,) = {str(row["record"]) for row in rows(doors, of, "named") if row["label"] == "ListEntry"}
    return found


def sees(doors: TestClient, of: Partnership, name: str, record: str, purpose: str = "CASE case-1") -> bool:
    return record in {row["record"] for row in rows(doors, of, name, purpose)}


def restrict(doors: TestClient, record: str, name: str, reason: str = WHY, lift: bool = False) -> tuple[int, object]:
    asked = {"record": record, "reason": reason, "lift": lift}
    found = doors.post("/restrictions", json=asked, headers=who(name))
    body = found.json()
    return found.status_code, body.get("error", next(iter(body.values())))


def test_it_is_gone_with_the_next_request_and_back_with_the_one_after(
    doors: TestClient, partnership: Partnership
) -> None:
    record = entry(doors, partnership)
    before = rows(doors, partnership, "keeper")
    page = doors.get(f"/record/{record}", headers={**who("keeper"), **HTML})
    assert page.status_code == 200 and "Restrict this record" in page.text
    assert restrict(doors, record, "keeper") == (200, 1)
    for name in ("keeper", "looker", "coordinator"):
        assert not sees(doors, partnership, name, record, "MASE case-1")
        hidden = doors.get(f"/record/{record}", headers=who(name, "MASE case-1"))
        missing = doors.get(f"/record/{'z' * 26}", headers=who(name, "MASE case-1"))
        assert (hidden.status_code, hidden.content) == (404, missing.content)
    assert sees(doors, partnership, "named", record)
    # A purpose that does not open it hides it from those who are named for it too.
    assert not sees(doors, partnership, "named", record, "MASE case-1")
    shown = doors.get(f"/record/{record}", headers={**who("named"), **HTML}).text
    assert WHY in shown and "Restricted by keeper" in shown and "Lift the restriction" in shown
    assert restrict(doors, record, "named", lift=True) == (200, 1)
    assert rows(doors, partnership, "keeper") == before
    assert restrict(doors, record, "named", lift=True) == (200, 0)


def test_who_could_have_sent_it_restricts_it_and_nobody_else(doors: TestClient, partnership: Partnership) -> None:
    record = entry(doors, partnership)
    unknown = "z" * 26
    for name, error in (("looker", (403, "not-allowed")), ("elsewhere", (404, "not-found"))):
        assert restrict(doors, record, name) == error
    assert restrict(doors, unknown, "keeper") == (404, "not-found")
    # A record of the police's is not council 997's to restrict, though they see it.
    assert restrict(doors, partnership.record, "keeper") == (404, "not-found")
    assert restrict(doors, record, "keeper", reason="  ") == (422, "not-understood")
    assert sees(doors, partnership, "looker", record)
    assert restrict(doors, record, "keeper") == (200, 1)
    # Who is not named for it cannot lift it, nor learn that it is there.
    assert restrict(doors, record, "keeper", lift=True) == (404, "not-found")
    assert sees(doors, partnership, "named", record)


def test_its_reason_is_in_no_audit(doors: TestClient, partnership: Partnership) -> None:
    record = entry(doors, partnership)
    before = len(audit_lines(partnership.settings))
    restrict(doors, record, "keeper", reason=f"The mother of {FAMILY} asked.")
    restrict(doors, FAMILY, "keeper")
    lines = audit_lines(partnership.settings)[before:]
    assert [(line["act"], line["outcome"]) for line in lines] == [
        ("restrict", "begun"),
        ("restrict", "done"),
        ("restrict", "refused"),
    ]
    assert lines[0]["record"] == record
    assert not any(name.lower() in json.dumps(lines).lower() for name in (*CANARIES, "asked"))


def test_it_is_done_on_the_records_own_page_and_by_a_command(doors: TestClient, partnership: Partnership) -> None:
    record = entry(doors, partnership)
    told = doors.post(f"/record/{record}/restriction", data={"reason": WHY}, headers={**who("keeper"), **HTML})
    assert (told.status_code, "The record is restricted" in told.text) == (200, True)
    assert not sees(doors, partnership, "looker", record)
    asked = ("restrict", record, "--lift", "--reason", "It was another school.", "--purpose", "CASE case-1")
    refused = run(partnership, *asked, "--reader", "keeper")
    assert (refused.returncode, "nothing at this address" in refused.stderr) == (1, True)
    done = run(partnership, *asked, "--reader", "named")
    assert (done.returncode, "1 record" in done.stdout) == (0, True), done.stderr
    # The service reads the classes afresh within two seconds, as for every other process that writes.
    doors.app.state.store._written()  # type: ignore[attr-defined]
    assert sees(doors, partnership, "looker", record)
