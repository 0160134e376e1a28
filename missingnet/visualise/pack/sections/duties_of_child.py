"""What is owed to the child for the episodes of the year, and has not been done, or is not done yet; and who acts."""

from __future__ import annotations

from missingnet.graph.answers.clock_row import ClockRow
from missingnet.visualise.pack.asks import CHILD, JUST_BEFORE, Wanted
from missingnet.visualise.pack.content import Block, Line, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.words import NOT_RECORDED, agency_words, capital, instant_words

_OF_CHILD = {"child": CHILD, "since": JUST_BEFORE}
#: Each duty by its name on the page.
_DUTIES = (
    ("Strategy meeting, looked after", Wanted("STRAT-72H", _OF_CHILD)),
    ("Strategy meeting, at home", Wanted("STRAT-7D-HOME", _OF_CHILD)),
    ("Told of it", Wanted("NOTIFY", _OF_CHILD)),
    ("Safe and well check", Wanted("SWC", _OF_CHILD)),
    ("Return interview", Wanted("RHI-72H", _OF_CHILD)),
    ("Risk assessment", Wanted("RA-UPDATE", _OF_CHILD)),
)
#: What needs somebody, the most pressing first.
_TOLD = ("broken", "running")


def _who(row: ClockRow) -> str:
    agency = agency_words(row.owed_by) if row.owed_by else f"agency {NOT_RECORDED}"
    return f"{capital(row.who_acts)}; {agency}"


def _duties(pack: Gathered) -> list[Block]:
    rows = [(name, row) for name, wanted in _DUTIES for row in pack.rows(wanted, ClockRow) if row.standing in _TOLD]
    lines = [
        Line(
            (
                name,
                f"{instant_words(row.began)} to {instant_words(row.over) if row.over else 'now'}",
                f"{capital(row.state)}; {row.why}",
                _who(row),
            ),
            (row.record, *row.same_records, *row.answered_by),
        )
        for name, row in sorted(rows, key=lambda one: (_TOLD.index(one[1].standing), one[1].hours or 0.0, one[0]))
    ]
    columns = (("Duty", 3), ("Episode", 3.6), ("How it stands", 6), ("Who acts", 4))
    return table("Overdue first, then what has time left", columns, lines)


SECTION = Section(
    name="duties_of_child",
    title="What is still owed",
    source="Strategy meeting’s agenda: what is known and done; rules STRAT-72H, STRAT-7D-HOME, NOTIFY, SWC, RHI-72H, "
    "RA-UPDATE (Procedures; Guidance)",
    parts=(Part(None, tuple(wanted for _, wanted in _DUTIES), _duties, empty="Nothing is overdue or has time left."),),
)
