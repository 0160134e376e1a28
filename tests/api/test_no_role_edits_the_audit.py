"""No role at any door changes or removes a record of the audit: whatever is sent, what stood there stands (A9)."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from missingnet.api.reader import Permission
from missingnet.api.suggestions import Suggestions
from missingnet.api.watches import Watches
from missingnet.graph import access
from tests.api.test_every_route_asks_who_and_why import api_routes
from tests.pieces import LONG
from tests.served import Partnership

#: Each role with a purpose that it asks for.
ROLES = {
    "coordinator": "CASE",
    "chair": "INVESTIGATION",
    "officer": "EDUCATION",
    "school-only": "EDUCATION",
    "health": "HEALTH",
    "board": "STATISTICS",
    "governance": "AUDIT",
    "standards": "AUDIT",
}
#: Who tries every method at every door. The others try every method at the doors of the audit, and elsewhere what
#: writes; with MISSINGNET_TEST_LONG everybody tries everything.
WHOLLY = "governance"
REMOVING = {"DELETE", "PUT", "PATCH"}
WRITING = {"POST", *REMOVING}
#: What is sent to each door that takes something: as a form and as JSON, whole enough to be looked at.
SENT = {
    "reason": "To see whether it can be taken out of the audit.",
    "record": "z" * 26,
    "sequence": 1,
    "act": "remove",
    "outcome": "done",
    "verdict": "needed",
    "found": "Nothing that should stand there.",
    "one": "z" * 26,
    "other": "y" * 26,
    "child": "z" * 26,
    "person": "coordinator",
    "sought": "x",
}


@pytest.fixture(autouse=True)
def nothing_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would go on in the background: it writes as every asking does, and takes long."""
    monkeypatch.setattr(Watches, "begin", lambda self, asks: None)
    monkeypatch.setattr(Suggestions, "begin", lambda self, asker, kind: None)


def test_every_role_is_tried() -> None:
    assert set(ROLES) == set(access.readers())


@pytest.mark.parametrize("name", ROLES)
def test_no_role_changes_or_removes_a_record_at_any_door(
    name: str, doors: TestClient, partnership: Partnership
) -> None:
    audit = partnership.settings.home / "audit" / "audit.jsonl"
    headers = {"X-Reader": name, "X-Purpose": f"{ROLES[name]} a9"}
    ids = {"{child}": partnership.child, "{thing}": partnership.adult, "{kind}": "Associate", "{table}": "x"}
    before, tried, wholly = audit.read_bytes(), 0, LONG or name == WHOLLY
    for route in api_routes(doors):
        of_audit = route.permission is Permission.AUDITS  # type: ignore[attr-defined]
        address = "/".join(ids.get(part, "z" * 26 if "{" in part else part) for part in route.path.split("/"))
        for method in {*(route.methods or ()), *REMOVING}:
            if not (wholly or of_audit or method in WRITING & (route.methods or set())):
                continue
            for how in ({"json": SENT}, {"data": SENT}) if method != "GET" else ({},):
                answer = doors.request(method, address, headers=headers, **how)  # type: ignore[arg-type]
                assert answer.status_code < 500, (method, address)
                tried += 1
            assert audit.stat().st_size >= len(before), (method, address)
    assert tried > (500 if wholly else 50)
    assert audit.read_bytes().startswith(before)
    assert doors.app.state.store.audit.verify().fault is None  # type: ignore[attr-defined]
