"""`missingnet match`: suggestions of what may be one thing, and how well they find the people of a table."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from missingnet.api.cli_words import (
    JSON,
    PURPOSE,
    READER,
    WrongCommand,
    asks_of,
    demand_kind,
    say,
    show,
    show_json,
    with_store,
)

if TYPE_CHECKING:
    from missingnet.api.suggestions import Suggested
    from missingnet.graph.store import Store
    from missingnet.ingest.linkage.evaluation import Evaluation
    from missingnet.settings import Settings

#: Suggestions that are printed; --json prints them all.
SHOWN = 20


def add_commands(app: typer.Typer) -> None:
    """Add this module's commands."""
    match = typer.Typer(
        help="Suggestions of which records are one person, place, vehicle or telephone.", no_args_is_help=True
    )
    match.command("suggest")(suggest)
    match.command("evaluate")(evaluate)
    app.add_typer(match, name="match")


def suggest(
    reader: READER,
    purpose: PURPOSE,
    kind: Annotated[
        str, typer.Option("--kind", help="What is compared: people, places, vehicles or phones.")
    ] = "people",
    progress: Annotated[
        bool, typer.Option("--progress", help="Print only how far it is, a line for each step, for a program.")
    ] = False,
    as_json: JSON = False,
) -> None:
    """Work out which things may be one, from what this reader may see, and keep it for the queue on the pages.

    Nothing is joined: every suggestion waits for a person.
    """
    from missingnet.api.suggestions import KINDS, Shelf

    demand_kind(kind)

    def tell(words: str, done: int, whole: int) -> None:
        if progress:
            sys.stdout.write(f"{done}\t{whole}\t{words}\n")
            sys.stdout.flush()

    async def work(store: Store, chosen: Settings) -> tuple[Suggested, dict[str, str]]:
        from missingnet.api.suggesting import work_out

        asks = asks_of(store, chosen, reader, purpose, None, None).shut()
        batches = await store.state()
        found = await work_out(asks, kind, tell)  # type: ignore[arg-type]
        kept = Shelf(chosen).keep(asks.asker, kind, found, batches)
        shown = [] if progress or as_json else kept.pairs[:SHOWN]
        captions = await asks.captions(thing for pair in shown for thing in pair.things)
        return kept, {thing: caption.caption for thing, caption in captions.items()}

    kept, names = with_store(work)
    if as_json:
        show_json(kept.as_json())
    elif not progress:
        show(f"{kept.described:,} {KINDS[kind].lower()} are described. {len(kept.pairs):,} pairs may be one.")
        for pair in kept.pairs[:SHOWN]:
            rules = f"  [{', '.join(pair.rules)}]" if pair.rules else ""
            one, other = (names.get(thing, thing) for thing in pair.things)
            show(f"  {pair.probability:.3f}  {one} / {other}: {pair.sentence}{rules}")
        if len(kept.pairs) > SHOWN:
            say(f"Shown: the first {SHOWN}. --json prints them all; the page /matches shows them side by side.")


def evaluate(
    file: Annotated[Path, typer.Argument(help="A table of people: CSV in UTF-8 with a header row, or parquet.")],
    identity: Annotated[str, typer.Option("--id", help="The column with each row's own id.")],
    given: Annotated[str, typer.Option("--given", help="The column of forenames.")],
    family: Annotated[str, typer.Option("--family", help="The column of surnames.")],
    dob: Annotated[str, typer.Option("--dob", help="The column of dates of birth.")],
    postcode: Annotated[str, typer.Option("--postcode", help="The column of postcodes, or of towns.")],
    truth: Annotated[str, typer.Option("--truth", help="The column that is equal where rows are one person.")],
    sex: Annotated[str | None, typer.Option("--sex", help="The column of sexes, if there is one.")] = None,
    as_json: JSON = False,
) -> None:
    """Run the model of suggestions on any table of people, and compare with its truth. Nothing is loaded or kept."""
    from missingnet.ingest.linkage import evaluation

    if not file.is_file():
        raise WrongCommand(f"There is no file {file}.")
    columns = {"id": identity, "given": given, "family": family, "born": dob, "postcode": postcode, "truth": truth}
    if sex is not None:
        columns["sex"] = sex
    try:
        found = evaluation.evaluate(file, columns)
    except evaluation.WrongTable as error:
        raise WrongCommand(str(error)) from error
    if as_json:
        show_json(
            {
                "precision": round(found.precision(found.suggested), 4),
                "recall": round(found.recall(found.suggested), 4),
                "pairs": found.suggested.pairs,
                "seconds": round(found.seconds, 2),
            }
        )
    else:
        show(_in_words(found))


def _in_words(found: Evaluation) -> str:
    suggested = found.suggested
    lines = [
        f"{found.records:,} records hold {found.truths:,} pairs that are one person. In {found.seconds:.1f} s,",
        f"{suggested.pairs:,} pairs are suggested (probability {suggested.probability} or more): precision "
        f"{found.precision(suggested):.4f}, recall {found.recall(suggested):.4f}. "
        f"{suggested.held:,} more are held back: different forenames, or different dates of birth.",
        *(
            [f"{found.blocks_left_out} ways of finding pairs were left out: too many pairs in a table of this size."]
            if found.blocks_left_out
            else []
        ),
        "",
        "probability    pairs     true     held  precision  recall",
    ]
    lines += [
        f"{at.probability:>11} {at.pairs:>8,} {at.true:>8,} {at.held:>8,} {found.precision(at):>10.4f} "
        f"{found.recall(at):>7.4f}  {'#' * round(30 * found.recall(at))}"
        for at in found.curve
    ]
    return "\n".join(lines)
