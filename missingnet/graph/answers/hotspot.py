"""HOTSPOT: where children are found, seen and go missing from (Guidance ¶48; Procedures; Streetwise)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.hexagons import hexagon
from missingnet.graph.answers.periods import (
    BEGINS_LATER,
    Span,
    before,
    begins_later,
    not_over,
    period_before,
    same_weeks,
    this_period,
    years_back,
)
from missingnet.graph.answers.place_roles import ROLE_WORDS, role_of
from missingnet.graph.answers.said import many as many_of
from missingnet.graph.answers.same_episode import Counted, EpisodeTold, Sameness, counted, note
from missingnet.graph.answers.ties import Texts, texts

_WAYS = {"FOUND_AT": "found", "STARTED_AT": "started", "TELLS_OF": "seen", "SEEN_AT": "seen"}
_EPISODES, _EVERY = ("found", "started"), ("found", "started", "seen")
_LEVELS = {"Place": "place", "Home": "home", "School": "school"}
DISTRICT, UNIT, HEXAGON = "postcode district", "local policing unit", "hexagon"
AREAS = (DISTRICT, UNIT, HEXAGON)
_NOW, _BEFORE = 0, -1


class ToldOf(Row):
    """One record that puts one child there."""

    child_id: str = Field(description="The child")
    agency: str = Field(description="Whose record it is")
    record: str = Field(description="The record")
    at: datetime | None = Field(description="When the episode began, or it was observed, UTC; None: no date")
    episode: EpisodeTold | None = Field(description="What the record says of an episode; None: it tells of none")


class Standing(Row):
    """Where one description says that a place stands."""

    latitude: float | None = Field(description="Latitude; None: not known")
    longitude: float | None = Field(description="Longitude; None: not known")


class HotspotFact(Row):
    """What happened at one place in one way in all the periods, as the graph holds it."""

    thing_id: str = Field(description="The place, home or school")
    thing_kind: str = Field(description="Its kind")
    way: str = Field(description="The link's type")
    told: tuple[ToldOf, ...] = Field(description="The records and their children", strict=False)
    earliest: datetime | None = Field(description="When the earliest episode recorded anywhere began; None: none is")
    postcodes: Texts = Field(description="Postcodes of the place in the seen descriptions")
    lpus: Texts = Field(description="Local policing units of the place in the seen descriptions")
    kinds: Texts = Field(description="What the seen descriptions say it is")
    spots: tuple[Standing, ...] = Field(description="Where the seen descriptions put it", strict=False)
    placed: bool = Field(description="A place where a child has been placed")
    lived: bool = Field(description="A place where a record says that a child lives")

    @classmethod
    def derive(cls, rows: Sequence[HotspotFact], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Places, districts, units and hexagons with anything now or before, those with most episodes now first."""
        earliest = next((row.earliest for row in rows), None)
        years = {
            back: span
            for back, span in years_back(asked).items()
            if earliest is not None and earliest < span[0] and any(_told(row, span, *_EPISODES) for row in rows)
        }
        periods = {_NOW: this_period(asked), _BEFORE: before(asked)}
        spots: dict[tuple[str, str], list[HotspotFact]] = {}
        for row in rows:
            if any(_told(row, span) for span in periods.values()) or any(
                _told(row, span, *_EPISODES) for span in years.values()
            ):
                spots.setdefault((_LEVELS[row.thing_kind], row.thing_id), []).append(row)
                # Of one place asked about its area would hold that place alone.
                for area in _areas(row, asked.parameters["hexagon_metres"]) if asked.about is None else ():
                    spots.setdefault(area, []).append(row)
        listed = {
            key: many
            for key, many in spots.items()
            if any(_told(row, span) for row in many for span in periods.values())
        }
        shown = [_spot(*key, many, periods, years, asked) for key, many in listed.items()]
        shown.sort(key=lambda s: (-s.episodes, -s.children, -s.seen, s.level, s.area or "", s.thing_id or ""))
        return shown, _notes(asked, rows, listed, spots, sorted(years))


