"""Networks of children and what became of them since the last meeting; nobody in one is ranked or assessed."""

from __future__ import annotations

from missingnet.graph.answers.network import Bridge, Network
from missingnet.visualise.pack.content import Block, Line, Words, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.pictures import communities_picture
from missingnet.visualise.pack.questions import COMMUNITIES
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.words import span_words


def _bridged(pack: Gathered, bridges: tuple[Bridge, ...]) -> str:
    return pack.joined((one.bridge_id, one.bridge_kind) for one in bridges)


def _communities(pack: Gathered) -> list[Block]:
    rows = pack.rows(COMMUNITIES, Network)
    lines = [
        Line(
            (
                pack.all_called(row.child_ids, "Child"),
                row.state.capitalize(),
                pack.all_called((*row.associate_ids, *row.place_ids, *row.thing_ids)),
                span_words(row.first, row.last),
                f"{row.held} of {row.draws}" if row.draws else "",
                f"{row.shared}; {row.expected:.1f} by numbers of records alone" if row.draws else "",
            ),
            row.records,
        )
        for row in rows
    ]
    columns = (
        ("Children", 4),
        ("Since last time", 1.8),
        ("Adults, places and things that two or more are named with", 4.6),
        ("Observed", 2.2),
        ("Holds", 1.6),
        ("Meetings of two", 2.4),
    )
    if not lines:
        return []
    return [
        Words(
            "Children whom separate records tie to each other. Being named in a record is not an assessment of "
            "anybody, and nobody here stands before anybody else. 'Holds': in how many of the draws, each without "
            "another tenth of the records, all children stay together."
        ),
        *communities_picture(pack, rows),
        *table("Communities, those that changed first", columns, lines),
    ]


def _changes(pack: Gathered) -> list[Block]:
    lines = [
        Line(
            (
                pack.all_called(row.child_ids, "Child"),
                row.state.capitalize(),
                pack.all_called(row.joined_child_ids, "Child"),
                pack.all_called(row.left_child_ids, "Child"),
            ),
            row.records,
        )
        for row in pack.rows(COMMUNITIES, Network)
        if row.state != "unchanged"
    ]
    columns = (("Community", 6), ("Change", 2.2), ("Joined", 4), ("No longer in it", 4))
    return table("What became of each community", columns, lines)


def _bridges(pack: Gathered) -> list[Block]:
    lines = [
        Line(
            (
                pack.all_called(row.child_ids, "Child"),
                _bridged(pack, row.child_bridges),
                _bridged(pack, row.associate_bridges),
                _bridged(pack, row.other_bridges),
            ),
            tuple(
                record
                for one in (*row.child_bridges, *row.associate_bridges, *row.other_bridges)
                for record in one.records
            ),
        )
        for row in pack.rows(COMMUNITIES, Network)
        if row.child_bridges or row.associate_bridges or row.other_bridges
    ]
    columns = (("Community", 6), ("Children", 3.5), ("Adults", 3.5), ("Places and things", 3.5))
    return table("Without whom or what a community falls into parts", columns, lines)


SECTION = Section(
    name="communities",
    title="Networks of children",
    source="Operational group agenda (Framework, CMOG scope): victims and their networks; rule NETWORK",
    parts=(
        Part("Since the last meeting", (COMMUNITIES,), _changes, empty="No change recorded."),
        Part("Communities", (COMMUNITIES,), _communities),
        Part("What holds them together", (COMMUNITIES,), _bridges),
    ),
)
