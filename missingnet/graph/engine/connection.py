"""What the store needs to know about an engine in order to speak to it, and how an engine says it cannot be used."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Connection:
    """Where one engine listens and as whom to write and to ask.

    The passwords stay out of the representation, because representations end up in logs.
    """

    uri: str
    database: str
    write_auth: tuple[str, str] = field(repr=False)
    read_auth: tuple[str, str] = field(repr=False)
    kind: Literal["embedded", "neo4j"]
    read_only_user: bool
    """True: `read_auth` is a user whom the engine denies every write. False (Neo4j Community has no such users):
    questions must run with READ access mode, in which Neo4j itself refuses writes."""


class EngineError(RuntimeError):
    """The engine cannot be used now; the message says what happened and what to do."""


class UnsafeEngine(EngineError):
    """The engine runs in a way in which children's records must not be entrusted to it."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("The graph engine is not safe to use:\n" + "\n".join(f"- {reason}" for reason in reasons))