def _told(row: HotspotFact, span: Span, *ways: str) -> list[ToldOf]:
    """Its records that lie in a stretch of time, of these ways; of all where none is given."""
    if ways and _WAYS[row.way] not in ways:
        return []
    return [one for one in row.told if one.at is not None and span[0] <= one.at < span[1]]


def _areas(row: HotspotFact, metres: int) -> Iterable[tuple[str, str]]:
    """The districts, units and hexagons in which the seen descriptions put the place."""
    yield from ((DISTRICT, name) for name in sorted({district(code) for code in row.postcodes} - {""}))
    yield from ((UNIT, name) for name in sorted(set(row.lpus)))
    if metres > 0:
        points = ((spot.latitude, spot.longitude) for spot in row.spots)
        inside = {hexagon(one, other, metres) for one, other in points if one is not None and other is not None}
        yield from ((HEXAGON, name) for name in sorted(inside))


Spots = Mapping[tuple[str, str], Sequence[HotspotFact]]


def _notes(asked: Asked, rows: Sequence[HotspotFact], listed: Spots, spots: Spots, years: Sequence[int]) -> list[str]:
    """What the periods are, how episodes were counted, and what was left out."""
    if begins_later(asked):
        return [BEGINS_LATER]
    metres = asked.parameters["hexagon_metres"] if asked.about is None else 0
    notes = [period_before(asked), *same_weeks(asked, years), *not_over(asked)]
    notes.append(note(asked))
    places = [many for (level, _), many in listed.items() if level not in AREAS]
    if asked.about is not None and not listed:
        notes.append("No record puts a child there in this period or in the one before.")
    for what, area in (("postcode", DISTRICT), ("coordinates", HEXAGON)) if asked.about is None else ():
        outside = sum(all(key[0] != area for row in many for key in _areas(row, metres)) for many in places)
        if outside and (area != HEXAGON or metres > 0):
            have, are = ("has", "is") if outside == 1 else ("have", "are")
            notes.append(f"{_places(outside)} {have} no {what} recorded and {are} in no {area.split()[-1]}.")
    once = sum(level not in AREAS for level, _ in spots.keys() - listed.keys())
    if once:
        have, are = ("has", "is") if once == 1 else ("have", "are")
        notes.append(f"{_places(once)} {have} episodes in those weeks of earlier years only, and {are} not listed.")
    undated = len(texts(told.record for row in rows for told in row.told if told.at is None))
    if undated:
        notes.append(
            "1 record without a date puts a child at a place, and is counted in neither period."
            if undated == 1
            else f"{undated} records without a date put a child at a place, and are counted in neither period."
        )
    return notes


def _places(number: int) -> str:
    return "1 place" if number == 1 else f"{number} places"


def district(postcode: str) -> str:
    """The postcode district, 'B5' of 'B5 4AA'; empty for what is no whole postcode."""
    compact = postcode.replace(" ", "").upper()
    return compact[:-3] if 5 <= len(compact) <= 7 else ""


