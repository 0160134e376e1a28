"""The audit: who asked what, why, and whom it showed, flushed to disk before any of it is released.

One JSON line a record: ``body TAB sha256(previous hash + body)``. The chain shows any change, removal or reordering;
it cannot show that whole records were cut from the very end, for which checkpoints are kept elsewhere. It is a file
and not the graph, because whoever runs the graph could edit that (SECURITY §3).
Records hold opaque ids and keyed hashes, never names or search text (A6).
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
import re
import threading
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from missingnet.graph.access import Purpose, Reader

_START: Final = "0" * 64
#: Who gives a command on the service's own machine and names no reader.
OPERATOR: Final = "operator"


class AuditUnavailable(RuntimeError):
    """The audit cannot be written. Nothing may be shown until it can (SECURITY A3)."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking the chain found: how many records are sound, and the first fault, if any."""

    records: int
    fault: str | None


class Audit:
    """An append-only, hash-chained log in one file, shared safely by several processes.

    :param path: the file; its folder is made, private to the owner.
    :param secret: the key under which search text and names are hashed.
    """

    def __init__(self, path: Path, secret: bytes) -> None:
        self.path = path
        self._secret = secret
        self._mutex = threading.Lock()
        self._end = -1
        self._head = _START
        self._sequence = 0
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)

    def conceal(self, text: str) -> str:
        """A keyed hash of text that must not stand in the audit itself."""
        return "hash:" + hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()[:24]

    def entry(self, act: str, reader: Reader, purpose: Purpose) -> dict[str, Any]:
        """How every record begins: what was done, by whom, of which agency, and why; the reference concealed."""
        return {
            "act": act,
            "who": reader.name,
            "agency": reader.agency,
            "purpose": purpose.code,
            "reference": self.conceal(purpose.reference),
        }

    def operated(self, act: str) -> dict[str, Any]:
        """How a record begins where nobody is named as a reader: by the number of the account at the machine."""
        return {"act": act, "who": OPERATOR, "account": os.getuid()}

    def write(self, entry: Mapping[str, Any]) -> str:
        """Append one record and flush it. When this returns, the record is on the disk. Returns its hash.

        :raises AuditUnavailable: it could not be written whole; what was half-written is cut off again.
        """
        with self._mutex:
            try:
                handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            except OSError as error:
                raise AuditUnavailable("the audit file cannot be opened") from error
            try:
                fcntl.flock(handle, fcntl.LOCK_EX)
                return self._append(handle, entry)
            except OSError as error:
                raise AuditUnavailable("the audit file cannot be written") from error
            finally:
                os.close(handle)

    def _append(self, handle: int, entry: Mapping[str, Any]) -> str:
        size = os.fstat(handle).st_size
        if size != self._end:
            self._catch_up(handle, size)
            size = os.fstat(handle).st_size
        body = json.dumps(
            {"sequence": self._sequence + 1, "at": datetime.now(UTC).isoformat(timespec="milliseconds"), **entry},
            ensure_ascii=True,
            sort_keys=True,
            separators=(",", ":"),
        )
        digest = _chain(self._head, body)
        line = f"{body}\t{digest}\n".encode()
        try:
            if os.write(handle, line) != len(line):
                raise OSError("short write")
            os.fdatasync(handle) if hasattr(os, "fdatasync") else os.fsync(handle)
        except OSError:
            os.ftruncate(handle, size)
            self._end = -1
            raise
        self._head, self._sequence, self._end = digest, self._sequence + 1, size + len(line)
        return digest

    def _catch_up(self, handle: int, size: int) -> None:
        """Take the chain's end from the file, cutting off a line that a crash left half-written."""
        if size == 0:
            self._head, self._sequence, self._end = _START, 0, 0
            return
        tail, start = b"", size
        while start > 0 and tail.count(b"\n") < 2:
            step = min(65536, start)
            start -= step
            tail = os.pread(handle, step, start) + tail
        if not tail.endswith(b"\n"):
            whole = tail.rfind(b"\n") + 1
            os.ftruncate(handle, size - (len(tail) - whole))
            tail = tail[:whole]
        lines = tail.splitlines()
        if not lines:
            self._head, self._sequence = _START, 0
        else:
            body, _, digest = lines[-1].decode().rpartition("\t")
            self._head, self._sequence = digest, int(json.loads(body)["sequence"])
        self._end = os.fstat(handle).st_size

    def mentioning(self, ids: Collection[str]) -> Iterator[dict[str, Any]]:
        """The lines in which one of these ids stands, oldest first, as far as they are written whole."""
        if not ids or not self.path.exists():
            return
        wanted = re.compile("|".join(map(re.escape, sorted(ids))).encode())
        with self.path.open("rb") as lines:
            for line in lines:
                if line.endswith(b"\n") and wanted.search(line):
                    yield json.loads(line.rpartition(b"\t")[0])

    def verify(self) -> Verdict:
        """Check the whole chain. The first record that does not follow from the one before is named."""
        head, count = _START, 0
        if not self.path.exists():
            return Verdict(0, None)
        with self.path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if not line.endswith(b"\n"):
                    return Verdict(count, f"line {number} is cut short: the last write did not finish")
                body, _, digest = line[:-1].decode("utf-8", "replace").rpartition("\t")
                if _chain(head, body) != digest:
                    return Verdict(count, f"line {number} does not follow from the line before it")
                if json.loads(body).get("sequence") != number:
                    return Verdict(count, f"line {number} carries another number")
                head, count = digest, count + 1
        return Verdict(count, None)


def _chain(previous: str, body: str) -> str:
    return hashlib.sha256((previous + body).encode("utf-8", "surrogatepass")).hexdigest()
