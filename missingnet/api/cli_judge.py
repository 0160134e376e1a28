"""`missingnet judge`, `judge-link`, `judge-line`, `judge-finding`, `remove`: who is whom, what still holds, how a
difference stands, what became of a finding, and what must never have been loaded."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from missingnet.api.cli_words import (
    JSON,
    PURPOSE,
    READER,
    WrongCommand,
    asks_of,
    demand_kind,
    show,
    show_json,
    with_store,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from missingnet.api.asks import Asks
    from missingnet.api.removals import Taken
    from missingnet.graph.answers.people_said import Said
    from missingnet.graph.store import Store
    from missingnet.settings import Settings

REASON = Annotated[str, typer.Option(help="Why, in words that another person can check; no names.")]
THING = Annotated[str, typer.Argument(help="An id, or an identifier such as council:997:100231.")]


def add_commands(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("judge")(judge)
    app.command("judge-exact")(judge_exact)
    app.command("judge-link")(judge_link)
    app.command("judge-line")(judge_line)
    app.command("judge-triage")(judge_triage)
    app.command("judge-finding")(judge_finding)
    app.command("remove")(remove)


def judge(
    one: THING,
    other: THING,
    reader: READER,
    purpose: PURPOSE,
    reason: REASON = "",
    same: Annotated[bool, typer.Option("--same", help="They are one.")] = False,
    different: Annotated[bool, typer.Option("--different", help="They are two.")] = False,
    not_sure: Annotated[bool, typer.Option("--not-sure", help="It cannot be said.")] = False,
    confirm: Annotated[bool, typer.Option("--confirm", help="Confirm, as the second person, what waits.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take back the judgement of these two.")] = False,
    as_json: JSON = False,
) -> None:
    """Say whether two people, places, vehicles or phones are one; confirm what another person said; or undo it."""
    from missingnet.api import judging

    act = _one_of({"same": same, "different": different, "not sure": not_sure, "confirm": confirm, "undo": undo})

    async def do(asks: Asks, _: Settings) -> dict[str, Any]:
        if act in ("confirm", "undo"):
            judging.demand_judge(asks)
            record = await judging.record_of(asks, one, other)
            if act == "confirm":
                return (await judging.confirm(asks, record)).as_json()
            await judging.undo(asks, record, reason)
            return {"record": record, "state": "undone"}
        return (await judging.judge(asks, one, other, judging.verdict_in(act), reason)).as_json()

    _say(with_store(_asking(do, reader, purpose)), act, as_json)


def judge_exact(
    reader: READER,
    purpose: PURPOSE,
    pairs: Annotated[
        list[str] | None,
        typer.Argument(help="Pairs, each 'ONE,OTHER'; left out, all of the kept suggestions that agree exactly."),
    ] = None,
    reason: REASON = "",
    kind: Annotated[
        str, typer.Option("--kind", help="Of which suggestions: people, places, vehicles, phones.")
    ] = "people",
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Confirm, as the second person, all such that wait.")
    ] = False,
    as_json: JSON = False,
) -> None:
    """Judge several pairs one at once, or confirm them: only those to which records give one number in one register.
    Any other pair is refused, and judged by itself (`missingnet judge`). Each can be undone by itself."""
    from missingnet.api import judging, judging_in_bulk
    from missingnet.api.cli_ask import thing_called
    from missingnet.api.suggestions import Shelf
    from missingnet.graph.judgements import PENDING

    demand_kind(kind)

    async def do(asks: Asks, chosen: Settings) -> dict[str, Any]:
        judging.demand_judge(asks)
        if confirm:
            who = asks.asker.reader.name
            rows = [one for one in await judging.judged(asks, "identity") if one.state == PENDING and one.who != who]
            against = await judging_in_bulk.waiting_against(asks, rows)
            exact = [row.record for row, words in zip(rows, against, strict=True) if not words]
            made = await judging_in_bulk.confirm_exact(asks, exact[: judging_in_bulk.MOST])
            return {"made": [one.as_json() for one in made], "left": len(rows) - len(made)}
        named = [tuple(pair.split(",")) for pair in pairs or ()]
        if any(len(pair) != 2 for pair in named):
            raise WrongCommand("Name each pair as ONE,OTHER.")
        if named:
            two = [(await thing_called(asks, one), await thing_called(asks, other)) for one, other in named]
        else:
            two = [pair.things for pair in Shelf(chosen).read(asks.asker, kind).pairs]
            found = await judging_in_bulk.agreements(asks, two)
            two = [pair for pair, one in zip(two, found, strict=True) if not one.against]
        done = await judging_in_bulk.judge_exact(asks, two[: judging_in_bulk.MOST], reason)
        return {"made": [one.as_json() for one in done], "left": len(two) - len(done)}

    made = with_store(_asking(do, reader, purpose))
    if as_json:
        show_json(made)
    else:
        for one in made["made"]:
            show(f"Judgement {one['record']}: {one['verdict']}; {one['state']}.")
        if made["left"]:
            show(f"Left: {made['left']}. Ask again, or look at each by itself.")


def judge_link(
    one: THING,
    other: THING,
    reader: READER,
    purpose: PURPOSE,
    kind: Annotated[str, typer.Option(help="The link's kind, as networks have it: 'missing with', 'linked to' …")] = "",
    through: Annotated[
        str | None, typer.Option(help="The kind of record between, where several say so: Episode, ReturnInterview …")
    ] = None,
    reason: REASON = "",
    still: Annotated[bool, typer.Option("--still-holds", help="It still holds: its review date moves.")] = False,
    no_longer: Annotated[
        bool, typer.Option("--no-longer-holds", help="It no longer holds: that is shown on it.")
    ] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take back what stands of it.")] = False,
    as_json: JSON = False,
) -> None:
    """Say whether a link between two things still holds. What agencies told of it stays as it is."""
    from missingnet.api import judging
    from missingnet.api.cli_ask import thing_called

    act = _one_of({"still holds": still, "no longer holds": no_longer, "undo": undo})
    if not kind:
        raise WrongCommand("Say of which link: --kind 'missing with', as the network has it.")

    async def do(asks: Asks, _: Settings) -> dict[str, Any]:
        judging.demand_judge(asks)
        ends = [await thing_called(asks, name) for name in (one, other)]
        tie = await judging.tie_of(asks, ends[0], ends[1], kind, through)
        if act == "undo":
            return await _undone(asks, tie.said, reason)
        return (await judging.judge_link(asks, tie, judging.verdict_in(act, "link"), reason)).as_json()

    _say(with_store(_asking(do, reader, purpose)), act, as_json)


def judge_line(
    record: Annotated[
        str, typer.Argument(help="The id of a record of the line, as `ask POLICE-COUNCIL-MISMATCH` has it.")
    ],
    reader: READER,
    purpose: PURPOSE,
    reason: REASON = "",
    explained: Annotated[bool, typer.Option("--explained", help="It is no error, and it is known why.")] = False,
    corrected: Annotated[bool, typer.Option("--corrected", help="It is corrected at source.")] = False,
    accepted: Annotated[bool, typer.Option("--accepted", help="It stays as it is.")] = False,
    reopen: Annotated[bool, typer.Option("--open", help="It is open again.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take back what stands of it.")] = False,
    since: Annotated[str | None, typer.Option(help="The period's first day; left out, as the question has it.")] = None,
    until: Annotated[str | None, typer.Option(help="The day after its last.")] = None,
    as_json: JSON = False,
) -> None:
    """Say how a difference between the police's and a council's records stands. It is carried forward until the line's
    records, or what they disagree in, are others."""
    from missingnet.api import judging
    from missingnet.api.agreement import RULE, period_of

    given = {"explained": explained, "corrected at source": corrected, "accepted": accepted, "open": reopen}
    act = _one_of({**given, "undo": undo})

    async def do(asks: Asks, _: Settings) -> dict[str, Any]:
        judging.demand_judge(asks)
        line = judging.line_of((await asks.ask(RULE, **period_of(since, until))).rows, [record])
        if act == "undo":
            return await _undone(asks, line.said, reason)
        return (await judging.judge_line(asks, line, judging.verdict_in(act, "line"), reason)).as_json()

    _say(with_store(_asking(do, reader, purpose)), act, as_json)


def judge_triage(
    child: THING,
    reader: READER,
    purpose: PURPOSE,
    reason: REASON = "",
    red: Annotated[bool, typer.Option("--red", help="Their interview is offered first.")] = False,
    amber: Annotated[bool, typer.Option("--amber", help="More must be found out.")] = False,
    green: Annotated[bool, typer.Option("--green", help="It can be offered after others.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take back what stands of it.")] = False,
    as_json: JSON = False,
) -> None:
    """Overrule the level that TRIAGE-RAG suggests for a child. It cancels no interview that is owed."""
    from missingnet.api import judging
    from missingnet.api.cli_ask import thing_called

    act = _one_of({"red": red, "amber": amber, "green": green, "undo": undo})

    async def do(asks: Asks, _: Settings) -> dict[str, Any]:
        judging.demand_judge(asks)
        row = await judging.triaged_of(asks, await thing_called(asks, child))
        if act == "undo":
            return await _undone(asks, row.said, reason)
        return (await judging.judge_triage(asks, row, judging.verdict_in(act, "triage"), reason)).as_json()

    _say(with_store(_asking(do, reader, purpose)), act, as_json)


def judge_finding(
    rule: Annotated[str, typer.Argument(help="The rule that named it.")],
    about: Annotated[
        list[str],
        typer.Argument(help="The finding's id; or all or some of its things and records, by id or identifier."),
    ],
    reader: READER,
    purpose: PURPOSE,
    reason: REASON = "",
    acknowledged: Annotated[bool, typer.Option("--acknowledged", help="Somebody has taken it up.")] = False,
    dismissed: Annotated[bool, typer.Option("--dismissed", help="It needs nobody.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take back what stands of it.")] = False,
    as_json: JSON = False,
) -> None:
    """Acknowledge or dismiss a finding of this reader's last watch. Resting on another record, it is open again."""
    from missingnet.api import findings_said, judging
    from missingnet.api.cli_ask import thing_called
    from missingnet.api.watching import Kept

    act = _one_of({"acknowledged": acknowledged, "dismissed": dismissed, "undo": undo})

    async def do(asks: Asks, chosen: Settings) -> dict[str, Any]:
        judging.demand_judge(asks)
        watched = Kept(chosen).read(asks.asker)
        if watched is None:
            raise WrongCommand("Nothing is found yet. Run `missingnet watch` for this reader and purpose first.")
        names = [await thing_called(asks, name) for name in about]
        one = findings_said.finding_in(watched, rule, names)
        if act == "undo":
            return await _undone(asks, (await findings_said.said_of(asks, [one])).get(one.id, ()), reason)
        return (await findings_said.judge_finding(asks, one, judging.verdict_in(act, "finding"), reason)).as_json()

    _say(with_store(_asking(do, reader, purpose)), act, as_json)


