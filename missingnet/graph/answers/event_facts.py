"""From a record's facts in the graph to a line of a timeline: what happened, when, and every fact in words.

Pure. Nothing that lies after the date asked about is said: an episode that ended later is open as at that date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.events import Event, EventThing, Fact, RecordVersion, VersionTold
from missingnet.graph.answers.ties import Texts
from missingnet.graph.terms import EVENTS, OPEN, RECORD_FACTS
from missingnet.graph.times import start_of_day, utc_to_london

#: The facts that tell when an event began and ended; the first that is recorded counts.
_BEGAN: Final = (
    *("started", "held", "offered", "contacted", "returned", "at", "served", "added", "last_attended"),
    *("arranged", "planned", "agreed"),
)
_ENDED: Final = ("ended", "removed", "expires", "done")
#: Before any event, for those without a time.
_NEVER: Final = datetime(1900, 1, 1)
#: What may lie ahead without having happened: a review, meeting or action that is due, a return, an order's end.
_AHEAD: Final = frozenset({"next_review", "expires", "planned", "due", "expected_return"})
#: What is only known once an episode, a placement, a time out of education or on a list is over.
_AFTERWARDS: Final = {
    "ended": frozenset(
        {"ended", "located", "returned", "found_by", "closure_code", "became"}
        | {"reason_ended", "reason_change", "outcome", "status"}
    ),
    "removed": frozenset({"removed", "status"}),
    "held": frozenset({"held", "attended", "outcome"}),
    "done": frozenset({"done", "impact", "had_impact"}),
}
#: The month in which each term of the school year begins.
_SEASONS: Final = {"spring": 1, "summer": 4, "autumn": 9}
#: What a census says of its own term.
_OF_A_TERM: Final = frozenset(
    {"term", "year_group", "part_time", "sessions_possible", "sessions_authorised", "sessions_unauthorised"}
)
#: An interview with no outcome yet is still owed; these go on until they are ended.
_GO_ON: Final = frozenset({"Episode", "Placement", "Enrolment", "ListEntry", "MissingEducation", "Action"})
_TIES: Final = {"HAD": "own", "WENT_WITH": "companion", "TELLS_OF": "told of", "NAMES": "named", "asked": "record"}


class EventFact(Row):
    """One current version of a record as the graph holds it."""

    version: str = Field(description="The version's id")
    record: str = Field(description="The record's id")
    label: str = Field(description="Its kind")
    agency: str = Field(description="Whose record")
    reference: str | None = Field(description="The agency's own reference; None: not recorded")
    ties: Texts = Field(description="The links by which the child stands in it")
    observed_from: datetime | None = Field(description="First observed, UTC; None: not recorded")
    observed_to: datetime | None = Field(description="Last observed, UTC; None: not recorded")
    facts: dict[str, Any] = Field(description="Every fact, None where not recorded")
    things: list[dict[str, Any]] = Field(description="The things it names: id, kind, link, role")

    @classmethod
    def derive(cls, rows: Sequence[EventFact], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """One line for each version that stands, in order of time; what has no time comes last."""
        events = events_of(rows, asked.as_at)
        events.sort(key=lambda e: (e.started is None, e.started or OPEN, e.label, e.record, e.version))
        return events, conflicts_in(events)


class TimelineFact(EventFact):
    """The same, of one child, with how many versions of the record stand."""

    versions: int = Field(description="How many versions of the record stand as at the date, of whichever child")


class IdentityFact(TimelineFact):
    """The same, for who a child is now."""

    @classmethod
    def derive(cls, rows: Sequence[EventFact], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Descriptions, and what stands as at the date: open lists, placements, rolls; notices in force; the latest
        assessments of each kind (two of one day are both shown)."""
        events = events_of(rows, asked.as_at)
        newest: dict[str | None, datetime] = {}
        for event in events:
            if event.label == "RiskAssessment":
                newest[event.kind] = max(newest.get(event.kind, _NEVER), event.started or _NEVER)
        found = [
            event
            for event in events
            if event.label == "Description"
            or event.open
            or _in_force(event, asked.as_at)
            or (event.label == "RiskAssessment" and (event.started or _NEVER) == newest[event.kind])
        ]
        order = list(EVENTS)
        return sorted(
            found, key=lambda e: (order.index(e.label), e.started or _NEVER, e.record, e.version)
        ), conflicts_in(found)


