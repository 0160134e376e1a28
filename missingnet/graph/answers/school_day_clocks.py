"""CME-DAY1, CME-DAY3, CME-DAY2-28 and CME-4W: the day-by-day path of a child missing education (Procedures)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Final

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.clock_row import ClockRow, Noted
from missingnet.graph.answers.event_facts import words
from missingnet.graph.answers.school_day_facts import Missed, SchoolDayFacts, answer_of
from missingnet.graph.answers.ties import texts
from missingnet.graph.clocks import working_days_after
from missingnet.graph.times import start_of_day, utc_to_london

SCHOOL: Final = "school contacts home and assesses"
SCHOOL_TELLS: Final = "school tells the education welfare service"
TEAM: Final = "CME team checks"
REFER: Final = {"police_told": "Police told", "social_care_told": "Social care told"}


class PathFacts(SchoolDayFacts):
    """One child's entries on the register, asked about one step of the path."""

    @classmethod
    def derive(cls, rows: Sequence[PathFacts], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Each entry's clock of the rule asked, what is broken first."""
        return answer_of([_STEPS[asked.rule](one, asked) for child in rows for one in child.missed(asked)], asked)


def _first_day(one: Missed, asked: Asked) -> ClockRow:
    """CME-DAY1: home contacted and assessed on the first day; referred at once where a trigger stands."""
    triggers = _triggers(one, asked)
    steps = ("home_contacted", "assessed", *(REFER if triggers else ()))
    of = one.clock(one.first, one.first, steps)
    at_once = f"; to be referred at once: {', '.join(t.words.lower() for t in triggers)}" if triggers else ""
    facts = [*triggers, *one.noted(home_contacted="Home contacted", assessed="Assessed", **REFER)]
    left = [name for name in steps if one.step(name) is None]
    state = "not referred" if left and set(left) <= set(REFER) else ""
    return one.owed(of, steps, f"contact home and assess on day one{at_once}", facts, SCHOOL, state=state)


def _triggers(one: Missed, asked: Asked) -> list[Noted]:
    """Why the child is to be referred to police and social care at once."""
    found = []
    names = {"cp": "On a child protection plan", "s47": "Subject of an enquiry under section 47"}
    for entry in sorted(one.facts.lists, key=lambda entry: (entry.list, entry.record)):
        if entry.list in asked.parameters["lists"] and entry.during(one.first, one.until):
            found.append(Noted(words=names.get(entry.list, f"On the list {entry.list}"), records=(entry.record,)))
    placed = texts(p.record for p in one.facts.placements if p.on(one.first))
    if placed:
        found.append(Noted(words="Looked after", records=placed))
    wanted = [word.lower() for word in asked.parameters["concerns"]]
    said = [concern for concern in one.entry.concerns if any(word in concern.lower() for word in wanted)]
    return [*found, *(Noted(words=concern, records=(one.entry.record,)) for concern in said)]


def _third_day(one: Missed, asked: Asked) -> ClockRow:
    """CME-DAY3: the education welfare service told once three school days are over."""
    days, within = asked.parameters["days"], asked.parameters["refer_days"]
    last = one.calendar.nth(one.first, days)
    until = last + timedelta(days=within)
    facts = one.noted(welfare_told="Education welfare service told", **REFER)
    facts.append(Noted(words=f"Police and social care as appropriate by {words(until)}", records=()))
    if one.entry.ended is not None and one.entry.ended <= last:
        why = f"resolved {words(one.entry.ended)}, within {days} school days"
        return one.row("resolved before", "not owed", None, why, facts)
    if one.today < last:
        return one.row("not due", "not owed", None, f"day {days} is {words(last)}", facts)
    of = one.clock(last, last, ("welfare_told",))
    why = f"unresolved on day {days}, {words(last)}"
    return one.owed(of, ("welfare_told",), why, facts, SCHOOL_TELLS)


def _to_day_28(one: Missed, asked: Asked) -> ClockRow:
    """CME-DAY2-28: home and databases checked, and reassessed jointly, from day two to day 28."""
    days = asked.parameters["days"]
    second, last = one.first + timedelta(days=1), one.first + timedelta(days=days - 1)
    steps = {
        "home_checked": "Home checked",
        "databases_checked": "Databases checked",
        "reassessed": "Reassessed jointly",
    }
    facts = one.noted(**steps)
    if one.today < second:
        return one.row("not due", "not owed", None, f"day two is {words(second)}", facts)
    why = f"home and database checks and a joint reassessment by day {days}, {words(last)}"
    return one.owed(one.clock(second, last, tuple(steps)), tuple(steps), why, facts, TEAM)


def _four_weeks(one: Missed, asked: Asked) -> ClockRow:
    """CME-4W: not off the roll before four weeks; then the file uploaded and the CME team told."""
    weeks, days = asked.parameters["weeks"], asked.parameters["working_days"]
    four = one.first + timedelta(weeks=weeks)
    off = one.step("off_roll")
    steps = {"transfer_file": "Common Transfer File uploaded", "cme_team_told": "CME team told"}
    facts = one.noted(off_roll="Removed from roll", **steps)
    if off is not None and off < four:
        of = one.clock(four, four, ("off_roll",))
        why = f"removed from roll {words(off)}, before four weeks are over {words(four)}"
        return one.row(
            "removed early", "broken", of, why, facts, who_acts="school puts the child back on roll", answered=True
        )
    if one.entry.ended is not None and one.entry.ended < four and off is None:
        why = f"resolved {words(one.entry.ended)}, before four weeks are over"
        return one.row("resolved before", "not owed", None, why, facts)
    if one.today < four:
        return one.row("not due", "not owed", None, f"stays on roll until {words(four)}", facts)
    begun = off or four
    due = utc_to_london(working_days_after(start_of_day(begun), days)).date() - timedelta(days=1)
    why = f"{'off the roll' if off else 'four weeks over'} {words(begun)}; {days} working days allowed"
    return one.owed(one.clock(begun, due, tuple(steps)), tuple(steps), why, facts, "school uploads and tells the team")


_STEPS: Mapping[str, Callable[[Missed, Asked], ClockRow]] = {
    "CME-DAY1": _first_day,
    "CME-DAY3": _third_day,
    "CME-DAY2-28": _to_day_28,
    "CME-4W": _four_weeks,
}
