"""Answers: what a question gives back, and the base of every row.

A row class has no defaults: 'not recorded' is a value (``None``), and a query that leaves a column out fails.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Final, Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict

from missingnet.graph.terms import MARKING


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: the rule, the parameters used, and the two dates. The pure part of a rule sees only this."""

    rule: str
    parameters: Mapping[str, Any]
    as_at: datetime
    known_at: datetime | None
    about: str | None = None
    """The one thing asked about: it has its row also where it does not meet the rule, which says why not."""
    names: bool = True
    """The reader may see names; else small numbers are hidden, and nothing is told of one child."""


class Row(BaseModel):
    """The base of all rows: frozen, exact, and without defaults."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    SUBJECT: ClassVar[tuple[str, ...]] = ()
    """The fields that say whom or what a row of a rule is about. Rows of one rule and one subject, asked at two times,
    are one finding: still there, changed, or gone."""

    @property
    def named(self) -> bool:
        """True where the rule names the row's subject: not where it was just missed, or asked about all the same."""
        return getattr(self, "state", "") not in UNMET

    @property
    def subject(self) -> tuple[Any, ...] | None:
        """Whom or what it is about; None: rows of this class are not compared."""
        return tuple(getattr(self, field) for field in self.SUBJECT) or None

    @property
    def evidence(self) -> frozenset[str]:
        """The ids of the records that it rests on, however deep."""
        found: set[str] = set()
        _gather(self, "", found)
        return frozenset(found)

    @classmethod
    def derive(cls, rows: Sequence[Self], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """The rows to show and notes for the reader, from the facts found. Pure; the default shows the facts."""
        return rows, ()


#: States of a row that a rule does not name.
UNMET: Final = frozenset({"just short", "not fired"})


def is_record(field: str) -> bool:
    """True for a field that holds ids of records."""
    return field in ("record", "records", "answered_by", "during_absence") or field.endswith("_records")


def _gather(value: Any, field: str, found: set[str]) -> None:
    """Add the ids of records within a value; ``field`` is where it stands."""
    if isinstance(value, Row):
        for name, inner in vars(value).items():
            _gather(inner, name, found)
    elif isinstance(value, tuple | list):
        for inner in value:
            _gather(inner, field, found)
    elif isinstance(value, str) and is_record(field):
        found.add(value)


RowT = TypeVar("RowT", bound=Row)


@dataclass(frozen=True, slots=True)
class Answer(Generic[RowT]):
    """The one answer from which picture, table, count, pack line and JSON are made (law 'One truth')."""

    rule: str
    title: str
    source: str
    parameters: Mapping[str, Any]
    as_at: datetime
    known_at: datetime | None
    rows: tuple[RowT, ...]
    notes: tuple[str, ...]
    marking: str = MARKING

    @property
    def total(self) -> int:
        """How many rows were found; a page shows some of them and says of how many."""
        return len(self.rows)

    @property
    def things(self) -> list[str]:
        """The ids of the things it shows, however deep in its rows, each once: for 'who looked at this child' (A7)."""
        return _things(self.rows)

    @property
    def named_things(self) -> list[str]:
        """Those of rows whose subject the rule names: not where it was just missed."""
        return _things([row for row in self.rows if row.named])

    def head(self) -> dict[str, Any]:
        """Everything but the rows: what was asked, as at when, how many were found and what to know of it."""
        return {
            "rule": self.rule,
            "title": self.title,
            "source": self.source,
            "parameters": plain(self.parameters),
            "as_at": plain(self.as_at),
            "known_at": plain(self.known_at),
            "marking": self.marking,
            "total": self.total,
            "notes": list(self.notes),
        }

    def as_json(self) -> dict[str, Any]:
        """The answer as plain JSON values; instants are UTC with a Z, dates are ISO."""
        return {**self.head(), "rows": [plain(row.model_dump()) for row in self.rows]}


def plain(value: Any) -> Any:
    """A value as JSON holds it: instants 'YYYY-MM-DDTHH:MM:SSZ' (UTC), dates ISO, sequences as lists."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds") + "Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(v) for v in value]
    return value


def _things(rows: Iterable[Row]) -> list[str]:
    shown: dict[str, None] = {}
    for row in rows:
        _look(row, "", shown)
    return list(shown)


def _look(value: Any, name: str, shown: dict[str, None]) -> None:
    """Add the ids of things within a value; ``name`` is the field it stands in."""
    if isinstance(value, Row):
        for field, inner in vars(value).items():
            if inner is not None:
                _look(inner, field, shown)
    elif isinstance(value, str):
        if name != "version_id" and (name == "id" or name.endswith(("_id", "_ids"))):
            shown[value] = None
    elif isinstance(value, list | tuple):
        for inner in value:
            _look(inner, name, shown)
    elif isinstance(value, dict):
        for field, inner in value.items():
            if inner is not None:
                _look(inner, field, shown)
