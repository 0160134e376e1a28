"""What the commands share: options that mean the same everywhere, and how they speak."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

if TYPE_CHECKING:
    from missingnet.api.asks import Asks
    from missingnet.api.reader import Asker
    from missingnet.graph.access import Reader
    from missingnet.graph.store import Store
    from missingnet.settings import Settings

Result = TypeVar("Result")
#: As whom a command asks, once that is known; None: as whoever is at the machine.
_ASKER: ContextVar[Asker | None] = ContextVar("asker", default=None)


class WrongCommand(ValueError):
    """The command cannot mean anything as it was given; says what to give instead."""


#: The reader is told whole on standard input: of this service's own reader, who stands in no file.
TOLD = "-"
READER = Annotated[str, typer.Option("--reader", help="Who asks: a reader's name. See `missingnet readers`.")]
PURPOSE = Annotated[
    str, typer.Option("--purpose", help="What for: a code and the meeting or case, as in 'MASE case-12'.")
]
AS_AT = Annotated[
    str | None,
    typer.Option(
        "--as-at", help="What had happened by then: 2026-10-31 (that whole day) or 2026-10-31T14:00. Default: now."
    ),
]
KNOWN_AT = Annotated[
    str | None, typer.Option("--known-at", help="What agencies had told by then. Default: everything told by now.")
]
JSON = Annotated[bool, typer.Option("--json", help="Print JSON for a program instead of words.")]


def demand_kind(kind: str) -> None:
    """:raises WrongCommand: suggestions are not of such things."""
    from missingnet.api.suggestions import KINDS

    if kind not in KINDS:
        raise WrongCommand(f"What is compared is one of: {', '.join(KINDS)}.")


def say(words: str) -> None:
    """A line for the person, beside the result: on stderr, so that what is piped on stays clean."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


def show(words: str) -> None:
    """A line of the result."""
    sys.stdout.write(f"{words}\n")


def show_json(value: Any) -> None:
    """The result for a program."""
    show(json.dumps(value, ensure_ascii=False, indent=2))


def with_store(do: Callable[[Store, Settings], Awaitable[Result]]) -> Result:
    """Open the store, do it, close the store. What is refused, or was done as a reader and left no line in the audit
    by itself, leaves one before anything of it is shown (SECURITY A1)."""
    from missingnet.api import door_lines
    from missingnet.api.opening import opened
    from missingnet.settings import settings

    async def whole() -> Result:
        chosen = settings()
        async with opened(chosen, say) as store:
            door_lines.begin()
            try:
                done = await do(store, chosen)
            except Exception as error:
                await door_lines.note_command(store.audit, _command(), _ASKER.get(), error)
                raise
            await door_lines.note_command(store.audit, _command(), _ASKER.get())
            return done

    _ASKER.set(None)
    return asyncio.run(whole())


def _command() -> str:
    """The command that runs, by its name: what was given with it stands after that."""
    return " ".join(("missingnet", *sys.argv[1:2]))


def asks_of(store: Store, chosen: Settings, reader: str, purpose: str, as_at: str | None, known_at: str | None) -> Asks:
    """The questions of one command: the clock is read here, at the door, when no date is given."""
    from missingnet.api.asks import Asks
    from missingnet.api.emergency_ledger import Ledger
    from missingnet.api.moments import Moment, moment_in, this_minute
    from missingnet.api.opening import known_readers
    from missingnet.api.reader import REFERENCE, Asker, with_emergency
    from missingnet.graph import access
    from missingnet.visualise.words import instant_words

    stated = access.Purpose.parse(purpose)
    if stated.reference and not REFERENCE.fullmatch(stated.reference):
        raise WrongCommand("The meeting or case is a short reference such as case-12, without spaces or names.")
    asker = Asker(_told() if reader == TOLD else access.reader(reader, known_readers(chosen)), stated)
    if reader != TOLD:
        asker = with_emergency(asker, Ledger(chosen.home))
        if asker.emergency is not None:
            say(f"Emergency access is open until {instant_words(asker.emergency.until)}; what you see is reviewed.")
    _ASKER.set(asker)
    moment = Moment(
        moment_in(as_at) if as_at else this_minute(), moment_in(known_at) if known_at else None, as_at, known_at
    )
    return Asks(store, asker, moment)


def _told() -> Reader:
    """The reader that the service, which started this command, writes on standard input."""
    from missingnet.graph.access import Reader

    told: dict[str, Any] = json.load(sys.stdin)
    rights: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    return Reader(**rights)
