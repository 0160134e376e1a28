"""Who looked at this, and what did this person look at: an index beside the audit, made from it and never the truth.

It holds numbers and opaque ids, and where in the file each record stands; what a record says is read from the file,
its hash checked, whenever it is shown. Lost, damaged or of an audit that was written afresh, it is made again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import orjson

from missingnet.graph.audit.chain import BEGINNING, Broken, Link, Record, chained, records, settled_size
from missingnet.graph.audit.deeds import Deed, Kind, deeds_of
from missingnet.graph.audit.writing import NOT_RELEASED
from missingnet.graph.keyed import OPAQUE

#: Raised whenever the tables or what stands in them change: the index is then made again.
_FORM: Final = 3
#: Records that are written into the index together.
_TOGETHER: Final = 20_000
#: How long anybody waits for somebody else who brings the index up to date.
SECONDS = 30.0
#: Names kept in memory while the index is being made.
_KEPT: Final = 200_000
_HASH: Final = 64
#: What makes an index unusable without its being damaged: somebody else's work on it, or the disk.
_NOT_ITS_FAULT: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_PERM,
    }
)
#: The number of no name: not that of a record without one, which is 0.
_NOBODY: Final = -1
#: What stands for any thing, or none, where it is counted how often somebody did anything.
_ANYTHING: Final = 0

_TABLES: Final = (
    "CREATE TABLE upto (sequence INTEGER, head TEXT, place INTEGER)",
    "CREATE TABLE name (number INTEGER PRIMARY KEY, text TEXT UNIQUE)",
    "CREATE TABLE line (sequence INTEGER PRIMARY KEY, place INTEGER, length INTEGER, at INTEGER, "
    "who INTEGER, agency INTEGER)",
    "CREATE INDEX by_who ON line (who, sequence, agency, at)",
    "CREATE TABLE mention (thing INTEGER, sequence INTEGER, who INTEGER, agency INTEGER, at INTEGER, "
    "PRIMARY KEY (thing, sequence)) WITHOUT ROWID",
    "CREATE TABLE often (thing INTEGER, who INTEGER, agency INTEGER, times INTEGER, first INTEGER, last INTEGER, "
    "PRIMARY KEY (thing, who, agency)) WITHOUT ROWID",
    "CREATE TABLE late (sequence INTEGER PRIMARY KEY)",
    "CREATE TABLE deed (at INTEGER, sequence INTEGER, kind INTEGER, thing INTEGER, who INTEGER, agency INTEGER, "
    "PRIMARY KEY (at, sequence, kind, thing)) WITHOUT ROWID",
    "INSERT INTO upto VALUES (0, '', 0)",
)

_MENTIONED: Final = "SELECT {} sequence, who, agency, at FROM mention WHERE thing IN ({})"
_DONE: Final = "SELECT {} sequence, who, agency, at FROM line WHERE who IN ({})"
#: The same counted already, of one thing or of one person, over all time: a child may stand in every list there is.
_OFTEN: Final = "SELECT who, agency, times, first, last FROM often WHERE {} = ?{}"
_COUNTED: Final = (
    "SELECT who, agency, count(*) AS times, min(at) AS first, max(at) AS last FROM ({}) GROUP BY who, agency"
)
_PEOPLE: Final = (
    "SELECT w.text, a.text, times, first, last FROM ({}) "
    "LEFT JOIN name w ON w.number = who LEFT JOIN name a ON a.number = agency ORDER BY times DESC, w.text"
)
_ADDED: Final = (
    "INSERT INTO often VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (thing, who, agency) DO UPDATE SET "
    "times = times + excluded.times, first = min(first, excluded.first), last = max(last, excluded.last)"
)
_PAGE: Final = (
    "SELECT f.sequence, l.place, l.length, t.sequence IS NOT NULL FROM ({0} ORDER BY sequence {1} LIMIT {2}) f "
    "JOIN line l ON l.sequence = f.sequence LEFT JOIN late t ON t.sequence = f.sequence ORDER BY f.sequence {1}"
)
_DEEDS: Final = (
    "SELECT w.text, a.text, kind, t.text, at FROM deed JOIN name w ON w.number = who "
    "LEFT JOIN name a ON a.number = agency LEFT JOIN name t ON t.number = thing WHERE at BETWEEN ? AND ? "
)


class IndexUnavailable(RuntimeError):
    """Who looked at what cannot be said now; says why."""

    remedy = "Try again in a minute; the index is made again by itself where it was lost."


class IndexDisagrees(IndexUnavailable):
    """A record is not where the index has it, or is not what was written there."""

    remedy = "Run `missingnet audit verify`."


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records are asked for: of one agency's people or of all; from and until when (UTC), and before which."""

    agency: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Person:
    """How often somebody looked, and from when until when (UTC)."""

    who: str
    agency: str | None
    times: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """One record of the audit: its number, what it says, and whether it was written too late to be answered by."""

    sequence: int
    says: Mapping[str, Any]
    late: bool


