"""Every question file with a path is a route: typed parameters, totals, pages, and the query to read (DESIGN §4)."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from missingnet.api import refusals
from missingnet.api.asks import ask_for
from missingnet.api.described import ANSWER
from missingnet.api.kept_answers import NoSuchMark, page_of, since_meeting
from missingnet.api.moments import AskedMoment, Meeting, Moment
from missingnet.api.question_route import QuestionRoute
from missingnet.api.reader import Asker, GuardedRoute, Open, Reading
from missingnet.api.refusals import Refused
from missingnet.graph import rulebook
from missingnet.graph.answers import Answer, Row, plain
from missingnet.graph.answers.findings import Change
from missingnet.graph.catalogue import Parameter, Question, catalogue, question

TAGS = [
    {"name": "questions", "description": "Named questions, each a file that anyone may read."},
    {"name": "records", "description": "Records as they came, with file and row."},
    {"name": "tables", "description": "Tables of episodes and interviews, as data, CSV and Excel."},
    {"name": "packs", "description": "Meeting packs, as PDF or JSON."},
    {"name": "findings", "description": "What the rules name now, and what is new."},
    {
        "name": "judgements",
        "description": "What people say, with a reason: who is whom, how a difference stands; undone.",
    },
    {"name": "loads", "description": "Files sent in by data officers, and records removed."},
    {"name": "emergency", "description": "Emergency access to one child, and its review by another agency."},
    {"name": "service", "description": "The service itself; no data."},
]

#: What a caller types for each type of parameter; the catalogue reads it (texts: several values, or commas).
TYPES: Mapping[str, tuple[Any, Any]] = {
    "id": (str, "a3f19c2b7d"),
    "text": (str, "Child"),
    "int": (int, 2),
    "float": (float, 0.05),
    "bool": (bool, True),
    "date": (date, "2026-10-01"),
    "datetime": (str, "2026-10-01T00:00"),
    "ids": (list[str], ["a3f19c2b7d"]),
    "texts": (list[str], ["cse"]),
}
#: What a required parameter without words of its own is.
MEANINGS: Mapping[str, str] = {
    "id": "The opaque id of a person, place, thing or record, as other answers give it.",
    "ids": "Opaque ids, as other answers give them.",
    "texts": "Ids of records, as other answers give them.",
}
#: What a person types in a search is not put in an address: such a question is asked by POST /search only (A6).
SEARCH = "search"

_JSON = orjson.OPT_NAIVE_UTC | orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS

#: Rows on one page at the most.
MOST_ROWS = 500


def mounted() -> list[Question]:
    """The questions that have a path, in the order of their rules."""
    return [
        each
        for _, each in sorted(catalogue().items())
        if each.path and not any(parameter.type == SEARCH for parameter in each.parameters.values())
    ]


def check_paths() -> None:
    """Raise unless no two questions share a path."""
    paths = [each.path for each in mounted()]
    if len(set(paths)) != len(paths):
        raise RuntimeError("two questions have one path")


def path_names(path: str) -> set[str]:
    """The parameters that stand in a path's braces."""
    return {part[1:-1] for part in path.split("/") if part.startswith("{")}


def about_one(each: Question) -> bool:
    """True for a question about one thing, named in its path."""
    return bool(path_names(each.path or ""))


def describe(each: Question, parameter: Parameter) -> str:
    """What a parameter means and what it is when left out, from the rulebook."""
    known = rulebook.rule(each.rule).parameters.get(parameter.name)
    if known is None and parameter.name == each.about:
        return f"One {each.about}, to see how it stands and why it does not meet the rule. Left out: all."
    if known is None:
        return f"{MEANINGS.get(parameter.type, 'Required.')}"
    left_out = "Required." if parameter.required else f"Left out: {in_plain(known.default)}."
    return f"{known.words}. {left_out}"


def in_plain(value: Any) -> str:
    """A rulebook's value in words."""
    if isinstance(value, tuple | list):
        return ", ".join(str(part) for part in value) or "none"
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value) or "none"


def _annotation(each: Question, parameter: Parameter, in_path: bool) -> Any:
    kind, example = TYPES[parameter.type]
    if in_path:
        return Annotated[str, Path(description=describe(each, parameter), examples=[example], max_length=200)]
    about = Query(description=describe(each, parameter), examples=[example])
    return Annotated[kind, about] if parameter.required else Annotated[kind | None, about]


