"""The committed vendor folder is what frontend/build.sh makes from the lock, and asks nothing of another host."""

import filecmp
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests import pieces

ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "missingnet" / "visualise" / "static" / "vendor"
TEXT = sorted(path for path in VENDOR.rglob("*") if path.suffix in {".js", ".css", ".svg"})

ADDRESSES_THAT_NOTHING_OPENS = {
    "http://www.w3.org/": "names of the SVG and XHTML vocabularies",
    "http://momentjs.com/guides/": "words of moment's console warnings",
    "https://visjs.github.io/vis-timeline/docs/": "words of vis-timeline's console warnings",
}


def files_under(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_rebuild_gives_the_same_bytes(tmp_path: Path) -> None:
    for tool in ("node", "npm"):
        if shutil.which(tool) is None:
            pieces.lacking("The vendor folder, built again", f"{tool} was not found (Debian: apt-get install npm)")
    rebuilt = tmp_path / "vendor"
    subprocess.run([ROOT / "frontend" / "build.sh", rebuilt], check=True, timeout=300)
    assert files_under(rebuilt) == files_under(VENDOR)
    _, different, unreadable = filecmp.cmpfiles(VENDOR, rebuilt, files_under(VENDOR), shallow=False)
    assert (different, unreadable) == ([], []), "run frontend/build.sh and commit what it made"


def test_the_lock_names_no_host_that_packages_come_from() -> None:
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages and all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert [name for name, entry in packages.items() if "resolved" in entry] == []


@pytest.mark.parametrize("path", TEXT, ids=lambda path: path.name)
def test_no_built_file_opens_another_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = set(re.findall(r"https?://[\w.-]+[^\s\"'`)\\<>]*", text))
    known = tuple(ADDRESSES_THAT_NOTHING_OPENS)
    assert {address for address in found if not address.startswith(known)} == set()
    assert "sourceMappingURL" not in text
    assert "@import" not in text


def test_every_address_allowed_above_is_still_there() -> None:
    everything = "".join(path.read_text(encoding="utf-8") for path in TEXT)
    assert [address for address in ADDRESSES_THAT_NOTHING_OPENS if address not in everything] == []


def test_every_script_and_style_is_asked_for_by_a_page() -> None:
    pages = ROOT / "missingnet" / "visualise"
    asking = [*pages.glob("templates/**/*.html"), *pages.glob("static/*.js")]
    asked = "".join(path.read_text(encoding="utf-8") for path in asking)
    assert [path.name for path in TEXT if path.parent == VENDOR and f"vendor/{path.name}" not in asked] == []


def test_the_look_carries_no_crown_no_crest_and_no_font() -> None:
    sheet = (VENDOR / "govuk.css").read_text(encoding="utf-8")
    assert "GDS Transport" not in sheet
    assert "@font-face" not in sheet
    assert "govuk-crest" not in sheet
    assert [name for name in files_under(VENDOR) if name.endswith((".woff", ".woff2", ".ttf", ".png", ".ico"))] == []


def test_every_picture_the_style_names_is_there() -> None:
    sheet = (VENDOR / "govuk.css").read_text(encoding="utf-8")
    named = set(re.findall(r"url\(\"?\./([^)\"]+)\"?\)", sheet))
    assert named and {name for name in named if not (VENDOR / name).is_file()} == set()
    others = set(re.findall(r"url\((?!\"?\./|\"?data:)[^)]*\)", sheet))
    assert others == set()


def test_the_notices_name_every_package_with_its_licence() -> None:
    notices = (VENDOR / "NOTICES.txt").read_text(encoding="utf-8")
    named = dict(re.findall(r"^(\S+) \S+ \((.+)\)$", notices, re.MULTILINE))
    wanted = {"govuk-frontend", "@ministryofjustice/frontend", "vis-network", "vis-timeline", "vis-data"}
    assert wanted <= named.keys()
    assert set(named.values()) <= {"MIT", "(Apache-2.0 OR MIT)"}
