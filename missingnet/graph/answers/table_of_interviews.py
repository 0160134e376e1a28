"""TABLE-OF-INTERVIEWS: return interviews with the facts by which tables count them (DOMAIN §5; Guidance ¶31–32, 69)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.periods import not_over
from missingnet.graph.answers.tabled import answered, at_time
from missingnet.graph.answers.ties import Listed, Texts, texts
from missingnet.graph.answers.told_of_child import DescriptionTold, FilesTold, Stay, district_of, lives_at, stay_on
from missingnet.graph.times import utc_to_london

#: What became of an offer, in the words of tables.
_OUTCOMES: Final = {"held": "completed", "refused": "refused", "waiting": "waiting", "offered": "no answer recorded"}


class InterviewAbout(Row):
    """One interview's record."""

    record: str = Field(description="The record")
    agency: str = Field(description="Whose record")
    reference: str | None = Field(description="The agency's own reference; None: not recorded")
    about: str | None = Field(description="The reference of the episode; None: not recorded")
    returned: datetime | None = Field(description="When the child came back, UTC; None: not recorded")
    began: datetime = Field(description="That, or else when it was first offered, tried or held, UTC")
    offered: datetime | None = Field(description="When it was offered, UTC; None: not by then, or not recorded")
    held: datetime | None = Field(description="When it was held, UTC; None: not by then, or not recorded")
    outcome: str | None = Field(description="What became of it; None: not recorded")
    themes: Listed = Field(description="Its themes; empty: none recorded")


class AboutTold(Row):
    """An episode that an interview may be about."""

    reference: str | None = Field(description="The agency's own reference; None: not recorded")
    missing_from: str | None = Field(description="'home', 'care', 'school', 'other'; None: not recorded")
    lpu: str | None = Field(description="The local policing unit; None: not recorded")


class InterviewsTold(Row):
    """One child's interviews of the period, and what the files cover."""

    child_id: str | None = Field(description="The child; None: no child has an interview then")
    files: tuple[FilesTold, ...] = Field(description="What the files seen cover", strict=False)
    interviews: tuple[InterviewAbout, ...] = Field(description="The interviews", strict=False)
    about: tuple[AboutTold, ...] = Field(description="The child's episodes", strict=False)
    placements: tuple[Stay, ...] = Field(description="Placements, of any time", strict=False)
    described: tuple[DescriptionTold, ...] = Field(description="How records describe the child", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[InterviewsTold], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """The interviews, in order; or the table that is asked for."""
        facts = [fact for row in rows if row.child_id for fact in facts_of(row, row.child_id, asked.parameters)]
        facts.sort(key=lambda f: (f.began, f.agency, f.reference or "", f.child_id))
        shown, notes = answered(facts, rows[0].files if rows else (), asked)
        return shown, (*not_over(asked), *notes)


class InterviewFact(Row):
    """One return interview, with the facts of the child on the day of the return."""

    child_id: str = Field(description="The child")
    record: str = Field(description="The record")
    agency: str = Field(description="Whose record")
    reference: str | None = Field(description="The agency's own reference; None: not recorded")
    month: str = Field(description="The month of the return, London: '2026-10'")
    began: datetime = Field(description="When the child came back, or else the first that was tried, UTC")
    offered: str | None = Field(description="'offered', 'not offered', 'could not be reached'; None: not recorded")
    outcome: str | None = Field(description="'completed', 'refused', 'waiting', …; None: not offered, or not recorded")
    in_time: str | None = Field(description="'in time' or 'later'; None: not held, or a time is not recorded")
    themes: Texts = Field(description="Its themes")
    lives: str | None = Field(description="'home' or 'care'; None: not recorded")
    placement: str | None = Field(description="The type of placement; None: not placed, or not recorded")
    provider: str | None = Field(description="The kind of provider; None: not placed, or not recorded")
    legal_status: str | None = Field(description="The legal status; None: not placed, or not recorded")
    gender: str | None = Field(description="Gender as recorded; None: not recorded")
    ethnicity: str | None = Field(description="The ethnicity group; None: not recorded")
    age: int | None = Field(description="Age in years; None: not recorded")
    authority: str | None = Field(description="The child's local authority; None: not recorded")
    lpu: str | None = Field(description="The local policing unit of the episode; None: not recorded")
    home_district: str | None = Field(description="Postcode district of home; None: not recorded")
    area: str | None = Field(description="'in area' or 'out of area'; None: not placed, or not known")


def facts_of(row: InterviewsTold, child: str, parameters: Mapping[str, Any]) -> list[InterviewFact]:
    """The child's interviews, each record once, as far as they fit the area and agency asked for."""
    told: dict[str, InterviewAbout] = {}
    for one in sorted(row.interviews, key=lambda i: i.model_dump_json()):
        if not parameters["agency"] or one.agency == parameters["agency"]:
            told[one.record] = one
    area = parameters["area"].strip().casefold()
    found = [_fact(row, child, one, parameters) for one in told.values()]
    return [f for f in found if not area or area in {a.casefold() for a in (f.authority, f.lpu, f.home_district) if a}]


def _fact(row: InterviewsTold, child: str, one: InterviewAbout, parameters: Mapping[str, Any]) -> InterviewFact:
    day = utc_to_london(one.began).date()
    stay = stay_on(row.placements, day)
    episode = next(
        (a for a in sorted(row.about, key=lambda a: a.model_dump_json()) if a.reference and a.reference == one.about),
        None,
    )
    where = episode.missing_from if episode else None
    outcome = _OUTCOMES.get(one.outcome or "")
    offered = "offered" if outcome or one.offered or one.held else _not_offered(one.outcome)
    postcode, _ = lives_at(stay, row.described, one.about)
    return InterviewFact(
        child_id=child,
        record=one.record,
        agency=one.agency,
        reference=one.reference,
        month=f"{day:%Y-%m}",
        began=one.began,
        offered=offered,
        outcome=outcome or ("no answer recorded" if offered == "offered" else None),
        in_time=_in_time(one, timedelta(hours=parameters["hours"])),
        themes=texts(one.themes),
        lives="care" if stay or where == "care" else "home" if where == "home" else None,
        lpu=episode.lpu if episode else None,
        home_district=district_of(postcode),
        **at_time(row.described, stay, day, parameters),
    )


def _not_offered(outcome: str | None) -> str | None:
    return {"not offered": "not offered", "unreachable": "could not be reached"}.get(outcome or "")


def _in_time(one: InterviewAbout, within: timedelta) -> str | None:
    if one.held is None or one.returned is None:
        return None
    return "in time" if one.held - one.returned <= within else "later"
