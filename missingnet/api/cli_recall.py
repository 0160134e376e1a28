"""`missingnet recall`: what rested on a record, before it is withdrawn or when it was corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from missingnet.api.cli_words import JSON, PURPOSE, READER, WrongCommand, asks_of, show, show_json, with_store

if TYPE_CHECKING:
    from missingnet.api.recalls import Recall
    from missingnet.graph.store import Store
    from missingnet.settings import Settings


def add_commands(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command("recall")(recall)


def recall(
    reader: READER,
    purpose: PURPOSE,
    record: Annotated[str | None, typer.Option(help="The id of the record.")] = None,
    file: Annotated[str | None, typer.Option(help="The hash of the file, as its load report gives it.")] = None,
    as_json: JSON = False,
) -> None:
    """List the judgements, packs and answers that rested on a record, or on any record of a file."""
    if (file is None) == (record is None):
        raise WrongCommand("Give --file HASH or --record ID.")

    async def do(store: Store, chosen: Settings) -> Recall:
        from missingnet.api import recalls

        asks = asks_of(store, chosen, reader, purpose, None, None)
        return await recalls.recall(asks, record=record, file_hash=file)

    found = with_store(do)
    if as_json:
        show_json(found.as_json())
        return
    show(f"Judgements that rested on it: {len(found.judgements)}")
    for one in found.judgements:
        show(f"  {one.record}  {one.verdict}, {one.state}; by {one.who}, {one.decided}")
    for words, used in (("Packs of your agency made with it", found.packs), ("Times it was opened", found.openings)):
        show(f"{words}: {len(used)}")
        for each in used:
            show(f"  {each.at}  {each.what}, by {each.who}")
