"""STRAT-72H, STRAT-7D-HOME, STRAT-GROUP, RA-UPDATE, NOTIFY and OOA-NOTIFY in plain Python, episode by episode."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from missingnet.graph.terms import OPEN
from missingnet.graph.times import start_of_day
from tests.oracles.clocks import Away, Row, away, by, covers, day_of, of_child, open_or_done, value, working
from tests.oracles.known import Event, Known

SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Told:
    """One example, asked as at an instant."""

    known: Known
    keys: dict[str, str]
    since: datetime
    as_at: datetime

    def away(self) -> list[Away]:
        return list(away(self.known, self.keys, self.as_at))

    def owing(self) -> Iterable[tuple[Away, list[Away]]]:
        """Missing episodes in the window, each with all of the child's."""
        found = self.away()
        for one in found:
            if one.kind == "missing" and (one.started if one.over is None else one.over) >= self.since:
                yield one, [other for other in found if other.child == one.child]

    def covered(self, label: str, moment: datetime, kinds: Any = None) -> bool:
        return covers(self.known, label, moment, (self.since, self.as_at), set(), kinds)

    def done(self, day: date, least: datetime) -> datetime:
        return max(min(start_of_day(day) + SECOND, self.as_at), least)

    def placed(self, child: str, day: date) -> Event | None:
        standing = [
            e
            for e in of_child(self.known, "Placement", child)
            if e.facts["started"] <= min(day, self.as_at.date())
            and (e.facts["ended"] is None or day < e.facts["ended"])
        ]
        return max(standing, key=lambda e: (e.facts["started"], e.record), default=None)

    def of_episode(self, one: Away, mine: list[Away], told: list[Event], last: Any) -> list[Event]:
        """What is told of the episode: by its names, and of what names none all for which it is the last."""
        found = []
        for event in told:
            about = event.facts.get("episode_reference")
            if about is not None:
                found += [event] if about in one.names else []
                continue
            before = [
                other for other in mine if last(other) is not None and last(other) <= _day_or_time(event, last(other))
            ]
            if before and max(before, key=lambda o: (_sort(o, last), self.keys[o.stay.record])) is one:
                found.append(event)
        return found

    def meetings(self, one: Away, mine: list[Away]) -> list[Event]:
        told = [
            e
            for e in of_child(self.known, "Meeting", one.child)
            if e.facts["kind"] == "strategy" and start_of_day(e.facts["arranged"]) <= self.as_at
        ]
        gone = [other for other in mine if other.kind == "missing"]
        return self.of_episode(one, gone, told, lambda o: day_of(o.started))

    def on_list(self, one: Away, *names: str) -> bool:
        first, last = day_of(one.started), day_of(one.over or self.as_at)
        return any(
            e.facts["list"] in names
            and e.facts["added"] <= min(last, self.as_at.date())
            and (e.facts["removed"] is None or e.facts["removed"] > first)
            for e in of_child(self.known, "ListEntry", one.child)
        )


def _sort(one: Away, last: Any) -> Any:
    """By when it began, or where it is its end that counts by that."""
    return one.started if last(one) in (one.started, day_of(one.started)) else one.over


def _day_or_time(event: Event, like: Any) -> Any:
    facts = event.facts
    if event.label == "Meeting":
        held = facts.get("held")
        return held if held is not None and held <= AS_AT_DAY else facts.get("planned") or facts["arranged"]
    return facts["at"]


AS_AT_DAY = date(2026, 11, 1)


def _held(told: Told, of: list[Event]) -> date | None:
    return min((day for e in of if (day := by(e.facts.get("held"), told.as_at)) is not None), default=None)


def _strategy(told: Told, of: list[Event], start: datetime, due: datetime) -> Row:
    records = frozenset(e.record for e in of)
    held = _held(told, of)
    if held is not None:
        standing = open_or_done(due, told.done(held, start), told.as_at)
        return f"held {'in time' if standing == 'met' else 'late'}", standing, due, records
    standing = open_or_done(due, None, told.as_at)
    if standing == "running":
        return "arranged" if of else "running", standing, due, records
    if of:
        return "arranged, not held", standing, due, records
    if told.covered("Meeting", due, ["strategy"]):
        return "overdue", standing, due, records
    return "not provided", "not provided", due, records


