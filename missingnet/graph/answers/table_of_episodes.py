"""TABLE-OF-EPISODES: each episode once, with the facts by which tables count it (DOMAIN §5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.counting import NO_RISK
from missingnet.graph.answers.periods import not_over
from missingnet.graph.answers.same_episode import EpisodeTold, Sameness, counted, note
from missingnet.graph.answers.tabled import answered, at_time
from missingnet.graph.answers.ties import Texts, texts
from missingnet.graph.answers.told_of_child import (
    DescriptionTold,
    FilesTold,
    Point,
    Stay,
    district_of,
    lives_at,
    miles,
    stay_on,
)
from missingnet.graph.times import utc_to_london


class Spot(Row):
    """A place, home or school where an episode began or ended, by one description of it."""

    way: str | None = Field(description="FOUND_AT or STARTED_AT; None: no place is recorded")
    thing_id: str | None = Field(description="The place; None: none")
    kind: str | None = Field(description="Its kind; None: none")
    name: str | None = Field(description="Its name; None: not recorded")
    postcode: str | None = Field(description="Its postcode; None: not recorded")
    latitude: float | None = Field(description="Its latitude; None: not known")
    longitude: float | None = Field(description="Its longitude; None: not known")
    authority: str | None = Field(description="The authority where it stands; None: not recorded")


class EpisodeAbout(EpisodeTold):
    """One record of an episode, with what tables count it by."""

    risk: str | None = Field(description="The risk as graded; None: not recorded")
    lpu: str | None = Field(description="The local policing unit; None: not recorded")
    missing_from: str | None = Field(description="'home', 'care', 'school', 'other'; None: not recorded")
    spots: tuple[Spot, ...] = Field(description="Where it began and ended", strict=False)


class SchoolTold(Row):
    """A school whose roll the child is on."""

    started: date | None = Field(description="From which day; None: not recorded")
    ended: date | None = Field(description="Until which day; None: it lasts, or not recorded")
    extract: date = Field(description="The extract that says so")
    school_id: str = Field(description="The school")
    name: str | None = Field(description="Its name; None: not recorded")


class CheckTold(Row):
    """One safe and well check."""

    record: str = Field(description="The record")
    agency: str = Field(description="Whose record")
    about: str | None = Field(description="The reference of the episode; None: not recorded")


class EpisodesTold(Row):
    """One child's records about the period, and what the files cover."""

    child_id: str | None = Field(description="The child; None: no child has an episode about then")
    files: tuple[FilesTold, ...] = Field(description="What the files seen cover", strict=False)
    episodes: tuple[EpisodeAbout, ...] = Field(description="Every agency's records", strict=False)
    placements: tuple[Stay, ...] = Field(description="Placements, of any time", strict=False)
    described: tuple[DescriptionTold, ...] = Field(description="How records describe the child", strict=False)
    schools: tuple[SchoolTold, ...] = Field(description="Rolls the child is on, of any time", strict=False)
    checks: tuple[CheckTold, ...] = Field(description="Safe and well checks, of any time", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[EpisodesTold], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """The episodes that count, in order; or the table that is asked for."""
        facts = [fact for row in rows if row.child_id for fact in facts_of(row, row.child_id, asked.parameters)]
        facts.sort(key=lambda f: (f.began, f.agency, f.reference or "", f.child_id))
        shown, notes = answered(facts, rows[0].files if rows else (), asked)
        return shown, (*not_over(asked), *notes, note(asked))


class EpisodeFact(Row):
    """One episode, counted once, with the facts of the child at the time it began."""

    child_id: str = Field(description="The child")
    record: str = Field(description="The record by which it counts")
    same_records: Texts = Field(description="Other agencies' records of the same episode")
    agency: str = Field(description="By whose record it counts")
    reference: str | None = Field(description="The agency's own reference; None: not recorded")
    kind: str = Field(description="'missing', 'absent', 'away', or 'no apparent risk': missing, and graded so")
    month: str = Field(description="The month it began in, London: '2026-10'")
    began: datetime = Field(description="When it began, UTC")
    over: datetime | None = Field(description="When it ended, UTC; None: open as at, or not recorded")
    hours: float | None = Field(description="How long it lasted; None: open, or not recorded")
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
    found_district: str | None = Field(description="Postcode district where found; None: not found, or not recorded")
    miles: float | None = Field(description="From home to where found, in a straight line; None: not known")
    home_id: str | None = Field(description="The children's home; None: none")
    home: str | None = Field(description="Its name; None: none, or not recorded")
    school_id: str | None = Field(description="The school; None: none is recorded")
    school: str | None = Field(description="Its name; None: none, or not recorded")
    area: str | None = Field(description="'in area' or 'out of area'; None: not placed, or not known")
    check: str | None = Field(description="'check recorded' or 'no check recorded'; None: not over")


def facts_of(row: EpisodesTold, child: str, parameters: Mapping[str, Any]) -> list[EpisodeFact]:
    """The child's episodes that began in the period, each once, as far as they fit the area and agency asked for."""
    agency = parameters["agency"]
    told = [e for e in row.episodes if not agency or e.agency == agency]
    sameness = Sameness.of(parameters)
    # By whose record an episode counts first, then as the others would count: no order that hangs on an id.
    told.sort(key=lambda e: (*sameness.rank(e), e.started, e.reference or "", e.risk or "", e.lpu or ""))
    found = []
    for one in counted(told, sameness):
        if parameters["since"] <= one.episode.started < parameters["until"]:
            same = {e.record for e in one.also}
            every = [e for e in told if e.record == one.episode.record] + [e for e in told if e.record in same]
            found.append(_fact(row, child, one.episode, every, parameters))
    area = parameters["area"].strip().casefold()
    return [f for f in found if not area or area in _areas(f)]


def _areas(fact: EpisodeFact) -> set[str]:
    return {a.casefold() for a in (fact.authority, fact.lpu, fact.home_district, fact.found_district) if a}


def _fact(
    row: EpisodesTold,
    child: str,
    episode: EpisodeTold,
    told: Sequence[EpisodeAbout],
    parameters: Mapping[str, Any],
) -> EpisodeFact:
    day = utc_to_london(episode.started).date()
    stay = stay_on(row.placements, day)
    postcode, home = lives_at(stay, row.described, episode.reference)
    started = _spots(told, "STARTED_AT")
    from_home = next((s for s in started if s.kind == "Home"), None)
    missing_from = _first(e.missing_from for e in told)
    lives = "care" if stay or missing_from == "care" else "home" if missing_from == "home" else None
    if lives == "care" and stay is None and started:
        postcode, home = started[0].postcode, _at(started[0])
    ended = _spots(told, "FOUND_AT") if episode.ended is not None else []
    school = _school(row.schools, day)
    checked = {(c.agency, c.about) for c in row.checks}
    references = {(e.agency, e.reference) for e in told}
    no_risk = episode.kind == "missing" and _first(e.risk for e in told if e.record == episode.record) == NO_RISK
    length = (episode.ended - episode.started).total_seconds() / 3600 if episode.ended is not None else None
    placed = stay if stay is not None and stay.home_id else None
    return EpisodeFact(
        child_id=child,
        record=episode.record,
        same_records=texts(e.record for e in told if e.record != episode.record),
        agency=episode.agency,
        reference=episode.reference,
        kind=NO_RISK if no_risk else episode.kind,
        month=f"{day:%Y-%m}",
        began=episode.started,
        over=episode.ended,
        hours=None if length is None else round(length, 2),
        lives=lives,
        lpu=_first(e.lpu for e in told),
        home_district=district_of(postcode),
        found_district=_first(district_of(s.postcode) for s in ended),
        miles=_nearest(home, ended),
        home_id=placed.home_id if placed else from_home.thing_id if from_home else None,
        home=placed.home_name if placed else from_home.name if from_home else None,
        school_id=school.school_id if school else None,
        school=school.name if school else None,
        check=None if episode.ended is None else "check recorded" if checked & references else "no check recorded",
        **at_time(row.described, stay, day, parameters),
    )


def _first(told: Any) -> str | None:
    """The first that is recorded, in order of whose record counts first."""
    return next((one for one in told if one is not None), None)


def _spots(told: Sequence[EpisodeAbout], way: str) -> list[Spot]:
    found = [s for e in told for s in e.spots if s.way == way]
    return sorted(
        found, key=lambda s: (s.postcode is None, s.name is None, s.name or "", s.postcode or "", s.thing_id or "")
    )


def _at(spot: Spot) -> Point | None:
    return (spot.latitude, spot.longitude) if spot.latitude is not None and spot.longitude is not None else None


def _nearest(home: Point | None, ended: Sequence[Spot]) -> float | None:
    return min((m for spot in ended if (m := miles(home, _at(spot))) is not None), default=None)


def _school(rolls: Sequence[SchoolTold], day: date) -> SchoolTold | None:
    """The school on whose roll the child was, by the newest extract that says so."""
    there = [r for r in rolls if (r.started is None or r.started <= day) and (r.ended is None or day < r.ended)]
    return max(
        there,
        key=lambda r: (r.extract, r.started or date.min, r.name is not None, r.name or "", r.school_id),
        default=None,
    )
