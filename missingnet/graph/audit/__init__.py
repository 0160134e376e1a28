"""The audit: who asked what, why, and whom it showed, flushed to disk before any of it is released.

It is a file and not the graph, because whoever runs the graph could edit that (SECURITY §3). Records hold opaque ids
and keyed hashes, never names or search text (A6).
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterator, Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Final

from missingnet.graph.access import Purpose, Reader
from missingnet.graph.audit import chain
from missingnet.graph.audit.chain import AuditDamaged, AuditUnavailable, Verdict
from missingnet.graph.audit.index import Index
from missingnet.graph.audit.writing import Writer
from missingnet.graph.keyed import concealed

__all__ = ["NOBODY", "OPERATOR", "OUTCOMES", "Audit", "AuditDamaged", "AuditUnavailable", "Verdict"]

#: Who gives a command on the service's own machine and names no reader.
OPERATOR: Final = "operator"
#: Who is refused before it is known who they are.
NOBODY: Final = "nobody"
#: The outcomes of what one request or command wrote in the audit so far; None outside of any.
OUTCOMES: ContextVar[list[str] | None] = ContextVar("outcomes", default=None)


class Audit:
    """An append-only, hash-chained log in one file, shared safely by several processes.

    :param path: the file; its folder is made, private to the owner.
    :param secret: the key under which search text and names are hashed.
    :param patience: seconds that anybody waits for the disk before they are refused.
    """

    def __init__(self, path: Path, secret: bytes, patience: float = chain.PATIENCE) -> None:
        self.path = path
        self._secret = secret
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.writer = Writer(path, patience)

    def conceal(self, text: str) -> str:
        """A keyed hash of text that must not stand in the audit itself."""
        return concealed(self._secret, text)

    def entry(self, act: str, reader: Reader, purpose: Purpose) -> dict[str, Any]:
        """How every record begins: what was done, by whom, of which agency, and why; the reference concealed. Where
        something is open to them in an emergency, which use of it that is."""
        emergency = {} if reader.emergency is None else {"emergency": reader.emergency.id}
        return {
            **emergency,
            "act": act,
            "who": reader.name,
            "agency": reader.agency,
            "purpose": purpose.code,
            "reference": self.conceal(purpose.reference),
        }

    def operated(self, act: str) -> dict[str, Any]:
        """How a record begins where nobody is named as a reader: by the number of the account at the machine."""
        return {"act": act, "who": OPERATOR, "account": os.getuid()}

    def write(self, entry: Mapping[str, Any]) -> str:
        """Append one record and flush it. When this returns, the record is on the disk. Returns its hash.

        :raises AuditUnavailable: it could not be written whole, or not in time; what was half-written is cut off again.
        """
        head = self.writer.write(entry)
        if (outcomes := OUTCOMES.get()) is not None:
            outcomes.append(str(entry.get("outcome", "")))
        return head

    def trouble(self) -> str | None:
        """Why nothing can be recorded now, and so nothing shown; None: all is well."""
        return self.writer.trouble()

    def mentioning(self, ids: Collection[str]) -> Iterator[dict[str, Any]]:
        """The lines in which one of these ids stands, oldest first, as far as they are written whole."""
        if not ids or not self.path.exists():
            return
        wanted = re.compile("|".join(map(re.escape, sorted(ids))).encode())
        with self.path.open("rb") as lines:
            for line in lines:
                if line.endswith(b"\n") and wanted.search(line):
                    yield json.loads(line.rpartition(b"\t")[0])

    @property
    def index(self) -> Index:
        """Who looked at this, and what did this person look at."""
        return Index(self.path)

    def verify(self) -> Verdict:
        """Check the whole chain. The first record that does not follow from the one before is named."""
        return chain.verify(self.path)
