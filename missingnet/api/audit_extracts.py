"""What leaves the audit: a person's own extract of who had what is recorded about them, and the regulator's export.

Each is in the audit before it is made.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from missingnet.api import refusals
from missingnet.api.asks import Asks
from missingnet.api.auditing import ids_of, line_of, london_day, what_of
from missingnet.api.reader import demand_auditor
from missingnet.api.refusals import Refused
from missingnet.api.screens.stating import PURPOSE_WORDS
from missingnet.api.spreadsheet import csv_text
from missingnet.graph.answers import plain
from missingnet.graph.audit import checkpoints
from missingnet.graph.audit.chain import BEGINNING, Broken, Link, Record, records, settled_size
from missingnet.graph.audit.index import Told, Wanted
from missingnet.graph.terms import MARKING
from missingnet.settings import Settings
from missingnet.visualise.words import agency_words

#: What somebody is not told of unless a person decides it: an inquiry that their knowing could harm (DPA 2018 s.45,
#: Sch 2 para 2).
INQUIRIES: Final = frozenset({"INVESTIGATION"})
#: What was done with what is recorded about them.
_USES: Final = {"consult": "Looked at", "disclose": "Taken away in a document"}
_COLUMNS: Final = ("Day", "Agency", "What it was for", "What was done", "How often")


@dataclass(frozen=True, slots=True)
class Extract:
    """The extract as a table of text, and how many records were left out of it because they belong to an inquiry:
    told to who makes it, never in the file."""

    text: str
    rows: int
    left_out: int


async def subject_access(asks: Asks, thing: str, *, inquiries: bool = False, wanted: Wanted | None = None) -> Extract:
    """Who had what is recorded about this person: by day, agency, purpose and kind of use.

    It names nobody: neither who asked, nor anybody else that was shown beside them, nor the meeting or case, for those
    are other people's. Own agency's auditors tell of their own agency.

    :raises Refused: the reader is no auditor, or that is no id.
    """
    demand_auditor(asks.asker)
    ids = await ids_of(asks, thing)
    theirs = replace(wanted or Wanted(), agency=asks.asker.audited_agency)
    uses, left_out = await asyncio.to_thread(_uses, asks, ids, theirs, inquiries)
    table = csv_text([(f"{MARKING}: who used what is recorded about one person",), _COLUMNS, *uses])
    await asks.release("subject access extract", thing, rows=len(uses))
    return Extract(table, len(uses), left_out)


def _uses(asks: Asks, ids: frozenset[str], wanted: Wanted, inquiries: bool) -> tuple[list[tuple[str | int, ...]], int]:
    index = asks.store.audit.index
    index.catch_up()
    counted, left_out = Counter[tuple[str, str, str, str]](), 0
    for told in index.every(ids, wanted):
        says = told.says
        use = _USES.get(str(says["act"]))
        if use is None or told.late or says.get("outcome") == "could not be answered":
            continue
        if says.get("purpose") in INQUIRIES and not inquiries:
            left_out += 1
            continue
        at, agency = datetime.fromisoformat(says["at"]).replace(tzinfo=None), says.get("agency")
        purpose = PURPOSE_WORDS.get(str(says.get("purpose")), "")
        counted[(london_day(at), agency_words(agency) if agency else "", purpose, use)] += 1
    return [(*row, times) for row, times in counted.items()], left_out


_README: Final = """The audit of MissingNet, {first} to {last}: {words}.

audit.jsonl       the records as they were written, one a line: the record, a tab, and the SHA-256 of the hash of the
                  line before followed by the record. The hash before the first line is {before}.
records.csv       the same for reading in a spreadsheet. Times are UTC. Where a text begins with 'hash:' it is a keyed
                  hash of words that somebody typed: a name, a search, a meeting's reference. Ids are opaque.
checkpoints/      how far the audit went at some times and in which hash, each signed (Ed25519).
public-key.pem    the key to check those by. Compare it with the one that you were given earlier.

act: consult (shown on a page or to a program), disclose (taken away in a file), collect (files loaded), open (a page or
list that shows nobody), refuse (nothing was shown), and what else was done, by its own name. outcome: 'answered' and
'released' were shown; what ended otherwise was not, and 'refused:' says why. A record 'not released' says which records
were written too late, so that nobody was answered by them. A record 'mend' says that the write before it had not
finished and was cut off.
{fault}"""
_RECORD_COLUMNS: Final = (
    *("Number", "At (UTC)", "Who", "Agency", "Purpose", "Meeting or case", "Act", "What", "Outcome", "Rows"),
    *("Things shown", "About", "Parameters", "Records", "Recipient"),
)


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the first and last record's number, how many, and where the chain is broken, if it is."""

    first: int
    last: int
    count: int
    fault: str | None


