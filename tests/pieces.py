"""The pieces that a machine may lack (Neo4j, a browser): found, or their absence said aloud.

On a laptop a test that lacks its piece is skipped, and the end of the run says what was not tested and how to have
it. In CI it fails: a run that quietly left out an engine would be worth nothing.
"""

import fcntl
import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parent.parent
IN_CI = bool(os.environ.get("CI"))
LONG = bool(os.environ.get("MISSINGNET_TEST_LONG"))
EXAMPLES = 2000 if LONG else 200
"""How many examples a property is tried on: `make test-long` tries ten times as many as `make test`."""

absent: dict[str, str] = {}
"""What this run could not test, each with the way to have it; printed at its end."""


def lacking(what: str, remedy: str) -> NoReturn:
    """Ends the test: skipped with a line at the end of the run, or, in CI, failed."""
    absent[what] = remedy
    if IN_CI:
        pytest.fail(f"{what}: {remedy}", pytrace=False)
    pytest.skip(f"{what}: {remedy}")


CHROMIUM_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    """The path of a real Chromium (or Chrome)."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    places = (
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    )
    for path in (os.environ.get("MISSINGNET_TEST_CHROMIUM"), *map(shutil.which, names), *places):
        if path and Path(path).exists():
            return path
    lacking("Pages in a real browser", "install Chromium or Chrome (Debian: ./scripts/install-system as root)")


def java() -> str:
    """The path of a Java of 17 or more that can compile, as the launcher of the real Neo4j needs."""
    remedy = "install a JDK of 17 or more, and Maven (Debian: ./scripts/install-system as root)"
    home = os.environ.get("JAVA_HOME")
    for path in (f"{home}/bin/java" if home else None, shutil.which("java")):
        if path and Path(path).exists():
            listed = subprocess.run([path, "--list-modules"], capture_output=True, text=True, timeout=60)
            modules = dict(line.partition("@")[::2] for line in listed.stdout.splitlines())
            if "jdk.compiler" in modules and int(modules["java.base"].split(".")[0]) >= 17:
                return path
    lacking("The same answers on a real Neo4j", remedy)


def neo4j_jars() -> Path:
    """The folder of Neo4j's jars, fetched through Maven the first time."""
    lock = ROOT / ".cache" / "neo4j.lock"
    lock.parent.mkdir(exist_ok=True)
    # Tests run in several processes: one fetches, the others find what it has fetched.
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        fetched = subprocess.run([ROOT / "scripts" / "fetch-neo4j"], capture_output=True, text=True, timeout=900)
    if fetched.returncode != 0:
        lacking("The same answers on a real Neo4j", fetched.stderr.strip() or "./scripts/fetch-neo4j did not succeed")
    return Path(fetched.stdout.strip())
