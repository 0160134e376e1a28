"""`missingnet watch`: every rule asked as at now for each reader who is to be told, once or by a timer."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from missingnet.api.cli_words import JSON, WrongCommand, asks_of, say, show, show_json, with_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from missingnet.api.asks import Asks
    from missingnet.graph.store import Store
    from missingnet.settings import Settings

#: A timer no shorter than this (*ours*): the rules of a large graph take most of a minute.
SHORTEST = 60
#: From which hour of a London day a digest of the day before is sent (*ours*).
DIGEST_HOUR = 7


def add_commands(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("watch")(watch)


def watch(
    reader: Annotated[
        str | None, typer.Option("--reader", help="Only this reader. Default: all that readers.toml watches for.")
    ] = None,
    purpose: Annotated[
        str | None, typer.Option("--purpose", help="For this purpose. Default: those of readers.toml.")
    ] = None,
    days: Annotated[int, typer.Option("--days", min=1, max=40, help="What is new: first found within so long.")] = 1,
    every: Annotated[
        int | None, typer.Option("--every", min=SHORTEST, help="Go on, and ask again every so many seconds.")
    ] = None,
    as_json: JSON = False,
) -> None:
    """Ask every rule as at now, keep what is new, changed, still there or gone, and say how many: no name is printed.

    The page /findings shows them to the reader. MISSINGNET_WEBHOOK names an address that the numbers are sent to: a
    digest; with --every what is new as it is found, and a digest once a day.
    """

    async def work(store: Store, chosen: Settings) -> list[dict[str, Any]]:
        while True:
            told = [await _one(asks, chosen, days, every) for asks in _askers(store, chosen, reader, purpose)]
            if every is None:
                return told
            await asyncio.sleep(every)

    told = with_store(work)
    if as_json:
        show_json({"watched": told})
        return
    for one in told:
        show(f"{one['reader']} for {one['purpose']}, new since {one['since']}:")
        for rule, counts in one["findings"].items():
            show(f"  {rule:<24}" + "  ".join(f"{count} {what}" for what, count in counts.items()))
        for rule in one["could_not_be_answered"]:
            show(f"  {rule:<24}could not be answered")


def _askers(store: Store, chosen: Settings, reader: str | None, purpose: str | None) -> Iterator[Asks]:
    """Those whom it is worked out for, one after another, as at the minute in which their turn comes."""
    from missingnet.api.opening import readers_file
    from missingnet.graph import access

    known = access.readers(readers_file(chosen))
    if reader is not None and reader not in known:
        raise WrongCommand(f"No such reader. Known readers: {', '.join(known)}.")
    wanted = [
        (name, code)
        for name, about in known.items()
        if reader in (None, name)
        for code in ((purpose,) if purpose else about.watches)
    ]
    if not wanted:
        raise WrongCommand("Nobody is watched for. Name --reader and --purpose, or set `watches` in readers.toml.")
    for name, code in wanted:
        yield asks_of(store, chosen, name, code, None, None)


async def _one(asks: Asks, chosen: Settings, days: int, every: int | None) -> dict[str, Any]:
    """One watch: what is new in it is told to whoever is to be told, and once a day what was new in the day.

    A digest that was not taken is sent again with the next watch, and none twice, though the timer began anew.
    """
    from missingnet.api import findings_said
    from missingnet.api.watches import look, message, send
    from missingnet.api.watching import Kept
    from missingnet.graph import times

    kept, today = Kept(chosen), times.utc_to_london(times.now())
    found = await look(kept, asks)
    digest = every is None or (today.hour >= DIGEST_HOUR and kept.digested(asks.asker) != today.date())
    stands = findings_said.stands(await findings_said.said_of(asks, found.findings))
    told = dict(message(asks.asker, found, stands, found.at - timedelta(days=days), "digest"))
    news = message(asks.asker, found, stands, found.at, "news")
    is_news = any(counts[what] for counts in news["findings"].values() for what in ("new", "changed", "gone"))
    if chosen.webhook and (digest or is_news):
        refused = await asyncio.to_thread(send, chosen.webhook, told if digest else news)
        if refused:
            say(f"The address of MISSINGNET_WEBHOOK was not told: {refused}. The findings are kept.")
        elif digest:
            kept.keep_digested(asks.asker, today.date())
    return told
