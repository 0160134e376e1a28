"""Return interviews: offered, held, and what the child said, in the words recorded; the parents' or carers' view."""

from __future__ import annotations

from collections import Counter

from missingnet.graph.answers.events import Event
from missingnet.visualise.pack.content import Block, Line, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import TIMELINE
from missingnet.visualise.pack.reading import fact, moment, own, said, within
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.words import count_words, instant_words

#: What an interview tells, in the order a chair reads it: the child's own words and wishes first (DOMAIN §3).
_TOLD = (
    ("why", "Why the child went"),
    ("wishes", "What the child wants to happen"),
    ("where went", "Where the child was"),
    ("where slept", "Where the child slept"),
    ("with whom", "With whom"),
    ("how funded", "How food, transport and money came"),
    ("transport", "Transport"),
    ("harm", "Harm suffered or risked"),
    ("parents view", "The parents’ or carers’ view"),
    ("advice", "Safety advice given"),
)


def _interviews(pack: Gathered) -> list[Event]:
    return within(pack, own(pack, "ReturnInterview"))[0]


def _offered(pack: Gathered) -> list[Block]:
    lines = [
        Line(
            (
                moment(event, "returned"),
                moment(event, "offered"),
                moment(event, "held"),
                said(event, "outcome"),
                said(event, "alone"),
                said(event, "independent"),
                said(event, "advocate offered"),
            ),
            (event.record,),
        )
        for event in _interviews(pack)
    ]
    columns = (
        ("Child returned", 2.6),
        ("Offered", 2.6),
        ("Held", 2.6),
        ("Outcome", 2.3),
        ("Seen alone", 1.7),
        ("Independent", 2.1),
        ("Advocate offered", 2.0),
    )
    return table("Newest first; London time", columns, lines)


def _told(pack: Gathered) -> list[Block]:
    """One table for each interview, the child's own words and wishes first."""
    blocks: list[Block] = []
    for event in _interviews(pack):
        day = moment(event, "held") if fact(event, "held") else instant_words(event.started, event.precision)
        lines = [Line((label, f"“{words}”"), (event.record,)) for name, label in _TOLD if (words := fact(event, name))]
        blocks += table(f"Interview of {day}", (("About", 4.5), ("In the words recorded", 11)), lines)
    return blocks


def _themes(pack: Gathered) -> list[Block]:
    told: Counter[str] = Counter()
    records: dict[str, list[str]] = {}
    for event in _interviews(pack):
        for theme in {each.strip() for each in (fact(event, "themes") or "").split(";") if each.strip()}:
            told[theme] += 1
            records.setdefault(theme, []).append(event.record)
    lines = [
        Line((theme, count_words(count, "interview")), tuple(records[theme]))
        for theme, count in sorted(told.items(), key=lambda item: (-item[1], item[0]))
    ]
    return table("How many interviews record each theme", (("Theme", 10), ("Recorded in", 4)), lines)


SECTION = Section(
    name="interviews",
    title="Return interviews: what the child said",
    source="A child’s agenda: child’s views and wished outcomes, family’s views; rule RHI-72H (Guidance ¶31–32, 69)",
    parts=(
        Part(None, (TIMELINE,), _offered, empty="No return interview is recorded."),
        Part("In the words recorded", (TIMELINE,), _told),
        Part("Themes", (TIMELINE,), _themes),
    ),
)
