"""The fingerprint: a hash of what the graph says, current and past, free of ids, engine, order and load time.

Each version of a record and each link is written as one line; the lines' hashes are added, so that their order does
not matter and nothing need be held but one map of versions (DESIGN §2).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from missingnet.graph.natives import native
from missingnet.graph.terms import EVENTS, FAMILY_OF
from missingnet.graph.whole import Line
from missingnet.graph.writing import Classes

#: How a record came, not what it says: the same record in another file, layout or order of loading is the same.
_LEFT_OUT = frozenset(
    {"id", "record", "version", "file", "file_hash", "row", "loaded_at", "raw", "visibility", "seen", "extract"}
)
_SIZE = 2**256


class Fingerprint:
    """Adds up the lines of a graph."""

    def __init__(self, classes: Classes) -> None:
        self._classes = classes
        self._sum = 0
        self._count = 0
        self._versions: dict[str, bytes] = {}
        self._smallest: dict[str, str] = {}

    def take(self, line: Line) -> None:
        """A line of the whole graph (:mod:`missingnet.graph.whole`). Keys come before events, events before links."""
        what, kind, *rest = line
        if what == "link":
            self.link(kind, *rest)
        elif kind == "Key":
            self.joined(rest[0]["key"], rest[0]["thing"])
        elif kind in EVENTS:
            self.event(kind, rest[0])

    def joined(self, key: str, thing: str) -> None:
        """A joined key: a thing is named by the smallest of its keys."""
        self._smallest[thing] = min(self._smallest.get(thing, key), key)

    def event(self, label: str, facts: Mapping[str, Any]) -> None:
        """One version of a record."""
        says = {name: _text(value) for name, value in facts.items() if name not in _LEFT_OUT}
        says["class"] = self._classes.of(facts["visibility"]).canonical()
        digest = self._add(["version", label, sorted(says.items())])
        self._versions[facts["id"]] = digest

    def link(self, kind: str, a_label: str, a: str, b_label: str, b: str, link: Mapping[str, Any]) -> None:
        """One link. Its ends are versions, or things named by their smallest key."""
        says = {
            name: _text(value)
            for name, value in link.items()
            if name not in ("record", "event", "visibility") and value is not None
        }
        version = self._versions[link["event"]].hex()
        ends = [self._end(a_label, a, link.get("key_from")), self._end(b_label, b, link.get("key_to"))]
        self._add(["link", kind, version, ends, sorted(says.items())])

    def _end(self, label: str, identity: str, key: str | None) -> list[str]:
        if identity in self._versions:
            return ["version", self._versions[identity].hex()]
        if label not in FAMILY_OF:
            return [label]
        return [label, self._smallest.get(identity, key or "")]

    def _add(self, line: Any) -> bytes:
        digest = hashlib.sha256(json.dumps(line, ensure_ascii=False).encode()).digest()
        self._sum = (self._sum + int.from_bytes(digest, "big")) % _SIZE
        self._count += 1
        return digest[:16]

    def text(self) -> str:
        """The fingerprint: how many lines, and their sum."""
        return f"{self._count}-{self._sum:064x}"


def _text(value: Any) -> Any:
    value = native(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list | tuple):
        return [_text(v) for v in value]
    return value
