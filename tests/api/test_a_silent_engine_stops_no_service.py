"""While the way to the engine is a black hole the service says so in words, and says that it runs; it is all well again
with the first request after, and what was to be written stands once (R3)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from missingnet.api.app import create_app
from missingnet.api.opening import audit_of
from missingnet.graph import changes, store
from missingnet.graph.engine import open_engine
from missingnet.graph.store import Store
from missingnet.settings import Settings
from tests.graph.swallowing import Proxy, proxied
from tests.providers import SERVICE
from tests.served import AS_AT, CANARIES, COORDINATOR, FAMILY, Partnership, audit_lines

HTML = {**COORDINATOR, "Accept": "text/html"}
#: A minute at which no other test asks: nothing of it was kept.
AT = f"as_at={AS_AT}T13:07"


@pytest.fixture
def proxy(partnership: Partnership) -> Iterator[Proxy]:
    with proxied(open_engine(partnership.settings).uri) as found:
        yield found


@pytest.fixture
def far(partnership: Partnership, proxy: Proxy) -> Iterator[TestClient]:
    """The service, which speaks to its engine through the proxy."""

    @asynccontextmanager
    async def through(settings: Settings) -> AsyncIterator[Store]:
        near = open_engine(settings)
        connection = replace(near, uri=f"bolt://127.0.0.1:{proxy.port}")
        opened = await Store.open(connection, settings.secret_key(), audit_of(settings), settings.home / "writer.lock")
        async with opened as one:
            yield one

    app = create_app(partnership.settings, through)
    with TestClient(app, base_url=SERVICE, follow_redirects=False) as client:
        yield client


def test_it_says_so_at_every_kind_of_door_and_goes_on_after(
    far: TestClient, partnership: Partnership, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    child, other = partnership.child, partnership.other
    shown = [
        ("GET", f"/children/{child}/timeline?{AT}", {"headers": COORDINATOR}),
        ("POST", f"/questions/search?{AT}", {"headers": COORDINATOR, "json": {"sought": FAMILY}}),
        ("GET", f"/packs/mase?child={child}&format=json&{AT}", {"headers": COORDINATOR}),
        ("GET", f"/child/{child}?{AT}", {"headers": HTML}),
        # Forty-six questions, four at once: where one has no word in time, no more of them are asked.
        ("GET", f"/child/{child}/rules?{AT}", {"headers": HTML}),
    ]
    before = len(audit_lines(partnership.settings))
    with monkeypatch.context() as hasty:
        hasty.setattr(store, "DEADLINE", 1.0)
        hasty.setattr(changes, "STATEMENT_SECONDS", 1.0)
        proxy.hole = True
        for method, address, how in shown:
            answer = far.request(method, address, **how)  # type: ignore[arg-type]
            assert answer.status_code == 503, address
            assert "The service cannot answer now, and nothing was shown." in answer.text
            assert [name for name in CANARIES if name in answer.text] == []
            assert far.get("/health").json()["status"] == "running"
        judged = {"one": child, "other": other, "verdict": "different", "reason": "Met both."}
        said = far.post("/judgements", headers=COORDINATOR, json=judged)
        assert (said.status_code, said.json()["error"]) in ((503, "not-written"), (503, "unavailable"))
        proxy.hole = False
    lines = audit_lines(partnership.settings)[before:]
    assert sum(line["outcome"] == "could not be answered" for line in lines) <= 4 * (len(shown) + 1)
    assert not any(line["outcome"] == "answered" for line in lines)
    for method, address, how in shown:
        answer = far.request(method, address, **how)  # type: ignore[arg-type]
        assert answer.status_code == 200, address
        assert "could not be answered" not in answer.text
    # What was to be written was not: written now it is new, and once.
    said = far.post("/judgements", headers=COORDINATOR, json=judged)
    assert said.status_code == 201, said.text
    record = said.json()["record"]
    listed = far.get("/judgements", headers=COORDINATOR).json()["rows"]
    assert sum(row["record"] == record for row in listed) == 1
    undone = far.post(f"/judgements/{record}/undo", headers=COORDINATOR, json={"reason": "A trial."})
    assert undone.status_code == 204, undone.text
