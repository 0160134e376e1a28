"""HOTSPOT: where children are found, seen and go missing from (Guidance ¶48; Procedures; Streetwise)."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.periods import BEGINS_LATER, begins_later, not_over, period_before
from missingnet.graph.answers.ties import Texts, texts

_WAYS = {"FOUND_AT": "found", "STARTED_AT": "started", "TELLS_OF": "seen", "SEEN_AT": "seen"}
_EVERY = ("found", "started", "seen")
_LEVELS = {"Place": "place", "Home": "home", "School": "school"}
DISTRICT, UNIT = "postcode district", "local policing unit"


class ToldOf(Row):
    """One record that puts one child there."""

    child_id: str = Field(description="The child")
    agency: str = Field(description="Whose record it is")
    record: str = Field(description="The record")


class HotspotFact(Row):
    """What happened at one place in one way in one of the two periods, as the graph holds it."""

    thing_id: str = Field(description="The place, home or school")
    thing_kind: str = Field(description="Its kind")
    way: str = Field(description="The link's type")
    current: bool | None = Field(description="This period; False: the one before; None: the record gives no date")
    told: tuple[ToldOf, ...] = Field(description="The records and their children", strict=False)
    postcodes: Texts = Field(description="Postcodes of the place in the seen descriptions")
    lpus: Texts = Field(description="Local policing units of the place in the seen descriptions")

    @classmethod
    def derive(cls, rows: Sequence[HotspotFact], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Places, postcode districts and local policing units, those with most episodes now first."""
        spots: dict[tuple[str, str], list[HotspotFact]] = {}
        unplaced: set[str] = set()
        for row in rows:
            if row.current is None:
                continue
            spots.setdefault((_LEVELS[row.thing_kind], row.thing_id), []).append(row)
            districts = {district(code) for code in row.postcodes if district(code)}
            for name in districts:
                spots.setdefault((DISTRICT, name), []).append(row)
            for name in set(row.lpus):
                spots.setdefault((UNIT, name), []).append(row)
            if not districts:
                unplaced.add(row.thing_id)
        shown = [_spot(level, name, many) for (level, name), many in spots.items()]
        shown.sort(key=lambda s: (-s.episodes, -s.children, -s.seen, s.level, s.area or "", s.thing_id or ""))
        undated = texts(told.record for row in rows if row.current is None for told in row.told)
        return shown, _notes(asked, len(unplaced), len(undated))


def _notes(asked: Asked, unplaced: int, undated: int) -> list[str]:
    """What the two periods are, how episodes were counted, and what was left out."""
    if begins_later(asked):
        return [BEGINS_LATER]
    notes = [period_before(asked), *not_over(asked)]
    notes.append(
        "One episode may stand in the records of two agencies: each child's episodes are counted by the agency that "
        "recorded most of them there, and agencies are never added."
    )
    if unplaced:
        said = (
            "1 place has no postcode recorded and is"
            if unplaced == 1
            else f"{unplaced} places have no postcode recorded and are"
        )
        notes.append(f"{said} in no district.")
    if undated:
        notes.append(
            "1 record without a date puts a child at a place, and is counted in neither period."
            if undated == 1
            else f"{undated} records without a date put a child at a place, and are counted in neither period."
        )
    return notes


def district(postcode: str) -> str:
    """The postcode district, 'B5' of 'B5 4AA'; empty for what is no whole postcode."""
    compact = postcode.replace(" ", "").upper()
    return compact[:-3] if 5 <= len(compact) <= 7 else ""


def _spot(level: str, name: str, many: Sequence[HotspotFact]) -> Hotspot:
    def told(current: bool, *ways: str) -> list[ToldOf]:
        return [one for row in many if row.current is current and _WAYS[row.way] in ways for one in row.told]

    def episodes(current: bool, *ways: str) -> int:
        """Each child's by the agency that recorded most: one episode may stand in two agencies' records."""
        found: dict[str, dict[str, set[str]]] = {}
        for one in told(current, *ways):
            found.setdefault(one.child_id, {}).setdefault(one.agency, set()).add(one.record)
        return sum(max(map(len, agencies.values())) for agencies in found.values())

    def records(current: bool, *ways: str) -> tuple[str, ...]:
        return texts(one.record for one in told(current, *ways))

    def children(current: bool) -> int:
        return len({one.child_id for one in told(current, *_EVERY)})

    now, before = episodes(True, "found", "started"), episodes(False, "found", "started")
    of_an_area = level in (DISTRICT, UNIT)
    return Hotspot(
        level=level,
        thing_id=None if of_an_area else name,
        area=name if of_an_area else None,
        found=episodes(True, "found"),
        started=episodes(True, "started"),
        seen=len(records(True, "seen")),
        episodes=now,
        children=children(True),
        before_found=episodes(False, "found"),
        before_started=episodes(False, "started"),
        before_seen=len(records(False, "seen")),
        before_episodes=before,
        before_children=children(False),
        change=now - before,
        records=records(True, *_EVERY),
    )


class Hotspot(Row):
    """One place, postcode district or local policing unit: this period against the one before."""

    SUBJECT = ("level", "thing_id", "area")

    level: str = Field(description="'place', 'home', 'school', 'postcode district' or 'local policing unit'")
    thing_id: str | None = Field(description="The place, home or school; None: a district or unit")
    area: str | None = Field(description="The district's or unit's name; None: a place, home or school")
    found: int = Field(description="Episodes that began in this period and ended with the child found here")
    started: int = Field(description="Episodes of this period that started here")
    seen: int = Field(description="Other records that put a child here, this period")
    episodes: int = Field(
        description="Episodes found or started here, this period; each child's by the agency that recorded most"
    )
    children: int = Field(description="Different children, this period")
    before_found: int = Field(description="The same for the period before")
    before_started: int = Field(description="The same for the period before")
    before_seen: int = Field(description="The same for the period before")
    before_episodes: int = Field(description="The same for the period before")
    before_children: int = Field(description="The same for the period before")
    change: int = Field(description="Episodes now less episodes before")
    records: Texts = Field(description="Ids of this period's records")

    @property
    def named(self) -> bool:
        """True where there is more of it than before."""
        return self.change > 0
