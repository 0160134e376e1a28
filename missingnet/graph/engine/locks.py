"""Two locks of a graph folder, both let go by the kernel when their holder dies, so neither can go stale."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from missingnet.graph.engine.connection import EngineError


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


@contextmanager
def starting(folder: Path, seconds: float) -> Iterator[None]:
    """Only one process at a time looks whether the server runs, starts it or stops it."""
    descriptor = _opened(folder / "starting.lock")
    try:
        give_up = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > give_up:
                    raise EngineError(
                        f"Another process has been starting or stopping the graph engine in {folder} for more than "
                        f"{seconds:.0f} seconds. Wait for it, or end it, and try again."
                    ) from None
                time.sleep(0.05)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def held_for_server(folder: Path) -> Iterator[int]:
    """A held lock for the server to inherit: it stays held exactly as long as the server lives."""
    descriptor = _opened(folder / "server.lock")
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield descriptor
    finally:
        os.close(descriptor)


def server_lives(folder: Path) -> bool:
    """True while a server of this folder is running, whoever started it; never misled by a number used again."""
    if not (folder / "server.lock").exists():
        return False
    descriptor = _opened(folder / "server.lock")
    try:
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return False
        return True
    finally:
        os.close(descriptor)
