"""The interview and check clocks in plain Python: RHI-72H, RHI-CONTACT-72H, RHI-SHARED, SWC, CSE-SCREEN and
POLICE-PROTECTION-72H, by the episodes one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from missingnet.graph import rulebook
from missingnet.graph.times import start_of_day
from tests.oracles import episodes
from tests.oracles.known import Event, Known

#: Bank holidays in England in the time that dense examples cover.
HOLIDAYS = {date(2026, 5, 4), date(2026, 5, 25), date(2026, 8, 31)}
DAY = timedelta(days=1)
Row = tuple[str, str, datetime | None, frozenset[str]]
"""State, standing, due, and the records that answer."""


def value(rule: str, name: str, as_at: datetime) -> Any:
    return rulebook.default(rule, name, as_at)


def covers(
    known: Known, label: str, moment: datetime, times: tuple[datetime, datetime], agencies: set[str], kinds: Any = None
) -> bool:
    """A file of one of these agencies, or of any where none is named, tells of the time: of what lies in the window,
    and so long before it as files are looked for."""
    spans: dict[tuple[str, str], tuple[datetime, date]] = {}
    first_of_all = times[0] - timedelta(days=value("RHI-72H", "cover_days", times[1]))
    for event in known.labelled(label):
        seen = [side.first for side in event.of("HAD") if side.first is not None]
        seen = [first for first in seen if first_of_all <= first <= times[1]]
        if seen and (kinds is None or any(kind in event.facts["kind"].lower() for kind in kinds)):
            first, last = spans.get((event.agency, event.source), (seen[0], event.extract))
            spans[event.agency, event.source] = min(first, seen[0]), max(last, event.extract)
    return any(
        day_of(first) <= day_of(moment) <= last
        for (agency, _), (first, last) in spans.items()
        if not agencies or agency in agencies
    )


def day_of(moment: datetime) -> date:
    """The London day of an instant."""
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo("Europe/London")).date()


def working(day: date, days: int) -> datetime:
    """The end of the so-manieth working day after a day."""
    while days:
        day += DAY
        days -= day.isoweekday() < 6 and day not in HOLIDAYS
    return start_of_day(day + DAY)


@dataclass(frozen=True)
class Away:
    """One episode that counts, with all the records that tell of it."""

    child: str
    stay: episodes.Stay
    kind: str
    started: datetime
    over: datetime | None
    names: frozenset[str]


def _ends(event: Event, as_at: datetime) -> datetime | None:
    ended = event.facts.get("ended")
    if ended is None or ended > as_at:
        return None
    return ended + DAY if event.facts["precision"] == "day" else ended


def away(known: Known, keys: dict[str, str], as_at: datetime) -> Iterator[Away]:
    """Every child's episodes that count, of any kind."""
    by_child: dict[str, list[Event]] = {}
    for event in known.labelled("Episode"):
        if event.child is not None and event.facts["started"] <= as_at:
            by_child.setdefault(event.child.id, []).append(event)
    for child, events in by_child.items():
        stays = {event.record: episodes.stay_of(event, as_at) for event in events}
        for stay in episodes.counting(stays.values()):
            own = next(e for e in events if e.record == stay.record)
            same = [e for e in events if e.record != stay.record and episodes.same(stays[e.record], stay)]
            others = sorted((_ends(e, as_at) for e in same if _ends(e, as_at)), key=lambda end: (end is None, end))
            over = _ends(own, as_at) or next(iter(others), None)
            names = frozenset(keys[e.record] for e in (own, *same))
            yield Away(child, stay, own.facts["kind"], stay.started, over, names)


def of_child(known: Known, label: str, child: str) -> list[Event]:
    return [e for e in known.labelled(label) if e.child is not None and e.child.id == child]


def by(moment: Any, as_at: datetime) -> Any:
    """The moment or day, where it had come."""
    limit = as_at if isinstance(moment, datetime) else as_at.date()
    return moment if moment is not None and moment <= limit else None


def _on(day: date, as_at: datetime) -> datetime:
    """Done within that day: not at the midnight before it."""
    return min(start_of_day(day) + timedelta(seconds=1), as_at)


def open_or_done(due: datetime, done: datetime | None, as_at: datetime) -> str:
    if done is not None:
        return "met" if done <= due else "late"
    return "running" if as_at <= due else "broken"


