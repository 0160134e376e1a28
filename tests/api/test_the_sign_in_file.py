"""The sign-in file: what is unsafe or cannot mean anything is refused in words, and no value is repeated in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from missingnet.api.binding import NotOnLoopback, refuse_other_hosts
from missingnet.api.sign_in.configuration import UnsafeSignIn, read_sign_in
from missingnet.settings import Settings
from tests.providers import GROUPS, Issuer, sign_in_text, write_sign_in

OUTSIDE = Issuer("https://login.example.org/tenant/v2.0", "s" * 40)
ADDRESS = "https://missingnet.example.org"
#: The public key of RFC 8037, appendix A.2.
KEY = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwaaPaaHURo"
MACHINE = f"""
[machines.police-feed]
title = "Feed of police 99"
agency = "99"
areas = []
compartments = []
scopes = ["files"]
public_keys = ["{KEY}"]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_sign_in(tmp_path / "in", OUTSIDE, address=ADDRESS, more=GROUPS + MACHINE)


def test_a_sound_file_is_read(file: Path) -> None:
    told = read_sign_in(file)
    assert (told.address, told.host, told.secure) == (ADDRESS, "missingnet.example.org", True)
    reader = told.groups["coordinators"].reader("person:u-1")
    assert (reader.agency, reader.roles, reader.loads) == ("997", ("loader", "judge"), ("interviews",))
    assert told.provider.secret() == OUTSIDE.secret
    assert len(told.machines["police-feed"].keys().keys) == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (f'address = "{ADDRESS}"', 'address = "http://missingnet.example.org"', "address must begin with https://"),
        (f'address = "{ADDRESS}"', f'address = "{ADDRESS}/here"', "address is a scheme and a host alone"),
        ("https://login", "http://login", "provider.issuer must begin with https://"),
        ("v2.0", "v2.0?a=b", "provider.issuer is written as the provider states it"),
        ("client_id", "client_di", "provider.client_di is not known here"),
        ('client_id = "missingnet"\n', "", "provider.client_id is missing"),
        ('scopes = ["openid", "groups"]', 'scopes = ["groups"]', "openid must be among them"),
        ('["openid", "groups"]', '["openid", "offline_access"]', "leave out offline_access"),
        ('["loader", "judge"]', '["loader", "jugde"]', "groups.coordinators.roles.1 Input should be"),
        ('["loader", "judge"]', '["numbers-only", "judge"]', "numbers-only stands alone"),
        ('["loader", "judge"]', '["judge"]', "loads: only for those with the role loader"),
        ('"home-address"]', '"home-adress"]', "groups.coordinators.compartments are among: cse,"),
        ('areas = ["*"]', 'areas = ["9 9"]', "groups.coordinators.areas.0"),
        ('areas = ["*"]\n', "", "groups.coordinators.areas is missing"),
        (GROUPS, "", "groups is missing"),
        ('scopes = ["files"]', 'scopes = ["judge"]', "machines.police-feed.scopes.0"),
        ('scopes = ["files"]', "scopes = []", "machines.police-feed.scopes"),
        (KEY, "AAAA", "machines.police-feed.public_keys are public Ed25519 keys"),
        (f'["{KEY}"]', f'["{KEY}", "{KEY}"]', "each key belongs to one machine"),
        ("[provider]", "[sessions]\nlongest_hours = 24\n[provider]", "sessions.longest_hours"),
        ("[provider]", "[provider", "is not TOML"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place_and_the_remedy(file: Path, old: str, new: str, said: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    with pytest.raises(UnsafeSignIn) as refused:
        read_sign_in(file)
    assert said in str(refused.value)


def test_every_reason_is_said_at_once_and_no_value_is_repeated(file: Path) -> None:
    text = file.read_text().replace(ADDRESS, "http://canary.example.org").replace("https://login", "http://canary")
    file.write_text(text.replace('agency = "997"', 'agency = "Canary Street"'))
    with pytest.raises(UnsafeSignIn) as refused:
        read_sign_in(file)
    said = str(refused.value)
    assert all(place in said for place in ("address", "provider.issuer", "groups.coordinators.agency"))
    assert "canary" not in said.lower()


@pytest.mark.parametrize("name", ["sign-in.toml", "client_secret"])
def test_a_file_that_others_may_change_is_refused(file: Path, name: str) -> None:
    (file.parent / name).chmod(0o666)
    with pytest.raises(UnsafeSignIn, match="can be changed by others"):
        read_sign_in(file)


def test_a_secret_is_there_and_was_not_typed_by_somebody(file: Path) -> None:
    secret = file.parent / "client_secret"
    secret.write_text("Canary2026")
    with pytest.raises(UnsafeSignIn, match="less than 24 characters") as refused:
        read_sign_in(file)
    assert "Canary2026" not in str(refused.value)
    secret.unlink()
    file.touch()
    with pytest.raises(UnsafeSignIn, match="client_secret_file cannot be read"):
        read_sign_in(file)


def test_what_is_taken_from_a_group_is_gone_at_the_next_reading(file: Path) -> None:
    assert "judge" in read_sign_in(file).groups["coordinators"].roles
    file.write_text(file.read_text().replace('["loader", "judge"]', '["loader"]'))
    assert read_sign_in(file).groups["coordinators"].roles == ("loader",)


def test_a_plain_address_is_served_on_this_machine_alone(tmp_path: Path) -> None:
    here = write_sign_in(tmp_path / "in", Issuer("http://127.0.0.1:9", "s" * 40))
    refuse_other_hosts(Settings(home=tmp_path, sign_in=here))
    with pytest.raises(NotOnLoopback, match="without TLS"):
        refuse_other_hosts(Settings(home=tmp_path, sign_in=here, host="0.0.0.0"))
    here.write_text(sign_in_text(OUTSIDE, here.parent / "client_secret", address=ADDRESS))
    refuse_other_hosts(Settings(home=tmp_path, sign_in=here, host="0.0.0.0"))


def test_a_file_that_is_not_there_is_no_demonstration(tmp_path: Path) -> None:
    with pytest.raises(UnsafeSignIn, match="MISSINGNET_SIGN_IN names"):
        refuse_other_hosts(Settings(home=tmp_path, sign_in=tmp_path / "none.toml"))
