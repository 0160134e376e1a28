"""Children missing from education who also go missing, or share people and places with those who do."""

from __future__ import annotations

from missingnet.graph.answers.cme_and_missing import CmeAndMissing
from missingnet.graph.answers.school_days_missed import DaysMissed
from missingnet.visualise.pack.content import Block, Line, Words, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import CME, SCHOOL_DAYS_MISSED
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.words import NOT_RECORDED, absence_words, day_words, instant_words


def _education(pack: Gathered) -> list[Block]:
    lines = [
        Line(
            (
                pack.called(row.child_id, "Child"),
                f"{row.education}, since {day_words(row.since)}",
                "; ".join(map(absence_words, row.reasons)) or NOT_RECORDED,
                f"{row.sessions:g}" if row.sessions is not None else NOT_RECORDED,
                str(row.episodes),
                instant_words(row.last_missing, "day") if row.last_missing else "none in the window",
            ),
            (*row.education_records, *row.episode_records),
        )
        for row in pack.rows(CME, CmeAndMissing)
    ]
    columns = (
        ("Child", 3.5),
        ("Education", 3.6),
        ("Reasons as recorded", 3.2),
        ("Sessions absent", 2),
        ("Missing episodes", 2.1),
        ("Last missing", 2.4),
    )
    return table("Children out of school and missing", columns, lines)


def _shares(pack: Gathered) -> list[Block]:
    lines = [
        Line(
            (
                pack.called(row.child_id, "Child"),
                pack.called(share.shared_id, share.shared_kind),
                pack.all_called(share.other_child_ids, "Child"),
            ),
            share.records,
        )
        for row in pack.rows(CME, CmeAndMissing)
        for share in row.shares
    ]
    columns = (("Child out of school", 5), ("Shares", 5), ("With children who go missing", 6))
    return table("People and places shared with children who go missing", columns, lines)


def _unregistered(pack: Gathered) -> list[Block]:
    rows = [
        row
        for row in pack.rows(SCHOOL_DAYS_MISSED, DaysMissed)
        if row.state == "fired" and (row.unregistered or row.off_roll)
    ]
    lines = [
        Line(
            (
                pack.called(row.child_id, "Child"),
                "No roll names the child" if row.unregistered else "Left a roll, and is on none",
                f"{row.days:g}",
                str(row.sessions_in_episodes),
            ),
            (*row.records, *row.episode_records),
        )
        for row in rows
    ]
    if not lines:
        return []
    columns = (("Child", 5), ("Schools", 5), ("School days missed", 3), ("Sessions missed while missing", 3.4))
    said = Words("Registers of health and other services, and visits, stand in no record that is read here: ask them.")
    return [said, *table("On no school roll seen, and at risk of missing education", columns, lines)]


SECTION = Section(
    name="education_and_missing",
    title="Missing from education and missing",
    source="Operational group agenda: CME cross-over, children unregistered; rules CME-AND-MISSING, "
    "CME-10D (Ofsted 2016; Procedures)",
    parts=(
        Part("Out of school, and missing from home or care", (CME,), _education),
        Part("Shared with children who go missing", (CME,), _shares),
        Part("Living unregistered with universal services: on no school roll", (SCHOOL_DAYS_MISSED,), _unregistered),
    ),
)
