"""`missingnet backup` and `restore`: everything that must be kept, into a folder and back into an empty place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from missingnet.api.cli_words import JSON, WrongCommand, say, show, show_json, with_store

if TYPE_CHECKING:
    from missingnet.api.backups import Backup
    from missingnet.graph.store import Store
    from missingnet.settings import Settings


def add_commands(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("backup")(backup)
    app.command("restore")(restore)


def backup(
    folder: Annotated[Path, typer.Argument(help="A new folder, on an encrypted disk that is not this machine's.")],
    as_json: JSON = False,
) -> None:
    """Write graph, audit and state folder into a new folder, whole or not at all. Loads wait meanwhile."""

    async def do(store: Store, chosen: Settings) -> Backup:
        from missingnet.api.backups import back_up

        return await back_up(store, chosen, folder.expanduser().absolute())

    made = with_store(do)
    if as_json:
        show_json({"hash": made.hash, "fingerprint": made.fingerprint, "files": len(made.told["files"])})
        return
    show(f"Backup: {made.hash}")
    show(f"Fingerprint of the graph in it: {made.fingerprint}")
    show("Keep the first line apart from the backup: it is what restoring asks for.")


def restore(
    folder: Annotated[Path, typer.Argument(help="The backup's folder.")],
    known: Annotated[str, typer.Option("--hash", help="The hash that `missingnet backup` said.")],
    audit: Annotated[
        Path | None, typer.Option(help="The audit as it survived, by which what was removed since is removed again.")
    ] = None,
    audit_lost: Annotated[bool, typer.Option("--audit-lost", help="No later audit is left.")] = False,
    as_json: JSON = False,
) -> None:
    """Put a backup into an empty state folder and an empty graph of either engine; all of it, or none."""
    import asyncio

    from missingnet.api.backups import checked
    from missingnet.api.restoring import restore as put_back
    from missingnet.settings import settings

    if (audit is None) != audit_lost:
        raise WrongCommand("Give --audit FILE, the audit as it survived; or --audit-lost where none is left.")
    found = checked(folder.expanduser().absolute(), known)
    done = asyncio.run(put_back(found, settings(), audit.expanduser().absolute() if audit else None, say))
    if as_json:
        show_json({"fingerprint": done.fingerprint, "audit_records": done.records, "done_again": done.again})
        return
    show(f"Restored as of {found.told['taken']} UTC. Fingerprint: {done.fingerprint}, as it was backed up.")
    show(f"Audit: {done.records:,} records, whole.")
    show(f"Removals and restrictions that the audit has and the graph had not, done again: {done.again:,}.")
    if audit_lost:
        show("What was removed or restricted since is not known: ask whoever may have asked for it, and do it again.")
