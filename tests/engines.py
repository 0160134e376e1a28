"""Both engines, started for a run of the tests and emptied between two of them."""

import secrets
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

import neo4j

from missingnet.graph.asking import CouldNotAnswer
from missingnet.graph.engine import Connection, open_engine, stop_engine
from missingnet.settings import Settings
from tests.pieces import ROOT, java, neo4j_jars

NEO4J_START_SECONDS = 300.0
Found = TypeVar("Found")


@contextmanager
def embedded(home: Path) -> Iterator[Settings]:
    """Settings whose embedded graph runs."""
    settings = Settings(home=home, graph=f"embedded:{home / 'graph'}", graph_heap="1g")
    open_engine(settings)
    try:
        yield settings
    finally:
        stop_engine(settings)


#: Tests ask much of graphs that grow from nothing: what a question was planned for stays good enough, and to plan it
#: afresh, for a list of another length too, takes longer than to ask it.
PLANNED_ONCE: Final = {
    "dbms.cypher.statistics_divergence_threshold": "1.0",
    "dbms.cypher.min_replan_interval": "1h",
    "internal.cypher.use_parameter_size": "false",
}
#: A server that lives for a file of tests is compiled once: a Neo4j's first 29 seconds of processor become 17, those of
#: the embedded engine a third to a half. Java reads it from JDK_JAVA_OPTIONS; for what is timed it
#: is not set.
BRIEF: Final = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


@contextmanager
def real_neo4j(home: Path, configured: dict[str, str] | None = None) -> Iterator[Settings]:
    """Settings that name a real Neo4j of this run's own, started with further settings of its own where they matter."""
    home.mkdir(parents=True, exist_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    password = secrets.token_urlsafe(16)
    log = home / "neo4j.log"
    command = [
        java(),
        "-Xmx1g",
        "--add-opens=java.base/java.nio=ALL-UNNAMED",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "-cp",
        f"{neo4j_jars()}/*",
        str(ROOT / "tests" / "neo4j" / "Launcher.java"),
        str(home / "data"),
        str(port),
    ]
    if configured:
        settings_file = home / "neo4j.conf"
        settings_file.write_text("".join(f"{name}={value}\n" for name, value in configured.items()))
        command.append(str(settings_file))
    with log.open("w") as said:
        server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=said, stderr=said, text=True)
    assert server.stdin is not None
    try:
        server.stdin.write(password + "\n")
        server.stdin.flush()
        give_up = time.monotonic() + NEO4J_START_SECONDS
        while "ready" not in log.read_text().splitlines():
            assert server.poll() is None, f"Neo4j ended: {log.read_text()[-2000:]}"
            assert time.monotonic() < give_up, f"Neo4j did not start: {log.read_text()[-2000:]}"
            time.sleep(0.1)
        yield Settings(home=home, graph=f"bolt://127.0.0.1:{port}", graph_password=password)
    finally:
        server.stdin.close()
        try:
            server.wait(120)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait(120)


def driver(connection: Connection, reading: bool = False) -> neo4j.Driver:
    """The driver as the writer or as the reader; close it."""
    auth = connection.read_auth if reading else connection.write_auth
    return neo4j.GraphDatabase.driver(connection.uri, auth=auth, connection_timeout=5.0)


def patiently(ask: Callable[[], Found]) -> Found:
    """The answer, however long a busy machine takes: a cold Neo4j plans a question for seconds, and what is held to is
    what is answered, not how soon."""
    for _ in range(4):
        try:
            return ask()
        except CouldNotAnswer:
            continue
    return ask()


def wipe(connection: Connection, schema: bool = False) -> None:
    """Nothing is left in the graph; with `schema`, no constraint and no index either."""
    with driver(connection) as link:
        while link.execute_query(
            "MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN count(*) AS gone", database_=connection.database
        ).records[0]["gone"]:
            pass
        if schema:
            for kind, listed in (("CONSTRAINT", "CONSTRAINTS"), ("INDEX", "INDEXES")):
                for row in link.execute_query(f"SHOW {listed}", database_=connection.database).records:
                    if row.get("type") != "LOOKUP":
                        link.execute_query(f"DROP {kind} `{row['name']}` IF EXISTS", database_=connection.database)