def _signature(each: Question) -> inspect.Signature:
    """The route's parameters: the request, who asks, the times, the page, and the question's own."""
    kind = inspect.Parameter.KEYWORD_ONLY
    names = path_names(each.path or "")
    own = [
        inspect.Parameter(
            p.name,
            kind,
            annotation=_annotation(each, p, p.name in names),
            default=inspect.Parameter.empty if p.name in names or p.required else None,
        )
        for p in each.parameters.values()
    ]
    limit = Annotated[int, Query(ge=1, le=MOST_ROWS, description="Rows on one page.", examples=[100])]
    after = Annotated[str | None, Query(description="The mark of the last row of the page before: its `next`.")]
    return inspect.Signature(
        [
            inspect.Parameter("request", kind, annotation=Request),
            inspect.Parameter("asker", kind, annotation=Reading),
            inspect.Parameter("moment", kind, annotation=AskedMoment),
            inspect.Parameter("limit", kind, annotation=limit, default=100),
            inspect.Parameter("after", kind, annotation=after, default=None),
            inspect.Parameter("met", kind, annotation=Meeting),
            *own,
        ]
    )


def _named(each: Question, given: Mapping[str, Any]) -> list[str]:
    """The ids in a question's path: a thing that may be seen, of which nothing is found, is an empty answer."""
    return [str(given[name]) for name in path_names(each.path or "") if name in given]


def page_json(answer: Answer[Row], limit: int, after: str | None) -> dict[str, Any]:
    """One page of an answer for :func:`sent`: its rows, the true total, and how to ask for the rest."""
    try:
        page = page_of(answer, limit, after)
    except NoSuchMark as error:
        raise Refused(
            refusals.NOT_UNDERSTOOD,
            "The list has changed since its first page. Ask for the first page again, without 'after'.",
        ) from error
    rows = [row.model_dump() for row in page.rows]
    return {**answer.head(), "rows": rows, "shown": len(rows), "start": page.start, "next": page.next}


def changes_json(met: datetime | None, changes: Sequence[Change] | None) -> dict[str, Any]:
    """What became of each subject since the meeting, where one was named: by its own fields, those gone last."""
    if met is None:
        return {}
    told = [
        {"what": one.what, **{field: plain(getattr(one.row, field)) for field in one.row.SUBJECT}}
        for one in changes or ()
    ]
    return {"since_meeting": {"met": plain(met), "compared": changes is not None, "changes": told}}


def sent(body: Mapping[str, Any]) -> Response:
    """The body as JSON, its instants UTC with a Z and its dates ISO, as :func:`plain` writes them."""
    return Response(orjson.dumps(body, option=_JSON), media_type="application/json")


def _endpoint(each: Question) -> Callable[..., Awaitable[Response]]:
    async def answer(
        *,
        request: Request,
        asker: Asker,
        moment: Moment,
        limit: int,
        after: str | None,
        met: datetime | None,
        **params: Any,
    ) -> Response:
        given = {name: value for name, value in params.items() if value is not None}
        asks = ask_for(request, asker, moment)
        found = await request.app.state.kept.ask(asks, each.rule, given)
        if not found.rows and about_one(each) and not await asks.captions(_named(each, given)):
            raise Refused(refusals.NOT_FOUND)
        changes = await since_meeting(request.app.state.kept, asks, met, found, given)
        return sent({**page_json(found, limit, after), **changes_json(met, changes)})

    answer.__signature__ = _signature(each)  # type: ignore[attr-defined]
    answer.__doc__ = each.title
    return answer


def _example(each: Question) -> dict[str, Any]:
    """What an answer looks like, for the description: its frame, and what each field of a row means."""
    return {
        "rule": each.rule,
        "title": each.title,
        "source": each.source,
        "parameters": {name: plain(TYPES[p.type][1]) for name, p in each.parameters.items() if p.type in TYPES},
        "as_at": "2026-10-31T23:59:59Z",
        "known_at": None,
        "marking": "OFFICIAL-SENSITIVE",
        "total": 0,
        "notes": [],
        "rows": [],
        "shown": 0,
        "start": 0,
        "next": None,
    }


