"""What a reader without names may ask: tables, of fixed periods that are over, without a choice of area or agency.

Hiding small numbers in one table is not enough when another, cut a little differently, may be asked and the one taken
from the other. So every table of such a reader is of the same periods, told as at their end, by the same records: the
classes that the purpose STATISTICS opens. What is not guarded is said in decision 0011.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from missingnet.graph.access import STATISTICS, AccessError, Purpose, Reader
from missingnet.graph.answers.declared_tables import tables
from missingnet.graph.catalogue import ParameterError, Question
from missingnet.graph.times import utc_to_london

_CHAPTER: Final = "tables"
#: Choices that would let one table be taken from another.
_CHOICES: Final = ("area", "agency")


class NumbersOnly(AccessError):
    """Something else than a table was asked by a reader, or for a purpose, that is shown tables only."""


def asked_as_at(
    question: Question,
    settled: Mapping[str, Any],
    reader: Reader,
    purpose: Purpose,
    as_at: datetime,
    known_at: datetime | None,
) -> datetime:
    """The instant that the question is asked as at: the one given, but for a reader without names the period's end.

    :raises NumbersOnly: it is no table, or one that tells of single children, or the purpose is not STATISTICS.
    :raises ParameterError: a table of a period, area or agency of the reader's own choice.
    """
    if reader.names and purpose.code != STATISTICS:
        return as_at
    table = tables().get(settled.get("table") or "")
    if question.chapter != _CHAPTER or table is None or (table.lines == "child" and not reader.names):
        raise NumbersOnly(
            "Only tables may be asked here, and none that tells of single children. See the list of tables."
        )
    if reader.names:
        return as_at
    if purpose.code != STATISTICS:
        raise NumbersOnly(f"This reader is shown tables for the purpose {STATISTICS} alone.")
    if any(settled.get(name) for name in _CHOICES) or known_at is not None:
        raise ParameterError("This reader's tables are of every area and agency, and of what is known now.")
    months = int(settled["period_months"])
    since, until = settled["since"], _whole(settled["until"])
    if (
        not _begins(since, months)
        or not _begins(until, months)
        or until <= since
        or until > as_at + timedelta(seconds=1)
    ):
        raise ParameterError(
            f"This reader's tables are of whole periods of {months} months, from January on, that are over: "
            f"for example {_example(as_at, months)}."
        )
    if table.one_period and _month(until) - _month(since) != months:
        raise ParameterError(
            f"This table is of one period of {months} months at a time: a child's level is of all of it."
        )
    return until


def _month(moment: datetime) -> int:
    local = utc_to_london(moment)
    return local.year * 12 + local.month


def _whole(until: datetime) -> datetime:
    """An end typed as a day means its last second; the period ends with the next."""
    local = utc_to_london(until)
    return until + timedelta(seconds=1) if (local.hour, local.minute, local.second) == (23, 59, 59) else until


def _begins(moment: datetime, months: int) -> bool:
    local = utc_to_london(moment)
    return (local.day, local.hour, local.minute, local.second) == (1, 0, 0, 0) and (local.month - 1) % months == 0


def newest_period(as_at: datetime, months: int) -> tuple[str, str]:
    """The newest whole period that is over: its first and its last month."""
    local = utc_to_london(as_at)
    last = (local.year * 12 + local.month - 1) // months * months - 1
    first = last - months + 1
    return f"{first // 12}-{first % 12 + 1:02d}", f"{last // 12}-{last % 12 + 1:02d}"


def _example(as_at: datetime, months: int) -> str:
    return "..".join(newest_period(as_at, months))