def looked_after(told: Told) -> dict[str, Row]:
    """STRAT-72H."""
    found: dict[str, Row] = {}
    for one, mine in told.owing():
        mark = one.started + timedelta(hours=value("STRAT-72H", "open_hours", told.as_at))
        if told.placed(one.child, day_of(one.started)) is None or (one.over is not None and one.over <= mark):
            continue
        of = told.meetings(one, mine)
        if told.as_at <= mark:
            found[one.stay.record] = "not due", "not owed", None, frozenset(e.record for e in of)
        else:
            days = value("STRAT-72H", "working_days", told.as_at)
            found[one.stay.record] = _strategy(told, of, mark, working(day_of(mark), days))
    return found


def at_home(told: Told) -> dict[str, Row]:
    """STRAT-7D-HOME."""
    found: dict[str, Row] = {}
    for one, mine in told.owing():
        if told.placed(one.child, day_of(one.started)) is not None or not told.on_list(one, "cp", "s47"):
            continue
        due = one.started + timedelta(days=value("STRAT-7D-HOME", "days", told.as_at))
        of = told.meetings(one, mine)
        if one.over is not None and one.over <= due:
            continue
        found[one.stay.record] = _strategy(told, of, one.started, due)
    return found


def assessed(told: Told) -> dict[str, Row]:
    """RA-UPDATE."""
    found: dict[str, Row] = {}
    for one, mine in told.owing():
        if told.placed(one.child, day_of(one.started)) is None:
            continue
        made = [e for e in of_child(told.known, "RiskAssessment", one.child) if e.facts["at"] <= told.as_at.date()]
        made = told.of_episode(one, mine, made, lambda o: None if o.over is None else day_of(o.over))
        records = frozenset(e.record for e in made)
        if one.over is None:
            found[one.stay.record] = "not due", "not owed", None, records
            continue
        due = working(day_of(one.over), value("RA-UPDATE", "working_days", told.as_at))
        first = min((e.facts["at"] for e in made), default=None)
        standing = open_or_done(due, None if first is None else told.done(first, one.over), told.as_at)
        state = {"met": "updated in time", "late": "updated late", "running": "running", "broken": "overdue"}[standing]
        if standing == "broken" and not told.covered("RiskAssessment", due):
            state = standing = "not provided"
        found[one.stay.record] = state, standing, due, records
    return found


SAME = {"social worker": {"social worker", "duty team"}}
#: What a report of an episode calls those who were told by it.
REPORTED = {"IRO": {"iro", "independent reviewing officer"}, "parents": {"parent", "parents"}}
REPORTED["social worker"] = REPORTED["responsible authority"] = {"social worker", "emergency duty team", "edt"}
SAME["responsible authority"] = {"responsible authority", *SAME["social worker"]}


def notified(told: Told, rule: str) -> dict[str, tuple[str, set[tuple[str, str, str]]]]:
    """NOTIFY and OOA-NOTIFY: the standing, and each party, occasion and state."""
    found = {}
    for one, mine in told.owing():
        placed = told.placed(one.child, day_of(one.started))
        if placed is None:
            continue
        away_from_home = _out_of_area(told, placed)
        if rule == "NOTIFY":
            parties = ["police", "social worker", "parents", "IRO", *(["host authority"] if away_from_home else [])]
            own = [e for e in told.known.labelled("Episode") if told.keys[e.record] in one.names]
            parties += ["UK Missing Persons Bureau", "CEOP"] if any(e.facts.get("risk") == "high" for e in own) else []
            parties += ["Home Office"] if told.on_list(one, "uasc", "nrm") else []
        elif away_from_home:
            parties = ["responsible authority", "host authority"]
        else:
            continue
        found[one.stay.record] = _parties(told, one, mine, parties, timedelta(hours=value(rule, "hours", told.as_at)))
    return found


def _out_of_area(told: Told, placed: Event) -> bool:
    homes = {side.thing for side in placed.of("PLACED_IN")}
    hosts = {
        e.facts["authority"]
        for e in told.known.labelled("Description")
        if e.facts.get("authority") and any(side.thing in homes for side in e.of("DESCRIBED_BY"))
    }
    names = {
        n.split(" ", 1)[1] for n in value("NOTIFY", "authorities", told.as_at) if n.startswith(f"{placed.agency} ")
    }
    return bool(hosts) and bool(names) and not hosts & {*names, placed.agency}


