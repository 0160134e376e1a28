"""The command line: the same doors as the pages, for data officers, analysts and whoever runs the service."""

from __future__ import annotations

import sys
from typing import NoReturn

import typer

from missingnet.api import (
    cli_agreement,
    cli_ask,
    cli_audit,
    cli_backup,
    cli_emergency,
    cli_files,
    cli_judge,
    cli_load,
    cli_match,
    cli_recall,
    cli_restrict,
    cli_service,
    cli_sign_in,
    cli_tables,
    cli_watch,
)

app = typer.Typer(
    name="missingnet",
    help="One graph of missing children, who and what connects them, and the facts a safeguarding meeting needs.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
    epilog="Start with: missingnet demo. State is kept in MISSINGNET_HOME; the graph is named by MISSINGNET_GRAPH.",
)

for module in (
    *(cli_load, cli_ask, cli_tables, cli_service, cli_files),
    *(cli_agreement, cli_match, cli_judge, cli_recall, cli_watch, cli_audit, cli_sign_in, cli_emergency, cli_restrict),
    cli_backup,
):
    module.add_commands(app)


def main() -> None:
    """Run a command. What goes wrong is said in words with what to do; a traceback could quote a record."""
    try:
        app(standalone_mode=True)
    except KeyboardInterrupt:
        _end("Stopped. What had been acknowledged stands.", 130)
    except Exception as error:
        _end(in_words(error), exit_code(error))


def _end(words: str, code: int) -> NoReturn:
    sys.stderr.write(f"missingnet: {words}\n")
    sys.exit(code)


def in_words(error: Exception) -> str:
    """What went wrong and what to do. The text of an unforeseen fault may quote a record, so only its kind is named."""
    if isinstance(error, OSError):
        return _file_words(error)
    if type(error).__module__.startswith(("missingnet.", "pydantic")):
        return _own_words(error)
    return (
        f"This could not be done ({type(error).__name__}). Nothing half-done stands in the graph. Try `missingnet "
        "status`; if it happens again, tell whoever runs the service which command you gave."
    )


def _own_words(error: Exception) -> str:
    """The words of our own errors, which never quote a record; settings that cannot be read name their variables."""
    if type(error).__name__ == "ValidationError":
        names = sorted({str(part) for fault in getattr(error, "errors", list)() for part in fault["loc"]})
        messages = {str(fault["msg"]) for fault in getattr(error, "errors", list)() if not fault["loc"]}
        variables = ", ".join(f"MISSINGNET_{name.upper()}" for name in names)
        return " ".join(messages) if messages else f"Correct the setting {variables}: it cannot be understood."
    detail = getattr(error, "detail", None)
    if detail:
        return str(detail)
    remedy = getattr(error, "remedy", None)
    return f"{error}. {remedy}" if remedy else str(error) or type(error).__name__


def _file_words(error: OSError) -> str:
    named = f" {error.filename}" if error.filename else ""
    why = error.strerror or "the system refused it"
    return f"The file{named} cannot be used: {why}. Check that it exists and is yours."


def exit_code(error: Exception) -> int:
    """2 when the command was given wrongly or a file could not be read; 1 when it was right and could not be done."""
    wrong = (
        "ParameterError",
        "AccessError",
        "NotAMoment",
        "Unreadable",
        "ValidationError",
        "WrongCommand",
        "RulebookError",
        "UnsafeSignIn",
    )
    return 2 if type(error).__name__ in wrong or isinstance(error, OSError) else 1


if __name__ == "__main__":
    main()
