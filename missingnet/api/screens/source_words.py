"""A record in a few words, for the links to it on a page; and what a kind of file is called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from missingnet.api.screens import words
from missingnet.graph.answers.events import Event
from missingnet.visualise.ties import record_words


@dataclass(frozen=True, slots=True)
class SourceWords:
    """A record in a few words, for a link to it."""

    words: str
    agency: str


def source_words(events: Mapping[str, Sequence[Event]]) -> dict[str, SourceWords]:
    """Every record in words: its kind and day; where versions of it conflict, each one's day."""
    return {
        record: SourceWords(record_words(versions, words.day), versions[0].agency)
        for record, versions in events.items()
        if versions
    }


def source_format(name: str) -> str:
    """What a kind of file is called: 'Return interviews' of 'return_interviews'; a kind no longer read, by its name."""
    from missingnet.ingest.declaration import sources

    known = sources().get(name)
    return known.title if known else name.replace("_", " ")
