"""`missingnet restrict`: a record for those alone who are named for restricted records, and lifted again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from missingnet.api.cli_words import JSON, PURPOSE, READER, asks_of, show, show_json, with_store

if TYPE_CHECKING:
    from missingnet.graph.store import Store
    from missingnet.settings import Settings


def add_commands(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("restrict")(restrict)


def restrict(
    record: Annotated[str, typer.Argument(help="The record's id: the last part of the address of its page.")],
    reader: READER,
    purpose: PURPOSE,
    reason: Annotated[str, typer.Option(help="Why, in words that another person can check; no names.")] = "",
    lift: Annotated[bool, typer.Option("--lift", help="Lift a restriction that somebody made.")] = False,
    as_json: JSON = False,
) -> None:
    """Restrict a record, and the judgements that rest on it, from the next question on; or lift that."""

    async def do(store: Store, chosen: Settings) -> int:
        from missingnet.api.restrictions import restricted

        asker = asks_of(store, chosen, reader, purpose, None, None).asker.shut
        return await restricted(store, asker, record=record, reason=reason, lifts=lift)

    done = with_store(do)
    if as_json:
        show_json({"lifted" if lift else "restricted": done})
    elif not done:
        show("It was not restricted here." if lift else "It was restricted already.")
    else:
        what = "seen again by those who saw it before" if lift else "for those alone who are named for restricted ones"
        show(f"{done:,} record{'' if done == 1 else 's'}, with what rested on it: {what}.")
