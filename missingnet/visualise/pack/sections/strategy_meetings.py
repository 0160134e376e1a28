"""Strategy meetings owed and not held, or held late: for children looked after, and for children at home on a plan."""

from __future__ import annotations

from collections.abc import Callable

from missingnet.graph.answers.clock_row import ClockRow
from missingnet.graph.answers.said import hours_words
from missingnet.visualise.pack.asks import Wanted
from missingnet.visualise.pack.content import Block, Line, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import STRATEGY_AT_HOME, STRATEGY_IN_CARE
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.words import NOT_RECORDED, agency_words, instant_words

#: What a chair is told of, the most pressing first; what was held in time needs nobody.
_TOLD = ("broken", "running", "late")


def _meetings(wanted: Wanted) -> Callable[[Gathered], list[Block]]:
    def fill(pack: Gathered) -> list[Block]:
        rows = [row for row in pack.rows(wanted, ClockRow) if row.standing in _TOLD and row.due is not None]
        lines = [
            Line(
                (
                    pack.called(row.child_id, "Child"),
                    f"{instant_words(row.began)} to {instant_words(row.over) if row.over else 'now'}",
                    instant_words(row.due),
                    row.state.capitalize(),
                    hours_words(row.hours) if row.hours is not None else NOT_RECORDED,
                    agency_words(row.owed_by) if row.owed_by else NOT_RECORDED,
                ),
                (row.record, *row.same_records, *row.answered_by),
            )
            for row in sorted(rows, key=lambda row: (_TOLD.index(row.standing), row.hours or 0.0, row.record))
        ]
        columns = (
            ("Child", 3.2),
            ("Missing", 4.2),
            ("Due", 2.8),
            ("Meeting", 2.2),
            ("Time", 2.4),
            ("Owed by", 2.2),
        )
        return table("Not held first, the longest overdue first", columns, lines)

    return fill


_NONE = "None is overdue, running or was held late."

SECTION = Section(
    name="strategy_meetings",
    title="Strategy meetings",
    source="Operational group agenda: children by rule; rules STRAT-72H and STRAT-7D-HOME (Procedures §3; missing from "
    "home)",
    parts=(
        Part("Looked after, missing over 72 hours", (STRATEGY_IN_CARE,), _meetings(STRATEGY_IN_CARE), empty=_NONE),
        Part("At home, on a plan or in an enquiry", (STRATEGY_AT_HOME,), _meetings(STRATEGY_AT_HOME), empty=_NONE),
    ),
)
