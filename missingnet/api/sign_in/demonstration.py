"""The demonstration's door: anybody on this machine says which reader to be. It checks nobody, and says so.

It is served on a loopback address alone (`binding`), to requests that name this machine and came through no proxy
(`same_origin`), and it is not there at all where an organisation's sign-in is set (`missingnet serve`).
"""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import Request

from missingnet.api import refusals
from missingnet.api.opening import known_readers
from missingnet.api.reader import Asker, purpose_stated
from missingnet.api.refusals import Refused
from missingnet.api.sessions import IDLE, LONGEST, Held, Session
from missingnet.graph import times
from missingnet.graph.access import Reader
from missingnet.settings import Settings


class Demonstration:
    """Readers by their names: in two headers, or in a session begun by choosing one."""

    demonstration = True
    cookie = "missingnet_session"
    secure = False

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.sessions: Held[Session] = Held(IDLE, LONGEST)

    def readers(self) -> Mapping[str, Reader]:
        """The demonstration's readers, and those of readers.toml."""
        return known_readers(self._settings)

    def named(self, name: str) -> Reader:
        """The reader of that name."""
        found = self.readers().get(name.strip())
        if found is None:
            raise Refused(refusals.READER_UNKNOWN)
        return found

    def asker(self, request: Request) -> Asker:
        """Who asks, by the two headers, or else by the session: refused in words when either is missing."""
        name = request.headers.get("x-reader")
        if name is None and "x-purpose" not in request.headers:
            session = self.sessions.find(request.cookies.get(self.cookie), times.now())
            if session is None or session.purpose is None:
                raise Refused(refusals.READER_MISSING)
            return Asker(self.named(session.reader), session.purpose)
        if not name or not name.strip():
            raise Refused(refusals.READER_MISSING)
        reader = self.named(name)
        return Asker(reader, purpose_stated(request, reader))
