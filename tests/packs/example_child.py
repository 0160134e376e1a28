"""The invented child's records and ties, and a long history for timing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from missingnet.graph import rulebook
from missingnet.graph.answers.events import Event, EventThing, Fact
from missingnet.graph.answers.same_episode import RULE as SAME_EPISODE
from missingnet.graph.answers.standing import RULE, Reviewing, Strength
from missingnet.graph.answers.ties import Tie

CHILD = "child-a"

NAMES: Mapping[str, tuple[str, str]] = {
    CHILD: ("Child", "Robin Example"),
    "child-b": ("Child", "Kit Sample"),
    "child-c": ("Child", "Sasha Sample"),
    "child-d": ("Child", "Noor Invented"),
    "adult-x": ("Associate", "Taz"),
    "adult-y": ("Associate", "Lee Fiction"),
    "place-p": ("Place", "Riverside Retail Park"),
    "place-q": ("Place", "12 Example Street"),
    "home-h": ("Home", "Willow House"),
    "school-s": ("School", "Example Academy"),
    "car-v": ("Vehicle", "AB12 CDE"),
    "phone-t": ("Phone", "+447700900123"),
}


def facts(**told: str) -> tuple[Fact, ...]:
    """Facts under their plain names: last_seen becomes 'last seen'."""
    return tuple(Fact(name=name.replace("_", " "), value=value) for name, value in told.items())


def event(
    record: str,
    label: str,
    kind: str | None,
    started: datetime | None,
    ended: datetime | None = None,
    *,
    agency: str = "99",
    tie: str = "own",
    is_open: bool = False,
    things: Sequence[tuple[str, str]] = (),
    **told: str,
) -> Event:
    """One record's facts; ``things`` are (thing, link) pairs."""
    return Event(
        record=record,
        version=f"{record} v1",
        conflicting=False,
        label=label,
        kind=kind,
        tie=tie,
        agency=agency,
        reference=f"ref {record}",
        started=started,
        ended=ended,
        open=is_open,
        precision="minute",
        summary=f"{label} {record}",
        facts=facts(**told),
        things=tuple(EventThing(id=thing, kind=NAMES[thing][0], link=link, role=None) for thing, link in things),
    )


def timeline() -> tuple[Event, ...]:
    """The child's records: two missing, one absent, an interview, school, placement, intelligence, a notice."""
    return (
        event(
            "ep-1",
            "Episode",
            "missing",
            datetime(2026, 9, 11, 20, 0),
            datetime(2026, 9, 12, 15, 0),
            things=(("home-h", "STARTED_AT"), ("place-p", "FOUND_AT"), ("child-b", "WENT_WITH")),
            last_seen="11 Sep 2026, 21:00",
            reported="11 September 2026, 23:10",
            located="12 Sep 2026, 16:00",
            returned="12 Sep 2026, 17:20",
            risk="medium",
            risk_changes="12/09/2026 08:00 Medium>High not heard from",
            found_by="police",
            circumstances="Left after tea without a coat.",
        ),
        event(
            "ep-2",
            "Episode",
            "absent",
            datetime(2026, 10, 3, 18, 30),
            datetime(2026, 10, 3, 22, 0),
            things=(("home-h", "STARTED_AT"),),
            reported="3 Oct 2026, 19:30",
            closure_code="Missing – Unauthorised absence",
        ),
        event("ep-3", "Episode", "missing", datetime(2026, 10, 30, 19, 0), is_open=True, reported="30 Oct 2026, 19:45"),
        event("ep-0", "Episode", "missing", datetime(2025, 1, 3), datetime(2025, 1, 4)),
        event(
            "rhi-1",
            "ReturnInterview",
            "held",
            datetime(2026, 9, 14, 15, 0),
            agency="997",
            returned="12 Sep 2026, 17:20",
            offered="13 Sep 2026, 09:00",
            held="14 Sep 2026, 16:00",
            outcome="held",
            alone="yes",
            independent="yes",
            advocate_offered="yes",
            why="I wanted to see my friends and nobody listens at the house.",
            wishes="I want to live nearer my nan.",
            where_slept="On a sofa in a flat, I don’t know the number.",
            parents_view="Mum is worried about the older friends.",
            themes="peer group; placement",
        ),
        event(
            "act-1",
            "Action",
            None,
            datetime(2026, 9, 20),
            datetime(2026, 10, 4),
            agency="997",
            what="Visit the retail park with licensing",
            owner="Licensing officer",
            agreed="20 Sep 2026",
            due="4 Oct 2026",
            done="2 Oct 2026",
            had_impact="Yes",
            impact="No child found there since",
        ),
        event(
            "act-2",
            "Action",
            None,
            datetime(2026, 10, 20),
            agency="997",
            is_open=True,
            what="Offer a second interview",
            owner="Interview provider",
            agreed="20 Oct 2026",
            due="3 Nov 2026",
        ),
        event("swc-1", "SafeAndWellCheck", None, datetime(2026, 9, 12, 17, 0), held_by="PC 1", findings="Tired."),
        event(
            "plc-1",
            "Placement",
            None,
            datetime(2026, 2, 1),
            agency="997",
            is_open=True,
            things=(("home-h", "PLACED_IN"),),
            place_code="K2",
            legal_status="C2",
            reason_new="S",
        ),
        event(
            "enr-1",
            "Enrolment",
            None,
            datetime(2025, 9, 1),
            agency="schools-997",
            is_open=True,
            things=(("school-s", "ENROLLED_AT"),),
            year_group="10",
            sessions_possible="120",
            sessions_unauthorised="31",
        ),
        event(
            "cme-1", "MissingEducation", None, datetime(2026, 10, 5), agency="997", is_open=True, reason="Not attending"
        ),
        event(
            "int-1",
            "Intelligence",
            None,
            datetime(2026, 10, 9, 12, 0),
            tie="named",
            things=(("adult-x", "NAMES"),),
            text="The child was seen in a silver car with Taz at the retail park.",
            source_grade="2",
            assessment_grade="C",
            handling="C",
            condition="Not for onward sharing without the owner",
        ),
        event("ra-1", "RiskAssessment", "cse", datetime(2026, 8, 1), agency="997", level="significant", score="14"),
        event(
            "ntc-1", "Notice", "CAWN", datetime(2026, 10, 12), tie="named", things=(("adult-x", "NAMES"),), details="–"
        ),
        event("lst-1", "ListEntry", "cse", datetime(2026, 8, 3), agency="997", is_open=True, added="3 Aug 2026"),
    )


