"""What a page of a pack is made of. Blocks hold plain text only; what a record says is never markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from missingnet.visualise.words import CONFLICTING

#: Gives the numbers under which records stand in the annex of sources.
Numbering = Callable[[Iterable[str]], list[int]]


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph, and the records it rests on."""

    words: str
    records: tuple[str, ...] = ()

    def as_json(self, number: Numbering) -> dict[str, Any]:
        """The paragraph as JSON values."""
        return {"block": "words", "words": self.words, "references": number(self.records)}


@dataclass(frozen=True, slots=True)
class Quote:
    """Words quoted exactly as a record holds them, and who or what is quoted."""

    heading: str
    words: str
    records: tuple[str, ...]

    def as_json(self, number: Numbering) -> dict[str, Any]:
        """The quotation as JSON values."""
        return {
            "block": "quote",
            "heading": self.heading,
            "words": self.words,
            "references": number(self.records),
        }


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column: its heading and its share of the page's width."""

    heading: str
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table and the records it comes from."""

    cells: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose every line can be traced. A table without lines is not printed: say 'None recorded' instead."""

    caption: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    def as_json(self, number: Numbering) -> dict[str, Any]:
        """The table as JSON values."""
        return {
            "block": "table",
            "caption": self.caption,
            "columns": [{"heading": c.heading, "width": c.width} for c in self.columns],
            "lines": [{"cells": list(line.cells), "references": number(line.records)} for line in self.lines],
        }


@dataclass(frozen=True, slots=True)
class Form:
    """Lines that the meeting fills in by hand: what must be decided, its source, and empty boxes."""

    caption: str
    columns: tuple[Column, ...]
    lines: tuple[tuple[str, ...], ...]

    def as_json(self, number: Numbering) -> dict[str, Any]:
        """The form as JSON values; a cell left empty is a box to write in."""
        return {
            "block": "form",
            "caption": self.caption,
            "columns": [{"heading": c.heading, "width": c.width} for c in self.columns],
            "lines": [list(line) for line in self.lines],
        }


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture (SVG) with its words for those who do not see it. The same rows always stand in a table as well."""

    svg: str
    alt: str
    caption: str

    def as_json(self, number: Numbering) -> dict[str, Any]:
        """The picture as JSON values."""
        return {"block": "picture", "svg": self.svg, "alt": self.alt, "caption": self.caption}


Block = Words | Quote | Table | Form | Picture


def marked(block: Block, conflicts: Callable[[str], bool]) -> Block:
    """The block with its conflicts told: wherever it speaks of one record, of which two versions stand, it says so."""

    def told(words: str, records: Sequence[str]) -> str:
        return f"{words} ({CONFLICTING})" if len(set(records)) == 1 and conflicts(records[0]) else words

    if isinstance(block, Table):
        lines = (replace(line, cells=(told(line.cells[0], line.records), *line.cells[1:])) for line in block.lines)
        return replace(block, lines=tuple(lines))
    if isinstance(block, Quote):
        return replace(block, heading=told(block.heading, block.records))
    return replace(block, words=told(block.words, block.records)) if isinstance(block, Words) else block


def table(caption: str, columns: Sequence[tuple[str, float]], lines: Iterable[Line]) -> list[Block]:
    """A table as the one block of a list, or no block when there are no lines."""
    made = tuple(lines)
    return [Table(caption, tuple(Column(*column) for column in columns), made)] if made else []
