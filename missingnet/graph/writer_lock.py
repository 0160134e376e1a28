"""One writer at a time: a lock on a file, which names its holder and goes when its holder does, however it ends."""

from __future__ import annotations

import asyncio
import fcntl
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

_WAIT: Final = 120.0


class SomebodyWrites(RuntimeError):
    """Another process has been writing for too long; the message names it."""


@asynccontextmanager
async def writer_lock(path: Path, holder: str, wait: float = _WAIT) -> AsyncIterator[None]:
    """Hold the lock. Waits for another writer at most ``wait`` seconds.

    :raises SomebodyWrites: the other writer did not finish; says who it is and what to do.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    other = os.pread(handle, 200, 0).decode("utf-8", "replace").strip() or "another process"
                    raise SomebodyWrites(f"{other} is writing to the graph. Wait for it, or end it.") from None
                await asyncio.sleep(0.01)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"Process {os.getpid()} ({holder})\n".encode(), 0)
        yield
    finally:
        os.close(handle)
