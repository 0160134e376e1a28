"""The day-by-day path of children missing education in plain Python: CME-DAY1 to CME-10D."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from missingnet.graph import rulebook
from missingnet.graph.times import start_of_day
from tests.oracles.clocks import HOLIDAYS, by, day_of, of_child, open_or_done, working
from tests.oracles.known import Event, Known

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
REFER = ("police_told", "social_care_told")
Row = tuple[str, str, datetime | None]
TenDays = tuple[str, float, float | None, frozenset[str], bool | None]
"""State, days, the largest share, the records that tell it, and whether one of the newest rolls is part-time."""


class Days:
    """The school days of one school."""

    def __init__(self, known: Known, school: str | None, as_at: datetime) -> None:
        told = [e for e in known.labelled("SchoolCalendar") if any(side.thing.id == school for side in e.of("KEEPS"))]
        self.term, self.closed = (
            {first + n * DAY for first, last in self._spans(told, kind) for n in range((last - first).days + 1)}
            for kind in ("term", "closed")
        )
        usual = [text.split() for text in rulebook.default("SCHOOL-DAYS", "holidays", as_at)]
        spans = [(date.fromisoformat(text[0]), date.fromisoformat(text[1])) for text in usual]
        self.usual = {first + n * DAY for first, last in spans for n in range((last - first).days + 1)}

    @staticmethod
    def _spans(told: list[Event], kind: str) -> list[tuple[date, date]]:
        return [(e.facts["started"], e.facts["ended"]) for e in told if e.facts["kind"] == kind]

    def open(self, day: date) -> bool:
        if day.isoweekday() > 5 or day in HOLIDAYS or day in self.closed:
            return False
        return day in self.term if self.term and min(self.term) <= day <= max(self.term) else day not in self.usual

    def first(self, day: date) -> date:
        while not self.open(day):
            day += DAY
        return day


class Entry:
    """One entry on a register."""

    def __init__(self, known: Known, event: Event, as_at: datetime) -> None:
        self.known, self.event, self.as_at, self.today = known, event, as_at, as_at.date()
        school = next((side.thing.id for side in event.of("ENROLLED_AT")), None)
        self.days = Days(known, school, as_at)
        facts = event.facts
        last = facts.get("last_attended")
        self.first = self.days.first(facts.get("expected_return") or (last + DAY if last else facts["started"]))
        self.ended = by(facts.get("ended"), as_at)

    def step(self, name: str) -> date | None:
        found: date | None = by(self.event.facts.get(name), self.as_at)
        return found

    def owed(self, start: date, last: date, steps: tuple[str, ...], state: str = "") -> Row:
        due = start_of_day(last + DAY)
        taken = [self.step(name) for name in steps]
        done = None
        if None not in taken:
            day = max(day for day in taken if day is not None)
            done = max(min(start_of_day(day) + SECOND, self.as_at), start_of_day(start))
            done = done if done <= self.as_at else None
        standing = open_or_done(due, done, self.as_at)
        if done is not None:
            return f"done {'in time' if standing == 'met' else 'late'}", standing, due
        if self.ended is not None and start_of_day(self.ended) <= due:
            return "resolved before", "not owed", None
        if standing == "running":
            return state or "running", standing, due
        of_agency = [e for e in self.known.labelled("MissingEducation") if e.agency == self.event.agency]
        if not all(any(by(e.facts.get(name), self.as_at) for e in of_agency) for name in steps):
            return "not provided", "not provided", due
        return state or "overdue", standing, due


def entries(known: Known, since: datetime, as_at: datetime) -> list[Entry]:
    """Every entry that was open, or closed or begun, in the window."""
    found = []
    for event in known.labelled("MissingEducation"):
        ended, side = event.facts.get("ended"), next(iter(event.of("HAD")))
        near = (side.first is not None and side.first >= since) or (side.last is not None and side.last >= since)
        if event.facts["started"] <= as_at.date() and (ended is None or ended > as_at.date() or near):
            found.append(Entry(known, event, as_at))
    return found


def path(one: Entry, rule: str) -> Row:
    """One step of the path for one entry."""

    def value(name: str) -> Any:
        return rulebook.default(rule, name, one.as_at)

    if rule == "CME-DAY1":
        steps = ("home_contacted", "assessed", *(REFER if _at_once(one) else ()))
        left = {name for name in steps if one.step(name) is None}
        return one.owed(one.first, one.first, steps, "not referred" if left and left <= set(REFER) else "")
    if rule == "CME-DAY3":
        last = one.first
        for _ in range(value("days") - 1):
            last = one.days.first(last + DAY)
        if one.ended is not None and one.ended <= last:
            return "resolved before", "not owed", None
        return one.owed(last, last, ("welfare_told",)) if one.today >= last else ("not due", "not owed", None)
    if rule == "CME-DAY2-28":
        if one.today < one.first + DAY:
            return "not due", "not owed", None
        last = one.first + (value("days") - 1) * DAY
        return one.owed(one.first + DAY, last, ("home_checked", "databases_checked", "reassessed"))
    four, off = one.first + timedelta(weeks=value("weeks")), one.step("off_roll")
    if off is not None and off < four:
        return "removed early", "broken", start_of_day(four + DAY)
    if off is None and one.ended is not None and one.ended < four:
        return "resolved before", "not owed", None
    if one.today < four:
        return "not due", "not owed", None
    begun = off or four
    last = day_of(working(begun, value("working_days"))) - DAY
    return one.owed(begun, last, ("transfer_file", "cme_team_told"))


def _at_once(one: Entry) -> bool:
    child = one.event.child
    assert child is not None
    until = min(one.ended or one.today, one.today)
    listed = any(
        e.facts["list"] in ("cp", "s47")
        and e.facts["added"] <= min(until, one.today)
        and (e.facts["removed"] is None or e.facts["removed"] > one.first)
        for e in of_child(one.known, "ListEntry", child.id)
    )
    placed = any(
        e.facts["started"] <= min(one.first, one.today) and (e.facts["ended"] is None or one.first < e.facts["ended"])
        for e in of_child(one.known, "Placement", child.id)
    )
    return listed or placed or any("attendance" in said.lower() for said in one.event.facts.get("concerns", ()))


def ten_days(known: Known, since: datetime, as_at: datetime) -> dict[str, TenDays]:
    """CME-10D: by child."""
    found = {}
    for child in sorted({e.child.id for e in known.events if e.child is not None}):
        days: list[float] = [0.0]
        for event in of_child(known, "MissingEducation", child):
            ended = event.facts.get("ended")
            if event.facts["started"] <= as_at.date() and (ended is None or ended > as_at.date()):
                one = Entry(known, event, as_at)
                span = (as_at.date() - one.first).days
                days.append(sum(one.days.open(one.first + n * DAY) for n in range(span + 1)))
        terms: dict[Any, float] = {}
        for event in of_child(known, "SchoolAbsence", child):
            first = next(side.first for side in event.of("HAD"))
            if (
                event.facts["kind"] == "sessions"
                and event.facts["code"] in ("G", "N", "O", "U")
                and since <= first <= as_at
            ):
                terms[first] = terms.get(first, 0.0) + event.facts["sessions"]
        days += [sessions / 2 for sessions in terms.values()]
        rolls = of_child(known, "Enrolment", child)
        shares = {
            e.record: e.facts["sessions_unauthorised"] / e.facts["sessions_possible"]
            for e in rolls
            if e.facts.get("sessions_possible") and e.extract >= day_of(since)
        }
        share = max(shares.values(), default=None)
        telling = frozenset(record for record, told in shares.items() if told == share)
        newest = max((e.extract for e in rolls), default=None)
        on_roll = [
            e.facts.get("part_time") for e in rolls if e.extract == newest and by(e.facts.get("ended"), as_at) is None
        ]
        part_time = True in on_roll or (False if False in on_roll else None)
        fires = max(days) >= 10 or (share is not None and share >= 0.1)
        if fires or max(days) >= 9:
            found[child] = "fired" if fires else "just short", max(days), share, telling, part_time
    return found
