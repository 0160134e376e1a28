"""Return interviews: offered, held and in time, by council and home, with the trend; and those to hold first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from missingnet.graph.answers.clock_row import ClockRow
from missingnet.graph.answers.interview_priority import Prioritised
from missingnet.graph.answers.rhi_performance import InterviewPerformance
from missingnet.graph.answers.said import hours_words
from missingnet.visualise.pack.content import Block, Line, Words, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import IMPORTANT, INTERVIEWS, INTERVIEWS_OWED
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.words import NOT_RECORDED, agency_words, count_words, instant_words, month_words

_FIGURES = (
    ("Returns", 1.7),
    ("Offered", 2.4),
    ("Held", 2.4),
    ("In time", 2.4),
    ("Refused", 1.7),
    ("Waiting", 1.7),
    ("Overdue", 1.7),
    ("Not provided", 1.7),
)


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.0f}%)" if whole else "none due"


def _figures(rows: Sequence[InterviewPerformance]) -> tuple[str, ...]:
    """The figures of these rows added; shares are of what is told, and what no file covers is in none."""

    def all_of(name: str) -> int:
        return sum(getattr(row, name) for row in rows)

    due = all_of("due")
    return (
        str(all_of("returns")),
        _share(all_of("offered"), all_of("told")),
        _share(all_of("held"), due),
        _share(all_of("in_time"), due),
        *(str(all_of(name)) for name in ("refused", "waiting", "overdue", "not_provided")),
    )


def _records(rows: Iterable[InterviewPerformance]) -> tuple[str, ...]:
    return tuple(sorted({record for row in rows for record in row.records}))


def _council(row: InterviewPerformance) -> str:
    return agency_words(row.area) if row.area else f"Council {NOT_RECORDED}"


def _month(pack: Gathered) -> str:
    return f"{pack.about.since:%Y-%m}"


def _by_council(pack: Gathered) -> list[Block]:
    """Each council's months, one after another, then all councils'."""
    rows = pack.rows(INTERVIEWS, InterviewPerformance)
    lines = []
    groups = [(_council(each[0]), each) for each in _grouped(rows)]
    if len(groups) > 1:
        groups.append(("All", list(rows)))
    for name, each in groups:
        for month in sorted({row.month for row in each}):
            of = [row for row in each if row.month == month]
            said = month_words(pack.about.since.replace(year=int(month[:4]), month=int(month[5:]), day=1))
            lines.append(Line((name, said, *_figures(of)), _records(of)))
    columns = (("Council", 2.6), ("Month of return", 2.4), *_FIGURES)
    return table("Months side by side: the trend", columns, lines)


def _grouped(rows: Sequence[InterviewPerformance]) -> list[list[InterviewPerformance]]:
    return [list(each) for _, each in groupby(sorted(rows, key=lambda row: row.area), key=lambda row: row.area)]


def _by_home(pack: Gathered) -> list[Block]:
    """Each home's returns of the month; the change is in the share held in time, against the month before."""
    rows = [row for row in pack.rows(INTERVIEWS, InterviewPerformance) if row.month == _month(pack)]
    lines = [
        Line(
            (
                pack.called(row.home_id, "Home") if row.home_id else f"{_council(row)}: no home recorded",
                "" if row.change is None else f"{row.change:+.0f}".replace("-", "−"),
                *_figures([row]),
            ),
            row.records,
        )
        for row in sorted(rows, key=lambda row: (-row.overdue, -row.returns, row.area, row.home_id or ""))
    ]
    columns = (("Where the child lived", 3.4), ("Change in time", 2.2), *_FIGURES)
    return table("Most overdue first; change in percentage points against the month before", columns, lines)


def _owed(pack: Gathered) -> list[Block]:
    """Interviews overdue or running of children for whom one is especially important, most reasons first."""
    reasons = {row.child_id: row for row in pack.rows(IMPORTANT, Prioritised) if row.state == "fired"}
    open_ = [row for row in pack.rows(INTERVIEWS_OWED, ClockRow) if row.standing in ("broken", "running")]
    if not open_:
        return []
    first = [(row, reasons[row.child_id]) for row in open_ if row.child_id in reasons]
    first.sort(key=lambda one: (-len(_names(one[1])), one[0].hours or 0.0, one[0].record))
    lines = [
        Line(
            (
                pack.called(row.child_id, "Child"),
                instant_words(row.over) if row.over else "not back",
                row.state.capitalize(),
                hours_words(row.hours) if row.hours is not None else NOT_RECORDED,
                "; ".join(_names(why)),
            ),
            (row.record, *row.same_records, *row.answered_by, *why.records),
        )
        for row, why in first
    ]
    columns = (("Child", 3.2), ("Returned", 2.6), ("Interview", 2), ("Time", 2.4), ("Why especially important", 6.2))
    others = [row for row in open_ if row.child_id not in reasons]
    said = Words(
        f"{count_words(len(open_), 'interview')} of the three months to the end of the period overdue or with time "
        f"left; {len(others)} of them of children of whom no such reason is recorded, and owed all the same (RHI-72H).",
        tuple(row.record for row in others),
    )
    return [said, *table("Overdue or running, and especially important", columns, lines)]


def _names(why: Prioritised) -> list[str]:
    return list(dict.fromkeys(factor.name for factor in why.factors))


SECTION = Section(
    name="interview_performance",
    title="Return interview performance",
    source="Operational group agenda: interview performance; rules RHI-72H, RHI-PERFORMANCE, RHI-PRIORITY (Guidance "
    "¶31–34, 69; Framework; Procedures)",
    parts=(
        Part("By council", (INTERVIEWS,), _by_council, empty="No return is recorded."),
        Part("By home, this month", (INTERVIEWS,), _by_home, empty="No return is recorded in the month."),
        Part("Whose interview to hold first", (INTERVIEWS_OWED, IMPORTANT), _owed, empty="None is overdue or running."),
    ),
)
