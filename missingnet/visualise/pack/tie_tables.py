"""A child's ties as lines of a table: who or what, how, since when, by whom recorded and how graded."""

from __future__ import annotations

from collections.abc import Iterable

from missingnet.graph.answers.grades import best
from missingnet.graph.answers.ties import Tie
from missingnet.visualise.pack.content import Block, Line, Words, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import NETWORK
from missingnet.visualise.words import KIND_WORDS, agencies_words, capital, count_words, grade_words, span_words

PEOPLE = ("Child", "Associate")
PREMISES = ("Place", "Home", "School")
MEANS = ("Vehicle", "Phone", "OnlineHandle")


def ties(pack: Gathered) -> tuple[Tie, ...]:
    """All ties around the child, nearest first."""
    return pack.rows(NETWORK, Tie)


def how(found: Iterable[Tie]) -> str:
    """How two are tied, each way once, with the relation as the records call it."""
    ways: dict[str, set[str]] = {}
    for tie in found:
        ways.setdefault(tie.kind, set()).update(tie.roles)
    return ", ".join(f"{kind} ({', '.join(sorted(roles))})" if roles else kind for kind, roles in ways.items())


def _by_thing(found: Iterable[Tie]) -> dict[tuple[str, str], list[Tie]]:
    """Ties by the thing they lead to, in the order in which they come."""
    things: dict[tuple[str, str], list[Tie]] = {}
    for tie in found:
        things.setdefault((tie.to_id, tie.to_kind), []).append(tie)
    return things


def span_of(found: Iterable[Tie]) -> str:
    """From the first to the last time that any of these ties was observed."""
    held = list(found)
    return span_words(
        min((tie.first for tie in held if tie.first), default=None),
        max((tie.last for tie in held if tie.last), default=None),
    )


def records_of(found: Iterable[Tie]) -> tuple[str, ...]:
    """Every record behind these ties, each once."""
    return tuple(dict.fromkeys(record for tie in found for record in tie.records))


def _support(found: list[Tie]) -> tuple[str, str, str]:
    """When observed, by whose records, and the best grade among them."""
    return (
        span_of(found),
        agencies_words(tuple(agency for tie in found for agency in tie.agencies)),
        grade_words(best(tie.grade for tie in found)),
    )


def near_table(pack: Gathered, caption: str, found: Iterable[Tie]) -> list[Block]:
    """Ties of the child itself: one line for each thing, with every way in which it is tied."""
    lines = [
        Line(
            (pack.called(thing, kind), KIND_WORDS.get(kind, kind), how(held), *_support(held)),
            records_of(held),
        )
        for (thing, kind), held in _by_thing(found).items()
    ]
    columns = (
        ("Who or what", 4),
        ("Kind", 2),
        ("How tied", 3.4),
        ("Observed", 2.6),
        ("Recorded by", 2.4),
        ("Best grade", 2.8),
    )
    return table(caption, columns, lines)


def far_table(pack: Gathered, caption: str, found: Iterable[Tie]) -> list[Block]:
    """Ties between others: one line for each thing, with who leads to it, by way."""
    lines = []
    for (thing, kind), held in _by_thing(found).items():
        ways: dict[str, dict[tuple[str, str], None]] = {}
        for tie in held:
            ways.setdefault(how([tie]), {})[tie.from_id, tie.from_kind] = None
        leads = ". ".join(f"{capital(way)}: {pack.joined(people)}" for way, people in ways.items())
        name = f"{pack.called(thing, kind)} ({KIND_WORDS.get(kind, kind).lower()})"
        lines.append(Line((name, leads, "; ".join(_support(held))), records_of(held)))
    columns = (("Who or what", 4), ("How tied, and to whom", 8.5), ("Observed, recorded by, best grade", 4.5))
    return table(caption, columns, lines)


def hubs(pack: Gathered, found: Iterable[Tie]) -> list[Block]:
    """What is said of things known to many children, beyond which the question did not look."""
    held = {(tie.to_id, tie.to_kind): tie for tie in found if tie.to_hub}
    return [
        Words(
            f"{pack.called(thing, kind)} is known to {count_words(tie.to_children or 0, 'child', 'children')} or more: "
            "it is shown, and its other ties are not followed.",
            tie.records,
        )
        for (thing, kind), tie in sorted(held.items())
    ]
