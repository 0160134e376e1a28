"""Signed-in sessions of the loopback demonstration: kept in memory, ended by sign-out, idleness or age."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from missingnet.graph.access import Purpose

COOKIE = "missingnet_session"
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=8)
#: More sessions than one demonstration can need: the oldest is ended, so that memory stays bounded.
MOST = 500


@dataclass(frozen=True, slots=True)
class Session:
    """Who signed in, and the purpose they stated."""

    reader: str
    purpose: Purpose
    started: datetime
    used: datetime


class Sessions:
    """The sessions that are open. A cookie holds a random number and its signature, and nothing about a person."""

    def __init__(self) -> None:
        # A fresh key at each start: a cookie from before a restart opens nothing.
        self._key = secrets.token_bytes(32)
        self._open: dict[str, Session] = {}

    def begin(self, reader: str, purpose: Purpose, now: datetime) -> str:
        """Open a session under a new number and return the value of its cookie."""
        self._end_old(now)
        number = secrets.token_urlsafe(32)
        self._open[number] = Session(reader, purpose, now, now)
        return f"{number}.{self._sign(number)}"

    def find(self, cookie: str | None, now: datetime) -> Session | None:
        """The open session of a cookie, marked as used now; None when it is forged, ended, idle or too old."""
        number = self._number(cookie)
        session = self._open.get(number) if number else None
        if number is None or session is None:
            return None
        if now - session.used > IDLE or now - session.started > LONGEST:
            del self._open[number]
            return None
        session = Session(session.reader, session.purpose, session.started, now)
        self._open[number] = session
        return session

    def end(self, cookie: str | None) -> None:
        """End the session of a cookie, if there is one."""
        number = self._number(cookie)
        if number:
            self._open.pop(number, None)

    def _number(self, cookie: str | None) -> str | None:
        number, _, signature = (cookie or "").partition(".")
        return number if number and hmac.compare_digest(signature.encode(), self._sign(number).encode()) else None

    def _sign(self, number: str) -> str:
        return hmac.new(self._key, number.encode(), hashlib.sha256).hexdigest()

    def _end_old(self, now: datetime) -> None:
        kept = {n: s for n, s in self._open.items() if now - s.used <= IDLE and now - s.started <= LONGEST}
        newest = sorted(kept, key=lambda n: kept[n].used, reverse=True)[: MOST - 1]
        self._open = {n: kept[n] for n in newest}