def router() -> APIRouter:
    """The routes of all questions."""
    found = APIRouter(route_class=GuardedRoute, tags=["questions"])
    for each in mounted():
        found.add_api_route(
            each.path or "",
            _endpoint(each),
            route_class_override=QuestionRoute,
            methods=["GET"],
            name=each.rule,
            operation_id=each.rule.lower().replace("-", "_"),
            summary=f"{each.rule}: {each.title}",
            description=f"{each.title}.\n\nSource: {each.source}\n\nThe query: `GET /questions/{each.rule}/cypher`.",
            responses={
                200: {
                    "description": "The answer",
                    "content": {"application/json": {"schema": ANSWER, "example": _example(each)}},
                }
            },
        )
    found.add_api_route("/questions", list_questions, methods=["GET"], dependencies=[Open], summary="Every question")
    found.add_api_route(
        "/questions/{rule}/cypher",
        show_cypher,
        methods=["GET"],
        dependencies=[Open],
        response_class=PlainTextResponse,
        responses={404: {"description": "No such question"}, 422: {"description": "Not the name of a question"}},
        summary="The query behind a question, with the access test written in",
    )
    return found


def rules_json() -> list[dict[str, Any]]:
    """Every rule of the rulebook: title, words, source paragraph, parameters with their values, path and state."""
    asked = catalogue()
    return [_rule_json(rule, asked.get(name)) for name, rule in sorted(rulebook.rules().items())]


def _rule_json(rule: rulebook.Rule, each: Question | None) -> dict[str, Any]:
    known = {p.name: p for p in rule.parameters.values()}
    parameters: list[dict[str, Any]] = (
        []
        if each is None
        else [
            {
                "name": p.name,
                "type": p.type,
                "required": p.required,
                "default": in_plain(known[p.name].default) if p.name in known and not p.required else None,
                "meaning": describe(each, p),
            }
            for p in each.parameters.values()
        ]
    )
    return {
        "rule": rule.id,
        "title": rule.title,
        "words": rule.words,
        "source": rule.source,
        "chapter": rule.chapter,
        "state": rule.state,
        "path": each.path if each else None,
        "parameters": parameters,
    }


async def list_questions() -> JSONResponse:
    """Every question by its rule's id."""
    return JSONResponse({"questions": [rule for rule in rules_json() if rule["rule"] in catalogue()]})


async def show_cypher(rule: Annotated[str, Path(max_length=60)]) -> PlainTextResponse:
    """The full text that is sent to the graph. $visible stands for this reader's classes."""
    if rule.upper() not in catalogue():
        raise Refused(refusals.NOT_FOUND)
    return PlainTextResponse(cypher_of(question(rule)))


def cypher_of(each: Question) -> str:
    """A question's query as it is asked, with what its parameters stand for."""
    given = "\n".join(f"//   ${p.name}: {p.type}{', required' if p.required else ''}" for p in each.parameters.values())
    return (
        f"// {each.rule}: {each.title}\n// Source: {each.source}\n// Parameters:\n{given or '//   none'}\n"
        "//   $as_at: what had happened by then\n//   $visible: this reader's classes\n\n"
        f"{each.text_now.strip()}\n\n// As known at an earlier time ($known_at), the same question is asked as:\n\n"
        f"{each.text_known.strip()}\n"
    )


def in_words(error: RequestValidationError) -> str:
    """What could not be understood, naming the parameter and never repeating its value."""
    said: dict[str, None] = {}
    for fault in error.errors():
        name = str(fault["loc"][-1]) if len(fault.get("loc", ())) > 1 else "the request"
        kind = str(fault.get("type", ""))
        if kind == "extra_forbidden":
            said["Something was sent that is not asked for."] = None
        elif kind == "missing":
            said[f"'{name}' is missing."] = None
        elif "date" in kind:
            said[f"'{name}' must be a date such as 2026-10-31."] = None
        elif kind.startswith(("int", "float")):
            said[f"'{name}' must be a number."] = None
        elif kind in ("greater_than_equal", "less_than_equal"):
            limit = fault.get("ctx", {})
            said[
                f"'{name}' must be {'at least' if 'ge' in limit else 'at most'} {limit.get('ge', limit.get('le'))}."
            ] = None
        elif kind.startswith("bool"):
            said[f"'{name}' must be true or false."] = None
        else:
            said[f"'{name}' could not be understood."] = None
    return " ".join(said)
