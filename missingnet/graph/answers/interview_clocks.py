"""RHI-72H, RHI-CONTACT-72H and RHI-SHARED: the return interview's clocks (Guidance ¶31–32, 38, 69; Procedures)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.clock_facts import ChildFacts, Owing, answer_of, said
from missingnet.graph.answers.clock_row import ClockRow, Noted
from missingnet.graph.answers.interviews_matched import Answering, InterviewTold, answered
from missingnet.graph.answers.police_council_mismatch import FileTold
from missingnet.graph.answers.same_episode import DAY
from missingnet.graph.answers.ties import earliest, latest
from missingnet.graph.clocks import INTERVIEWER, SOCIAL_WORKER, Clock, Standing, clock, done_on, working_days_after

NOT_PROVIDED: Final = "not provided"
NO_FILE: Final = "no interview provider's file covers the time"
#: Outcomes as the mapping's codes name them, and the state that each makes while nothing has been held.
HELD: Final = "held"
NOT_EACH: Final = "not after every episode"
STATE_OF: Final = {"unreachable": "unreachable", "waiting": "waiting list", "refused": "refused", NOT_EACH: NOT_EACH}


class InterviewFile(FileTold):
    """What a provider's files cover, and whether they tell that findings were shared."""

    shared: int = Field(description="How many of its interviews tell when findings were shared")


