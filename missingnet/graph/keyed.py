"""Opaque ids: keyed hashes, so that an id in an address or a log gives back nothing of what it stands for."""

from __future__ import annotations

import hashlib
import hmac
import re
from functools import lru_cache
from typing import Final

_LETTERS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
#: What an id looks like.
OPAQUE: Final = re.compile(r"[0-9a-z]{26}")
#: Two letters for each ten bits, the lower five first.
_PAIRS: Final = [_LETTERS[bits % 32] + _LETTERS[bits // 32] for bits in range(1024)]
_TENS: Final = range(0, 130, 10)
#: A batch asks for the id of one key several times.
_KEPT: Final = 20_000


#: How a concealed text begins.
CONCEALED: Final = "hash:"


def concealed(secret: bytes, text: str) -> str:
    """A keyed hash of text that must not stand where it is told of: in the audit, in a mark of what was removed."""
    return CONCEALED + hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()[:24]


class Keyed:
    """Makes ids under one installation's secret."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._kept = lru_cache(_KEPT)(self._hashed)

    def __call__(self, kind: str, text: str) -> str:
        """The id of ``text`` among ids of that kind: 26 lower-case letters and digits, always the same."""
        return self._kept(f"{kind}\0{text}")

    def _hashed(self, text: str) -> str:
        number = int.from_bytes(hmac.digest(self._secret, text.encode(), "sha256")[:16], "big")
        return "".join([_PAIRS[number >> start & 1023] for start in _TENS])

    def concealed(self, text: str) -> str:
        """The same as the audit's word for that text."""
        return concealed(self._secret, text)
