"""What looks like a secret in text: keys, tokens, addresses with a password, long random words given as one."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

#: What a secret looks like, by what it is. Those who give out tokens write them so that they can be found.
KNOWN = {
    "a private key": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----",
    "a key of a cloud": r"(?:AKIA|ASIA)[0-9A-Z]{16}\b|AIza[0-9A-Za-z_-]{35}\b",
    "a token of a forge": r"(?:gh[pousr]_[0-9A-Za-z]{36}|github_pat_\w{40,}|glpat-[\w-]{20,})",
    "a token of a registry": r"(?:npm_[0-9A-Za-z]{36}|pypi-AgE[\w-]{40,})",
    "a token of a service": r"(?:xox[abprs]-[0-9A-Za-z-]{20,}|[rs]k_live_[0-9A-Za-z]{20,})",
    "a signed token": r"eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}",
    "an address with a password": r"://[^\s/:@'\"{}$<>]+:[^\s/:@'\"{}$<>]{3,}@[\w.-]",
}
_KNOWN = {what: re.compile(pattern) for what, pattern in KNOWN.items()}
#: A value that is called a secret: a word of that kind, a sign, and a quoted or bare word of some length.
_CALLED = re.compile(
    r"(?i)(?:pass(?:word|wd|phrase)?|secret|token|api[_-]?key|credential)s?[\w-]{0,20}['\"]?[ \t]*[:=][ \t]*['\"]?"
    r"([A-Za-z0-9+/=_.~-]{16,})"
)
#: Signs of disorder in each letter from which on a word was not made up by a person.
DISORDER = 3.7


def disorder(word: str) -> float:
    """Bits of disorder (Shannon's entropy) in each letter of a word."""
    counted = Counter(word)
    return -sum(many / len(word) * math.log2(many / len(word)) for many in counted.values())


def secrets_in(text: str) -> Iterator[tuple[int, str]]:
    """The numbers of the lines that hold what looks like a secret, and what it looks like. Never the secret itself."""
    for what, pattern in _KNOWN.items():
        for told in pattern.finditer(text):
            yield text.count("\n", 0, told.start()) + 1, what
    for called in _CALLED.finditer(text):
        word = called.group(1)
        if any(sign.isdigit() for sign in word) and disorder(word) >= DISORDER:
            yield text.count("\n", 0, called.start()) + 1, "a random word called a secret"
