"""`missingnet pack`, `network` and `example`: files to take away, each release in the audit first."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from missingnet.api.cli_ask import thing_called
from missingnet.api.cli_words import AS_AT, KNOWN_AT, WrongCommand, asks_of, say, with_store

if TYPE_CHECKING:
    from missingnet.api.asks import Asks
    from missingnet.graph.access import Reader
    from missingnet.graph.store import Store
    from missingnet.settings import Settings
    from missingnet.visualise.pack import About

WHO = Annotated[str | None, typer.Option("--reader", help="Who takes it away: a reader's name.")]
WHY = Annotated[
    str | None, typer.Option("--purpose", help="What for: a code and the meeting or case, as in 'MASE case-12'.")
]
CHILD = Annotated[str, typer.Option(help="The child's id, or an agency's identifier such as council:997:510000.")]
RECIPIENT = Annotated[
    str | None, typer.Option(help="Who gets it: readers by their names, commas between. Default: who takes it.")
]

PACK = Annotated[Path, typer.Option(help="Where to write it: FILE.pdf or FILE.json.")]


class Refusal(RuntimeError):
    """It may not be handed over, or there is nothing to hand over; says what to give."""


def add_commands(app: typer.Typer) -> None:
    """Add this module's commands."""
    pack = typer.Typer(help="Meeting packs, as PDF or JSON.", no_args_is_help=True)
    pack.command("mase")(mase)
    pack.command("strategy")(strategy)
    pack.command("operational-group")(operational_group)
    app.add_typer(pack, name="pack")
    app.command("network")(network)
    app.command("example")(example)


def _asked_by(reader: str | None, purpose: str | None, usual: tuple[str, str]) -> tuple[str, str]:
    """Who asks and why. Left out, it is the demonstration's reader of that meeting, and that is said."""
    who, why = reader or usual[0], purpose or usual[1]
    if not reader or not purpose:
        say(f"As {who}, for {why}. Say --reader and --purpose to be somebody else: `missingnet readers` lists them.")
    return who, why


def mase(
    child: CHILD,
    out: PACK,
    reader: WHO = None,
    purpose: WHY = None,
    recipient: RECIPIENT = None,
    as_at: AS_AT = None,
    known_at: KNOWN_AT = None,
) -> None:
    """One child's pack for the Multi-Agency Sexual Exploitation meeting."""
    _of_child("MASE", child, out, _asked_by(reader, purpose, ("coordinator", "MASE")), recipient, (as_at, known_at))


def strategy(
    child: CHILD,
    out: PACK,
    reader: WHO = None,
    purpose: WHY = None,
    recipient: RECIPIENT = None,
    as_at: AS_AT = None,
    known_at: KNOWN_AT = None,
) -> None:
    """One child's pack for a missing person's strategy meeting."""
    _of_child("STRATEGY", child, out, _asked_by(reader, purpose, ("coordinator", "CASE")), recipient, (as_at, known_at))


def _of_child(
    meeting: str,
    child: str,
    out: Path,
    asked_by: tuple[str, str],
    recipient: str | None,
    dates: tuple[str | None, str | None],
) -> None:
    from missingnet.graph import times
    from missingnet.visualise.pack import about_child

    demand_form(out, ".pdf", ".json")

    async def write(store: Store, chosen: Settings) -> None:
        asks = asks_of(store, chosen, *asked_by, *dates)
        about = about_child(await thing_called(asks, child), times.utc_to_london(asks.moment.as_at).date())
        await _write_pack(asks, meeting, about, received(chosen, recipient), out)

    with_store(write)


def operational_group(
    period: Annotated[str, typer.Option(help="A month, such as 2026-10.")],
    out: PACK,
    reader: WHO = None,
    purpose: WHY = None,
    recipient: RECIPIENT = None,
    as_at: AS_AT = None,
    known_at: KNOWN_AT = None,
) -> None:
    """A month's pack for the operational group."""
    from missingnet.visualise.pack import about_month

    who, why = _asked_by(reader, purpose, ("chair", f"OPERATIONAL-GROUP {period}"))
    demand_form(out, ".pdf", ".json")
    try:
        about = about_month(period)
    except ValueError as error:
        raise WrongCommand("--period is a month, written as 2026-10.") from error

    async def write(store: Store, chosen: Settings) -> None:
        asks = asks_of(store, chosen, who, why, as_at, known_at)
        await _write_pack(asks, "OPERATIONAL-GROUP", about, received(chosen, recipient), out)

    with_store(write)


