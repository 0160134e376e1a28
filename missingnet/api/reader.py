"""The door: who is asking and why, on every route; one that does not say what it needs cannot be mounted (N4, N7)."""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Protocol

from fastapi import Depends, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from missingnet.api import door_lines, refusals
from missingnet.api.described import with_refusals
from missingnet.api.emergency_ledger import Ledger, Use
from missingnet.api.pace import Paces
from missingnet.api.refusals import Refused, Who
from missingnet.api.sessions import Held, Session
from missingnet.graph import access, times
from missingnet.graph.access import AccessError, Purpose, Reader

#: A meeting or case is named by a short reference, never by a person's name: no sentence fits in it.
REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,39}")
#: The role that may send files in.
LOADER = "loader"
#: The role that may judge: who is whom, what still holds, how a difference stands.
JUDGE = "judge"


class Permission(StrEnum):
    """What a route needs before it does anything."""

    NOTHING = "no data: open to anyone who can reach the service"
    SIGNS_IN = "no data: where somebody says, or proves, who they are"
    READS = "a reader and a purpose"
    COUNTS = "a reader and a purpose; readers without names as well, who see hidden small numbers and no child"
    LOADS = "a reader with the role of data officer, and a purpose"
    JUDGES = "a reader with the role of judge, and a purpose"
    AUDITS = "a reader with the role of auditor, and the purpose AUDIT"


#: From this status on an answer is a refusal.
_REFUSED = 400
_WITHOUT_DATA = frozenset({Permission.NOTHING, Permission.SIGNS_IN})


@dataclass(frozen=True, slots=True)
class Asker:
    """A reader with a stated purpose: what every question is asked as.

    ``scopes`` are what a machine's token allows; a person has none, and may do what the reader's roles say.
    ``emergency`` is what is open to a person in an emergency. It is no right of the reader's: only what they ask while
    it lasts is asked with it (:meth:`asking`), never what is kept, judged, counted or taken away. ``proven`` is when a
    person proved at that moment who they are.
    """

    reader: Reader
    purpose: Purpose
    scopes: frozenset[str] | None = None
    emergency: Use | None = None
    proven: datetime | None = None

    def asking(self, now: datetime) -> Reader:
        """The reader as whom a question is asked at this instant."""
        use = self.emergency
        return self.reader if use is None or not use.open(now) else replace(self.reader, emergency=use.emergency)

    @property
    def shut(self) -> Asker:
        """The same without what is open in an emergency."""
        return replace(self, emergency=None)

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
        return JUDGE in self.reader.roles and self.emergency is None

    def may(self, *scopes: str) -> bool:
        """True for a person, and for a machine whose token carries one of these scopes."""
        return self.scopes is None or not self.scopes.isdisjoint(scopes)

    @property
    def may_audit(self) -> bool:
        """True for people, and no machine, who may read who looked at whom, while they ask for this purpose."""
        auditor = not access.AUDITORS.isdisjoint(self.reader.roles)
        return auditor and self.scopes is None and self.purpose.code == access.AUDIT

    @property
    def audited_agency(self) -> str | None:
        """Whose people's doings an auditor may read; None: everybody's."""
        return None if access.PARTNERSHIP_AUDITOR in self.reader.roles else self.reader.agency


class Door(Protocol):
    """How this service knows who asks: by the demonstration's readers, or by an organisation's sign-in."""

    sessions: Held[Session]
    demonstration: bool
    """True when nobody is checked."""
    cookie: str
    """The name of the session's cookie."""
    secure: bool
    """True when cookies go over TLS alone."""

    def asker(self, request: Request) -> Asker:
        """Who asks; refused in words when that is not known, or no purpose was stated."""

    def readers(self) -> Mapping[str, Reader]:
        """Every reader, or every group of readers, that there may be here."""


def purpose_in(text: str, who: Who | None = None) -> Purpose:
    """The purpose in a header such as 'MASE case-12': a code of the list and, after a space, the meeting or case."""
    try:
        purpose = Purpose.parse(text)
    except AccessError as error:
        raise Refused(refusals.PURPOSE_UNKNOWN, str(error), who=who) from error
    if purpose.reference and not REFERENCE.fullmatch(purpose.reference):
        raise Refused(refusals.REFERENCE_NOT_UNDERSTOOD, who=who)
    return purpose