async def _undone(asks: Asks, said: Sequence[Said], reason: str) -> dict[str, Any]:
    """Take back what stands of a line, link, level or finding."""
    from missingnet.api import judging
    from missingnet.graph.answers.people_said import standing_of

    standing = standing_of(said)
    if standing is None:
        raise WrongCommand("Nobody has said anything of it as it now is.")
    await judging.undo(asks, standing.judgement, reason)
    return {"record": standing.judgement, "state": "undone"}


def _one_of(given: dict[str, bool]) -> str:
    """The one option that was given."""
    wanted = [name for name, chosen in given.items() if chosen]
    if len(wanted) != 1:
        options = [f"--{name.split(' at ')[0].replace(' ', '-')}" for name in given]
        raise WrongCommand(f"Give one of {', '.join(options[:-1])} and {options[-1]}.")
    return wanted[0]


def _say(made: dict[str, Any], act: str, as_json: bool) -> None:
    if as_json:
        show_json(made)
    else:
        show(f"Judgement {made['record']}: {made.get('verdict', act)}; {made['state']}.")


def _asking(
    do: Callable[[Asks, Settings], Awaitable[dict[str, Any]]], reader: str, purpose: str
) -> Callable[[Store, Settings], Awaitable[dict[str, Any]]]:
    async def asked(store: Store, chosen: Settings) -> dict[str, Any]:
        return await do(asks_of(store, chosen, reader, purpose, None, None), chosen)

    return asked