def _spot(
    level: str,
    name: str,
    many: Sequence[HotspotFact],
    periods: Mapping[int, Span],
    years: Mapping[int, Span],
    asked: Asked,
) -> Hotspot:
    sameness, services = Sameness.of(asked.parameters), asked.parameters["services"]

    def told(period: int, *ways: str) -> list[ToldOf]:
        span = years[period] if period in years else periods[period]
        return [one for row in many for one in _told(row, span, *ways)]

    def once(period: int, *ways: str) -> list[Counted]:
        """Each child's episodes of the period, each once, whoever recorded it."""
        found: dict[str, list[EpisodeTold]] = {}
        for one in told(period, *ways):
            if one.episode is not None:
                found.setdefault(one.child_id, []).append(one.episode)
        return [each for episodes in found.values() for each in counted(episodes, sameness)]

    def episodes(period: int, *ways: str) -> int:
        return len(once(period, *ways))

    def records(period: int, *ways: str) -> tuple[str, ...]:
        return texts(one.record for one in told(period, *ways))

    def children(period: int) -> int:
        return len({one.child_id for one in told(period, *_EVERY)})

    counting = once(_NOW, *_EPISODES)
    now, then = len(counting), episodes(_BEFORE, *_EPISODES)
    season = tuple(
        SameWeeks(
            years=back,
            began=span[0],
            episodes=episodes(back, *_EPISODES),
            children=len({one.child_id for one in told(back, *_EPISODES)}),
            records=records(back, *_EPISODES),
        )
        for back, span in sorted(years.items())
    )
    mean = round(sum(year.episodes for year in season) / len(season), 2) if season else None
    one = None if level in AREAS else many[0]
    return Hotspot(
        level=level,
        thing_id=name if one else None,
        area=None if one else name,
        role=role_of(one.thing_kind, one.kinds, services, placed=one.placed, lived=one.lived) if one else None,
        found=episodes(_NOW, "found"),
        started=episodes(_NOW, "started"),
        seen=len(records(_NOW, "seen")),
        episodes=now,
        children=children(_NOW),
        before_found=episodes(_BEFORE, "found"),
        before_started=episodes(_BEFORE, "started"),
        before_seen=len(records(_BEFORE, "seen")),
        before_episodes=then,
        before_children=children(_BEFORE),
        change=now - then,
        season_episodes=mean,
        season_change=None if mean is None else round(now - mean, 2),
        why=f"{many_of(now, 'episode')}, {then} in the period before"
        + ("" if mean is None else f", {mean:g} in the same weeks of earlier years"),
        season=season,
        counted_by=texts(each.episode.agency for each in counting),
        records=records(_NOW, *_EVERY),
        same_records=texts(other.record for each in counting for other in each.also),
    )


class SameWeeks(Row):
    """The same weeks of one earlier year, at one place or in one area."""

    years: int = Field(description="How many years back")
    began: datetime = Field(description="When those weeks began, UTC")
    episodes: int = Field(description="Episodes found or started here, counted as this period's are")
    children: int = Field(description="Different children")
    records: Texts = Field(description="Ids of the records")


class Hotspot(Row):
    """One place, postcode district, local policing unit or hexagon: this period against the one before and the
    season."""

    SUBJECT = ("level", "thing_id", "area")

    level: str = Field(description="'place', 'home', 'school', 'postcode district', 'local policing unit' or 'hexagon'")
    thing_id: str | None = Field(description="The place, home or school; None: an area")
    area: str | None = Field(
        description="The district's or unit's name, or the grid reference of the hexagon's centre; None: a place, home "
        "or school"
    )
    role: str | None = Field(description=f"What the place is to children: {ROLE_WORDS}; None: an area")
    found: int = Field(description="Episodes that began in this period and ended with the child found here")
    started: int = Field(description="Episodes of this period that started here")
    seen: int = Field(description="Other records that put a child here, this period")
    episodes: int = Field(
        description="Episodes found or started here, this period; one that several agencies recorded here once"
    )
    children: int = Field(description="Different children, this period")
    before_found: int = Field(description="The same for the period before")
    before_started: int = Field(description="The same for the period before")
    before_seen: int = Field(description="The same for the period before")
    before_episodes: int = Field(description="The same for the period before")
    before_children: int = Field(description="The same for the period before")
    change: int = Field(description="Episodes now less episodes before")
    season_episodes: float | None = Field(
        description="Episodes in the same weeks of earlier years, their mean; None: no earlier year to compare with"
    )
    season_change: float | None = Field(description="Episodes now less the season's; None: no earlier year")
    why: str = Field(description="The numbers against each other, in words")
    season: tuple[SameWeeks, ...] = Field(description="The earlier years one by one, the latest first", strict=False)
    counted_by: Texts = Field(description="The agencies by whose records this period's episodes count")
    records: Texts = Field(description="Ids of this period's records")
    same_records: Texts = Field(description="Those of them that tell of an episode which counts by another's record")

    @property
    def named(self) -> bool:
        """True where there is more of it than before."""
        return self.change > 0
