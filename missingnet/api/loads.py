"""Loads asked for over HTTP: one at a time, in the background, each with its progress and its reconciliation."""

from __future__ import annotations

import asyncio
import json
import logging
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from missingnet.api import refusals
from missingnet.api.collecting import Collecting
from missingnet.api.reader import Asker
from missingnet.api.refusals import Refused
from missingnet.api.uploads import Upload
from missingnet.graph import times
from missingnet.graph.access import Reader, needed
from missingnet.graph.answers import plain
from missingnet.graph.audit import AuditUnavailable
from missingnet.graph.planning import Trial
from missingnet.graph.records import Outcome, Record
from missingnet.graph.store import Store
from missingnet.settings import Settings

log = logging.getLogger("missingnet.api")

State = Literal["running", "finished", "failed"]
#: Reports that the page lists; older ones stay in the folder.
LISTED = 50


@dataclass(slots=True)
class Load:
    """One load: who asked for it, how far it is, and, when finished, what became of every row."""

    id: str
    asked_by: str
    begun: datetime
    dry_run: bool
    state: State = "running"
    file: str = ""
    rows: int = 0
    words: str = ""
    files: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The load as a program reads it; `files` is the same shape that `missingnet load --json` prints."""
        return {
            "load": self.id,
            "asked_by": self.asked_by,
            "begun": plain(self.begun),
            "dry_run": self.dry_run,
            "state": self.state,
            "progress": {"file": self.file, "rows": self.rows},
            "detail": self.words,
            "files": self.files,
        }


class NotTheirs(RuntimeError):
    """The file holds records that its sender may not load, said in words for them; and in the audit's words why."""

    def __init__(self, words: str, why: str) -> None:
        super().__init__(words)
        self.why = why


class Theirs:
    """The store, for records of agencies that the sender may load for, in compartments that the sender holds.

    What is loaded in an agency's name is taken as its word. And what became of a row tells whether the record is there
    already, so nobody may send, or try, a row that they could not read.
    """

    def __init__(self, store: Store, reader: Reader) -> None:
        self._store = store
        self._reader = reader

    async def put(self, records: Sequence[Record], operation: str, *, trial: Trial | None = None) -> list[Outcome]:
        """Store a batch whole or not at all.

        :raises NotTheirs: one of its records is another agency's, or lies in a compartment that the sender lacks.
        """
        reader = self._reader
        if not all(reader.may_load_for(agency) for agency in {record.agency for record in records}):
            raise NotTheirs(f"{words_of_other_agency(reader)} Nothing of that file was loaded.", "another agency")
        held = frozenset(reader.compartments)
        missing = sorted({name for record in records for name in needed(record.access) - held})
        if missing:
            raise NotTheirs(
                f"The file holds records of a compartment that you are not cleared for ({', '.join(missing)}). "
                "Nothing of it was loaded from there on. Ask somebody who is cleared to send it.",
                "a compartment",
            )
        return await self._store.put(records, operation, trial=trial)


def words_of_other_agency(reader: Reader) -> str:
    """Why a file was refused, and for whom this reader may load."""
    words = refusals.OTHER_AGENCY
    own = ", ".join((reader.agency, *reader.loads))
    return f"{words.sentence} You may load for: {own}. {words.remedy}"


