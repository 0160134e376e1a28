"""What a section sees: the answers and what things are called; nothing that can ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypeVar

from missingnet.graph.answers import Answer, Row
from missingnet.graph.answers.descriptions import Caption
from missingnet.visualise.pack.asks import About, Ask, Unanswered, Wanted, ask
from missingnet.visualise.words import KIND_WORDS

Answers = Mapping[Ask, Answer[Row] | Unanswered]
RowT = TypeVar("RowT", bound=Row)

CAPTIONS = "DESCRIPTIONS"


class CouldNotBeAnswered(Exception):
    """A question that this part rests on has failed."""


class Gathered:
    """The answers of one pack. It notes every thing named, so that its caption is asked next."""

    def __init__(self, about: About, as_at: datetime, answers: Answers) -> None:
        self.about = about
        self.as_at = as_at
        self.named: set[str] = set()
        self._answers = answers
        self._captions: dict[str, Caption] = {}
        self.captions_failed = False
        for put, answer in answers.items():
            if put.rule == CAPTIONS and isinstance(answer, Unanswered):
                self.captions_failed = True
            elif isinstance(answer, Answer):
                self._captions |= {row.thing_id: row for row in answer.rows if isinstance(row, Caption)}

    def answer(self, wanted: Wanted) -> Answer[Row]:
        """The answer to a question.

        :raises CouldNotBeAnswered: it failed, or was never put.
        """
        found = self._answers.get(wanted.ask(self.about))
        if not isinstance(found, Answer):
            raise CouldNotBeAnswered(wanted.rule)
        return found

    def rows(self, wanted: Wanted, kind: type[RowT]) -> tuple[RowT, ...]:
        """The rows of an answer, of the class its rule declares.

        :raises CouldNotBeAnswered: the question failed, was never put, or gave rows of another class.
        """
        rows = self.answer(wanted).rows
        if not all(isinstance(row, kind) for row in rows):
            raise CouldNotBeAnswered(wanted.rule)
        return tuple(row for row in rows if isinstance(row, kind))

    def caption(self, thing: str) -> Caption | None:
        """What is known of the name, age and address of a thing; None until, or unless, it is described."""
        self.named.add(thing)
        return self._captions.get(thing)

    def captions(self, things: Iterable[str]) -> dict[str, Caption]:
        """What is known of each of these things, by its id."""
        return {thing: found for thing in things if (found := self.caption(thing)) is not None}

    def called(self, thing: str, kind: str = "") -> str:
        """What to print for a thing: its caption, or 'child, name not recorded'."""
        found = self.caption(thing)
        if found is not None:
            return found.caption
        missing = "name could not be answered" if self.captions_failed else "name not recorded"
        return f"{KIND_WORDS[kind]}, {missing}" if kind in KIND_WORDS else missing.capitalize()

    def all_called(self, things: Iterable[str], kind: str = "") -> str:
        """Several things' captions in one cell, in alphabetical order; 'none' for none."""
        return self.joined((thing, kind) for thing in things)

    def joined(self, things: Iterable[tuple[str, str]]) -> str:
        """Things with their kinds in one cell; several that are called alike stand once, with their number."""
        counts = Counter(self.called(thing, kind) for thing, kind in things)
        names = [f"{name} ({count} of them)" if count > 1 else name for name, count in sorted(counts.items())]
        return "; ".join(names) or "none recorded"


def caption_ask(things: Iterable[str]) -> Ask:
    """The question what these things are called."""
    return ask(CAPTIONS, {"things": sorted(things)})
