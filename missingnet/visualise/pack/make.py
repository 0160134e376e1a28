"""From answers to a pack. What is printed and what is sent as JSON are one structure, made once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from missingnet.graph.answers import Answer, plain
from missingnet.visualise.pack.asks import About, Ask, Unanswered
from missingnet.visualise.pack.content import Block, marked
from missingnet.visualise.pack.gathered import Answers, CouldNotBeAnswered, Gathered, caption_ask
from missingnet.visualise.pack.meetings import Meeting, meeting, sections
from missingnet.visualise.pack.pages import print_pack
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.pack.sources import Annex, source_asks
from missingnet.visualise.words import day_words, instant_words, month_words, parameters_words

FAILED = "This could not be answered. It does not mean that there is nothing."


class Reader(Protocol):
    """Who made the pack (``graph.access.Reader``)."""

    @property
    def title(self) -> str:
        """What the reader is: 'CSE coordinator, council 997'."""


class Purpose(Protocol):
    """Why (``graph.access.Purpose``)."""

    @property
    def code(self) -> str:
        """The purpose's code."""

    @property
    def reference(self) -> str:
        """The meeting or case it is for."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A meeting's pack. Its title names nobody, and so may stand in a file's name and properties."""

    title: str
    marking: str
    content: Mapping[str, Any]
    made_at: datetime

    def as_json(self) -> dict[str, Any]:
        """The whole pack as JSON values: the same structure that is printed."""
        return dict(self.content)

    def pdf(self) -> bytes:
        """The pack on paper: tagged, made to PDF/UA-1, in British English.

        :raises PackNotPrinted: the page setter refused it; the message holds nothing from any record.
        """
        return print_pack(self.content, self.made_at)


def questions_for(name: str, about: About, as_at: datetime, answered: Answers | None = None) -> list[Ask]:
    """The questions still to ask for a pack, given those answered (or failed) so far; empty when there is all it needs.

    Ask until it is empty: first what the sections name, then what the things they name are called, then where
    the records they cite came from.
    """
    held = answered or {}
    agenda = sections(name)
    first = [wanted.ask(about) for section in agenda for part in section.parts for wanted in part.wants]
    if missing := [each for each in dict.fromkeys(first) if each not in held]:
        return missing
    pack = Gathered(about, as_at, held)
    if about.child:
        pack.caption(about.child)
    cited = _cited(block for section in agenda for part in section.parts for block in _filled(part, pack)[1])
    captions = [caption_ask(pack.named)] if pack.named else []
    if missing := [each for each in captions if each not in held]:
        return missing
    return [each for each in source_asks(cited) if each not in held]


def make_pack(
    name: str,
    about: About,
    answers: Answers,
    *,
    reader: Reader,
    purpose: Purpose,
    recipient: str,
    made_at: datetime,
    as_at: datetime,
    marking: str,
    conditions: Mapping[str, str],
) -> Pack:
    """The pack of a meeting from the answers to its questions. Pure: the same answers give the same pack.

    ``made_at`` and ``as_at`` are naive UTC instants; ``conditions`` are those that owners set for sharing, by record. A
    question that is not among the answers counts as failed.
    """
    chosen = meeting(name)
    pack = Gathered(about, as_at, answers)
    annex = Annex(answers, conditions)
    made = [_section(section, pack, annex) for section in sections(name)]
    title = chosen.title if about.child else f"{chosen.title}, {month_words(about.since)}"
    content = {
        "meeting": chosen.name,
        "title": title,
        "subject": _subject(pack),
        "marking": marking,
        "about": {"child": about.child, "since": plain(about.since), "until": plain(about.until)},
        "made_at": plain(made_at),
        "as_at": plain(as_at),
        "facts": _facts(chosen, about, reader, purpose, recipient, made_at, as_at),
        "sections": made,
        "sources": annex.as_json(),
        "questions": _questions(answers, as_at),
    }
    return Pack(title=title, marking=marking, content=content, made_at=made_at)


