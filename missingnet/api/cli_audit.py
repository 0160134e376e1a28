"""`missingnet audit …`: whether the log of who looked at what is whole, and what it says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from missingnet.api.cli_ask import thing_called
from missingnet.api.cli_words import JSON, PURPOSE, READER, WrongCommand, asks_of, say, show, show_json, with_store

if TYPE_CHECKING:
    from missingnet.api.asks import Asks
    from missingnet.api.audit_extracts import Exported, Extract
    from missingnet.api.auditing import Looked
    from missingnet.api.unusual import Unusual
    from missingnet.graph.audit.checkpoints import Checked
    from missingnet.graph.store import Store
    from missingnet.settings import Settings

SINCE = Annotated[str, typer.Option("--since", help="From this day on, as in 2026-10-01.")]
UNTIL = Annotated[str, typer.Option("--until", help="Up to and with this day.")]
BEFORE = Annotated[int | None, typer.Option("--before", help="Only records before this one.")]
THING = Annotated[str, typer.Argument(help="The id, or an agency's identifier such as council:997:510000.")]

T = TypeVar("T")


class NotSound(RuntimeError):
    """The audit is not what was written; says where it was changed and what is still sound."""


def add_commands(app: typer.Typer) -> None:
    """Add this module's commands."""
    audit = typer.Typer(help="The log of who asked what.", no_args_is_help=True)
    audit.command("verify")(verify)
    audit.command("checkpoint")(checkpoint)
    audit.command("public-key")(public_key)
    audit.command("child")(child)
    audit.command("person")(person)
    audit.command("sent")(sent)
    audit.command("unusual")(unusual)
    audit.command("subject-access")(subject_access)
    audit.command("export")(export)
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
    if checked.verdict.fault or checked.fault:
        sound = (
            f"; the {checked.verdict.records:,} records before it are a whole chain" if checked.verdict.fault else ""
        )
        raise NotSound(
            f"The audit is not sound: {checked.verdict.fault or checked.fault}{sound}{_agreed(checked)}. Keep the "
            "file and the checkpoints as they are, and tell the person who is responsible for the data."
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


def _asked(do: Callable[[Asks], Awaitable[T]], reader: str, purpose: str) -> T:
    """What an auditor's question gives."""

    async def ask(store: Store, chosen: Settings) -> T:
        return await do(asks_of(store, chosen, reader, purpose, None, None))

    return with_store(ask)


def child(
    thing: THING,
    reader: READER,
    purpose: PURPOSE,
    since: SINCE = "",
    until: UNTIL = "",
    before: BEFORE = None,
    as_json: JSON = False,
) -> None:
    """Say who looked at a child, or at anything else, and when, newest first."""
    from missingnet.api.auditing import who_looked
    from missingnet.api.screens.audit_pages import wanted_of

    async def look(asks: Asks) -> Looked:
        return await who_looked(asks, await thing_called(asks, thing), wanted_of(since, until, before))

    _print(_asked(look, reader, purpose), as_json)


def person(
    name: Annotated[str, typer.Argument(help="The name that the person signs in with.")],
    reader: READER,
    purpose: PURPOSE,
    since: SINCE = "",
    until: UNTIL = "",
    before: BEFORE = None,
    as_json: JSON = False,
) -> None:
    """Say what a person looked at, newest first."""
    from missingnet.api.auditing import what_they_looked_at
    from missingnet.api.screens.audit_pages import wanted_of

    async def look(asks: Asks) -> Looked:
        return await what_they_looked_at(asks, name, wanted_of(since, until, before))

    _print(_asked(look, reader, purpose), as_json)


def sent(
    reader: READER,
    purpose: PURPOSE,
    recipient: Annotated[str, typer.Option(help="Who got it: a reader's name. Left out: whoever did.")] = "",
    since: SINCE = "",
    until: UNTIL = "",
    before: BEFORE = None,
    as_json: JSON = False,
) -> None:
    """Say what left in files and packs, who took it away and for whom, newest first."""
    from missingnet.api.auditing import what_went_to
    from missingnet.api.screens.audit_pages import wanted_of

    async def look(asks: Asks) -> Looked:
        return await what_went_to(asks, recipient.strip(), wanted_of(since, until, before))

    _print(_asked(look, reader, purpose), as_json)


def _print(looked: Looked, as_json: bool) -> None:
    from missingnet.visualise.words import instant_words

    if as_json:
        show_json(looked.as_json())
        return
    if looked.found.fault:
        say(f"The audit is broken: {looked.found.fault}. What follows it is not told here.")
    show(f"{looked.found.total:,} records")
    for one in looked.found.people:
        who = f"{one.who or 'the service itself'} ({one.agency or 'no agency'})"
        show(f"  {who}: {one.times:,}, from {instant_words(one.first)} to {instant_words(one.last)}")
    show(f"{len(looked.lines)} of {looked.found.total:,} records, newest first")
    for line in looked.lines:
        what = f"{line.act}: {line.what}" if line.what else line.act
        what += f", for {', '.join(line.to)}" if line.to else ""
        show(f"  {line.sequence}  {instant_words(line.at)}  {line.who}, {line.purpose}  {what}; {line.outcome}")
    if len(looked.lines) < looked.found.total and looked.lines:
        show(f"Earlier ones: --before {looked.lines[-1].sequence}")


def unusual(reader: READER, purpose: PURPOSE, since: SINCE = "", until: UNTIL = "", as_json: JSON = False) -> None:
    """Say which reading was unusual in the last four weeks, or from and until a day: suggestions to ask the person."""
    from missingnet.api.screens.audit_pages import wanted_of
    from missingnet.api.unusual import USUALLY, in_words, unusual_reading, whose
    from missingnet.graph import times
    from missingnet.visualise.words import instant_words

    async def do(store: Store, chosen: Settings) -> Unusual:
        wanted, asks = wanted_of(since, until), asks_of(store, chosen, reader, purpose, None, None)
        last = wanted.until or times.now()
        return await unusual_reading(asks, chosen, wanted.since or last - USUALLY, last)

    found = with_store(do)
    if as_json:
        show_json(found.as_json())
        return
    if found.fault:
        say(f"The audit is broken: {found.fault}. What follows it is not told here.")
    show(f"{len(found.found):,} suggestions")
    for one in found.found:
        show(f"  {whose(one)}: {in_words(one)}, from {instant_words(one.first)} to {instant_words(one.last)}")


def subject_access(
    thing: THING,
    reader: READER,
    purpose: PURPOSE,
    out: Annotated[Path, typer.Option(help="Where to write it: FILE.csv.")],
    since: SINCE = "",
    until: UNTIL = "",
    inquiries: Annotated[
        bool, typer.Option("--with-inquiries", help="Tell of police investigations too: a person has decided so.")
    ] = False,
) -> None:
    """Write a person's own extract: who used what is recorded about them, by day, agency and purpose, naming nobody."""
    from missingnet.api.cli_files import demand_form, private
    from missingnet.api.screens.audit_pages import wanted_of

    demand_form(out, ".csv")

    async def take(asks: Asks) -> Extract:
        from missingnet.api.audit_extracts import subject_access as extract

        return await extract(asks, await thing_called(asks, thing), inquiries=inquiries, wanted=wanted_of(since, until))

    found = _asked(take, reader, purpose)
    private(out, found.text.encode())
    say(f"{found.rows:,} lines written to {out}, readable by you alone.")
    if found.left_out:
        say(
            f"Left out, and not mentioned in it: {found.left_out:,} records of police investigations. Whether the "
            "person may know of these is a person's decision; --with-inquiries tells of them."
        )


def export(
    reader: READER,
    purpose: PURPOSE,
    since: Annotated[str, typer.Option("--since", help="From this day on, as in 2026-10-01.")],
    until: Annotated[str, typer.Option("--until", help="Up to and with this day.")],
    out: Annotated[Path, typer.Option(help="Where to write it: FILE.zip.")],
    recipient: Annotated[str, typer.Option(help="Who receives it: an office, not a name.")] = "regulator",
) -> None:
    """Write a period's records as they stand, with what a regulator needs to check them: chain, checkpoints, key."""
    from missingnet.api.cli_files import demand_form
    from missingnet.api.screens.audit_pages import wanted_of

    demand_form(out, ".zip")
    wanted = wanted_of(since, until)
    if wanted.since is None or wanted.until is None or wanted.until < wanted.since:
        raise WrongCommand("Give --since and --until as days, the earlier one first.")
    first, last = wanted.since, wanted.until

    async def do(store: Store, chosen: Settings) -> Exported:
        from missingnet.api.audit_extracts import regulators_export

        asks = asks_of(store, chosen, reader, purpose, None, None)
        return await regulators_export(asks, chosen, first, last, out, recipient)

    found = with_store(do)
    say(f"{found.count:,} records written to {out}, readable by you alone.")
    if found.fault:
        say(f"The audit is broken: {found.fault}. What follows it is not in the export.")
