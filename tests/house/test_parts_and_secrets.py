"""No secret is committed, and never was; what an installation is made of is listed whole, with hashes (S6)."""

from __future__ import annotations

import json
import random
import re
import shutil
import string
import subprocess

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests import parts
from tests.pieces import ROOT, lacking
from tests.secrets_told import secrets_in

#: Files in which something looks like a secret and is none, each with the reason.
NO_SECRETS: dict[str, str] = {}
_REMEDY = "run it in a clone made by git, with its whole history"


def git(*words: str) -> bytes:
    """What git says; without it, or without a repository, the scan was not run, and does not pass."""
    if shutil.which("git") is None:
        lacking("The scan for secrets: not run, there is no git", _REMEDY)
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, timeout=120)
    if done.returncode != 0:
        lacking("The scan for secrets: not run, this is no repository", _REMEDY)
    return done.stdout


def test_no_committed_file_holds_a_secret() -> None:
    names = git("ls-files", "-z").decode().split("\0")[:-1]
    assert len(names) > 100
    found: dict[str, list[str]] = {}
    for name in names:
        path = ROOT / name
        if path.is_file() and path.suffix not in (".png", ".xlsx", ".ttf", ".woff2", ".ico"):
            for number, what in secrets_in(path.read_bytes().decode("utf-8", "replace")):
                found.setdefault(name, []).append(f"{number}: {what}")
    assert {name: said for name, said in found.items() if name not in NO_SECRETS} == {}
    assert set(NO_SECRETS) <= set(found), "no longer needed there"


def added() -> dict[str, str]:
    """By file, every line that a commit ever added to it, each line once."""
    if git("rev-parse", "--is-shallow-repository").strip() == b"true":
        lacking("The scan of all history for secrets: not run, the clone is shallow", "git fetch --unshallow")
    name, lines = b"", dict[bytes, dict[bytes, None]]()
    for line in git("log", "--all", "-p", "--unified=0", "--no-color", "--no-ext-diff").splitlines():
        if line.startswith(b"+++ b/"):
            name = line[6:]
        elif line.startswith(b"+"):
            lines.setdefault(name, {})[line[1:]] = None
    return {
        path.decode("utf-8", "replace"): b"\n".join(told).decode("utf-8", "replace") for path, told in lines.items()
    }


def test_no_secret_was_ever_committed() -> None:
    """What was once committed can be read for ever, whatever was taken away after it."""
    found = {name: list(secrets_in(text)) for name, text in added().items() if name not in NO_SECRETS}
    assert {name: said for name, said in found.items() if said} == {}


def random_word(chance: random.Random, letters: str, length: int) -> str:
    return "".join(chance.choice(letters) for _ in range(length))


LETTERS = string.ascii_letters + string.digits
PLANTED = {
    "private key": lambda chance: "-----BEGIN " + "EC PRIVATE KEY-----",
    "cloud": lambda chance: f"aws = '{'AK' + 'IA'}{random_word(chance, string.ascii_uppercase + string.digits, 16)}'",
    "forge": lambda chance: f"remote: {'gh' + 'p_'}{random_word(chance, LETTERS, 36)}",
    "registry": lambda chance: f"//registry:_authToken={'np' + 'm_'}{random_word(chance, LETTERS, 36)}",
    "signed": lambda chance: ".".join(("ey" + "J" + random_word(chance, LETTERS, 20), "ey" + "J" + "x" * 20, "y" * 43)),
    "address": lambda chance: "bolt" + f"://neo4j:{random_word(chance, LETTERS, 9)}@graph.example.org",
    "called so": lambda chance: f'graph_{"pass" + "word"} = "{random_word(chance, LETTERS, 24)}7"',
    "in yaml": lambda chance: f"  client_{'sec' + 'ret'}: {random_word(chance, LETTERS, 32)}7",
}


@pytest.mark.parametrize("kind", PLANTED)
def test_a_planted_secret_is_found_and_not_repeated(kind: str) -> None:
    for seed in range(20):
        line = PLANTED[kind](random.Random(seed))
        found = list(secrets_in(f"first\n{line}\nlast\n"))
        assert [number for number, _ in found][:1] == [2], kind
        assert not any(word in what for _, what in found for word in re.findall(r"\w{9,}", line))


@pytest.mark.parametrize(
    "line",
    [
        'client_secret_file = "/run/secrets/provider_secret"',
        "MISSINGNET_GRAPH_PASSWORD_FILE: /run/secrets/graph_password",
        'password="correct-horse-battery-staple"',
        "token = secrets.token_urlsafe(24)",
        "See https://example.org/a:b@c for the password.",
    ],
)
def test_what_is_no_secret_is_not_called_one(line: str) -> None:
    assert list(secrets_in(line)) == []


def test_every_pinned_package_is_a_part_with_its_hashes() -> None:
    told = parts.parts()
    by_name = {one["purl"]: one for one in told["components"]}
    assert len(by_name) == len(told["components"])
    pinned = re.findall(r"^([\w.-]+)(?:\[.*\])?==(\S+)", parts.LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    assert {f"pkg:pypi/{name}@{version}" for name, version in pinned} <= set(by_name)
    assert len([one for one in by_name if one.startswith("pkg:npm/")]) >= 5
    assert [one["name"] for one in by_name.values() if not one["hashes"]] == []
    hashes = set(re.findall(r"--hash=sha256:([0-9a-f]{64})", parts.LOCK.read_text(encoding="utf-8")))
    assert {h["content"] for one in by_name.values() for h in one["hashes"] if h["alg"] == "SHA-256"} == hashes
    silent = [one["name"] for one in by_name.values() if "licenses" not in one and "properties" not in one]
    assert silent == []


def test_the_list_of_parts_is_sound_by_its_own_schema_and_always_the_same() -> None:
    told = json.dumps(parts.parts())
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(told) is None
    assert told == json.dumps(parts.parts())
    broken = told.replace('"type": "library"', '"type": "book"', 1)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(broken) is not None
