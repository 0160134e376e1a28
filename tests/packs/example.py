"""An invented child and an invented month, as answers: small enough to check by eye, every section filled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from missingnet.graph.answers import Answer, Row
from missingnet.graph.answers.descriptions import Caption, Description
from missingnet.graph.answers.record_sources import RecordSource
from missingnet.visualise.pack import About, Ask, Pack, Unanswered, about_child, about_month, make_pack, questions_for
from missingnet.visualise.pack.meetings import MEETINGS
from tests.packs.example_child import CHILD, NAMES, ties, timeline
from tests.packs.example_duties import duties
from tests.packs.example_patterns import (
    cme,
    communities,
    cross_border,
    cross_lists,
    hotspots,
    linked_places,
    mase,
    shared,
    to_visit,
    together,
    unlisted,
)

AS_AT = datetime(2026, 11, 1, 9, 0)
MADE_AT = datetime(2026, 11, 2, 10, 30, 15, 123456)


@dataclass(frozen=True)
class Reader:
    """Who makes the pack."""

    title: str = "CSE coordinator, council 997"


@dataclass(frozen=True)
class Purpose:
    """Why."""

    code: str = "MASE"
    reference: str = "case-12"


def captions(things: Iterable[str], names: Mapping[str, tuple[str, str]] = NAMES) -> tuple[Caption, ...]:
    """What these things are called."""
    return tuple(_caption(thing, *names[thing]) for thing in things if thing in names)


def _caption(thing: str, kind: str, name: str) -> Caption:
    person = kind in ("Child", "Associate")
    told = Description(
        thing_id=thing,
        thing_kind=kind,
        version=f"desc-{thing}-1",
        records=(f"desc-{thing}",),
        agency="99",
        extract=date(2026, 11, 1),
        name=name,
        given=None,
        family=None,
        aliases=("Rob",) if thing == CHILD else (),
        born=date(2011, 3, 4) if person else None,
        died=None,
        sex="F" if person else None,
        ethnicity=None,
        address=None,
        postcode="ZZ1 1ZZ" if thing == CHILD else None,
        latitude=None,
        longitude=None,
        kind=None,
        identifiers=(f"police 99 N-{thing}",),
        authority=None,
        lpu=None,
        phase=None,
        status=None,
        note=None,
    )
    return Caption(
        thing_id=thing,
        thing_kind=kind,
        caption=name,
        aliases=told.aliases,
        born=told.born,
        sex=told.sex,
        address=None,
        postcode=told.postcode,
        kind=None,
        disagree=("name",) if thing == CHILD else (),
        descriptions=(told,),
    )


def sources(records: Iterable[str]) -> tuple[RecordSource, ...]:
    """Where these records came from: a file and a row each."""
    return tuple(
        RecordSource(
            record=record,
            version=f"{record}-1",
            label="Episode" if record.startswith("ep") else "Intelligence",
            agency="99",
            reference=f"ref {record}",
            extract=date(2026, 11, 1),
            file="police_missing.csv",
            row=number + 2,
            observed_from=datetime(2026, 9, 1),
            observed_to=None,
            grades=("2C",) if record.startswith("int") else (),
            handling=("P",) if record.startswith("int") else (),
        )
        for number, record in enumerate(records)
    )


Rows = Mapping[str, Sequence[Row]]

FILLED: Rows = {
    "CHILD-IDENTITY": [e for e in timeline() if e.label in ("Placement", "Enrolment", "ListEntry", "RiskAssessment")],
    "CHILD-TIMELINE": timeline(),
    "CHILD-NETWORK": ties(),
    "SHARED-ASSOCIATE": shared(),
    "GROUP-MISSING": together(),
    "MASE-3-IN-3M": mase(),
    "UNLISTED-IN-NETWORK": unlisted(),
    "CME-AND-MISSING": cme(),
    "HOTSPOT": hotspots(),
    "PLACES-TO-VISIT": to_visit(),
    "LINKED-LOCATIONS": linked_places(),
    "NETWORK": communities(),
    "CROSS-LISTS": cross_lists(),
    "CROSS-BORDER": cross_border(),
    **duties(),
}


def answered(
    meeting: str,
    about: About,
    rows: Rows,
    *,
    failing: Iterable[str] = (),
    names: Mapping[str, tuple[str, str]] = NAMES,
) -> dict[Ask, Answer[Row] | Unanswered]:
    """Answers to everything the pack asks, as the api gathers them; what was so at the span's start is empty."""
    answers: dict[Ask, Answer[Row] | Unanswered] = {}
    while asks := questions_for(meeting, about, AS_AT, answers):
        for ask in asks:
            if ask.rule in failing:
                answers[ask] = Unanswered(ask.rule)
                continue
            found: Sequence[Row] = () if ask.as_at else rows.get(ask.rule, ())
            if ask.rule == "DESCRIPTIONS":
                found = captions(ask.params["things"], names)
            elif ask.rule == "RECORD-SOURCES":
                found = sources(ask.params["records"])
            answers[ask] = Answer(
                rule=ask.rule,
                title=f"What {ask.rule} answers",
                source="Framework",
                parameters=ask.params,
                as_at=ask.as_at or AS_AT,
                known_at=None,
                rows=tuple(found),
                notes=(),
            )
    return answers


def about(meeting: str) -> About:
    """The invented child's pack, or October's."""
    return about_child(CHILD, AS_AT.date()) if MEETINGS[meeting].about == "child" else about_month("2026-10")


def pack_of(meeting: str, answers: Mapping[Ask, Answer[Row] | Unanswered]) -> Pack:
    """The pack of these answers."""
    return make_pack(
        meeting,
        about(meeting),
        answers,
        reader=Reader(),
        purpose=Purpose(),
        recipient="Chair of the meeting",
        made_at=MADE_AT,
        as_at=AS_AT,
        marking="OFFICIAL-SENSITIVE",
        conditions={},
    )
