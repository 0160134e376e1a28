"""What a record says that somebody did of their own choice: opened one thing, searched, or asked too fast.

Whom a list showed is no choice of who asked for the list, so it is not among these; for it there is 'who looked'.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import IntEnum
from typing import Any, Final, NamedTuple

from missingnet.graph.keyed import OPAQUE

#: What a record says that was written because somebody's requests began to be refused.
TOO_FAST: Final = "too fast"
#: Questions of those who keep watch. To look for a child in the audit is not to look at the child.
WATCH: Final = frozenset({"AUDIT", "UNUSUAL-READING"})
_SEARCH: Final = "SEARCH"


class Kind(IntEnum):
    """What was done."""

    OPENED = 1
    SEARCHED = 2
    REFUSED = 3


class Deed(NamedTuple):
    """Who did what, and when (UTC); ``thing`` is what was opened, else empty."""

    who: str
    agency: str | None
    kind: Kind
    thing: str
    at: datetime


def deeds_of(told: Mapping[str, Any]) -> Iterator[tuple[Kind, str]]:
    """What somebody did by this record, each with the thing that they opened: a child, a person, a place or a record,
    named by its own id in what they asked for or took away."""
    if told.get("act") == TOO_FAST:
        yield Kind.REFUSED, ""
    if told.get("question") in WATCH:
        return
    if told.get("question") == _SEARCH:
        yield Kind.SEARCHED, ""
    parameters = told.get("parameters")
    asked = parameters.values() if isinstance(parameters, dict) else ()
    for thing in {value for value in (told.get("about"), *asked) if isinstance(value, str)}:
        if OPAQUE.fullmatch(thing):
            yield Kind.OPENED, thing
