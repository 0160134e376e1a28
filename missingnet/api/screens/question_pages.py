"""A plain page for each question: its parameters, its rows with names, a picture where one helps, and its query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from missingnet.api import refusals
from missingnet.api.asks import Asking
from missingnet.api.kept_answers import NoSuchMark, page_of, since_meeting
from missingnet.api.moments import Meeting, Moment
from missingnet.api.questions import SEARCH, cypher_of, describe, in_plain
from missingnet.api.reader import GuardedRoute, Reading
from missingnet.api.refusals import Refused
from missingnet.api.screens import words
from missingnet.api.screens.pictures import picture_of
from missingnet.api.screens.render import render
from missingnet.api.screens.source_words import source_words
from missingnet.api.screens.tables import columns_of, records_in, things_in
from missingnet.graph import rulebook, times
from missingnet.graph.answers import Row
from missingnet.graph.asking import CouldNotAnswer
from missingnet.graph.catalogue import Question, catalogue

router = APIRouter(route_class=GuardedRoute)

#: Rows on one page.
SHOWN = 25


@dataclass(frozen=True, slots=True)
class Box:
    """One parameter of the form."""

    name: str
    label: str
    hint: str
    type: str
    value: str
    required: bool


def has_page(each: Question) -> bool:
    """True for a question that stands by itself; those about a thing are parts of that thing's page."""
    return each.path is not None and not any(
        p.required or p.type == SEARCH or (p.type in ("id", "ids") and p.name != each.about)
        for p in each.parameters.values()
    )


def _words(value: Any) -> str:
    return words.clock(value) if isinstance(value, date) else in_plain(value)


def boxes_of(each: Question, used: dict[str, Any], given: dict[str, str]) -> list[Box]:
    """The form: each parameter as typed, and the value that was used where nothing was typed."""
    kinds = {"date": "date", "datetime": "date", "int": "number", "float": "number"}
    return [
        Box(
            p.name,
            p.name.replace("_", " ").capitalize(),
            describe(each, p) if p.name in given else f"{describe(each, p)} Used: {_words(used.get(p.name))}.",
            kinds.get(p.type, "text"),
            given.get(p.name, "")[:10] if kinds.get(p.type) == "date" else given.get(p.name, ""),
            p.required,
        )
        for p in each.parameters.values()
        if p.name != each.about
    ]


@router.get("/q", response_class=HTMLResponse, include_in_schema=False)
async def questions_page(request: Request, asker: Reading) -> HTMLResponse:
    """Every rule of the rulebook: those that can be asked, those that are parts of pages, and those not built."""
    asked = catalogue()
    return render(
        request,
        "questions.html",
        asker,
        title="Questions",
        pages=[each for _, each in sorted(asked.items()) if has_page(each)],
        parts=[each for _, each in sorted(asked.items()) if not has_page(each)],
        unbuilt=[rule for _, rule in sorted(rulebook.rules().items()) if rule.state == rulebook.NOT_YET],
    )


@router.get("/q/{rule}", response_class=HTMLResponse, include_in_schema=False)
async def question_page(
    request: Request,
    asks: Asking,
    rule: str,
    met: Meeting,
    after: Annotated[str | None, Query(max_length=64)] = None,
) -> HTMLResponse:
    """One question, asked with what stands in its form."""
    each = catalogue().get(rule.upper())
    if each is None or not has_page(each):
        raise Refused(refusals.NOT_FOUND)
    given = {name: value for name, value in request.query_params.items() if name in each.parameters and value.strip()}
    settled = each.settle(given, asks.moment.as_at)
    shared: dict[str, Any] = {
        "title": rulebook.rule(each.rule).title,
        "question": each,
        "words": rulebook.rule(each.rule).words,
        "boxes": boxes_of(each, settled, given),
        "as_at": asks.moment.as_at,
        "known_at": asks.moment.known_at,
        "typed": dict(asks.moment.typed),
        "cypher": cypher_of(each),
    }
    try:
        answer = await request.app.state.kept.ask(asks, each.rule, given)
        page = page_of(answer, SHOWN, after)
        changes = await since_meeting(request.app.state.kept, asks, met, answer, given)
    except NoSuchMark as error:
        raise Refused(
            refusals.NOT_UNDERSTOOD, "The list has changed since its first page was shown. Open the question again."
        ) from error
    except CouldNotAnswer:
        return render(request, "question_failed.html", asks.asker, status=503, **shared)
    one = settled[each.about] if each.about else None
    gone = [change.row for change in changes or () if change.what == "gone"]
    captions = await asks.captions(things_in([*page.rows, *gone]) | ({one} if one else set()))
    told = await asks.events(records_in([*page.rows, *gone]))
    row_class: type[Row] = type(answer.rows[0]) if answer.rows else each.row
    meeting = request.query_params.get("met", "")
    carried = [*given.items(), *asks.moment.typed, *([("met", meeting)] if met else [])]
    return render(
        request,
        "question.html",
        asks.asker,
        columns=columns_of(row_class),
        rows=page.rows,
        start=page.start,
        total=answer.total,
        notes=answer.notes,
        captions=captions,
        one=one,
        met=met,
        meeting=meeting,
        changes=changes,
        became={change.row.subject: change.what for change in changes or ()},
        gone=gone,
        sources=source_words(told),
        picture=picture_of(each.rule, page.rows, captions, told),
        first_href=f"/q/{each.rule}?{urlencode(carried)}" if page.start else None,
        next_href=f"/q/{each.rule}?{urlencode([*carried, *_frozen(asks.moment), ('after', page.next)])}"
        if page.next
        else None,
        **shared,
    )


def _frozen(moment: Moment) -> list[tuple[str, str]]:
    """The as-at of the first page, so that the next page is of the same list; nothing where it was typed already."""
    if moment.as_at_typed:
        return []
    return [("as_at", f"{times.utc_to_london(moment.as_at):%Y-%m-%dT%H:%M}")]
