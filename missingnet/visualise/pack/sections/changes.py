"""What has changed since the last meeting: rules newly met or no longer met, and places with more or fewer episodes."""

from __future__ import annotations

from collections.abc import Mapping

from missingnet.graph.answers.episodes_in_window import EpisodesInWindow
from missingnet.graph.answers.hotspot import Hotspot
from missingnet.graph.answers.shared_associate import SharedAssociate
from missingnet.graph.answers.unlisted_in_network import UnlistedInNetwork
from missingnet.visualise.pack.content import Block, Line, Words, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import (
    HOTSPOTS,
    MASE,
    MASE_BEFORE,
    SHARED_ASSOCIATES,
    SHARED_ASSOCIATES_BEFORE,
    UNLISTED,
    UNLISTED_BEFORE,
)
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.words import change_words, count_words, day_words


def _compared(
    pack: Gathered, rule: str, now: Mapping[str, tuple[str, ...]], before: Mapping[str, tuple[str, ...]]
) -> list[Block]:
    """Children who newly met a rule, and those who no longer do, against the day before the span."""
    lines = [
        Line((pack.called(child, "Child"), rule, words), records)
        for words, found, other in (("Newly met", now, before), ("No longer met", before, now))
        for child, records in sorted(found.items(), key=lambda item: pack.called(item[0], "Child"))
        if child not in other
    ]
    counts = Words(
        f"{count_words(len(now), 'child', 'children')} now; {len(before)} on {day_words(pack.about.day_before)}."
    )
    return [counts, *table("", (("Child", 6), ("Rule", 5), ("Change", 4)), lines)]


def _threshold(pack: Gathered) -> list[Block]:
    now = {row.child_id: row.records for row in pack.rows(MASE, EpisodesInWindow) if row.state == "fired"}
    before = {row.child_id: row.records for row in pack.rows(MASE_BEFORE, EpisodesInWindow) if row.state == "fired"}
    return _compared(pack, MASE.rule, now, before) if now or before else []


def _unlisted(pack: Gathered) -> list[Block]:
    now = {row.child_id: row.records for row in pack.rows(UNLISTED, UnlistedInNetwork)}
    before = {row.child_id: row.records for row in pack.rows(UNLISTED_BEFORE, UnlistedInNetwork)}
    return _compared(pack, UNLISTED.rule, now, before) if now or before else []


def _associates(pack: Gathered) -> list[Block]:
    """Associates newly linked to two or more children, or to more children than before."""
    before = {row.associate_id: row for row in pack.rows(SHARED_ASSOCIATES_BEFORE, SharedAssociate)}
    lines = []
    for row in pack.rows(SHARED_ASSOCIATES, SharedAssociate):
        held = before.get(row.associate_id)
        children = held.children if held else None
        if children is None or row.children > children:
            words = "not met" if children is None else count_words(children, "child", "children")
            lines.append(
                Line(
                    (pack.called(row.associate_id, row.associate_kind), str(row.children), words),
                    row.records,
                )
            )
    columns = (("Associate", 7), ("Children now", 3), (f"On {day_words(pack.about.day_before)}", 4))
    return table("Associates newly linked to two or more children, or to more than before", columns, lines)


def _places(pack: Gathered) -> list[Block]:
    rows = [(row.thing_id, row) for row in pack.rows(HOTSPOTS, Hotspot) if row.change and row.thing_id]
    rows.sort(key=lambda found: (-found[1].change, found[1].level, found[0]))
    lines = [
        Line(
            (pack.called(place), row.level, str(row.before_episodes), str(row.episodes), change_words(row.change)),
            row.records,
        )
        for place, row in rows
    ]
    columns = (("Place", 6), ("Kind", 2.5), ("Episodes before", 2.5), ("This period", 2.5), ("Change", 2))
    return table("Places where the number of episodes changed, greatest rise first", columns, lines)


SECTION = Section(
    name="changes",
    title="What has changed since the last meeting",
    source="Operational group agenda (Framework, CMOG): changes since the last meeting",
    parts=(
        Part("Three missing episodes in three months", (MASE, MASE_BEFORE), _threshold),
        Part("On no list, inside a network with listed children", (UNLISTED, UNLISTED_BEFORE), _unlisted),
        Part("Associates", (SHARED_ASSOCIATES, SHARED_ASSOCIATES_BEFORE), _associates, empty="No change recorded."),
        Part("Places", (HOTSPOTS,), _places, empty="No change recorded."),
    ),
)
