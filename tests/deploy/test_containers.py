"""The compose file holds: valid, closed but for one door, secrets as files, and its Neo4j really starts so."""

import json
import os
import re
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import neo4j
import pytest
import yaml

from missingnet.api.sign_in.configuration import UnsafeSignIn, read_sign_in
from missingnet.graph.engine import open_engine, refuse_unsafe
from missingnet.settings import Settings
from tests.engines import real_neo4j
from tests.pieces import ROOT, lacking

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not shutil.which("openssl"):
        lacking("The containers' certificates", "install openssl")
    folder = tmp_path_factory.mktemp("installation")
    subprocess.run([ROOT / "scripts" / "make-secrets", folder], check=True, timeout=120)
    return folder / "secrets"


def neo4j_settings_of_the_compose_file(secrets: Path) -> dict[str, str]:
    """The settings that the image makes of its variables: `__` is an underscore, `_` a dot."""
    return {
        name.removeprefix("NEO4J_").replace("__", "\0").replace("_", ".").replace("\0", "_"): value.replace(
            "/run/secrets", str(secrets)
        )
        for name, value in SERVICES["graph"]["environment"].items()
        if name != "NEO4J_AUTH_FILE"
    }


def test_the_compose_file_follows_the_compose_schema() -> None:
    schema = json.loads((ROOT / "tests" / "deploy" / "compose-spec.json").read_text())
    jsonschema.validate(COMPOSE, schema)


def test_only_the_proxy_can_be_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if service.get("ports")] == ["proxy"]
    outside = [name for name, network in COMPOSE["networks"].items() if not (network or {}).get("internal")]
    assert outside == ["outside", "telling", "signing-in"]
    assert [name for name, service in SERVICES.items() if "outside" in service["networks"]] == ["proxy"]
    assert [name for name, service in SERVICES.items() if "telling" in service["networks"]] == ["watch"]
    assert [name for name, service in SERVICES.items() if "signing-in" in service["networks"]] == ["service"]
    assert "graph" not in SERVICES["proxy"]["networks"]
    assert not any(service.get("network_mode") or service.get("privileged") for service in SERVICES.values())


@pytest.mark.parametrize("name", SERVICES)
def test_every_container_is_confined_and_says_how_it_is(name: str) -> None:
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["healthcheck"]["test"]
    assert service["read_only"] or name == "graph"
    assert ":latest" not in service["image"]
    assert ":" in service["image"]


def test_secrets_are_files_that_the_script_makes_and_none_is_in_the_compose_file(secrets: Path) -> None:
    named = {Path(secret["file"]).name for secret in COMPOSE["secrets"].values()}
    assert named == {path.name for path in secrets.iterdir()}
    assert named == {name for service in SERVICES.values() for name in service["secrets"]}
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search("PASSWORD|AUTH_FILE|SECRET|_private__key", name):
                assert value.startswith("/run/secrets/") or value in service["secrets"]
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o700


def test_making_secrets_again_changes_none(secrets: Path) -> None:
    before = {path.name: path.read_bytes() for path in secrets.iterdir()}
    subprocess.run([ROOT / "scripts" / "make-secrets", secrets.parent], check=True, timeout=120)
    assert {path.name: path.read_bytes() for path in secrets.iterdir()} == before


def test_the_draft_of_the_sign_in_file_is_sound_and_waits_for_its_secret(secrets: Path, tmp_path: Path) -> None:
    draft = (secrets / "sign_in").read_text()
    assert draft == (ROOT / "deploy" / "sign-in.example.toml").read_text()
    copy, secret = tmp_path / "sign_in", tmp_path / "provider_secret"
    secret.write_bytes((secrets / "provider_secret").read_bytes())
    copy.write_text(
        draft.replace("/run/secrets/provider_secret", str(secret)).replace(
            "/etc/ssl/certs/ca-certificates.crt", str(secrets / "graph_authority")
        )
    )
    with pytest.raises(UnsafeSignIn) as refused:
        read_sign_in(copy)
    assert str(refused.value).startswith("provider.client_secret_file holds less than")
    secret.write_text("s" * 40)
    copy.touch()
    assert set(read_sign_in(copy).groups) == {"missingnet-coordinators", "missingnet-board"}


def test_the_services_variables_are_settings_of_the_program() -> None:
    named = [name for name in SERVICES["service"]["environment"] if name.startswith("MISSINGNET_")]
    assert {name.removeprefix("MISSINGNET_").lower() for name in named} <= set(Settings.model_fields)
    Settings(graph=SERVICES["service"]["environment"]["MISSINGNET_GRAPH"])


@pytest.mark.neo4j
def test_neo4j_starts_with_the_compose_files_settings_and_speaks_tls_only(
    secrets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with real_neo4j(tmp_path, neo4j_settings_of_the_compose_file(secrets)) as plain:
        unencrypted = open_engine(plain)
        with (
            neo4j.GraphDatabase.driver(unencrypted.uri, auth=unencrypted.write_auth) as link,
            pytest.raises(neo4j.exceptions.DriverError),
        ):
            link.verify_connectivity()
        tls = plain.model_copy(update={"graph": plain.graph.replace("bolt://127.0.0.1", "bolt+s://localhost")})
        encrypted = open_engine(tls)
        assert refuse_unsafe(tls, encrypted) == []
        with (
            neo4j.GraphDatabase.driver(encrypted.uri, auth=encrypted.write_auth) as link,
            pytest.raises(neo4j.exceptions.DriverError),
        ):
            link.verify_connectivity()
        monkeypatch.setenv("SSL_CERT_FILE", str(secrets / "graph_authority"))
        with neo4j.GraphDatabase.driver(encrypted.uri, auth=encrypted.write_auth) as link:
            assert link.execute_query("RETURN 1 AS one").records[0]["one"] == 1


def test_the_proxys_configuration_is_accepted_by_nginx(secrets: Path, tmp_path: Path) -> None:
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if nginx is None:
        lacking("The proxy's configuration", "install nginx (Debian: ./scripts/install-system as root)")
    here = (ROOT / "deploy" / "nginx.conf").read_text()
    here = (
        here.replace(" /tmp/", f" {tmp_path}/")
        .replace("/run/secrets", str(secrets))
        .replace("//service:", "//127.0.0.1:")
    )
    here = here.replace("include /etc/nginx/mime.types;", "")
    (tmp_path / "nginx.conf").write_text(here)
    tried = subprocess.run([nginx, "-t", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True, timeout=60)
    assert tried.returncode == 0, tried.stderr


def test_the_image_installs_from_the_lock_by_hash_and_runs_as_nobody_in_particular() -> None:
    written = (ROOT / "Dockerfile").read_text()
    assert written.count("--require-hashes") == 2
    assert re.findall(r"^USER (.*)$", written, re.M) == ["missingnet"]
    assert len(re.findall(r"^FROM ", written, re.M)) == 2
