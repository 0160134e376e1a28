"""A pack's pictures, from the same rows as the tables beside them, with alternative text."""

from __future__ import annotations

from collections.abc import Sequence

from missingnet.graph.answers.events import Event
from missingnet.graph.answers.linked_locations import LinkedLocations
from missingnet.graph.answers.network import CommunityTie, Network
from missingnet.graph.answers.ties import Tie
from missingnet.graph.times import utc_to_london
from missingnet.visualise.layout import lay_out
from missingnet.visualise.network import Edge, Node, Source
from missingnet.visualise.network_picture import network_svg
from missingnet.visualise.pack.content import Block, Picture
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import COMMUNITIES, LINKED_PLACES, NETWORK
from missingnet.visualise.pack.tie_tables import PEOPLE
from missingnet.visualise.ties import edges_of, nodes_of
from missingnet.visualise.timeline import Entry, timeline_svg
from missingnet.visualise.words import EPISODE_WORDS, count_words, day_words, length_words

#: Things in one picture that can still be read on a printed page (*ours*); the tables hold them all.
THINGS_IN_PICTURE = 20
#: A timeline as wide as this, in pixels, prints its words at 9 points across an A4 page.
_PAPER_WIDTH = 660.0
#: With more episodes than this their lengths are left to the table, or they would hide each other.
_WORDS_UP_TO = 12
_STRENGTHS = ("strong", "medium", "weak")
_ENTRY_LANES = {"missing": "missing", "absent": "away", "away": "away"}


def episodes_picture(pack: Gathered, events: Sequence[Event]) -> list[Block]:
    """Missing, absent and away on one scale of time, each kind with its own shape."""
    entries = [
        Entry(
            id=event.version,
            lane=_ENTRY_LANES[event.kind],
            start=event.started,
            end=event.ended,
            words=_length(event) if len(events) <= _WORDS_UP_TO else "",
            kind=event.kind,
            record=event.record,
            url=None,
        )
        for event in events
        if event.started is not None and event.kind in _ENTRY_LANES
    ]
    if not entries:
        return []
    since, until = pack.about.since, pack.about.until
    counts = [
        count_words(count, f"{words.lower()} episode")
        for kind, words in EPISODE_WORDS.items()
        if (count := sum(entry.kind == kind for entry in entries))
    ]
    alt = (
        f"A line of time from {day_words(since)} to {day_words(until)} with {', '.join(counts)}, as agencies recorded "
        "them. The table below has the same episodes."
    )
    svg = timeline_svg(entries, since, until, "Missing, absent and away", alt, width=_PAPER_WIDTH)
    without = len(events) - len(entries)
    note = f" {count_words(without, 'episode')} without a date or kind stand in the table only." if without else ""
    return [Picture(str(svg), alt, f"The same episodes on one scale of time.{note}")]


def _length(event: Event) -> str:
    return "still open" if event.open else length_words(event.started, event.ended)


def network_picture(pack: Gathered, ties: Sequence[Tie]) -> list[Block]:
    """The child in the middle, the nearest things first, people before things; says how many of how many it shows."""
    child = pack.about.child or ""
    order: dict[str, None] = {child: None}
    for people in (True, False):
        for tie in sorted(ties, key=lambda tie: tie.hop):
            if tie.hop == 1 and (tie.to_kind in PEOPLE) == people:
                order.setdefault(tie.to_id)
    for tie in sorted(ties, key=lambda tie: tie.hop):
        if tie.from_id in order and tie.to_kind in PEOPLE:
            order.setdefault(tie.to_id)
    chosen = set(list(order)[:THINGS_IN_PICTURE])
    shown = [tie for tie in ties if tie.from_id in chosen and tie.to_id in chosen]
    things = {child} | {end for tie in ties for end in (tie.from_id, tie.to_id)}
    captions = pack.captions(sorted(things & ({child} | {e for tie in shown for e in (tie.from_id, tie.to_id)})))
    if not shown:
        return []
    nodes = nodes_of(shown, captions, child, "Child")
    lines = _one_line_each(shown)
    edges = edges_of(lines, captions, {}, NETWORK.rule)
    alt = (
        f"The child in the middle and {count_words(len(nodes) - 1, 'person or thing', 'people and things')} tied "
        f"to the child or to each other, {count_words(len(edges), 'line')} in all. The tables below and in "
        "the next section have the same ties with their sources."
    )
    caption = (
        f"Shown: {len(nodes)} of {count_words(len(things), 'person or thing', 'people and things')} found up to two "
        f"ties away, and {len(shown)} of {count_words(len(ties), 'tie')}. One line stands for all "
        "ties between two; the tables have each. A line's weight says how well a tie is supported, "
        "not what a person is."
    )
    return [Picture(str(network_svg(nodes, edges, lay_out(nodes, edges), "Network", alt)), alt, caption)]


