"""SWC: a safe-and-well check after each missing episode (Guidance ¶29–30; Procedures §5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.clock_facts import NEVER, ChildFacts, Owing, answer_of, said
from missingnet.graph.answers.clock_row import ClockRow, Noted
from missingnet.graph.clocks import POLICE, clock
from missingnet.graph.terms import OPEN


class CheckTold(Row):
    """One safe-and-well check, or one agreement that none is made each time."""

    record: str = Field(description="The record")
    agency: str = Field(description="Whose record")
    about: str | None = Field(description="The reference of the report it follows; None: not recorded")
    at: datetime | None = Field(description="When it was made, UTC; None: not made, or not recorded")
    held_by: str | None = Field(description="Who made it; None: not recorded")
    agreed_with: str | None = Field(description="With whom it was agreed not to make one each time; None: with nobody")
    agreed_reason: str | None = Field(description="Why; None: not recorded")
    findings_shared: date | None = Field(description="When what it found was shared; None: not recorded")


class CheckFacts(ChildFacts):
    """One child's episodes about the window and safe-and-well checks of any time."""

    checks: tuple[CheckTold, ...] = Field(description="Checks and agreements, of any time", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[CheckFacts], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Each missing episode's check, what is broken first."""
        found, left_out = [], 0
        for child in rows:
            owing = child.owing(asked)
            checks = _checks(owing, child.checks, timedelta(hours=asked.parameters["near_hours"]))
            for one in owing:
                if one.within(asked.parameters["since"]):
                    owed = one.episode.kind in asked.parameters["starts_for"]
                    left_out += not owed
                    if owed or asked.about is not None:
                        found.append(_row(child, one, checks[one.record], asked))
        shown, notes = answer_of(found, asked, left_out if asked.about is None else 0)
        return shown, notes


def _checks(owing: Sequence[Owing], checks: Sequence[CheckTold], near: timedelta) -> Mapping[str, list[CheckTold]]:
    """The checks of each episode: by the reports they name, else of the one that ended last before, and near."""
    found: dict[str, list[CheckTold]] = {one.record: [] for one in owing}
    for check in sorted(checks, key=lambda c: (c.at or OPEN, repr(c))):
        named = [one for one in owing if check.about is not None and check.about in one.references]
        if not named and check.at is not None:
            at = check.at
            before = [one for one in owing if one.over is not None and one.over <= at <= one.over + near]
            named = [max(before, key=lambda one: (one.over or NEVER, one.record))] if before else []
        for one in named:
            found[one.record].append(check)
    return found


def _row(child: CheckFacts, one: Owing, checks: Sequence[CheckTold], asked: Asked) -> ClockRow:
    """SWC for one episode."""
    police = next((e.agency for e in (one.episode, *one.also) if e.source in asked.parameters["police"]), None)
    records = [check.record for check in checks]
    facts = one.noted(asked.as_at)
    if one.episode.kind not in asked.parameters["starts_for"]:
        why = f"none is owed for an episode recorded as {one.episode.kind}"
        return one.row("not owed", "not owed", None, why, answered_by=records, facts=facts)
    if one.over is None:
        return one.row("not due", "not owed", None, "the child is not back", answered_by=records, facts=facts)
    hours = asked.parameters["hours"]
    made = min((check.at for check in checks if check.at is not None), default=None)
    of = clock(one.over, one.over + timedelta(hours=hours), asked.as_at, made)
    since = f"back {said(one.over)}; {hours} hours allowed"
    if of.done is not None:
        made_by = [check for check in checks if check.at is not None]
        shared = [check.record for check in made_by if check.findings_shared is not None]
        words = "What it found is recorded as shared" if shared else "Not recorded whether what it found was shared"
        facts.append(Noted(words=words, records=tuple(shared)))
        return one.row(
            "done in time" if of.standing == "met" else "done late",
            of.standing,
            of,
            f"{since}; made {said(of.done)}, {of.words}",
            owed_by=police,
            worker=next((check.held_by for check in made_by if check.held_by is not None), None),
            answered_by=records,
            facts=facts,
        )
    agreed = next((check for check in checks if check.agreed_with is not None), None)
    if agreed is not None:
        reason = f"because: {agreed.agreed_reason}" if agreed.agreed_reason else "why is not recorded"
        why = f"not made each time, agreed with {agreed.agreed_with}; {reason}"
        return one.row("by agreement", "not owed", None, why, owed_by=police, answered_by=records, facts=facts)
    state, standing, why = "running", of.standing, f"{since}; {of.words}; no check is recorded"
    if standing == "broken":
        state = "overdue"
        if not child.covered(of.due):
            state, standing, why = "not provided", "not provided", f"{why}; no file with checks covers the time"
    return one.row(state, standing, of, why, who_acts=POLICE, owed_by=police, answered_by=records, facts=facts)
