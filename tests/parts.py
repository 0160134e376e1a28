"""The list of parts that an installation is made of (SBOM, CycloneDX): written by scripts/parts, from what is pinned.

Each Python package of the lock with its hashes, and each package that the built scripts and styles hold, as their
notices name them. Its licence is said where the package is installed here and says it itself.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib.metadata import PackageNotFoundError, metadata
from typing import Any

import missingnet
from tests.pieces import ROOT

FILE = ROOT / "dist" / "parts.cdx.json"
LOCK = ROOT / "locks" / "run.txt"
_PACKAGES = ROOT / "frontend" / "package-lock.json"
_NOTICES = ROOT / "missingnet" / "visualise" / "static" / "vendor" / "NOTICES.txt"
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^ ;\\]+)(?: ; ([^\\]+?))? ?\\?$", re.MULTILINE)
_HELD = re.compile(r"^={10,}\n(\S+) (\S+) \((.+)\)\n={10,}$", re.MULTILINE)


def parts() -> dict[str, Any]:
    """The whole list: the same for the same locks and notices."""
    made_of = LOCK.read_bytes() + _PACKAGES.read_bytes() + _NOTICES.read_bytes()
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{_uuid(hashlib.sha256(made_of).hexdigest())}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "missingnet",
                "name": "missingnet",
                "version": missingnet.__version__,
            }
        },
        "components": [*_of_python(), *_of_the_browser()],
    }


def _of_python() -> list[dict[str, Any]]:
    text = LOCK.read_text(encoding="utf-8")
    found = []
    places = list(_PINNED.finditer(text))
    for here, after in zip(places, [*places[1:], None], strict=True):
        name, version, condition = here.groups()
        block = text[here.end() : after.start() if after else None]
        hashes = re.findall(r"--hash=sha256:([0-9a-f]{64})", block)
        part = _part("pypi", name, version, _licence(name), [("SHA-256", one) for one in hashes])
        if condition:
            part["properties"] = [{"name": "missingnet:only where", "value": condition}]
        found.append(part)
    return found


def _of_the_browser() -> list[dict[str, Any]]:
    packages = json.loads(_PACKAGES.read_text(encoding="utf-8"))["packages"]
    found = []
    for name, version, licence in _HELD.findall(_NOTICES.read_text(encoding="utf-8")):
        digest = packages[f"node_modules/{name}"]["integrity"].removeprefix("sha512-")
        found.append(_part("npm", name, version, licence, [("SHA-512", base64.b64decode(digest).hex())]))
    return found


def _part(kind: str, name: str, version: str, licence: str | None, hashes: list[tuple[str, str]]) -> dict[str, Any]:
    address = f"pkg:{kind}/{name.replace('@', '%40')}@{version}"
    part: dict[str, Any] = {
        "type": "library",
        "bom-ref": address,
        "name": name,
        "version": version,
        "purl": address,
        "hashes": [{"alg": how, "content": digest} for how, digest in hashes],
    }
    if licence:
        part["licenses"] = [{"license": {"name": licence}}]
    return part


def _licence(name: str) -> str | None:
    """What an installed package says of its licence, in one line; None: it is not installed here, or says nothing."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return None
    kinds = [one.rpartition(" :: ")[2] for one in said.get_all("Classifier", []) if one.startswith("License ::")]
    text = said.get("License-Expression") or ", ".join(kinds) or said.get("License") or ""
    return text.strip().splitlines()[0][:200] if text.strip() else None


def _uuid(digest: str) -> str:
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"


def write() -> None:
    """Write the list, and say where and of how many parts."""
    told = parts()
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print(f"{FILE.relative_to(ROOT)}: {len(told['components'])} parts")
