"""What speaks for an interview coming first: facts of one child, gathered by name (TRIAGE-RAG, RHI-PRIORITY). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pydantic import Field

from missingnet.graph.answers import Row
from missingnet.graph.answers.ties import Listed, Texts, texts


class ThemesTold(Row):
    """What one interview was about."""

    record: str = Field(description="The record")
    themes: Listed = Field(description="Its themes, in the interviewer's words")


class WayTold(Row):
    """One record that ties the child to an adult or a place."""

    record: str = Field(description="The record")
    way: str = Field(description="'notice', 'interview', 'associate' or 'place'")


class Factor(Row):
    """One thing that speaks for offering the interview first."""

    name: str = Field(description="What it is called in the rule")
    words: str = Field(description="The fact, in words")
    records: Texts = Field(description="The records that say so")


class Factors:
    """The factors of one child, each once, with all the records that say so."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], set[str]] = {}

    def add(self, name: str, words: str, *records: str) -> None:
        """Note that these records say so."""
        self._found.setdefault((name, words), set()).update(records)

    def told_by_themes(self, interviews: Iterable[ThemesTold], lines: Sequence[str]) -> None:
        """Note what the themes of interviews tell of, by lines 'factor: word, word'."""
        for interview in interviews:
            for theme in interview.themes:
                for name in _named(theme, lines):
                    self.add(name, f"theme of an interview: {theme}", interview.record)

    def told(self) -> tuple[Factor, ...]:
        """All of them, in a settled order."""
        return tuple(
            Factor(name=name, words=words, records=texts(records))
            for (name, words), records in sorted(self._found.items())
        )


def _named(theme: str, lines: Sequence[str]) -> Iterator[str]:
    """The factors one of whose words the theme holds, whatever the case."""
    for line in lines:
        name, _, words = line.partition(":")
        if any(word.strip().casefold() in theme.casefold() for word in words.split(",")):
            yield name.strip()
