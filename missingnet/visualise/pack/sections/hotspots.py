"""Where children were found, seen and went missing from in the period: against the period before, and the season;
and which places of concern to visit first."""

from __future__ import annotations

from collections.abc import Callable

from missingnet.graph.answers.hotspot import DISTRICT, HEXAGON, UNIT, Hotspot
from missingnet.graph.answers.place_roles import OF_CONCERN
from missingnet.graph.answers.places_to_visit import PlaceToVisit
from missingnet.visualise.pack.content import Block, Line, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import HOTSPOTS, PLACES_TO_VISIT
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.pack.sections.items_without_figures import silent
from missingnet.visualise.words import NOT_RECORDED, capital, change_words, times_words

_ESTABLISHMENTS = ("home", "school")


def _lines(pack: Gathered, fits: Callable[[Hotspot], bool], caption: str) -> list[Block]:
    """One table of the places or areas that fit, most episodes first."""
    rows = [row for row in pack.rows(HOTSPOTS, Hotspot) if fits(row)]
    lines = [
        Line(
            (
                pack.called(row.thing_id) if row.thing_id else row.area or NOT_RECORDED,
                str(row.episodes),
                str(row.before_episodes),
                change_words(row.change),
                NOT_RECORDED if row.season_episodes is None else f"{row.season_episodes:g}",
                str(row.found),
                str(row.started),
                str(row.seen),
                str(row.children),
            ),
            row.records,
        )
        for row in sorted(rows, key=lambda row: (-row.episodes, -row.children, row.area or "", row.thing_id or ""))
    ]
    columns = (
        ("Where", 5),
        ("Episodes", 2),
        ("Period before", 1.9),
        ("Change", 1.7),
        ("Earlier years", 1.9),
        ("Found here", 1.7),
        ("Went from here", 1.8),
        ("Other records", 1.9),
        ("Children", 2),
    )
    return table(caption, columns, lines)


def _of_concern(pack: Gathered) -> list[Block]:
    return _lines(pack, lambda row: row.role == OF_CONCERN, "")


def _other_places(pack: Gathered) -> list[Block]:
    return _lines(pack, lambda row: row.level == "place" and row.role != OF_CONCERN, "")


def _establishments(pack: Gathered) -> list[Block]:
    return _lines(pack, lambda row: row.level in _ESTABLISHMENTS, "")


def _areas(pack: Gathered) -> list[Block]:
    return [
        *_lines(pack, lambda row: row.level == DISTRICT, "Postcode districts"),
        *_lines(pack, lambda row: row.level == UNIT, "Local policing units"),
        *_lines(pack, lambda row: row.level == HEXAGON, "Hexagons, by the grid reference of the centre"),
    ]


def _to_visit(pack: Gathered) -> list[Block]:
    lines = [
        Line(
            (
                pack.called(row.place_id, "Place"),
                capital(row.why),
                pack.all_called(row.missing_now_ids, "Child") if row.missing_now_ids else "none",
                "; ".join(f"{one.part}, {times_words(one.times)}" for one in row.when) or NOT_RECORDED,
                NOT_RECORDED if row.miles is None else f"{row.miles:.1f} miles, about {row.minutes} minutes by car",
            ),
            row.records,
        )
        for row in pack.rows(PLACES_TO_VISIT, PlaceToVisit)
    ]
    columns = (
        ("Place", 3.6),
        ("Why it stands here", 4.6),
        ("Missing now, and been here", 2.8),
        ("When children were found here", 3.2),
        ("From where they went missing", 3),
    )
    return table("In the order in which to visit them", columns, lines)


SECTION = Section(
    name="hotspots",
    title="Locations, taxis and licensing",
    source="Operational group agenda (Framework, CMOG): locations; rules HOTSPOT, "
    "PLACES-TO-VISIT (Guidance ¶48; Procedures; Streetwise)",
    parts=(
        Part("Which places to visit first, and why", (PLACES_TO_VISIT,), _to_visit),
        Part("Places of concern", (HOTSPOTS,), _of_concern),
        Part("Homes and schools", (HOTSPOTS,), _establishments),
        Part("Placements, children's addresses and services", (HOTSPOTS,), _other_places),
        Part("Areas", (HOTSPOTS,), _areas),
        Part("Taxis and licensing", (), silent("taxi and premises licensing")),
    ),
)