def _one_line_each(ties: Sequence[Tie]) -> list[Tie]:
    """The best supported tie of each two things: on paper, parallel lines would hide the names."""
    best: dict[frozenset[str], Tie] = {}
    for tie in sorted(ties, key=lambda tie: _STRENGTHS.index(tie.strength)):
        best.setdefault(frozenset((tie.from_id, tie.to_id)), tie)
    return list(best.values())


def linked_places_picture(pack: Gathered, rows: Sequence[LinkedLocations]) -> list[Block]:
    """Places joined by a line wherever the same people or vehicles were at both; most shared first."""
    ends: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: -row.shared):
        if len(ends.keys() | {row.place_id, row.other_id}) <= THINGS_IN_PICTURE:
            ends.setdefault(row.place_id, row.place_kind)
            ends.setdefault(row.other_id, row.other_kind)
    shown = [row for row in rows if row.place_id in ends and row.other_id in ends]
    if not shown:
        return []
    nodes = [Node(thing, kind, pack.called(thing, kind), False, False, None, None) for thing, kind in ends.items()]
    edges = [_place_edge(row) for row in shown]
    alt = (
        f"{count_words(len(nodes), 'place')} joined by {count_words(len(edges), 'line')} where the same children, "
        "associates or vehicles were at both. The table below has the same pairs."
    )
    svg = network_svg(nodes, edges, lay_out(nodes, edges), "Linked locations", alt)
    return [Picture(str(svg), alt, f"Shown: {len(edges)} of {count_words(len(rows), 'pair')} of places.")]


def _place_edge(row: LinkedLocations) -> Edge:
    """A pair of places as a line: heavy where two agencies say so."""
    words = f"shared by {row.shared}"
    return Edge(
        id=f"{row.place_id} {row.other_id}",
        source=row.place_id,
        target=row.other_id,
        kind="shares",
        words=words,
        records=tuple(Source(record, "Record", "", None, None, None) for record in row.records),
        agencies=row.agencies,
        first=utc_to_london(row.first).date() if row.first else None,
        last=utc_to_london(row.last).date() if row.last else None,
        strength="strong" if len(set(row.agencies)) > 1 else "medium",
        mark=None,
        url=None,
        standing="",
        why=words,
        rule=LINKED_PLACES.rule,
    )


def communities_picture(pack: Gathered, rows: Sequence[Network]) -> list[Block]:
    """Each community by itself, the first ones first: children, and what two or more of them are named with; where that
    is more than a page can show, its children alone, joined where one record names two."""
    chosen: dict[str, str] = {}
    ties: list[CommunityTie] = []
    shown = 0
    standing = [row for row in rows if row.named]
    for row in standing:
        for drawn in (row.drawn, tuple(tie for tie in row.ties if tie.with_kind == "Child")):
            ends = {tie.child_id: "Child" for tie in drawn} | {tie.with_id: tie.with_kind for tie in drawn}
            if drawn and len(chosen.keys() | ends.keys()) <= THINGS_IN_PICTURE:
                chosen |= ends
                ties += drawn
                shown += 1
                break
    if not ties:
        return []
    nodes = [Node(thing, kind, pack.called(thing, kind), False, False, None, None) for thing, kind in chosen.items()]
    edges = list({edge.id: edge for edge in map(_community_edge, ties)}.values())
    alt = (
        f"{count_words(len(nodes), 'child, person or thing', 'children, people and things')} joined by "
        f"{count_words(len(edges), 'line')} where records name two together. The table below has the same communities."
    )
    svg = network_svg(nodes, edges, lay_out(nodes, edges), "Communities", alt)
    caption = (
        f"Shown: {shown} of {count_words(len(standing), 'community', 'communities')}, those that can be read here; "
        "of a large one its children alone, joined where one record names two."
    )
    return [Picture(str(svg), alt, caption)]


def _community_edge(tie: CommunityTie) -> Edge:
    """What a child of a community is named with, as a line: heavy where two agencies say so."""
    words = ", ".join(tie.ways)
    return Edge(
        id=f"{tie.child_id} {tie.with_id}",
        source=tie.child_id,
        target=tie.with_id,
        kind="tied",
        words=words,
        records=tuple(Source(record, "Record", "", None, None, None) for record in tie.records),
        agencies=tie.agencies,
        first=utc_to_london(tie.first).date() if tie.first else None,
        last=utc_to_london(tie.last).date() if tie.last else None,
        strength="strong" if len(set(tie.agencies)) > 1 else "medium",
        mark=None,
        standing="",
        why=words,
        rule=COMMUNITIES.rule,
        url=None,
    )
