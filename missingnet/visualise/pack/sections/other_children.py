"""Other children who may be at risk: brothers and sisters first, then those tied by people, places and episodes."""

from __future__ import annotations

from missingnet.graph.answers.group_missing import GroupMissing
from missingnet.graph.answers.shared_associate import SharedAssociate
from missingnet.graph.answers.ties import Tie
from missingnet.visualise.pack.content import Block, Line, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import MISSING_WITH, NETWORK, SHARED_ASSOCIATES
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.pack.tie_tables import how, near_table, records_of, span_of, ties
from missingnet.visualise.words import age_on, instant_words, span_words, times_words

_FAMILY = ("sibling", "brother", "sister", "twin")


def _is_sibling(tie: Tie) -> bool:
    return any(word in role.casefold() for role in tie.roles for word in _FAMILY)


def _with_age(pack: Gathered, child: str) -> str:
    """A child's caption and age on the day of the pack."""
    caption = pack.caption(child)
    age = age_on(caption.born, pack.about.until) if caption else None
    return pack.called(child, "Child") + (f", {age}" if age is not None else ", age not recorded")


def _siblings(pack: Gathered) -> list[Block]:
    found = [tie for tie in ties(pack) if tie.hop == 1 and tie.to_kind in ("Child", "Associate") and _is_sibling(tie)]
    return near_table(pack, "Brothers and sisters, as recorded", found)


def _tied(pack: Gathered) -> list[Block]:
    by_child: dict[str, list[Tie]] = {}
    for tie in ties(pack):
        if tie.hop == 1 and tie.to_kind == "Child" and not _is_sibling(tie):
            by_child.setdefault(tie.to_id, []).append(tie)
    lines = [
        Line(
            (
                _with_age(pack, child),
                how(found),
                span_of(found),
            ),
            records_of(found),
        )
        for child, found in by_child.items()
    ]
    lines.sort(key=lambda line: line.cells)
    return table("Children tied to this child", (("Child, age", 5), ("How tied", 7), ("Observed", 4)), lines)


def _same_associates(pack: Gathered) -> list[Block]:
    shared: dict[str, list[SharedAssociate]] = {}
    for row in pack.rows(SHARED_ASSOCIATES, SharedAssociate):
        if pack.about.child in row.child_ids:
            for child in row.child_ids:
                if child != pack.about.child:
                    shared.setdefault(child, []).append(row)
    lines = [
        Line(
            (
                _with_age(pack, child),
                "; ".join(
                    sorted(
                        f"{pack.called(row.associate_id, row.associate_kind)}: "
                        + ", ".join(sorted({link.way for link in row.links if link.child_id == child}))
                        for row in rows
                    )
                ),
                span_words(
                    min((row.first for row in rows if row.first), default=None),
                    max((row.last for row in rows if row.last), default=None),
                ),
            ),
            tuple(record for row in rows for link in row.links if link.child_id == child for record in link.records),
        )
        for child, rows in shared.items()
    ]
    lines.sort(key=lambda line: line.cells)
    columns = (("Child, age", 4), ("Associates shared, and how that child is tied to each", 9), ("Observed", 3.5))
    return table("Children who share an associate with this child", columns, lines)


def _together(pack: Gathered) -> list[Block]:
    lines = [
        Line(
            (
                "; ".join(sorted(_with_age(pack, each) for each in row.child_ids if each != pack.about.child)),
                times_words(row.times),
                ", ".join(row.ways),
                instant_words(row.last, "day"),
            ),
            row.records,
        )
        for row in pack.rows(MISSING_WITH, GroupMissing)
        if (pack.about.child or "") in row.child_ids
    ]
    columns = (("With", 6), ("How often", 2.5), ("What they shared", 5), ("Last", 3))
    return table("Children missing at the same time, sharing a companion, place or associate", columns, lines)


SECTION = Section(
    name="other_children",
    title="Other children who may be at risk",
    source="A child’s agenda: risk to siblings and other children; rules SHARED-ASSOCIATE, GROUP-MISSING",
    parts=(
        Part("Brothers and sisters", (NETWORK,), _siblings),
        Part("Other children tied to the child", (NETWORK,), _tied),
        Part("Children who share an associate", (SHARED_ASSOCIATES,), _same_associates),
        Part("Children missing at the same time", (MISSING_WITH,), _together),
    ),
)
