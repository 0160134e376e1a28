"""Where children were found, seen and went missing from in the period, against the period before."""

from __future__ import annotations

from missingnet.graph.answers.hotspot import Hotspot
from missingnet.visualise.pack.content import Block, Line, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import HOTSPOTS
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.pack.sections.items_without_figures import silent
from missingnet.visualise.words import NOT_RECORDED, change_words

_ESTABLISHMENTS = ("home", "school")


def _lines(pack: Gathered, levels: tuple[str, ...], caption: str) -> list[Block]:
    """One table of the places of these levels, most episodes first."""
    rows = [row for row in pack.rows(HOTSPOTS, Hotspot) if row.level in levels]
    lines = [
        Line(
            (
                pack.called(row.thing_id) if row.thing_id else row.area or NOT_RECORDED,
                str(row.episodes),
                str(row.before_episodes),
                change_words(row.change),
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
        ("Found here", 1.7),
        ("Went from here", 1.8),
        ("Other records", 1.9),
        ("Children", 2),
    )
    return table(caption, columns, lines)


def _places(pack: Gathered) -> list[Block]:
    return _lines(pack, ("place",), "")


def _establishments(pack: Gathered) -> list[Block]:
    return _lines(pack, _ESTABLISHMENTS, "")


def _areas(pack: Gathered) -> list[Block]:
    return [
        *_lines(pack, ("postcode district",), "Postcode districts"),
        *_lines(pack, ("local policing unit",), "Local policing units"),
    ]


SECTION = Section(
    name="hotspots",
    title="Locations, taxis and licensing",
    source="Operational group agenda (Framework, CMOG): locations; rule HOTSPOT (Guidance ¶48; Procedures; Streetwise)",
    parts=(
        Part("Places", (HOTSPOTS,), _places),
        Part("Homes and schools", (HOTSPOTS,), _establishments),
        Part("Areas", (HOTSPOTS,), _areas),
        Part("Taxis and licensing", (), silent("taxi and premises licensing")),
    ),
)
