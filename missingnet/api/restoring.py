"""A backup put back into an empty place, on either engine: the same graph by its fingerprint, the same audit.

As long as it lasts a mark stands in the state folder, and nothing of the place is shown. Killed, it leaves a place that
only says so; given again, it begins by taking away what stands of the first. What was removed, or restricted, after the
backup was taken is known from the audit as it survived: it is done again before anything can be asked.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from missingnet.api import leftovers
from missingnet.api.backups import AUDIT, STATE, Backup, BadBackup, blocks, private
from missingnet.api.opening import Say, audit_file, audit_of, unfinished, unfinished_file
from missingnet.graph import whole
from missingnet.graph.audit import Audit, chain
from missingnet.graph.disk import flush
from missingnet.graph.engine import demand_safe, open_engine
from missingnet.graph.keyed import Keyed
from missingnet.graph.removal import Removal, lift, refuse, remove
from missingnet.graph.restriction import lift_restriction, restrict
from missingnet.graph.store import Store
from missingnet.graph.terms import EVENTS
from missingnet.settings import Settings

#: What may stand in a state folder that is empty: the engine's, which makes its own, and a disk's.
_NOBODYS: Final = frozenset({"engine.log", "writer.lock", "lost+found"})
_TAKES, _LIFTS = ("remove", "restrict"), ("lift a removal", "lift a restriction")
_REASON: Final = "done again after a backup was restored; the audit has by whom, and a hash of why"


class NotRestored(RuntimeError):
    """The backup was not restored; says why. What was there before is there."""

    remedy = "Name an empty state folder (MISSINGNET_HOME) and an empty graph (MISSINGNET_GRAPH)."


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: its fingerprint, how many records the audit has, and how many deeds since were done again."""

    fingerprint: str
    records: int
    again: int


async def restore(backup: Backup, settings: Settings, later: Path | None, say: Say | None = None) -> Restored:
    """Put a checked backup into this installation's place, which must be empty; all of it, or none.

    :param later: the audit as it survived, which goes on from the backup's and is kept in its place; None: it is lost.
    :raises NotRestored: the place is not empty, or what was restored is not what was backed up.
    :raises BadBackup: this audit does not go on from the backup's.
    """
    secret = _secret(backup, settings)
    verdict, since = _goes_on(backup, later)
    with _mark(settings) as (mark, begun_before), TemporaryDirectory() as aside:
        connection = await asyncio.to_thread(open_engine, settings, say)
        beside = Audit(Path(aside) / "audit.jsonl", secret)
        async with await Store.open(connection, secret, beside, settings.home / "writer.lock") as store:
            missing = await store.missing_constraints()
            await asyncio.to_thread(demand_safe, settings, connection, lambda: missing)
            if begun_before:
                await _take_away(store, settings)
            elif not await whole.is_empty(store):
                raise NotRestored("There are records in the graph")
            os.pwrite(mark, b"A backup is being restored here.\n", 0)
            os.fsync(mark)
            flush(settings.home)
            try:
                await asyncio.to_thread(_put_files, backup, settings, later)
                known = _Known(secret, since)
                await whole.put_back(store, map(known.seen, backup.lines()))
                fingerprint = await store.fingerprint()
                if fingerprint != backup.fingerprint:
                    raise NotRestored("The graph that was restored is not the one that was backed up")
                again = await _done_again(store, settings, known, since)
                told = {"backup": backup.hash, "fingerprint": fingerprint, "again": again, "outcome": "done"}
                audit = audit_of(settings)
                await asyncio.to_thread(audit.write, {**audit.operated("restore"), **told})
            except BaseException:
                await _take_away(store, settings)
                os.ftruncate(mark, 0)
                raise
            os.ftruncate(mark, 0)
    return Restored(fingerprint, verdict.records, again)


@contextmanager
def _mark(settings: Settings) -> Iterator[tuple[int, bool]]:
    """The mark, and whether a restore that was killed left it. It goes when it is empty.

    :raises NotRestored: the state folder holds something, or somebody restores into it now.
    """
    path = unfinished_file(settings)
    if not unfinished(settings) and _held(settings):
        raise NotRestored("The state folder is not empty")
    settings.make_home()
    mark = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotRestored("Another process restores a backup into this place") from None
        yield mark, os.fstat(mark).st_size > 0
    finally:
        if not os.fstat(mark).st_size:
            path.unlink(missing_ok=True)
            flush(settings.home)
        os.close(mark)


def _held(settings: Settings) -> list[Path]:
    """What the state folder holds beside its engine."""
    if not settings.home.exists():
        return []
    skipped = {*_NOBODYS, unfinished_file(settings).name}
    return [
        path
        for path in settings.home.iterdir()
        if path.name not in skipped and not settings.graph_folder.is_relative_to(path)
    ]


async def _take_away(store: Store, settings: Settings) -> None:
    await whole.empty(store)
    for path in _held(settings):
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def _secret(backup: Backup, settings: Settings) -> bytes:
    """The key of the ids: the backup's own, unless it is kept elsewhere.

    :raises NotRestored: it is not the one that the backup was made with.
    """
    path = settings.secret_path
    if path.is_relative_to(settings.home):
        path = backup.folder / STATE / path.relative_to(settings.home)
    try:
        secret = path.read_bytes()
    except OSError:
        secret = b""
    if not secret or Keyed(secret)("backup", "key") != backup.told["key"]:
        raise KeyElsewhere("The key of the ids is not the one that the backup was made with")
    return secret


