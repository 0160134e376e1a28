"""One asking of a question: all that an answer takes, in one thread, in the audit before anybody is shown it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from pydantic import ValidationError

from missingnet.graph import catalogue
from missingnet.graph.access import Purpose, Reader
from missingnet.graph.answers import Answer, Asked, Row, plain
from missingnet.graph.audit import Audit
from missingnet.graph.natives import native
from missingnet.graph.times import utc_to_london

#: Asks the engine by a text and its parameters, and gives its rows.
Run = Callable[[str, dict[str, Any]], Iterable[Mapping[str, Any]]]
NOT_ANSWERED: Final = "could not be answered"


#: The access test as the catalogue writes it, of a link or of an event.
_TEST: Final = re.compile(r"\$visible\[(\w+)\.visibility\]")


class CouldNotAnswer(RuntimeError):
    """The question could not be answered. Never shown as an empty list (law 'No silent cut')."""


class NoWord(CouldNotAnswer):
    """The graph did not answer in time; it would answer other questions no sooner."""


@dataclass(slots=True)
class Ask:
    """A question as it is asked; ``sent`` are the parameters as the engine gets them.

    Given up, because it took too long, it stands in the audit as not answered, and what comes after is shown to nobody.
    """

    question: catalogue.Question
    settled: Mapping[str, Any]
    sent: Mapping[str, Any]
    as_at: datetime
    known_at: datetime | None
    entry: Mapping[str, Any]
    names: bool
    visible: list[bool] = field(default_factory=lambda: [False])
    opens: list[bool] = field(default_factory=list)
    """The classes in which an emergency opens the records of ``opened``; empty: there is none."""
    opened: list[str] = field(default_factory=list)
    given_up: bool = False
    through: Any = None
    """The session that the engine is asked through, while it is."""

    @property
    def past(self) -> bool:
        """True when versions that no longer stand are read as well."""
        return self.known_at is not None or self.question.every_version

    @property
    def about(self) -> str | None:
        """The one thing that is asked about; None: all are."""
        return None if self.question.about is None else self.settled[self.question.about]

    def answer(self, run: Run, audit: Audit) -> Answer[Row]:
        """The answer, flushed to the audit when this returns.

        :raises CouldNotAnswer: what the engine said is no answer to the question.
        :raises AuditUnavailable: the audit could not be written, so nothing may be shown.
        """
        question = self.question
        try:
            rows = [question.row.model_validate(fact) for fact in self._facts(run)]
        except ValidationError as error:
            raise self._refused(audit, "its facts do not fit its row") from error
        keys = [tuple(getattr(row, part) for part in question.key) for row in rows]
        if len(set(map(repr, keys))) != len(keys):
            raise self._refused(audit, "two rows have one key")
        shown, notes = question.row.derive(
            rows, Asked(question.rule, self.settled, self.as_at, self.known_at, self.about, self.names)
        )
        found: Answer[Row] = Answer(
            rule=question.rule,
            title=question.title,
            source=question.source,
            parameters=self.settled,
            as_at=self.as_at,
            known_at=self.known_at,
            rows=tuple(shown),
            notes=tuple(notes),
        )
        if not self.given_up:
            audit.write({**self.entry, "outcome": "answered", "rows": found.total, "shown": found.things})
        return found

    def _facts(self, run: Run) -> list[dict[str, Any]]:
        # Facts that are dates are London's days, so they are compared with the London day asked about.
        given: dict[str, Any] = {"visible": self.visible, "as_at": self.as_at, "about": self.about}
        given["as_at_day"] = utc_to_london(self.as_at).date()
        question, about = self.question, self.about
        text = question.text_now if about is None else question.text_one_now
        if self.known_at is not None:
            given["known_at"] = self.known_at
            text = question.text_known if about is None else question.text_one_known
        if self.opens:
            text = in_emergency(text)
            given |= {"opens": self.opens, "opened": self.opened}
        return [{name: native(value) for name, value in row.items()} for row in run(text, {**given, **self.sent})]

    def _refused(self, audit: Audit, why: str) -> CouldNotAnswer:
        audit.write({**self.entry, "outcome": NOT_ANSWERED})
        return CouldNotAnswer(f"{self.question.rule} could not be answered: {why}.")


@lru_cache(maxsize=256)
def in_emergency(text: str) -> str:
    """A question's text whose every access test lets the opened records of one child through as well."""
    return _TEST.sub(r"($visible[\1.visibility] OR ($opens[\1.visibility] AND \1.record IN $opened))", text)


def consulted(
    audit: Audit,
    question: catalogue.Question,
    settled: Mapping[str, Any],
    reader: Reader,
    purpose: Purpose,
    as_at: datetime,
    known_at: datetime | None,
) -> dict[str, Any]:
    """What the audit says of every showing of an answer, but for how it ended; typed text as a keyed hash (A6)."""
    hidden = {name for name, p in question.parameters.items() if p.type in ("search", "text", "texts")}
    return {
        **audit.entry("consult", reader, purpose),
        "question": question.rule,
        "parameters": {
            name: audit.conceal(str(value)) if name in hidden else plain(value) for name, value in settled.items()
        },
        "as_at": plain(as_at),
        "known_at": plain(known_at),
    }
