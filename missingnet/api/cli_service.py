"""`missingnet serve`, `demo`, `stop`, `status` and `fingerprint`: running the service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from missingnet.api.cli_words import JSON, say, show, show_json, with_store

if TYPE_CHECKING:
    from missingnet.graph.store import Store
    from missingnet.settings import Settings

#: Enough for every planted network, and loaded within three minutes on two processors.
CHILDREN = 300
PORT = Annotated[int | None, typer.Option(help="Port to serve on. Default: MISSINGNET_PORT, or 8000.")]


class NotServed(RuntimeError):
    """The service did not start; says what was found."""


def add_commands(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command("demo")(demo)
    app.command("serve")(serve)
    app.command("status")(status)
    app.command("stop")(stop)
    app.command("fingerprint")(fingerprint)


def _settings(port: int | None) -> Settings:
    from missingnet.settings import settings

    chosen = settings()
    return chosen if port is None else chosen.model_copy(update={"port": port})


def demo(
    port: PORT = None,
    children: Annotated[
        int, typer.Option(help="How many children of concern the partnership has when it is first invented.")
    ] = CHILDREN,
) -> None:
    """Invent a partnership, load it once, and serve it on this machine with four things to try."""
    from missingnet.api.binding import bound

    chosen = _settings(port)
    if chosen.sign_in is not None:
        raise NotServed(
            "MISSINGNET_SIGN_IN names an organisation's sign-in, and the demonstration checks nobody. Unset it, and "
            "set MISSINGNET_HOME to an empty folder for the demonstration."
        )
    bound(chosen).close()
    _start(chosen)
    from missingnet.api import demo as demonstration
    from missingnet.api.serving import serve as run

    async def prepared(store: Store, settings: Settings) -> demonstration.Demo:
        return await demonstration.prepare(store, settings, children)

    ready = with_store(prepared)
    if not run(chosen, lambda address: show_now(demonstration.things_to_try(ready, address))):
        raise NotServed("The service did not start. `missingnet status` says how the graph is.")


def _start(chosen: Settings) -> None:
    """Start the graph's engine while this program's own parts are read: each takes a second or two."""
    from concurrent.futures import ThreadPoolExecutor
    from importlib import import_module

    from missingnet.graph.engine import open_engine

    with ThreadPoolExecutor(1) as beside:
        started = beside.submit(open_engine, chosen, say)
        import_module("missingnet.api.serving")
    started.result()


def show_now(words: str) -> None:
    """A line that is seen at once, also through a pipe."""
    import sys

    show(words)
    sys.stdout.flush()


def serve(port: PORT = None) -> None:
    """Serve the pages and the api: on this machine, or through a TLS proxy to whom MISSINGNET_SIGN_IN signs in."""
    from missingnet.api.binding import bound

    chosen = _settings(port)
    bound(chosen).close()
    _start(chosen)
    from missingnet.api.serving import serve as run

    who = (
        "Readers are the demonstration's: nobody is checked, so it is for invented records."
        if chosen.sign_in is None
        else "People sign in through their organisation."
    )
    if not run(chosen, lambda address: show_now(f"MissingNet is on {address}. {who} Ctrl+C ends it.")):
        raise NotServed("The service did not start. `missingnet status` says how the graph is.")


def status(as_json: JSON = False) -> None:
    """Say how the graph is, where its state is kept, and whether the audit can be written. Starts nothing."""
    from missingnet.api.opening import audit_file
    from missingnet.graph.audit.writing import Writer
    from missingnet.graph.engine import engine_state
    from missingnet.settings import settings

    chosen = settings()
    found, trouble = engine_state(chosen), Writer(audit_file(chosen)).trouble()
    if as_json:
        engine = {"kind": found.kind, "state": found.state, "address": found.address, "pid": found.pid}
        show_json({**engine, "audit": trouble})
        return
    show(f"Graph: {found.kind}, {found.state}" + (f", {found.address}" if found.address else ""))
    show(f"State folder: {chosen.home}")
    show(f"Audit: {f'nothing is shown to anybody, for {trouble}' if trouble else 'can be written'}")
    if found.state == "killed":
        show("The graph had ended without being stopped. The next command that needs it starts it again.")


def stop() -> None:
    """End the graph engine that was started for the state folder."""
    from missingnet.graph.engine import stop_engine
    from missingnet.settings import settings

    chosen = settings()
    if chosen.graph_kind == "neo4j":
        show("The graph is a Neo4j that somebody else runs; it is not ended from here.")
    elif stop_engine(chosen):
        show("The graph engine is ended.")
    else:
        show("No graph engine was running for this state folder.")


def fingerprint() -> None:
    """Print a hash of what the graph says: the same for the same records, in whatever order they were loaded."""

    async def found(store: Store, _: Settings) -> str:
        return await store.fingerprint()

    show(with_store(found))