@dataclass(frozen=True, slots=True)
class Found:
    """How many records were found, by whom, and some of them, newest first. ``upto`` is how far the audit was read;
    ``fault`` why it could be read no further."""

    total: int
    people: tuple[Person, ...]
    lines: tuple[Told, ...]
    upto: int
    fault: str | None


class Index:
    """The index of one audit."""

    def __init__(self, audit: Path) -> None:
        self._audit = audit
        self._path = audit.with_name("index.sqlite")

    def catch_up(self) -> tuple[int, str | None]:
        """Read what was written to the audit since; the last record read, and why it could be read no further.

        :raises IndexUnavailable: somebody else is making the index, or there is no room for it.
        """
        try:
            try:
                return self._brought_up()
            except sqlite3.DatabaseError as error:
                if getattr(error, "sqlite_errorcode", 0) & 0xFF in _NOT_ITS_FAULT:
                    raise
                for ending in ("", "-wal", "-shm"):
                    self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
                return self._brought_up()
        except sqlite3.DatabaseError as error:
            raise IndexUnavailable("the audit's index cannot be brought up to date") from error

    def _brought_up(self) -> tuple[int, str | None]:
        with closing(self._open()) as base:
            return self._caught_up(base)

    def of_things(self, things: Collection[str], wanted: Wanted) -> Found:
        """The records in which one of these things stands: shown, asked about, taken away, or rested on."""
        return self._found(_MENTIONED, things, wanted)

    def of_person(self, who: str, wanted: Wanted) -> Found:
        """The records of what somebody did."""
        return self._found(_DONE, [who], wanted)

    def every(self, things: Collection[str], wanted: Wanted) -> Iterator[Told]:
        """Every record in which one of these things stands, oldest first."""
        with closing(self._open()) as base:
            source, given = self._source(base, _MENTIONED, things, wanted)
            last = 0
            while True:
                rows = base.execute(
                    _PAGE.format(f"{source} AND sequence > ?", "", _TOGETHER), [*given, last]
                ).fetchall()
                if not rows:
                    return
                for row in rows:
                    yield self._told(*row)
                last = rows[-1][0]

    def deeds(self, since: datetime, until: datetime, agency: str | None = None) -> Iterator[Deed]:
        """What people did of their own choice from and until then (UTC), in the order of time; of one agency or all."""
        with closing(self._open()) as base:
            given: list[Any] = [_milliseconds(since), _milliseconds(until)]
            asked = _DEEDS
            if agency is not None:
                asked, given = f"{asked} AND a.text = ?", [*given, agency]
            for who, theirs, kind, thing, at in base.execute(f"{asked} ORDER BY at, sequence", given):
                yield Deed(who, theirs, Kind(kind), thing or "", _moment(at))

    def _open(self) -> sqlite3.Connection:
        base = sqlite3.connect(self._path, timeout=SECONDS, isolation_level=None)
        self._path.chmod(0o600)
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = NORMAL")
        return base

    def _caught_up(self, base: sqlite3.Connection) -> tuple[int, str | None]:
        base.execute("BEGIN IMMEDIATE")
        try:
            size = settled_size(self._audit)
            after = self._upto(base, size)
            fault, number = None, 0
            taken = _Taken(base)
            try:
                for number, record in enumerate(records(self._audit, after, size), start=1):
                    taken.take(record, after)
                    after = record.link
                    if number % _TOGETHER == 0:
                        taken.put(after)
            except Broken as error:
                fault = str(error)
            if number:
                taken.put(after)
            base.execute("COMMIT")
        except BaseException:
            base.execute("ROLLBACK")
            raise
        return after.sequence, fault

    def _upto(self, base: sqlite3.Connection, size: int) -> Link:
        """How far the index goes; the beginning, with an empty index, where the audit does not go on from there."""
        if base.execute("PRAGMA user_version").fetchone()[0] == _FORM:
            sequence, head, place = base.execute("SELECT sequence, head, place FROM upto").fetchone()
            link = Link(sequence, head, place) if sequence else BEGINNING
            if link.end <= size and (not sequence or self._bytes(place - _HASH - 1, _HASH) == head.encode()):
                return link
        for (table,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            base.execute(f"DROP TABLE {table}")
        for statement in _TABLES:
            base.execute(statement)
        base.execute(f"PRAGMA user_version = {_FORM}")
        return BEGINNING

    def _bytes(self, place: int, length: int) -> bytes:
        with self._audit.open("rb") as file:
            file.seek(place)
            return file.read(length)

    @staticmethod
    def _numbers(base: sqlite3.Connection, texts: Collection[str]) -> list[int]:
        found = (base.execute("SELECT number FROM name WHERE text = ?", (text,)).fetchone() for text in set(texts))
        return [row[0] for row in found if row]

    def _source(
        self, base: sqlite3.Connection, source: str, texts: Collection[str], wanted: Wanted
    ) -> tuple[str, list[int]]:
        """The statement that names the records asked for, and what stands for its question marks."""
        given = self._numbers(base, texts) or [_NOBODY]
        # A thing that had several ids may stand under two of them in one record, which is one record still.
        source = source.format("DISTINCT" if len(given) > 1 else "", ",".join("?" * len(given)))
        if wanted.agency is not None:
            source += " AND agency = ?"
            given += self._numbers(base, [wanted.agency]) or [_NOBODY]
        for moment, sign in ((wanted.since, ">="), (wanted.until, "<=")):
            if moment is not None:
                source += f" AND at {sign} ?"
                given.append(_milliseconds(moment))
        return source, given

    def _found(self, asked: str, texts: Collection[str], wanted: Wanted) -> Found:
        upto, fault = self.catch_up()
        with closing(self._open()) as base:
            source, given = self._source(base, asked, texts, wanted)
            if len(self._numbers(base, texts)) < 2 and wanted.since is None and wanted.until is None:
                one = "thing" if asked is _MENTIONED else "thing = 0 AND who"
                counted = _OFTEN.format(one, " AND agency = ?" if wanted.agency is not None else "")
            else:
                counted = _COUNTED.format(source)
            people = base.execute(_PEOPLE.format(counted), given).fetchall()
            before = [wanted.before] if wanted.before is not None else []
            source += " AND sequence < ?" if before else ""
            page = base.execute(_PAGE.format(source, "DESC", wanted.limit), [*given, *before]).fetchall()
        return Found(
            sum(row[2] for row in people),
            tuple(Person(who or "", agency, times, _moment(a), _moment(b)) for who, agency, times, a, b in people),
            tuple(self._told(*row) for row in page),
            upto,
            fault,
        )

    def _told(self, sequence: int, place: int, length: int, late: int) -> Told:
        """What a record says, as it stands in the audit."""
        start = max(0, place - _HASH - 1)
        text = self._bytes(start, place - start + length)
        before = text[:_HASH].decode("ascii", "replace") if place else BEGINNING.head
        body, _, digest = text[place - start : -1].rpartition(b"\t")
        if chained(before, body).encode() != digest:
            raise IndexDisagrees(f"record {sequence:,} of the audit is not what was written there")
        return Told(sequence, orjson.loads(body), bool(late))


class _Taken:
    """Records on their way into the index."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._known: dict[str, int] = {}
        self._lines: list[tuple[int, ...]] = []
        self._mentions: list[tuple[int, ...]] = []
        self._late: list[tuple[int]] = []
        self._deeds: list[tuple[int, ...]] = []
        self._often: dict[tuple[int, int, int], list[int]] = {}

    def take(self, record: Record, after: Link) -> None:
        told, link = record.told, record.link
        who, agency = self._number(str(told.get("who", ""))), self._number(str(told.get("agency") or ""))
        at = _milliseconds(record.at)
        self._lines.append((link.sequence, after.end, link.end - after.end, at, who, agency))
        things = {self._number(thing) for thing in (*_ids(told), *_sent(told))}
        self._mentions += [(thing, link.sequence, who, agency, at) for thing in things]
        for thing in (_ANYTHING, *things):
            often = self._often.setdefault((thing, who, agency), [0, at, at])
            often[:] = often[0] + 1, min(often[1], at), max(often[2], at)
        self._deeds += [(at, link.sequence, kind, self._number(thing), who, agency) for kind, thing in deeds_of(told)]
        if told.get("act") == NOT_RELEASED:
            self._late += [(number,) for number in told.get("sequences", ())]

    def put(self, link: Link) -> None:
        self._base.executemany("INSERT INTO line VALUES (?, ?, ?, ?, ?, ?)", self._lines)
        self._base.executemany("INSERT INTO mention VALUES (?, ?, ?, ?, ?)", sorted(self._mentions))
        self._base.executemany("INSERT OR IGNORE INTO late VALUES (?)", self._late)
        self._base.executemany("INSERT INTO deed VALUES (?, ?, ?, ?, ?, ?)", self._deeds)
        self._base.executemany(_ADDED, sorted((*key, *often) for key, often in self._often.items()))
        self._base.execute("UPDATE upto SET sequence = ?, head = ?, place = ?", (link.sequence, link.head, link.end))
        self._lines, self._mentions, self._late, self._deeds, self._often = [], [], [], [], {}
        if len(self._known) > _KEPT:
            self._known = {}

    def _number(self, text: str) -> int:
        """The number of a name in the index; 0 for none."""
        if not text:
            return 0
        found = self._known.get(text)
        if found is None:
            row = self._base.execute("SELECT number FROM name WHERE text = ?", (text,)).fetchone()
            found = row[0] if row else self._base.execute("INSERT INTO name (text) VALUES (?)", (text,)).lastrowid
            assert found is not None  # noqa: S101 (a row that was inserted has a number)
            self._known[text] = found
        return found


def _ids(value: Any) -> Iterator[str]:
    """Every opaque id in what a record says, however deep."""
    if isinstance(value, str):
        if OPAQUE.fullmatch(value):
            yield value
    elif isinstance(value, list):
        for inner in value:
            yield from _ids(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _ids(inner)


def sent_to(recipient: str) -> str:
    """What stands in the index for all that left in a file for this recipient; for nobody named, all that left."""
    return f"to {recipient}"


def _sent(told: Mapping[str, Any]) -> Iterator[str]:
    if told.get("act") == "disclose":
        yield from (sent_to(recipient) for recipient in ("", *map(str, told.get("recipients") or ())))


def _milliseconds(moment: datetime) -> int:
    """A moment (naive UTC) as a number."""
    return round(moment.replace(tzinfo=UTC).timestamp() * 1000)


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).replace(tzinfo=None)
