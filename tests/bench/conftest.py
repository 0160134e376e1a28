"""Each engine in turn, holding the benches' graph, with the service beside it; the table at the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bench import table
from tests.bench.loaded import Loaded, loaded
from tests.bench.service import Bare, Service, bare, service


@pytest.fixture(scope="session", params=["neo4j", "embedded"])
def bench(request: pytest.FixtureRequest) -> Iterator[Loaded]:
    with loaded(request.param) as found:
        yield found


@pytest.fixture(scope="session")
def served(bench: Loaded) -> Iterator[Service]:
    with service(bench.settings) as found:
        yield found


@pytest.fixture(scope="session")
def driver(bench: Loaded) -> Iterator[Bare]:
    with bare(bench.settings) as found:
        yield found


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if table.lines:
        terminalreporter.section("measured on this machine")
        for text in table.printed():
            terminalreporter.line(text)