class Interviews:
    """One child's interviews, and which answer which of the child's episodes."""

    def __init__(self, known: Known, all_away: list[Away], child: str, as_at: datetime) -> None:
        self.as_at = as_at
        mine = [one for one in all_away if one.child == child]
        told = [e for e in of_child(known, "ReturnInterview", child) if (e.facts.get("returned") or as_at) <= as_at]
        held = [by(e.facts.get("held"), as_at) for e in told]
        self.of: dict[str, set[Event]] = {one.stay.record: set() for one in mine}
        for e in told:
            named = [one for one in mine if e.facts.get("episode_reference") in one.names]
            if named:
                for one in named:
                    self.of[one.stay.record].add(e)
                continue
            returned = e.facts.get("returned")
            ended = [one for one in mine if one.over is not None]
            if returned is not None and ended:
                nearest = min(ended, key=lambda one: (abs(one.over - returned), one.stay.record))  # type: ignore[operator]
                if abs(nearest.over - returned) <= timedelta(hours=value("RHI-72H", "near_hours", as_at)):  # type: ignore[operator]
                    self.of[nearest.stay.record].add(e)
        own = {record for record, found in self.of.items() if found}
        for e, when in zip(told, held, strict=True):
            if when is None or e.facts.get("episode_reference"):
                continue
            last = max((other for other in held if other is not None and other < when), default=datetime(1, 1, 1))
            for one in mine:
                if one.stay.record not in own and one.over is not None and last < one.over <= when:
                    self.of[one.stay.record].add(e)

    def first(self, record: str, *names: str) -> datetime | None:
        found = [by(e.facts.get(name), self.as_at) for e in self.of[record] for name in names]
        return min((moment for moment in found if moment is not None), default=None)

    def outcome(self, record: str) -> str | None:
        told = []
        for e in self.of[record]:
            moments = [by(e.facts.get(n), self.as_at) for n in ("returned", "contacted", "offered", "held")]
            order = max((m for m in moments if m is not None), default=datetime(1900, 1, 1)), e.record
            last = next((m for n in ("held", "offered", "contacted", "returned") if (m := e.facts.get(n))), None)
            if last is None or last <= self.as_at:
                told.append((order, e.facts["outcome"]))
        return max(told)[1] if told else None


def expected(known: Known, keys: dict[str, str], since: datetime, as_at: datetime, rule: str) -> dict[str, Row]:
    """By the record of the episode: what the rule says of it."""
    all_away = list(away(known, keys, as_at))
    found: dict[str, Row] = {}
    make = RULES[rule]
    for one in all_away:
        if (one.started if one.over is None else one.over) >= since and one.kind in value(rule, "starts_for", as_at):
            row = make(known, all_away, one, as_at, since)
            if row is not None:
                found[one.stay.record] = row
    return found


def _interview(known: Known, all_away: list[Away], one: Away, as_at: datetime, since: datetime) -> Row | None:
    told = Interviews(known, all_away, one.child, as_at)
    record = one.stay.record
    records = frozenset(e.record for e in told.of[record])
    if one.over is None:
        return "not due", "not owed", None, records
    held, outcome = told.first(record, "held"), told.outcome(record)
    due = one.over + timedelta(hours=value("RHI-72H", "hours", as_at))
    standing = open_or_done(due, held, as_at)
    if held is not None:
        return f"completed {'in time' if standing == 'met' else 'late'}", standing, due, records
    if outcome == "held":
        return "completed, time not recorded", "not provided", due, records
    if outcome == "not after every episode":
        return outcome, "not owed", None, records
    if outcome == "refused" and any(e.facts.get("parents_view") for e in told.of[record]):
        return "refused", "not owed", due, records
    offered = told.first(record, "offered") is not None
    special = {"refused": "refused", "waiting": "waiting list", "unreachable": "unreachable"}.get(outcome or "")
    running = special or ("offered" if offered else "running")
    return *_standing(known, one, told, due, (since, as_at), running, special or "overdue"), due, records


def _standing(
    known: Known,
    one: Away,
    told: Interviews,
    due: datetime,
    times: tuple[datetime, datetime],
    running: str,
    broken: str,
) -> tuple[str, str]:
    if times[1] <= due:
        return running, "running"
    answering = told.of[one.stay.record]
    if covers(known, "ReturnInterview", due, times, {e.agency for e in answering}):
        return broken, "broken"
    return ("not provided" if not answering else broken if broken != "overdue" else running), "not provided"


def _contact(known: Known, all_away: list[Away], one: Away, as_at: datetime, since: datetime) -> Row | None:
    told = Interviews(known, all_away, one.child, as_at)
    record = one.stay.record
    records = frozenset(e.record for e in told.of[record])
    if one.over is None:
        return "not due", "not owed", None, records
    made = told.first(record, "contacted", "offered", "held")
    due = one.over + timedelta(hours=value("RHI-CONTACT-72H", "hours", as_at))
    standing = open_or_done(due, made, as_at)
    if made is not None:
        return f"contacted {'in time' if standing == 'met' else 'late'}", standing, due, records
    outcome = told.outcome(record)
    if outcome == "not after every episode":
        return outcome, "not owed", None, records
    if outcome == "held":
        return "contacted, time not recorded", "not provided", due, records
    return *_standing(known, one, told, due, (since, as_at), "running", "overdue"), due, records