class Loads:
    """The loads of one service. Files are removed when they are loaded: the graph keeps each row as it came."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._known: dict[str, Load] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def folder(self) -> Path:
        """Where uploads stand while they are loaded, and reports afterwards."""
        return self._settings.home / "uploads"

    def demand_room(self) -> None:
        """Raise unless no load is running: one writer, and uploads do not pile up."""
        if any(load.state == "running" for load in self._known.values()):
            raise Refused(refusals.BUSY)

    def find(self, number: str, asker: Asker) -> Load | None:
        """The sender's own load of that id, also from before the service was started. Another's is none."""
        load = self._read(number)
        return load if load is not None and load.asked_by == asker.reader.name else None

    def _read(self, number: str) -> Load | None:
        known = self._known.get(number)
        if number.isalnum() and (known is None or known.state != "running"):
            # From the disk each time: what was removed since is no longer in the report.
            path = self.folder / number / "report.json"
            if path.is_file():
                kept = json.loads(path.read_text(encoding="utf-8"))
                self._known[number] = Load(
                    id=number,
                    asked_by=kept["asked_by"],
                    begun=datetime.fromisoformat(kept["begun"].removesuffix("Z")),
                    dry_run=kept["dry_run"],
                    state=kept["state"],
                    words=kept["detail"],
                    files=kept["files"],
                )
        return self._known.get(number)

    def listed(self, asker: Asker) -> list[Load]:
        """The sender's own loads, latest first."""
        if self.folder.is_dir():
            for path in self.folder.iterdir():
                self._read(path.name)
        own = (load for load in self._known.values() if load.asked_by == asker.reader.name)
        return sorted(own, key=lambda load: load.begun, reverse=True)[:LISTED]

    async def begin(self, store: Store, asker: Asker, number: str, upload: Upload) -> Load:
        """Start loading what was uploaded, after the audit holds that it was collected (s.62); it holds the end too.

        :raises Refused: it is sent in the name of an agency that the sender may not load for; the audit holds that too.
        """
        self.demand_room()
        dry_run = upload.fields.get("dry_run", "").lower() in ("true", "yes", "1", "on")
        extract = _day(upload.fields.get("extract_date", ""))
        agency = upload.fields.get("agency") or asker.reader.agency
        theirs = asker.reader.may_load_for(agency)
        collecting = Collecting(store.audit, asker, load=number, files=len(upload.files), agency=agency, trial=dry_run)
        if not theirs:
            await asyncio.to_thread(collecting.begin, "refused: another agency")
            raise Refused(refusals.OTHER_AGENCY, words_of_other_agency(asker.reader))
        load = Load(number, asker.reader.name, times.now(), dry_run)
        self._known[number] = load
        try:
            await asyncio.to_thread(collecting.begin)
        except BaseException:
            del self._known[number]
            raise
        task = asyncio.create_task(self._run(store, asker, load, upload, extract, collecting))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return load

    async def _run(
        self,
        store: Store,
        asker: Asker,
        load: Load,
        upload: Upload,
        extract: date | None,
        collecting: Collecting,
    ) -> None:
        from missingnet.ingest.postcodes import locator
        from missingnet.ingest.problems import Unreadable
        from missingnet.ingest.run import load as load_files

        def progress(file: str, rows: int) -> None:
            load.file, load.rows = file, rows

        state: State = "failed"
        outcome = "stopped"
        try:
            report = await load_files(
                upload.files,
                Theirs(store, asker.reader),
                locate=await asyncio.to_thread(locator, self._settings.cache),
                source=upload.fields.get("source") or None,
                agency=upload.fields.get("agency") or None,
                extract_date=extract,
                mapping=upload.mapping,
                dry_run=load.dry_run,
                progress=progress,
                report=collecting.report,
            )
            load.files = list(report.as_json()["files"])  # type: ignore[call-overload]
            state = outcome = "finished"
        except NotTheirs as fault:
            load.words, outcome = str(fault), f"stopped: {fault.why}"
        except Unreadable as fault:
            load.words, outcome = f"{fault.problem}. {fault.remedy}", "stopped: not readable"
        except Exception as error:
            log.error("a load failed: %s", type(error).__name__)
            load.words = "The load stopped. What was accounted for stands; send the same files again to finish it."
        finally:
            await asyncio.to_thread(_end, collecting, outcome)
            try:
                await asyncio.to_thread(self._tidy, load, state)
            finally:
                # Not before the files are gone and the report is there: who waits for the end may then read it.
                load.state = state

    def _tidy(self, load: Load, state: State) -> None:
        place = self.folder / load.id
        shutil.rmtree(place / "files", ignore_errors=True)
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = place / "report.json"
        path.write_text(json.dumps({**load.as_json(), "state": state}, ensure_ascii=False), encoding="utf-8")
        path.chmod(0o600)

    async def end(self) -> None:
        """Stop what is running; a load that is stopped loses nothing acknowledged, and is finished by sending again."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _end(collecting: Collecting, outcome: str) -> None:
    """Write in the audit how a load ended. What was loaded stands, whether the audit can be written or not."""
    try:
        collecting.end(outcome)
    except AuditUnavailable as error:
        log.error("the end of a load could not be written to the audit: %s", type(error).__name__)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Refused(refusals.NOT_UNDERSTOOD, "'extract_date' must be a date such as 2026-10-31.") from error
