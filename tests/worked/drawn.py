"""Drawn tables: records read from a table as a person writes it, and rows written as such a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from missingnet.graph.answers import Row
from missingnet.graph.answers.clock_row import Noted
from missingnet.graph.answers.cme_and_missing import SharedWithMissing
from missingnet.graph.answers.descriptions import Description
from missingnet.graph.answers.ssda903_missing import CheckFailed
from missingnet.graph.answers.tabled import TableCell, TableLine
from missingnet.graph.times import london_to_utc, utc_to_london
from missingnet.ingest.sources.cme_register import STEPS as REGISTER_STEPS
from tests.builders import World

NOT_RECORDED = "not recorded"
#: What an interview, a check or a screening may tell: times, days, and words or yes and no.
TIMES = ("returned", "contacted", "offered")
DAYS = (
    *("shared_with_police", "on_childs_record", "findings_shared"),
    *("placement_plan_updated", "early_review_considered"),
)
SAID = (
    *("outcome", "interviewer", "parents_view", "decided_by", "child_consulted", "decision_reason", "harm", "themes"),
    *(
        "brought_forward",
        "held_by",
        "findings",
        "agreed_with",
        "agreed_reason",
        "assessor",
        "radicalisation_considered",
    ),
)
#: The days that a register of children missing education may tell, and the sessions that a census does.
STEPS = ("last_attended", "expected_return", *REGISTER_STEPS)
PLACED = ("place_code", "legal_status", "reason_new", "reason_ended", "reason_change")
SESSIONS = ("sessions_possible", "sessions_authorised", "sessions_unauthorised")
YES = {"yes": True, "no": False}


@dataclass(frozen=True)
class Case:
    """One worked example. Times in its tables are London's; things are 'Kind:Name', children bare names."""

    rule: str
    title: str
    records: str
    expected: str
    as_at: str = "2026-11-01 00:00"
    asked: Mapping[str, Any] = field(default_factory=dict)
    """Parameters. A value '@Name' is the id of that thing."""
    notes: tuple[str, ...] = ()
    """Notes that the answer must give, among others."""
    ordered: bool = False
    """The rows' order is the rule's; else only opaque ids decide it, and any order is right."""

    @property
    def name(self) -> str:
        return f"{self.rule}: {self.title}"


Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


def tables(text: str) -> list[Table]:
    """The tables of a text, a blank line between two: each its heading and its rows."""
    found: list[Table] = []
    for block in text.strip().split("\n\n"):
        lines = [line for line in block.splitlines() if line.strip() and not set(line.strip()) <= set("-+|")]
        rows = [tuple(cell.strip() for cell in line.split("|")) for line in lines]
        for row in rows:
            assert len(row) == len(rows[0]), f"{row} has not the columns {rows[0]}"
        found.append((rows[0], rows[1:]))
    return found


def instant(text: str) -> datetime:
    """A London clock time as UTC."""
    return london_to_utc(datetime.fromisoformat(text))


def _moment(text: str) -> datetime | None:
    return instant(text) if text else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def fill(world: World, text: str) -> None:
    """The records of the drawn tables, added to the world."""
    for (kind, *columns), rows in tables(text):
        for name, *cells in rows:
            _add(world, kind, name, dict(zip(columns, cells, strict=True)))


