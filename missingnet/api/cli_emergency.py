"""`missingnet emergency …`: one child's records opened for a limited time with a reason, ended, and reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from missingnet.api.cli_words import JSON, PURPOSE, READER, asks_of, show, show_json, with_store

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from missingnet.api.asks import Asks
    from missingnet.api.emergency_ledger import Ledger, Use
    from missingnet.graph.store import Store
    from missingnet.settings import Settings

NUMBER = Annotated[str, typer.Argument(help="The use's id, as `missingnet emergency reviews` prints it.")]


def add_commands(app: typer.Typer) -> None:
    """Add this module's commands."""
    emergency = typer.Typer(help="Access to one child's records in an emergency.", no_args_is_help=True)
    emergency.command("open")(open_child)
    emergency.command("end")(end)
    emergency.command("reviews")(reviews)
    emergency.command("review")(review)
    app.add_typer(emergency, name="emergency")


def open_child(
    child: Annotated[str, typer.Argument(help="The child's id, or an identifier such as council:997:100231.")],
    reader: READER,
    purpose: PURPOSE,
    reason: Annotated[str, typer.Option(help="Why now, in a sentence that a reviewer can check; no names.")] = "",
    as_json: JSON = False,
) -> None:
    """Open one child's own records, whoever owns them, for a limited time. Another agency reviews it."""

    async def do(asks: Asks, ledger: Ledger, chosen: Settings) -> list[Use]:
        from missingnet.api import emergencies

        return [await emergencies.begin(asks, ledger, chosen, child, reason)]

    _print(_done(do, reader, purpose), as_json)


def end(reader: READER, purpose: PURPOSE, as_json: JSON = False) -> None:
    """End what is open to this reader for this purpose."""

    async def do(asks: Asks, ledger: Ledger, chosen: Settings) -> list[Use]:
        from missingnet.api import emergencies

        use = await emergencies.end(asks, ledger)
        return [ended for ended in (ledger.use(use.id),) if ended]

    _print(_done(do, reader, purpose), as_json)


def reviews(reader: READER, purpose: PURPOSE, as_json: JSON = False) -> None:
    """List every use for an auditor, those that wait for a review first."""

    async def do(asks: Asks, ledger: Ledger, chosen: Settings) -> list[Use]:
        from missingnet.api.reader import demand_auditor

        demand_auditor(asks.asker)
        return ledger.every()

    _print(_done(do, reader, purpose), as_json)


def review(
    number: NUMBER,
    reader: READER,
    purpose: PURPOSE,
    verdict: Annotated[str, typer.Option(help="needed, not needed, or 'cannot be said'.")] = "",
    found: Annotated[str, typer.Option(help="What you found, in a sentence that another person can check.")] = "",
    as_json: JSON = False,
) -> None:
    """Record what you found when you looked at one use, as an auditor of another agency."""

    async def do(asks: Asks, ledger: Ledger, chosen: Settings) -> list[Use]:
        from missingnet.api import emergencies

        use = await emergencies.review(asks, ledger, number, verdict, found)
        return [reviewed for reviewed in (ledger.use(use.id),) if reviewed]

    _print(_done(do, reader, purpose), as_json)


def _done(do: Callable[[Asks, Ledger, Settings], Awaitable[list[Use]]], reader: str, purpose: str) -> list[Use]:
    from missingnet.api.emergency_ledger import Ledger

    async def whole(store: Store, chosen: Settings) -> list[Use]:
        return await do(asks_of(store, chosen, reader, purpose, None, None), Ledger(chosen.home), chosen)

    return with_store(whole)


def _print(uses: list[Use], as_json: bool) -> None:
    from missingnet.api.emergencies import as_json as told

    if as_json:
        show_json({"uses": [told(use) for use in uses]})
        return
    for use in uses:
        show(_words(told(use), use))
    if not uses:
        show("Nobody has opened a child in an emergency.")


def _words(told: dict[str, Any], use: Use) -> str:
    from missingnet.api.emergencies import due
    from missingnet.visualise.words import instant_words

    over = use.ended or use.until
    state = f"open until {instant_words(use.until)}" if told["open"] else f"over since {instant_words(over)}"
    reviewed = (
        f"reviewed by {use.reviewer}: {use.verdict}. {use.found}"
        if use.reviewed
        else f"waits for a review by {instant_words(due(use))}"
    )
    who = f"{use.who} ({use.agency}) for {use.purpose} {use.reference}".rstrip()
    return f"{use.id}  {who}, child {use.child}: {use.reason}\n  {state}; {reviewed}"
