"""Rules that raise single episodes of a child for review: graded below medium, absent with a known exploitation risk,
absent and missing at nearly one time (Procedures; WMP; Streetwise)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.said import many
from missingnet.graph.answers.same_episode import Span, apart
from missingnet.graph.answers.ties import Texts, texts
from missingnet.graph.times import utc_to_london


class Raised(Row):
    """One episode that a person should look at again."""

    record: str = Field(description="The episode's record")
    agency: str = Field(description="Whose record it is")
    started: datetime = Field(description="When it started, UTC")
    because: str = Field(description="What of it is to be looked at, in words")
    other_records: Texts = Field(description="The records beside it that make it so")


class EpisodesRaised(Row):
    """One child, and the episodes in the window that the rule raises."""

    SUBJECT = ("child_id",)

    child_id: str = Field(description="The child")
    state: str = Field(description="'fired', 'just short' or 'not fired'")
    why: str = Field(description="The facts, in words")
    since: datetime | None = Field(description="When the first of them began, UTC; None: there is none")
    episodes: int = Field(description="How many are raised")
    raised: tuple[Raised, ...] = Field(description="Each of them, in order of start", strict=False)
    records: Texts = Field(description="All the records")


class EpisodeGraded(Row):
    """One record of an episode and how it was graded."""

    record: str = Field(description="The record")
    agency: str = Field(description="Whose record it is")
    reference: str | None = Field(description="The agency's own reference; None: not recorded")
    became: str | None = Field(description="The report that an absent report became; None: none")
    kind: str = Field(description="'missing' or 'absent'")
    started: datetime = Field(description="When it started, UTC")
    ended: datetime | None = Field(description="When it ended, UTC; None: open as at, or not recorded")
    risk: str | None = Field(description="The risk as graded last; None: not recorded")
    first_risk: str | None = Field(description="The risk as graded first; None: not recorded")

    @property
    def gone(self) -> Span:
        """From when until when, as far as recorded."""
        return self.started, self.ended or self.started


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
            now = [_raise(e, f"graded {e.risk}") for e in row.episodes if e.risk in low]
            before = [
                _raise(e, f"graded {e.first_risk} at first, {e.risk or 'nothing'} since")
                for e in row.episodes
                if e.first_risk in low and e.risk not in low
            ]
            graded = sum(e.risk is not None for e in row.episodes)
            why = f"{len(now)} of {many(graded, 'graded episode')} in the window stand below medium"
            found.append(_child(row.child_id, now, before, why))
        return _shown(found, asked), ()


class Entry(Row):
    """A child's entry on a list."""

    record: str = Field(description="The record")
    list: str = Field(description="Which list")
    added: date | None = Field(description="From when; None: not recorded")
    removed: date | None = Field(description="Until when; None: it stands, or not recorded")


class Assessed(Row):
    """One risk assessment of a child."""

    record: str = Field(description="The record")
    kind: str | None = Field(description="What was assessed; None: not recorded")
    level: str | None = Field(description="The level; None: not recorded")
    at: date | None = Field(description="When; None: not recorded")


class AbsentBesideRisk(Row):
    """One child's absent reports of the window, and what says that they are at risk of exploitation."""

    child_id: str = Field(description="The child")
    episodes: tuple[EpisodeGraded, ...] = Field(description="Every agency's records", strict=False)
    listed: tuple[Entry, ...] = Field(description="Entries on the lists", strict=False)
    assessed: tuple[Assessed, ...] = Field(description="Assessments at the levels", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[AbsentBesideRisk], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Children graded absent while the risk was known."""
        found = []
        for row in rows:
            raised = []
            for one in row.episodes:
                day = utc_to_london(one.started).date()
                listed = [e for e in row.listed if _stood(e.added, e.removed, day)]
                assessed = [a for a in row.assessed if a.at is None or a.at <= day]
                if listed or assessed:
                    said = [f"on the list '{e.list}'" for e in listed] + [f"assessed {a.level}" for a in assessed]
                    beside = [*(e.record for e in listed), *(a.record for a in assessed)]
                    raised.append(_raise(one, ", ".join(texts(said)), beside))
            why = f"{len(raised)} of {many(len(row.episodes), 'absent report')} in the window stand beside a known risk"
            found.append(_child(row.child_id, raised, (), why))
        return _shown(found, asked), ()


class AbsentBesideMissing(Row):
    """One child's absent and missing records of the window."""

    child_id: str = Field(description="The child")
    episodes: tuple[EpisodeGraded, ...] = Field(description="Every agency's records", strict=False)

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
                    if apart(one.gone, e.gone) <= near and (one.became is None or one.became != e.reference)
                ]
                if beside:
                    hours = min(apart(one.gone, e.gone) for e in beside) / timedelta(hours=1)
                    raised.append(_raise(one, f"{hours:g} hours from a missing episode", (e.record for e in beside)))
            why = (
                f"{len(raised)} of {many(len(absent), 'absent report')} lie within {near / timedelta(hours=1):g} hours "
                f"of one of {many(len(missing), 'missing episode')}"
            )
            found.append(_child(row.child_id, raised, (), why))
        return _shown(found, asked), ()


def _stood(added: date | None, removed: date | None, day: date) -> bool:
    return (added is None or added <= day) and (removed is None or removed > day)


def _raise(one: EpisodeGraded, because: str, others: Iterable[str] = ()) -> Raised:
    return Raised(
        record=one.record,
        agency=one.agency,
        started=one.started,
        because=because,
        other_records=texts(others),
    )


def _child(child: str, raised: Sequence[Raised], nearly: Sequence[Raised], why: str) -> EpisodesRaised:
    """One child: the rule fires by those raised, and is just short by those that nearly are."""
    state = "fired" if raised else "just short" if nearly else "not fired"
    shown = sorted((*raised, *nearly), key=lambda one: (one.started, one.agency, one.because))
    return EpisodesRaised(
        child_id=child,
        state=state,
        why=why,
        since=min((one.started for one in raised), default=None),
        episodes=len(raised),
        raised=tuple(shown),
        records=texts(record for one in shown for record in (one.record, *one.other_records)),
    )


def _shown(found: Sequence[EpisodesRaised], asked: Asked) -> list[EpisodesRaised]:
    """Those fired or just short, and the one asked about; those with most episodes first."""
    shown = [row for row in found if row.state != "not fired" or asked.about is not None]
    return sorted(shown, key=lambda row: (-row.episodes, row.child_id))
