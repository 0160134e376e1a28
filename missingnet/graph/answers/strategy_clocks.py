"""STRAT-72H and STRAT-7D-HOME: the strategy meeting for a child who is missing (Procedures §3; missing from home)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.clock_facts import Owing, answer_of, said
from missingnet.graph.answers.clock_row import ClockRow, Noted
from missingnet.graph.answers.event_facts import words
from missingnet.graph.answers.listed_facts import ListedFacts
from missingnet.graph.answers.meetings_matched import Meetings, MeetingTold, meetings_of
from missingnet.graph.answers.police_council_mismatch import FileTold
from missingnet.graph.answers.ties import texts
from missingnet.graph.clocks import (
    SOCIAL_WORKER,
    TEAM_MANAGER,
    Clock,
    Standing,
    clock,
    hours_between,
    working_days_after,
)

#: Still open and short of the hours at which the rule fires.
NOT_DUE: Final = "not due"


class MeetingFacts(ListedFacts):
    """One child's episodes about the window and meetings of any time; the files are those of meetings."""

    meetings: tuple[MeetingTold, ...] = Field(description="Meetings, of any time", strict=False)
    care_files: tuple[FileTold, ...] = Field(
        description="What the files seen of placements or lists cover", strict=False
    )

    def known_of(self, moment: datetime) -> bool:
        """True when files seen say whether the child was looked after then, or on such a list."""
        return any(file.covers(moment) for file in self.care_files)


