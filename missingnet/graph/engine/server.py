"""The embedded server as a process: how it is told what to be, started, recognised and ended.

It is ArcadeDB, with the Java that its package carries, listening on loopback only.
"""

import http.client
import json
import os
import signal
import socket
import subprocess
import time
from base64 import b64encode
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path

from missingnet.graph.engine.connection import EngineError
from missingnet.graph.engine.locks import held_for_server, server_lives
from missingnet.graph.engine.passwords import KEEPER, Passwords, write_private, write_users

DATABASE = "graph"
LOOPBACK = "127.0.0.1"
START_SECONDS = 60.0
"""Starting takes about 2 s; a large graph that was killed replays its log first."""
STOP_SECONDS = 30.0
ANSWER_SECONDS = 2.0
FULL_FLUSH = 2
LOG_BYTES = 10_000_000

UNUSED_PARTS = ("arcadedb-mcp", "arcadedb-postgresw", "arcadedb-redisw", "arcadedb-graphql", "arcadedb-console")
"""Other ways into the data that the package carries. What is not on the class path cannot be switched on."""

LOGGING = """\
# The server hides values from its errors but writes them to its own log ('Duplicated key [Jane Doe …]'), one line per
# failed statement, from its Bolt part. That part is silent here: a name must not reach a log.
handlers=java.util.logging.ConsoleHandler
.level=WARNING
com.arcadedb.server.level=INFO
com.arcadedb.bolt.level=OFF
com.arcadedb.bolt.BoltNetworkListener.level=WARNING
java.util.logging.ConsoleHandler.level=INFO
java.util.logging.ConsoleHandler.formatter=java.util.logging.SimpleFormatter
java.util.logging.SimpleFormatter.format=%1$tFT%1$tT %4$s %5$s%n
"""


