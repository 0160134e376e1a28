"""Notices and orders, risk assessments and the lists that the child stands or stood on."""

from __future__ import annotations

from missingnet.graph.answers.events import Event
from missingnet.visualise.pack.content import Block, Line, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import TIMELINE
from missingnet.visualise.pack.reading import fact, moment, newest_first, own, said
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.words import NOT_RECORDED, agency_words, instant_words, list_words


def _assessments(pack: Gathered) -> list[Block]:
    lines = [
        Line(
            (
                instant_words(event.started, "day"),
                list_words(event.kind or fact(event, "kind")),
                said(event, "level"),
                said(event, "score"),
                said(event, "assessor"),
                moment(event, "next review"),
                agency_words(event.agency),
            ),
            (event.record,),
        )
        for event in own(pack, "RiskAssessment")
    ]
    columns = (
        ("Date", 2.2),
        ("Assessment", 2.8),
        ("Level", 2),
        ("Score", 1.6),
        ("Assessor", 3),
        ("Next review", 2.3),
        ("Recorded by", 2.4),
    )
    return table("Newest first", columns, lines)


def _notices(pack: Gathered) -> list[Block]:
    found = newest_first(row for row in pack.rows(TIMELINE, Event) if row.label == "Notice")
    lines = [
        Line(
            (
                event.kind or said(event, "kind"),
                moment(event, "served"),
                moment(event, "expires"),
                "; ".join(sorted({pack.called(t.id, t.kind) for t in event.things})) or NOT_RECORDED,
                said(event, "details"),
            ),
            (event.record,),
        )
        for event in found
    ]
    columns = (("Kind", 2.5), ("Served", 2.3), ("Expires", 2.3), ("Names", 3.5), ("Details", 5))
    return table("Notices and orders that concern the child, newest first", columns, lines)


def _lists(pack: Gathered) -> list[Block]:
    lines = [
        Line(
            (
                list_words(event.kind or fact(event, "list")),
                moment(event, "added"),
                "still on it" if event.open else moment(event, "removed"),
                said(event, "status"),
                said(event, "worker"),
                agency_words(event.agency),
            ),
            (event.record,),
        )
        for event in own(pack, "ListEntry")
    ]
    columns = (("List", 4), ("Added", 2.3), ("Removed", 2.3), ("Status", 2.5), ("Worker", 3), ("Kept by", 2.5))
    return table("", columns, lines)


SECTION = Section(
    name="notices_and_assessments",
    title="Risk assessments, notices and lists",
    source="A child’s agenda: CSE risk assessment completed; powers to protect and to disrupt; NRM",
    parts=(
        Part("Risk assessments", (TIMELINE,), _assessments),
        Part("Notices and orders", (TIMELINE,), _notices),
        Part("Lists", (TIMELINE,), _lists),
    ),
)
