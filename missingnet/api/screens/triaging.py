"""Whose return interview comes first (TRIAGE-RAG): every child's level with its facts, and a person's word over it."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Annotated, Final

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from missingnet.api import judging
from missingnet.api.asks import Asking, JudgeAsking, rows_of
from missingnet.api.reader import GuardedRoute
from missingnet.api.screens.render import render
from missingnet.api.screens.source_words import source_words
from missingnet.api.screens.tables import records_in
from missingnet.graph.answers.triage import LEVELS, Triaged

router = APIRouter(route_class=GuardedRoute, include_in_schema=False)

RULE: Final = "TRIAGE-RAG"
#: Children on one page; how many there are is always said.
SHOWN: Final = 50


@router.get("/triage", response_class=HTMLResponse)
async def triage_page(
    request: Request,
    asks: Asking,
    level: Annotated[str, Query(max_length=10)] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """Every child with an episode in the window, red first, with the facts that decided it and what people said."""
    answer = await request.app.state.kept.ask(asks, RULE, {})
    every: list[Triaged] = rows_of(answer, Triaged)
    picked = [row for row in every if level in ("", row.level)]
    shown = picked[(page - 1) * SHOWN : page * SHOWN]
    captions, told = await asyncio.gather(
        asks.captions({row.child_id for row in shown}), asks.events(records_in(shown))
    )
    count = Counter(row.level for row in every)
    return render(
        request,
        "triage.html",
        asks.asker,
        title="Whose return interview comes first",
        rows=shown,
        start=(page - 1) * SHOWN,
        total=len(picked),
        page=page,
        more=page * SHOWN < len(picked),
        counts=[(name, count[name]) for name in LEVELS],
        level=level,
        levels=LEVELS,
        notes=answer.notes,
        captions=captions,
        sources=source_words(told),
        # What is said is said of the present: who looks at another time looks only.
        may_say=asks.asker.may_judge and not asks.moment.typed,
        as_at=asks.moment.as_at,
        known_at=asks.moment.known_at,
    )


@router.post("/triage")
async def say_of_level(
    asks: JudgeAsking,
    child: Annotated[str, Form(max_length=60)],
    verdict: Annotated[str, Form(max_length=20)] = "",
    reason: Annotated[str, Form(max_length=4000)] = "",
) -> Response:
    """Record what the person says of one child's level, and show the list again."""
    word = judging.verdict_in(verdict, "triage")
    await judging.judge_triage(asks, await judging.triaged_of(asks, child), word, reason)
    return RedirectResponse("/triage", status_code=303)


@router.post("/triage/{record}/undo")
async def undo_level(asks: JudgeAsking, record: str, reason: Annotated[str, Form(max_length=4000)] = "") -> Response:
    """Take back what was said: the facts suggest the level again."""
    await judging.undo(asks, record, reason)
    return RedirectResponse("/triage", status_code=303)
