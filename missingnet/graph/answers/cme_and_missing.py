"""CME-AND-MISSING: missing from education and from home or care (Ofsted16; Procedures, cross match)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.said import many
from missingnet.graph.answers.same_episode import EpisodeTold, Sameness, counted, note
from missingnet.graph.answers.ties import Texts, hubs_left_out, latest, texts
from missingnet.graph.times import utc_to_london


class EducationRecord(Row):
    """One record that a child is out of school."""

    part: str = Field(description="'missing from education' or 'absent from school'")
    record: str = Field(description="The record")
    agency: str = Field(description="Whose record it is")
    day: date | None = Field(description="Its date; None: not recorded")
    reason: str | None = Field(description="Its reason, code or category; None: not recorded")
    sessions: float | None = Field(description="Sessions absent; None: not recorded")


class OtherChild(Row):
    """A child who goes missing and shares something."""

    child_id: str = Field(description="The child")
    record: str = Field(description="The record that ties them to what is shared")
    agency: str = Field(description="Whose record it is")


class SharedFact(Row):
    """Something shared, with the child's own records and the others'."""

    shared_id: str = Field(description="What is shared")
    shared_kind: str = Field(description="Its kind")
    records: Texts = Field(description="The child's own records")
    others: tuple[OtherChild, ...] = Field(description="Children who go missing and share it", strict=False)


class CmeAndMissingFact(Row):
    """One child who is out of school, as the graph holds them."""

    child_id: str = Field(description="The child")
    education: tuple[tuple[EducationRecord, ...], ...] = Field(description="The education records", strict=False)
    episodes: tuple[EpisodeTold, ...] = Field(description="Missing episodes in the window", strict=False)
    beside: tuple[OtherChild, ...] = Field(description="Children who go missing, named in one record", strict=False)
    shares: tuple[SharedFact, ...] = Field(description="What is shared with children who go missing", strict=False)
    hub_ids: Texts = Field(description="Hubs tied to the child")

    @classmethod
    def derive(cls, rows: Sequence[CmeAndMissingFact], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Each child once, those who go missing most first."""
        found = [row for row in rows if row.episodes or row.beside or row.shares or asked.about is not None]
        sameness = Sameness.of(asked.parameters)
        shown = [_child(row, sameness) for row in found]
        if asked.about is not None and not shown:
            shown.append(_in_school(asked))
        shown.sort(key=lambda r: (-r.episodes, -len(r.shares), r.child_id))
        limit = asked.parameters["hub_children"]
        notes = [
            "What is shared is looked for where a child is on a register as missing from education. Homes and schools "
            f"are not followed, nor places, vehicles, phones and handles known to more than {limit} children.",
            "Sessions are counted term by term; those of a term are told from the day it began.",
            note(asked),
        ]
        if hubs := texts(*(row.hub_ids for row in rows)):
            notes.append(hubs_left_out(len(hubs), "children missing from education", limit))
        if alone := len(rows) - len(found):
            are = "1 child missing from education is" if alone == 1 else f"{alone} children missing from education are"
            notes.append(f"{are} tied to such hubs, to nothing else that is shared, and not shown.")
        return shown, notes


class SharedWithMissing(Row):
    """Something shared with a child who goes missing."""

    shared_id: str = Field(description="The thing shared, or the other child, where one record names both")
    shared_kind: str = Field(description="Its kind")
    other_child_ids: Texts = Field(description="Children who go missing and share it")
    records: Texts = Field(description="Records behind both ties")


