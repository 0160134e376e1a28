"""Opening, looking at and stopping the engine that the settings name."""

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from missingnet.graph.engine.connection import Connection, EngineError
from missingnet.graph.engine.locks import server_lives, starting
from missingnet.graph.engine.passwords import READER, WRITER, passwords_of
from missingnet.graph.engine.server import (
    DATABASE,
    LOOPBACK,
    START_SECONDS,
    STOP_SECONDS,
    Ports,
    end_server,
    is_ready,
    recorded_pid,
    recorded_ports,
    start_server,
)
from missingnet.settings import Settings

BOLT_PORT = 7687
HANG_SECONDS = 20.0
"""A running embedded server that says nothing for this long is taken to hang."""

Say = Callable[[str], None]


@dataclass(frozen=True)
class EngineState:
    """What can be said about the engine without changing it."""

    kind: Literal["embedded", "neo4j"]
    state: Literal["answering", "starting", "not answering", "stopped", "killed"]
    """'starting' and 'not answering': it runs but does not say that it is ready. 'killed': it ended without being
    stopped, and will be started again, with everything it acknowledged, when it is next opened."""
    address: str
    pid: int | None


def open_engine(settings: Settings, say: Say | None = None) -> Connection:
    """A connection to the engine that the settings name, which answers.

    Embedded: the server of the graph folder, started when it is not running; of several processes that open it at
    once one starts it and the others wait. Neo4j: the address, when something listens there within `graph_wait`.
    `say` is told in plain words what had to be done (started, recovered). Raises `EngineError`.
    """
    if settings.graph_kind == "neo4j":
        return _open_neo4j(settings)
    folder = settings.graph_folder
    settings.make_home()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    tell = say or _silent
    with starting(folder, START_SECONDS + STOP_SECONDS):
        passwords = passwords_of(folder)
        ports = _running(folder)
        if ports is None:
            if recorded_pid(folder) is not None:
                tell(
                    f"The graph engine of {folder} had ended without being stopped. It is started again; "
                    "everything that it had acknowledged is kept."
                )
            ports = start_server(
                folder,
                settings.home / "engine.log",
                passwords,
                settings.graph_heap,
                settings.statement_seconds,
            )
            tell(f"The graph engine is started: {folder}, on {LOOPBACK} only.")
    return Connection(
        uri=f"bolt://{LOOPBACK}:{ports.bolt}",
        database=DATABASE,
        write_auth=(WRITER, passwords.write),
        read_auth=(READER, passwords.read),
        kind="embedded",
        read_only_user=True,
    )


def stop_engine(settings: Settings) -> bool:
    """True when the embedded server was running and has been ended in order. A Neo4j is somebody else's to stop."""
    folder = settings.graph_folder
    if settings.graph_kind == "neo4j" or not folder.exists():
        return False
    with starting(folder, START_SECONDS + STOP_SECONDS):
        ended = end_server(folder)
        # Without the number nobody will take an ordered stop for a kill.
        (folder / "server.pid").unlink(missing_ok=True)
        return ended


def engine_state(settings: Settings) -> EngineState:
    """How the engine is now, found out within about two seconds and without starting anything."""
    if settings.graph_kind == "neo4j":
        host, port = _host_and_port(settings)
        answers = _listens(host, port, 2.0)
        return EngineState("neo4j", "answering" if answers else "not answering", settings.graph, None)
    folder = settings.graph_folder
    ports, pid = recorded_ports(folder), recorded_pid(folder)
    address = "" if ports is None else f"bolt://{LOOPBACK}:{ports.bolt}"
    if not server_lives(folder):
        return EngineState("embedded", "stopped" if pid is None else "killed", address, None)
    if ports is not None and is_ready(ports):
        return EngineState("embedded", "answering", address, pid)
    return EngineState("embedded", "starting" if _young(folder) else "not answering", address, pid)


def _silent(_: str) -> None:
    return None


def _young(folder: Path) -> bool:
    try:
        return time.time() - (folder / "server.pid").stat().st_mtime < START_SECONDS
    except FileNotFoundError:
        return True


def _running(folder: Path) -> Ports | None:
    """The ports of the folder's running server once it answers; None when none runs.

    Also waits for a server whose starter was killed while it waited.
    """
    give_up = time.monotonic() + HANG_SECONDS
    while server_lives(folder):
        ports = recorded_ports(folder)
        if ports is not None and is_ready(ports):
            return ports
        if time.monotonic() > give_up:
            raise EngineError(
                f"The graph engine of {folder} is running (process {recorded_pid(folder)}) but has not answered for "
                f"{HANG_SECONDS:.0f} seconds. Run `missingnet stop`, which ends it, and start again; nothing that it "
                "acknowledged is lost."
            )
        time.sleep(0.05)
    return None


def _host_and_port(settings: Settings) -> tuple[str, int]:
    address = urlsplit(settings.graph)
    return address.hostname or LOOPBACK, address.port or BOLT_PORT


def _listens(host: str, port: int, seconds: float) -> bool:
    try:
        socket.create_connection((host, port), timeout=seconds).close()
    except OSError:
        return False
    return True


def _open_neo4j(settings: Settings) -> Connection:
    host, port = _host_and_port(settings)
    give_up = time.monotonic() + settings.graph_wait
    while not _listens(host, port, 2.0):
        if time.monotonic() > give_up:
            raise EngineError(
                f"Nothing answers at {host}, port {port}, where MISSINGNET_GRAPH says that Neo4j is. Start it, or "
                "correct the address; without MISSINGNET_GRAPH the embedded graph is used."
            )
        time.sleep(0.2)
    try:
        user = (settings.graph_user, settings.password())
    except OSError as problem:
        raise EngineError(
            f"The file of the graph's password, {settings.graph_password_file}, cannot be read ({problem.strerror}). "
            "Correct MISSINGNET_GRAPH_PASSWORD_FILE."
        ) from problem
    return Connection(
        uri=settings.graph,
        database=settings.graph_database or "neo4j",
        write_auth=user,
        read_auth=user,
        kind="neo4j",
        read_only_user=False,
    )
