"""The partnership behind the doors, and a client that speaks to them without a network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from missingnet.api.app import create_app
from tests import engines, served


@pytest.fixture(scope="session")
def partnership(tmp_path_factory: pytest.TempPathFactory) -> Iterator[served.Partnership]:
    with engines.embedded(tmp_path_factory.mktemp("doors")) as settings:
        yield served.fill(settings, tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="session")
def doors(partnership: served.Partnership) -> Iterator[TestClient]:
    """A program's client: no cookie, no header of its own."""
    with TestClient(
        create_app(partnership.settings), base_url="http://127.0.0.1:8000", follow_redirects=False
    ) as client:
        yield client
