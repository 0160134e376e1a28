"""What is done for the audit while a store is open, and once when it is closed: a checkpoint each minute,
and the index brought up to date, so that who looks into the audit need not wait for it.

Nobody waits for it: where it cannot be done, that is said in the service's own log, and answers go on.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

from missingnet.graph import times
from missingnet.graph.audit import AuditUnavailable, checkpoints
from missingnet.graph.audit.checkpoints import Checkpoint, NoCheckpoint
from missingnet.graph.audit.index import Index, IndexUnavailable
from missingnet.settings import Settings

log = logging.getLogger("missingnet.audit")

#: Seconds between two checkpoints.
EVERY: Final = 60.0


@asynccontextmanager
async def keeping(audit: Path, settings: Settings) -> AsyncIterator[None]:
    """Keep what the audit needs as long as this lasts."""

    async def go_on() -> None:
        while True:
            await asyncio.sleep(EVERY)
            await asyncio.to_thread(_once, audit, settings)

    task = asyncio.create_task(go_on())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await asyncio.to_thread(_once, audit, settings)


def _once(audit: Path, settings: Settings) -> None:
    try:
        checkpoint(audit, settings)
    except (NoCheckpoint, AuditUnavailable) as error:
        log.error("no checkpoint of the audit was made: %s", error)
    except (OSError, ValueError) as error:
        log.error("no checkpoint of the audit was made: %s", type(error).__name__)
    try:
        _, fault = Index(audit).catch_up()
    except (IndexUnavailable, AuditUnavailable, OSError) as error:
        log.warning("the audit's index was not brought up to date: %s", type(error).__name__)
    else:
        if fault:
            log.error("the audit is broken: %s", fault)


def checkpoint(audit: Path, settings: Settings) -> Checkpoint | None:
    """Make a checkpoint of this installation's audit; None when nothing was written since the last.

    A folder that was named is not made: where another disk should be and is not, that must be seen.

    :raises NoCheckpoint: none could be made; says why.
    """
    folder = settings.checkpoint_folder
    if settings.audit_checkpoints is None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return checkpoints.make(audit, folder, checkpoints.signer(settings.checkpoint_key()), times.now())
