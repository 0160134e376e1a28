"""While the service runs, an embedded server that died is started again."""

import threading
from collections.abc import Callable

from missingnet.graph.engine.connection import Connection, EngineError
from missingnet.graph.engine.locks import server_lives
from missingnet.graph.engine.opening import open_engine
from missingnet.settings import Settings

LOOK_SECONDS = 1.0
LONGEST_PAUSE = 60.0

Say = Callable[[str], None]


class Watcher:
    """Restarts the embedded server when its process has ended, with pauses that double up to a minute.

    It watches the process, not the answers: a question that takes long must not get its server killed. A Neo4j is
    looked after by whoever runs it, so there the watcher does nothing. The restarted server keeps its port unless
    somebody took it; `on_restart` is given the connection that now holds.
    """

    def __init__(
        self,
        settings: Settings,
        on_restart: Callable[[Connection], None] | None = None,
        say: Say | None = None,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._settings = settings
        self._on_restart = on_restart
        self._say = say
        self._look_seconds = look_seconds
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        if self._settings.graph_kind == "embedded" and self._thread is None:
            self._ended.clear()
            self._thread = threading.Thread(target=self._watch, name="graph-watcher", daemon=True)
            self._thread.start()

    def stop(self, seconds: float = 5.0) -> None:
        """Ends the watching, not the server; returns after at most the given time."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join(seconds)
            self._thread = None

    def __enter__(self) -> "Watcher":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _watch(self) -> None:
        pause = self._look_seconds
        while not self._ended.wait(pause):
            if server_lives(self._settings.graph_folder):
                pause = self._look_seconds
                continue
            try:
                connection = open_engine(self._settings, self._say)
            except (EngineError, OSError) as problem:
                if self._say is not None:
                    self._say(f"The graph engine could not be started again, and will be tried later. {problem}")
                pause = min(LONGEST_PAUSE, pause * 2)
                continue
            # A server that dies again at once is not started again at once.
            pause = min(LONGEST_PAUSE, pause * 2)
            if self._on_restart is not None:
                self._on_restart(connection)
