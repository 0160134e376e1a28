"""The file that says through whom people sign in, and what each of their groups and each machine may see.

Nothing in it has a default that grants anything. Whatever is unsafe or cannot mean anything is refused when the
service starts, with every reason at once, and no value is repeated in a reason.
"""

from __future__ import annotations

import stat
import tomllib
from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from missingnet.graph.access import NUMBERS_ONLY, PURPOSES, SEALED, Reader
from missingnet.settings import is_loopback

#: A client secret shorter than this was typed by somebody, and can be guessed.
SHORTEST_SECRET: Final = 24
#: Whoever may read with a purpose, in the order of what the roles add: sending files, judging, reading who looked at
#: whom (own agency's people, or everybody), numbers alone.
Role = Literal["loader", "judge", "auditor", "partnership-auditor", "numbers-only"]
#: What a machine may be allowed: to ask with names, to see tables without names, to send files in. Never to judge.
Scope = Literal["questions", "tables", "files"]
COMPARTMENTS: Final = frozenset().union(*PURPOSES.values()) | SEALED


class UnsafeSignIn(ValueError):
    """The sign-in file cannot be used; says every reason and what to write instead."""


def _origin(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        raise ValueError("must begin with https:// (http:// is for this machine only)")
    if not parts.hostname or parts.username or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError("is a scheme and a host alone, as in https://missingnet.example.org")
    return f"{parts.scheme}://{parts.netloc}".lower()


def _issuer(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        raise ValueError("must begin with https://, so that nobody on the way can say who has signed in")
    if not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError("is written as the provider states it, without a query or a user")
    return address


def _compartments(names: tuple[str, ...]) -> tuple[str, ...]:
    if not set(names) <= COMPARTMENTS:
        raise ValueError(f"are among: {', '.join(sorted(COMPARTMENTS))}")
    return names


def _purposes(codes: tuple[str, ...]) -> tuple[str, ...]:
    if not set(codes) <= set(PURPOSES):
        raise ValueError(f"are among: {', '.join(PURPOSES)}")
    return codes


def _public_keys(keys: tuple[str, ...]) -> tuple[str, ...]:
    for key in keys:
        try:
            _imported(key)
        except (JoseError, ValueError) as error:
            raise ValueError("are public Ed25519 keys as `missingnet machine-key` prints them") from error
    return keys


def _imported(key: str) -> OKPKey:
    return OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": key, "use": "sig"})


_Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,39}$")]
_Area = Annotated[str, StringConstraints(pattern=r"^(\*|[A-Za-z0-9][A-Za-z0-9-]{0,39})$")]
_Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=80)]
_Claim = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_:/.-]{1,200}$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class Provider(_Part):
    """The organisation's OpenID Connect provider, and who this service is there."""

    issuer: Annotated[str, AfterValidator(_issuer)]
    client_id: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    client_secret_file: Path
    #: Authorities whose certificate of the provider is trusted; left out: those of the system.
    authorities_file: Path | None = None
    scopes: tuple[_Claim, ...] = ("openid",)
    groups_claim: _Claim = "groups"
    #: What stands for a person in the audit: opaque and the same for ever, never a name or an address.
    person_claim: _Claim = "sub"

    @model_validator(mode="after")
    def _asks_who(self) -> Provider:
        if "openid" not in self.scopes:
            raise ValueError("scopes: openid must be among them")
        if "offline_access" in self.scopes:
            raise ValueError("scopes: leave out offline_access: a token that outlives the session is never asked for")
        return self

    def secret(self) -> str:
        """The client's secret."""
        return self.client_secret_file.read_text(encoding="utf-8").strip()


class Durations(_Part):
    """How long a session may be idle, and how old it may become."""

    idle_minutes: int = Field(default=30, ge=1, le=60)
    longest_hours: int = Field(default=8, ge=1, le=12)

    @property
    def idle(self) -> timedelta:
        """Idle for longer, a session is over."""
        return timedelta(minutes=self.idle_minutes)

    @property
    def longest(self) -> timedelta:
        """Older, a session is over."""
        return timedelta(hours=self.longest_hours)


class Rights(_Part):
    """What a group of people, or a machine, may see."""

    title: _Title
    agency: _Code
    areas: tuple[_Area, ...]
    compartments: Annotated[tuple[str, ...], AfterValidator(_compartments)]
    loads: tuple[_Code, ...] = ()

    def as_reader(self, name: str, roles: tuple[str, ...], watches: tuple[str, ...] = ()) -> Reader:
        """The reader of that name, with these rights."""
        return Reader(name, self.title, self.agency, roles, self.areas, self.compartments, self.loads, watches)


