"""Opening what every door needs: the engine, refused when it is not safe; the audit; and the store over both."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from missingnet.api.keeping import keeping
from missingnet.graph import access
from missingnet.graph.audit import Audit
from missingnet.graph.engine import demand_safe, open_engine
from missingnet.graph.store import Store
from missingnet.settings import Settings

Say = Callable[[str], None]


def audit_file(settings: Settings) -> Path:
    """Where the audit of this installation is written."""
    return settings.home / "audit" / "audit.jsonl"


def audit_of(settings: Settings) -> Audit:
    """The audit of this installation."""
    settings.make_home()
    return Audit(audit_file(settings), settings.secret_key(), settings.audit_patience)


def readers_file(settings: Settings) -> Path:
    """Where an installation names readers of its own, beside the demonstration's."""
    return settings.home / "readers.toml"


def known_readers(settings: Settings) -> Mapping[str, access.Reader]:
    """The readers by name. Where an organisation signs people in, its groups are in the place of the demonstration's.

    :raises UnsafeSignIn: the sign-in file cannot be used.
    """
    if settings.sign_in is None:
        return access.readers(readers_file(settings))
    from missingnet.api.sign_in.configuration import group_readers, read_sign_in

    own = access.readers(readers_file(settings), demonstration=False)
    return {**own, **group_readers(read_sign_in(settings.sign_in))}


class Unfinished(RuntimeError):
    """A restore into this place was ended in the middle: what stands there is not the whole."""

    remedy = "Give `missingnet restore` again; it begins by taking away what stands of the first."


def unfinished_file(settings: Settings) -> Path:
    """What stands in the state folder as long as a backup is being restored into it."""
    return settings.home / "restore.unfinished"


def unfinished(settings: Settings) -> bool:
    """True when a restore has begun here, and has not ended."""
    path = unfinished_file(settings)
    return path.exists() and path.stat().st_size > 0


@asynccontextmanager
async def opened(settings: Settings, say: Say | None = None) -> AsyncIterator[Store]:
    """The store of this installation, open; its engine started where it is ours to start.

    :raises EngineError: the engine could not be opened. `UnsafeEngine` is one: it says every reason and remedy.
    :raises Unfinished: a backup was restored here in part.
    """
    if unfinished(settings):
        raise Unfinished("A restore of a backup into this place was not finished, so nothing of it is shown")
    connection = await asyncio.to_thread(open_engine, settings, say)
    store = await Store.open(connection, settings.secret_key(), audit_of(settings), settings.home / "writer.lock")
    async with store, keeping(store.audit.path, settings):
        missing = await store.missing_constraints()
        await asyncio.to_thread(demand_safe, settings, connection, lambda: missing)
        yield store
