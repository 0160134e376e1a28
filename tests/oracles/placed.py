"""Placements, moves and ages in plain Python: PLACEMENT-UNSTABLE, TRAFFICKED-EARLY, MOVED-IN, MOVED-OUT, TURNING-18."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.oracles import episodes
from tests.oracles.known import Event, Known, replaced
from tests.oracles.thresholds import Records, state

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)
NAMES = {"quillhaven": "997", "ostermere": "998"}
CSE = ("cse", "nrm")
CSE_KINDS = ("CSE", "Child exploitation screening")


def midnight(day: date) -> datetime:
    """When a day begins in London, as UTC without a zone."""
    return datetime.combine(day, time(), LONDON).astimezone(ZoneInfo("UTC")).replace(tzinfo=None)


def day_of(moment: datetime) -> date:
    """London's day."""
    return moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(LONDON).date()


def of_children(known: Known, label: str) -> dict[str, list[Event]]:
    """Each child's events of a label."""
    found: dict[str, list[Event]] = {}
    for event in known.labelled(label):
        if event.child is not None:
            found.setdefault(event.child.id, []).append(event)
    return found


def placed(known: Known, as_at: datetime) -> dict[str, list[Event]]:
    """Each child's placements that had begun, in order."""
    found = of_children(known, "Placement")
    had = {child: [p for p in each if p.facts["started"] <= day_of(as_at)] for child, each in found.items()}
    return {
        child: sorted(each, key=lambda p: (p.facts["started"], _end(p, as_at))) for child, each in had.items() if each
    }


def _end(placement: Event, as_at: datetime) -> date:
    ended = placement.facts.get("ended")
    return ended if ended is not None and ended <= day_of(as_at) else date.max


def unstable(known: Known, since: datetime, as_at: datetime, least: int) -> dict[str, tuple[str, int, int]]:
    """By child: how it stands, placements open in the window, and moves within a week after an episode."""
    all_stays = {c: episodes.counting(s) for c, s in episodes.told(known.labelled("Episode"), as_at).items()}
    found = {}
    for child, each in placed(known, as_at).items():
        firsts = [
            n
            for n, p in enumerate(each)
            if not (n and p.facts.get("reason_new") == "L" and _end(each[n - 1], as_at) == p.facts["started"])
        ]
        lasts = [n - 1 for n in firsts[1:]] + [len(each) - 1]
        spans = [(each[a].facts["started"], _end(each[b], as_at)) for a, b in zip(firsts, lasts, strict=True)]
        open_ = [(n, s) for n, (s, e) in enumerate(spans) if e == date.max or midnight(e) > since]
        moves = 0
        for number, start in open_:
            gone = [
                s for s in all_stays.get(child, []) if day_of(s.started) <= start <= day_of(s.ended or as_at) + 7 * DAY
            ]
            moves += bool(number and midnight(start) > since and gone)
        found[child] = (state(len(open_), least), len(open_), moves)
    return {child: one for child, one in found.items() if one[0] != "not fired"}


def on_list(entries: Iterable[Event], lists: Iterable[str], day: date) -> list[Event]:
    """The entries on one of the lists that stood on that day."""
    return [
        e
        for e in entries
        if e.facts["list"] in lists and e.facts["added"] <= day and (e.facts.get("removed") or date.max) > day
    ]


def trafficked(known: Known, since: datetime, as_at: datetime) -> dict[str, tuple[float, date]]:
    """Children missing within a week of becoming looked after, while unaccompanied or a potential victim."""
    entries, every = of_children(known, "ListEntry"), placed(known, as_at)
    found = {}
    for child, stays in episodes.by_child(known, "missing", as_at).items():
        near = []
        for stay in episodes.counting(stays):
            day = day_of(stay.started)
            covers = [(p.facts["started"], _end(p, as_at)) for p in every.get(child, [])]
            if stay.started <= since or not on_list(entries.get(child, []), ("uasc", "nrm"), day):
                continue
            first = day
            while any(start <= first - DAY <= end for start, end in covers):
                first -= DAY
            if any(start <= day <= end for start, end in covers):
                gone = (stay.started - midnight(first + DAY)) / timedelta(hours=1)
                near.append((max(gone, 0.0), first))
        if near and min(near)[0] <= 7 * 24:
            found[child] = min(near)
    return found