class Group(Rights):
    """A group of the provider's, and what its people may see and do."""

    roles: tuple[Role, ...]
    #: Purposes for which the rules are watched for the group's people (`missingnet watch`).
    watches: Annotated[tuple[str, ...], AfterValidator(_purposes)] = ()

    def reader(self, name: str) -> Reader:
        """The reader that a person of the group is, or the whole group."""
        return self.as_reader(name, self.roles, self.watches)

    @model_validator(mode="after")
    def _one_kind(self) -> Group:
        if NUMBERS_ONLY in self.roles and len(self.roles) > 1:
            raise ValueError("roles: numbers-only stands alone: who sees no names neither judges nor sends files in")
        if self.loads and "loader" not in self.roles:
            raise ValueError("loads: only for those with the role loader")
        return self


class Machine(Rights):
    """A program of an agency's, with the public keys that its tokens are checked by: two while they are changed."""

    scopes: Annotated[tuple[Scope, ...], Field(min_length=1)]
    public_keys: Annotated[tuple[str, ...], Field(min_length=1, max_length=3), AfterValidator(_public_keys)]

    @model_validator(mode="after")
    def _one_kind(self) -> Machine:
        if self.loads and "files" not in self.scopes:
            raise ValueError("loads: only for a machine with the scope files")
        return self

    def keys(self) -> KeySet:
        """Its public keys, each named by its thumbprint."""
        return KeySet([_imported(key) for key in self.public_keys])


class SignIn(_Part):
    """The whole file."""

    address: Annotated[str, AfterValidator(_origin)]
    provider: Provider
    sessions: Durations = Durations()
    groups: Annotated[dict[str, Group], Field(min_length=1)]
    machines: dict[_Code, Machine] = {}

    @model_validator(mode="after")
    def _no_key_is_shared(self) -> SignIn:
        keys = [key for machine in self.machines.values() for key in machine.public_keys]
        if len(keys) != len(set(keys)):
            raise ValueError("machines: each key belongs to one machine, and stands there once")
        return self

    @property
    def secure(self) -> bool:
        """True when it is reached over TLS."""
        return self.address.startswith("https://")

    @property
    def host(self) -> str:
        """The name under which it is reached."""
        return urlsplit(self.address).hostname or ""


def group_readers(told: SignIn) -> dict[str, Reader]:
    """The groups, each as the reader that its people are, named so that no person and no machine is called the same."""
    return {f"group:{name}": group.reader(f"group:{name}") for name, group in told.groups.items()}


def read_sign_in(path: Path) -> SignIn:
    """What the file says, as it stands now: what is taken from a group or a machine is gone with the next request.

    :raises UnsafeSignIn: it cannot be used; says every reason.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise UnsafeSignIn(f"MISSINGNET_SIGN_IN names {path}, which cannot be read.") from error
    return _read(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int, size: int) -> SignIn:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UnsafeSignIn(f"{path} cannot be read as text in UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise UnsafeSignIn(f"{path} is not TOML: {error}.") from error
    try:
        sign_in = SignIn.model_validate(told)
    except ValidationError as error:
        raise UnsafeSignIn(f"{path}: " + "; ".join(_reasons(error)) + ".") from None
    unsafe = [*_open_to_others(path), *_files(sign_in.provider)]
    if unsafe:
        raise UnsafeSignIn("; ".join(unsafe) + ".")
    return sign_in


def _reasons(error: ValidationError) -> Iterable[str]:
    """Each fault with the place where it stands. pydantic's own text would repeat the value."""
    words = {"missing": "is missing", "extra_forbidden": "is not known here; check how it is spelled"}
    for fault in error.errors(include_input=False, include_url=False):
        place = ".".join(str(part) for part in fault["loc"] if part != "[key]")
        said = words.get(fault["type"], fault["msg"].removeprefix("Value error, "))
        yield f"{place} {said}" if place else said


def _open_to_others(path: Path) -> Iterable[str]:
    if path.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        yield f"{path} can be changed by others, who could give themselves any right: chmod go-w"


def _files(provider: Provider) -> Iterable[str]:
    """What is wrong with the files that the provider's part names."""
    try:
        if len(provider.secret()) < SHORTEST_SECRET:
            yield f"provider.client_secret_file holds less than {SHORTEST_SECRET} characters: let the provider make one"
        yield from _open_to_others(provider.client_secret_file)
    except (OSError, UnicodeDecodeError):
        yield "provider.client_secret_file cannot be read"
    if provider.authorities_file is not None and not provider.authorities_file.is_file():
        yield "provider.authorities_file cannot be read"
