"""What people and machines see of a real graph is what the sign-in file gives their group, and no more (N5, N6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from missingnet.api.app import create_app
from missingnet.api.cli import in_words
from missingnet.api.cli_sign_in import check, machine_key, machine_token
from missingnet.api.cli_words import WrongCommand
from missingnet.api.sessions import Session
from missingnet.api.sign_in.machines import new_key, token
from missingnet.api.sign_in.provider import ProviderUnavailable
from missingnet.graph import times
from missingnet.graph.access import Purpose
from tests.providers import GROUPS, SERVICE, Issuer, certified, write_sign_in
from tests.served import AS_AT, FORENAME, Partnership, audit_lines

NOWHERE = Issuer("http://127.0.0.1:9", "s" * 40)
KEY = new_key()
MACHINE = """
[machines.dashboard]
title = "Dashboard of council 997"
agency = "997"
areas = ["997"]
compartments = []
scopes = ["questions", "tables"]
public_keys = ["PUBLIC"]
"""
AUDITORS = """
[groups.standards]
title = "Professional standards, police 99"
agency = "99"
roles = ["auditor"]
areas = []
compartments = []
"""


@pytest.fixture
def organisation(partnership: Partnership, tmp_path: Path) -> Iterator[TestClient]:
    more = GROUPS + AUDITORS + MACHINE.replace("PUBLIC", str(KEY.as_dict(private=False)["x"]))
    settings = partnership.settings.model_copy(update={"sign_in": write_sign_in(tmp_path, NOWHERE, more=more)})
    with TestClient(create_app(settings), base_url=SERVICE, follow_redirects=False) as client:
        yield client


def as_person(client: TestClient, group: str, purpose: Purpose) -> None:
    session = Session("person:u-1", purpose, (group,), group)
    client.cookies.set("missingnet_session", client.app.state.door.sessions.begin(session, times.now()))  # type: ignore[attr-defined]


def test_a_person_sees_what_their_group_may_and_what_is_hidden_is_missing(
    organisation: TestClient, partnership: Partnership
) -> None:
    address, unknown = f"/child/{partnership.child}?as_at={AS_AT}", "z" * len(partnership.child)
    as_person(organisation, "coordinators", Purpose("MASE", "case-12"))
    shown = organisation.get(address)
    assert shown.status_code == 200 and FORENAME in shown.text
    line = audit_lines(partnership.settings)[-1]
    assert (line["who"], line["agency"], line["purpose"]) == ("person:u-1", "997", "MASE")
    as_person(organisation, "schools", Purpose("EDUCATION", "roll-7"))
    hidden, missing = organisation.get(address), organisation.get(address.replace(partnership.child, unknown))
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert hidden.content == missing.content


def test_a_machine_asks_within_its_rights_under_its_own_name(
    organisation: TestClient, partnership: Partnership
) -> None:
    made = token(KEY, "dashboard", SERVICE, "questions", times.now() + timedelta(seconds=1))
    headers = {"Authorization": f"Bearer {made}", "X-Purpose": "MASE nightly"}
    answer = organisation.get("/children/mase", params={"as_at": AS_AT}, headers=headers)
    assert answer.status_code == 200
    assert audit_lines(partnership.settings)[-1]["who"] == "machine:dashboard"


def test_a_machines_key_and_token_are_made_by_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "feed.key"
    machine_key(out)
    public = capsys.readouterr().out.strip()
    assert len(public) == 43
    assert out.stat().st_mode & 0o777 == 0o600
    assert public in out.read_text()
    with pytest.raises(WrongCommand, match="never written over"):
        machine_key(out)
    capsys.readouterr()
    machine_token(out, "dashboard", SERVICE, "tables")
    assert capsys.readouterr().out.count(".") == 2
    (tmp_path / "no.key").write_text("{}")
    with pytest.raises(WrongCommand, match="holds no key"):
        machine_token(tmp_path / "no.key", "dashboard", SERVICE, "tables")


def test_the_check_says_what_to_register_and_whether_the_provider_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with certified() as issuer:
        check(write_sign_in(tmp_path / "in", issuer))
    said = capsys.readouterr().out
    assert f"{SERVICE}/sign-in/callback" in said
    assert "Group schools: School attendance lead" in said
    assert "The provider answers" in said
    with pytest.raises(ProviderUnavailable) as refused:
        check(write_sign_in(tmp_path / "in", NOWHERE))
    assert "did not answer" in in_words(refused.value)


def test_a_group_of_auditors_reads_the_audit_of_its_own_agency(
    organisation: TestClient, partnership: Partnership
) -> None:
    as_person(organisation, "coordinators", Purpose("AUDIT", "review-1"))
    assert organisation.get("/audit/unusual").json()["error"] == "no-auditor"
    as_person(organisation, "standards", Purpose("MASE", "case-12"))
    assert organisation.get("/audit/unusual").json()["error"] == "no-auditor"
    as_person(organisation, "standards", Purpose("AUDIT", "review-1"))
    assert organisation.get("/audit/unusual").status_code == 200
    found = organisation.get("/audit", params={"thing": partnership.child}).json()
    assert {one["agency"] for one in found["people"]} <= {"99"}
