"""The service: routes that each declare what they need, one shape of refusal, and nothing that is not asked through
the store (DESIGN §3, §7)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from missingnet import __version__
from missingnet.api import (
    agreement,
    judgement_routes,
    leftovers,
    loads,
    network_files,
    packs,
    questions,
    recalls,
    refusals,
    removals,
    restrictions,
    same_origin,
)
from missingnet.api.binding import refuse_other_hosts
from missingnet.api.crowd import RETRY_AFTER, Crowd
from missingnet.api.described import SCHEMAS
from missingnet.api.emergency_ledger import Ledger, LedgerUnavailable
from missingnet.api.kept_answers import KeptAnswers
from missingnet.api.last_wall import LastWall
from missingnet.api.opening import opened
from missingnet.api.pace import Paces
from missingnet.api.reader import Door, GuardedRoute, Open
from missingnet.api.refusals import Refused
from missingnet.api.screens.arriving import router as arriving_pages
from missingnet.api.screens.audit_pages import router as audit_routes
from missingnet.api.screens.child import router as child_pages
from missingnet.api.screens.clock_board import router as clock_board
from missingnet.api.screens.emergency_pages import router as emergency_routes
from missingnet.api.screens.findings import router as findings_routes
from missingnet.api.screens.home import router as home_pages
from missingnet.api.screens.judging_pages import router as judging_pages
from missingnet.api.screens.link import router as link_pages
from missingnet.api.screens.load_pages import router as load_routes
from missingnet.api.screens.matching import router as matching_routes
from missingnet.api.screens.message import refusal
from missingnet.api.screens.pack_pages import router as pack_pages
from missingnet.api.screens.question_pages import router as question_pages
from missingnet.api.screens.reconciling import router as reconciling_pages
from missingnet.api.screens.record import router as record_pages
from missingnet.api.screens.reviewing import router as reviewing_pages
from missingnet.api.screens.search import router as search_pages
from missingnet.api.screens.signing import router as signing_pages
from missingnet.api.screens.table_pages import router as table_routes
from missingnet.api.screens.thing import router as thing_pages
from missingnet.api.screens.triaging import router as triage_pages
from missingnet.api.screens.unusual_pages import router as unusual_routes
from missingnet.api.security_headers import SecurityHeaders
from missingnet.api.sign_in.demonstration import Demonstration
from missingnet.api.sign_in.organisation import Organisation
from missingnet.api.suggestions import Suggestions
from missingnet.api.watches import Watches
from missingnet.graph.asking import CouldNotAnswer
from missingnet.graph.audit import AuditUnavailable
from missingnet.graph.audit.index import IndexUnavailable
from missingnet.graph.catalogue import ParameterError
from missingnet.graph.engine import EngineError, Watcher
from missingnet.graph.faults import CouldNotWrite, NotSettled
from missingnet.graph.numbers_only import NumbersOnly
from missingnet.graph.store import Store
from missingnet.graph.turns import TooManyWait
from missingnet.settings import Settings
from missingnet.visualise import STATIC

log = logging.getLogger("missingnet.api")

DESCRIPTION = """Named questions about missing children and who and what connects them.

