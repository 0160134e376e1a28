"""The embedded server: one a folder, private, on loopback, found again after a kill with all that it acknowledged."""

import contextlib
import json
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from neo4j.exceptions import ClientError, DriverError, Neo4jError

from missingnet.graph.engine import Connection, EngineError, Watcher, engine_state, open_engine, stop_engine
from missingnet.graph.engine.passwords import passwords_of
from missingnet.graph.engine.server import is_ready, recorded_pid, recorded_ports, running_settings
from missingnet.settings import Settings
from tests.engines import driver
from tests.pieces import ROOT
from tests.tally import CRASHES, WRITES, tally

pytestmark = pytest.mark.embedded


@pytest.fixture
def own(home: Settings) -> Iterator[Settings]:
    """A state folder whose server the test may hurt."""
    yield home
    stop_engine(home)


def pid_of(settings: Settings) -> int:
    pid = recorded_pid(settings.graph_folder)
    assert pid is not None
    return pid


def kill(settings: Settings) -> None:
    os.kill(pid_of(settings), signal.SIGKILL)
    give_up = time.monotonic() + 5
    while engine_state(settings).state != "killed":
        assert time.monotonic() < give_up
        time.sleep(0.01)


def pause(settings: Settings) -> None:
    """A stop reaches the threads of a server one by one: one of them may answer once more after it was sent."""
    os.kill(pid_of(settings), signal.SIGSTOP)
    ports = recorded_ports(settings.graph_folder)
    assert ports is not None
    give_up = time.monotonic() + 5
    while is_ready(ports, 0.2):
        assert time.monotonic() < give_up


def write(connection: Connection, number: int) -> None:
    with driver(connection) as link:
        link.execute_query("CREATE (:Child {id: $id})", id=f"c{number}", database_=connection.database)


def count(connection: Connection) -> int:
    with driver(connection, reading=True) as link:
        found = link.execute_query("MATCH (c:Child) RETURN count(c) AS children", database_=connection.database)
        return int(found.records[0]["children"])


def test_it_starts_answers_is_found_again_and_stops(own: Settings) -> None:
    assert engine_state(own).state == "stopped"
    said: list[str] = []
    first = open_engine(own, said.append)
    assert said == [f"The graph engine is started: {own.graph_folder}, on 127.0.0.1 only."]
    assert engine_state(own).state == "answering"
    assert open_engine(own, said.append) == first
    assert len(said) == 1
    write(first, 1)
    assert stop_engine(own)
    assert engine_state(own).state == "stopped"
    assert not stop_engine(own)
    assert count(open_engine(own)) == 1


def test_a_kill_loses_nothing_acknowledged_and_is_said_plainly(own: Settings) -> None:
    connection = open_engine(own)
    acknowledged = 0
    for number in range(60):
        write(connection, number)
        acknowledged += 1
    kill(own)
    said: list[str] = []
    again = open_engine(own, said.append)
    assert "had ended without being stopped" in said[0]
    assert "everything that it had acknowledged is kept" in said[0]
    assert again.uri == connection.uri, "a restarted server is found where it was"
    assert again.write_auth == connection.write_auth
    found = count(again)
    tally(WRITES, acknowledged - found)
    assert found == acknowledged
    tally(CRASHES)


def test_a_kill_in_the_middle_of_writing_loses_no_acknowledged_write(own: Settings) -> None:
    connection = open_engine(own)
    acknowledged = 0
    killer = threading.Timer(0.2, os.kill, (pid_of(own), signal.SIGKILL))
    # Straight through a session: the driver's own retries would wait half a minute for the dead server.
    with driver(connection) as link, link.session(database=connection.database) as session:
        try:
            for number in range(100_000):
                session.run("CREATE (:Child {id: $id})", id=f"c{number}").consume()
                acknowledged += 1
                if acknowledged == 20:
                    killer.start()
        except (Neo4jError, DriverError):
            pass
    assert acknowledged >= 20
    # The last one may have been written although its answer never came.
    found = count(open_engine(own))
    tally(WRITES, max(acknowledged - found, 0))
    assert found in (acknowledged, acknowledged + 1)
    tally(CRASHES)


