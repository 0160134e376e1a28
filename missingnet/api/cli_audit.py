"""`missingnet audit …`: whether the log of who looked at what is whole, and what it says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from missingnet.api.cli_words import say, show

if TYPE_CHECKING:
    from missingnet.graph.audit.checkpoints import Checked
    from missingnet.settings import Settings


class NotSound(RuntimeError):
    """The audit is not what was written; says where it was changed and what is still sound."""


def add_commands(app: typer.Typer) -> None:
    """Add this module's commands."""
    audit = typer.Typer(help="The log of who asked what.", no_args_is_help=True)
    audit.command("verify")(verify)
    audit.command("checkpoint")(checkpoint)
    audit.command("public-key")(public_key)
    app.add_typer(audit, name="audit")


def verify(
    checkpoints: Annotated[
        Path | None, typer.Option("--checkpoints", help="Another folder of checkpoints: a copy kept elsewhere.")
    ] = None,
    key: Annotated[
        Path | None, typer.Option("--public-key", help="The public key to check them by. Default: this installation's.")
    ] = None,
) -> None:
    """Check that no record of the audit was changed, removed or put in another place, nor its end cut off."""
    from missingnet.api.opening import audit_file
    from missingnet.graph.audit.checkpoints import check, public_in, signer
    from missingnet.settings import settings

    chosen = settings()
    folder = checkpoints or chosen.checkpoint_folder
    if checkpoints is not None and not folder.is_dir():
        raise NotADirectoryError(20, "there is no such folder", str(folder))
    by = public_in(key.read_bytes()) if key else signer(chosen.checkpoint_key()).public_key()
    checked = check(audit_file(chosen), folder, by)
    for fault in (checked.verdict.fault, checked.fault):
        if fault:
            raise NotSound(
                f"The audit is not sound: {fault}. The {checked.verdict.records:,} records before it are a whole chain"
                f"{_agreed(checked)}. Keep the file as it is, and tell the person who is responsible for the data."
                if fault == checked.verdict.fault
                else f"The audit is not sound: {fault}{_agreed(checked)}. Keep the file and the checkpoints as they "
                "are, and tell the person who is responsible for the data."
            )
    _tell(checked, chosen, folder)


def _agreed(checked: Checked) -> str:
    """How far the checkpoints bear the chain out."""
    if checked.last is None:
        return ""
    return f"; up to record {checked.last.link.sequence:,} the checkpoint {checked.last.name} bears it out"


def _tell(checked: Checked, chosen: Settings, folder: Path) -> None:
    verdict = checked.verdict
    say(f"The audit is sound: {verdict.records:,} records.")
    if verdict.torn:
        say(
            f"The last write did not finish: {verdict.torn:,} bytes after record {verdict.records:,}, by which nobody "
            "was answered. The next record puts them right."
        )
    if verdict.mended:
        say(f"Ends that were not written whole and were put right, each said in a record: {verdict.mended:,}.")
    if checked.last is None:
        say("There is no checkpoint: that its end was cut off, or the whole written afresh, could not be seen.")
        return
    after = verdict.records - checked.last.link.sequence
    say(
        f"{checked.checkpoints:,} signed checkpoints bear it out up to record {checked.last.link.sequence:,}, the last "
        f"of {checked.last.at} UTC; {after:,} records came after it."
    )
    if folder.stat().st_dev == chosen.home.stat().st_dev:
        say(
            "The checkpoints are on the audit's own disk, where who can change one can change the other. Name a folder "
            "elsewhere: MISSINGNET_AUDIT_CHECKPOINTS."
        )


def checkpoint() -> None:
    """Sign how far the audit goes now. The service does it each minute, every other command when it ends."""
    from missingnet.api.keeping import checkpoint as make
    from missingnet.api.opening import audit_file
    from missingnet.settings import settings

    made = make(audit_file(settings()), settings())
    if made is None:
        show("Nothing was written to the audit since the last checkpoint.")
    else:
        show(f"Checkpoint {made.name}: {made.link.sequence:,} records, {made.link.head}")


def public_key() -> None:
    """Print the public key by which checkpoints are checked. Whoever checks them should have it from you, early."""
    from missingnet.graph.audit.checkpoints import public_text, signer
    from missingnet.settings import settings

    show(public_text(signer(settings().checkpoint_key()).public_key()).rstrip())
