"""The list of links that fell due for review: of all children in a period, or of one child; and how each stands."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from missingnet.api import judging
from missingnet.api.asks import Asking, JudgeAsking, rows_of
from missingnet.api.reader import GuardedRoute
from missingnet.api.screens.network_view import with_undescribed
from missingnet.api.screens.render import render
from missingnet.graph.answers.ties import VERDICTS, Tie
from missingnet.visualise.ties import edges_of

router = APIRouter(route_class=GuardedRoute, include_in_schema=False)

RULE: Final = "LINKS-TO-REVIEW"
#: Links on one page; how many there are is always said.
SHOWN: Final = 50
_Word = Annotated[str, Query(max_length=60)]


@dataclass(frozen=True, slots=True)
class Choice:
    """Whose links to list, of which period and kind; an empty word leaves it as the question has it."""

    child: str = ""
    since: str = ""
    due_by: str = ""
    kind: str = ""

    @property
    def asked(self) -> dict[str, str]:
        """What the question takes of it."""
        return {name: value for name, value in asdict(self).items() if value and name != "kind"}

    @property
    def address(self) -> str:
        """The page that shows the same."""
        return f"/links-due?{urlencode({name: value for name, value in asdict(self).items() if value})}"


async def asked_choice(child: _Word = "", since: _Word = "", due_by: _Word = "", kind: _Word = "") -> Choice:
    """What was chosen, in a page's address."""
    return Choice(child, since, due_by, kind)


AskedChoice = Annotated[Choice, Depends(asked_choice)]


@router.get("/links-due", response_class=HTMLResponse)
async def due_page(
    request: Request, asks: Asking, choice: AskedChoice, page: Annotated[int, Query(ge=1, le=100_000)] = 1
) -> HTMLResponse:
    """The links that are due, longest past first, counted by kind, each with why it is here and what to say of it."""
    answer = await request.app.state.kept.ask(asks, RULE, choice.asked)
    every: list[Tie] = rows_of(answer, Tie)
    ties = [tie for tie in every if choice.kind in ("", tie.kind)]
    shown = ties[(page - 1) * SHOWN : page * SHOWN]
    ends = {end for tie in shown for end in (tie.from_id, tie.to_id)}
    captions, told = await asyncio.gather(
        asks.captions({*ends, *([choice.child] if choice.child else ())}),
        asks.events({record for tie in shown for record in tie.records}),
    )
    captions = with_undescribed(captions, shown)
    return render(
        request,
        "links_due.html",
        asks.asker,
        title="Links to review",
        lines=list(zip(shown, edges_of(shown, captions, told, RULE), strict=True)),
        start=(page - 1) * SHOWN,
        total=len(ties),
        page=page,
        more=page * SHOWN < len(ties),
        kinds=sorted(Counter(tie.kind for tie in every).items()),
        parameters=answer.parameters,
        notes=answer.notes,
        captions=captions,
        picked=asdict(choice),
        verdicts=VERDICTS,
        # What is said is said of the present: who looks at another time looks only.
        may_say=asks.asker.may_judge and not asks.moment.typed,
        as_at=asks.moment.as_at,
        known_at=asks.moment.known_at,
    )


@router.post("/links-due")
async def say_of_link(
    asks: JudgeAsking,
    choice: AskedChoice,
    one: Annotated[str, Form(max_length=60)],
    other: Annotated[str, Form(max_length=60)],
    of_kind: Annotated[str, Form(max_length=60)],
    through: Annotated[str, Form(max_length=60)],
    verdict: Annotated[str, Form(max_length=20)] = "",
    reason: Annotated[str, Form(max_length=4000)] = "",
) -> Response:
    """Record what the person says of one of them, and show the list again: it is no longer on it."""
    word = judging.verdict_in(verdict, "link")
    tie = await judging.tie_of(asks, one, other, of_kind, through)
    await judging.judge_link(asks, tie, word, reason)
    return RedirectResponse(choice.address, status_code=303)
