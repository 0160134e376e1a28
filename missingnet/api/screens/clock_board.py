"""The board of clocks: what is running and what is broken, by agency, worker and home, over all the clocks' rules.

Every line is a row of a named question, so the board, each question's own page and a pack's lines cannot differ.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from missingnet.api.asks import Asking, Asks, rows_of
from missingnet.api.kept_answers import KeptAnswers
from missingnet.api.reader import GuardedRoute
from missingnet.api.screens.render import render
from missingnet.api.screens.source_words import source_words
from missingnet.api.screens.tables import records_in, things_in
from missingnet.graph import rulebook
from missingnet.graph.answers.clock_row import ClockRow
from missingnet.graph.answers.said import hours_words
from missingnet.graph.asking import CouldNotAnswer
from missingnet.graph.catalogue import catalogue
from missingnet.graph.clocks import STANDINGS
from missingnet.visualise.words import agency_words

router = APIRouter(route_class=GuardedRoute, include_in_schema=False)

#: Lines on one page; how many there are is always said.
SHOWN: Final = 50
#: What the board shows unless somebody chooses otherwise: what wants doing.
OPEN: Final = ("broken", "running")
UNSAID: Final = "none"
_Word = Annotated[str, Query(max_length=60)]


@dataclass(frozen=True, slots=True)
class Line:
    """One clock: the rule, and its row."""

    rule: str
    row: ClockRow

    @property
    def hours(self) -> str:
        """The hours of an open clock in words; empty where none runs."""
        open_ = self.row.standing in (*OPEN, "not provided")
        return hours_words(self.row.hours) if open_ and self.row.hours is not None else ""

    @property
    def worker(self) -> str:
        """What the worker is called in an address, which names nobody."""
        return mark_of(self.row.worker)


def mark_of(worker: str | None) -> str:
    """A worker as an address may hold them: opaque, and the same for the same name."""
    return hashlib.sha256(worker.encode()).hexdigest()[:12] if worker else UNSAID


def in_order(lines: Sequence[Line]) -> list[Line]:
    """Broken before running, and the longest over, or the soonest due, first."""
    return sorted(
        lines,
        key=lambda one: (
            STANDINGS.index(one.row.standing),
            one.row.hours is None,
            one.row.hours or 0.0,
            one.rule,
            one.row.child_id,
            one.row.record,
        ),
    )


@dataclass(frozen=True, slots=True)
class Owed:
    """How many clocks one agency, worker or home has broken and running."""

    key: str
    words: str
    broken: int
    running: int

    @property
    def pair(self) -> tuple[str, str]:
        """Its value and its words, to choose it by."""
        return self.key, self.words


def owed_by(lines: Sequence[Line], key: Callable[[Line], str], words: Callable[[Line], str]) -> list[Owed]:
    """The open clocks by what the key tells, most broken first; what is not recorded stands last."""
    said: dict[str, str] = {}
    found: dict[str, Counter[str]] = {}
    for line in lines:
        if line.row.standing in OPEN:
            said.setdefault(key(line), words(line))
            found.setdefault(key(line), Counter())[line.row.standing] += 1
    many = [Owed(one, said[one], count["broken"], count["running"]) for one, count in found.items()]
    return sorted(many, key=lambda one: (one.key == UNSAID, -one.broken, -one.running, one.words))


def rules() -> list[str]:
    """The clocks' rules that are questions, each giving rows of one shape."""
    return [
        question.rule
        for question in catalogue().values()
        if question.chapter == "clocks" and not any(p.required for p in question.parameters.values())
    ]


async def lines_of(asks: Asks, kept: KeptAnswers) -> tuple[list[Line], list[str]]:
    """Every clock of every rule, and the rules that could not be answered."""

    async def one(rule: str) -> list[Line] | None:
        try:
            return [Line(rule, row) for row in rows_of(await kept.ask(asks, rule, {}), ClockRow)]
        except CouldNotAnswer:
            return None

    asked = rules()
    answers = await asyncio.gather(*(one(rule) for rule in asked))
    failed = [rulebook.rule(rule).title for rule, found in zip(asked, answers, strict=True) if found is None]
    return in_order([line for found in answers if found for line in found]), failed


@router.get("/clocks", response_class=HTMLResponse)
async def board(
    request: Request,
    asks: Asking,
    rule: _Word = "",
    standing: _Word = "",
    agency: _Word = "",
    worker: _Word = "",
    home: _Word = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """What is running and what is broken, overdue first, each with its child and episode; and counts of every state."""
    every, failed = await lines_of(asks, request.app.state.kept)
    lines = [
        line
        for line in every
        if rule in ("", line.rule)
        and (line.row.standing == standing or (standing == "" and line.row.standing in OPEN))
        and agency in ("", line.row.owed_by or UNSAID)
        and worker in ("", line.worker)
        and home in ("", line.row.home_id or UNSAID)
    ]
    shown = lines[(page - 1) * SHOWN : page * SHOWN]
    homes = {line.row.home_id for line in every if line.row.home_id and line.row.standing in OPEN}
    captions = await asks.captions({*things_in([line.row for line in shown]), *homes})
    told = await asks.events(records_in([line.row for line in shown]))

    def home_words(line: Line) -> str:
        found = captions.get(line.row.home_id or "")
        return found.caption if found else "a home, not described" if line.row.home_id else "no home recorded"

    return render(
        request,
        "clocks.html",
        asks.asker,
        title="Clocks: what is running and what is broken",
        lines=shown,
        start=(page - 1) * SHOWN,
        total=len(lines),
        page=page,
        more=page * SHOWN < len(lines),
        failed=failed,
        counts=[
            (
                one,
                rulebook.rule(one).title,
                [sum(x.rule == one and x.row.standing == s for x in every) for s in STANDINGS],
            )
            for one in sorted({line.rule for line in every})
        ],
        rule_words=[(one, rulebook.rule(one).title) for one in sorted({line.rule for line in every})],
        standings=STANDINGS,
        standing_words=[(one, one.capitalize()) for one in STANDINGS],
        agencies=owed_by(
            every,
            lambda one: one.row.owed_by or UNSAID,
            lambda one: agency_words(one.row.owed_by) if one.row.owed_by else "not recorded",
        ),
        workers=owed_by(every, lambda one: one.worker, lambda one: one.row.worker or "not recorded"),
        homes=owed_by(every, lambda one: one.row.home_id or UNSAID, home_words),
        picked={"rule": rule, "standing": standing, "agency": agency, "worker": worker, "home": home},
        captions=captions,
        sources=source_words(told),
        as_at=asks.moment.as_at,
        known_at=asks.moment.known_at,
        as_at_query={k: v for k, v in request.query_params.items() if k in ("as_at", "known_at")},
    )
