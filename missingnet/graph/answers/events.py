"""The rows about events and records: CHILD-TIMELINE, CHILD-IDENTITY, LINK-RECORDS and RECORD."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from missingnet.graph.answers import Row


class EventThing(Row):
    """A thing that a record names."""

    id: str = Field(description="The thing")
    kind: str = Field(description="Its kind")
    link: str = Field(description="The link's type: HAD, FOUND_AT, WENT_WITH, …")
    role: str | None = Field(description="Its role in the record; None: none recorded")


class Fact(Row):
    """One recorded fact in words."""

    name: str = Field(description="What it is, in plain words: 'risk', 'found by', …")
    value: str = Field(description="The value as recorded; times in Europe/London")


class Event(Row):
    """One record with its facts in words: one row for each version that stands, so two where they conflict."""

    record: str = Field(description="The record's id")
    version: str = Field(description="The version's id")
    conflicting: bool = Field(description="Another version of the same date says otherwise: both stand, none is chosen")
    label: str = Field(description="Its kind: Episode, ReturnInterview, Placement, …")
    kind: str | None = Field(description="The kind within it: missing, absent, away, sessions, cse, …; None: none")
    tie: str = Field(
        description="How the child stands in it: 'own', 'companion', 'told of', 'named'; 'record' if asked by id"
    )
    agency: str = Field(description="Whose record")
    reference: str | None = Field(description="The agency's own reference; None: not recorded")
    started: datetime | None = Field(description="When it happened or began, UTC; None: not recorded")
    ended: datetime | None = Field(description="When it ended, UTC; None: open as at, a moment, or not recorded")
    open: bool = Field(description="Begun and not ended as at (episodes, placements, enrolments, lists, CME)")
    precision: str = Field(description="'minute' or 'day'")
    summary: str = Field(description="One line in words")
    facts: tuple[Fact, ...] = Field(description="Every recorded fact, in the order to print", strict=False)
    things: tuple[EventThing, ...] = Field(
        description="Things it names, other than the child asked about", strict=False
    )


class VersionTold(Row):
    """One version of one record: where it came from, and from when it was told."""

    record: str = Field(description="The record's id, the same over its versions")
    version_id: str = Field(description="This version's id")
    label: str = Field(description="Its kind: Episode, ReturnInterview, …")
    source: str = Field(description="The source format it was read by")
    agency: str = Field(description="Whose record")
    reference: str | None = Field(description="The agency's own reference; None: not recorded")
    extract: date = Field(description="The date of the extract")
    file: str = Field(description="The file's name")
    file_hash: str = Field(description="The file's content hash")
    row: int = Field(description="The row in the file")
    loaded_at: datetime = Field(description="When it was loaded, UTC")
    known_from: datetime = Field(description="From when the partnership had been told this, UTC")


class RecordVersion(VersionTold):
    """One version of one record: where it came from, the row as it came, and the links it made."""

    known_to: datetime | None = Field(description="Until when it stood, UTC; None: it stands, as known at")
    current: bool = Field(description="It stands, as known at")
    conflicting: bool = Field(description="Another version of the same time says otherwise: both are shown")
    raw: str = Field(description="The row as it came, as JSON text")
    facts: tuple[Fact, ...] = Field(description="Every recorded fact, in the order to print", strict=False)
    links: tuple[EventThing, ...] = Field(description="The things it names, by which links", strict=False)
