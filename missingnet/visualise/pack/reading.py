"""Reading a record's facts in words: one fact by its name, a record's things by link, records of a kind and a span."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from missingnet.graph.answers.events import Event, EventThing
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import IDENTITY, TIMELINE
from missingnet.visualise.words import NOT_RECORDED

_LONG_MONTH = re.compile(r"\b(\d{1,2}) ([A-Z][a-z]{2})[a-z]* (\d{4})\b")
#: Stands in for a date that is not recorded, in ordering only.
_BEFORE_ALL = datetime(1, 1, 1)


def fact(event: Event, name: str) -> str | None:
    """The fact of that name as recorded; None when the record does not hold it."""
    for held in event.facts:
        if held.name.replace("_", " ").casefold() == name and held.value.strip():
            return held.value
    return None


def said(event: Event, name: str) -> str:
    """The fact of that name, or 'not recorded'."""
    return fact(event, name) or NOT_RECORDED


def moment(event: Event, name: str) -> str:
    """A fact that is a date or time, its month cut to three letters so that it fits a column."""
    return _LONG_MONTH.sub(r"\1 \2 \3", said(event, name))


def things(event: Event, link: str) -> tuple[EventThing, ...]:
    """The things that a record names by one kind of link."""
    return tuple(thing for thing in event.things if thing.link == link)


def things_called(pack: Gathered, event: Event, link: str) -> str:
    """The captions of these things in one cell; 'not recorded' for none."""
    names = [pack.called(thing.id, thing.kind) for thing in things(event, link)]
    return "; ".join(sorted(set(names))) or NOT_RECORDED


def own(pack: Gathered, *labels: str) -> list[Event]:
    """The child's own records of these kinds, newest first; one whose date is not recorded stands last."""
    rows = pack.rows(TIMELINE, Event)
    return newest_first(row for row in rows if row.label in labels and row.tie == "own")


def standing(pack: Gathered, *labels: str) -> list[Event]:
    """The child's records of these kinds that say how things stand, newest first."""
    return newest_first(row for row in pack.rows(IDENTITY, Event) if row.label in labels)


def newest_first(events: Iterable[Event]) -> list[Event]:
    """Events by when they began, newest first."""
    return sorted(events, key=lambda e: (e.started is not None, e.started or _BEFORE_ALL, e.record), reverse=True)


def within(pack: Gathered, events: Iterable[Event]) -> tuple[list[Event], int]:
    """The events of the pack's span (and those that still run or have no date), and how many lie before it."""
    start = pack.about.span_start()
    kept: list[Event] = []
    earlier = 0
    for event in events:
        before = event.started is not None and event.started < start and not event.open
        if before and (event.ended is None or event.ended < start):
            earlier += 1
        else:
            kept.append(event)
    return kept, earlier