class InterviewFacts(ChildFacts):
    """One child's episodes about the window and return interviews of any time."""

    files: tuple[InterviewFile, ...] = Field(description="What the files seen cover", strict=False)
    interviews: tuple[InterviewTold, ...] = Field(description="Return interviews, of any time", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[InterviewFacts], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Each episode's clock of the rule asked, what is broken first."""
        found, left_out = [], 0
        for one in (one for child in rows for one in interviewed(child, asked)):
            left_out += not one.starts
            if one.starts or asked.about is not None:
                found += _CLOCKS[asked.rule](one)
        shown, notes = answer_of(found, asked, left_out if asked.about is None else 0)
        return shown, notes


@dataclass(frozen=True, slots=True)
class Interviewed:
    """One episode with the interviews that answer it, and the child's other episodes."""

    child: InterviewFacts
    owing: Owing
    others: Sequence[Owing]
    answering: Sequence[Answering]
    asked: Asked

    @property
    def starts(self) -> bool:
        """True when the end of such an episode starts the clock."""
        return self.owing.episode.kind in self.asked.parameters["starts_for"]

    @property
    def told(self) -> list[InterviewTold]:
        """The interviews, the latest told of last."""
        return [one.interview for one in self.answering]

    @property
    def held(self) -> datetime | None:
        return earliest(one.held for one in self.told)

    @property
    def outcome(self) -> str | None:
        """What the latest of them that tells an outcome became."""
        return next((one.outcome for one in reversed(self.told) if one.outcome is not None), None)

    def covered(self, due: datetime) -> bool:
        """True when a file of the provider, or any where none has told of the episode, covers the time it was due."""
        return self.child.covered(due, (one.agency for one in self.told))

    def noted(self) -> list[Noted]:
        """What bears on the interview: how it answers, and that the child was gone again before it."""
        found = [
            Noted(words=f"The interview is this episode's {one.how}", records=(one.interview.record,))
            for one in self.answering
        ]
        over = self.owing.over
        again = [
            other
            for other in self.others
            if over is not None
            and other.episode.kind in self.asked.parameters["starts_for"]
            and other.episode.started >= over
            and (self.held is None or other.episode.started < self.held)
        ]
        if again and self.outcome != NOT_EACH:
            words = f"Gone again on {said(again[0].episode.started)}, before an interview; this clock goes on"
            found.append(Noted(words=words, records=tuple(other.record for other in again)))
        return found + self.owing.noted(self.asked.as_at)

    def row(self, state: str, standing: Standing, of: Clock | None, why: str, who_acts: str = "") -> ClockRow:
        """The episode's row, with who holds the interview and which records answer."""
        return self.owing.row(
            state,
            standing,
            of,
            why,
            who_acts=who_acts if standing in ("broken", "running", "not provided") else "",
            owed_by=self.owing.council,
            worker=next((one.interviewer for one in reversed(self.told) if one.interviewer is not None), None),
            answered_by=(one.record for one in self.told),
            facts=self.noted(),
        )

    def not_begun(self) -> ClockRow | None:
        """The row where the clock has not started, or never will; None: it runs or ran."""
        if not self.starts:
            kind = self.owing.episode.kind
            return self.row("not owed", "not owed", None, f"an episode recorded as {kind} starts no such clock")
        if self.owing.over is None:
            return self.row("not due", "not owed", None, "the child is not back")
        return None


def interviewed(child: InterviewFacts, asked: Asked) -> list[Interviewed]:
    """The child's episodes of the window, each with the interviews that answer it."""
    owing = child.owing(asked)
    answering = answered(owing, child.interviews, timedelta(hours=asked.parameters["near_hours"]))
    return [
        Interviewed(child, one, owing, answering[one.record], asked)
        for one in owing
        if one.within(asked.parameters["since"])
    ]


def interview_clock(found: Interviewed) -> list[ClockRow]:
    """RHI-72H: offered to every child found, completed within 72 hours of the return."""
    early = found.not_begun()
    back = found.owing.back
    if early is not None or back is None:
        return [early] if early is not None else []
    hours = found.asked.parameters["hours"]
    of = clock(back, back + timedelta(hours=hours), found.asked.as_at, found.held)
    day = ", a day alone: counted from its end" if found.owing.episode.precision == DAY else ""
    since = f"back {said(back)}{day}; {hours} hours allowed"
    if of.done is not None:
        state = "completed in time" if of.standing == "met" else "completed late"
        return [found.row(state, of.standing, of, f"{since}; held {said(of.done)}, {of.words}")]
    offered = earliest(one.offered for one in found.told)
    offer = f"; offered {said(offered)}" if offered else ""
    if found.outcome == HELD:
        why = f"{since}{offer}; held, and when is not recorded"
        return [found.row("completed, time not recorded", "not provided", of, why)]
    state = STATE_OF.get(found.outcome or "", "")
    if state == NOT_EACH:
        return [found.row(NOT_EACH, "not owed", None, f"{since}; {_decision(found.told)}")]
    if state == "refused" and any(one.parents_view for one in found.told):
        return [found.row(state, "not owed", of, f"{since}{offer}; refused, the parent's or carer's view is recorded")]
    why = f"{since}{offer}; {of.words}"
    who = INTERVIEWER
    if state == "refused":
        why, who = f"{why}; the parent's or carer's view is not recorded", "interviewer seeks the parent's view"
    elif not found.told:
        who = SOCIAL_WORKER
        why = f"{why}; no interview is recorded"
    return [_open(found, of, state or ("offered" if offered else "running"), state or "overdue", why, who)]


def contact_clock(found: Interviewed) -> list[ClockRow]:
    """RHI-CONTACT-72H: contact to arrange it within 72 hours of being located or back."""
    early = found.not_begun()
    over = found.owing.over
    if early is not None or over is None:
        return [early] if early is not None else []
    hours = found.asked.parameters["hours"]
    made = earliest(moment for one in found.told for moment in (one.contacted, one.offered, one.held))
    of = clock(over, over + timedelta(hours=hours), found.asked.as_at, made)
    since = f"located or back {said(over)}; {hours} hours allowed"
    if of.done is not None:
        state = "contacted in time" if of.standing == "met" else "contacted late"
        return [found.row(state, of.standing, of, f"{since}; contacted {said(of.done)}, {of.words}")]
    if found.outcome == NOT_EACH:
        return [found.row(NOT_EACH, "not owed", None, f"{since}; {_decision(found.told)}")]
    if found.outcome == HELD:
        why = f"{since}; an interview was held, and when is not recorded"
        return [found.row("contacted, time not recorded", "not provided", of, why)]
    why = f"{since}; {of.words}; no contact is recorded"
    return [_open(found, of, "running", "overdue", why, INTERVIEWER if found.told else SOCIAL_WORKER)]


def sharing_clock(found: Interviewed) -> list[ClockRow]:
    """RHI-SHARED: what an interview that was held found is with the police and on the child's record."""
    if found.held is None or found.owing.over is None:
        return []
    days = found.asked.parameters["working_days"]
    due = working_days_after(found.held, days)
    as_at = found.asked.as_at
    told = latest(done_on(day, as_at) for one in found.told if (day := one.shared_with_police) is not None)
    kept = latest(done_on(day, as_at) for one in found.told if (day := one.on_childs_record) is not None)
    both = None if told is None or kept is None else max(told, kept, found.held)
    of = clock(found.held, due, as_at, both)
    since = f"held {said(found.held)}; {days} working days allowed"
    if of.done is not None:
        state = "shared in time" if of.standing == "met" else "shared late"
        return [found.row(state, of.standing, of, f"{since}; with the police and on the child's record, {of.words}")]
    lacks = [words for words, day in (("with the police", told), ("on the child's record", kept)) if day is None]
    why = f"{since}; {of.words}; not recorded as {' or '.join(lacks)}"
    agencies = {one.agency for one in found.told}
    if not any(file.shared for file in found.child.files if file.agency in agencies):
        why = f"{since}; the provider's files do not tell what was shared"
        return [found.row(NOT_PROVIDED, "not provided", of, why, "interviewer shares what was found")]
    state = "shared in part" if len(lacks) == 1 else "not shared"
    return [_open(found, of, state, state, why, "interviewer shares what was found")]


def _open(found: Interviewed, of: Clock, running: str, broken: str, why: str, who: str) -> ClockRow:
    """The row of a clock that is not done: what the files do not cover is not told, and is not taken for 'no'."""
    if of.standing == "running":
        return found.row(running, "running", of, why, who)
    if found.covered(of.due):
        return found.row(broken, "broken", of, why, who)
    state = NOT_PROVIDED if not found.told else broken if broken != "overdue" else running
    return found.row(state, "not provided", of, f"{why}; {NO_FILE}", who)


def _decision(told: Sequence[InterviewTold]) -> str:
    """Who decided that none is held after each episode, whether the child was asked, and why."""
    one = next(i for i in reversed(told) if i.outcome == NOT_EACH)
    asked = {True: "the child was consulted", False: "the child was not consulted"}
    return "; ".join(
        (
            f"decided by {one.decided_by}" if one.decided_by else "who decided is not recorded",
            asked.get(one.child_consulted, "whether the child was consulted is not recorded")
            if one.child_consulted is not None
            else "whether the child was consulted is not recorded",
            f"because: {one.decision_reason}" if one.decision_reason else "why is not recorded",
        )
    )


_CLOCKS: Final[Mapping[str, Callable[[Interviewed], list[ClockRow]]]] = {
    "RHI-72H": interview_clock,
    "RHI-CONTACT-72H": contact_clock,
    "RHI-SHARED": sharing_clock,
}
