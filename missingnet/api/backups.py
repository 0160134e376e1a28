"""A backup: the whole graph, the audit and what else the state folder must keep, in one folder with a list of hashes.

The same for both engines, whose own files are not in it: the graph is written line by line, and goes into either. The
folder appears under its name only when it is whole. It holds everything about everybody and the key of the ids, so it
is for its owner alone, and belongs on an encrypted disk.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import hmac
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from missingnet.api.opening import audit_file, unfinished_file
from missingnet.graph import times, whole
from missingnet.graph.audit import chain
from missingnet.graph.disk import flush
from missingnet.graph.fingerprint import Fingerprint
from missingnet.graph.keyed import Keyed
from missingnet.graph.statements import schema
from missingnet.graph.store import Store
from missingnet.settings import Settings

MANIFEST: Final = "manifest.json"
GRAPH: Final = "graph.jsonl.gz"
STATE: Final = "state"
AUDIT: Final = f"{STATE}/audit/audit.jsonl"
#: How the folder is laid out; another layout has another number.
FORMAT: Final = 1
_BLOCK: Final = 1 << 20


class BadBackup(RuntimeError):
    """This is not a whole backup of this program's, as it was made; says what is wrong. Nothing was changed."""

    remedy = "Take another backup, or another copy of this one."


class NoBackup(RuntimeError):
    """No backup was made; says why."""

    remedy = "Name a new folder, beside which there is room, outside the state folder."


