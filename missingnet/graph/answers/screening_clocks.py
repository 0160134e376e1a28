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
from missingnet.graph.answers.ties import texts
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


def _answering(child: ScreeningFacts, one: Owing, fresh: timedelta) -> list[ScreeningTold]:
    """The screenings that name the episode, else those since it began, else those that are fresh enough: of the first
    day, or of the last before the episode, every one."""
    day = utc_to_london(one.episode.started).date()
    named = [s for s in child.screenings if s.about is not None and s.about in one.references]
    since = [s for s in child.screenings if s.at >= day]
    before = [s for s in child.screenings if day - fresh <= s.at < day]
    of = min((s.at for s in named or since), default=None) or max((s.at for s in before), default=None)
    return [s for s in named or since or before if s.at == of]


def _result(told: ScreeningTold) -> str:
    return f"Result: {told.level or 'not recorded'}"


def _radicalisation(told: ScreeningTold) -> str:
    considered = {True: "considered", False: "not considered", None: "not recorded as considered"}
    return f"Radicalisation {considered[told.radicalisation]}"


def _said(told: Sequence[ScreeningTold]) -> list[Noted]:
    """What the screenings of one day say, each thing once with every record that says it."""
    return [
        Noted(words=words, records=texts(each.record for each in told if says(each) == words))
        for says in (_result, _radicalisation)
        for words in texts(map(says, told))
    ]


def _row(child: ScreeningFacts, one: Owing, asked: Asked) -> ClockRow:
    facts = one.noted(asked.as_at)
    if one.episode.kind not in asked.parameters["starts_for"]:
        why = f"none is owed for an episode recorded as {one.episode.kind}"
        return one.row("not owed", "not owed", None, why, facts=facts)
    start, days = began(one.episode)[1], asked.parameters["working_days"]
    told = _answering(child, one, timedelta(days=asked.parameters["fresh_days"]))
    done = max(done_on(told[0].at, asked.as_at), start) if told else None
    of = clock(start, working_days_after(start, days), asked.as_at, done)
    since = f"missing from {said(one.episode.started)}; {days} working days allowed"
    if told and of.done is not None:
        facts += _said(told)
        earlier = told[0].at < utc_to_london(one.episode.started).date()
        when = f"screened {words(told[0].at)}" + (", before the episode" if earlier else "")
        state = "screened before" if earlier else "screened in time" if of.standing == "met" else "screened late"
        return one.row(
            state,
            of.standing,
            of,
            f"{since}; {when}",
            owed_by=one.council,
            worker=" and ".join(texts(each.assessor for each in told)) or None,
            answered_by=(each.record for each in told),
            facts=facts,
        )
    state, standing, why = "running", of.standing, f"{since}; {of.words}; no screening is recorded"
    if standing == "broken":
        state = "not screened"
        if not child.covered(of.due):
            state, standing, why = "not provided", "not provided", f"{why}; no file with screenings covers the time"
    return one.row(state, standing, of, why, who_acts=WHO, owed_by=one.council, facts=facts)
