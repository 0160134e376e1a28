"""One graph for all tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from missingnet.graph.engine import Connection
from tests import engines
from tests.graph.stored import Graph


@pytest.fixture(scope="module")
def graph(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    engines.wipe(connection)
    found = Graph(connection, tmp_path_factory.mktemp("graph"))
    yield found
    found.run(found.store.close())
    found.loop.close()
    engines.wipe(connection)
