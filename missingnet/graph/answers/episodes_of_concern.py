"""Rules that raise single episodes of a child for review: graded below medium, absent with a known exploitation risk,
absent and missing at nearly one time (Procedures; WMP; Streetwise)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.event_facts import change_in_words, graded
from missingnet.graph.answers.exploitation_risk import RiskTold
from missingnet.graph.answers.said import many
from missingnet.graph.answers.same_episode import Span, apart
from missingnet.graph.answers.threshold_row import ThresholdRow, shown
from missingnet.graph.answers.ties import Listed, Texts, texts
from missingnet.graph.times import utc_to_london


class Raised(Row):
    """One episode that a person should look at again."""

    record: str = Field(description="The episode's record")
    agency: str = Field(description="Whose record it is")
    started: datetime = Field(description="When it started, UTC")
    because: str = Field(description="What of it is to be looked at, in words")
    other_records: Texts = Field(description="The records beside it that make it so")


class EpisodesRaised(ThresholdRow):
    """One child, and the episodes in the window that the rule raises; 'since' is when the first of them began."""

    episodes: int = Field(description="How many are raised")
    agencies: Texts = Field(description="By whose records those below are raised, or nearly so")
    raised: tuple[Raised, ...] = Field(description="Each of them, in order of start", strict=False)


class EpisodeOfConcern(Row):
    """One record of an episode."""

    record: str = Field(description="The record")
    agency: str = Field(description="Whose record it is")
    reference: str | None = Field(description="The agency's own reference; None: not recorded")
    became: str | None = Field(description="The report that an absent report became; None: none")
    kind: str = Field(description="'missing' or 'absent'")
    started: datetime = Field(description="When it started, UTC")
    ended: datetime | None = Field(description="When it ended, UTC; None: open as at, or not recorded")

    def gone(self, asked: Asked) -> Span:
        """From when until when; what is open lasts to the moment asked about, and is trusted as SAME-EPISODE does."""
        last = min(asked.as_at, self.started + timedelta(days=asked.parameters["open_days"]))
        return self.started, self.ended or last


class EpisodeGraded(EpisodeOfConcern):
    """The same, and how it was graded."""

    risk: str | None = Field(description="The risk as graded last; None: not recorded")
    first_risk: str | None = Field(description="The risk as graded first; None: not recorded")
    risk_changes: Listed = Field(description="Each change of grade, with its instant")

    def by(self, as_at: datetime) -> EpisodeGraded:
        """As it was graded by then."""
        return self.model_copy(update=graded(dict(self), as_at))

    @property
    def changed(self) -> str:
        """Each change of grade in words; empty: none is recorded."""
        return "".join(f"; {change_in_words(change)}" for change in self.risk_changes)


class GradedBelow(Row):
    """One child's missing episodes of the window, as graded."""

    child_id: str = Field(description="The child")
    episodes: tuple[EpisodeGraded, ...] = Field(description="Every agency's records", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[GradedBelow], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Children with an episode graded too low; 'just short': it was so at first, and has been raised since."""
        low = set(asked.parameters["levels"])
        found = []
        for row in rows:
            each = [e.by(asked.as_at) for e in row.episodes]
            now = [_raise(e, f"graded {e.risk}{e.changed}") for e in each if e.risk in low]
            before = [
                _raise(e, f"graded {e.first_risk} at first, {e.risk or 'nothing'} since{e.changed}")
                for e in each
                if e.first_risk in low and e.risk not in low
            ]
            known = sum(e.risk is not None for e in each)
            why = f"{len(now)} of {many(known, 'graded episode')} in the window stand below medium"
            found.append(raised_for(row.child_id, now, before, why))
        return _shown(found, asked), ()


class AbsentBesideRisk(RiskTold):
    """One child's absent reports of the window, and what says that they are at risk of exploitation."""

    episodes: tuple[EpisodeOfConcern, ...] = Field(description="Every agency's records", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[AbsentBesideRisk], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Children graded absent while the risk was known."""
        found = []
        for row in rows:
            raised = []
            for one in row.episodes:
                risks = row.known_on(utc_to_london(one.started).date(), asked.parameters["levels"])
                if risks:
                    said = ", ".join(texts(risk.words for risk in risks))
                    raised.append(_raise(one, said, (risk.record for risk in risks)))
            why = f"{len(raised)} of {many(len(row.episodes), 'absent report')} in the window stand beside a known risk"
            found.append(raised_for(row.child_id, raised, (), why))
        return _shown(found, asked), ()


class AbsentBesideMissing(Row):
    """One child's absent and missing records of the window."""

    child_id: str = Field(description="The child")
    episodes: tuple[EpisodeOfConcern, ...] = Field(description="Every agency's records", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[AbsentBesideMissing], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Children recorded as both within the hours; a report that became the other is no contradiction."""
        near = timedelta(hours=asked.parameters["hours"])
        found = []
        for row in rows:
            absent = [e for e in row.episodes if e.kind == "absent"]
            missing = [e for e in row.episodes if e.kind == "missing"]
            raised = []
            for one in absent:
                beside = [
                    e
                    for e in missing
                    if apart(one.gone(asked), e.gone(asked)) <= near
                    and (one.became is None or one.became != e.reference)
                ]
                if beside:
                    hours = min(apart(one.gone(asked), e.gone(asked)) for e in beside) / timedelta(hours=1)
                    raised.append(_raise(one, f"{hours:g} hours from a missing episode", (e.record for e in beside)))
            why = (
                f"{len(raised)} of {many(len(absent), 'absent report')} lie within {near / timedelta(hours=1):g} hours "
                f"of one of {many(len(missing), 'missing episode')}"
            )
            found.append(raised_for(row.child_id, raised, (), why))
        return _shown(found, asked), ()


def _raise(one: EpisodeOfConcern, because: str, others: Iterable[str] = ()) -> Raised:
    return Raised(
        record=one.record,
        agency=one.agency,
        started=one.started,
        because=because,
        other_records=texts(others),
    )


def raised_for(child: str, raised: Sequence[Raised], nearly: Sequence[Raised], why: str) -> EpisodesRaised:
    """One child: the rule fires by those raised, and is just short by those that nearly are."""
    state = "fired" if raised else "just short" if nearly else "not fired"
    each = sorted((*raised, *nearly), key=lambda one: (one.started, one.agency, one.because))
    return EpisodesRaised(
        child_id=child,
        state=state,
        why=why,
        since=min((one.started for one in raised), default=None),
        episodes=len(raised),
        agencies=texts(one.agency for one in each),
        raised=tuple(each),
        records=texts(record for one in each for record in (one.record, *one.other_records)),
    )


def _shown(found: Sequence[EpisodesRaised], asked: Asked) -> list[EpisodesRaised]:
    """Those to show, with most episodes first."""
    return sorted(shown(found, asked), key=lambda row: (-row.episodes, row.child_id))