def _shared(known: Known, all_away: list[Away], one: Away, as_at: datetime, since: datetime) -> Row | None:
    told = Interviews(known, all_away, one.child, as_at)
    answering = told.of[one.stay.record]
    records = frozenset(e.record for e in answering)
    held = told.first(one.stay.record, "held")
    if one.over is None or held is None:
        return None
    due = working(day_of(held), value("RHI-SHARED", "working_days", as_at))
    names = ("shared_with_police", "on_childs_record")
    days = [[by(e.facts.get(name), as_at) for e in answering if by(e.facts.get(name), as_at)] for name in names]
    if all(days):
        done = max(held, *(_on(max(found), as_at) for found in days))
        standing = open_or_done(due, done, as_at)
        return f"shared {'in time' if standing == 'met' else 'late'}", standing, due, records
    agencies = {e.agency for e in answering}
    if not any(
        e.agency in agencies and any(e.facts.get(name) for name in names) and (e.facts.get("held") or as_at) <= as_at
        for e in known.labelled("ReturnInterview")
        if any(side.first is not None and side.first <= as_at for side in e.of("HAD"))
    ):
        return "not provided", "not provided", due, records
    state = "shared in part" if any(days) else "not shared"
    return *_standing(known, one, told, due, (since, as_at), state, state), due, records


def _check(known: Known, all_away: list[Away], one: Away, as_at: datetime, since: datetime) -> Row | None:
    near = timedelta(hours=value("SWC", "near_hours", as_at))
    mine = [other for other in all_away if other.child == one.child]
    checks = []
    for e in of_child(known, "SafeAndWellCheck", one.child):
        at = e.facts.get("at")
        if at is not None and at > as_at:
            continue
        about = [other for other in mine if e.facts.get("episode_reference") in other.names]
        if not about and at is not None:
            before = [o for o in mine if o.over is not None and o.over <= at <= o.over + near]
            about = sorted(before, key=lambda o: (o.over, o.stay.record))[-1:]
        if one in about:
            checks.append(e)
    records = frozenset(e.record for e in checks)
    if one.over is None:
        return "not due", "not owed", None, records
    due = one.over + timedelta(hours=value("SWC", "hours", as_at))
    made = min((e.facts["at"] for e in checks if e.facts.get("at")), default=None)
    standing = open_or_done(due, made, as_at)
    if made is not None:
        return f"done {'in time' if standing == 'met' else 'late'}", standing, due, records
    if any(e.facts.get("agreed_with") for e in checks):
        return "by agreement", "not owed", None, records
    if standing == "running":
        return "running", "running", due, records
    if covers(known, "SafeAndWellCheck", due, (since, as_at), set()):
        return "overdue", "broken", due, records
    return "not provided", "not provided", due, records


def _screening(known: Known, all_away: list[Away], one: Away, as_at: datetime, since: datetime) -> Row | None:
    kinds = value("CSE-SCREEN", "kinds", as_at)
    told = [
        e
        for e in of_child(known, "RiskAssessment", one.child)
        if e.facts["at"] <= as_at.date() and any(kind in e.facts["kind"].lower() for kind in kinds)
    ]
    day, fresh = day_of(one.started), timedelta(days=value("CSE-SCREEN", "fresh_days", as_at))
    named = [e for e in told if e.facts.get("episode_reference") in one.names]
    later = [e for e in told if e.facts["at"] >= day]
    before = [e for e in told if day - fresh <= e.facts["at"] < day]
    at = min((e.facts["at"] for e in named or later), default=None) or max(
        (e.facts["at"] for e in before), default=None
    )
    answers = frozenset(e.record for e in named or later or before if e.facts["at"] == at)
    start = one.started + DAY if one.stay.by_day else one.started
    due = working(day_of(start), value("CSE-SCREEN", "working_days", as_at))
    done = None if at is None else max(_on(at, as_at), start)
    done = by(done, as_at)
    standing = open_or_done(due, done, as_at)
    if done is not None and at is not None:
        state = "before" if at < day else "in time" if standing == "met" else "late"
        return f"screened {state}", standing, due, answers
    if standing == "running":
        return "running", "running", due, frozenset()
    if covers(known, "RiskAssessment", due, (since, as_at), set(), kinds):
        return "not screened", "broken", due, frozenset()
    return "not provided", "not provided", due, frozenset()


RULES: dict[str, Callable[[Known, list[Away], Away, datetime, datetime], Row | None]] = {
    "RHI-72H": _interview,
    "RHI-CONTACT-72H": _contact,
    "RHI-SHARED": _shared,
    "SWC": _check,
    "CSE-SCREEN": _screening,
}


def protection(known: Known, since: datetime, as_at: datetime) -> dict[str, tuple[str, datetime]]:
    """By record: the standing and when it was due."""
    found = {}
    for e in known.labelled("Notice"):
        first = next((side.first for side in e.of("HAD")), None)
        if "police protection" in e.facts["kind"].lower() and first is not None and since <= first <= as_at:
            start = e.facts.get("started") or start_of_day(e.facts["served"] + DAY)
            due = start + timedelta(hours=value("POLICE-PROTECTION-72H", "hours", as_at))
            found[e.record] = open_or_done(due, by(e.facts.get("ended"), as_at), as_at), due
    return found