def remove(
    reason: REASON,
    file: Annotated[str | None, typer.Option(help="The hash of the file, as its load report gives it.")] = None,
    record: Annotated[str | None, typer.Option(help="The id of the record.")] = None,
    lift: Annotated[bool, typer.Option("--lift", help="Let what was removed be loaded again.")] = False,
    reader: Annotated[str | None, typer.Option(help="Who asks, where it is not whoever runs the service.")] = None,
    purpose: Annotated[str, typer.Option(help="What for, with --reader.")] = "DATA-QUALITY",
    as_json: JSON = False,
) -> None:
    """Take away a record, or all that a file told, as if never loaded; a re-load is refused until it is lifted."""
    if (file is None) == (record is None):
        raise WrongCommand("Give --file HASH or --record ID.")

    async def do(store: Store, chosen: Settings) -> Taken:
        from missingnet.api import refusals
        from missingnet.api.refusals import Refused
        from missingnet.api.removals import taken_away

        asker = asks_of(store, chosen, reader, purpose, None, None).asker if reader else None
        if asker is not None and not asker.may_load:
            raise Refused(refusals.NOT_ALLOWED)
        return await taken_away(store, chosen, asker, file=file, record=record, reason=reason, lifts=lift)

    taken = with_store(do)
    done = taken.records
    if as_json:
        documents = [asdict(one) for one in taken.documents]
        show_json({"lifted": done} if lift else {"removed": done, "documents": documents})
    elif lift:
        show("It may be loaded again." if done else "Nothing of that name had been removed.")
    else:
        show(f"{done:,} record{'' if done == 1 else 's'} removed. What rested on them was settled again.")
        if taken.documents:
            show("It has gone out in these. Ask for them back, or that they be destroyed:")
        for one in taken.documents:
            show(f"  {one.at}  {one.what}, by {one.who}")
