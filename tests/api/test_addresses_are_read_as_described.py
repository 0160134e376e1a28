"""A question's address is read at once, and just as the framework would read it, parameter by parameter."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Annotated, Any

import pytest
from fastapi import Cookie, Depends, FastAPI, Header, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from missingnet.api.emergency_ledger import Ledger
from missingnet.api.opening import audit_of
from missingnet.api.pace import Paces
from missingnet.api.question_route import CannotBeReadSo, QuestionRoute
from missingnet.api.questions import _signature, in_words, mounted, path_names
from missingnet.api.reader import GuardedRoute, Open
from missingnet.api.refusals import Refused
from missingnet.api.sign_in.demonstration import Demonstration
from missingnet.graph.catalogue import Question
from missingnet.settings import Settings
from tests.pieces import EXAMPLES
from tests.served import COORDINATOR

KINDS: dict[str, type[GuardedRoute]] = {"described": GuardedRoute, "at-once": QuestionRoute}
words = st.sampled_from(
    [
        "",
        "2",
        "-1",
        "0.5",
        "1e3",
        "true",
        "no",
        "2026-10-31",
        "2026-02-30",
        "2026-10-31T14:00",
        "a,b",
        "é &=",
        "x" * 201,
    ]
)


def _echo(each: Question) -> Callable[..., Awaitable[Response]]:
    async def answer(*, request: Request, **given: Any) -> Response:
        return JSONResponse({name: repr(value) for name, value in sorted(given.items())})

    answer.__signature__ = _signature(each)  # type: ignore[attr-defined]
    return answer


@pytest.fixture(scope="module")
def echoes(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """Every question twice, once on each kind of route, telling what it was asked."""
    app = FastAPI()
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    app.state.door, app.state.paces = Demonstration(settings), Paces(settings)
    app.state.emergencies, app.state.store = Ledger(settings.home), SimpleNamespace(audit=audit_of(settings))
    for name, kind in KINDS.items():
        for each in mounted():
            app.router.add_api_route(f"/{name}{each.path}", _echo(each), methods=["GET"], route_class_override=kind)

    async def refused(request: Request, error: Exception) -> Response:
        if isinstance(error, RequestValidationError):
            return JSONResponse({"not understood": in_words(error)}, 422)
        assert isinstance(error, Refused)
        return JSONResponse({"refused": repr(error.words), "detail": error.detail}, 400)

    app.add_exception_handler(RequestValidationError, refused)
    app.add_exception_handler(Refused, refused)
    return TestClient(app)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.data())
def test_both_kinds_of_route_are_told_the_same_or_refuse_in_the_same_words(echoes: TestClient, data: Any) -> None:
    each = data.draw(st.sampled_from(mounted()))
    names = [*each.parameters, "as_at", "known_at", "met", "limit", "after", "unknown"]
    asked = data.draw(st.lists(st.tuples(st.sampled_from(names), words), max_size=6))
    path = each.path or ""
    for name in path_names(path):
        path = path.replace(f"{{{name}}}", data.draw(st.sampled_from(["a3f19c2b7d", "x" * 201, "%C3%A9"])))
    headers = data.draw(st.sampled_from([COORDINATOR, {}, {"X-Reader": "coordinator"}, {"X-Reader": "nobody"}]))
    one, other = (echoes.get(f"/{kind}{path}", params=asked, headers=headers) for kind in KINDS)
    assert (one.status_code, one.json()) == (other.status_code, other.json())


def test_both_answers_and_refusals_are_among_them(echoes: TestClient) -> None:
    for kind in KINDS:
        asked = echoes.get(f"/{kind}/children/mase", params={"min_episodes": 4, "limit": 7}, headers=COORDINATOR)
        assert (asked.json()["min_episodes"], asked.json()["limit"], asked.json()["since"]) == ("4", "7", "None")
        wrong = echoes.get(f"/{kind}/children/mase", params={"min_episodes": "many"}, headers=COORDINATOR)
        assert wrong.json() == {"not understood": "'min_episodes' must be a number."}


async def _reads_a_header(name: Annotated[str, Header()] = "") -> None:
    pass


async def _asks_again(inner: Annotated[None, Depends(_reads_a_header)]) -> None:
    pass


async def _takes_a_limit(limit: Annotated[int, Query()] = 1) -> None:
    pass


@pytest.mark.parametrize("needs", [_reads_a_header, _asks_again, _takes_a_limit])
def test_an_endpoint_that_needs_more_than_its_address_is_not_mounted(needs: Callable[..., Any]) -> None:
    async def answer(request: Request, limit: int = 1) -> Response:
        return Response()

    with pytest.raises(CannotBeReadSo, match="/one needs more"):
        QuestionRoute("/one", answer, dependencies=[Open, Depends(needs)])


def test_an_endpoint_that_reads_a_cookie_is_not_mounted() -> None:
    async def answer(request: Request, seen: Annotated[str, Cookie()] = "") -> Response:
        return Response()

    with pytest.raises(CannotBeReadSo):
        QuestionRoute("/one", answer, dependencies=[Open])