@dataclass(frozen=True)
class Ports:
    """The loopback ports of a running server."""

    bolt: int
    http: int


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def recorded_ports(folder: Path) -> Ports | None:
    """The ports of the folder's last server, or None when there was none."""
    try:
        return Ports(**json.loads((folder / "server.json").read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def recorded_pid(folder: Path) -> int | None:
    """The process number that the folder's last server wrote before it became the server."""
    try:
        return int((folder / "server.pid").read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return None


def default_heap() -> str:
    """A quarter of the machine's memory, between 1 and 4 GB: the graph's own pages take a quarter of that again."""
    try:
        megabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1_048_576
    except (ValueError, OSError):
        megabytes = 4096
    return f"{min(4096, max(1024, megabytes // 4))}m"


def _java_arguments(folder: Path, ports: Ports, heap: str, statement_seconds: float) -> list[str]:
    package = Path(str(files("arcadedb_embedded")))
    jars = sorted(jar for jar in (package / "jars").glob("*.jar") if not jar.name.startswith(UNUSED_PARTS))
    if not jars:
        raise EngineError("The package arcadedb-embedded is not whole: it has no jars. Run `make setup` again.")
    settings = {
        "server.mode": "production",
        "server.rootPath": folder,
        "server.name": "missingnet",
        "server.logsDirectory": folder / "log",
        "server.httpIncomingHost": LOOPBACK,
        "server.httpIncomingPort": ports.http,
        "server.httpWorkerThreads": 8,
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "server.defaultDatabases": f"{DATABASE}[]",
        "server.shutdownTimeout": 20_000,
        "serverMetrics": "false",
        "bolt.host": LOOPBACK,
        "bolt.port": ports.bolt,
        "bolt.defaultDatabase": DATABASE,
        "txWAL": "true",
        "txWalFlush": FULL_FLUSH,
        # The driver's limit is ignored here, and one careless question must not starve everybody else's. It holds for
        # a statement, not for a transaction: a load is many small statements and may take as long as it needs.
        "command.timeout": round(statement_seconds * 1000),
        "polyglotEngineEnabled": "false",
        "opencypher.loadCsv.allowFileUrls": "false",
        "opencypher.loadCsv.allowRemoteUrls": "false",
    }
    return [
        f"-Xmx{heap}",
        "-XX:+UseCompactObjectHeaders",
        # A server out of memory must die and be started again, not stay and answer nothing.
        "-XX:+ExitOnOutOfMemoryError",
        # A memory dump would hold children's records.
        "-XX:-HeapDumpOnOutOfMemoryError",
        f"-XX:ErrorFile={folder / 'log' / 'java-crash-%p.log'}",
        "--add-modules=jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED",
        "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
        "--add-opens=java.base/java.nio.channels.spi=ALL-UNNAMED",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "-Djava.awt.headless=true",
        "-Dfile.encoding=UTF8",
        "-Duser.timezone=UTC",
        f"-Djava.util.logging.config.file={folder / 'config' / 'logging.properties'}",
        *(f"-Darcadedb.{name}={value}" for name, value in settings.items()),
        "-cp",
        os.pathsep.join(map(str, jars)),
        "com.arcadedb.server.ArcadeDBServer",
    ]


def _quoted(argument: str) -> str:
    """One line of a Java argument file."""
    return '"' + argument.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _ports_to_use(folder: Path) -> Ports:
    """The ports of last time when they are free, so that a restarted server is found where it was."""
    before = recorded_ports(folder)
    if before is not None and _is_free(before.bolt) and _is_free(before.http):
        return before
    return Ports(bolt=_free_port(), http=_free_port())


def start_server(folder: Path, log: Path, passwords: Passwords, heap: str, statement_seconds: float) -> Ports:
    """The ports of a server that answers. Called only under the folder's starting lock, with no server running."""
    for name in ("config", "databases", "log"):
        (folder / name).mkdir(mode=0o700, exist_ok=True)
    write_users(folder / "config", passwords, DATABASE)
    write_private(folder / "config" / "logging.properties", LOGGING)
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    for _ in range(3):
        ports = _ports_to_use(folder)
        write_private(folder / "server.json", json.dumps(asdict(ports)))
        arguments = _java_arguments(folder, ports, heap or default_heap(), statement_seconds)
        write_private(folder / "config" / "java.arguments", "\n".join(map(_quoted, arguments)) + "\n")
        _spawn(folder, log)
        if _became_ready(folder, ports):
            return ports
        # Between the look and the start somebody else may have taken a port: then, and only then, try others.
        taken = not (_is_free(ports.bolt) and _is_free(ports.http))
        end_server(folder)
        if not taken:
            break
        (folder / "server.json").unlink(missing_ok=True)
    raise EngineError(f"The graph engine did not start. What it said last is at the end of {log}.")


def _spawn(folder: Path, log: Path) -> None:
    java = Path(str(files("arcadedb_embedded"))) / "jre" / "bin" / "java"
    (folder / "server.pid").unlink(missing_ok=True)
    # The inner shell writes its own number and then becomes the server, so the number is on disk before the server
    # is. The outer one ends at once: the server belongs to nobody and outlives whoever started it.
    script = 'umask 077; echo $$ > "$1/server.pid"; exec "$2" "@$1/config/java.arguments"'
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        with held_for_server(folder) as lock:
            subprocess.run(  # noqa: S603 - every word of the command is ours
                ["/bin/sh", "-c", '"$@" &', "start", "/bin/sh", "-c", script, "become", str(folder), str(java)],
                check=True,
                stdin=subprocess.DEVNULL,
                stdout=descriptor,
                stderr=descriptor,
                cwd=folder,
                pass_fds=(lock,),
                start_new_session=True,
                timeout=START_SECONDS,
            )
    finally:
        os.close(descriptor)


def _became_ready(folder: Path, ports: Ports) -> bool:
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up and server_lives(folder):
        if is_ready(ports):
            return True
        time.sleep(0.05)
    return False


def is_ready(ports: Ports, seconds: float = ANSWER_SECONDS) -> bool:
    """True when the server says, within the time, that it is up and its database is open."""
    try:
        return _ask(ports, "GET", "/api/v1/ready", None, seconds)[0] == http.client.NO_CONTENT
    except (OSError, http.client.HTTPException):
        return False


def _ask(
    ports: Ports, method: str, path: str, keeper: Passwords | None, seconds: float, body: str | None = None
) -> tuple[int, bytes]:
    link = http.client.HTTPConnection(LOOPBACK, ports.http, timeout=seconds)
    try:
        headers = {}
        if keeper is not None:
            headers["Authorization"] = "Basic " + b64encode(f"{KEEPER}:{keeper.keep}".encode()).decode("ascii")
        link.request(method, path, body=body, headers=headers)
        answer = link.getresponse()
        return answer.status, answer.read()
    finally:
        link.close()


def running_settings(ports: Ports, passwords: Passwords) -> dict[str, object]:
    """The settings that the running server and its database say they have, by name without the `arcadedb.` prefix.

    Asked of the server and not read from our own file: an explicit value elsewhere wins over what we wrote.
    """
    seen: dict[str, object] = {}
    try:
        _, server = _ask(ports, "GET", "/api/v1/server", passwords, 10.0)
        question = json.dumps({"language": "sql", "command": "select from schema:database"})
        _, database = _ask(ports, "POST", f"/api/v1/query/{DATABASE}", passwords, 10.0, question)
        for listed in (json.loads(server)["settings"], json.loads(database)["result"][0]["settings"]):
            seen.update({row["key"].removeprefix("arcadedb."): row["value"] for row in listed})
    except (OSError, http.client.HTTPException, ValueError, LookupError) as problem:
        raise EngineError(
            "The graph engine does not say how it is set up. Stop it (`missingnet stop`) and start again."
        ) from problem
    return seen


def end_server(folder: Path) -> bool:
    """True when a server was running and is now ended: asked to close its files first, and killed only if it does
    not within the time. Called only under the folder's starting lock."""
    if not server_lives(folder):
        return False
    pid = recorded_pid(folder)
    if pid is None:
        raise EngineError(f"A graph engine is running in {folder}, but its process number is lost. End it by hand.")
    for sent, seconds in ((signal.SIGTERM, STOP_SECONDS), (signal.SIGKILL, 5.0)):
        try:
            os.kill(pid, sent)
            os.kill(pid, signal.SIGCONT)
        except ProcessLookupError:
            break
        give_up = time.monotonic() + seconds
        while server_lives(folder) and time.monotonic() < give_up:
            time.sleep(0.02)
        if not server_lives(folder):
            break
    (folder / "server.pid").unlink(missing_ok=True)
    return True