def strength_of_one(grade: str | None) -> Strength:
    """As one agency's word is taken: by its grade alone."""
    used = {name: p.default for rule in (RULE, SAME_EPISODE) for name, p in rulebook.rule(rule).parameters.items()}
    return Reviewing.of(used, datetime(2026, 11, 1)).strength(1, grade, False)


def tie(
    hop: int, start: str, kind: str, end: str, *records: str, roles: Sequence[str] = (), grade: str | None = None
) -> Tie:
    """One tie, with the best whole grade of its records."""
    return Tie(
        hop=hop,
        from_id=start,
        from_kind=NAMES[start][0],
        to_id=end,
        to_kind=NAMES[end][0],
        kind=kind,
        through="Episode",
        roles=tuple(roles),
        records=records,
        agencies=("99",),
        first=datetime(2026, 9, 1),
        last=datetime(2026, 10, 9),
        sources=1,
        age=23,
        review_by=date(2027, 10, 9),
        faded=False,
        grade=grade,
        handling=(),
        to_hub=end == "school-s",
        to_children=25 if end == "school-s" else None,
        strength=strength_of_one(grade),
        path_strength=strength_of_one(grade),
        path_grade=grade,
        verdict=None,
        said=(),
    )


def ties() -> tuple[Tie, ...]:
    """People, places, a car and a phone around the child."""
    return (
        tie(1, CHILD, "missing with", "child-b", "ep-1"),
        tie(1, CHILD, "linked to", "child-c", "int-2", roles=("sibling",), grade="1A"),
        tie(1, CHILD, "same intelligence", "adult-x", "int-1", grade="2C"),
        tie(1, CHILD, "found at", "place-p", "ep-1"),
        tie(1, CHILD, "started at", "home-h", "ep-1", "ep-2"),
        tie(1, CHILD, "at school", "school-s", "enr-1"),
        tie(1, CHILD, "uses", "phone-t", "int-3", grade="3D"),
        tie(2, "adult-x", "uses", "car-v", "int-4", grade="B2"),
        tie(2, "adult-x", "linked to", "adult-y", "int-5", roles=("associate",), grade="2C"),
        tie(2, "child-b", "same intelligence", "adult-x", "int-6"),
    )


def many_episodes(count: int) -> tuple[Event, ...]:
    """A long history, for timing and for page breaks."""
    first = datetime(2025, 12, 1, 18, 0)
    return tuple(
        event(
            f"ep-{number + 100}",
            "Episode",
            ("missing", "absent", "away")[number % 3],
            first + timedelta(hours=30 * number),
            first + timedelta(hours=30 * number + 9),
            things=(("home-h", "STARTED_AT"), ("place-p", "FOUND_AT"), ("child-b", "WENT_WITH")),
            last_seen="11 Sep 2026, 21:00",
            reported="11 September 2026, 23:10",
            located="12 Sep 2026, 16:00",
            returned="12 Sep 2026, 17:20",
            risk="medium",
            found_by="police",
            circumstances="Left after tea without a coat. " * (number % 5 + 1),
        )
        for number in range(count)
    )
