"""Why the child is discussed: each rule that was tested, the facts that met it, and its paragraph."""

from __future__ import annotations

from missingnet.graph.answers.cme_and_missing import CmeAndMissing
from missingnet.graph.answers.episodes_in_window import EpisodesInWindow
from missingnet.graph.answers.group_missing import GroupMissing
from missingnet.graph.answers.shared_associate import SharedAssociate
from missingnet.graph.answers.unlisted_in_network import UnlistedInNetwork
from missingnet.visualise.pack.asks import Wanted
from missingnet.visualise.pack.content import Block, Line, Words, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import CME, MASE, MISSING_WITH, SHARED_ASSOCIATES, UNLISTED
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.words import (
    agencies_words,
    agency_words,
    count_words,
    day_words,
    instant_words,
    listed,
    parameters_words,
    times_words,
)

_PAIR = 2
_NOT_MET = "Asked, and not met by the records."


def _rule(pack: Gathered, wanted: Wanted) -> Words:
    """The rule's name, what it says and where it stands."""
    answer = pack.answer(wanted)
    return Words(
        f"Rule {answer.rule}: {answer.title}. Source: {answer.source}. "
        f"Values used: {parameters_words(answer.parameters)}."
    )


def _threshold(pack: Gathered) -> list[Block]:
    for row in pack.rows(MASE, EpisodesInWindow):
        if row.child_id == pack.about.child:
            starts = listed([instant_words(start) for start in row.starts])
            met = "" if row.state == "fired" else "One short of the threshold. "
            return [
                Words(
                    f"{met}{count_words(row.episodes, 'missing episode')} by the records of "
                    f"{agencies_words(row.agencies)}, begun {starts}.",
                    row.records,
                ),
                *(
                    Words(
                        f"{agency_words(own.agency)} records {count_words(own.episodes, 'episode')}; "
                        f"{own.counted or 'none'} of them {'count' if own.counted > 1 else 'counts'} by its record.",
                        own.records,
                    )
                    for own in row.by_agency
                    if len(row.by_agency) > 1
                ),
                _rule(pack, MASE),
            ]
    return []


def _together(pack: Gathered) -> list[Block]:
    """The pairs; sets of three or more stand under the other children who may be at risk."""
    sets = [r for r in pack.rows(MISSING_WITH, GroupMissing) if (pack.about.child or "") in r.child_ids]
    lines = [
        Line(
            (
                listed(sorted(pack.called(each, "Child") for each in row.child_ids if each != pack.about.child)),
                times_words(row.times),
                ", ".join(row.ways),
                instant_words(row.last, "day"),
            ),
            row.records,
        )
        for row in [one for one in sets if one.size == _PAIR] or sets
    ]
    columns = (("Missing at the same time as", 6), ("How often", 2.5), ("What they shared", 5), ("Last", 3))
    return [*table("", columns, lines), _rule(pack, MISSING_WITH)] if lines else []


def _associates(pack: Gathered) -> list[Block]:
    lines = [
        Line(
            (
                pack.called(row.associate_id, row.associate_kind),
                pack.all_called((each for each in row.child_ids if each != pack.about.child), "Child"),
                ", ".join(row.ways),
            ),
            row.records,
        )
        for row in pack.rows(SHARED_ASSOCIATES, SharedAssociate)
        if pack.about.child in row.child_ids
    ]
    columns = (("Associate", 5), ("Other children linked to them", 7), ("How linked", 5))
    return [*table("", columns, lines), _rule(pack, SHARED_ASSOCIATES)] if lines else []


def _unlisted(pack: Gathered) -> list[Block]:
    for row in pack.rows(UNLISTED, UnlistedInNetwork):
        if row.child_id == pack.about.child:
            ties = pack.joined((each.through_id, each.through_kind) for each in row.through)
            return [
                Words(
                    f"On no list asked about, and tied to {count_words(row.listed, 'listed child', 'listed children')} "
                    f"through {ties}. {row.strength}",
                    row.records,
                ),
                _rule(pack, UNLISTED),
            ]
    return []


def _education(pack: Gathered) -> list[Block]:
    for row in pack.rows(CME, CmeAndMissing):
        if row.child_id == pack.about.child:
            return [
                Words(
                    f"{row.education.capitalize()}, since {day_words(row.since)}; "
                    f"{count_words(row.episodes, 'missing episode')} in the window.",
                    (*row.education_records, *row.episode_records),
                ),
                _rule(pack, CME),
            ]
    return []


SECTION = Section(
    name="why_discussed",
    title="Why the child is discussed",
    source="A child’s agenda; Framework, MASE thresholds",
    parts=(
        Part("Three missing episodes in three months", (MASE,), _threshold, empty=_NOT_MET),
        Part("Missing together with other children", (MISSING_WITH,), _together, empty=_NOT_MET),
        Part("An associate linked to other children too", (SHARED_ASSOCIATES,), _associates, empty=_NOT_MET),
        Part("On no list, inside a network with listed children", (UNLISTED,), _unlisted, empty=_NOT_MET),
        Part("Missing from education and missing from home or care", (CME,), _education, empty=_NOT_MET),
    ),
)