async def regulators_export(
    asks: Asks, settings: Settings, since: datetime, until: datetime, out: Path, recipient: str
) -> Exported:
    """The records of a period as they stand, with what is needed to check them, as one archive.

    A chain cannot be checked when some of it is left out: so only the partnership's auditor may take it away.

    :raises Refused: the reader is not that auditor.
    """
    demand_auditor(asks.asker)
    if asks.asker.audited_agency is not None:
        raise Refused(
            refusals.NO_AUDITOR, "The export holds every agency's records: the partnership's auditor makes it."
        )
    to = asks.store.audit.conceal(recipient)
    await asks.release("audit export", None, since=plain(since), until=plain(until), office=to)
    return await asyncio.to_thread(_export, asks.store.audit.path, settings, since, until, out)


def _export(audit: Path, settings: Settings, since: datetime, until: datetime, out: Path) -> Exported:
    window = _Window(since, until)
    key = checkpoints.signer(settings.checkpoint_key()).public_key()
    handle = os.open(out, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w+b") as kept, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("audit.jsonl", "w", force_zip64=True) as file:
            for record in window.records(audit):
                file.write(record.line)
        with archive.open("records.csv", "w", force_zip64=True) as file, io.TextIOWrapper(file, "utf-8") as text:
            text.write(csv_text([_RECORD_COLUMNS]))
            for record in _Window(since, until).records(audit, window.last):
                text.write(csv_text([_row(record)]))
        first, last = window.before.sequence + 1, window.last.sequence
        for found in checkpoints.files(settings.checkpoint_folder):
            if first <= int(found.stem) <= last:
                archive.write(found, f"checkpoints/{found.parent.name}/{found.name}")
        archive.writestr("public-key.pem", checkpoints.public_text(key))
        count = last - first + 1 if window.any else 0
        about = {"first": first, "last": last, "count": count, "before": window.before.head, "fault": window.fault}
        archive.writestr("about.json", json.dumps(about, indent=1))
        archive.writestr(
            "README.txt",
            _README.format(
                first=london_day(since),
                last=london_day(until),
                words=f"{count:,} records, {first:,} to {last:,}" if count else "no record",
                before=window.before.head,
                fault=f"\nTHE CHAIN IS BROKEN: {window.fault}. What follows it is not here.\n" if window.fault else "",
            ),
        )
    return Exported(first, last, count, window.fault)


class _Window:
    """The records from the first that lies in a period to the last that does, and the place in the chain before."""

    def __init__(self, since: datetime, until: datetime) -> None:
        self._since, self._until = since, until
        self.before = self.last = BEGINNING
        self.any = False
        self.fault: str | None = None

    def records(self, audit: Path, upto: Link | None = None) -> Iterator[Record]:
        """Them, in their order; up to ``upto`` where a second reading is to find the same."""
        size = upto.end if upto is not None else settled_size(audit)
        try:
            for record in records(audit, BEGINNING, size):
                if not self.any and record.at < self._since:
                    self.before = self.last = record.link
                    continue
                if record.at > self._until:
                    return
                self.any, self.last = True, record.link
                yield record
        except Broken as error:
            self.fault = str(error)


def _row(record: Record) -> tuple[str | int | None, ...]:
    says = record.told
    line = line_of(Told(record.link.sequence, says, False))
    return (
        record.link.sequence,
        str(says["at"]),
        line.who,
        line.agency,
        line.purpose,
        says.get("reference"),
        str(says["act"]),
        what_of(says),
        line.outcome,
        says.get("rows"),
        " ".join(says.get("shown") or ()),
        plain_text(says.get("about")),
        plain_text(says.get("parameters")),
        " ".join(says["records"]) if isinstance(says.get("records"), list) else plain_text(says.get("records")),
        " ".join(says.get("recipients") or ()),
    )


def plain_text(value: Any) -> str:
    """A value of a record in one cell."""
    return value if isinstance(value, str) else "" if value is None else json.dumps(value, sort_keys=True)
