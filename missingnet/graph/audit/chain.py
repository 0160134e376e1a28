"""The chain: one line a record, ``body TAB sha256(previous hash + body)``, so that any change, removal or reordering
shows. It cannot show that whole records were cut from the very end, or the whole written afresh: for that there are
checkpoints, kept elsewhere.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import orjson

#: What stands for the hash before the first record.
START: Final = "0" * 64
#: Seconds that anybody waits for the disk with the audit.
PATIENCE: Final = 2.0
#: What a record says that was written because the one before it had not been written whole.
MENDED: Final = "mend"


class AuditUnavailable(RuntimeError):
    """The audit cannot be written. Nothing may be shown until it can (SECURITY A3)."""

    remedy = "Make room on its disk, or wait until the disk answers. `missingnet status` says how it is."


class AuditDamaged(AuditUnavailable):
    """The last record is not what was written there. Nothing is added to a chain that is broken."""

    remedy = "Run `missingnet audit verify`, keep the file as it is, and move it away before another is begun."


@dataclass(frozen=True, slots=True)
class Link:
    """How far a chain goes: the last record's number and hash, and the byte after it."""

    sequence: int
    head: str
    end: int


BEGINNING: Final = Link(0, START, 0)


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it stands in the file, its hash checked against the record before it; what it says, and when it was
    written (UTC)."""

    link: Link
    line: bytes
    told: dict[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking the chain found. ``torn`` are the bytes after it that were not written whole, which nobody was
    answered by; ``mended`` how often such an end was cut off before."""

    last: Link
    fault: str | None
    torn: int
    mended: int

    @property
    def records(self) -> int:
        """How many records are sound."""
        return self.last.sequence


def chained(previous: str, body: bytes) -> str:
    """The hash of a record after one that ends in ``previous``."""
    return hashlib.sha256(previous.encode() + body).hexdigest()


def line_of(after: Link, body: bytes) -> tuple[bytes, Link]:
    """The record's line, and how far the chain goes with it."""
    head = chained(after.head, body)
    line = body + b"\t" + head.encode() + b"\n"
    return line, Link(after.sequence + 1, head, after.end + len(line))


class Broken(ValueError):
    """A line that does not follow from the line before it; says which and how."""


def records(path: Path, after: Link = BEGINNING, size: int | None = None) -> Iterator[Record]:
    """The records after a place in the chain, each checked, up to ``size`` bytes; an unfinished last line is left out.

    :raises Broken: a line does not follow from the one before it.
    """
    if size == 0 or not path.exists():
        return
    with path.open("rb") as lines:
        lines.seek(after.end)
        for line in lines:
            if not line.endswith(b"\n") or (size is not None and after.end + len(line) > size):
                return
            body = line[:-1].rpartition(b"\t")[0]
            number = after.sequence + 1
            whole, link = line_of(after, body)
            if whole != line:
                raise Broken(f"record {number} does not follow from the record before it")
            told = _told(body)
            if told.get("sequence") != number:
                raise Broken(f"record {number} carries another number")
            at = _time(told)
            if at is None:
                raise Broken(f"record {number} carries no time")
            yield Record(link, line, told, at)
            after = link


def _told(body: bytes) -> dict[str, Any]:
    try:
        told = orjson.loads(body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _time(told: dict[str, Any]) -> datetime | None:
    try:
        return datetime.fromisoformat(told["at"]).astimezone(UTC).replace(tzinfo=None)
    except (KeyError, TypeError, ValueError):
        return None


def verify(path: Path, after: Link = BEGINNING, each: Callable[[Link], None] | None = None) -> Verdict:
    """Check the whole chain, as far as it was written when this began. The first record that is broken is named.

    ``each`` is told how far the chain goes with each record that is sound.
    """
    size = settled_size(path)
    last, mended, fault = after, 0, None
    try:
        for record in records(path, after, size):
            last = record.link
            if each is not None:
                each(last)
            mended += record.told.get("act") == MENDED
    except Broken as error:
        fault = str(error)
    return Verdict(last, fault, 0 if fault else max(0, size - last.end), mended)


def settled_size(path: Path) -> int:
    """How long the file is while nobody writes to it; 0 when there is none.

    :raises AuditUnavailable: somebody has been writing for longer than anybody waits.
    """
    if not path.exists():
        return 0
    with path.open("rb") as file, _shared(file.fileno()):
        return os.fstat(file.fileno()).st_size


@contextmanager
def _shared(handle: int) -> Iterator[None]:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            break
        except BlockingIOError as error:
            if time.monotonic() > until:
                raise AuditUnavailable("the audit is being written, and that does not end") from error
            time.sleep(0.002)
    try:
        yield
    finally:
        fcntl.flock(handle, fcntl.LOCK_UN)


def end_of(handle: int, size: int) -> Link:
    """How far the chain in the file goes. ``end`` is less than ``size`` where the last line was not written whole.

    :raises AuditDamaged: the last whole record is not what was written there.
    """
    tail, start = b"", size
    while start > 0 and tail.count(b"\n") < 3:
        step = min(65536, start)
        start -= step
        tail = os.pread(handle, step, start) + tail
    whole = tail[: tail.rfind(b"\n") + 1]
    lines = whole.splitlines(keepends=True)
    if not lines:
        return BEGINNING
    last = lines[-1]
    before = lines[-2][:-1].rpartition(b"\t")[2].decode("ascii", "replace") if len(lines) > 1 else START
    body, _, digest = last[:-1].rpartition(b"\t")
    number = _told(body).get("sequence")
    if chained(before, body).encode() != digest or not isinstance(number, int):
        raise AuditDamaged("the audit's last record is not what was written there")
    return Link(number, digest.decode(), start + len(whole))
