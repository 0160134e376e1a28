"""What is installed is whole: a wheel holds every file of the package, the queries and styles as well as the code."""

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.pieces import ROOT


def test_the_wheel_holds_every_file_of_the_package(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    (wheel,) = tmp_path.glob("*.whl")
    kept = subprocess.run(
        ["git", "ls-files", "missingnet"], cwd=ROOT, check=True, capture_output=True, text=True, timeout=60
    ).stdout.splitlines()
    packed = set(zipfile.ZipFile(wheel).namelist())
    assert [name for name in kept if (ROOT / name).exists() and name not in packed] == []
    assert any(name.endswith(".py") for name in kept)