class KeyElsewhere(NotRestored):
    """The key was not in the state folder when the backup was taken, or another is named now."""

    remedy = "Name its file by MISSINGNET_SECRET_FILE, as it was named when the backup was taken."


def _goes_on(backup: Backup, later: Path | None) -> tuple[chain.Verdict, list[dict[str, Any]]]:
    """The audit that will stand, and its records of deeds that the backup's graph does not know: those after it, and
    those that had begun before it and were not over, which may have waited until it was written."""
    audit = backup.folder / AUDIT
    if later is not None:
        size, sha256 = backup.told["files"][AUDIT]
        begins = hashlib.sha256()
        with later.open("rb") as file:
            for block in blocks(file, size):
                begins.update(block)
        if begins.hexdigest() != sha256:
            raise BadBackup("This audit does not go on from the one in the backup")
        audit = later
    verdict = chain.verify(audit)
    if verdict.fault:
        raise BadBackup(f"The later audit is broken: {verdict.fault}")
    begun: dict[tuple[Any, Any], dict[str, Any]] = {}
    since = []
    for record in chain.records(audit):
        told = record.told
        if told.get("act") not in (*_TAKES, *_LIFTS):
            continue
        if record.link.end > backup.told["audit_then"]:
            since.append(told)
        elif told["outcome"] == "begun":
            begun[told.get("record"), told.get("file")] = told
        else:
            begun.pop((told.get("record"), told.get("file")), None)
    return verdict, [*begun.values(), *since]


def _put_files(backup: Backup, settings: Settings, later: Path | None) -> None:
    for name in backup.state:
        _copy(backup.folder / STATE / name, settings.home / name, backup.told["files"][f"{STATE}/{name}"])
    if later is not None:
        audit_file(settings).unlink()
        _copy(later, audit_file(settings), None)
    flush(settings.home, *(path for path in settings.home.rglob("*") if path.is_dir()))


def _copy(whence: Path, target: Path, measured: list[Any] | None) -> None:
    """:raises BadBackup: the file was changed since it was checked."""
    digest = hashlib.sha256()
    with whence.open("rb") as told, private(target) as file:
        while block := told.read(1 << 20):
            digest.update(block)
            file.write(block)
    if measured is not None and digest.hexdigest() != measured[1]:
        raise BadBackup("The backup was changed while it was restored")


class _Known:
    """Which records and files the audit's concealed words stand for, found as the graph goes by."""

    def __init__(self, secret: bytes, since: list[dict[str, Any]]) -> None:
        self._keyed = Keyed(secret)
        self._wanted = {word for line in since for word in (line.get("record"), line.get("file")) if word}
        self.named: dict[str, str] = {}

    def seen(self, line: whole.Line) -> whole.Line:
        """The line as it came, having looked at it."""
        if self._wanted and line[0] == "node":
            _, label, facts = line
            if label in EVENTS:
                tellings = [seen.split("\t") for seen in facts.get("seen") or ()]
                files = {facts.get("file_hash"), *(parts[2] for parts in tellings if len(parts) > 2)}
                self._look(facts["record"], *files)
            elif label == "Removed":
                self._look(facts["id"].removeprefix("file:"))
        return line

    def _look(self, *names: str | None) -> None:
        for name in names:
            if name and (word := self._keyed.concealed(name)) in self._wanted:
                self.named[word] = name


async def _done_again(store: Store, settings: Settings, known: _Known, since: list[dict[str, Any]]) -> int:
    """Remove, restrict and lift again, in the order of the audit. What was begun and may have been done is done; what
    was lifted is lifted only where that was done."""
    again = 0
    for line in since:
        act, outcome = line.get("act"), line.get("outcome")
        if not ((act in _TAKES and outcome == "begun") or (act in _LIFTS and outcome == "done")):
            continue
        again += 1
        record, file = line.get("record"), line.get("file")
        if act == "restrict":
            await restrict(store, str(record), who=str(line["who"]), reason=_REASON, though_absent=True)
        elif act == "lift a restriction":
            await lift_restriction(store, str(record))
        else:
            await _removed_again(store, settings, known, record, file, lifts=act in _LIFTS, who=str(line["who"]))
    return again


async def _removed_again(
    store: Store, settings: Settings, known: _Known, record: str | None, file: str | None, *, lifts: bool, who: str
) -> None:
    word, removal = str(record or file), Removal(who, _REASON)
    name = known.named.get(word)
    if lifts:
        # Of what was loaded after the backup only its word is known.
        await lift(store, record=name or word if record else None, file_hash=name or word if file else None)
        return
    await refuse(store, word, removal)
    if name is not None:
        records, hashed = ([name] if record else []), (name if file else None)
        gone = await leftovers.of_removal(store, records, hashed)
        await asyncio.to_thread(leftovers.clear, settings, gone)
        await remove(store, records, file_hash=hashed, removal=removal)
