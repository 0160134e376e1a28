"""As at a date, a record tells only what had happened: also in the facts that are no dates themselves."""

from datetime import date, datetime
from typing import Any

from missingnet.graph.answers import Asked
from missingnet.graph.answers.event_facts import EventFact, IdentityFact, event_of
from missingnet.graph.answers.events import Event


def _row(label: str, record: str = "r", row: type[EventFact] = EventFact, **facts: Any) -> EventFact:
    return row(
        version="v",
        record=record,
        label=label,
        agency="99",
        reference=None,
        ties=("HAD",),
        observed_from=None,
        observed_to=None,
        facts=facts,
        things=[],
        **({} if row is EventFact else {"versions": 1}),
    )


def _told(label: str, as_at: datetime, **facts: Any) -> Event:
    return event_of(_row(label, **facts), as_at)


def _facts(event: Event) -> dict[str, str]:
    return {fact.name: fact.value for fact in event.facts}


EPISODE = {
    "kind": "missing",
    "started": datetime(2026, 10, 1, 19),
    "ended": datetime(2026, 10, 2, 8),
    "risk": "high",
    "first_risk": "low",
    "risk_changes": ["2026-10-01T22:30 Low>Medium seen", "2026-10-02T01:00 Medium>High not heard from"],
}


def test_a_grade_given_later_is_not_told() -> None:
    begun = _facts(_told("Episode", datetime(2026, 10, 1, 20), **EPISODE))
    assert begun["risk"] == "low"
    assert "risk changes" not in begun
    night = _facts(_told("Episode", datetime(2026, 10, 1, 23), **EPISODE))
    assert night["risk"] == "medium"
    assert night["risk changes"] == "1 October 2026, 23:30: Low>Medium seen"
    over = _facts(_told("Episode", datetime(2026, 10, 3), **EPISODE))
    assert over["risk"] == "high"
    assert "High" in over["risk changes"]


def test_why_something_ended_is_not_told_before_it_ended() -> None:
    placed = {"started": date(2026, 1, 1), "ended": date(2026, 5, 1), "reason_ended": "X1", "reason_change": "STAND"}
    assert _facts(_told("Placement", datetime(2026, 3, 1), **placed)).keys() == {"started"}
    assert _facts(_told("Placement", datetime(2026, 6, 1), **placed)).keys() > {"reason ended", "reason change"}
    listed = {"list": "cse", "added": date(2026, 1, 1), "removed": date(2026, 5, 1), "status": "closed"}
    assert "status" not in _facts(_told("ListEntry", datetime(2026, 3, 1), **listed))


ENTERED = date(2020, 9, 1)
ROLLS = {
    "old": {"started": ENTERED, "term": "2025 spring", "sessions_possible": 120.0},
    "new": {"started": date(2025, 2, 1), "term": "2025 summer", "sessions_possible": 100.0},
}


def test_only_the_newest_census_of_a_child_says_which_roll_they_are_on() -> None:
    rows = [_row("Enrolment", record, IdentityFact, **facts) for record, facts in ROLLS.items()]
    asked = Asked("CHILD-TIMELINE", {}, datetime(2025, 7, 1), None)
    events = [e for e in EventFact.derive(rows, asked)[0] if isinstance(e, Event)]
    assert {e.record: e.open for e in events} == {"old": False, "new": True}
    assert [e.record for e in IdentityFact.derive(rows, asked)[0] if isinstance(e, Event)] == ["new"]
    # One who is on two rolls in one term is on both.
    both = [_row("Enrolment", record, term="2025 summer", started=ENTERED) for record in ("a", "b")]
    assert all(isinstance(e, Event) and e.open for e in EventFact.derive(both, asked)[0])
    # And a roll of one child says nothing of another child's.
    other = [
        rows[0].model_copy(update={"things": [{"id": "c1", "kind": "Child", "link": "HAD", "role": None}]}),
        rows[1],
    ]
    assert all(isinstance(e, Event) and e.open for e in EventFact.derive(other, asked)[0])


def test_what_a_later_census_counted_is_not_told() -> None:
    assert "sessions possible" in _facts(_told("Enrolment", datetime(2025, 5, 1), **ROLLS["new"]))
    before = _facts(_told("Enrolment", datetime(2025, 3, 1), **ROLLS["new"]))
    assert before == {"started": "1 February 2025"}
