"""Pictures of questions' rows where a picture helps: the same rows as the table below it, and no others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from missingnet.graph.answers import Row
from missingnet.graph.answers.descriptions import Caption
from missingnet.graph.answers.events import Event
from missingnet.graph.answers.group_missing import GroupMissing
from missingnet.graph.answers.hotspot import Hotspot
from missingnet.graph.answers.linked_locations import LinkedLocations
from missingnet.graph.answers.network import CommunityTie, Network
from missingnet.graph.answers.shared_associate import SharedAssociate
from missingnet.graph.times import utc_to_london
from missingnet.visualise.chosen import MOST_NODES
from missingnet.visualise.layout import lay_out
from missingnet.visualise.network import Edge, Node
from missingnet.visualise.network_picture import network_svg
from missingnet.visualise.ties import address_of, called, source_of
from missingnet.visualise.words import count_words

Captions = Mapping[str, Caption]
Events = Mapping[str, Sequence[Event]]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its words; this period's number, the one before's and the season's, None without an earlier year; and
    how wide they are drawn (0 to 100)."""

    words: str
    now: int
    before: int
    season: float | None
    width: float
    width_before: float
    width_season: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, or bars; and the sentence that says what is drawn."""

    svg: Markup | None
    bars: tuple[Bar, ...]
    words: str


class _Drawing:
    """Collects the things and lines of a picture, each once."""

    def __init__(self, captions: Captions, events: Events, rule: str) -> None:
        self.captions, self.events, self.rule = captions, events, rule
        self.kinds: dict[str, str] = {}
        self.edges: dict[str, Edge] = {}

    def thing(self, thing: str, kind: str) -> None:
        caption = self.captions.get(thing)
        self.kinds.setdefault(thing, caption.thing_kind if caption else kind)

    def line(
        self,
        a: str,
        b: str,
        kind: str,
        words: str,
        row: GroupMissing | LinkedLocations | SharedAssociate | CommunityTie,
    ) -> None:
        number = f"{a}-{b}-{kind}"
        if a == b or number in self.edges or not row.records:
            return
        records = tuple(source_of(record, self.events.get(record, ())) for record in row.records)
        self.edges[number] = Edge(
            id=number,
            source=a,
            target=b,
            kind=kind,
            words=words,
            records=records,
            agencies=tuple(sorted({source.agency for source in records if source.agency})),
            first=utc_to_london(row.first).date() if row.first else None,
            last=utc_to_london(row.last).date() if row.last else None,
            strength="medium",
            mark=None,
            url=None,
            standing="",
            why=words,
            rule=self.rule,
        )

    def drawn(self, title: str) -> Markup | None:
        if not self.edges:
            return None
        ends = {edge.source for edge in self.edges.values()} | {edge.target for edge in self.edges.values()}
        nodes = [
            Node(thing, kind, called(thing, kind, self.captions), False, False, None, address_of(thing, kind))
            for thing, kind in self.kinds.items()
            if thing in ends
        ]
        edges = list(self.edges.values())
        described = f"{count_words(len(nodes), 'thing')} and {count_words(len(edges), 'line')}: the rows of the table."
        return network_svg(nodes, edges, lay_out(nodes, edges), title, described)


def _groups(rows: Sequence[Row], captions: Captions, events: Events) -> Picture | None:
    drawing = _Drawing(captions, events, "GROUP-MISSING")
    for row in rows:
        if isinstance(row, GroupMissing):
            for child in row.child_ids:
                drawing.thing(child, "Child")
            for shared, kind in {one.shared_id: one.shared_kind for one in row.occasions}.items():
                drawing.thing(shared, kind)
                for child in row.child_ids:
                    drawing.line(child, shared, "missing together", "missing together", row)
    svg = drawing.drawn("Children missing together, and what they shared")
    return Picture(svg, (), "Children of the rows below, joined to what they shared.") if svg else None


def _associates(rows: Sequence[Row], captions: Captions, events: Events) -> Picture | None:
    drawing = _Drawing(captions, events, "SHARED-ASSOCIATE")
    for row in rows:
        if isinstance(row, SharedAssociate):
            drawing.thing(row.associate_id, row.associate_kind)
            for child in row.child_ids:
                drawing.thing(child, "Child")
                drawing.line(child, row.associate_id, "linked to", "linked to", row)
    svg = drawing.drawn("Associates and the children linked to them")
    return Picture(svg, (), "Associates of the rows below, joined to the children linked to them.") if svg else None


def _places(rows: Sequence[Row], captions: Captions, events: Events) -> Picture | None:
    drawing = _Drawing(captions, events, "LINKED-LOCATIONS")
    for row in rows:
        if isinstance(row, LinkedLocations):
            drawing.thing(row.place_id, row.place_kind)
            drawing.thing(row.other_id, row.other_kind)
            drawing.line(row.place_id, row.other_id, "shares", f"shares {row.shared}", row)
    svg = drawing.drawn("Places that share people or vehicles")
    return (
        Picture(svg, (), "Places of the rows below, joined where the same people or vehicles were at both.")
        if svg
        else None
    )


def _communities(rows: Sequence[Row], captions: Captions, events: Events) -> Picture | None:
    """Each community by itself; what two of them share stands between them. Large ones are left to the table."""
    drawing = _Drawing(captions, events, "NETWORK")
    found = [row for row in rows if isinstance(row, Network) and row.named]
    drawn = 0
    for row in found:
        ties = row.drawn
        if len(drawing.kinds.keys() | {end for tie in ties for end in (tie.child_id, tie.with_id)}) > MOST_NODES:
            continue
        drawn += 1
        for tie in ties:
            drawing.thing(tie.child_id, "Child")
            drawing.thing(tie.with_id, tie.with_kind)
            drawing.line(tie.child_id, tie.with_id, "tied", ", ".join(tie.ways), tie)
    svg = drawing.drawn("Communities of children, with the people, places and things that tie them")
    words = (
        f"{drawn} of {count_words(len(found), 'community', 'communities')} of the rows below, each child joined to "
        "what two or more of its children are named with, and to a child named beside it where they share no more."
    )
    return Picture(svg, (), words) if svg else None


def _bars(rows: Sequence[Row], captions: Captions, events: Events) -> Picture | None:
    spots = [row for row in rows if isinstance(row, Hotspot)]
    most = max((max(spot.episodes, spot.before_episodes, spot.season_episodes or 0) for spot in spots), default=0)
    if not most:
        return None
    bars = tuple(
        Bar(
            called(spot.thing_id, "Place", captions) if spot.thing_id else f"{spot.level.capitalize()} {spot.area}",
            spot.episodes,
            spot.before_episodes,
            spot.season_episodes,
            round(100 * spot.episodes / most, 1),
            round(100 * spot.before_episodes / most, 1),
            round(100 * (spot.season_episodes or 0) / most, 1),
        )
        for spot in spots
    )
    words = "Episodes found or started there: this period (dark), the period before (pale)"
    if any(spot.season_episodes is not None for spot in spots):
        words += ", and the mean of the same weeks of earlier years (outlined)"
    return Picture(None, bars, f"{words}.")


_PICTURES: Mapping[str, Callable[[Sequence[Row], Captions, Events], Picture | None]] = {
    "GROUP-MISSING": _groups,
    "SHARED-ASSOCIATE": _associates,
    "LINKED-LOCATIONS": _places,
    "HOTSPOT": _bars,
    "NETWORK": _communities,
}


def picture_of(rule: str, rows: Sequence[Row], captions: Captions, events: Events) -> Picture | None:
    """The picture of a rule's rows, where it has one and there is something to draw."""
    draw = _PICTURES.get(rule)
    return draw(rows, captions, events) if draw and rows else None
