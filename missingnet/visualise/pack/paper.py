"""Forms on paper that a meeting fills in by hand: what it decides, who does what, and who was there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from missingnet.visualise.pack.content import Block, Column, Form
from missingnet.visualise.pack.gathered import Gathered

#: What a part of a section makes of the answers; a form needs none.
Made = Callable[[Gathered], list[Block]]
#: Empty lines for what the meeting agrees.
_LINES = 8


def _form(caption: str, columns: Sequence[Column], first: Sequence[str]) -> Made:
    """A form with these in its first column, and the rest to be written."""
    rows = tuple((each, *("" for _ in columns[1:])) for each in first)
    return lambda _: [Form(caption, tuple(columns), rows)]


def to_decide(decisions: Sequence[str]) -> Made:
    """Each of these to be decided, and why."""
    columns = (Column("To be decided", 6), Column("Yes, no or not yet", 2.6), Column("What, and why", 7))
    return _form("For each: what was decided, and why", columns, decisions)


def to_do(caption: str, *columns: Column) -> Made:
    """Empty lines for actions."""
    return _form(caption, columns, ("",) * _LINES)


def who_met(*named: str) -> Made:
    """The end of a meeting's record."""
    return _form("", (Column("", 5), Column("", 10)), (*named, "Present", "Apologies"))
