"""The one shape of a threshold's row about a child: whether the rule fires, why, since when, by which records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.ties import Texts


class ThresholdRow(Row):
    """One child, and how the rule stands for them."""

    SUBJECT = ("child_id",)

    child_id: str = Field(description="The child")
    state: str = Field(description="'fired'; 'just short': nearly so; else 'not fired'")
    why: str = Field(description="The facts against the threshold, in words")
    since: datetime | None = Field(
        description="From when what stands in the window meets the rule, UTC; None: it does not, or not recorded"
    )
    records: Texts = Field(description="The records that it rests on")


ShownT = TypeVar("ShownT", bound=Row)


def stands(number: int, least: int) -> str:
    """How a count stands against the least that fires: 'fired', 'just short' (one fewer), 'not fired'."""
    return "fired" if number >= least else "just short" if number == least - 1 and number > 0 else "not fired"


def met_since(starts: Sequence[datetime], least: int) -> datetime | None:
    """From when as many as the rule needs have begun, of those in the window, in order of start; None: too few."""
    return starts[least - 1] if 0 < least <= len(starts) else None


def shown(found: Iterable[ShownT], asked: Asked) -> list[ShownT]:
    """Those fired or just short; where one was asked about, also why the rule does not fire."""
    return [row for row in found if getattr(row, "state", "") != "not fired" or asked.about is not None]
