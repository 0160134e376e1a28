"""Who the child is, as each agency records it, and how things stand: looked after, school, lists, assessments."""

from __future__ import annotations

from missingnet.graph.answers.descriptions import Description
from missingnet.graph.answers.events import Event
from missingnet.visualise.pack.content import Block, Line, Words, table
from missingnet.visualise.pack.gathered import CouldNotBeAnswered, Gathered
from missingnet.visualise.pack.questions import IDENTITY
from missingnet.visualise.pack.reading import fact, standing, things_called
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.words import (
    age_on,
    agencies_words,
    agency_words,
    day_words,
    instant_words,
    legal_status_words,
    list_words,
    placement_words,
)


def _recorded(one: Description) -> list[tuple[str, str | None]]:
    """What one description says, by the label it is printed under."""
    return [
        ("Name", one.name),
        ("Also known as", "; ".join(one.aliases) or None),
        ("Date of birth", day_words(one.born) if one.born else None),
        ("Sex", one.sex),
        ("Ethnicity", one.ethnicity),
        ("Address", ", ".join(part for part in (one.address, one.postcode) if part) or None),
        ("Agencies’ references", "; ".join(one.identifiers) or None),
        ("Note", one.note),
    ]


def _identity(pack: Gathered) -> list[Block]:
    """Each fact with the agencies that record it; where they differ, each version has its own line."""
    caption = pack.caption(pack.about.child or "")
    if caption is None:
        if pack.captions_failed:
            raise CouldNotBeAnswered("DESCRIPTIONS")
        return []
    versions: dict[tuple[str, str], list[Description]] = {}
    for one in caption.descriptions:
        for label, value in _recorded(one):
            if value:
                versions.setdefault((label, value), []).append(one)
    order = [label for label, _ in _recorded(caption.descriptions[0])] if caption.descriptions else []
    lines = [
        Line(
            (label, value, agencies_words(tuple(d.agency for d in by))),
            tuple(record for d in by for record in d.records),
        )
        for (label, value), by in sorted(versions.items(), key=lambda item: order.index(item[0][0]))
    ]
    blocks = table("As each agency records the child", (("What", 3), ("As recorded", 8), ("Recorded by", 5)), lines)
    age = age_on(caption.born, pack.about.until)
    if age is not None:
        blocks.insert(0, Words(f"Aged {age} on {day_words(pack.about.until)}."))
    if caption.disagree:
        blocks.append(Words("The agencies’ records differ on: " + ", ".join(caption.disagree) + "."))
    return blocks


def _status(pack: Gathered, event: Event) -> tuple[str, str]:
    """What a record says about how things stand: its heading and its words."""
    if event.label == "Placement":
        where = things_called(pack, event, "PLACED_IN")
        return "Looked after", (
            f"{legal_status_words(fact(event, 'legal status'))}; placed: {placement_words(fact(event, 'place code'))}, "
            f"at: {where}"
        )
    if event.label == "Enrolment":
        return "School", things_called(pack, event, "ENROLLED_AT")
    if event.label == "ListEntry":
        return "On a list", list_words(event.kind or fact(event, "list"))
    if event.label == "MissingEducation":
        return "Missing from education", fact(event, "reason") or event.summary
    if event.label == "RiskAssessment":
        return "Risk assessment", ", ".join(
            filter(None, (list_words(event.kind), fact(event, "level")))
        ) or event.summary
    return "Notice or order", event.summary


def _standing(pack: Gathered) -> list[Block]:
    labels = ("Placement", "Enrolment", "ListEntry", "MissingEducation", "RiskAssessment", "Notice")
    lines = [
        Line(
            (*_status(pack, event), instant_words(event.started, "day"), agency_words(event.agency)),
            (event.record,),
        )
        for event in sorted(standing(pack, *labels), key=lambda e: labels.index(e.label))
    ]
    return table(
        "",
        (("What", 3), ("As recorded", 7), ("Since", 2.5), ("Recorded by", 3.5)),
        lines,
    )


SECTION = Section(
    name="child",
    title="The child",
    source="A child’s agenda: the whole picture of one child",
    parts=(
        Part(None, (IDENTITY,), _identity, empty="No description of the child is recorded."),
        Part("Legal status, placement, school and lists", (IDENTITY,), _standing),
    ),
)