def demand_form(out: Path, *endings: str) -> None:
    """Raise unless the file's ending says what to write, and its folder is there, before anything is asked."""
    if out.suffix.lower() not in endings:
        raise WrongCommand(f"--out must end in {' or '.join(endings)}: the ending says what is written.")
    if not out.absolute().parent.is_dir():
        raise WrongCommand(f"There is no folder {out.absolute().parent}. Make it first, or write elsewhere.")


def received(chosen: Settings, recipient: str | None) -> tuple[Reader, ...]:
    """Those who get the file: readers that are known to this installation."""
    from missingnet.api.opening import known_readers
    from missingnet.api.recipients import recipients_of

    return recipients_of(recipient or "", known_readers(chosen))


async def _write_pack(asks: Asks, name: str, about: About, recipients: tuple[Reader, ...], out: Path) -> None:
    from missingnet.api.composing import NobodyThere, compose
    from missingnet.api.reader import demand_shut
    from missingnet.api.recipients import in_words
    from missingnet.api.refusals import Refused

    demand_shut(asks.asker)
    try:
        pack = await compose(asks, name, about, recipients)
    except (NobodyThere, Refused) as error:
        raise Refusal("There is no such child. Search for the child, and give the id in the page's address.") from error
    if out.suffix.lower() == ".json":
        text = json.dumps(pack.as_json(), ensure_ascii=False, indent=2)
        private(out, text.encode())
    else:
        private(out, pack.pdf())
    to = in_words(recipients or (asks.asker.reader,))
    say(f"{pack.marking}: {pack.title}, for {to}. Written to {out}, readable by you alone.")


def private(out: Path, content: bytes) -> None:
    """Write a file that only its owner may read."""
    import os

    handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    out.chmod(0o600)


def network(
    child: CHILD,
    out: Annotated[Path, typer.Option(help="Where to write it: FILE.html.")],
    reader: WHO = None,
    purpose: WHY = None,
    hops: Annotated[int, typer.Option(min=1, max=3, help="How many links away from the child.")] = 2,
    recipient: RECIPIENT = None,
    as_at: AS_AT = None,
    known_at: KNOWN_AT = None,
) -> None:
    """A child's network as one file to take away; it loads nothing from elsewhere."""
    who, why = _asked_by(reader, purpose, ("coordinator", "MASE"))
    demand_form(out, ".html")

    async def write(store: Store, chosen: Settings) -> None:
        from missingnet.api.network_files import standalone
        from missingnet.api.reader import demand_shut
        from missingnet.api.refusals import Refused

        asks = asks_of(store, chosen, who, why, as_at, known_at)
        demand_shut(asks.asker)
        try:
            text = await standalone(asks, await thing_called(asks, child), hops, received(chosen, recipient))
        except Refused as error:
            raise Refusal("There is no such child. Search, and give the id in the page's address.") from error
        private(out, text.encode())

    with_store(write)
    say(f"Written to {out}, readable by you alone.")


def example(
    out: Annotated[Path, typer.Option(help="The folder to write into.")],
    children: Annotated[
        int, typer.Option(help="Children with any record of concern; four times as many on rolls.")
    ] = 2000,
    years: Annotated[int, typer.Option(help="How many years of records.")] = 3,
    seed: Annotated[int, typer.Option(help="The same seed gives the same files.")] = 1,
) -> None:
    """Write the agencies' files of a wholly invented partnership, and truth.json, which says what is planted."""
    from rich.console import Console
    from rich.progress import Progress

    from missingnet.api.opening import audit_of
    from missingnet.ingest.example.generate import generate
    from missingnet.settings import settings

    try:
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Inventing a partnership", total=children)
            generate(
                out, children, years, seed, progress=lambda done, total: bar.update(task, completed=done, total=total)
            )
    except ValueError as error:
        raise WrongCommand(str(error)) from error
    # Nothing in it is anybody's; but who made files that look like agencies' can be looked up.
    audit = audit_of(settings())
    audit.write({**audit.operated("invent"), "children": children, "years": years, "seed": seed, "outcome": "done"})
    say(f"Written to {out}. Load it with: missingnet load {out}")
