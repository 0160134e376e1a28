"""TABLE-OF-TRIAGE: each episode of a period once, with its child's level over that period (DOMAIN §5; Streetwise).

The level is TRIAGE-RAG's, by what is told of the period and as at its end: a suggestion, or what a person said over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.counting import NO_RISK
from missingnet.graph.answers.exploitation_risk import Assessed, Entry
from missingnet.graph.answers.factors import ThemesTold, WayTold
from missingnet.graph.answers.people_said import SaidFact
from missingnet.graph.answers.periods import counted_to, not_over
from missingnet.graph.answers.same_episode import Counted, EpisodeTold, Sameness, counted, note
from missingnet.graph.answers.tabled import answered, at_time
from missingnet.graph.answers.ties import Texts, texts
from missingnet.graph.answers.told_of_child import DescriptionTold, FilesTold, Stay, district_of, lives_at, stay_on
from missingnet.graph.answers.triage import TriageFacts, triaged
from missingnet.graph.times import utc_to_london

#: A period begins with its first instant; a window of TRIAGE-RAG after it.
_INSTANT: Final = timedelta(microseconds=1)


class EpisodeFrom(EpisodeTold):
    """One record of an episode, with where the child was missing from."""

    risk: str | None = Field(description="The risk as graded; None: not recorded")
    lpu: str | None = Field(description="The local policing unit; None: not recorded")
    missing_from: str | None = Field(description="'home', 'care', 'school', 'other'; None: not recorded")


class TriageTold(Row):
    """One child's records of the period, as far as the triage goes by them, and what the files cover."""

    child_id: str | None = Field(description="The child; None: no child has an episode about then")
    files: tuple[FilesTold, ...] = Field(description="What the files seen cover", strict=False)
    episodes: tuple[EpisodeFrom, ...] = Field(description="Every agency's records", strict=False)
    listed: tuple[Entry, ...] = Field(description="Entries on the lists of CSE-RISK, of any time", strict=False)
    assessed: tuple[Assessed, ...] = Field(description="Assessments of its kinds, of any time and level", strict=False)
    interviews: tuple[ThemesTold, ...] = Field(description="Interviews held in the period", strict=False)
    adults: tuple[WayTold, ...] = Field(description="Interviews and notices that name an associate", strict=False)
    linked: tuple[WayTold, ...] = Field(description="Intelligence that links an associate, not family", strict=False)
    seen: tuple[WayTold, ...] = Field(description="Intelligence of the child at a place", strict=False)
    said: tuple[SaidFact, ...] = Field(description="What people said of the child's level", strict=False)
    placements: tuple[Stay, ...] = Field(description="Placements, of any time", strict=False)
    described: tuple[DescriptionTold, ...] = Field(description="How records describe the child", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[TriageTold], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """The episodes that count, in order; or the table that is asked for."""
        facts = [fact for row in rows if row.child_id for fact in facts_of(row, row.child_id, asked)]
        facts.sort(key=lambda f: (f.began, f.agency, f.reference or "", f.child_id))
        shown, notes = answered(facts, rows[0].files if rows else (), asked)
        level = "Each child's level is by what is told of the period, as at its end; a person's word stands over it."
        return shown, (*not_over(asked), level, *notes, note(asked))


class TriagedEpisode(Row):
    """One episode, counted once, with its child's level over the period."""

    child_id: str = Field(description="The child")
    record: str = Field(description="The record by which it counts")
    same_records: Texts = Field(description="Other agencies' records of the same episode")
    agency: str = Field(description="By whose record it counts")
    reference: str | None = Field(description="The agency's own reference; None: not recorded")
    kind: str = Field(description="'missing', 'absent', or 'no apparent risk': missing, and graded so")
    month: str = Field(description="The month it began in, London: '2026-10'")
    began: datetime = Field(description="When it began, UTC")
    level: str = Field(description="The child's level over the period: 'red', 'amber' or 'green'")
    lives: str | None = Field(description="'home' or 'care'; None: not recorded")
    placement: str | None = Field(description="The type of placement; None: not placed, or not recorded")
    provider: str | None = Field(description="The kind of provider; None: not placed, or not recorded")
    legal_status: str | None = Field(description="The legal status; None: not placed, or not recorded")
    gender: str | None = Field(description="Gender as recorded; None: not recorded")
    ethnicity: str | None = Field(description="The ethnicity group; None: not recorded")
    age: int | None = Field(description="Age in years; None: not recorded")
    authority: str | None = Field(description="The child's local authority; None: not recorded")
    lpu: str | None = Field(description="The local policing unit; None: not recorded")
    home_district: str | None = Field(description="Postcode district of home; None: not recorded")
    area: str | None = Field(description="'in area' or 'out of area'; None: not placed, or not known")


def facts_of(row: TriageTold, child: str, asked: Asked) -> list[TriagedEpisode]:
    """The child's episodes that began in the period, each once, as far as they fit the area and agency asked for."""
    parameters = asked.parameters
    sameness, until = Sameness.of(parameters), parameters["until"]
    told = [e for e in row.episodes if not parameters["agency"] or e.agency == parameters["agency"]]
    # By whose record an episode counts first, then as the others would count: no order that hangs on an id.
    told.sort(key=lambda e: (*sameness.rank(e), e.started, e.reference or "", e.risk or "", e.lpu or ""))
    inside = [c for c in counted(told, sameness) if parameters["since"] <= c.episode.started < until]
    if not inside:
        return []
    level = _level(row, child, [_by(e, until) for e in told if e.started < until], asked)
    area = parameters["area"].strip().casefold()
    found = [_fact(row, child, one, told, level, parameters) for one in inside]
    return [f for f in found if not area or area in {a.casefold() for a in (f.authority, f.lpu, f.home_district) if a}]


def _by(episode: EpisodeFrom, until: datetime) -> EpisodeFrom:
    """The same as told by the end of the period: what ended later was not over."""
    later = episode.ended is not None and episode.ended > until
    return episode.model_copy(update={"ended": None}) if later else episode


def _level(row: TriageTold, child: str, told: Iterable[EpisodeFrom], asked: Asked) -> str:
    """The child's level by TRIAGE-RAG, of the period and as at its end."""
    facts = TriageFacts(
        child_id=child,
        listed=row.listed,
        assessed=row.assessed,
        episodes=tuple(told),
        interviews=row.interviews,
        adults=row.adults,
        linked=row.linked,
        seen=row.seen,
        said=row.said,
    )
    window = {**asked.parameters, "since": asked.parameters["since"] - _INSTANT}
    return triaged(facts, replace(asked, parameters=window, as_at=counted_to(asked))).level


def _fact(
    row: TriageTold,
    child: str,
    one: Counted,
    told: Sequence[EpisodeFrom],
    level: str,
    parameters: Mapping[str, Any],
) -> TriagedEpisode:
    episode = one.episode
    day = utc_to_london(episode.started).date()
    stay = stay_on(row.placements, day)
    records = {e.record for e in (episode, *one.also)}
    same = [e for e in told if e.record in records]
    missing_from = next((e.missing_from for e in same if e.missing_from is not None), None)
    no_risk = episode.kind == "missing" and any(e.record == episode.record and e.risk == NO_RISK for e in same)
    postcode, _ = lives_at(stay, row.described, episode.reference)
    return TriagedEpisode(
        child_id=child,
        record=episode.record,
        same_records=texts(e.record for e in one.also),
        agency=episode.agency,
        reference=episode.reference,
        kind=NO_RISK if no_risk else episode.kind,
        month=f"{day:%Y-%m}",
        began=episode.started,
        level=level,
        lives="care" if stay or missing_from == "care" else "home" if missing_from == "home" else None,
        lpu=next((e.lpu for e in same if e.lpu is not None), None),
        home_district=district_of(postcode),
        **at_time(row.described, stay, day, parameters),
    )
