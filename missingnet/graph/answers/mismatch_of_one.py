"""POLICE-COUNCIL-MISMATCH of one child: each episode compared, also where the records agree, or why none is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from missingnet.graph.answers.police_council_mismatch import ChildTold, Mismatch
from missingnet.graph.answers.said import many

#: The part that tells of the child asked about.
ASKED: Final = "asked"
_UNMET: Final = "not fired"


def of_one(rows: Sequence[ChildTold], lines: Sequence[Mismatch], not_compared: int) -> list[Mismatch]:
    """The child's lines; where there are none, that there are none, and how many of the police's are not compared."""
    if lines:
        return [line if line.differences else line.model_copy(update={"state": _UNMET}) for line in lines]
    return [_nothing(row.child_id, not_compared) for row in rows if row.part == ASKED]


def _nothing(child: str, not_compared: int) -> Mismatch:
    why = "neither the police nor the council hold an episode of the period"
    if not_compared:
        why = (
            f"{many(not_compared, 'episode')} of the period in the police's records, at a time when no placement seen "
            "says that the child was looked after, and none in the council's"
        )
    return Mismatch(
        month="",
        why=why,
        home_id=None,
        home_kind="Home",
        child_id=child,
        differences=(),
        look=(),
        agencies=(),
        start_apart=None,
        end_apart=None,
        reasons=(),
        sides=(),
        other_child_id=None,
        records=(),
        state=_UNMET,
        still_told=False,
        said=(),
    )