@dataclass(frozen=True, slots=True)
class Backup:
    """A whole backup: the hash of its list, by which it is known, and what the list says."""

    folder: Path
    hash: str
    told: dict[str, Any]

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the graph in it."""
        return str(self.told["fingerprint"])

    @property
    def state(self) -> Iterator[str]:
        """The names of the files of the state folder in it."""
        return (name.removeprefix(f"{STATE}/") for name in self.told["files"] if name.startswith(f"{STATE}/"))

    def lines(self) -> Iterator[whole.Line]:
        """The graph, line by line."""
        with gzip.open(self.folder / GRAPH) as told:
            yield from map(whole.of_text, told)


async def back_up(store: Store, settings: Settings, folder: Path) -> Backup:
    """Write a backup into a folder that is not there yet, whole or not at all; in the audit before and after.

    Nobody writes to the graph meanwhile; questions go on.

    :raises NoBackup: the folder cannot be made there.
    """
    _refuse_place(folder, settings.home)
    audit, began = store.audit, store.audit.operated("back up")
    await asyncio.to_thread(audit.write, {**began, "outcome": "begun"})
    draft = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    try:
        taken = times.now()
        fingerprint, audit_then = await _write_graph(store, draft)
        await asyncio.to_thread(_copy_state, settings, draft)
        told = {
            "format": FORMAT,
            "taken": taken.isoformat(),
            "schema": _schema(),
            "key": Keyed(settings.secret_key())("backup", "key"),
            "fingerprint": fingerprint,
            "audit_then": audit_then,
            "files": {name: _measured(draft / name) for name in _names(draft)},
        }
        listed = json.dumps(told, indent=1, sort_keys=True).encode()
        with private(draft / MANIFEST) as file:
            file.write(listed)
        flush(draft, *(path for path in draft.rglob("*") if path.is_dir()))
        draft.rename(folder)
        flush(folder.parent)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    made = Backup(folder, hashlib.sha256(listed).hexdigest(), told)
    await asyncio.to_thread(audit.write, {**began, "backup": made.hash, "outcome": "done"})
    return made


def checked(folder: Path, expected: str) -> Backup:
    """The backup in a folder, every file of it as it was written.

    :raises BadBackup: something is missing, added or other than it was, or another version of the program made it.
    """
    try:
        listed = (folder / MANIFEST).read_bytes()
    except OSError:
        raise BadBackup("This folder holds no whole backup: its list of files is not there") from None
    found = hashlib.sha256(listed).hexdigest()
    if not hmac.compare_digest(found, expected.strip().lower()):
        raise BadBackup("This is not the backup with that hash, or its list of files was changed")
    told = json.loads(listed)
    if (told["format"], told["schema"]) != (FORMAT, _schema()):
        raise BadBackup("Another version of this program made the backup. Restore it with that one, then update")
    names = {*_names(folder)} - {MANIFEST}
    if names != {*told["files"]}:
        raise BadBackup(f"The backup is not whole, or something was added: {len(names ^ {*told['files']})} files")
    for number, (name, measured) in enumerate(sorted(told["files"].items()), 1):
        if _measured(folder / name) != measured:
            raise BadBackup(f"File {number} of the backup's list is not as it was written")
    fault = chain.verify(folder / AUDIT).fault
    if fault:
        raise BadBackup(f"The audit in the backup is broken: {fault}")
    return Backup(folder, found, told)


def _refuse_place(folder: Path, home: Path) -> None:
    if folder.exists() or not folder.parent.is_dir():
        raise NoBackup("A backup goes into a new folder, in a folder that there is")
    if folder.parent.resolve().is_relative_to(home.resolve()):
        raise NoBackup("A backup inside the state folder would be lost with it")


def _schema() -> int:
    return schema("embedded")[-1][0]


async def _write_graph(store: Store, draft: Path) -> tuple[str, int]:
    """Write the graph, and return its fingerprint, added up from the very lines that are written; and how long the
    audit was when nobody could change the graph any more, so that what was done to it since is known from there."""
    with private(draft / GRAPH) as plain, gzip.GzipFile("", "wb", 1, plain, 0) as packed:
        async with store.still("making a backup") as (classes, read):
            audit_then, found = chain.settled_size(store.audit.path), Fingerprint(classes)
            async for line in whole.lines(read):
                found.take(line)
                packed.write(whole.as_text(line))
    return found.text(), audit_then


def _copy_state(settings: Settings, draft: Path) -> None:
    """The state folder but for what is made again. The audit is last, so that nothing is newer than it; what was not
    written whole at its end was never acknowledged."""
    for path in sorted(settings.home.rglob("*")):
        name = path.relative_to(settings.home)
        if path.is_file() and not _made_again(settings, path):
            target = draft / STATE / name
            if path.suffix == ".sqlite":
                with private(target), closing(sqlite3.connect(path)) as base, closing(sqlite3.connect(target)) as kept:
                    base.backup(kept)
                continue
            # A draft may have been put in its place since the folder was listed.
            with suppress(FileNotFoundError), path.open("rb") as whence, private(target) as file:
                shutil.copyfileobj(whence, file, _BLOCK)
    size, copy = chain.settled_size(audit_file(settings)), draft / AUDIT
    with audit_file(settings).open("rb") as lines, private(copy) as file:
        for block in blocks(lines, size):
            file.write(block)
    found = chain.verify(copy)
    if found.fault:
        raise NoBackup(f"The audit is broken: {found.fault}")
    os.truncate(copy, found.last.end)


def _made_again(settings: Settings, path: Path) -> bool:
    """True of the engine's own files, locks, drafts and what is worked out again from the audit or the files."""
    name = path.relative_to(settings.home)
    return (
        path.is_relative_to(settings.graph_folder)
        or name.parts[0] in ("audit", "example", "writer.lock", "engine.log", unfinished_file(settings).name)
        or (name.parts[0] == "uploads" and "files" in name.parts[1:-1])
        or path.suffix in (".cleared", ".sqlite-wal", ".sqlite-shm", ".sqlite-journal")
    )


def _names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir())


def _measured(path: Path) -> list[Any]:
    """A file's length and hash; nothing of what is no plain file."""
    if path.is_symlink() or not path.is_file():
        return []
    with path.open("rb") as file:
        return [path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()]


def blocks(file: BinaryIO, size: int) -> Iterator[bytes]:
    """The file's next so many bytes, or as many as there are, bit by bit."""
    while size and (block := file.read(min(size, _BLOCK))):
        yield block
        size -= len(block)


@contextmanager
def private(path: Path) -> Iterator[BinaryIO]:
    """A new file for its owner alone, on the disk when this is over."""
    for folder in reversed(path.parents):  # each by itself: what `parents` makes is open to others
        folder.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
