"""The timeline part of a page: the same events as entries of the picture and as a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from markupsafe import Markup

from missingnet.graph import times
from missingnet.graph.answers.descriptions import Caption
from missingnet.graph.answers.events import Event, EventThing
from missingnet.visualise.ties import record_address
from missingnet.visualise.timeline import Entry, timeline_json, timeline_legend, timeline_svg

#: The row and the mark of each kind of record (visualise.look); episodes go by their kind.
PLACES: Mapping[str, tuple[str, str]] = {
    "ReturnInterview": ("interview", "interview"),
    "SafeAndWellCheck": ("interview", "check"),
    "Placement": ("placement", "placement"),
    "Enrolment": ("school", "school"),
    "SchoolAbsence": ("school", "school"),
    "MissingEducation": ("school", "school"),
    "Intelligence": ("intelligence", "intelligence"),
    "RiskAssessment": ("risk", "risk"),
    "Notice": ("risk", "risk"),
    "ListEntry": ("risk", "risk"),
    "Meeting": ("meeting", "meeting"),
    "Action": ("meeting", "meeting"),
    "Notification": ("meeting", "meeting"),
}
EPISODES: Mapping[str, tuple[str, str]] = {
    "missing": ("missing", "missing"),
    "absent": ("away", "absent"),
    "away": ("away", "away"),
}
FOUND = "FOUND_AT"
SHOWN_DAYS = 365


@dataclass(frozen=True, slots=True)
class Found:
    """Where an episode ended: an entry of its own in the picture, a line in the episode's item of the list."""

    entry_id: str
    thing: str
    kind: str


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the list."""

    event: Event
    found: tuple[Found, ...]
    drawn: bool
    owner: str | None
    others: tuple[EventThing, ...]


@dataclass(frozen=True, slots=True)
class TimelineView:
    """Everything the timeline's template prints."""

    entries: Sequence[Entry]
    items: Sequence[Item]
    undated: int
    of_others: int
    here: str
    label: str
    legend: Markup
    svg: Markup
    json: Markup
    empty: str


def _when(event: Event, instant: datetime | None) -> datetime | date | None:
    """An instant as the picture draws it: a day where only the day is known."""
    if instant is None:
        return None
    return instant if event.precision == "minute" else times.utc_to_london(instant).date()


def _place(event: Event) -> tuple[str, str] | None:
    if event.label == "Episode":
        return EPISODES.get(event.kind or "", ("missing", "missing"))
    return PLACES.get(event.label)


def owner_of(event: Event) -> str | None:
    """Whose record it is, where it is another child's that names the child of the page; None for the child's own."""
    if event.tie not in ("companion", "told of"):
        return None
    return next((thing.id for thing in event.things if thing.link == "HAD"), "")


def _entries(event: Event, found: Sequence[Found], captions: Mapping[str, Caption]) -> list[Entry]:
    place, start = _place(event), _when(event, event.started)
    if place is None or start is None or owner_of(event) is not None:
        return []
    address = record_address(event.record)
    told = f"{event.summary} (conflicting)" if event.conflicting else event.summary
    entries = [Entry(event.version, place[0], start, _when(event, event.ended), told, place[1], event.record, address)]
    end = _when(event, event.ended)
    for spot in found:
        if end is not None:
            words = captions[spot.thing].caption if spot.thing in captions else "Place not described"
            entries.append(Entry(spot.entry_id, "found", end, None, words, "found", event.record, address))
    return entries


def view_timeline(
    events: Sequence[Event], captions: Mapping[str, Caption], *, here: str, name: str, as_at: datetime, empty: str
) -> TimelineView:
    """The timeline of a page. Records without a date cannot be drawn: they stand in the list, and are counted."""
    told = [event for event in events if event.label != "Description"]
    dated = sorted(
        (e for e in told if e.started), key=lambda e: (e.started or as_at, e.record, e.version), reverse=True
    )
    undated = sorted((e for e in told if not e.started), key=lambda e: (e.label, e.record, e.version))
    entries: list[Entry] = []
    items: list[Item] = []
    for event in (*dated, *undated):
        found = tuple(
            Found(f"{event.version}#{number}", thing.id, thing.kind)
            for number, thing in enumerate(t for t in event.things if t.link == FOUND)
        )
        drawn = _entries(event, found, captions)
        entries += drawn
        owner, placed = owner_of(event), found if len(drawn) > 1 else ()
        named = {spot.thing for spot in placed} | {owner}
        others = tuple(thing for thing in event.things if thing.id not in named)
        items.append(Item(event, placed, bool(drawn), owner, others))
    entries.sort(key=lambda entry: (str(entry.start), entry.id))
    today = times.utc_to_london(as_at).date()
    days = [_day(entry.start) for entry in entries]
    # The picture opens on the last year; what lies before it is counted there, and stands in the list.
    since = max(min(days, default=today), today - timedelta(days=SHOWN_DAYS))
    label = f"Timeline of {name}"
    said = f"{len(entries)} entries. The list below the picture holds the same."
    return TimelineView(
        entries=entries,
        items=items,
        undated=sum(1 for event in undated if owner_of(event) is None),
        of_others=sum(1 for event in told if owner_of(event) is not None),
        here=here,
        label=label,
        legend=timeline_legend(entries),
        svg=timeline_svg(entries, since, today, label, said) if entries else Markup(""),
        json=timeline_json(entries, since, today),
        empty=empty,
    )


def _day(when: datetime | date) -> date:
    return times.utc_to_london(when).date() if isinstance(when, datetime) else when
