"""An installation is told by its environment; its key is made once, kept private, and never guessed by another's."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import ValidationError

from missingnet.settings import Settings, is_loopback, settings


def test_the_state_folder_is_where_the_desktop_puts_such_folders(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert settings().home == tmp_path / "missingnet"
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert settings().home == tmp_path / ".local" / "state" / "missingnet"


def test_settings_are_the_same_object_until_the_environment_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = settings()
    assert settings() is first
    monkeypatch.setenv("MISSINGNET_PORT", "8123")
    assert settings().port == 8123


def test_without_an_address_the_graph_is_embedded_in_the_state_folder(tmp_path: Path) -> None:
    here = Settings(home=tmp_path)
    assert (here.graph_kind, here.graph_folder) == ("embedded", tmp_path / "graph")
    elsewhere = Settings(home=tmp_path, graph=f"embedded:{tmp_path / 'other'}")
    assert (elsewhere.graph_kind, elsewhere.graph_folder) == ("embedded", tmp_path / "other")
    assert Settings(graph="neo4j+s://graph.example.org").graph_kind == "neo4j"


@pytest.mark.parametrize("graph", ["embedded:", "http://graph.example.org", "bolt://", "neo4j+ssc://h", "graph"])
def test_an_address_that_is_not_understood_is_refused(graph: str) -> None:
    with pytest.raises(ValidationError):
        Settings(graph=graph)


def test_the_password_comes_from_its_file_and_never_shows(tmp_path: Path) -> None:
    kept = tmp_path / "password"
    kept.write_text("from the file\n")
    told = Settings(graph="bolt://127.0.0.1", graph_password="told", graph_password_file=kept)
    assert told.password() == "from the file"
    assert "told" not in repr(told)
    assert Settings(graph_password="told").password() == "told"
    assert Settings().password() == ""


def test_the_key_is_made_once_private_and_its_own(tmp_path: Path) -> None:
    here, there = Settings(home=tmp_path / "a"), Settings(home=tmp_path / "b")
    with ThreadPoolExecutor(8) as together:
        keys = set(together.map(lambda _: here.secret_key(), range(8)))
    assert len(keys) == 1
    assert keys != {there.secret_key()}
    assert len(here.secret_key()) == 32
    assert stat.S_IMODE(here.secret_path.stat().st_mode) == 0o600
    assert stat.S_IMODE(here.home.stat().st_mode) == 0o700
    assert [path.name for path in here.home.iterdir()] == ["secret.key"]


def test_a_damaged_key_is_not_used(tmp_path: Path) -> None:
    here = Settings(home=tmp_path)
    here.secret_path.write_bytes(b"short")
    with pytest.raises(ValueError, match="Restore it from backup"):
        here.secret_key()


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True), ("127.8.9.1", True), ("::1", True), ("[::1]", True), ("localhost", True),
        ("0.0.0.0", False), ("::", False), ("10.0.0.7", False), ("graph.example.org", False), ("localhost.test", False),
    ],
)  # fmt: skip
def test_only_addresses_that_stay_on_the_machine_are_loopback(host: str, loopback: bool) -> None:
    assert is_loopback(host) == loopback
