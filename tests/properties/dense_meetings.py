"""What meetings, notifications and the school days turn on, for the dense examples."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from missingnet.graph.records import Fact, LinkFact, Record
from missingnet.graph.times import start_of_day, utc_to_london
from missingnet.ingest.sources.cme_register import STEPS

if TYPE_CHECKING:
    from tests.properties.dense import Dense

PARTIES = ("police", "social worker", "duty team", "parents", "IRO", "host authority", "responsible authority", "CEOP")
HAD = (LinkFact("HAD", "child", "record"),)


def meetings(dense: Dense, episodes: list[Record], as_at: datetime, extracts: tuple[date, date]) -> list[Record]:
    """Long episodes; what councils tell of them and of others; lists, homes' areas, registers and calendars."""
    chance = dense.chance
    long = [_long(dense, as_at) for _ in range(4)]
    found = [one for episode in (*long, *episodes) for one in _told(dense, episode)]
    found += [_entry(dense, as_at) for _ in range(6)]
    found += [_listed(dense, as_at) for _ in range(3)]
    found += [_roll(dense, as_at) for _ in range(4)]
    for home in (m for m in dense.others if m.label == "Home"):
        facts: dict[str, Fact] = {"name": "Elm", "authority": chance.choice(("997", "Ostermere", "Quillhaven"))}
        links = (LinkFact("DESCRIBED_BY", "home", "record"),)
        found += [dense.record("Description", facts, {"home": home}, links, None) for _ in range(2)]
    found += [_days(dense, kind, first, last) for kind, first, last in _CALENDAR]
    again: dict[str, list[Record]] = {}
    for record in found:
        if record.extract == extracts[0]:
            again.setdefault(record.label, []).append(record)
    newer = {"extract": extracts[1], "raw": {"row": "again"}}
    return [*long, *found, *(replace(r, **newer, observed_to=as_at) for many in again.values() for r in many[:2])]


_CALENDAR = (
    ("term", date(2026, 9, 2), date(2026, 12, 18)),
    ("closed", date(2026, 10, 19), date(2026, 10, 23)),
    ("closed", date(2026, 10, 26), date(2026, 10, 28)),
)


def _long(dense: Dense, as_at: datetime) -> Record:
    """An episode of some days, with no end on the day on which the clocks change: oracles count days as 24 hours."""
    at = as_at - timedelta(hours=dense.chance.choice((70, 75, 120, 300, 400, 900)))
    ended = dense.chance.choice((None, at + timedelta(hours=72), at + timedelta(hours=73), at + timedelta(hours=169)))
    facts: dict[str, Fact] = {"kind": "missing", "started": at, "ended": ended, "reported": at, "precision": "minute"}
    facts |= {"risk": dense.chance.choice(("high", "medium")), "notified": dense.chance.choice(((), ("IRO",)))}
    facts["missing_from"] = dense.chance.choice(("home", "care"))
    return dense.record("Episode", facts, {"child": dense.child()}, HAD, at)


def _told(dense: Dense, episode: Record) -> list[Record]:
    """A meeting, an action, notifications and an assessment after an episode; some name it and some do not."""
    chance, child = dense.chance, {"child": episode.mentions["child"]}
    started, ended = episode.facts["started"], episode.facts.get("ended") or episode.facts["started"]
    assert isinstance(started, datetime)
    assert isinstance(ended, datetime)

    def named() -> dict[str, Fact]:
        return {"episode_reference": episode.key} if chance.random() < 0.5 else {}

    begun = utc_to_london(started).date()
    arranged = begun + timedelta(days=chance.choice((0, 2)))
    held = chance.choice((None, begun + timedelta(days=chance.choice((1, 7, 9, 10, 11, 13)))))
    meeting = f"S{chance.randrange(3)}"
    facts: dict[str, Fact] = {
        "kind": chance.choice(("strategy", "strategy", "MASE")),
        "arranged": arranged,
        "held": held,
    }
    facts |= {
        "planned": held or arranged + timedelta(days=3),
        "meeting_reference": meeting,
        "chair_role": "team manager",
    }
    found = [dense.record("Meeting", facts | named(), child, HAD, start_of_day(arranged))]
    action: dict[str, Fact] = {"what": "plan", "agreed": arranged, "meeting_reference": meeting, "done": held}
    found.append(dense.record("Action", action, child, HAD, start_of_day(arranged)))
    for _ in range(3):
        at = chance.choice((started, ended)) + timedelta(hours=chance.choice((1, 23, 24, 25)))
        told: dict[str, Fact] = {
            "told": chance.choice(PARTIES),
            "at": at,
            "occasion": chance.choice(("missing", "return")),
        }
        told |= {"not_told_because": chance.choice((None, None, "harmful"))}
        found.append(dense.record("Notification", told | named(), child, HAD, at))
    day = utc_to_london(ended).date() + timedelta(days=chance.choice((0, 4, 7, 8, 12)))
    assessed: dict[str, Fact] = {"kind": "missing from care", "at": day, "level": chance.choice(("high", "low"))}
    assessed |= {
        "placement_plan_updated": chance.choice((None, day)),
        "early_review_considered": chance.choice((None, day)),
    }
    found.append(dense.record("RiskAssessment", assessed | named(), child, HAD, start_of_day(day)))
    return found


