"""The organisation's OpenID Connect provider: where a browser is sent, and who came back (S1, S2).

Code flow with PKCE, from this service's own back end: a code is exchanged over TLS with the client's secret, the ID
token is checked, the person and their groups are read, and every token is dropped. None reaches a browser.
"""

from __future__ import annotations

import asyncio
import secrets
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from missingnet.api.sign_in.configuration import SignIn
from missingnet.settings import is_loopback

CALLBACK: Final = "/sign-in/callback"
#: Signatures that only the provider can make. 'none' and those of a shared secret are not among them.
ALGORITHMS: Final = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA", "Ed25519"),
)
#: What is known of the provider is asked for again when older; its keys at once when a token names a new one.
KEPT: Final = timedelta(hours=1)
RENEWED: Final = timedelta(minutes=1)
#: How long the provider may take, all in all, and how far its clock may be off, in seconds.
PATIENCE: Final = 10.0
LEEWAY: Final = 60
#: How long ago somebody may have proven who they are, when they were sent to prove it now.
AFRESH: Final = timedelta(minutes=5)


class ProviderUnavailable(RuntimeError):
    """The provider cannot be reached, or is not set up as it must be; says which, for whoever runs the service."""


class NotProven(Exception):
    """The provider's answer does not prove who came back; its text is the reason, and names nobody."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A sign-in under way, held for one browser: what its answer must repeat, and the secret that the code needs."""

    state: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    afresh: bool = False
    """They are to prove who they are now, though the provider may still know their browser."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who came back: what the provider calls them, the groups they are in, and when they proved it, if they had to."""

    number: str
    groups: tuple[str, ...]
    proven: datetime | None


@dataclass(frozen=True, slots=True)
class _Known:
    issuer: str
    at: datetime
    metadata: Mapping[str, Any]
    keys: KeySet


class Provider:
    """Speaks to the provider that the sign-in file names. What it says of itself is kept for an hour."""

    def __init__(self) -> None:
        self._known: _Known | None = None

    async def begin(self, told: SignIn, attempt: Attempt, now: datetime) -> str:
        """Where the browser goes to sign in."""
        known = await self._know(told, now)
        async with self._client(told, known.metadata) as client:
            address: str = client.create_authorization_url(
                known.metadata["authorization_endpoint"],
                state=attempt.state,
                nonce=attempt.nonce,
                code_verifier=attempt.verifier,
                response_mode="query",
                **({"prompt": "login", "max_age": "0"} if attempt.afresh else {}),
            )[0]
        return address

    async def end(self, told: SignIn, now: datetime) -> str | None:
        """Where the browser goes to sign out of the provider as well; None: it offers no such place."""
        endpoint = (await self._know(told, now)).metadata.get("end_session_endpoint")
        if not isinstance(endpoint, str) or not _safe(endpoint, told):
            return None
        asked = {"client_id": told.provider.client_id, "post_logout_redirect_uri": f"{told.address}/sign-in"}
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"

    async def identify(self, told: SignIn, attempt: Attempt, answer: Mapping[str, str], now: datetime) -> Person:
        """Who came back with this answer.

        :raises NotProven: the answer, its code or a token is not what it must be.
        :raises ProviderUnavailable: it could not be found out.
        """
        known = await self._know(told, now)
        stated = answer.get("iss")
        named = known.metadata.get("authorization_response_iss_parameter_supported") is True
        if (stated is None and named) or (stated is not None and stated != told.provider.issuer):
            raise NotProven("issuer")
        if not secrets.compare_digest(answer.get("state", "").encode(), attempt.state.encode()):
            raise NotProven("state")
        if "error" in answer or not answer.get("code"):
            raise NotProven("refused by the provider")
        try:
            async with asyncio.timeout(PATIENCE), self._client(told, known.metadata) as client:
                tokens = await client.fetch_token(
                    known.metadata["token_endpoint"],
                    grant_type="authorization_code",
                    code=answer["code"],
                    code_verifier=attempt.verifier,
                    redirect_uri=told.address + CALLBACK,
                )
                claims = await self._proven(told, attempt, tokens, now)
                proven = _now(claims, now) if attempt.afresh else None
                if told.provider.groups_claim not in claims and "userinfo_endpoint" in known.metadata:
                    claims = await _more(client, known.metadata, claims)
        except OAuthError as error:
            raise NotProven("code") from error
        except (httpx2.HTTPError, TimeoutError, OSError) as error:
            raise ProviderUnavailable(f"the provider did not answer ({type(error).__name__})") from error
        return _person(told, claims, proven)

    async def check(self, told: SignIn, now: datetime) -> None:
        """Ask the provider about itself now, for whoever sets the service up.

        :raises ProviderUnavailable: it cannot be used; says why.
        """
        self._known = await self._ask(told, now)

    async def _proven(
        self, told: SignIn, attempt: Attempt, tokens: Mapping[str, Any], now: datetime
    ) -> Mapping[str, Any]:
        """What the ID token says, once its signature, issuer, audience, times and nonce are what they must be."""
        text = tokens.get("id_token")
        if not isinstance(text, str):
            raise NotProven("no ID token")
        try:
            try:
                token = jwt.decode(text, (await self._know(told, now)).keys, algorithms=ALGORITHMS)
            except InvalidKeyIdError:
                token = jwt.decode(text, (await self._know(told, now, RENEWED)).keys, algorithms=ALGORITHMS)
            claims = CodeIDToken(
                token.claims,
                token.header,
                options={
                    "iss": {"essential": True, "value": told.provider.issuer},
                    "aud": {"essential": True, "value": told.provider.client_id},
                },
                params={
                    "nonce": attempt.nonce,
                    "client_id": told.provider.client_id,
                    "access_token": tokens.get("access_token"),
                },
            )
            claims.validate(int(now.replace(tzinfo=UTC).timestamp()), LEEWAY)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise NotProven(f"ID token ({type(error).__name__})") from error
        return dict(claims)

    async def _know(self, told: SignIn, now: datetime, kept: timedelta = KEPT) -> _Known:
        known = self._known
        if known is None or known.issuer != told.provider.issuer or now - known.at > kept:
            known = self._known = await self._ask(told, now)
        return known

    async def _ask(self, told: SignIn, now: datetime) -> _Known:
        """What the provider says of itself, checked: a wrong word here could send codes and secrets elsewhere."""
        issuer = told.provider.issuer
        try:
            async with asyncio.timeout(PATIENCE), self._client(told, {}) as client:
                metadata = await _json(client, issuer.rstrip("/") + "/.well-known/openid-configuration")
                if metadata.get("issuer") != issuer:
                    raise ProviderUnavailable("the provider at provider.issuer calls itself by another address")
                for name in ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"):
                    stated = metadata.get(name)
                    if (stated is None and name != "userinfo_endpoint") or (stated and not _safe(str(stated), told)):
                        raise ProviderUnavailable(f"the provider's {name} is missing, or does not begin with https://")
                methods = metadata.get("code_challenge_methods_supported")
                if methods is not None and "S256" not in methods:
                    raise ProviderUnavailable("the provider does not take PKCE with S256")
                keys = KeySet.import_key_set(await _json(client, metadata["jwks_uri"]))  # type: ignore[arg-type]
        except (httpx2.HTTPError, TimeoutError, OSError) as error:
            raise ProviderUnavailable(f"the provider did not answer ({type(error).__name__})") from error
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise ProviderUnavailable("what the provider says of itself cannot be understood") from error
        return _Known(issuer, now, metadata, keys)

    def _client(self, told: SignIn, metadata: Mapping[str, Any]) -> Any:
        provider = told.provider
        methods = metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        file = provider.authorities_file
        return AsyncOAuth2Client(
            provider.client_id,
            provider.secret(),
            token_endpoint_auth_method="client_secret_basic" if "client_secret_basic" in methods else methods[0],
            scope=" ".join(provider.scopes),
            redirect_uri=told.address + CALLBACK,
            code_challenge_method="S256",
            verify=ssl.create_default_context(cafile=None if file is None else str(file)),
            timeout=PATIENCE / 2,
            follow_redirects=False,
            # A proxy of the organisation's is taken from the environment, but not on the way to this machine itself.
            trust_env=not is_loopback(urlsplit(provider.issuer).hostname or ""),
        )


