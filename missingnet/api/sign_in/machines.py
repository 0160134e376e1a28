"""Tokens of machines: made by the machine for one request, signed with its own key, of which only the public half is
here. There is no secret in this service that could make one (S1).

A token is taken when it says all that it must and nothing else in its header, is for this service, lives for minutes,
and was not seen before. A key is changed by naming the new one beside the old, and revoked by taking its line out: that
holds from the next request.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import Key, OKPKey

from missingnet.api import refusals
from missingnet.api.refusals import Refused
from missingnet.api.sign_in.configuration import Machine, SignIn
from missingnet.graph.access import NUMBERS_ONLY, Reader

#: What a token is: one made for something else, signed by the same key, is no token here.
TYPE: Final = "missingnet-machine+jwt"
#: One algorithm under its two names: RFC 9864 gave it the second.
ALGORITHMS: Final = ("Ed25519", "EdDSA")
#: How long a token may live.
LIVES: Final = timedelta(minutes=5)
#: How far the machine's clock may be ahead.
AHEAD: Final = timedelta(seconds=30)
LONGEST: Final = 4096


class Machines:
    """The machines that may ask, and the tokens that were used.

    :param started: when this service began to remember; a token that is older may have been used before.
    """

    def __init__(self, started: datetime) -> None:
        self._started = _seconds(started)
        self._used: dict[str, int] = {}

    def admit(self, header: str, told: SignIn, now: datetime) -> tuple[Reader, frozenset[str]]:
        """The reader that a token's machine is, and what the token allows.

        :raises Refused: it is no token, or not one for this request. Which of its faults it was, is not said.
        """
        try:
            name, machine, claims = _signed(header, told)
            scopes = frozenset(claims["scope"].split(" ")) if isinstance(claims["scope"], str) else frozenset()
            if not scopes or not scopes <= set(machine.scopes):
                raise ValueError("scope")
            self._fits(claims, name, told.address, _seconds(now))
        except (JoseError, ValueError, TypeError, KeyError, UnicodeError) as error:
            raise Refused(refusals.TOKEN_REFUSED) from error
        return machine.as_reader(f"machine:{name}", _roles(scopes)), scopes

    def _fits(self, claims: Mapping[str, Any], name: str, address: str, now: int) -> None:
        """Every claim is there, of its kind, and says what it must."""
        begun, ends, number = claims["iat"], claims["exp"], claims["jti"]
        if any(type(moment) is not int for moment in (begun, ends)) or not isinstance(number, str):
            raise ValueError("claims")
        if (claims["iss"], claims["sub"], claims["aud"]) != (name, name, address):
            raise ValueError("names")
        if not (self._started <= begun <= now + AHEAD.total_seconds() and now < ends):
            raise ValueError("time")
        if not 0 < ends - begun <= LIVES.total_seconds():
            raise ValueError("life")
        if not 16 <= len(number) <= 100:
            raise ValueError("jti")
        self._once(f"{name} {number}", ends, now)

    def _once(self, number: str, ends: int, now: int) -> None:
        """Refuse what was seen before; remembered for as long as it could be shown again."""
        self._used = {seen: until for seen, until in self._used.items() if until > now}
        if number in self._used:
            raise ValueError("used")
        self._used[number] = ends


def _signed(header: str, told: SignIn) -> tuple[str, Machine, Mapping[str, Any]]:
    """Whose token it is, and what it says, once the signature is checked with the key that its machine is known by."""
    scheme, _, text = header.partition(" ")
    if scheme.lower() != "bearer" or not text or len(text) > LONGEST:
        raise ValueError("header")
    parts = jws.extract_compact(text.encode("ascii")).headers()
    if set(parts) != {"alg", "typ", "kid"} or parts["typ"] != TYPE:
        raise ValueError("header")
    name, machine, key = _keys(told)[parts["kid"]]
    return name, machine, jwt.decode(text, key, algorithms=ALGORITHMS).claims


def _keys(told: SignIn) -> dict[str, tuple[str, Machine, Key]]:
    return {
        str(key.kid): (name, machine, key) for name, machine in told.machines.items() for key in machine.keys().keys
    }


def _roles(scopes: frozenset[str]) -> tuple[str, ...]:
    """A token for tables alone is a reader without names; one for files may send them in."""
    if scopes == {"tables"}:
        return (NUMBERS_ONLY,)
    return ("loader",) if "files" in scopes else ()


def _seconds(moment: datetime) -> int:
    return int(moment.replace(tzinfo=UTC).timestamp())


def new_key() -> OKPKey:
    """A machine's key: the private half stays with the machine."""
    return OKPKey.generate_key("Ed25519")


def token(key: OKPKey, machine: str, address: str, scopes: str, now: datetime) -> str:
    """A token for one request, as `missingnet machine-token` prints it."""
    begun = _seconds(now)
    claims = {
        "iss": machine,
        "sub": machine,
        "aud": address,
        "scope": scopes,
        "iat": begun,
        "exp": begun + int(LIVES.total_seconds()),
        "jti": secrets.token_urlsafe(24),
    }
    named = {"alg": ALGORITHMS[0], "typ": TYPE, "kid": key.thumbprint()}
    return jwt.encode(named, claims, key, algorithms=ALGORITHMS)
