"""Writing the audit: whoever waits at the same time is flushed to disk together, and nobody waits for ever.

One thread at a time writes, with one flush for all that came in during the last one. It is a thread of its own, for
nothing can interrupt a flush on a disk that does not answer: those who wait are refused instead, and a record of
theirs that reaches the disk after all is followed by one which says that it was not released.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from missingnet.graph.audit.chain import BEGINNING, MENDED, PATIENCE, AuditUnavailable, Link, end_of, line_of
from missingnet.graph.disk import flush

log = logging.getLogger("missingnet.audit")

#: Seconds after which a writing thread with nothing to write ends.
IDLE: Final = 1.0
#: What a record says of records that were written, but too late for those who waited for them.
NOT_RELEASED: Final = "not released"
#: What a record says that was written to see whether the audit can be written again.
RESUMED: Final = "resume"
#: With less room than this on the disk, the service says that it is not ready.
ROOM: Final = 1024 * 1024


@dataclass(slots=True, eq=False)
class _Waiting:
    """A record that waits to be written, or was; ``given_up`` when nobody waits for it any more."""

    fields: str
    done: threading.Event = field(default_factory=threading.Event)
    link: Link | None = None
    error: Exception | None = None
    given_up: bool = False


class Writer:
    """Appends to one file, shared safely by the threads of this process and by other processes.

    ``patience`` are the seconds that anybody waits for the disk.
    """

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        self._path = path
        self.patience = patience
        self._turn = threading.Condition()
        self._queue: list[_Waiting] = []
        self._running = False
        self._since: float | None = None
        self._failed = False
        # Only the writing thread touches this.
        self._last: Link | None = None

    def write(self, entry: Mapping[str, Any]) -> str:
        """Append one record. When this returns, it is on the disk. Returns its hash.

        :raises AuditUnavailable: it could not be written whole, or not in time.
        """
        one = _Waiting(json.dumps(entry, ensure_ascii=True, sort_keys=True, separators=(",", ":"))[1:-1])
        with self._turn:
            if self._stalled():
                raise AuditUnavailable("the disk with the audit does not answer")
            self._wait(one)
        if not one.done.wait(self.patience):
            with self._turn:
                one.given_up = not one.done.is_set()
                if one in self._queue:
                    self._queue.remove(one)
            if one.given_up:
                raise AuditUnavailable("the disk with the audit does not answer")
        if one.link is None:
            raise one.error or AuditUnavailable("the audit cannot be written")
        return one.link.head

    def trouble(self) -> str | None:
        """Why nothing can be recorded now; None: it can. Writes nothing unless the last writing failed."""
        with self._turn:
            if self._stalled():
                return "the disk with the audit does not answer"
        if self._path.parent.exists():
            if not os.access(self._path if self._path.exists() else self._path.parent, os.W_OK):
                return "the audit file cannot be opened"
            room = os.statvfs(self._path.parent)
            if room.f_bavail * room.f_frsize < ROOM:
                return "the disk with the audit is full"
        if self._failed:
            # Only writing shows whether what failed is over. That it is stands in the chain then.
            try:
                self.write({"act": RESUMED})
            except AuditUnavailable as error:
                return str(error)
        return None

    def _stalled(self) -> bool:
        return self._since is not None and time.monotonic() - self._since > self.patience

    def _wait(self, one: _Waiting) -> None:
        self._queue.append(one)
        if self._running:
            self._turn.notify()
        else:
            self._running = True
            threading.Thread(target=self._run, name="audit", daemon=True).start()

    def _run(self) -> None:
        while True:
            with self._turn:
                if not self._turn.wait_for(lambda: self._queue, IDLE):
                    self._running = False
                    return
                batch, self._queue = self._queue, []
                self._since = time.monotonic()
            error = self._commit(batch)
            with self._turn:
                self._since = None
                self._failed = error is not None
                late = []
                for one in batch:
                    one.error = error
                    one.done.set()
                    if one.given_up and one.link is not None:
                        late.append(one.link.sequence)
                if late:
                    said = {"act": NOT_RELEASED, "sequences": late}
                    self._wait(_Waiting(json.dumps(said, separators=(",", ":"))[1:-1]))

    def _commit(self, batch: Sequence[_Waiting]) -> Exception | None:
        """Write and flush these; each then has its link. What went wrong, when none of them has."""
        try:
            new = not self._path.exists()
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError:
            return AuditUnavailable("the audit file cannot be opened")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            self._append(handle, batch)
            if new:
                flush(self._path.parent)
        except OSError:
            return AuditUnavailable("the audit file cannot be written")
        except AuditUnavailable as error:
            return error
        finally:
            os.close(handle)
        return None

    def _append(self, handle: int, batch: Sequence[_Waiting]) -> None:
        size = os.fstat(handle).st_size
        last, said = self._last, []
        self._last = None
        if last is None or last.end != size:
            last = end_of(handle, size) if size else BEGINNING
        if last.end < size:
            os.ftruncate(handle, last.end)
            log.warning("the audit's last write had not finished: %d bytes cut off", size - last.end)
            said = [_Waiting(json.dumps({"act": MENDED, "bytes": size - last.end}, separators=(",", ":"))[1:-1])]
        start, lines, links = last.end, [], []
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        for one in (*said, *batch):
            more = f",{one.fields}" if one.fields else ""
            line, last = line_of(last, f'{{"sequence":{last.sequence + 1},"at":"{at}"{more}}}'.encode())
            lines.append(line)
            links.append(last)
        whole = b"".join(lines)
        try:
            if os.write(handle, whole) != len(whole):
                raise OSError("short write")
            os.fdatasync(handle) if hasattr(os, "fdatasync") else os.fsync(handle)
        except OSError:
            os.ftruncate(handle, start)
            raise
        for one, link in zip((*said, *batch), links, strict=True):
            one.link = link
        self._last = last