class CmeAndMissing(Row):
    """One child out of school who also goes missing, or shares people and places with those who do."""

    SUBJECT = ("child_id",)

    child_id: str = Field(description="The child")
    state: str = Field(description="'fired'; asked about one child also 'just short' or 'not fired'")
    why: str = Field(description="The facts that make it so, in words")
    education: str = Field(description="'missing from education', 'absent from school' or both; empty: neither")
    since: date | None = Field(description="The earliest education record's date; None: not recorded")
    reasons: Texts = Field(description="Reasons, codes or categories as recorded")
    sessions: float | None = Field(description="Sessions absent in the terms that count, together; None: not recorded")
    education_records: Texts = Field(description="The education records")
    episodes: int = Field(description="Missing episodes in the window; one that two agencies recorded counts once")
    episode_records: Texts = Field(description="All agencies' episodes in the window")
    last_missing: datetime | None = Field(description="When the last episode started, UTC; None: none in the window")
    during_absence: Texts = Field(description="Absence records dated on a day the child was missing")
    shares: tuple[SharedWithMissing, ...] = Field(
        description="What is shared with children who go missing", strict=False
    )
    hub_ids: Texts = Field(description="Hubs that the child is tied to: shown, never followed")
    agencies: Texts = Field(description="Agencies whose records these are")


def _child(row: CmeAndMissingFact, sameness: Sameness) -> CmeAndMissing:
    education = [one for many in row.education for one in many]
    sessions = [one.sessions for one in education if one.sessions is not None]
    part = " and ".join(sorted({one.part for one in education}, reverse=True))
    episodes, shares = len(counted(row.episodes, sameness)), _shares(row)
    shared = f"{many(len(shares), 'person or thing', 'people and things')} shared with children who go missing"
    return CmeAndMissing(
        child_id=row.child_id,
        state="fired" if episodes or shares else "just short",
        why=f"{part}; {many(episodes, 'missing episode')} in the window, {shared}",
        education=part,
        since=min((one.day for one in education if one.day is not None), default=None),
        reasons=texts(one.reason for one in education),
        sessions=sum(sessions) if sessions else None,
        education_records=texts(one.record for one in education),
        episodes=episodes,
        episode_records=texts(e.record for e in row.episodes),
        last_missing=latest(e.started for e in row.episodes),
        during_absence=texts(one.record for one in education if one.day and _missing_on(one.day, row.episodes)),
        shares=shares,
        hub_ids=texts(row.hub_ids),
        agencies=texts(
            (one.agency for one in education),
            (e.agency for e in row.episodes),
            (o.agency for o in row.beside),
            (o.agency for share in row.shares for o in share.others),
        ),
    )


def _in_school(asked: Asked) -> CmeAndMissing:
    """Why a child is not named of whom no record says that they are out of school."""
    least = asked.parameters["min_sessions"]
    return CmeAndMissing(
        child_id=asked.about or "",
        state="not fired",
        why=f"on no register of children missing education, and not absent for {least:g} sessions of a term that count",
        education="",
        since=None,
        reasons=(),
        sessions=None,
        education_records=(),
        episodes=0,
        episode_records=(),
        last_missing=None,
        during_absence=(),
        shares=(),
        hub_ids=(),
        agencies=(),
    )


def _shares(row: CmeAndMissingFact) -> tuple[SharedWithMissing, ...]:
    """What is shared with children who go missing; and these themselves, where one record names both."""
    beside: dict[str, list[str]] = {}
    for other in row.beside:
        beside.setdefault(other.child_id, []).append(other.record)
    found = [
        SharedWithMissing(shared_id=child, shared_kind="Child", other_child_ids=(child,), records=texts(records))
        for child, records in beside.items()
    ]
    found += [
        SharedWithMissing(
            shared_id=share.shared_id,
            shared_kind=share.shared_kind,
            other_child_ids=texts(o.child_id for o in share.others),
            records=texts(share.records, (o.record for o in share.others)),
        )
        for share in row.shares
    ]
    return tuple(sorted(found, key=lambda share: share.shared_id))


def _missing_on(day: date, episodes: Sequence[EpisodeTold]) -> bool:
    """The child was missing at some time of that London day."""
    return any(
        utc_to_london(e.started).date() <= day and (e.ended is None or day <= utc_to_london(e.ended).date())
        for e in episodes
    )
