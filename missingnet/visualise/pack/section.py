"""A section of a pack: where the agenda asks for it, what it needs to know, and how its facts are set out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from missingnet.visualise.pack.asks import Wanted
from missingnet.visualise.pack.content import Block
from missingnet.visualise.pack.gathered import Gathered


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a section: the questions it rests on and a pure function from their answers to blocks.

    A part whose question failed prints 'could not be answered'; one that finds nothing prints ``empty``.
    """

    heading: str | None
    wants: tuple[Wanted, ...]
    fill: Callable[[Gathered], Sequence[Block]]
    empty: str = "None recorded."


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its file's name, title, agenda paragraph and parts in order, and whether it begins a page."""

    name: str
    title: str
    source: str
    parts: tuple[Part, ...]
    new_page: bool = False
