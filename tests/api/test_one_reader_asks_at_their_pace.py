"""One reader's requests are answered at once up to a measure, then held back, then refused in words (S5)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from missingnet.api.app import create_app
from missingnet.api.pace import AT_ONCE, LONGEST, MOST, Pace, Paces, TooFast
from tests.providers import SERVICE
from tests.served import AS_AT, COORDINATOR, HEALTH, Partnership, audit_lines

HTML = {"Accept": "text/html"}
OURS = {"Origin": SERVICE}


class Time:
    """A clock that goes on only when somebody is held back, or is told to."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def slow(partnership: Partnership, time: Time) -> Iterator[TestClient]:
    """Sixty requests, six searches and twelve steps of signing in a minute: twenty, two and four at once."""
    few = {"requests_per_minute": 60, "searches_per_minute": 6, "sign_ins_per_minute": 12}
    settings = partnership.settings.model_copy(update=few)
    app = create_app(settings)
    app.state.paces = Paces(settings, time, time.sleep)
    with TestClient(app, base_url=SERVICE, follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize("per_minute", [1, 2, 30, 300, 6000])
def test_so_many_at_once_then_held_back_then_refused_and_after_the_wait_taken_again(per_minute: int) -> None:
    pace, gap = Pace(per_minute), 60 / per_minute
    at_once = max(1, int(AT_ONCE / gap))
    assert [pace.held("ann", 0.0) for _ in range(at_once)] == pytest.approx([0.0] * at_once, abs=1e-6)
    waits = []
    with pytest.raises(TooFast) as refused:
        while len(waits) <= 2 * (LONGEST / gap + 1):
            waits.append(pace.held("ann", 0.0))
    assert abs(len(waits) - int(LONGEST / gap)) <= 1
    assert waits == pytest.approx([gap * (number + 1) for number in range(len(waits))], abs=1e-6)
    assert all(0 < wait <= LONGEST for wait in waits)
    assert pace.held("ben", 0.0) == 0.0
    assert 1 <= refused.value.seconds <= gap + 1
    assert pace.held("ann", refused.value.seconds) <= LONGEST
    # Whoever keeps the pace is never held back, however long.
    assert [pace.held("cas", number * gap) for number in range(1000)] == [0.0] * 1000


def test_those_remembered_stay_few_and_who_asked_last_is_among_them() -> None:
    pace = Pace(60)
    for number in range(MOST + 1):
        pace.held(f"reader-{number}", number / 1000)
    assert len(pace) <= MOST
    with pytest.raises(TooFast):
        for _ in range(60):
            pace.held(f"reader-{MOST}", MOST / 1000)


def test_a_reader_is_held_back_and_refused_in_words_and_nobody_else_is(
    slow: TestClient, partnership: Partnership, time: Time
) -> None:
    before = len(audit_lines(partnership.settings))
    address = f"/children/{partnership.child}/identity?as_at={AS_AT}"
    found = [slow.get(address, headers=COORDINATOR) for _ in range(20)]
    assert ([one.status_code for one in found], time.slept) == ([200] * 20, [])
    assert slow.get(address, headers=COORDINATOR).status_code == 200
    assert time.slept == pytest.approx([1.0])
    time.now -= 1.0  # as many at the same moment as a program sends
    assert slow.get(address, headers=COORDINATOR).status_code == 200
    time.now -= 2.0
    refused = [slow.get(address, headers=COORDINATOR) for _ in range(3)]
    for one in refused:
        assert (one.status_code, one.json()["error"], one.headers["retry-after"]) == (429, "too-fast", "1")
    page = slow.get(f"/child/{partnership.child}", headers={**COORDINATOR, **HTML})
    assert page.status_code == 429
    assert "More was asked in a short time than one reader may ask." in page.text
    assert "Wait a few seconds" in page.text
    assert slow.get("/q", headers=HEALTH).status_code == 200
    assert slow.get("/health").status_code == 200
    time.now += 1.0
    assert slow.get(address, headers=COORDINATOR).status_code == 200
    # That it began stands in the audit, once; what was refused shows nothing.
    lines = audit_lines(partnership.settings)[before:]
    (said,) = [line for line in lines if line["act"] == "too fast"]
    assert (said["who"], said["agency"], said["purpose"]) == ("coordinator", "997", "MASE")
    assert "shown" not in said
    assert sum(line["act"] == "consult" for line in lines) == 23


def test_searches_are_fewer(slow: TestClient, time: Time) -> None:
    statuses = [
        slow.post("/questions/search", headers=COORDINATOR, json={"sought": "zzzz"}).status_code for _ in range(3)
    ]
    assert statuses == [200, 200, 429]
    form = slow.post("/search", headers={**COORDINATOR, **OURS, **HTML}, data={"sought": "zzzz"})
    assert form.status_code == 429
    assert slow.get("/q", headers=COORDINATOR).status_code == 200
    time.now += 10
    assert slow.post("/questions/search", headers=COORDINATOR, json={"sought": "zzzz"}).status_code == 200


def test_who_guesses_who_to_be_is_stopped_by_where_they_come_from(slow: TestClient, time: Time) -> None:
    guessed = [slow.get("/q", headers={"X-Reader": f"guess-{n}", "X-Purpose": "MASE x"}).status_code for n in range(5)]
    assert guessed == [401, 401, 401, 401, 429]
    assert slow.post("/sign-in", headers=OURS, data={"reader": "coordinator"}).status_code == 429
    # Who has signed in already reads on.
    assert slow.get("/q", headers=COORDINATOR).status_code == 200
    time.now += 60
    assert slow.get("/sign-in").status_code == 200