class RecordFact(VersionTold):
    """One version of one record as the graph holds it."""

    known_to: datetime = Field(description="Until when it stood")
    raw: str = Field(description="The row as it came, as JSON text")
    facts: dict[str, Any] = Field(description="Every fact, None where not recorded")
    links: list[dict[str, Any]] = Field(description="The things it names: id, kind, link, role")

    @classmethod
    def derive(cls, rows: Sequence[RecordFact], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Its versions, newest first. Two that stood at one time conflict: neither is chosen."""

        def stands(row: RecordFact) -> bool:
            return row.known_to == OPEN or (asked.known_at is not None and row.known_to > asked.known_at)

        versions = [
            RecordVersion(
                **row.model_dump(exclude={"facts", "links", "known_to"}),
                known_to=None if stands(row) else row.known_to,
                current=stands(row),
                conflicting=any(
                    other.version_id != row.version_id
                    and other.known_from < row.known_to
                    and row.known_from < other.known_to
                    for other in rows
                ),
                facts=_facts_in_words(row.label, row.facts),
                links=_things(row.links),
            )
            for row in rows
        ]
        return sorted(versions, key=lambda v: (v.known_from, v.version_id), reverse=True), ()


def _in_force(event: Event, as_at: datetime) -> bool:
    return event.label == "Notice" and (event.ended is None or event.ended > as_at)


def events_of(rows: Sequence[EventFact], as_at: datetime) -> list[Event]:
    """Each version as a line of a timeline, as at a date; several of one record are told as conflicting, also where
    one of them names another child and so stands in that child's timeline and not in this.

    Each census tells who was on which roll then: only a child's newest one says where they are on roll still.
    """
    versions = Counter(row.record for row in rows)
    versions |= Counter({row.record: row.versions for row in rows if isinstance(row, TimelineFact)})
    newest: dict[str, date] = {}
    for row in rows:
        if row.label == "Enrolment":
            newest[_whose(row)] = max(newest.get(_whose(row), date.min), _term_began(row.facts))
    events = []
    for row in rows:
        event = event_of(row, as_at, conflicting=versions[row.record] > 1)
        if row.label == "Enrolment" and _term_began(row.facts) < newest[_whose(row)]:
            event = event.model_copy(update={"open": False})
        events.append(event)
    return events


def _whose(row: EventFact) -> str:
    """The child whose record it is, where others' are asked with it; empty for the one asked about."""
    return next((str(t["id"]) for t in row.things if t["link"] == "HAD" and t.get("id") is not None), "")


def _term_began(facts: Mapping[str, Any]) -> date:
    """About when the term of a census began ('2024 autumn'), in the order of terms; before any where none is told."""
    year, _, season = str(facts.get("term") or "").partition(" ")
    return date(int(year), _SEASONS[season], 1) if year.isdecimal() and season in _SEASONS else date.min


def conflicts_in(events: Sequence[Event]) -> tuple[str, ...]:
    """What to say where records stand in versions that say different things of one date."""
    many = len({event.record for event in events if event.conflicting})
    if not many:
        return ()
    records = "1 record came" if many == 1 else f"{many} records came"
    return (f"{records} twice for one date with different content. Each version is shown; none is taken as right.",)


def event_of(row: EventFact, as_at: datetime, *, conflicting: bool = False) -> Event:
    """A version of a record as a line of a timeline, as at a date."""
    facts = _as_at({name: row.facts.get(name) for name in EVENTS[row.label]}, as_at)
    began = next((_instant(facts[name]) for name in _BEGAN if facts.get(name) is not None), row.observed_from)
    ended = next((_instant(facts[name]) for name in _ENDED if facts.get(name) is not None), None)
    kind = facts.get("list") if row.label == "ListEntry" else facts.get("kind")
    if row.label == "Enrolment" and began is None:
        began = row.observed_from
    return Event(
        record=row.record,
        version=row.version,
        conflicting=conflicting,
        label=row.label,
        kind=None if row.label == "Description" else kind,
        tie=_tie(row.ties),
        agency=row.agency,
        reference=row.reference,
        started=began,
        ended=ended,
        open=row.label in _GO_ON and (ended is None or ended > as_at),
        precision=str(facts.get("precision") or ("minute" if _has_instant(facts) else "day")),
        summary=_summary(row.label, facts),
        facts=_facts_in_words(row.label, facts),
        things=_things(row.things),
    )


def _tie(ties: Sequence[str]) -> str:
    return next((words for link, words in _TIES.items() if link in ties), "record")


def _as_at(facts: Mapping[str, Any], as_at: datetime) -> dict[str, Any]:
    """The facts without what had not happened yet."""
    day = utc_to_london(as_at).date()
    told = dict(facts)
    for name, value in facts.items():
        if name in _AHEAD:
            continue
        later = value > as_at if isinstance(value, datetime) else isinstance(value, date) and value > day
        if later:
            told[name] = None
            told |= {other: None for other in _AFTERWARDS.get(name, ()) if other in told}
    if _term_began(facts) > day:
        told |= {name: None for name in _OF_A_TERM if name in told}
    return told | graded(facts, as_at)


def graded(facts: Mapping[str, Any], as_at: datetime) -> dict[str, Any]:
    """Those of the facts of grading that were otherwise by then: 'instant grade>grade reason' tells each change."""
    changes = list(facts.get("risk_changes") or ())
    later = sorted(change for change in changes if _changed(change) > as_at)
    if not later:
        return {}
    before, _, _ = later[0].partition(" ")[2].partition(">")
    return {"risk_changes": [c for c in changes if c not in later], "risk": before.strip().lower() or None}


def _changed(change: str) -> datetime:
    """When a change of risk was made; one that does not tell it is taken as made."""
    try:
        return datetime.fromisoformat(change.partition(" ")[0])
    except ValueError:
        return _NEVER


def _instant(value: datetime | date) -> datetime:
    return value if isinstance(value, datetime) else start_of_day(value)


def _has_instant(facts: Mapping[str, Any]) -> bool:
    return any(isinstance(value, datetime) for value in facts.values())


def _things(things: Sequence[Mapping[str, Any]]) -> tuple[EventThing, ...]:
    found = {(t["link"], t["kind"], t["id"], t["role"]): EventThing(**t) for t in things if t.get("id") is not None}
    return tuple(found[key] for key in sorted(found, key=lambda k: tuple(part or "" for part in k)))


def _facts_in_words(label: str, facts: Mapping[str, Any]) -> tuple[Fact, ...]:
    """Every recorded fact in the order of the words' list."""
    found = []
    for name in EVENTS[label]:
        value = facts.get(name)
        if value is None or value in ("", [], ()) or name in RECORD_FACTS:
            continue
        told = [change_in_words(change) for change in value] if name == "risk_changes" else value
        found.append(Fact(name=name.replace("_", " "), value=words(told)))
    return tuple(found)


def change_in_words(change: str) -> str:
    """A change of risk with its instant in London time, as every other time is told."""
    at = _changed(change)
    return change if at == _NEVER else f"{words(at)}: {change.partition(' ')[2]}"


def words(value: Any) -> str:
    """A fact's value as people read it: London times, yes and no, lists with semicolons."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        local = utc_to_london(value)
        return f"{local.day} {local:%B %Y}, {local:%H:%M}"
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list | tuple):
        return "; ".join(words(v) for v in value)
    return str(value)


def _summary(label: str, facts: Mapping[str, Any]) -> str:
    """One line in words; never a judgement, only what is recorded."""

    def said(name: str) -> str | None:
        value = facts.get(name)
        return None if value is None else words(value)

    if label == "Episode":
        parts = [
            {"missing": "Missing", "absent": "Absent", "away": "Away without authorisation"}.get(
                str(facts.get("kind")), "Episode"
            ),
            f"from {said('missing_from')}" if facts.get("missing_from") else None,
            f"risk {said('risk')}" if facts.get("risk") else None,
            "still open" if facts.get("ended") is None else None,
        ]
    elif label == "ReturnInterview":
        parts = ["Return interview", said("outcome") or "outcome not recorded", said("why")]
    elif label == "Placement":
        parts = ["Placement", said("place_words") or said("place_code"), said("legal_status")]
    elif label == "Enrolment":
        parts = ["On a school roll", f"year {said('year_group')}" if facts.get("year_group") else None]
    elif label == "SchoolAbsence":
        sessions = f"{said('sessions')} sessions" if facts.get("sessions") is not None else None
        parts = ["Exclusion" if facts.get("kind") == "exclusion" else "School absence", said("code"), sessions]
    elif label == "MissingEducation":
        parts = ["Missing from education", said("reason"), said("status")]
    elif label == "RiskAssessment":
        parts = ["Risk assessment", said("kind"), said("level")]
    elif label == "Notice":
        parts = ["Notice", said("kind")]
    elif label == "ListEntry":
        parts = ["On a list", said("list"), said("status")]
    elif label == "Intelligence":
        parts = ["Intelligence", said("text")]
    elif label == "Meeting":
        state = None if facts.get("held") is not None else "not held"
        parts = [f"{said('kind') or ''} meeting".strip().capitalize(), state, said("outcome")]
    elif label == "Action":
        parts = ["Action", said("what"), "done" if facts.get("done") is not None else "not done"]
    elif label == "Notification":
        told = f"{said('told')} told" if facts.get("not_told_because") is None else f"{said('told')} not told"
        parts = ["Notification", told, f"of the {said('occasion')}" if facts.get("occasion") else None]
    elif label == "SchoolCalendar":
        parts = ["School calendar", said("kind"), said("details")]
    elif label == "SafeAndWellCheck":
        parts = ["Safe and well check", said("findings")]
    elif label == "Judgement":
        parts = ["Judgement", said("verdict"), said("state")]
    else:
        parts = [said("name") or "Description"]
    return ": ".join([parts[0] or "", ", ".join(p for p in parts[1:] if p)]).rstrip(": ")
