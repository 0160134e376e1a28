"""`missingnet judge` and `missingnet remove`: who is whom, and what must never have been loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from missingnet.api.cli_words import JSON, PURPOSE, READER, WrongCommand, asks_of, show, show_json, with_store

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from missingnet.api.asks import Asks
    from missingnet.graph.store import Store
    from missingnet.settings import Settings

REASON = Annotated[str, typer.Option(help="Why, in words that another person can check; no names.")]
THING = Annotated[str, typer.Argument(help="An id, or an identifier such as council:997:100231.")]


def add_commands(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("judge")(judge)
    app.command("remove")(remove)


def judge(
    one: THING,
    other: THING,
    reader: READER,
    purpose: PURPOSE,
    reason: REASON = "",
    same: Annotated[bool, typer.Option("--same", help="They are one.")] = False,
    different: Annotated[bool, typer.Option("--different", help="They are two.")] = False,
    not_sure: Annotated[bool, typer.Option("--not-sure", help="It cannot be said.")] = False,
    confirm: Annotated[bool, typer.Option("--confirm", help="Confirm, as the second person, what waits.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take back the judgement of these two.")] = False,
    as_json: JSON = False,
) -> None:
    """Say whether two people, places, vehicles or phones are one; confirm what another person said; or undo it."""
    from missingnet.api import judging

    chosen = {"same": same, "different": different, "not sure": not_sure, "confirm": confirm, "undo": undo}
    wanted = [name for name, given in chosen.items() if given]
    if len(wanted) != 1:
        raise WrongCommand("Give one of --same, --different, --not-sure, --confirm and --undo.")
    (act,) = wanted

    async def do(asks: Asks) -> dict[str, Any]:
        if act in ("confirm", "undo"):
            judging.demand_judge(asks)
            record = await judging.record_of(asks, one, other)
            if act == "confirm":
                return (await judging.confirm(asks, record)).as_json()
            await judging.undo(asks, record, reason)
            return {"record": record, "state": "undone"}
        return (await judging.judge(asks, one, other, judging.verdict_in(act), reason)).as_json()

    made = with_store(_asking(do, reader, purpose))
    if as_json:
        show_json(made)
    else:
        show(f"Judgement {made['record']}: {made.get('verdict', act)}; {made['state']}.")


def _asking(
    do: Callable[[Asks], Awaitable[dict[str, Any]]], reader: str, purpose: str
) -> Callable[[Store, Settings], Awaitable[dict[str, Any]]]:
    async def asked(store: Store, chosen: Settings) -> dict[str, Any]:
        return await do(asks_of(store, chosen, reader, purpose, None, None))

    return asked


def remove(
    reason: REASON,
    file: Annotated[str | None, typer.Option(help="The hash of the file, as its load report gives it.")] = None,
    record: Annotated[str | None, typer.Option(help="The id of the record.")] = None,
    lift: Annotated[bool, typer.Option("--lift", help="Let what was removed be loaded again.")] = False,
    reader: Annotated[str | None, typer.Option(help="Who asks, where it is not whoever runs the service.")] = None,
    purpose: Annotated[str, typer.Option(help="What for, with --reader.")] = "DATA-QUALITY",
    as_json: JSON = False,
) -> None:
    """Take away a record, or all that a file told, as if never loaded; a re-load is refused until it is lifted."""
    if (file is None) == (record is None):
        raise WrongCommand("Give --file HASH or --record ID.")

    async def do(store: Store, chosen: Settings) -> int:
        from missingnet.api import refusals
        from missingnet.api.refusals import Refused
        from missingnet.api.removals import taken_away

        asker = asks_of(store, chosen, reader, purpose, None, None).asker if reader else None
        if asker is not None and not asker.may_load:
            raise Refused(refusals.NOT_ALLOWED)
        return await taken_away(store, asker, file=file, record=record, reason=reason, lifts=lift)

    done = with_store(do)
    if as_json:
        show_json({"lifted" if lift else "removed": done})
    elif lift:
        show("It may be loaded again." if done else "Nothing of that name had been removed.")
    else:
        show(f"{done:,} record{'' if done == 1 else 's'} removed. What rested on them was settled again.")