def _add(world: World, kind: str, name: str, cell: dict[str, str]) -> None:
    given: dict[str, Any] = {
        key: cell[key] for key in ("agency", "kind", "grade", "handling", "reason", "code") if cell.get(key)
    }
    child = cell.get("child") or ""
    if kind == "episode":
        own = (
            "start",
            "found",
            "source",
            "precision",
            "became",
            "risk",
            "first_risk",
            "lpu",
            "missing_from",
            "authority",
        )
        given |= {key: cell[key] for key in own if cell.get(key)}
        given |= {key: tuple(_list(cell[key])) for key in ("notified", "risk_changes") if cell.get(key)}
        given |= {"returned": _moment(cell["returned"])} if cell.get("returned") else {}
        with_ = _list(cell.get("with", ""))
        world.episode(name, child, instant(cell["started"]), _moment(cell["ended"]), with_=with_, **given)
    elif kind == "interview":
        own = ("child", "held", "agency", "about", *TIMES, *DAYS, *SAID)
        told = [(role, thing) for role in cell if role not in own for thing in _list(cell[role])]
        given |= {"about": cell["about"]} if cell.get("about") else {}
        given |= _told(cell)
        world.interview(name, child, _moment(cell.get("held", "")), told, **given)
    elif kind == "intelligence":
        relation = cell["relation"] or None
        world.intelligence(name, instant(cell["at"]), cell["subject"], relation, cell["other"], **given)
    elif kind == "placement":
        told = {key: cell[key] for key in PLACED if cell.get(key)}
        days = {key: _day(cell.get(key, "")) for key in ("started", "ended")}
        world.placement(name, child, cell["home"], **days, **given, **told)
    elif kind == "check":
        about = cell.get("about") or None
        world.check(name, child, _moment(cell.get("at", "")), about=about, **given, **_told(cell))
    elif kind == "meeting":
        days = {key: _day(cell.get(key, "")) for key in ("arranged", "planned", "held")}
        said = ("kind", "about", "meeting", "arranged_by", "chair", "chair_role", "outcome")
        world.meeting(name, child, **days, **({key: cell[key] for key in said if cell.get(key)} | _told(cell)))
    elif kind == "told":
        said = ("occasion", "about", "told_by", "not_told_because")
        world.told(name, child, cell["party"], instant(cell["at"]), **{key: cell[key] for key in said if cell.get(key)})
    elif kind == "action":
        more: dict[str, Any] = {"meeting_reference": cell["meeting"]} if cell.get("meeting") else {}
        more |= {"names": _list(cell["names"])} if cell.get("names") else {}
        world.action(name, child or None, cell["what"], date.fromisoformat(cell["agreed"]), **more)
    elif kind == "enrolment":
        sessions = {key: float(cell[key]) for key in SESSIONS if cell.get(key)}
        ended = {"ended": _day(cell["ended"])} if cell.get("ended") else {}
        part = {"part_time": YES[cell["part_time"]]} if cell.get("part_time") else {}
        world.enrolled(name, child, cell["school"], date.fromisoformat(cell["started"]), **sessions, **ended, **part)
    elif kind == "calendar":
        days = (date.fromisoformat(cell[key]) for key in ("started", "ended"))
        world.open_days(name, cell["school"], cell["days"], *days)
    elif kind == "list entry":
        world.listed(name, child, cell["list"], date.fromisoformat(cell["added"]), _day(cell.get("removed", "")))
    elif kind == "assessment":
        about, at = cell.get("about") or None, date.fromisoformat(cell["at"])
        world.assessed(name, child, cell["of"], cell["level"], at, about, **given, **_told(cell))
    elif kind == "out of school":
        started = date.fromisoformat(cell["started"])
        steps = {key: _day(cell[key]) for key in STEPS if cell.get(key)}
        steps |= {"concerns": tuple(_list(cell["concerns"]))} if cell.get("concerns") else {}
        steps |= {"school": cell["school"]} if cell.get("school") else {}
        world.out_of_school(name, child, started, _day(cell.get("ended", "")), **given, **steps)
    elif kind == "absence":
        sessions = float(cell["sessions"]) if cell["sessions"] else None
        days = {key: _day(cell.get(key, "")) for key in ("started", "counted_from")}
        world.absence(name, child, sessions, **days, **given)
    elif kind == "notice":
        times = {key: _moment(cell[key]) for key in ("started", "ended") if cell.get(key)}
        names = _list(cell.get("names", ""))
        world.notice(name, child or None, date.fromisoformat(cell["served"]), names, **given, **times)
    elif kind == "judgement":
        told = [record for record in world.records if record.raw["Ref"] in _list(cell["records"])]
        things = _list(cell["of"])
        world.judged(
            name, things, cell["about"], cell["verdict"], tuple(_list(cell["said of"])), told, instant(cell["decided"])
        )
    elif kind == "description":
        days = ("born", "died", "opened", "closed")
        apart = ("thing", "agency", "identifiers", "latitude", "longitude", *days)
        facts: dict[str, Any] = {key: value for key, value in cell.items() if value and key not in apart}
        facts |= {key: float(cell[key]) for key in ("latitude", "longitude") if cell.get(key)}
        facts |= {day: _day(cell.get(day, "")) for day in days}
        facts |= {"identifiers": tuple(_list(cell["identifiers"]))} if cell.get("identifiers") else {}
        world.described(name, cell["thing"], agency=cell.get("agency") or "99", **facts)
    else:
        raise AssertionError(f"no table of {kind}")


def _told(cell: Mapping[str, str]) -> dict[str, Any]:
    """What an interview, a check or a screening tells, by the columns that are filled."""
    found: dict[str, Any] = {key: _moment(cell[key]) for key in TIMES if cell.get(key)}
    found |= {key: _day(cell[key]) for key in DAYS if cell.get(key)}
    found |= {key: YES.get(cell[key], cell[key]) for key in SAID if cell.get(key)}
    return found | ({"themes": tuple(_list(cell["themes"]))} if cell.get("themes") else {})


def written(rows: Sequence[Row], columns: Sequence[str], names: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Rows as a table's cells: ids by their names, times in London. 'a+b' is both columns, in no order; 'a.b' is the
    column b of the rows within a."""
    return [tuple(_column(row, column, names) for column in columns) for row in rows]


def _column(row: Row, column: str, names: Mapping[str, str]) -> str:
    if isinstance(row, TableLine) and column not in TableLine.model_fields:
        return _number(
            next(cell for cell in row.cells if column in (f"{cell.column} {cell.measure}".strip(), cell.column))
        )
    if "+" in column:
        return _cell(tuple(getattr(row, part) for part in column.split("+")), names)
    if "." in column:
        outer, _, inner = column.partition(".")
        return "; ".join(sorted(_column(one, inner, names) for one in getattr(row, outer)))
    return _cell(getattr(row, column), names)


def _number(cell: TableCell) -> str:
    """A table's number with its share, or why there is none."""
    share = f" ({cell.share:g} %)" if cell.share is not None else ""
    return cell.state if cell.count is None else f"{cell.count:g}{share}"


def _cell(value: Any, names: Mapping[str, str]) -> str:
    if value is None:
        return NOT_RECORDED
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(sorted(_cell(one, names) for one in value))
    if isinstance(value, datetime):
        return utc_to_london(value).isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, Description):
        died = f"died {value.died}" if value.died else None
        return ", ".join(filter(None, (value.name, value.status, died)))
    if isinstance(value, CheckFailed):
        return value.code
    if isinstance(value, Noted):
        return value.words
    if isinstance(value, SharedWithMissing):
        parts = (value.shared_id, value.other_child_ids, value.records)
        return "{} with {}: {}".format(*(_cell(part, names) for part in parts))
    return names.get(str(value), str(value))


def drawn(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table, its columns aligned."""
    widths = [max(len(row[at]) for row in (heading, *rows)) for at in range(len(heading))]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (heading, *rows)]
    return "\n".join(line.rstrip() for line in lines)
