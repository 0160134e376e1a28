"""What every test may ask for: a state folder of its own, and either engine, running."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from missingnet.graph.engine import Connection, open_engine
from missingnet.settings import Settings
from tests import engines, pieces, requirements, sharing, tally


def pytest_configure(config: pytest.Config) -> None:
    """No test reads, or writes to, the state of the person who runs it."""
    for name in list(os.environ):
        if name.startswith("MISSINGNET_") and not name.startswith(("MISSINGNET_TEST", "MISSINGNET_BENCH")):
            del os.environ[name]
    # A machine that runs the tests runs more than a service does; what a slow disk does has tests of its own.
    os.environ["MISSINGNET_AUDIT_PATIENCE"] = "30"
    # Tests ask faster than people do; how fast one reader may ask has tests of its own.
    for what in ("REQUESTS", "SEARCHES", "SIGN_INS"):
        os.environ[f"MISSINGNET_{what}_PER_MINUTE"] = "10000000"
    if config.option.markexpr != "bench":
        os.environ["JDK_JAVA_OPTIONS"] = " ".join(engines.BRIEF)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    sharing.longest_first(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> sharing.Sharing:
    return sharing.Sharing(config, log)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A process that ran a part of the tests tells what it counted."""
    if (output := getattr(session.config, "workeroutput", None)) is not None:
        output.update(tally=tally.told(), absent=pieces.absent)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """What such a process told is added up; one that died told nothing, and its test has failed."""
    output = getattr(node, "workeroutput", {})
    for what, many in output.get("tally", {}).items():
        tally.tally(what, many)
    pieces.absent.update(output.get("absent", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    outcomes: dict[str, set[str]] = {}
    for outcome in ("passed", "failed", "error", "skipped"):
        for report in terminalreporter.getreports(outcome):
            if outcome != "passed" or report.when == "call":
                outcomes.setdefault(report.nodeid.partition("[")[0], set()).add(outcome)
    if (said := requirements.counted(outcomes)) is not None:
        terminalreporter.section("what this run showed")
        terminalreporter.line(f"{said} (docs/requirements.md)")
    if (counted := tally.words()) is not None:
        terminalreporter.line(counted)
    if pieces.absent:
        terminalreporter.section("not tested on this machine")
        for what, remedy in sorted(pieces.absent.items()):
            terminalreporter.line(f"{what}: {remedy}")


@pytest.fixture(autouse=True)
def _nobodys_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.getbasetemp() / "state"))


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    """Settings with an empty state folder of the test's own; its engine is not started."""
    return Settings(home=tmp_path / "home", graph_heap="1g")


@contextmanager
def _lasting(started: AbstractContextManager[Settings]) -> Iterator[Settings]:
    """An engine that lives as long as the run and answers most of it: it is worth compiling twice."""
    with ExitStack() as until_the_end:
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("JDK_JAVA_OPTIONS", raising=False)
            settings = until_the_end.enter_context(started)
        yield settings


@pytest.fixture(scope="session")
def embedded_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    with _lasting(engines.embedded(tmp_path_factory.mktemp("embedded"))) as settings:
        yield settings


@pytest.fixture(scope="session")
def neo4j_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    with _lasting(engines.real_neo4j(tmp_path_factory.mktemp("neo4j"), engines.PLANNED_ONCE)) as settings:
        yield settings


@pytest.fixture(
    scope="session",
    params=[
        pytest.param("embedded", marks=pytest.mark.embedded),
        pytest.param("neo4j", marks=pytest.mark.neo4j),
    ],
)
def engine_settings(request: pytest.FixtureRequest) -> Settings:
    """Settings that name a running engine: every test that asks for it runs on both."""
    settings: Settings = request.getfixturevalue(f"{request.param}_settings")
    return settings


@pytest.fixture(scope="session")
def connection(engine_settings: Settings) -> Connection:
    """A connection to a running engine: every test that asks for it runs on both."""
    return open_engine(engine_settings)


@pytest.fixture
def empty_graph(connection: Connection) -> Connection:
    """The same with nothing in it."""
    engines.wipe(connection)
    return connection
