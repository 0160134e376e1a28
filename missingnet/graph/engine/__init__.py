"""The graph's engine: opened, watched, stopped, and refused when it is not safe.

`open_engine(settings)` gives a `Connection` to the embedded server of a state folder (started when it is not
running) or to a Neo4j that somebody else runs. What is asked over the connection is the store's business.
"""

from missingnet.graph.engine.connection import Connection, EngineError, UnsafeEngine
from missingnet.graph.engine.opening import EngineState, engine_state, open_engine, stop_engine
from missingnet.graph.engine.safety import demand_safe, refuse_unsafe
from missingnet.graph.engine.watcher import Watcher

__all__ = [
    "Connection",
    "EngineError",
    "EngineState",
    "UnsafeEngine",
    "Watcher",
    "demand_safe",
    "engine_state",
    "open_engine",
    "refuse_unsafe",
    "stop_engine",
]