def test_files_left_by_a_dead_server_do_not_stop_the_next_one(own: Settings) -> None:
    folder = own.graph_folder
    open_engine(own)
    kill(own)
    # The dead server's number now belongs to somebody else: this very process, which must come to no harm.
    (folder / "server.pid").write_text(str(os.getpid()))
    (folder / "starting.lock").touch()
    assert engine_state(own).state == "killed"
    open_engine(own)
    assert pid_of(own) != os.getpid()


def test_of_two_that_start_at_once_one_starts_and_both_have_the_same_server(own: Settings) -> None:
    program = (
        "import sys; from pathlib import Path; from missingnet.settings import Settings;"
        "from missingnet.graph.engine import open_engine;"
        "print(open_engine(Settings(home=Path(sys.argv[1]), graph_heap='1g'), lambda _: print('started')).uri)"
    )

    def start(_: int) -> list[str]:
        ran = subprocess.run(
            [sys.executable, "-c", program, str(own.home)], capture_output=True, text=True, timeout=120, cwd=ROOT
        )
        return ran.stdout.split()

    with ThreadPoolExecutor(3) as together:
        said = list(together.map(start, range(3)))
    assert len({words[-1] for words in said}) == 1
    assert sum("started" in words for words in said) == 1


def test_it_outlives_whoever_started_it(own: Settings) -> None:
    connection = open_engine(own)
    assert os.getsid(pid_of(own)) != os.getsid(0)
    assert open_engine(own) == connection


def test_nobody_else_can_read_what_it_keeps(own: Settings) -> None:
    write(open_engine(own), 1)

    def open_to_others(path: Path) -> bool:
        return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)

    assert stat.S_IMODE((own.graph_folder / "passwords.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(own.home.stat().st_mode) == 0o700
    assert [path for path in own.home.rglob("*") if open_to_others(path)] == []


def test_no_password_is_on_the_command_line_or_in_the_log(own: Settings) -> None:
    open_engine(own)
    shown = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid_of(own))], capture_output=True, text=True)
    shown_text = shown.stdout + (own.home / "engine.log").read_text()
    arguments = (own.graph_folder / "config" / "java.arguments").read_text()
    for password in json.loads((own.graph_folder / "passwords.json").read_text()).values():
        assert len(password) >= 32
        assert password not in shown_text
        assert password not in arguments


def sockets_of(pid: int) -> set[str]:
    """The sockets a process holds. It opens and closes files while we look."""
    found = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            found.add(link.readlink().name)
    return {name.strip("socket:[]") for name in found if name.startswith("socket:")}


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="reads Linux's own list of listening sockets")
def test_it_listens_on_loopback_only(own: Settings) -> None:
    open_engine(own)
    sockets = sockets_of(pid_of(own))
    listening = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            words = line.split()
            if words[3] == "0A" and words[9] in sockets:
                listening.append(words[1].rpartition(":")[0])
    assert len(listening) == 2
    loopback = {"0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"}
    assert set(listening) <= loopback


def test_the_running_server_says_that_it_flushes_and_is_in_production(own: Settings) -> None:
    open_engine(own)
    ports = recorded_ports(own.graph_folder)
    assert ports is not None
    running = running_settings(ports, passwords_of(own.graph_folder))
    assert running["txWalFlush"] == 2
    assert running["server.mode"] == "production"
    assert running["bolt.host"] == running["server.httpIncomingHost"] == "127.0.0.1"


