"""Missing, absent and away side by side: a low count of one can hide risk in the other (ABSENT-MASKS-MISSING)."""

from __future__ import annotations

from missingnet.graph.answers.events import Event
from missingnet.visualise.pack.content import Block, Line, Words, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.pictures import episodes_picture
from missingnet.visualise.pack.questions import TIMELINE
from missingnet.visualise.pack.reading import fact, moment, own, within
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.words import EPISODE_WORDS, agency_words, count_words, day_words, length_words


def _what(event: Event) -> str:
    """The kind of episode and the risk it was graded at."""
    words = (event.kind or "kind not recorded").capitalize()
    risk = fact(event, "risk")
    return f"{words}, risk {risk}" if risk else f"{words}, risk not recorded" if event.kind == "missing" else words


def _length(event: Event) -> str:
    return "still open" if event.open else length_words(event.started, event.ended)


def _counts(pack: Gathered, events: list[Event]) -> list[Block]:
    """How many of each kind by each agency: agencies' records are never added together."""
    counts: dict[tuple[str, str], dict[str, None]] = {}
    for event in events:  # a record of which two contents stand is one episode
        counts.setdefault((event.agency, event.kind or ""), {})[event.record] = None
    kinds = tuple(EPISODE_WORDS)
    lines = [
        Line(
            (agency_words(agency), *(str(len(counts.get((agency, kind), ()))) for kind in kinds)),
            tuple(record for kind in kinds for record in counts.get((agency, kind), ())),
        )
        for agency in sorted({agency for agency, _ in counts})
    ]
    return table(
        f"Episodes from {day_words(pack.about.since)} to {day_words(pack.about.until)}, by whose records; "
        "one episode may stand in two agencies’ records, so the lines are not added",
        (("Recorded by", 5), *((EPISODE_WORDS[kind], 3.0) for kind in kinds)),
        lines,
    )


def _line(pack: Gathered) -> list[Block]:
    """One line of missing, absent and away, and the same episodes as a table with four times each."""
    events, earlier = within(pack, own(pack, "Episode"))
    if not events:
        return []
    lines = [
        Line(
            (
                _what(event),
                moment(event, "last seen"),
                moment(event, "reported"),
                moment(event, "located"),
                moment(event, "returned"),
                _length(event),
                agency_words(event.agency),
            ),
            (event.record,),
        )
        for event in events
    ]
    columns = (
        ("What", 3.2),
        ("Last seen", 2.4),
        ("Reported", 2.4),
        ("Located", 2.4),
        ("Returned", 2.4),
        ("Length", 1.9),
        ("Recorded by", 2.3),
    )
    blocks: list[Block] = [
        *_counts(pack, events),
        *episodes_picture(pack, events),
        *table("Each episode, newest first; London time", columns, lines),
    ]
    if earlier:
        blocks.append(
            Words(
                f"{count_words(earlier, 'earlier episode')}, ended before {day_words(pack.about.since)}, "
                f"{'is' if earlier == 1 else 'are'} recorded and not listed here."
            )
        )
    return blocks


def _changes(pack: Gathered) -> list[Block]:
    """Where a grade of risk or a kind was changed: when, by whom and why, as recorded."""
    events, _ = within(pack, own(pack, "Episode"))
    lines = []
    for event in events:
        words = [w for w in (fact(event, "risk changes"), fact(event, "became"), fact(event, "closure code")) if w]
        if words:
            lines.append(Line((moment(event, "reported"), _what(event), "; ".join(words)), (event.record,)))
    return table(
        "As recorded", (("Episode reported", 3), ("What", 3.5), ("Change, report it became, closing code", 8)), lines
    )


SECTION = Section(
    name="episodes",
    title="Missing, absent and away",
    source="A child’s agenda: episodes and absences on one line; rule ABSENT-MASKS-MISSING (Streetwise)",
    parts=(
        Part(None, (TIMELINE,), _line, empty="No episode is recorded."),
        Part("Changes of grade or kind", (TIMELINE,), _changes),
    ),
)
