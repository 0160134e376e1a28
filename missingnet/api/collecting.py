"""Every load in the audit, whichever door it came by: before its first row is read, and how it ended (SECURITY A1).

It holds the files' hashes, their sources and what became of their rows; never a file's name: people name files after
children.
"""

from __future__ import annotations

import secrets
from typing import Any

from missingnet.api.reader import Asker
from missingnet.graph.audit import Audit
from missingnet.ingest.problems import FileReport, Report

#: What is kept of each file, beside its hash.
COUNTS = ("rows", "loaded", "unchanged", "changed", "conflicting", "rejected")


def new_load() -> str:
    """The id of a load; it cannot be guessed."""
    return secrets.token_hex(12)


class Collecting:
    """One load. ``report`` is filled as it goes, so that the audit tells what stands also where it was stopped.

    :param asker: who loads; None is the operator, by a command on the service's own machine.
    :param agency: the agency that somebody typed, whose word the files are taken as.
    """

    def __init__(
        self, audit: Audit, asker: Asker | None, *, load: str, files: int, agency: str | None, trial: bool
    ) -> None:
        self.report = Report(dry_run=trial)
        self._audit = audit
        who = audit.entry("collect", asker.reader, asker.purpose) if asker else audit.operated("collect")
        self._entry = {**who, "load": load, "trial": trial}
        self._given = {"files": files, "in_the_name_of": audit.conceal(agency) if agency else None}

    def begin(self, outcome: str = "begun") -> None:
        """Write that it begins, or why it does not.

        :raises AuditUnavailable: nothing may be loaded.
        """
        self._audit.write({**self._entry, **self._given, "outcome": outcome})

    def end(self, outcome: str) -> None:
        """Write how it ended and what became of each file's rows, as far as it came.

        :raises AuditUnavailable: what was loaded stands nevertheless.
        """
        self._audit.write({**self._entry, "outcome": outcome, "collected": [_told(file) for file in self.report.files]})


def _told(file: FileReport) -> dict[str, Any]:
    counts = {name: getattr(file, name) for name in COUNTS}
    return {"file": file.file_hash, "source": file.source, "read": file.readable, **counts}
