"""A write that the graph did not take, or of which nobody knows yet, is told apart over HTTP (R4)."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from missingnet.graph.faults import CouldNotWrite, NotSettled
from missingnet.graph.store import Store
from tests.served import COORDINATOR, Partnership


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [(CouldNotWrite, "not-written", "nothing of it was written"), (NotSettled, "not-settled", "not known")],
)
def test_whether_anything_was_written_is_said(
    doors: TestClient,
    partnership: Partnership,
    monkeypatch: pytest.MonkeyPatch,
    fault: type[CouldNotWrite],
    code: str,
    words: str,
) -> None:
    async def lost(*_: object, **__: object) -> None:
        raise fault("Canary")

    asked = {"one": partnership.child, "other": partnership.other, "verdict": "different", "reason": "two people"}
    with monkeypatch.context() as patch:
        patch.setattr(Store, "put", lost)
        found = doors.post("/judgements", json=asked, headers=COORDINATOR)
    assert (found.status_code, found.json()["error"]) == (503, code)
    assert words in found.json()["detail"]
    assert "Canary" not in found.text