def purpose_stated(request: Request, reader: Reader) -> Purpose:
    """The purpose in the header of this reader's request."""
    who = Who(reader.name, reader.agency)
    stated = request.headers.get("x-purpose")
    if not stated or not stated.strip():
        raise Refused(refusals.PURPOSE_MISSING, who=who)
    return purpose_in(stated, who)


def who_asks(request: Request) -> Asker:
    """Who asks: found once for each request, for a machine's token is good for one."""
    found: Asker | None = getattr(request.state, "asker", None)
    if found is None:
        door: Door = request.app.state.door
        found = request.state.asker = with_emergency(door.asker(request), request.app.state.emergencies)
    return found


def with_emergency(asker: Asker, ledger: Ledger) -> Asker:
    """The asker with what is open to them in an emergency: to a person who is shown names, and to no machine."""
    if asker.scopes is not None or not asker.reader.names:
        return asker
    return replace(asker, emergency=ledger.open_of(asker.reader.name, asker.purpose, times.now()))


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
    """Declare a route of the sign-in."""
    await _paces(request).signs_in(request)


def _paces(request: Request) -> Paces:
    found: Paces = request.app.state.paces
    return found


async def _at_their_pace(request: Request) -> Asker:
    """Who asks, held back or refused where they ask too fast; who is nobody is so by the address they come from."""
    try:
        asker = who_asks(request)
    except Refused as refused:
        if refused.who is not None:
            request.state.who = refused.who
            await _paces(request).tries(request, refused.who)
        elif refused.words.status == refusals.READER_MISSING.status:
            await _paces(request).signs_in(request)
        raise
    await _paces(request).reads(request, asker.reader, asker.purpose)
    return asker


async def _named(request: Request, scope: str) -> Asker:
    asker = await _at_their_pace(request)
    if not asker.may(scope):
        raise Refused(refusals.NOT_ALLOWED)
    if not asker.reader.names:
        raise Refused(refusals.NUMBERS_ONLY)
    return asker


async def reads(request: Request) -> Asker:
    """Declare a route that shows data to a reader with a purpose, and may name children: not to who sees numbers only.

    They are told so whatever the address holds: the same for what exists and what does not.
    """
    return await _named(request, "questions")


async def counts(request: Request) -> Asker:
    """Declare a route that shows tables alone, or no data."""
    asker = await _at_their_pace(request)
    if not asker.may("questions", "tables"):
        raise Refused(refusals.NOT_ALLOWED)
    return asker.shut


async def loads(request: Request) -> Asker:
    """Declare a route for data officers. Others are told so: the route's existence is no secret, a child's is."""
    asker = await _named(request, "files")
    if not asker.may_load:
        raise Refused(refusals.NOT_ALLOWED)
    return asker.shut


async def judges(request: Request) -> Asker:
    """Declare a route for those who judge. A judgement is a person's word: no machine has one."""
    asker = await reads(request)
    demand_shut(asker)
    if not asker.may_judge or asker.scopes is not None:
        raise Refused(refusals.NOT_ALLOWED)
    return asker


async def audits(request: Request) -> Asker:
    """Declare a route for those who keep watch over who looks at whom."""
    asker = await reads(request)
    demand_auditor(asker)
    return asker.shut


def demand_shut(asker: Asker) -> None:
    """Raise while something is open in an emergency: what is seen then rests on no right, so nothing may rest on it."""
    if asker.emergency is not None:
        raise Refused(refusals.EMERGENCY_FIRST)


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


async def searches(request: Request, asker: Reading) -> None:
    """Declare that a route searches: fewer of such may come in a minute."""
    await _paces(request).searches(request, asker.reader, asker.purpose)


Searching = Depends(searches)


class UndeclaredRoute(RuntimeError):
    """A route was written without saying what it needs; the service does not start with it."""


class GuardedRoute(APIRoute):
    """A route that states exactly one permission, or is refused while the service starts."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        super().__init__(path, endpoint, **options)
        self.permission = permission_of(self)
        self.responses = with_refusals(self.responses, data=self.permission not in _WITHOUT_DATA)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The same, its answer in the audit before it leaves: what shows data was opened, what refuses refused."""
        answers = super().get_route_handler()

        async def recorded(request: Request) -> Response:
            door_lines.begin()
            answer = await answers(request)
            if self.permission is not Permission.NOTHING and answer.status_code >= _REFUSED:
                await door_lines.note_refusal(request, refusals.words_for_status(answer.status_code).code)
            elif self.permission not in _WITHOUT_DATA:
                await door_lines.note_opened(request)
            return answer

        return recorded


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
