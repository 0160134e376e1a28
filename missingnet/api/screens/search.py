"""Search by name, alias, reference or postcode. What is typed travels in the body, never in an address (A6)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from missingnet.api.asks import Asking, Asks, rows_of
from missingnet.api.described import ANSWER
from missingnet.api.questions import MOST_ROWS, page_json, sent
from missingnet.api.reader import GuardedRoute, Reading, Searching
from missingnet.api.screens.render import render
from missingnet.graph.answers import Answer, Row
from missingnet.graph.answers.search import SearchHit
from missingnet.graph.catalogue import question

router = APIRouter(route_class=GuardedRoute)

RULE = "SEARCH"
#: Hits on one page; how many there are is always said.
SHOWN = 50


class Sought(BaseModel):
    """What to search for."""

    model_config = ConfigDict(extra="forbid")

    sought: str = Field(
        min_length=1, max_length=200, description="A name, alias, reference or postcode.", examples=["B1 1AA"]
    )


async def search(asks: Asks, sought: str) -> Answer[Row]:
    """The things found by what was typed."""
    parameter = next(p.name for p in question(RULE).parameters.values() if p.type == "search")
    return await asks.ask(RULE, **{parameter: sought})


@router.get("/search", response_class=HTMLResponse, include_in_schema=False)
async def search_page(request: Request, asker: Reading) -> HTMLResponse:
    """The empty form."""
    return render(request, "search.html", asker, title="Search", hits=None, total=0, notes=[], shown=SHOWN)


@router.post("/search", dependencies=[Searching], response_class=HTMLResponse, include_in_schema=False)
async def search_results(
    request: Request, asks: Asking, sought: Annotated[str, Form(max_length=200)] = ""
) -> HTMLResponse:
    """What was found, best first, with why."""
    if not sought.strip():
        return render(request, "search.html", asks.asker, title="Search", hits=None, total=0, notes=[], shown=SHOWN)
    answer = await search(asks, sought.strip())
    hits: list[SearchHit] = rows_of(answer, SearchHit)
    return render(
        request,
        "search.html",
        asks.asker,
        title="Search results",
        hits=hits[:SHOWN],
        total=len(hits),
        notes=answer.notes,
        shown=SHOWN,
    )


@router.post(
    "/questions/search",
    dependencies=[Searching],
    tags=["questions"],
    responses={200: {"content": {"application/json": {"schema": ANSWER}}}},
    summary="SEARCH: things by name, alias, reference or postcode",
)
async def search_json(
    asks: Asking,
    wanted: Sought,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS, description="Rows on one page.")] = 100,
    after: Annotated[str | None, Query(description="The mark of the last row of the page before.")] = None,
) -> Response:
    """The same search for programs. The answer does not repeat what was typed."""
    body = page_json(await search(asks, wanted.sought), limit, after)
    body["parameters"] = {}
    return sent(body)
