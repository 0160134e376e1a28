"""Serving the pages and the api on this machine, with no log of addresses, for those say who was looked at (A6)."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable

import uvicorn

from missingnet.api.app import create_app
from missingnet.api.binding import bound
from missingnet.settings import Settings


class _Server(uvicorn.Server):
    """Tells when it answers."""

    ready: Callable[[], None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.ready()


def serve(settings: Settings, ready: Callable[[str], None]) -> bool:
    """Serve until it is ended by a signal; `ready` is told the address once it answers. False when it did not start."""
    listening = bound(settings)
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    port = listening.getsockname()[1]
    address = f"http://{settings.host}:{port}"
    config = uvicorn.Config(
        create_app(settings),
        access_log=False,
        log_level="warning",
        server_header=False,
        date_header=True,
        timeout_graceful_shutdown=5,
        # The service itself refuses long before, in words; this counts connections too that ask for nothing.
        limit_concurrency=1000,
    )
    server = _Server(config)
    server.ready = lambda: ready(address)
    with listening:
        server.run(sockets=[listening])
    return server.started
