"""Children to discuss, by the rule that names them, each with its facts and sources."""

from __future__ import annotations

from collections.abc import Callable

from missingnet.graph.answers.cme_and_missing import CmeAndMissing
from missingnet.graph.answers.cross_lists import CrossLists
from missingnet.graph.answers.episodes_in_window import EpisodesInWindow
from missingnet.graph.answers.threshold_row import ThresholdRow
from missingnet.graph.answers.unlisted_in_network import UnlistedInNetwork
from missingnet.visualise.pack.asks import Wanted
from missingnet.visualise.pack.content import Block, Line, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import (
    ABSENCES_HIDE,
    ABSENT_AT_RISK,
    CME,
    CROSS_LISTS,
    MASE,
    TRAFFICKED_EARLY,
    UNLISTED,
)
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.words import agencies_words, capital, day_words, instant_words, list_words, listed


def _threshold(pack: Gathered) -> list[Block]:
    lines = [
        Line(
            (
                pack.called(row.child_id, "Child"),
                "Met" if row.state == "fired" else "One short",
                str(row.episodes),
                listed([instant_words(start, "day") for start in row.starts]),
                agencies_words(row.agencies),
            ),
            (*row.records, *row.same_records),
        )
        for row in pack.rows(MASE, EpisodesInWindow)
    ]
    columns = (("Child", 4.5), ("State", 2), ("Episodes", 2), ("Begun", 5), ("Recorded by", 3))
    return table("MASE-3-IN-3M: discuss at MASE (recommended)", columns, lines)


def _fired(wanted: Wanted) -> Callable[[Gathered], list[Block]]:
    """Every child whom a threshold names, with the facts against it, as the rule says them."""

    def fill(pack: Gathered) -> list[Block]:
        lines = [
            Line(
                (
                    pack.called(row.child_id, "Child"),
                    instant_words(row.since, "day"),
                    capital(row.why),
                ),
                row.records,
            )
            for row in pack.rows(wanted, ThresholdRow)
            if row.state == "fired"
        ]
        return table(pack.answer(wanted).rule, (("Child", 4), ("Since", 2.4), ("Facts", 10)), lines)

    return fill


def _unlisted(pack: Gathered) -> list[Block]:
    lines = [
        Line(
            (
                pack.called(row.child_id, "Child"),
                pack.all_called(row.listed_ids, "Child"),
                pack.joined((each.through_id, each.through_kind) for each in row.through),
                row.strength,
            ),
            row.records,
        )
        for row in pack.rows(UNLISTED, UnlistedInNetwork)
    ]
    columns = (("Child on no list", 3), ("Listed children", 3.6), ("Tied through", 6.4), ("How well known", 3.6))
    return table("UNLISTED-IN-NETWORK", columns, lines)


def _education(pack: Gathered) -> list[Block]:
    lines = [
        Line(
            (
                pack.called(row.child_id, "Child"),
                f"{row.education}, since {day_words(row.since)}",
                str(row.episodes),
                agencies_words(row.agencies),
            ),
            (*row.education_records, *row.episode_records),
        )
        for row in pack.rows(CME, CmeAndMissing)
    ]
    columns = (("Child", 4.5), ("Education", 6), ("Missing episodes", 2.6), ("Recorded by", 3.5))
    return table("CME-AND-MISSING; the details stand under 'Missing from education and missing'", columns, lines)


def _lists(pack: Gathered) -> list[Block]:
    """Children on several lists at once, on most first, each list since when."""
    lines = [
        Line(
            (
                pack.called(row.child_id, "Child"),
                str(len(row.lists)),
                "; ".join(f"{list_words(one.list)}, since {day_words(one.since)}" for one in row.entries),
                agencies_words(row.agencies),
            ),
            row.records,
        )
        for row in pack.rows(CROSS_LISTS, CrossLists)
        if row.state == "fired"
    ]
    columns = (("Child", 3.6), ("Lists", 1.4), ("Which, and since when", 8.4), ("Recorded by", 3.2))
    return table("CROSS-LISTS", columns, lines)


SECTION = Section(
    name="children_by_rule",
    title="Children, by rule",
    source="Operational group agenda (Framework, CMOG): children by rule",
    parts=(
        Part("Three missing episodes in three months", (MASE,), _threshold),
        Part("Missing soon after becoming looked after: act at once", (TRAFFICKED_EARLY,), _fired(TRAFFICKED_EARLY)),
        Part("Graded absent while a risk of exploitation was known", (ABSENT_AT_RISK,), _fired(ABSENT_AT_RISK)),
        Part("Many absences, few missing episodes", (ABSENCES_HIDE,), _fired(ABSENCES_HIDE)),
        Part("On no list, inside a network with listed children", (UNLISTED,), _unlisted),
        Part("Missing from education and missing from home or care", (CME,), _education),
        Part("On several lists at once", (CROSS_LISTS,), _lists),
    ),
)
