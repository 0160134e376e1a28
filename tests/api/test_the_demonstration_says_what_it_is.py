"""The demonstration checks nobody: it says so, stays on this machine, and is not there beside a real sign-in (S2)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from missingnet.api import cli_service, serving
from missingnet.api.app import create_app
from missingnet.api.opening import audit_of, known_readers
from missingnet.settings import Settings
from tests.providers import PAGE, SERVICE, Issuer, write_sign_in

READER = {"X-Reader": "coordinator", "X-Purpose": "MASE case-12"}
NOWHERE = Issuer("http://127.0.0.1:9", "s" * 40)


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    @asynccontextmanager
    async def audit_alone(settings: Settings) -> Any:
        async def rehearse() -> None:
            return None

        yield SimpleNamespace(audit=audit_of(settings), rehearse=rehearse)

    settings = Settings(home=tmp_path_factory.mktemp("home"), graph="bolt://127.0.0.1:9")
    with TestClient(create_app(settings, audit_alone), base_url=SERVICE, follow_redirects=False) as client:
        yield client


def test_every_page_and_the_description_say_that_nobody_is_checked(demonstration: TestClient) -> None:
    assert "There is no password" in demonstration.get("/sign-in").text
    page = demonstration.get(PAGE, headers={**READER, "Accept": "text/html"})
    assert "Demonstration: nobody is checked" in page.text
    assert "whom nobody checks" in demonstration.get("/openapi.json").json()["info"]["description"]


@pytest.mark.parametrize("name", ["X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via"])
def test_what_came_through_a_proxy_is_refused(demonstration: TestClient, name: str) -> None:
    assert demonstration.get(PAGE, headers=READER).status_code == 200
    refused = demonstration.get(PAGE, headers={**READER, name: "10.0.0.7"})
    assert (refused.status_code, refused.json()["error"]) == (400, "wrong-host")


def test_a_token_opens_nothing_here(demonstration: TestClient) -> None:
    answer = demonstration.get(PAGE, headers={"Authorization": "Bearer a.b.c", "X-Purpose": "MASE case-12"})
    assert answer.json()["error"] == "reader-missing"
    assert demonstration.get("/sign-in/callback").status_code == 404


def test_beside_a_real_sign_in_there_is_no_demonstration_reader(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", sign_in=write_sign_in(tmp_path / "in", NOWHERE))
    assert set(known_readers(settings)) == {"group:coordinators", "group:schools"}
    settings.make_home()
    (settings.home / "readers.toml").write_text(
        '[night-watch]\ntitle = "x"\nagency = "997"\nroles = []\nareas = []\ncompartments = []\n'
    )
    assert set(known_readers(settings)) == {"group:coordinators", "group:schools", "night-watch"}
    assert {"coordinator", "chair"} <= set(known_readers(Settings(home=tmp_path / "home")))


def test_the_demonstration_is_not_begun_where_a_sign_in_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISSINGNET_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MISSINGNET_SIGN_IN", str(write_sign_in(tmp_path / "in", NOWHERE)))
    with pytest.raises(cli_service.NotServed, match="checks nobody"):
        cli_service.demo()
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(("with_file", "said"), [(False, "nobody is checked"), (True, "through their organisation")])
def test_serve_says_who_is_let_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], with_file: bool, said: str
) -> None:
    def run(settings: Settings, ready: Any) -> bool:
        ready(f"http://127.0.0.1:{settings.port}")
        return True

    monkeypatch.setenv("MISSINGNET_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(serving, "serve", run)
    monkeypatch.setattr(cli_service, "_start", lambda _: None)
    if with_file:
        monkeypatch.setenv("MISSINGNET_SIGN_IN", str(write_sign_in(tmp_path / "in", NOWHERE)))
    cli_service.serve(port=0)
    assert said in capsys.readouterr().out
