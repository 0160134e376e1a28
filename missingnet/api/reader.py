"""The door: who is asking and why, on every route; one that does not say what it needs cannot be mounted (N4, N7)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from missingnet.api import refusals
from missingnet.api.refusals import Refused
from missingnet.api.sessions import COOKIE, Sessions
from missingnet.graph import access, times
from missingnet.graph.access import AccessError, Purpose, Reader

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1", "[::1]"})
#: A meeting or case is named by a short reference, never by a person's name: no sentence fits in it.
REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,39}")
#: The role that may send files in.
LOADER = "loader"
#: The role that may judge: who is whom, what still holds, how a difference stands.
JUDGE = "judge"


class Permission(StrEnum):
    """What a route needs before it does anything."""

    NOTHING = "no data: open to anyone who can reach the service"
    SIGNS_IN = "no data: the demonstration's own sign-in"
    READS = "a reader and a purpose"
    COUNTS = "a reader and a purpose; readers without names as well, who see hidden small numbers and no child"
    LOADS = "a reader with the role of data officer, and a purpose"
    JUDGES = "a reader with the role of judge, and a purpose"
    AUDITS = "a reader with the role of auditor, and the purpose AUDIT"


@dataclass(frozen=True, slots=True)
class Asker:
    """A reader with a stated purpose: what every question is asked as."""

    reader: Reader
    purpose: Purpose

    @property
    def words(self) -> str:
        """The line that stands on every page: who views, for what."""
        return f"{self.reader.title} for {self.purpose.code} {self.purpose.reference}".rstrip()

    @property
    def may_load(self) -> bool:
        """True for a data officer, who may send files in."""
        return LOADER in self.reader.roles

    @property
    def may_judge(self) -> bool:
        """True for those who may say who is whom, what still holds and how a difference stands, and undo it."""
        return JUDGE in self.reader.roles

    @property
    def may_audit(self) -> bool:
        """True for those who may read who looked at whom, while they say that it is for this that they ask."""
        return self.purpose.code == access.AUDIT and not _AUDITORS.isdisjoint(self.reader.roles)

    @property
    def audited_agency(self) -> str | None:
        """Whose people's doings an auditor may read; None: everybody's."""
        return None if access.PARTNERSHIP_AUDITOR in self.reader.roles else self.reader.agency


_AUDITORS = frozenset({access.AUDITOR, access.PARTNERSHIP_AUDITOR})


def purpose_in(text: str) -> Purpose:
    """The purpose in a header such as 'MASE case-12': a code of the list and, after a space, the meeting or case."""
    try:
        purpose = Purpose.parse(text)
    except AccessError as error:
        raise Refused(refusals.PURPOSE_UNKNOWN, str(error)) from error
    if purpose.reference and not REFERENCE.fullmatch(purpose.reference):
        raise Refused(refusals.REFERENCE_NOT_UNDERSTOOD)
    return purpose


def reader_named(name: str, extra: Path | None = None) -> Reader:
    """The reader of that name."""
    try:
        return access.reader(name.strip(), extra)
    except AccessError as error:
        raise Refused(refusals.READER_UNKNOWN) from error


def who_asks(request: Request) -> Asker:
    """Who asks, by the two headers, or else by the signed-in session: refused in words when either is missing."""
    name, stated = request.headers.get("x-reader"), request.headers.get("x-purpose")
    if name is None and stated is None:
        sessions: Sessions = request.app.state.sessions
        session = sessions.find(request.cookies.get(COOKIE), times.now())
        if session is None:
            raise Refused(refusals.READER_MISSING)
        return Asker(reader_named(session.reader, request.app.state.readers_file), session.purpose)
    if not name or not name.strip():
        raise Refused(refusals.READER_MISSING)
    if not stated or not stated.strip():
        raise Refused(refusals.PURPOSE_MISSING)
    return Asker(reader_named(name, request.app.state.readers_file), purpose_in(stated))


def asker_or_none(request: Request) -> Asker | None:
    """Who asks, or nobody: for the words on pages that hold no data."""
    try:
        return who_asks(request)
    except Refused:
        return None


def _needs(permission: Permission, check: Callable[..., Any]) -> Callable[..., Any]:
    check.permission = permission  # type: ignore[attr-defined]
    return check


async def no_data(request: Request) -> None:
    """Declare a route that holds no data."""


async def signs_in(request: Request) -> None:
    """Declare a route of the demonstration's sign-in."""


async def reads(request: Request) -> Asker:
    """Declare a route that shows data to a reader with a purpose, and may name children: not to who sees numbers only.

    They are told so whatever the address holds: the same for what exists and what does not.
    """
    asker = who_asks(request)
    if not asker.reader.names:
        raise Refused(refusals.NUMBERS_ONLY)
    return asker


async def counts(request: Request) -> Asker:
    """Declare a route that shows tables alone, or no data."""
    return who_asks(request)


async def loads(request: Request) -> Asker:
    """Declare a route for data officers. Others are told so: the route's existence is no secret, a child's is."""
    asker = await reads(request)
    if not asker.may_load:
        raise Refused(refusals.NOT_ALLOWED)
    return asker


async def judges(request: Request) -> Asker:
    """Declare a route for those who judge."""
    asker = await reads(request)
    if not asker.may_judge:
        raise Refused(refusals.NOT_ALLOWED)
    return asker


async def audits(request: Request) -> Asker:
    """Declare a route for those who keep watch over who looks at whom."""
    asker = await reads(request)
    demand_auditor(asker)
    return asker


def demand_auditor(asker: Asker) -> None:
    """Raise unless this reader may read the audit, for the purpose of reading it."""
    if not asker.may_audit:
        raise Refused(refusals.NO_AUDITOR)


_needs(Permission.NOTHING, no_data)
_needs(Permission.SIGNS_IN, signs_in)
_needs(Permission.READS, reads)
_needs(Permission.COUNTS, counts)
_needs(Permission.LOADS, loads)
_needs(Permission.JUDGES, judges)
_needs(Permission.AUDITS, audits)

Open = Depends(no_data)
SigningIn = Depends(signs_in)
Reading = Annotated[Asker, Depends(reads)]
Counting = Annotated[Asker, Depends(counts)]
Loading = Annotated[Asker, Depends(loads)]
Judging = Annotated[Asker, Depends(judges)]
Auditing = Annotated[Asker, Depends(audits)]


class UndeclaredRoute(RuntimeError):
    """A route was written without saying what it needs; the service does not start with it."""


class GuardedRoute(APIRoute):
    """A route that states exactly one permission, or is refused while the service starts."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        super().__init__(path, endpoint, **options)
        self.permission = permission_of(self)


def permission_of(route: APIRoute) -> Permission:
    """The one permission that a route declares, by itself or through what it depends on."""
    declared = set(_declared(route.dependant))
    if len(declared) != 1:
        raise UndeclaredRoute(f"{route.path} declares {len(declared)} permissions; each route needs exactly one")
    return declared.pop()


def _declared(dependant: Dependant) -> Iterator[Permission]:
    for dependency in dependant.dependencies:
        permission = getattr(dependency.call, "permission", None)
        if isinstance(permission, Permission):
            yield permission
        yield from _declared(dependency)