def _entry(dense: Dense, as_at: datetime) -> Record:
    """An entry on a register of children missing education, with some steps taken."""
    chance = dense.chance
    day = as_at.date() - timedelta(days=chance.choice((2, 5, 9, 16, 33, 50)))
    last = chance.choice((None, day - timedelta(days=chance.choice((1, 4)))))
    facts: dict[str, Fact] = {"started": day, "last_attended": last}
    facts |= {"expected_return": chance.choice((None, None, day + timedelta(days=1)))}
    facts |= {"ended": chance.choice((None, None, day + timedelta(days=chance.choice((1, 3, 20)))))}
    facts |= {"concerns": chance.choice(((), ("Attendance", "Unknown address")))}
    facts |= {step: chance.choice((None, day + timedelta(days=chance.choice((0, 1, 4, 27, 30))))) for step in STEPS}
    mentions = {"child": dense.child(), "school": dense.any("School")}
    links = (*HAD, LinkFact("ENROLLED_AT", "record", "school"))
    return dense.record("MissingEducation", facts, mentions, links, start_of_day(day))


def _listed(dense: Dense, as_at: datetime) -> Record:
    added = as_at.date() - timedelta(days=dense.chance.choice((5, 60)))
    removed = dense.chance.choice((None, None, as_at.date() - timedelta(days=3)))
    facts: dict[str, Fact] = {"list": dense.chance.choice(("cp", "s47", "uasc")), "added": added, "removed": removed}
    return dense.record("ListEntry", facts, {"child": dense.child()}, HAD, start_of_day(added))


def _roll(dense: Dense, as_at: datetime) -> Record:
    """A school roll with sessions, or sessions without permission."""
    chance, began = dense.chance, as_at.date() - timedelta(days=200)
    mentions = {"child": dense.child(), "school": dense.any("School")}
    links = (*HAD, LinkFact("ENROLLED_AT", "record", "school"))
    facts: dict[str, Fact] = {
        "kind": "sessions",
        "code": chance.choice(("O", "G", "I")),
        "sessions": chance.choice((8.0, 18.0)),
    }
    if chance.random() < 0.5:
        facts = {"started": began, "ended": chance.choice((None, as_at.date() - timedelta(days=9)))}
        facts |= {"sessions_possible": 100.0, "sessions_unauthorised": chance.choice((4.0, 9.0, 10.0))}
        facts |= {"part_time": {4.0: None, 9.0: False, 10.0: True}[facts["sessions_unauthorised"]]}
        return dense.record("Enrolment", facts, mentions, links, start_of_day(began))
    return dense.record("SchoolAbsence", facts, mentions, links, start_of_day(began))


def _days(dense: Dense, kind: str, first: date, last: date) -> Record:
    school = next(m for m in dense.others if m.label == "School")
    facts: dict[str, Fact] = {"kind": kind, "started": first, "ended": last}
    links = (LinkFact("KEEPS", "school", "record"),)
    return dense.record("SchoolCalendar", facts, {"school": school}, links, start_of_day(first))
