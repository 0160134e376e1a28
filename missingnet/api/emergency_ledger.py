"""Each use of emergency access: who opened which child, why and until when, how it ended, and what a reviewer found.

It is kept beside the graph, for it is no record of any agency's and no question may answer by it; the audit has every
step as well. It holds what somebody wrote as their reason, so nobody but the service may read the file.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal, get_args

from missingnet.graph.access import Emergency, Purpose

log = logging.getLogger("missingnet.api")

#: What a reviewer may find.
Verdict = Literal["needed", "not needed", "cannot be said"]
VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)
#: How long anybody waits for somebody else who writes here.
_SECONDS: Final = 5.0
_COLUMNS: Final = (
    *("id", "who", "title", "agency", "purpose", "reference", "child", "reason", "compartments", "begun", "until"),
    *("ended", "ended_by", "reviewer", "reviewer_agency", "reviewed", "verdict", "found"),
)
#: Two persons, two agencies, one review: kept by the file itself, whatever the program does.
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS use (
  id TEXT PRIMARY KEY, who TEXT NOT NULL, title TEXT NOT NULL, agency TEXT NOT NULL, purpose TEXT NOT NULL,
  reference TEXT NOT NULL, child TEXT NOT NULL, reason TEXT NOT NULL, compartments TEXT NOT NULL,
  begun TEXT NOT NULL, until TEXT NOT NULL, ended TEXT, ended_by TEXT,
  reviewer TEXT, reviewer_agency TEXT, reviewed TEXT, verdict TEXT, found TEXT,
  CHECK (begun < until), CHECK (reviewer IS NULL OR (reviewer <> who AND reviewer_agency <> agency AND found <> '')))
"""


class LedgerUnavailable(RuntimeError):
    """Emergency access cannot be opened, ended or reviewed now; says why."""

    remedy = "Tell the person who runs the service: the file emergency.sqlite of its state folder cannot be used."


class Hindered(ValueError):
    """The person may not open another now, said in words with the remedy."""


@dataclass(frozen=True, slots=True)
class Use:
    """One use. Instants are naive UTC; ``found`` is what the reviewer wrote beside the verdict."""

    id: str
    who: str
    title: str
    agency: str
    purpose: str
    reference: str
    child: str
    reason: str
    compartments: tuple[str, ...]
    begun: datetime
    until: datetime
    ended: datetime | None = None
    ended_by: str | None = None
    reviewer: str | None = None
    reviewer_agency: str | None = None
    reviewed: datetime | None = None
    verdict: Verdict | None = None
    found: str | None = None

    def open(self, now: datetime) -> bool:
        """True until its time is up or somebody ended it, to the instant."""
        return self.ended is None and self.begun <= now < self.until

    @property
    def emergency(self) -> Emergency:
        """What it opens."""
        return Emergency(self.id, self.child, self.compartments)


