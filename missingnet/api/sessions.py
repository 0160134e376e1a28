"""Signed-in sessions: kept here and not in the browser, ended by sign-out, idleness, age or a restart (S2)."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from missingnet.graph.access import Purpose

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=8)
#: More than one service can need: the one that was idle longest is ended, so that memory stays bounded.
MOST = 5000

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class _Kept(Generic[Value]):
    value: Value
    started: datetime
    used: datetime


class Held(Generic[Value]):
    """What is held for browsers. A cookie is a random number and its signature, and says nothing about a person.

    :param idle: unused for longer, it is forgotten.
    :param longest: older, it is forgotten.
    """

    def __init__(self, idle: timedelta, longest: timedelta) -> None:
        self._idle, self._longest = idle, longest
        # A fresh key at each start: a cookie from before a restart opens nothing.
        self._key = secrets.token_bytes(32)
        self._open: dict[str, _Kept[Value]] = {}

    def begin(self, value: Value, now: datetime) -> str:
        """Hold it under a new number and return the value of its cookie."""
        return self._hold(_Kept(value, now, now), now)

    def find(self, cookie: str | None, now: datetime) -> Value | None:
        """What a cookie stands for, marked as used now; None when it is forged, ended, idle or too old."""
        number = self._number(cookie)
        kept = self._open.get(number) if number else None
        if number is None or kept is None:
            return None
        if not self._lives(kept, now):
            del self._open[number]
            return None
        self._open[number] = _Kept(kept.value, kept.started, now)
        return kept.value

    def exchange(self, cookie: str | None, value: Value, now: datetime) -> str | None:
        """Hold another value under a new number in place of what the cookie stands for, which is no younger for it.

        None when the cookie stands for nothing.
        """
        if self.find(cookie, now) is None:
            return None
        number = self._number(cookie)
        kept = self._open.pop(number) if number else None
        return None if kept is None else self._hold(_Kept(value, kept.started, now), now)

    def end(self, cookie: str | None) -> Value | None:
        """Forget what a cookie stands for, and return it for the last time."""
        number = self._number(cookie)
        kept = self._open.pop(number, None) if number else None
        return None if kept is None else kept.value

    def take(self, cookie: str | None, now: datetime) -> Value | None:
        """What a cookie stands for, once."""
        found = self.find(cookie, now)
        self.end(cookie)
        return found

    def _hold(self, kept: _Kept[Value], now: datetime) -> str:
        if len(self._open) >= MOST:
            self._open = {number: one for number, one in self._open.items() if self._lives(one, now)}
        if len(self._open) >= MOST:
            del self._open[min(self._open, key=lambda number: self._open[number].used)]
        number = secrets.token_urlsafe(32)
        self._open[number] = kept
        return f"{number}.{self._sign(number)}"

    def _lives(self, kept: _Kept[Value], now: datetime) -> bool:
        return now - kept.used <= self._idle and now - kept.started <= self._longest

    def _number(self, cookie: str | None) -> str | None:
        number, _, signature = (cookie or "").partition(".")
        return number if number and hmac.compare_digest(signature.encode(), self._sign(number).encode()) else None

    def _sign(self, number: str) -> str:
        return hmac.new(self._key, number.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Session:
    """Who signed in, and the purpose they stated; through an organisation also the groups they came with.

    Until a purpose is stated the session opens nothing. ``group`` is the one in whose name they act: rights of two
    groups are never added up, for what one may see of a place and the other of a subject neither may see of both.
    ``proven`` is when they proved who they are, where they were sent to do so at that moment.
    """

    reader: str
    purpose: Purpose | None
    groups: tuple[str, ...] = ()
    group: str = ""
    proven: datetime | None = None
