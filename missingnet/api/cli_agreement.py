"""`missingnet agreement`: how far police's and councils' records agree, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from missingnet.api.cli_ask import thing_called
from missingnet.api.cli_words import AS_AT, JSON, KNOWN_AT, PURPOSE, READER, asks_of, show, show_json, with_store

if TYPE_CHECKING:
    from missingnet.graph.store import Store
    from missingnet.settings import Settings


def add_commands(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command("agreement")(agreement)


def agreement(
    reader: READER,
    purpose: PURPOSE,
    since: Annotated[str, typer.Option(help="The first day, as in 2026-01-01.")] = "",
    until: Annotated[str, typer.Option(help="The day after the last.")] = "",
    agency: Annotated[str, typer.Option(help="Only episodes that this agency recorded.")] = "",
    home: Annotated[str, typer.Option(help="Only of children placed in this home: its id, or urn-ofsted:… .")] = "",
    as_at: AS_AT = None,
    known_at: KNOWN_AT = None,
    as_json: JSON = False,
) -> None:
    """By month: episodes of looked-after children that were compared, and those on which the records agree."""

    async def do(store: Store, chosen: Settings) -> dict[str, Any]:
        from missingnet.api.agreement import RULE, period_of, told, trend_of
        from missingnet.api.asks import rows_of
        from missingnet.graph.answers.police_council_mismatch import Mismatch

        asks = asks_of(store, chosen, reader, purpose, as_at, known_at)
        answer = await asks.ask(RULE, agreed=True, **period_of(since, until))
        return told(answer, trend_of(rows_of(answer, Mismatch), agency=agency, home=await thing_called(asks, home)))

    found = with_store(do)
    if as_json:
        show_json(found)
        return
    for one in found["months"]:
        show(f"{one['month']}  {one['agree']} of {one['compared']} agree")
    if not found["months"]:
        show("No episode of these was compared in that time.")
    for note in found["notes"]:
        show(note)
