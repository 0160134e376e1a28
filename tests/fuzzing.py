"""Every described route asked for what its description allows, and for what it does not, by Schemathesis."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.generation.feedback import NO_FEEDBACK
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.tally import BAD_INPUTS, tally

ADDRESS = "http://127.0.0.1:8000"
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@dataclass
class Tried:
    """What was asked: how often each route answered each reader in each way, and what was wrong."""

    answers: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    faults: dict[str, None] = field(default_factory=dict)

    @property
    def routes(self) -> set[str]:
        """The routes that were asked at all."""
        return {route for _, route, _ in self.answers}


def fuzz(
    client: TestClient,
    description: Mapping[str, Any],
    readers: Mapping[str, Mapping[str, str]],
    known: Mapping[str, str],
    seconds: float,
) -> Tried:
    """Ask every route for what is allowed and for what is not, each request as every reader, and again while the time
    lasts.

    Every other time what stands in the path is known to be there, so that not only refusals are tried.
    """
    operations = [found.ok() for found in schemathesis.openapi.from_dict(dict(description)).get_all_operations()]
    tried, until = Tried(), time.monotonic() + seconds
    for number, (operation, mode, here) in enumerate(_turns(operations, known)):
        if time.monotonic() > until:
            return tried
        many = tried.answers.total()
        _draw(client, operation, mode, here, readers, number, tried)
        if mode is GenerationMode.NEGATIVE:
            tally(BAD_INPUTS, tried.answers.total() - many)
    return tried


def _turns(operations: list[Any], known: Mapping[str, str]) -> Iterator[tuple[Any, GenerationMode, dict[str, str]]]:
    there = True
    while True:
        for operation in operations:
            names = {parameter.name for parameter in operation.path_parameters}
            here = {name: known[name] for name in names if name in known} if there else {}
            yield operation, GenerationMode.POSITIVE, here
            yield operation, GenerationMode.NEGATIVE, here
        there = not there


def _draw(
    client: TestClient,
    operation: Any,
    mode: GenerationMode,
    here: Mapping[str, str],
    readers: Mapping[str, Mapping[str, str]],
    number: int,
    tried: Tried,
) -> None:
    strategy = operation.as_strategy(generation_mode=mode, path_parameters=dict(here) or None, feedback=NO_FEEDBACK)

    @seed(number)
    @settings(
        max_examples=1,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def ask(case: Any) -> None:
        for reader, headers in readers.items():
            sent = requests.Request(**case.as_transport_kwargs(base_url=ADDRESS)).prepare()
            sent.headers.update(headers)
            reply = client.request(str(sent.method), str(sent.url), headers=dict(sent.headers), content=sent.body)
            tried.answers[reader, operation.label, reply.status_code] += 1
            try:
                case.validate_response(reply, checks=CHECKS)
            except FailureGroup as group:
                for fault in group.exceptions:
                    told = f"{operation.label}: {type(fault).__name__}: {fault.message} {sent.url} {sent.body!r}"
                    tried.faults[told] = None

    try:
        ask()
    except Unsatisfiable:
        # A route that takes nothing cannot be asked for what it does not take.
        assert mode is GenerationMode.NEGATIVE, operation.label