class Ledger:
    """The uses of one installation, in one file that several processes share."""

    def __init__(self, home: Path) -> None:
        self._path = home / "emergency.sqlite"

    def open_of(self, who: str, purpose: Purpose, now: datetime) -> Use | None:
        """What is open to this person for this purpose and case. Where that cannot be read, nothing is."""
        if not self._path.exists():
            return None
        try:
            uses = self._read("WHERE who = ? AND purpose = ? AND reference = ? AND ended IS NULL AND until > ?",
                              who, purpose.code, purpose.reference, _text(now))  # fmt: skip
        except LedgerUnavailable as error:
            log.error("emergency access could not be looked up, so none is open: %s", error)
            return None
        return next((use for use in uses if use.open(now)), None)

    def of(self, who: str) -> list[Use]:
        """What a person opened, newest first."""
        return self._read("WHERE who = ? ORDER BY begun DESC", who)

    def every(self) -> list[Use]:
        """Every use, those that nobody has reviewed first, the oldest of them first; then the newest."""
        uses = self._read("ORDER BY begun")
        return [use for use in uses if use.reviewed is None] + [use for use in reversed(uses) if use.reviewed]

    def waiting(self) -> int | None:
        """How many wait for their review; None where that cannot be read."""
        try:
            return len(self._read("WHERE reviewed IS NULL"))
        except LedgerUnavailable as error:
            log.error("how many reviews wait could not be looked up: %s", error)
            return None

    def use(self, number: str) -> Use | None:
        """The use of that id."""
        return next(iter(self._read("WHERE id = ?", number)), None)

    def begin(self, use: Use, unreviewed: int) -> None:
        """Keep a new use; when this returns it is on the disk.

        :param unreviewed: how many earlier uses of the same person may wait for their review.
        :raises Hindered: the person has one open, or more than so many wait.
        """
        with self._writing() as base:
            hinders(list(_rows(base, "WHERE who = ?", use.who)), unreviewed, use.begun)
            values = [_plain(getattr(use, name)) for name in _COLUMNS]
            base.execute(f"INSERT INTO use ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})", values)  # noqa: S608 (names of our own)

    def end(self, number: str, by: str, now: datetime) -> bool:
        """End it by hand. False when it was over already."""
        said = "UPDATE use SET ended = ?, ended_by = ? WHERE id = ? AND ended IS NULL AND until > ?"
        with self._writing() as base:
            return base.execute(said, (_text(now), by, number, _text(now))).rowcount == 1

    def review(self, number: str, by: tuple[str, str], verdict: Verdict, found: str, now: datetime) -> bool:
        """Keep what a reviewer, of that name and agency, found. False when somebody has reviewed it before."""
        said = (
            "UPDATE use SET reviewer = ?, reviewer_agency = ?, reviewed = ?, verdict = ?, found = ? "
            "WHERE id = ? AND reviewed IS NULL"
        )
        with self._writing() as base:
            return base.execute(said, (*by, _text(now), verdict, found, number)).rowcount == 1

    def _read(self, where: str, *given: str) -> list[Use]:
        if not self._path.exists():
            return []
        try:
            with closing(self._connect()) as base:
                return list(_rows(base, where, *given))
        except (sqlite3.Error, ValueError, KeyError) as error:
            raise LedgerUnavailable(f"the uses of emergency access cannot be read ({type(error).__name__})") from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One change, whole and on the disk, or none."""
        try:
            with closing(self._connect()) as base:
                base.execute(_TABLE)
                base.execute("BEGIN IMMEDIATE")
                try:
                    yield base
                except BaseException:
                    base.execute("ROLLBACK")
                    raise
                base.execute("COMMIT")
        except sqlite3.Error as error:
            raise LedgerUnavailable(f"the use of emergency access cannot be kept ({type(error).__name__})") from error

    def _connect(self) -> sqlite3.Connection:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path.touch(mode=0o600)
        base = sqlite3.connect(self._path, timeout=_SECONDS, isolation_level=None)
        base.execute("PRAGMA synchronous = FULL")
        return base


def hinders(earlier: list[Use], unreviewed: int, now: datetime) -> None:
    """Raise where a person's earlier uses hinder another.

    :raises Hindered: one is open, or more than so many wait for their review.
    """
    if any(use.open(now) for use in earlier):
        raise Hindered("You have emergency access to one child open. End it before you open another.")
    waiting = sum(use.reviewed is None for use in earlier)
    if waiting > unreviewed:
        raise Hindered(
            f"{waiting} of your earlier uses {'waits' if waiting == 1 else 'wait'} for a reviewer of another agency. "
            "Ask them to review it, or a colleague to look."
        )


def _rows(base: sqlite3.Connection, where: str, *given: str) -> Iterator[Use]:
    for row in base.execute(f"SELECT {', '.join(_COLUMNS)} FROM use {where}", given):  # noqa: S608 (words of our own)
        told: dict[str, Any] = dict(zip(_COLUMNS, row, strict=True))
        for name in ("begun", "until", "ended", "reviewed"):
            told[name] = datetime.fromisoformat(told[name]) if told[name] else None
        yield Use(**{**told, "compartments": tuple(json.loads(told["compartments"]))})


def _text(moment: datetime) -> str:
    """An instant as it is kept: of one length, so that it sorts as it happened."""
    return moment.isoformat(timespec="microseconds")


def _plain(value: Any) -> str | None:
    if isinstance(value, datetime):
        return _text(value)
    return json.dumps(value) if isinstance(value, tuple) else value
