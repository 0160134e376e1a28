"""RA-UPDATE: the risk assessment updated after each missing episode of a looked after child (Procedures; ¶55–56)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.clock_facts import NEVER, ChildFacts, Owing, answer_of, said
from missingnet.graph.answers.clock_row import ClockRow, Noted
from missingnet.graph.answers.event_facts import words
from missingnet.graph.answers.ties import texts
from missingnet.graph.clocks import SOCIAL_WORKER, clock, done_on, working_days_after
from missingnet.graph.times import utc_to_london


class AssessmentTold(Row):
    """One risk assessment of a child."""

    record: str = Field(description="The record")
    reference: str | None = Field(description="The agency's own reference of the record; None: not recorded")
    about: str | None = Field(description="The reference of the episode that it followed; None: not recorded")
    at: date = Field(description="The day")
    level: str | None = Field(description="Its result; None: not recorded")
    assessor: str | None = Field(description="By whom; None: not recorded")
    plan_updated: date | None = Field(description="When the placement plan was updated; None: not recorded")
    review_considered: date | None = Field(description="When an early review was considered; None: not recorded")


class OfficerTold(Row):
    """One record that the independent reviewing officer was told."""

    record: str = Field(description="The record")
    reference: str | None = Field(description="The agency's own reference of the record; None: not recorded")
    at: datetime = Field(description="When, UTC")
    about: str | None = Field(description="The reference of the episode; None: not recorded")


class AssessmentFacts(ChildFacts):
    """One child's episodes about the window and risk assessments of any time; the files are those of assessments."""

    assessments: tuple[AssessmentTold, ...] = Field(description="Risk assessments, of any time", strict=False)
    officer: tuple[OfficerTold, ...] = Field(description="When the IRO was told, of any episode", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[AssessmentFacts], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Each missing episode of a looked after child, what is broken first."""
        found = []
        for child in rows:
            owing = child.owing(asked)
            made = _made(owing, child.assessments)
            for one in owing:
                if one.within(asked.parameters["since"]) and one.episode.kind in asked.parameters["starts_for"]:
                    if one.placed is not None:
                        found.append(_row(child, one, made[one.record], asked))
                    elif asked.about is not None:
                        why = "no placement was open when the episode began: not looked after, by the records"
                        found.append(one.row("not looked after", "not owed", None, why, facts=one.noted(asked.as_at)))
        shown, notes = answer_of(found, asked)
        which = "Episodes of a child who was not looked after are not listed; ask about the child to see them."
        return shown, [*notes, which]


def _made(owing: Sequence[Owing], told: Sequence[AssessmentTold]) -> Mapping[str, list[AssessmentTold]]:
    """The assessments after each episode: by the reports they name, else of the one that ended last by their day."""
    found: dict[str, list[AssessmentTold]] = {one.record: [] for one in owing}
    for each in sorted(told, key=lambda a: (a.at, a.reference or "", repr(a))):
        named = [one for one in owing if each.about is not None and each.about in one.references]
        if not named and each.about is None:
            over = [one for one in owing if one.over is not None and utc_to_london(one.over).date() <= each.at]
            named = (
                [max(over, key=lambda one: (one.over or NEVER, one.episode.reference or "", one.record))]
                if over
                else []
            )
        for one in named:
            found[one.record].append(each)
    return found


def _row(child: AssessmentFacts, one: Owing, made: Sequence[AssessmentTold], asked: Asked) -> ClockRow:
    facts, records = one.noted(asked.as_at), [each.record for each in made]
    if one.over is None:
        return one.row("not due", "not owed", None, "the child is not back", answered_by=records, facts=facts)
    facts += _beside(child, one, made)
    days = asked.parameters["working_days"]
    first = made[0] if made else None
    done = min(max(done_on(first.at, asked.as_at), one.over), asked.as_at) if first is not None else None
    of = clock(one.over, working_days_after(one.over, days), asked.as_at, done)
    since = f"back {said(one.over)}; {days} working days allowed"
    if of.done is not None and first is not None:
        return one.row(
            "updated in time" if of.standing == "met" else "updated late",
            of.standing,
            of,
            f"{since}; assessed {words(first.at)}, level {first.level or 'not recorded'}",
            owed_by=one.council,
            worker=first.assessor,
            answered_by=records,
            facts=facts,
        )
    state, standing, why = "running", of.standing, f"{since}; {of.words}; no assessment since is recorded"
    if standing == "broken":
        state = "overdue"
        if not child.covered(of.due):
            state, standing, why = "not provided", "not provided", f"{why}; no file with assessments covers the time"
    return one.row(
        state, standing, of, why, who_acts=SOCIAL_WORKER, owed_by=one.council, answered_by=records, facts=facts
    )


def _beside(child: AssessmentFacts, one: Owing, made: Sequence[AssessmentTold]) -> list[Noted]:
    """What else is owed after the episode: the IRO told, the placement plan updated, an early review considered."""
    started = one.episode.started
    told = [
        each
        for each in sorted(child.officer, key=lambda each: (each.at, each.reference or "", each.record))
        if (each.about in one.references if each.about is not None else each.at >= started)
    ]
    iro = f"The IRO was told {said(told[0].at)}" if told else "That the IRO was told is not recorded"
    plans = sorted(
        (each.plan_updated, each.reference or "", each.record) for each in made if each.plan_updated is not None
    )
    reviews = sorted(
        (each.review_considered, each.reference or "", each.record)
        for each in made
        if each.review_considered is not None
    )
    return [
        Noted(words=iro, records=texts(each.record for each in told[:1])),
        _dated("The placement plan was updated", "That the placement plan was updated is not recorded", plans),
        _dated("An early review was considered", "That an early review was considered is not recorded", reviews),
    ]


def _dated(yes: str, otherwise: str, found: Sequence[tuple[date, str, str]]) -> Noted:
    if not found:
        return Noted(words=otherwise, records=())
    return Noted(words=f"{yes} {words(found[0][0])}", records=(found[0][2],))