def _parties(
    told: Told, one: Away, mine: list[Away], parties: list[str], hours: timedelta
) -> tuple[str, set[tuple[str, str, str]]]:
    events = [e for e in of_child(told.known, "Notification", one.child) if e.facts["at"] <= told.as_at]
    events = told.of_episode(one, mine, events, lambda o: o.started)
    own = [e for e in told.known.labelled("Episode") if told.keys[e.record] in one.names]
    states, late, left = set(), False, []
    for occasion, start in (("missing", one.started), ("return", one.over)):
        if start is None:
            continue
        due = start + hours
        for party in parties:
            same = SAME.get(party, {party})
            of = [e for e in events if e.facts["occasion"] == occasion and e.facts["told"] in same]
            yes = [e.facts["at"] for e in of if e.facts.get("not_told_because") is None]
            said = {word.casefold() for e in own for word in e.facts.get("notified") or ()}
            report = occasion == "missing" and bool(said & REPORTED.get(party, set()))
            if party == "police":
                police = [e for e in own if e.source in ("police_missing", "police_absent")]
                report = any(
                    occasion == "missing" or (e.facts.get("ended") or told.as_at + hours) <= told.as_at for e in police
                )
            if yes or report:
                state = "told"
                late |= bool(yes) and min(yes) > due
            elif of:
                state = "not told, with a reason"
            else:
                state = "not recorded" if told.covered("Notification", min(due, told.as_at)) else "not provided"
                left.append((state, due < told.as_at))
            states.add((party, occasion, state))
    over = [state for state, is_over in left if is_over]
    if left:
        standing = "running" if not over else "broken" if "not recorded" in over else "not provided"
    else:
        standing = "late" if late else "met"
    return standing, states


def together(told: Told) -> dict[frozenset[str], tuple[frozenset[str], str]]:
    """STRAT-GROUP: by the episodes of a group its children, and the state."""
    within = timedelta(hours=value("STRAT-GROUP", "together_hours", told.as_at))
    everyone = told.away()
    gone = [one for one in everyone if one.kind == "missing" and one.started >= told.since]
    ties = {}
    for one in gone:
        own = [e for e in told.known.labelled("Episode") if told.keys[e.record] in one.names]
        sides = [(side.type, side.thing.id) for e in own for side in e.of("WENT_WITH", "STARTED_AT")]
        ties[one] = {kind: {thing for type_, thing in sides if type_ == kind} for kind in ("WENT_WITH", "STARTED_AT")}
    group = {one: {one} for one in gone}
    for a in gone:
        for b in gone:
            apart = a.started >= (b.over or OPEN) or b.started >= (a.over or OPEN)
            near = abs(a.started - b.started) <= within and ties[a]["STARTED_AT"] & ties[b]["STARTED_AT"]
            if a.child != b.child and not apart and (near or b.child in ties[a]["WENT_WITH"]):
                both = group[a] | group[b]
                for one in both:
                    group[one] = both
    found = {}
    for one in gone:
        children = frozenset(each.child for each in group[one])
        if len(children) > 1:
            records = frozenset(each.stay.record for each in group[one])
            found[records] = children, _joint(told, group[one], children, everyone)
    return found


def _joint(told: Told, group: set[Away], children: frozenset[str], everyone: list[Away]) -> str:
    refs: dict[str, set[str]] = {}
    for one in group:
        mine = [other for other in everyone if other.child == one.child]
        for meeting in told.meetings(one, mine):
            if by(meeting.facts.get("held"), told.as_at) is not None:
                refs.setdefault(meeting.facts["meeting_reference"], set()).add(one.child)
    joint = [found for found in refs.values() if len(found) > 1]
    held = set().union(*refs.values()) if refs else set()
    if any(found == children for found in joint):
        return "joint meeting"
    if joint:
        return "joint meeting for some"
    if held:
        return "separate meetings" if held == children else "meeting for some"
    covered = any(told.covered("Meeting", one.started, ["strategy"]) for one in group)
    return "no meeting recorded" if covered else "not provided"
