"""What a door leaves in the audit by itself, before a byte leaves: that it was opened, or refused (SECURITY A1).

What is asked, loaded, judged or taken away at a door has lines of its own. Where there was none of these, one says that
it was opened; and each refusal has one, from whoever it came. A line names the door as the program does, never by the
address that was asked for, in which somebody may have written a name, and repeats nothing that was sent.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from fastapi import Request

from missingnet.api import refusals
from missingnet.graph.audit import NOBODY, OUTCOMES, Audit, AuditUnavailable

if TYPE_CHECKING:
    from missingnet.api.reader import Asker

OPENED: Final = "open"
REFUSED: Final = "refuse"
#: Refusals that come of how much is asked at the moment: to write each of them would be more of the same.
_OF_THE_MOMENT: Final = frozenset({refusals.TOO_MANY.code})


def begin() -> None:
    """A request or a command begins: nothing was written for it yet."""
    OUTCOMES.set([])


async def note_opened(request: Request) -> None:
    """Write that the door was opened, where the request left no line yet.

    :raises AuditUnavailable: it could not be written: nothing is shown.
    """
    if not OUTCOMES.get():
        await _write(request, OPENED, "opened")


async def note_refusal(request: Request, code: str) -> None:
    """Write that the request is refused, where no line says so yet.

    Of those whom no pace holds back, and of those refused because much is asked, the first of a stretch is written: or
    who sends without end would fill the disk, and then nothing may be shown to anybody. Of those who ask too fast the
    pace says so itself.

    :raises AuditUnavailable: it could not be written.
    """
    if code == refusals.TOO_FAST.code or any(outcome.startswith("refused") for outcome in OUTCOMES.get() or ()):
        return
    paced = getattr(request.state, "paced", False) and code not in _OF_THE_MOMENT
    if paced or request.app.state.paces.begins(f"refused: {code}"):
        await _write(request, REFUSED, f"refused: {code}")


async def note_command(audit: Audit, command: str, asker: Asker | None, error: Exception | None = None) -> None:
    """Write how a command ended, where no line says so yet: that it was refused, or was done as a reader.

    :raises AuditUnavailable: it could not be written: nothing is shown.
    """
    outcomes = OUTCOMES.get() or []
    if error is None:
        act, outcome, said = OPENED, "opened", bool(outcomes) or asker is None
    else:
        code = error.words.code if isinstance(error, refusals.Refused) else type(error).__name__
        act, outcome, said = REFUSED, f"refused: {code}", any(one.startswith("refused") for one in outcomes)
    if said or isinstance(error, AuditUnavailable):
        return
    who = audit.operated(act) if asker is None else audit.entry(act, asker.reader, asker.purpose)
    await asyncio.to_thread(audit.write, {**who, "door": command, "outcome": outcome})


async def _write(request: Request, act: str, outcome: str) -> None:
    audit: Audit = request.app.state.store.audit
    await asyncio.to_thread(audit.write, {**_who(request, audit, act), **_door(request), "outcome": outcome})


def _who(request: Request, audit: Audit, act: str) -> dict[str, Any]:
    if (asker := getattr(request.state, "asker", None)) is not None:
        return audit.entry(act, asker.reader, asker.purpose)
    who: refusals.Who | None = getattr(request.state, "who", None)
    return {"act": act, "who": NOBODY} if who is None else {"act": act, "who": who.name, "agency": who.agency}


def _door(request: Request) -> dict[str, str]:
    """The door, where there is one; its method only where it is one that the door has."""
    route = request.scope.get("route")
    path, methods = getattr(route, "path", None), getattr(route, "methods", None) or ()
    if path is None:
        return {}
    return {"door": f"{request.method} {path}" if request.method in methods else str(path)}
