"""`missingnet ask`, `rules`, `cypher`, `readers`: named questions from the command line, through the same gate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from missingnet.api.cli_words import (
    AS_AT,
    JSON,
    KNOWN_AT,
    PURPOSE,
    READER,
    WrongCommand,
    asks_of,
    say,
    show,
    show_json,
    with_store,
)

if TYPE_CHECKING:
    from missingnet.api.asks import Asks
    from missingnet.graph.answers import Answer, Row
    from missingnet.graph.store import Store
    from missingnet.settings import Settings

#: Columns that fit a terminal; --json holds them all.
COLUMNS_SHOWN = 8


def add_commands(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("ask")(ask)
    app.command("rules")(rules)
    app.command("cypher")(cypher)
    app.command("readers")(readers)


def ask(
    rule: Annotated[str, typer.Argument(help="The rule's id, as in GROUP-MISSING. See `missingnet rules`.")],
    reader: READER,
    purpose: PURPOSE,
    param: Annotated[
        list[str] | None,
        typer.Option(
            "--param",
            help="name=value, as often as needed. A child may be given by an agency's own identifier, as in "
            "child=council:997:510000.",
        ),
    ] = None,
    as_at: AS_AT = None,
    known_at: KNOWN_AT = None,
    as_json: JSON = False,
) -> None:
    """Ask a named question as a reader with a purpose. The answer is in the audit before it is printed."""

    from missingnet.api import refusals
    from missingnet.api.refusals import Refused

    async def answer(store: Store, chosen: Settings) -> tuple[Answer[Row], dict[str, str]]:
        asks = asks_of(store, chosen, reader, purpose, as_at, known_at)
        try:
            found = await asks.ask(rule, **await settled(asks, rule, param or []))
        except Refused as refused:
            if refused.words is not refusals.NOT_FOUND:
                raise
            raise WrongCommand(
                "That is no id of the graph. Give an agency's own identifier, as in child=council:997:510000, or the "
                "26 letters and digits that the address of its page ends with."
            ) from None
        return found, {} if as_json else await _names(asks, found)

    found, names = with_store(answer)
    if as_json:
        show_json(found.as_json())
    else:
        _print(found, names)


async def settled(asks: Asks, rule: str, given: list[str]) -> dict[str, Any]:
    """The parameters as typed; an agency's own identifier becomes the id of the thing that this reader may see."""
    from missingnet.graph.catalogue import question

    parameters = question(rule).parameters
    found: dict[str, Any] = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals:
            raise WrongCommand(f"--param is written name=value. {rule} has: {', '.join(parameters) or 'none'}.")
        kind = parameters[name].type if name in parameters else ""
        found[name] = await thing_called(asks, value) if kind == "id" else value
    return found


async def thing_called(asks: Asks, identifier: str) -> str:
    """The id of the one thing that has this identifier, found by a search as the reader: what is hidden is not found.
    What is no agency's identifier, as in council:997:510000, is an id already, and stays as it is.

    :raises WrongCommand: nothing has it, or more than one thing; the same words for hidden and for missing.
    """
    from missingnet.api.asks import rows_of
    from missingnet.api.screens.search import search
    from missingnet.graph.answers.search import SearchHit
    from missingnet.graph.names import compact

    if ":" not in identifier:
        return identifier
    hits: list[SearchHit] = rows_of(await search(asks, identifier.rpartition(":")[2]), SearchHit)
    wanted = compact(identifier)
    exact = {hit.thing_id for hit in hits if wanted in {compact(known) for known in hit.identifiers}}
    if len(exact) != 1:
        many = "Several things have" if exact else "Nothing is found by"
        raise WrongCommand(f"{many} that identifier. Search for it on the pages, and give the id in its address.")
    return exact.pop()


async def _names(asks: Asks, answer: Answer[Row]) -> dict[str, str]:
    from missingnet.api.screens.tables import things_in

    return {thing: caption.caption for thing, caption in (await asks.captions(things_in(answer.rows))).items()}


def _print(answer: Answer[Row], names: dict[str, str]) -> None:
    from rich.console import Console
    from rich.table import Table

    from missingnet.api.screens import words
    from missingnet.api.screens.tables import columns_of

    out = Console(highlight=False)
    out.print(f"{answer.marking}  {answer.rule}: {answer.title} ({answer.source})", markup=False)
    known = f", as known at {words.clock(answer.known_at)}" if answer.known_at else ""
    out.print(
        f"As at {words.clock(answer.as_at)} London time{known}. {words.count(answer.total, 'row')}.", markup=False
    )
    for note in answer.notes:
        out.print(f"Note: {note}", markup=False)
    if not answer.rows:
        return
    columns = columns_of(type(answer.rows[0]))
    table = Table(*(column.heading for column in columns[:COLUMNS_SHOWN]))
    for row in answer.rows:
        table.add_row(*(_text(row, column.field, names) for column in columns[:COLUMNS_SHOWN]))
    out.print(table)
    if len(columns) > COLUMNS_SHOWN:
        out.print(f"Shown: {COLUMNS_SHOWN} of {len(columns)} columns. --json prints them all.")


def _text(row: Row, field: str, names: dict[str, str]) -> str:
    from rich.markup import escape

    from missingnet.api.screens import words
    from missingnet.api.screens.tables import cell_of

    cell = cell_of(row, field)
    if cell.kind in ("records", "rows"):
        return words.count(len(cell.value), *(("record",) if cell.kind == "records" else ("entry", "entries")))
    if cell.kind == "moment":
        return words.clock(cell.value)
    values = cell.value if isinstance(cell.value, tuple | list) else (cell.value,)
    if cell.kind == "moments":
        return "; ".join(words.clock(value) for value in values)
    if cell.kind == "flag":
        return "yes" if cell.value else "no"
    return escape(", ".join(names.get(str(value), str(value)) for value in values))


def rules(as_json: JSON = False) -> None:
    """List the rules: what each asks, its source paragraph, its parameters, and whether it can be asked yet."""
    from missingnet.api.questions import rules_json
    from missingnet.graph.answers.declared_tables import tables
    from missingnet.graph.rulebook import NOT_YET

    listed = rules_json()
    if as_json:
        show_json({"rules": listed})
        return
    for rule in listed:
        if rule["state"] != "built":
            continue
        show(f"{rule['rule']}: {rule['title']}  [{rule['source']}]")
        for p in rule["parameters"]:
            show(f"    {p['name']} ({p['type']}): {p['meaning']}")
    waiting = [rule["rule"] for rule in listed if rule["state"] == NOT_YET]
    show(f"\nTables: {', '.join(tables())}. See `missingnet table --help`.")
    show(f"\nIn the rulebook, and not yet a question: {', '.join(waiting)}.")


def cypher(rule: Annotated[str, typer.Argument(help="The rule's id.")]) -> None:
    """Print the query behind a rule as it is asked, with the access test written in."""
    from missingnet.api.questions import cypher_of
    from missingnet.graph.catalogue import question

    show(cypher_of(question(rule)).rstrip())


def readers() -> None:
    """List the readers and the purposes that can be stated."""
    from missingnet.api.opening import known_readers
    from missingnet.graph import access
    from missingnet.settings import settings

    for name, about in known_readers(settings()).items():
        show(f"{name}: {about.title}")
    say(f"Purposes: {', '.join(access.PURPOSES)}.")