Every question needs two headers: {who}, and `X-Purpose`
(a code and the meeting or case, as in `MASE case-12`). What is hidden from a reader and what does not exist are the
same 404. Every answer is in the audit before it is sent."""

WHO = {
    True: "`X-Reader` (who asks: a reader of the demonstration, whom nobody checks)",
    False: "`Authorization` (`Bearer` and a machine's token, made for this one request)",
}

OpenStore = Callable[[Settings], AbstractAsyncContextManager[Store]]


def create_app(settings: Settings, open_store: OpenStore | None = None) -> FastAPI:
    """The service over the settings' graph, audit and readers. Its store is opened when the service starts.

    :raises NotOnLoopback: the settings would serve demonstration readers to other machines.
    :raises UnsafeSignIn: the sign-in file cannot be used.
    """
    refuse_other_hosts(settings)
    door: Door = Demonstration(settings) if settings.sign_in is None else Organisation(settings)
    origin = door.address if isinstance(door, Organisation) else None

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with (open_store or opened)(settings) as store:
            app.state.store = store
            await asyncio.to_thread(leftovers.clear_uploads, settings)
            questions.check_paths()
            rehearsing = asyncio.create_task(store.rehearse())
            with Watcher(settings, say=log.warning):
                yield
            rehearsing.cancel()
            await app.state.loads.end()
            await app.state.suggestions.end()
            await app.state.watches.end()

    app = FastAPI(
        title="MissingNet",
        description=DESCRIPTION.format(who=WHO[door.demonstration]),
        version=__version__,
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.router.route_class = GuardedRoute
    app.state.settings = settings
    app.state.door = door
    app.state.emergencies = Ledger(settings.home)
    app.state.paces = Paces(settings)
    app.state.kept = KeptAnswers()
    app.state.loads = loads.Loads(settings)
    app.state.suggestions = Suggestions(settings)
    app.state.watches = Watches(settings)
    _routes(app)
    _refusals(app)
    app.add_middleware(LastWall)
    app.add_middleware(Crowd)
    app.add_middleware(same_origin.SameOrigin, origin=origin)
    app.add_middleware(SecurityHeaders)
    return app


def _routes(app: FastAPI) -> None:
    @app.get(
        "/health",
        dependencies=[Open],
        tags=["service"],
        summary="The service runs and may answer; no data",
        responses={503: {"description": "Nothing is shown now", "content": {"application/json": {}}}},
    )
    async def health(request: Request) -> JSONResponse:
        trouble = await asyncio.to_thread(request.app.state.store.audit.trouble)
        status = f"nothing is shown: {trouble}" if trouble else "running"
        return JSONResponse({"status": status, "version": __version__}, status_code=503 if trouble else 200)

    @app.get("/openapi.json", dependencies=[Open], include_in_schema=False)
    async def described(request: Request) -> JSONResponse:
        return JSONResponse(openapi_of(request.app))

    app.include_router(questions.router())
    data = (
        packs.router,
        network_files.router,
        load_routes,
        matching_routes,
        findings_routes,
        judgement_routes.router,
        recalls.router,
        removals.router,
        restrictions.router,
        agreement.router,
        table_routes,
        audit_routes,
        emergency_routes,
        unusual_routes,
    )
    pages = (
        signing_pages if app.state.door.demonstration else arriving_pages,
        judging_pages,
        clock_board,
        reconciling_pages,
        home_pages,
        search_pages,
        child_pages,
        thing_pages,
        link_pages,
        reviewing_pages,
        triage_pages,
        record_pages,
        question_pages,
        pack_pages,
    )
    for part in (*data, *pages):
        app.include_router(part)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")


def openapi_of(app: FastAPI) -> dict[str, Any]:
    """The description of every data route, made once."""
    if app.openapi_schema is None:
        app.openapi_schema = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes, tags=questions.TAGS
        )
        components = app.openapi_schema.setdefault("components", {})
        components.setdefault("schemas", {}).update(SCHEMAS)
        components["securitySchemes"] = {
            "reader": {"type": "apiKey", "in": "header", "name": "X-Reader"}
            if app.state.door.demonstration
            else {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
            "purpose": {"type": "apiKey", "in": "header", "name": "X-Purpose"},
        }
        app.openapi_schema["security"] = [{"reader": [], "purpose": []}]
    return app.openapi_schema


def _refusals(app: FastAPI) -> None:
    """Every error is one of the constant refusals. Nothing of the request or of any record is repeated in it."""

    async def refuse(request: Request, words: refusals.Words, detail: str | None = None) -> Response:
        return await refusal(request, words, detail)

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)  # noqa: S101 (the handler is registered for this class alone)
        answer = await refuse(request, error.words, error.detail)
        if error.retry_after is not None:
            answer.headers["Retry-After"] = str(error.retry_after)
        return answer

    async def not_understood(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101 (as above)
        return await refuse(request, refusals.NOT_UNDERSTOOD, questions.in_words(error))

    async def parameter(request: Request, error: Exception) -> Response:
        return await refuse(request, refusals.NOT_UNDERSTOOD, str(error))

    async def numbers_only(request: Request, error: Exception) -> Response:
        return await refuse(request, refusals.NUMBERS_ONLY)

    async def framework(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 (as above)
        return await refuse(request, refusals.words_for_status(error.status_code))

    async def unavailable(request: Request, error: Exception) -> Response:
        log.error("nothing could be shown: %s", type(error).__name__)
        return await refuse(
            request, refusals.NOT_RECORDED if isinstance(error, AuditUnavailable) else refusals.UNAVAILABLE
        )

    async def not_written(request: Request, error: Exception) -> Response:
        log.error("something could not be written: %s", type(error).__name__)
        return await refuse(request, refusals.NOT_SETTLED if isinstance(error, NotSettled) else refusals.NOT_WRITTEN)

    async def too_many(request: Request, error: Exception) -> Response:
        return await refused(request, Refused(refusals.TOO_MANY, retry_after=RETRY_AFTER))

    app.add_exception_handler(Refused, refused)
    app.add_exception_handler(TooManyWait, too_many)
    app.add_exception_handler(RequestValidationError, not_understood)
    app.add_exception_handler(ParameterError, parameter)
    app.add_exception_handler(NumbersOnly, numbers_only)
    app.add_exception_handler(HTTPException, framework)
    app.add_exception_handler(CouldNotWrite, not_written)
    for kind in (AuditUnavailable, CouldNotAnswer, EngineError, IndexUnavailable, LedgerUnavailable):
        app.add_exception_handler(kind, unavailable)