def _subject(pack: Gathered) -> str | None:
    """Whom a child's pack is about, as printed on its first page."""
    if pack.about.child is None:
        return None
    caption = pack.caption(pack.about.child)
    name = pack.called(pack.about.child, "Child")
    return f"{name}, born {day_words(caption.born)}" if caption and caption.born else name


def _facts(
    chosen: Meeting,
    about: About,
    reader: Reader,
    purpose: Purpose,
    recipient: str,
    made_at: datetime,
    as_at: datetime,
) -> list[dict[str, str]]:
    """What a pack says of itself (DOMAIN §6)."""
    facts = {
        "Meeting": chosen.title,
        "Period": f"{day_words(about.since)} to {day_words(about.until)}",
        "Made": f"{instant_words(made_at)} (London time)",
        "Made by": reader.title,
        "Purpose": f"{purpose.code} {purpose.reference}".strip(),
        "Recipient": recipient,
        "Data as at": f"{instant_words(as_at)} (London time)",
    }
    return [{"what": what, "words": words} for what, words in facts.items()]


def _section(section: Section, pack: Gathered, annex: Annex) -> dict[str, Any]:
    parts = []
    noted: set[str] = set()
    for part in section.parts:
        state, blocks = _filled(part, pack)
        notes = [note for note in _notes(part, pack) if note not in noted] if state != "failed" else []
        noted.update(notes)
        words = {"failed": FAILED, "none": part.empty, "answered": None}[state]
        parts.append(
            {
                "heading": part.heading,
                "state": state,
                "words": words,
                "blocks": [marked(block, annex.conflicts).as_json(annex.number) for block in blocks],
                "notes": notes,
            }
        )
    return {
        "name": section.name,
        "title": section.title,
        "source": section.source,
        "new_page": section.new_page,
        "parts": parts,
    }


def _filled(part: Part, pack: Gathered) -> tuple[str, Sequence[Block]]:
    """A part's state ('answered', 'none' or 'failed') and its blocks."""
    try:
        for wanted in part.wants:
            pack.answer(wanted)
        blocks = part.fill(pack)
    except CouldNotBeAnswered:
        return "failed", ()
    return ("answered" if blocks else "none"), blocks


def _notes(part: Part, pack: Gathered) -> list[str]:
    """What the answers say they left out or guarded (law 'No silent cut'); a section says it once."""
    return list(dict.fromkeys(note for wanted in part.wants for note in pack.answer(wanted).notes))


def _cited(blocks: Iterable[Block]) -> list[str]:
    """The records that blocks cite, in order and each once."""
    cited: dict[str, None] = {}

    def keep(records: Iterable[str]) -> list[int]:
        cited.update(dict.fromkeys(records))
        return []

    for block in blocks:
        block.as_json(keep)
    return list(cited)


def _questions(answers: Answers, as_at: datetime) -> list[dict[str, Any]]:
    """What was asked: rule, source, parameters used, as at when, and whether it was answered."""
    asked: list[dict[str, Any]] = []
    for ask, answer in answers.items():
        if isinstance(answer, Answer):
            asked.append(
                {
                    "rule": answer.rule,
                    "title": answer.title,
                    "source": answer.source,
                    "parameters": plain(answer.parameters),
                    "values": parameters_words(answer.parameters),
                    "moment": instant_words(answer.as_at),
                    "as_at": plain(answer.as_at),
                    "state": "answered",
                    "total": answer.total,
                }
            )
        elif isinstance(answer, Unanswered):
            asked.append(
                {
                    "rule": ask.rule,
                    "title": None,
                    "source": None,
                    "parameters": plain(ask.params),
                    "values": parameters_words(ask.params),
                    "moment": instant_words(ask.as_at or as_at),
                    "as_at": plain(ask.as_at or as_at),
                    "state": "could not be answered",
                    "total": None,
                }
            )
    return asked