async def _json(client: Any, address: str, **options: Any) -> dict[str, Any]:
    options = {"withhold_token": True, "headers": {"Accept": "application/json"}, **options}
    answer = await client.request("GET", address, **options)
    answer.raise_for_status()
    found = answer.json()
    if answer.status_code != httpx2.codes.OK or not isinstance(found, dict):
        raise ValueError("no JSON object")
    return found


async def _more(client: Any, metadata: Mapping[str, Any], claims: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the provider says of the person at its userinfo endpoint, where the ID token leaves the groups out."""
    try:
        found = await _json(client, metadata["userinfo_endpoint"], withhold_token=False)
    except ValueError as error:
        raise NotProven("userinfo") from error
    if found.get("sub") != claims["sub"]:
        raise NotProven("userinfo is about another person")
    return {**found, **claims}


def _now(claims: Mapping[str, Any], now: datetime) -> datetime:
    """When the person proved who they are, by the ID token's own word.

    :raises NotProven: it does not say, or it was not now.
    """
    told, seconds = claims.get("auth_time"), now.replace(tzinfo=UTC).timestamp()
    if type(told) is not int or not -LEEWAY <= seconds - told <= AFRESH.total_seconds():
        raise NotProven("not proven now")
    return now


def _person(told: SignIn, claims: Mapping[str, Any], proven: datetime | None) -> Person:
    number, groups = claims.get(told.provider.person_claim), claims.get(told.provider.groups_claim, [])
    if isinstance(groups, str):
        groups = [groups]
    if not isinstance(number, str) or not isinstance(groups, list):
        raise NotProven("claims")
    return Person(number, tuple(group for group in groups if isinstance(group, str)), proven)


def _safe(address: str, told: SignIn) -> bool:
    """True over TLS; on this machine also without, where the whole provider is."""
    parts = urlsplit(address)
    here = is_loopback(urlsplit(told.provider.issuer).hostname or "") and is_loopback(parts.hostname or "")
    return parts.scheme == "https" or (here and parts.scheme == "http")