def test_a_statement_that_runs_too_long_is_stopped_by_the_server(home: Settings) -> None:
    own = home.model_copy(update={"statement_seconds": 1.0})
    try:
        connection = open_engine(own)
        with driver(connection) as link:
            for batch in range(8):
                link.execute_query(
                    "UNWIND range($first, $first + 499) AS i CREATE (:Child {id: toString(i), n: i})",
                    first=batch * 500,
                    database_=connection.database,
                )
        for slow in (
            "UNWIND range(1, 9000) AS a UNWIND range(1, 9000) AS b WITH a, b WHERE a % 7 = b % 11 RETURN count(*) AS n",
            "MATCH (c:Child) WITH collect(c.n) AS ns UNWIND ns AS a RETURN sum(size([b IN ns WHERE a % 7 = b % 11]))",
            "MATCH (a:Child), (b:Child), (c:Child) WHERE a.n < b.n AND b.n < c.n RETURN count(*) AS n",
        ):
            with driver(connection, reading=True) as link, pytest.raises(ClientError) as stopped:
                began = time.monotonic()
                link.execute_query(slow, database_=connection.database)
            assert time.monotonic() - began < 20.0, "by themselves they take minutes"
            assert "TimedOut" in stopped.value.code
    finally:
        stop_engine(own)


def test_a_load_of_many_short_statements_may_take_longer_than_one_statement(home: Settings) -> None:
    own = home.model_copy(update={"statement_seconds": 1.0})
    rows = "UNWIND range(1, 500) AS i CREATE (:Child {id: $batch + toString(i)})"
    try:
        connection = open_engine(own)
        with driver(connection) as link, link.session(database=connection.database) as session:
            began, batches = time.monotonic(), 0
            with session.begin_transaction() as transaction:
                while time.monotonic() - began < 2.0:
                    transaction.run(rows, batch=f"{batches}-").consume()
                    batches += 1
                transaction.commit()
        assert count(connection) == batches * 500
    finally:
        stop_engine(own)


def test_no_name_in_a_failed_statement_reaches_the_engines_log(own: Settings) -> None:
    connection = open_engine(own)
    with driver(connection) as link:
        link.execute_query(
            "CREATE CONSTRAINT one IF NOT EXISTS FOR (c:Child) REQUIRE c.id IS UNIQUE", database_=connection.database
        )
        for statement in (
            "CREATE (:Child {id: $name})",
            "CREATE (:Child {id: $name})",
            "RETURN date($name)",
            "RETURN duration.between($name, 3)",
            "MATCH (c:Child {id: 'Canary Jane'}) RETURN toInteger(c.id) + date(c.id)",
            "THIS IS Canary Jane",
        ):
            try:
                link.execute_query(statement, name="Canary Jane", database_=connection.database)
            except (Neo4jError, DriverError) as failure:
                assert "Jane" not in str(failure)
    stop_engine(own)
    written = [path.read_text(errors="replace") for path in [own.home / "engine.log", *own.home.rglob("log/*")]]
    assert not any("Jane" in text for text in written)


def test_a_paused_server_is_reported_and_can_still_be_stopped(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("missingnet.graph.engine.opening.HANG_SECONDS", 1.0)
    open_engine(own)
    pause(own)
    began = time.monotonic()
    with pytest.raises(EngineError, match="missingnet stop"):
        open_engine(own)
    assert time.monotonic() - began < 5.0
    assert stop_engine(own)
    open_engine(own)


def test_the_watcher_starts_a_killed_server_again_and_leaves_a_stopped_watch_alone(own: Settings) -> None:
    connection = open_engine(own)
    write(connection, 1)
    restarted: list[Connection] = []
    with Watcher(own, on_restart=restarted.append, look_seconds=0.1):
        for round_ in range(1, 3):
            os.kill(pid_of(own), signal.SIGKILL)
            give_up = time.monotonic() + 30
            while len(restarted) < round_:
                assert time.monotonic() < give_up
                time.sleep(0.05)
    assert restarted == [connection, connection]
    assert count(connection) == 1
    kill(own)
    time.sleep(0.5)
    assert engine_state(own).state == "killed"
