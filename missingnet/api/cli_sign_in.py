"""`missingnet sign-in check`, `machine-key` and `machine-token`: setting up who may come in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from missingnet.api.cli_words import WrongCommand, say, show


def add_commands(app: typer.Typer) -> None:
    """Add this module's commands."""
    sign_in = typer.Typer(help="Sign-in through the organisation's provider.", no_args_is_help=True)
    sign_in.command("check")(check)
    app.add_typer(sign_in, name="sign-in")
    app.command("machine-key")(machine_key)
    app.command("machine-token")(machine_token)


def check(
    file: Annotated[Path | None, typer.Argument(help="The sign-in file. Default: MISSINGNET_SIGN_IN.")] = None,
) -> None:
    """Read the sign-in file, ask its provider about itself, and say what it gives to whom. Starts nothing."""
    import asyncio

    from missingnet.api.sign_in.configuration import read_sign_in
    from missingnet.api.sign_in.provider import CALLBACK, Provider
    from missingnet.graph import times
    from missingnet.settings import settings

    named = file.absolute() if file else settings().sign_in
    if named is None:
        raise WrongCommand("Name the sign-in file, or set MISSINGNET_SIGN_IN.")
    told = read_sign_in(named)
    show(f"The file is sound. Register with the provider: {told.address}{CALLBACK}")
    show(f"After signing out people come back to: {told.address}/sign-in")
    for name, group in told.groups.items():
        show(f"Group {name}: {group.title}; agency {group.agency}; {', '.join(group.roles) or 'reads'}")
    for name, machine in told.machines.items():
        show(f"Machine {name}: {machine.title}; agency {machine.agency}; {', '.join(machine.scopes)}")
    asyncio.run(Provider().check(told, times.now()))
    show("The provider answers, and is as it must be.")


def machine_key(
    out: Annotated[Path, typer.Argument(help="The file for the private key. It stays on the machine.")],
) -> None:
    """Make a machine's key pair, and print the public half for `public_keys` in the sign-in file."""
    import json

    from missingnet.api.sign_in.machines import new_key

    key = new_key()
    try:
        descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise WrongCommand(f"There is a file {out} already. Name another: a key is never written over.") from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(key.as_dict(private=True), file)
    show(str(key.as_dict(private=False)["x"]))
    say(f"The private key is in {out}, for this machine alone. The line above goes to whoever runs the service.")


def machine_token(
    key: Annotated[Path, typer.Option("--key", help="The machine's private key.")],
    machine: Annotated[str, typer.Option("--machine", help="Its name in the sign-in file.")],
    address: Annotated[str, typer.Option("--address", help="The service's address, as in the sign-in file.")],
    scope: Annotated[str, typer.Option("--scope", help="What for: questions, tables or files; several with spaces.")],
) -> None:
    """Print a token for one request within five minutes."""
    import json

    from joserfc.errors import JoseError
    from joserfc.jwk import OKPKey

    from missingnet.api.sign_in.machines import token
    from missingnet.graph import times

    try:
        read = OKPKey.import_key(json.loads(key.read_text(encoding="utf-8")))
    except (OSError, ValueError, JoseError) as error:
        raise WrongCommand(f"{key} holds no key as `missingnet machine-key` writes it.") from error
    show(token(read, machine, address, scope, times.now()))
