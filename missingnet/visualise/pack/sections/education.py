"""School: on whose roll, which absences, out of education, and how this meets the episodes (CME-AND-MISSING)."""

from __future__ import annotations

from missingnet.graph.answers.cme_and_missing import CmeAndMissing
from missingnet.visualise.pack.content import Block, Line, Words, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import CME, TIMELINE
from missingnet.visualise.pack.reading import fact, moment, own, said, things_called, within
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.words import NOT_RECORDED, agency_words, count_words, instant_words


def _rolls(pack: Gathered) -> list[Block]:
    events = within(pack, own(pack, "Enrolment"))[0]
    lines = [
        Line(
            (
                things_called(pack, event, "ENROLLED_AT"),
                said(event, "year group"),
                instant_words(event.started, "day"),
                "still on roll" if event.open else instant_words(event.ended, "day"),
                said(event, "sessions possible"),
                said(event, "sessions authorised"),
                said(event, "sessions unauthorised"),
            ),
            (event.record,),
        )
        for event in events
    ]
    columns = (
        ("School", 4.5),
        ("Year group", 1.7),
        ("From", 2.2),
        ("To", 2.2),
        ("Sessions possible", 2),
        ("Absent, authorised", 2.1),
        ("Absent, not authorised", 2.1),
    )
    return table("On roll", columns, lines)


def _absences(pack: Gathered) -> list[Block]:
    events = within(pack, own(pack, "SchoolAbsence"))[0]
    lines = [
        Line(
            (
                instant_words(event.started, "day"),
                (event.kind or NOT_RECORDED).capitalize(),
                "; ".join(filter(None, (fact(event, n) for n in ("code", "category", "reasons")))) or NOT_RECORDED,
                said(event, "sessions"),
                things_called(pack, event, "ENROLLED_AT"),
            ),
            (event.record,),
        )
        for event in events
    ]
    columns = (("From", 2.3), ("What", 2.5), ("Code, category, reason", 4.5), ("Sessions", 2), ("School", 4.5))
    return table("Absences and exclusions, newest first", columns, lines)


def _out(pack: Gathered) -> list[Block]:
    events = within(pack, own(pack, "MissingEducation"))[0]
    lines = [
        Line(
            (
                instant_words(event.started, "day"),
                "still open" if event.open else instant_words(event.ended, "day"),
                moment(event, "last attended"),
                said(event, "reason"),
                "; ".join(filter(None, (fact(event, "status"), fact(event, "outcome")))) or NOT_RECORDED,
                agency_words(event.agency),
            ),
            (event.record,),
        )
        for event in events
    ]
    columns = (
        ("Referred", 2.2),
        ("Closed", 2.2),
        ("Last attended", 2.3),
        ("Reason", 4),
        ("Status, outcome", 3.2),
        ("Recorded by", 2.6),
    )
    return table("", columns, lines)


def _crossed(pack: Gathered) -> list[Block]:
    blocks: list[Block] = []
    for row in pack.rows(CME, CmeAndMissing):
        if row.child_id != pack.about.child:
            continue
        if row.during_absence:
            blocks.append(
                Words(
                    f"{count_words(len(row.during_absence), 'school absence')} on a day when the child was missing.",
                    row.during_absence,
                )
            )
        lines = [
            Line(
                (pack.called(share.shared_id, share.shared_kind), pack.all_called(share.other_child_ids, "Child")),
                share.records,
            )
            for share in row.shares
        ]
        blocks += table("", (("Shared", 5), ("With children who go missing", 10)), lines)
    return blocks


SECTION = Section(
    name="education",
    title="School and education",
    source="A child’s agenda: school; rule CME-AND-MISSING (Ofsted 2016; Procedures)",
    parts=(
        Part("Schools", (TIMELINE,), _rolls),
        Part("Absence and exclusion", (TIMELINE,), _absences),
        Part("Missing from education", (TIMELINE,), _out),
        Part("Out of school and missing", (CME,), _crossed),
    ),
)
