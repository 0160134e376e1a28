"""An organisation's door: people come through its OpenID Connect provider, machines with tokens of their own.

Who somebody is comes from the provider once; what they may see is read from the sign-in file at every request, so that
what is taken from a group or a machine is gone with the next one (N6). A header naming a reader opens nothing here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from datetime import timedelta

from fastapi import Request

from missingnet.api import refusals
from missingnet.api.reader import Asker, purpose_stated
from missingnet.api.refusals import Refused, Who
from missingnet.api.sessions import Held, Session
from missingnet.api.sign_in.configuration import SignIn, UnsafeSignIn, group_readers, read_sign_in
from missingnet.api.sign_in.machines import Machines
from missingnet.api.sign_in.provider import Attempt, Person, Provider
from missingnet.graph import times
from missingnet.graph.access import Reader
from missingnet.settings import Settings

log = logging.getLogger("missingnet.api")
#: How long somebody may take to sign in at the provider.
ATTEMPT = timedelta(minutes=10)
#: What may stand for a person in the audit: letters, digits and marks, never a name with spaces or an address with '@'.
OPAQUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._|+/=-]{0,199}")


class Organisation:
    """The sign-in of an installation with real records."""

    demonstration = False

    def __init__(self, settings: Settings) -> None:
        if settings.sign_in is None:
            raise ValueError("no sign-in file is named")
        self._file = settings.sign_in
        first = read_sign_in(self._file)
        durations = first.sessions
        #: The address, and whether it is over TLS, stay as they were when the service started.
        self.address, self.secure = first.address, first.secure
        self.cookie = self.named("session")
        self.provider = Provider()
        self.attempts: Held[Attempt] = Held(ATTEMPT, ATTEMPT)
        self.sessions: Held[Session] = Held(durations.idle, durations.longest)
        self.machines = Machines(times.now())

    @property
    def told(self) -> SignIn:
        """What the sign-in file says, as it stands now; while it cannot be used, nobody is let in."""
        try:
            return read_sign_in(self._file)
        except UnsafeSignIn as error:
            log.error("nobody can sign in: %s", error)
            raise Refused(refusals.UNAVAILABLE) from error

    def named(self, what: str) -> str:
        """The name of a cookie: over TLS one that no other host and no plain connection can set."""
        return f"__Host-missingnet_{what}" if self.secure else f"missingnet_{what}"

    def readers(self) -> Mapping[str, Reader]:
        """The groups, each as the reader that its people are."""
        return group_readers(self.told)

    def session(self, request: Request) -> Session | None:
        """The session of the browser, whether or not a purpose is stated."""
        return self.sessions.find(request.cookies.get(self.cookie), times.now())

    def asker(self, request: Request) -> Asker:
        """Who asks: by the token where one is sent, else by the session, never by both."""
        told, header = self.told, request.headers.get("authorization")
        if header is not None:
            reader, scopes = self.machines.admit(header, told, times.now())
            return Asker(reader, purpose_stated(request, reader), scopes)
        session = self.session(request)
        if session is None:
            raise Refused(refusals.SIGN_IN_FIRST)
        if session.purpose is None:
            raise Refused(refusals.PURPOSE_FIRST, who=Who(session.reader, None))
        group = told.groups.get(session.group)
        if group is None:
            raise Refused(refusals.SIGN_IN_FIRST)
        return Asker(group.reader(session.reader), session.purpose, proven=session.proven)

    def welcome(self, person: Person) -> Session:
        """The session of a person who has proven who they are; it opens nothing until they state a purpose.

        :raises Refused: what stands for them cannot stand in the audit, or none of their groups is known here.
        """
        if not OPAQUE.fullmatch(person.number):
            raise Refused(refusals.PERSON_UNFIT)
        known = tuple(group for group in self.told.groups if group in person.groups)
        if not known:
            raise Refused(refusals.NO_GROUP)
        return Session(f"person:{person.number}", None, known, proven=person.proven)
