"""A start is refused when the engine would not keep records safe, and every refusal says the remedy."""

from pathlib import Path

import pytest

from missingnet.graph.engine import (
    Connection,
    EngineError,
    UnsafeEngine,
    demand_safe,
    open_engine,
    refuse_unsafe,
    stop_engine,
)
from missingnet.graph.engine.safety import reasons_in
from missingnet.settings import Settings

SAFE = {
    "txWalFlush": 2,
    "txWAL": True,
    "server.mode": "production",
    "bolt.host": "127.0.0.1",
    "server.httpIncomingHost": "127.0.0.1",
}
RANDOM = "kO3-vfQ81mzyUe0a"


def on_neo4j(uri: str, password: str = RANDOM) -> list[str]:
    user = ("neo4j", password)
    connection = Connection(uri, "neo4j", user, user, "neo4j", read_only_user=False)
    return refuse_unsafe(Settings(graph=uri), connection)


def test_both_engines_of_the_tests_are_safe(engine_settings: Settings, connection: Connection) -> None:
    assert refuse_unsafe(engine_settings, connection) == []
    demand_safe(engine_settings, connection, missing_constraints=list)


def test_safe_settings_of_the_embedded_server_are_accepted() -> None:
    assert reasons_in(SAFE) == []


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("txWalFlush", 0, "does not flush its log"),
        ("txWalFlush", 1, "does not flush its log"),
        ("txWAL", False, "keeps no log of writes"),
        ("server.mode", "development", "its errors could show names"),
        ("bolt.host", "0.0.0.0", "can be reached from other machines"),
        ("server.httpIncomingHost", "::", "can be reached from other machines"),
    ],
)
def test_an_unsafe_setting_of_the_embedded_server_is_refused(setting: str, value: object, said: str) -> None:
    (reason,) = reasons_in(SAFE | {setting: value})
    assert said in reason
    assert "missingnet stop" in reason


def test_settings_that_the_server_does_not_report_are_not_taken_for_safe() -> None:
    assert len(reasons_in({})) == len(SAFE)


@pytest.mark.parametrize("uri", ["bolt+s://graph.example.org:7687", "neo4j+s://graph.example.org", "bolt://127.0.0.1"])
@pytest.mark.parametrize("password", [RANDOM])
def test_neo4j_over_tls_or_on_this_machine_is_accepted(uri: str, password: str) -> None:
    assert on_neo4j(uri, password) == []


@pytest.mark.parametrize("uri", ["bolt://graph.example.org", "neo4j://10.0.0.7:7687", "bolt://0.0.0.0:7687"])
def test_neo4j_over_an_open_network_is_refused(uri: str) -> None:
    (reason,) = on_neo4j(uri)
    assert "unencrypted" in reason
    assert "+s://" in reason


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "no password"),
        ("neo4j", "everybody knows"),
        ("Neo4j-Password", "everybody knows"),
        ("change-me-please", "everybody knows"),
        ("password1234567", "everybody knows"),
        ("kO3-vfQ8", "is short"),
    ],
)
def test_a_default_or_weak_password_is_refused(password: str, said: str) -> None:
    (reason,) = on_neo4j("bolt://127.0.0.1:7687", password)
    assert said in reason


def test_missing_constraints_are_refused_by_name_and_all_reasons_come_at_once() -> None:
    user = ("neo4j", "neo4j")
    connection = Connection("bolt://graph.example.org", "neo4j", user, user, "neo4j", read_only_user=False)
    with pytest.raises(UnsafeEngine) as refusal:
        demand_safe(Settings(graph=connection.uri), connection, missing_constraints=lambda: ["Child.id"])
    assert len(refusal.value.reasons) == 3
    assert "Child.id" in str(refusal.value)


@pytest.mark.embedded
def test_passwords_that_others_may_read_are_refused(home: Settings) -> None:
    connection = open_engine(home)
    try:
        (home.graph_folder / "passwords.json").chmod(0o644)
        home.graph_folder.chmod(0o755)
        passwords, folder = refuse_unsafe(home, connection)
        assert "chmod 600" in passwords
        assert "chmod 700" in folder
    finally:
        stop_engine(home)


@pytest.mark.embedded
def test_a_database_that_was_told_not_to_flush_is_found_out(home: Settings) -> None:
    open_engine(home)
    stop_engine(home)
    kept = home.graph_folder / "databases" / "graph" / "configuration.json"
    kept.write_text('{"configuration":{"txWalFlush":0}}')
    connection = open_engine(home)
    try:
        assert any("does not flush" in reason for reason in refuse_unsafe(home, connection))
    finally:
        stop_engine(home)


def test_an_address_where_nothing_listens_is_an_error_that_says_so_in_time() -> None:
    with pytest.raises(EngineError, match="Nothing answers"):
        open_engine(Settings(graph="bolt://127.0.0.1:1", graph_wait=0.3))


def test_a_password_file_that_is_missing_is_named(neo4j_settings: Settings, tmp_path: Path) -> None:
    lost = neo4j_settings.model_copy(update={"graph_password_file": tmp_path / "lost"})
    with pytest.raises(EngineError, match="MISSINGNET_GRAPH_PASSWORD_FILE"):
        open_engine(lost)
