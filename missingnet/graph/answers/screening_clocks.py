"""CSE-SCREEN: every missing child screened for exploitation, radicalisation considered (Framework; Procedures)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.clock_facts import ChildFacts, Owing, answer_of, said
from missingnet.graph.answers.clock_row import ClockRow, Noted
from missingnet.graph.answers.event_facts import words
from missingnet.graph.answers.same_episode import began
from missingnet.graph.clocks import clock, done_on, working_days_after
from missingnet.graph.times import utc_to_london

WHO = "social worker screens"


class ScreeningTold(Row):
    """One screening or assessment of exploitation."""

    record: str = Field(description="The record")
    agency: str = Field(description="Whose record")
    about: str | None = Field(description="The reference of the episode that it followed; None: not recorded")
    at: date = Field(description="The day")
    level: str | None = Field(description="Its result; None: not recorded")
    assessor: str | None = Field(description="By whom; None: not recorded")
    radicalisation: bool | None = Field(description="Whether radicalisation was considered; None: not recorded")


class ScreeningFacts(ChildFacts):
    """One child's episodes about the window and screenings of any time."""

    screenings: tuple[ScreeningTold, ...] = Field(description="Screenings, of any time", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[ScreeningFacts], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Each missing episode's screening, what is broken first."""
        found, left_out = [], 0
        for child in rows:
            for one in child.owing(asked):
                if one.within(asked.parameters["since"]):
                    owed = one.episode.kind in asked.parameters["starts_for"]
                    left_out += not owed
                    if owed or asked.about is not None:
                        found.append(_row(child, one, asked))
        shown, notes = answer_of(found, asked, left_out if asked.about is None else 0)
        return shown, notes


def _answering(child: ScreeningFacts, one: Owing, fresh: timedelta) -> ScreeningTold | None:
    """The screening that names the episode, else the first since it began, else the latest that is fresh enough."""
    told = sorted(child.screenings, key=lambda s: (s.at, s.record, repr(s)))
    named = [s for s in told if s.about is not None and s.about in one.references]
    day = utc_to_london(one.episode.started).date()
    since = [s for s in told if s.at >= day]
    before = [s for s in told if day - fresh <= s.at < day]
    return next(iter(named or since or before[-1:]), None)


def _row(child: ScreeningFacts, one: Owing, asked: Asked) -> ClockRow:
    facts = one.noted(asked.as_at)
    if one.episode.kind not in asked.parameters["starts_for"]:
        why = f"none is owed for an episode recorded as {one.episode.kind}"
        return one.row("not owed", "not owed", None, why, facts=facts)
    start, days = began(one.episode)[1], asked.parameters["working_days"]
    told = _answering(child, one, timedelta(days=asked.parameters["fresh_days"]))
    done = None if told is None else max(done_on(told.at, asked.as_at), start)
    of = clock(start, working_days_after(start, days), asked.as_at, done)
    since = f"missing from {said(one.episode.started)}; {days} working days allowed"
    if told is not None and of.done is not None:
        considered = {True: "considered", False: "not considered", None: "not recorded as considered"}
        facts += [
            Noted(words=f"Result: {told.level or 'not recorded'}", records=(told.record,)),
            Noted(words=f"Radicalisation {considered[told.radicalisation]}", records=(told.record,)),
        ]
        earlier = told.at < utc_to_london(one.episode.started).date()
        when = f"screened {words(told.at)}" + (", before the episode" if earlier else "")
        state = "screened before" if earlier else "screened in time" if of.standing == "met" else "screened late"
        return one.row(
            state,
            of.standing,
            of,
            f"{since}; {when}",
            owed_by=one.council,
            worker=told.assessor,
            answered_by=(told.record,),
            facts=facts,
        )
    state, standing, why = "running", of.standing, f"{since}; {of.words}; no screening is recorded"
    if standing == "broken":
        state = "not screened"
        if not child.covered(of.due):
            state, standing, why = "not provided", "not provided", f"{why}; no file with screenings covers the time"
    return one.row(state, standing, of, why, who_acts=WHO, owed_by=one.council, facts=facts)
