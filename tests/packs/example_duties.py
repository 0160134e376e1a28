"""What is owed in the invented partnership: interviews, meetings, levels, moves, birthdays; one or two of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from missingnet.graph.answers import Row
from missingnet.graph.answers.absent_reports import AbsencesBesideMissing
from missingnet.graph.answers.clock_row import ClockRow
from missingnet.graph.answers.episodes_of_concern import EpisodesRaised
from missingnet.graph.answers.factors import Factor
from missingnet.graph.answers.interview_priority import Prioritised
from missingnet.graph.answers.moved import Moved, MovedOut
from missingnet.graph.answers.placements_and_moves import TraffickedEarly
from missingnet.graph.answers.rhi_performance import InterviewPerformance
from missingnet.graph.answers.school_days_missed import DaysMissed
from missingnet.graph.answers.table_of_interviews import InterviewFact
from missingnet.graph.answers.table_of_triage import TriagedEpisode
from missingnet.graph.answers.turning_18 import Turning
from missingnet.graph.clocks import Standing
from tests.packs.example_child import CHILD

#: What a row tells of the child, where the rows tell one thing.
_GIRL: Final[Mapping[str, Any]] = {
    "placement": None,
    "provider": None,
    "legal_status": None,
    "gender": "F",
    "ethnicity": None,
    "age": 15,
    "authority": "997",
    "lpu": "North",
    "home_district": "ZZ1",
    "area": None,
}


def _clock(child: str, record: str, standing: Standing, state: str, hours: float, **told: object) -> ClockRow:
    """A clock about one episode of October."""
    return ClockRow.model_validate(
        {
            "child_id": child,
            "record": record,
            "same_records": (),
            "agency": "99",
            "kind": "missing",
            "began": datetime(2026, 10, 3, 18, 30),
            "over": datetime(2026, 10, 9, 8),
            "state": state,
            "standing": standing,
            "started": datetime(2026, 10, 9, 8),
            "due": datetime(2026, 10, 12, 8),
            "hours": hours,
            "taken": None,
            "who_acts": "social worker notifies and arranges",
            "owed_by": "997",
            "worker": None,
            "home_id": "home-h",
            "answered_by": (),
            "why": "the host authority was not told of the return",
            "facts": (),
            **told,
        }
    )


def _important(child: str, *reasons: str) -> Prioritised:
    return Prioritised(
        child_id=child,
        state="fired",
        why="; ".join(reasons),
        since=datetime(2026, 10, 3, 18, 30),
        records=("ep-1", "ep-2"),
        missing=2,
        absences=0,
        agencies=("99",),
        factors=tuple(Factor(name=reason, words=reason, records=("ep-1",)) for reason in reasons),
    )


def _performance(area: str, home: str | None, month: str, in_time: int, change: float | None) -> InterviewPerformance:
    """Five returns, one of which no file tells; four were offered, three held."""
    return InterviewPerformance(
        area=area,
        home_id=home,
        month=month,
        returns=5,
        offered=4,
        held=3,
        in_time=in_time,
        refused=1,
        waiting=0,
        decided=0,
        running=0,
        overdue=1,
        not_provided=1,
        told=4,
        due=4,
        offered_share=100.0,
        held_share=75.0,
        in_time_share=25.0 * in_time,
        change=change,
        records=("ep-1", "ep-2"),
    )


def _triaged(child: str, record: str, kind: str, level: str, lives: str | None) -> TriagedEpisode:
    return TriagedEpisode(
        child_id=child,
        record=record,
        same_records=("ep-8",) if record == "ep-1" else (),
        agency="99",
        reference=f"ref {record}",
        kind=kind,
        month="2026-10",
        began=datetime(2026, 10, 3, 18, 30),
        level=level,
        lives=lives,
        **_GIRL,
    )


def _moved_in(child: str, *risks: str) -> Moved:
    return Moved(
        child_id=child,
        state="fired" if risks else "just short",
        why="looked after by 998, placed in the area of 997",
        since=datetime(2026, 10, 4, 23),
        records=("pl-1",),
        responsible="998",
        host="997",
        day=date(2026, 10, 5),
        home_id="home-h",
        risks=risks,
    )


def _turning(child: str, turns: date, *, past: bool) -> Turning:
    return Turning(
        child_id=child,
        state="fired",
        why=f"turns 18 on {turns}; on the list 'cse'",
        since=datetime(2026, 8, 1),
        records=("le-1", "desc-1"),
        turns=turns,
        past=past,
        born=(turns.replace(year=turns.year - 18),),
        at_risk=("on the list 'cse'",),
    )


def _interviewed(child: str, record: str, *themes: str) -> InterviewFact:
    return InterviewFact(
        child_id=child,
        record=record,
        agency="interviews",
        reference=record,
        month="2026-10",
        began=datetime(2026, 10, 9, 8),
        offered="offered",
        outcome="completed",
        in_time="in time",
        themes=themes,
        lives="home",
        **_GIRL,
    )


def _missed(child: str, *, off_roll: bool) -> DaysMissed:
    """At risk of missing education: on no roll, by what the records say of it."""
    return DaysMissed(
        child_id=child,
        state="fired",
        why="12 school days without permission; the rule fires at 10",
        days=12.0,
        register_days=12,
        sessions=None,
        share=None,
        sessions_in_episodes=4,
        episode_records=("ep-4",),
        agencies=("99", "997"),
        off_roll=off_roll,
        unregistered=not off_roll,
        part_time=None,
        exclusions=0,
        records=("cme-1",),
        facts=(),
    )


def duties() -> Mapping[str, Sequence[Row]]:
    """By rule: what is owed, and how it stands."""
    return {
        "RHI-72H": (
            _clock(CHILD, "ep-2", "broken", "waiting list", -448.0),
            _clock("child-b", "ep-9", "running", "running", 5.5, over=datetime(2026, 10, 31, 8)),
            _clock("child-c", "ep-4", "met", "completed in time", 20.0),
            _clock("child-d", "ep-5", "broken", "overdue", -50.0),
        ),
        "RHI-PRIORITY": (
            _important("child-b", "reported missing more than once"),
            _important(CHILD, "reported missing more than once", "hurt or harmed while missing"),
        ),
        "RHI-PERFORMANCE": (
            _performance("997", None, "2026-10", 2, None),
            _performance("997", "home-h", "2026-09", 3, None),
            _performance("997", "home-h", "2026-10", 2, -25.0),
            _performance("998", None, "2026-10", 0, None),
        ),
        "STRAT-72H": (
            _clock("child-b", "ep-9", "running", "running", 30.0),
            _clock(CHILD, "ep-2", "broken", "not held", -100.0, answered_by=("sm-1",)),
            _clock("child-c", "ep-4", "met", "held in time", 12.0),
        ),
        "STRAT-7D-HOME": (_clock("child-d", "ep-5", "late", "held late", -24.0, owed_by=None),),
        "OOA-NOTIFY": (
            _clock(CHILD, "ep-2", "broken", "not told", -400.0),
            _clock("child-b", "ep-9", "met", "told", 3.0),
        ),
        "MOVED-IN": (_moved_in("child-b", "on the list 'cse'"), _moved_in("child-c")),
        "MOVED-OUT": (
            MovedOut(
                **_moved_in("child-d").model_dump() | {"state": "fired", "responsible": "997", "host": "998"},
                notices=("CAWN",),
                notice_records=("no-1",),
                area_told=None,
            ),
        ),
        "TURNING-18": (
            _turning("child-c", date(2027, 1, 4), past=False),
            _turning("child-d", date(2026, 2, 3), past=True),
        ),
        "TABLE-OF-TRIAGE": (
            _triaged(CHILD, "ep-1", "missing", "red", "care"),
            _triaged(CHILD, "ep-2", "absent", "red", "home"),
            _triaged("child-b", "ep-9", "missing", "amber", "home"),
            _triaged("child-c", "ep-4", "no apparent risk", "green", None),
        ),
        "TABLE-OF-INTERVIEWS": (
            _interviewed(CHILD, "rhi-1", "Friends", "Being drawn by adults"),
            _interviewed("child-b", "rhi-2", "Friends"),
            _interviewed("child-c", "rhi-3"),
        ),
        "CME-10D": (_missed("child-c", off_roll=False), _missed("child-d", off_roll=True)),
        "TRAFFICKED-EARLY": (
            TraffickedEarly(
                child_id="child-d",
                state="fired",
                why="missing 30 hours or more after becoming looked after; the rule fires within 7 days",
                since=datetime(2026, 10, 3, 18, 30),
                records=("ep-5", "le-1"),
                strong=True,
                lists=("uasc",),
                looked_after_from=date(2026, 10, 1),
                hours=30.0,
                ended=None,
            ),
        ),
        "ABSENT-WITH-CSE": (
            EpisodesRaised(
                child_id=CHILD,
                state="fired",
                why="1 of 2 absent reports in the window stand beside a known risk",
                since=datetime(2026, 10, 3, 18, 30),
                records=("ab-1", "le-1"),
                episodes=1,
                agencies=("99",),
                raised=(),
            ),
        ),
        "ABSENT-MASKS-MISSING": tuple(
            AbsencesBesideMissing(
                child_id=child,
                state=state,
                why=f"{absences} absent reports beside 1 missing episode in the window",
                since=datetime(2026, 10, 3, 18, 30) if state == "fired" else None,
                records=("ab-1", "ep-9"),
                absences=absences,
                missing=1,
                agencies=("99",),
                absent_records=("ab-1",),
                missing_records=("ep-9",),
                absent_starts=(),
                missing_starts=(),
            )
            for child, state, absences in (("child-b", "fired", 5), ("child-c", "just short", 4))
        ),
    }