def risks(known: Known, as_at: datetime, *, ever: bool = False) -> dict[str, Records]:
    """By child: the records that say on that day that they were at risk of exploitation, or ever did until then."""
    found: dict[str, set[str]] = {}
    for child, entries in of_children(known, "ListEntry").items():
        stood = [e for e in entries if e.facts["list"] in CSE and (not ever or e.facts["added"] <= day_of(as_at))]
        found.setdefault(child, set()).update(e.record for e in (stood if ever else on_list(stood, CSE, day_of(as_at))))
    for child, entries in of_children(known, "RiskAssessment").items():
        of_cse = [e for e in entries if e.facts["kind"] in CSE_KINDS and e.facts["at"] <= day_of(as_at)]
        high = [e for e in of_cse if e.facts["level"] in ("high", "medium") and (ever or not replaced(e, of_cse))]
        found.setdefault(child, set()).update(e.record for e in high)
    return {child: frozenset(records) for child, records in found.items() if records}


def moved(known: Known, since: datetime, as_at: datetime) -> dict[str, list[tuple[date, str]]]:
    """By child: the days on which they were placed in another area than the last one and their council's, and which."""
    hosts: dict[str, set[str]] = {}
    for event in known.labelled("Description"):
        for side in event.of("DESCRIBED_BY"):
            if event.facts.get("authority"):
                said = str(event.facts["authority"])
                hosts.setdefault(side.thing.id, set()).add(NAMES.get(said.casefold(), said))
    found = {}
    for child, each in placed(known, as_at).items():
        before: set[str] = set()
        moves = []
        for day in sorted({p.facts["started"] for p in each}):
            here = [p for p in each if p.facts["started"] == day]
            homes = {side.thing.id for p in here for side in p.of("PLACED_IN")}
            now = set().union(*(hosts.get(home, set()) for home in homes))
            away = now - before - {p.agency for p in here}
            if away and midnight(day) > since:
                moves.append((day, min(away)))
            before = now
        found[child] = moves
    return found


def moved_in(known: Known, since: datetime, as_at: datetime) -> dict[str, tuple[str, date, str]]:
    """By child: whether a risk is known, the latest move into the partnership's area, and whose it is."""
    risky = risks(known, as_at)
    here = {c: [m for m in moves if m[1] in NAMES.values()] for c, moves in moved(known, since, as_at).items()}
    return {c: ("fired" if c in risky else "just short", *moves[-1]) for c, moves in here.items() if moves}


def moved_out(known: Known, since: datetime, as_at: datetime) -> dict[str, tuple[date, str, Records, datetime | None]]:
    """By child: the latest move, whose area, notices in force, and when that authority was first told of anything."""
    notices, told = of_children(known, "Notice"), of_children(known, "Notification")
    found = {}
    for child, moves in moved(known, since, as_at).items():
        if moves:
            day, host = moves[-1]
            force = frozenset(
                n.record
                for n in notices.get(child, [])
                if n.facts["served"] <= day_of(as_at) < (n.facts.get("expires") or date.max)
            )
            when = [
                t.facts["at"]
                for t in told.get(child, [])
                if t.facts.get("told") == "host authority" and not t.facts.get("not_told_because") and t.facts.get("at")
            ]
            since_then = [at for at in when if max(midnight(day), since) <= at <= as_at]
            found[child] = (day, host, force, min(since_then, default=None))
    return found


def turning(known: Known, since: datetime, as_at: datetime, months: int, least: int) -> dict[str, tuple[date, bool]]:
    """By child: the birthday that meets the rule, and whether it is past."""
    births: dict[str, set[date]] = {}
    for event in known.labelled("Description"):
        for side in event.of("DESCRIBED_BY"):
            if side.thing.kind == "Child" and event.facts.get("born"):
                births.setdefault(side.thing.id, set()).add(event.facts["born"])
    today, entries = day_of(as_at), of_children(known, "ListEntry")
    now, ever = risks(known, as_at), risks(known, as_at, ever=True)
    often = {
        child
        for child, stays in episodes.by_child(known, "missing", as_at).items()
        if sum(s.started > since for s in episodes.counting(stays)) >= least
    }
    found = {}
    for child, born in births.items():
        at_risk = child in now or child in often or on_list(entries.get(child, []), ("gangs",), today)
        near, past = [], []
        for one in born:
            turns = one.replace(year=one.year + 18)
            left = (turns.year - today.year) * 12 + turns.month - today.month - (1 if turns.day <= today.day else 0)
            if at_risk and today < turns and (left < months or (left == months and turns.day == today.day)):
                near.append(turns)
            if child in ever and turns <= today < one.replace(year=one.year + 25):
                past.append(turns)
        if near or past:
            found[child] = (max(near), False) if near else (max(past), True)
    return found