class StrategyFacts(MeetingFacts):
    """The same, for a looked after child missing over 72 hours."""

    @classmethod
    def derive(cls, rows: Sequence[StrategyFacts], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Each episode that lasts so long, what is broken first."""
        hours = asked.parameters["open_hours"]
        return _answer(rows, asked, _looked_after, f"Episodes that ended within {hours} hours")


class HomeStrategyFacts(MeetingFacts):
    """The same, for a child at home on a child protection plan or subject of an enquiry under section 47."""

    @classmethod
    def derive(cls, rows: Sequence[HomeStrategyFacts], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Each episode of such a child, what is broken first."""
        which = f"Children on none of the lists {', '.join(asked.parameters['lists'])} that are seen, and episodes that"
        return _answer(rows, asked, _at_home, f"{which} ended within {asked.parameters['days']} days,")


RowOf = Callable[[MeetingFacts, Owing, Meetings, Asked], ClockRow]


def _answer(rows: Sequence[MeetingFacts], asked: Asked, row_of: RowOf, which: str) -> tuple[Sequence[Row], list[str]]:
    """The rows of one of the two rules; what is not owed is told only of the child asked about."""
    found = []
    for child in rows:
        gone = [one for one in child.owing(asked) if one.episode.kind in asked.parameters["starts_for"]]
        meetings = meetings_of(gone, child.meetings)
        for one in gone:
            if one.within(asked.parameters["since"]):
                row = row_of(child, one, meetings[one.record], asked)
                if asked.about is not None or row.due is not None or row.state == NOT_DUE:
                    found.append(row)
    shown, notes = answer_of(found, asked)
    notes.append(f"{which} need no meeting by this rule and are not listed; ask about the child to see them.")
    return shown, notes


def _not_owed(one: Owing, state: str, why: str, meetings: Meetings, facts: Sequence[Noted], **acts: str) -> ClockRow:
    standing: Standing = "not provided" if state == "not provided" else "not owed"
    return one.row(state, standing, None, why, answered_by=meetings.records, facts=facts, **acts)


def _looked_after(child: MeetingFacts, one: Owing, meetings: Meetings, asked: Asked) -> ClockRow:
    """STRAT-72H for one episode."""
    facts = [*one.noted(asked.as_at), *_forward(child, one, asked)]
    if one.placed is None:
        if not child.known_of(one.episode.started):
            why = "no file of placements covers the time: whether the child was looked after is not known"
            return _not_owed(one, "not provided", why, meetings, facts)
        why = "no placement was open when the episode began: not looked after, by the records"
        return _not_owed(one, "not looked after", why, meetings, facts)
    hours, days = asked.parameters["open_hours"], asked.parameters["working_days"]
    mark = one.episode.started + timedelta(hours=hours)
    if one.over is not None and one.over <= mark:
        lasted = hours_between(one.episode.started, one.over)
        why = f"back {said(one.over)}, after {lasted:g} hours; the rule needs more than {hours}"
        return _not_owed(one, "returned before", why, meetings, facts)
    if asked.as_at <= mark:
        why = f"missing from {said(one.episode.started)}; {hours} hours are up {said(mark)}"
        return _not_owed(one, NOT_DUE, why, meetings, facts, who_acts=SOCIAL_WORKER)
    of = clock(mark, working_days_after(mark, days), asked.as_at, meetings.done(mark, asked.as_at))
    why = f"looked after and missing over {hours} hours at {said(mark)}; {days} working days allowed"
    return _owed(child, one, meetings, of, why, facts)


def _at_home(child: MeetingFacts, one: Owing, meetings: Meetings, asked: Asked) -> ClockRow:
    """STRAT-7D-HOME for one episode."""
    facts = [*one.noted(asked.as_at), *_forward(child, one, asked)]
    if one.placed is not None:
        return _not_owed(one, "looked after", "a placement was open: not at home; see STRAT-72H", meetings, facts)
    entries = child.on_list(one, asked.as_at, *asked.parameters["lists"])
    if not entries:
        if not child.known_of(one.episode.started):
            why = "no file with the lists of child protection plans or section 47 enquiries covers the time"
            return _not_owed(one, "not provided", why, meetings, facts)
        why = "on no child protection plan and subject of no enquiry under section 47 while missing"
        return _not_owed(one, "no such plan", why, meetings, facts)
    names = {"cp": "On a child protection plan", "s47": "Subject of an enquiry under section 47"}
    facts += [
        Noted(words=names.get(entry.list, f"On the list {entry.list}"), records=(entry.record,)) for entry in entries
    ]
    days = asked.parameters["days"]
    due = one.episode.started + timedelta(days=days)
    of = clock(one.episode.started, due, asked.as_at, meetings.done(one.episode.started, asked.as_at))
    why = f"missing from home from {said(one.episode.started)}; {days} days allowed"
    if one.over is not None and one.over <= due:
        held = f"; a meeting was held all the same {words(meetings.held.held)}" if meetings.held else ""
        return _not_owed(one, "returned before", f"{why}; back {said(one.over)}{held}", meetings, facts)
    return _owed(child, one, meetings, of, why, facts)


def _owed(child: MeetingFacts, one: Owing, meetings: Meetings, of: Clock, why: str, facts: Sequence[Noted]) -> ClockRow:
    """The row of an episode for which a meeting is owed."""
    held, ahead = meetings.held, meetings.due
    state, standing, acts = "", of.standing, ""
    if of.done is not None and held is not None:
        state = "held in time" if standing == "met" else "held late"
        why = f"{why}; held {words(held.held)}"
    elif standing == "running":
        state, acts = ("arranged", TEAM_MANAGER) if ahead else ("running", SOCIAL_WORKER)
        why = f"{why}; {of.words}; {'arranged, not held' if ahead else 'no meeting is recorded'}"
    else:
        state, acts = ("arranged, not held", TEAM_MANAGER) if ahead else ("overdue", SOCIAL_WORKER)
        why = f"{why}; {of.words}; {'arranged, not held' if ahead else 'no meeting is recorded'}"
        if not ahead and not child.covered(of.due):
            state, standing, why = "not provided", "not provided", f"{why}; no file with meetings covers the time"
    return one.row(
        state,
        standing,
        of,
        why,
        who_acts=acts,
        owed_by=one.council,
        worker=next((one.arranged_by for one in (held, ahead) if one is not None), None),
        answered_by=meetings.records,
        facts=(*facts, *meetings.noted(of.due)),
    )


def _forward(child: MeetingFacts, one: Owing, asked: Asked) -> list[Noted]:
    """Why a meeting may be brought forward: the episode's risk is high, or the child is on the CSE list."""
    found = []
    if asked.parameters["high_risk"] in child.risk(one):
        found.append(Noted(words="May be brought forward: the risk is graded high", records=(one.record,)))
    if listed := child.on_list(one, asked.as_at, *asked.parameters["forward_lists"]):
        names = " and ".join(sorted({entry.list.upper() for entry in listed}))
        records = texts(entry.record for entry in listed)
        found.append(Noted(words=f"May be brought forward: on the list {names}", records=records))
    return found
