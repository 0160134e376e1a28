"""One graph for all tests of a file, spoken to directly or through a proxy that loses what it is told to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from missingnet.graph.engine import Connection
from tests import engines
from tests.graph.stored import Graph
from tests.graph.swallowing import Proxy, proxied


@contextmanager
def _stored(connection: Connection, through: Connection, home: Path) -> Iterator[Graph]:
    engines.wipe(connection)
    found = Graph(through, home)
    yield found
    found.run(found.store.close())
    found.loop.close()
    engines.wipe(connection)


@pytest.fixture(scope="module")
def graph(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    with _stored(connection, connection, tmp_path_factory.mktemp("graph")) as found:
        yield found


@pytest.fixture(scope="module")
def proxy(connection: Connection) -> Iterator[Proxy]:
    with proxied(connection.uri) as found:
        yield found


@pytest.fixture(scope="module")
def through(connection: Connection, proxy: Proxy, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """A graph that is spoken to through the proxy."""
    far = replace(connection, uri=f"bolt://127.0.0.1:{proxy.port}")
    with _stored(connection, far, tmp_path_factory.mktemp("through")) as found:
        yield found
