"""How a question's address is read: at once, by a model made when the service starts.

FastAPI describes such a route by its endpoint's signature, and would read it parameter by parameter on every request:
measured, a quarter of what the service's own thread does for a small answer.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, get_args, get_origin

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import ValidationError, create_model

from missingnet.api.reader import GuardedRoute


class CannotBeReadSo(TypeError):
    """An endpoint that needs more than the request and its address; the service does not start with it."""


class QuestionRoute(GuardedRoute):
    """A route whose endpoint takes the request, what its address says, and what its dependencies make of either."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers a request. What cannot be read is refused as on any other route.

        :raises CannotBeReadSo: the endpoint or what it depends on reads headers, cookies or a body by itself, or two of
            them have a parameter of one name.
        """
        needs = self.dependant.dependencies
        parts = (self.dependant, *needs)
        more = [p for p in parts if p.header_params or p.cookie_params or p.body_params]
        names = [field.name for part in parts for field in (*part.path_params, *part.query_params)]
        if more or len(set(names)) != len(names) or any(need.dependencies for need in needs):
            raise CannotBeReadSo(f"{self.path} needs more than its address says, or says one thing twice")
        read = [(need, _reads(need)) for need in needs]
        own = _reads(self.dependant)

        async def answer(request: Request) -> Response:
            faults: list[Any] = []
            given: dict[str, Any] = {}
            for need, reads in read:
                said = reads(request, faults)
                if said is None or need.call is None:
                    continue
                if need.request_param_name:
                    said[need.request_param_name] = request
                made = await need.call(**said)
                if need.name is not None:
                    given[need.name] = made
            said = own(request, faults)
            if faults or said is None:
                raise RequestValidationError(faults)
            answered: Response = await self.endpoint(request=request, **given, **said)
            return answered

        return answer


def _reads(part: Dependant) -> Callable[[Request, list[Any]], dict[str, Any] | None]:
    """What reads, of a request's address, all that one callable is given; None where it cannot, its faults told."""
    fields = [*part.path_params, *part.query_params]
    shape: dict[str, Any] = {field.name: (field.field_info.annotation, field.field_info) for field in fields}
    several = {name for name, (kind, _) in shape.items() if list in {get_origin(k) for k in (kind, *get_args(kind))}}
    address = create_model("Address", **shape)

    def read(request: Request, faults: list[Any]) -> dict[str, Any] | None:
        said = request.query_params
        typed = {name: said.getlist(name) if name in several else said[name] for name in said if name in shape}
        try:
            return dict(address.model_validate({**typed, **request.path_params}))
        except ValidationError as error:
            faults += [{**fault, "loc": ("query", *fault["loc"])} for fault in error.errors()]
            return None

    return read
