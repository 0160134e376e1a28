"""What is left of removed records beside the graph: cleared where this service keeps it, told where it went out (I7).

Findings and suggestions hold ids and sentences, reports of uploads the files' names. Documents that were taken away
cannot be fetched back: who took them is in the audit, so that they can be asked.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from missingnet.api.reader import Asker
from missingnet.api.recalls import Used, theirs
from missingnet.graph.audit import Audit
from missingnet.graph.lookups import people_of
from missingnet.graph.store import Store
from missingnet.settings import Settings

#: What the report of an upload says in place of a removed file's name.
REMOVED: Final = "removed"


@dataclass(frozen=True, slots=True)
class Gone:
    """What is being removed: the records, the people whom they name, and the file where it is a whole one."""

    records: frozenset[str]
    people: frozenset[str]
    file_hash: str | None


async def of_removal(store: Store, records: Collection[str], file_hash: str | None) -> Gone:
    """What is left of these records must be known before they go."""
    return Gone(frozenset(records), await people_of(store, records), file_hash)


def clear(settings: Settings, gone: Gone) -> None:
    """Take it out of what this installation keeps. Findings of other records stay, and when they were first found."""
    for path in sorted((settings.home / "findings").glob("*.json")):
        kept = _read(path)
        found = kept.get("findings", [])
        left = [one for one in found if not gone.records & set(one["records"])]
        if len(left) < len(found):
            _write(path, {**kept, "findings": left})
    # A suggestion names no record; it is worked out again when somebody asks for it.
    for path in (settings.home / "suggestions").glob("*.json"):
        path.unlink(missing_ok=True)
    if gone.file_hash is not None:
        for path in sorted((settings.home / "uploads").glob("*/report.json")):
            kept = _read(path)
            if any(file.get("file_hash") == gone.file_hash for file in kept.get("files", [])):
                # How far it was names the file too.
                kept.pop("progress", None)
                _write(path, {**kept, "files": [_nameless(file, gone.file_hash) for file in kept["files"]]})


def clear_uploads(settings: Settings) -> None:
    """Files of loads that ended without tidying up, because the service was killed: nothing loads when it starts."""
    for folder in (settings.home / "uploads").glob("*/files"):
        shutil.rmtree(folder, ignore_errors=True)


def documents(audit: Audit, gone: Gone, asker: Asker | None) -> tuple[Used, ...]:
    """The documents that left with these records, or that show the people whom they name, oldest first.

    A reader is told of those that a recall would name to them (RECALL); nobody (None), who runs the service, of all.
    """
    return tuple(
        Used(str(line["at"]), str(line["who"]), str(line["document"]))
        for line in _disclosed(audit.path)
        if (asker is None or theirs(asker, line))
        and (
            gone.records & set(line.get("records", ()))
            or ("records" not in line and gone.people & set(line.get("shown", ())))
        )
    )


def _disclosed(path: Path) -> Iterator[dict[str, Any]]:
    if not path.exists():
        return
    with path.open("rb") as lines:
        for line in lines:
            if line.endswith(b"\n") and b'"act":"disclose"' in line:
                told: dict[str, Any] = json.loads(line.rpartition(b"\t")[0])
                if told.get("outcome") == "released" and "document" in told:
                    yield told


def _nameless(file: Mapping[str, Any], file_hash: str) -> dict[str, Any]:
    """The report of a removed file: its hash and counts stay, its name and what was said of its rows go."""
    if file.get("file_hash") != file_hash:
        return dict(file)
    return {**file, "file": REMOVED, "notes": [], "problems": []}


def _read(path: Path) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return kept


def _write(path: Path, kept: Mapping[str, Any]) -> None:
    draft = path.with_suffix(".cleared")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    draft.replace(path)
