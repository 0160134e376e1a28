"""Rules of absent reports: by place, beside missing episodes, and whether children's services were told (WMP;
Streetwise). An episode that two records tell of counts once, by kind of the record it counts by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.episodes_of_concern import EpisodesRaised, Raised, raised_for
from missingnet.graph.answers.said import many
from missingnet.graph.answers.same_episode import Counted, EpisodeTold, Sameness, counted, note
from missingnet.graph.answers.threshold_row import ThresholdRow, met_since, shown, stands
from missingnet.graph.answers.ties import Listed, Texts, texts


class ReportAtPlace(EpisodeTold):
    """One absent report from a place."""

    child_id: str = Field(description="The child")


class PlaceReports(Row):
    """One place's absent reports in the window, and shortly before it."""

    place_id: str = Field(description="The place")
    place_kind: str = Field(description="Its kind")
    reports: tuple[ReportAtPlace, ...] = Field(description="Every agency's records", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[PlaceReports], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Places at the threshold or just short of it, those with most reports first."""
        found = shown((_place(row, asked) for row in rows), asked)
        found.sort(key=lambda r: (-r.reports, r.place_id))
        return found, (
            "A report from a child's own home leaves no place here: where a child lives is a record of its own.",
            note(asked),
        )


def _place(row: PlaceReports, asked: Asked) -> PlaceAbsences:
    since, least = asked.parameters["since"], asked.parameters["min_reports"]
    sameness = Sameness.of(asked.parameters)
    each: list[tuple[str, Counted]] = []
    for child in sorted({report.child_id for report in row.reports}):
        told = counted((r for r in row.reports if r.child_id == child), sameness)
        each += [(child, c) for c in told if c.episode.started > since]
    each.sort(key=lambda one: (one[1].episode.started, one[1].episode.record))
    starts = tuple(c.episode.started for _, c in each)
    children = texts(child for child, _ in each)
    return PlaceAbsences(
        place_id=row.place_id,
        place_kind=row.place_kind,
        state=stands(len(each), least),
        why=f"{many(len(each), 'absent report')} of {many(len(children), 'child', 'children')} began here in the "
        f"window; the rule fires at {least}",
        since=met_since(starts, least),
        reports=len(each),
        child_ids=children,
        agencies=texts(c.episode.agency for _, c in each),
        records=tuple(c.episode.record for _, c in each),
        starts=starts,
        same_records=texts(e.record for _, c in each for e in c.also),
    )


class PlaceAbsences(Row):
    """One place at or just short of the threshold, and the absent reports that put it there."""

    SUBJECT = ("place_id",)

    place_id: str = Field(description="The place")
    place_kind: str = Field(description="Its kind: Place, Home or School")
    state: str = Field(description="'fired'; 'just short': one fewer; else 'not fired'")
    why: str = Field(description="The facts against the threshold, in words")
    since: datetime | None = Field(description="When the last report needed began, UTC; None: too few")
    reports: int = Field(description="Absent reports in the window; one that two agencies recorded counts once")
    child_ids: Texts = Field(description="The children reported")
    agencies: Texts = Field(description="By whose records they count")
    records: Texts = Field(description="The records that count, in order of start")
    starts: tuple[datetime, ...] = Field(description="When they started, UTC, in the same order", strict=False)
    same_records: Texts = Field(description="Other records of the same episodes")


class AbsentAndMissing(Row):
    """One child's absent and missing records in the window, and shortly before it."""

    child_id: str = Field(description="The child")
    episodes: tuple[EpisodeTold, ...] = Field(description="Every agency's records", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[AbsentAndMissing], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Children whose absences alone lift them, while a count of missing episodes would not; most absences first."""
        found = shown((_masked(row, asked) for row in rows), asked)
        found.sort(key=lambda r: (-r.absences, -r.missing, r.child_id))
        return found, ("An absent report that became a missing one counts as missing.", note(asked))


def both_kinds(told: Sequence[EpisodeTold], since: datetime, sameness: Sameness) -> tuple[list[Counted], list[Counted]]:
    """A child's missing episodes and absences that began in the window, each once: what became missing is missing."""
    each = [c for c in counted(told, sameness) if c.episode.started > since]
    missing = [c for c in each if any(e.kind == "missing" for e in (c.episode, *c.also))]
    return missing, [c for c in each if c not in missing]


def _masked(row: AbsentAndMissing, asked: Asked) -> AbsencesBesideMissing:
    least, most = asked.parameters["min_absences"], asked.parameters["max_missing"]
    missing, absent = both_kinds(row.episodes, asked.parameters["since"], Sameness.of(asked.parameters))
    masked = len(missing) <= most
    starts = tuple(c.episode.started for c in absent)
    return AbsencesBesideMissing(
        child_id=row.child_id,
        state=stands(len(absent), least) if masked else "not fired",
        why=f"{many(len(absent), 'absent report')} beside {many(len(missing), 'missing episode')} in the window; the "
        f"rule fires at {least} beside no more than {most}",
        since=met_since(starts, least) if masked else None,
        records=texts(e.record for c in (*absent, *missing) for e in (c.episode, *c.also)),
        absences=len(absent),
        missing=len(missing),
        agencies=texts(c.episode.agency for c in (*missing, *absent)),
        absent_records=texts(c.episode.record for c in absent),
        missing_records=texts(c.episode.record for c in missing),
        absent_starts=starts,
        missing_starts=tuple(c.episode.started for c in missing),
    )


class AbsencesBesideMissing(ThresholdRow):
    """One child's absences and missing episodes side by side."""

    absences: int = Field(description="Absent reports in the window, each episode once")
    missing: int = Field(description="Missing episodes in the window, each once")
    agencies: Texts = Field(description="By whose records they count")
    absent_records: Texts = Field(description="The records by which the absences count")
    missing_records: Texts = Field(description="The records by which the missing episodes count")
    absent_starts: tuple[datetime, ...] = Field(description="When the absences began, UTC, in order", strict=False)
    missing_starts: tuple[datetime, ...] = Field(description="When the missing episodes began, UTC", strict=False)


class EpisodeNotified(EpisodeTold):
    """One record of an episode, and who was told of it."""

    notified: Listed = Field(description="Who was told, as recorded; empty: not recorded")


class AbsentNotified(Row):
    """One child's absent reports in the window, and all that may tell of the same episodes."""

    child_id: str = Field(description="The child")
    episodes: tuple[EpisodeNotified, ...] = Field(description="Every agency's records", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[AbsentNotified], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Children with an absent report of which no record says that children's services were told."""
        found = shown((_referred(row, asked) for row in rows), asked)
        found.sort(key=lambda r: (-r.episodes, r.child_id))
        return found, (
            f"Children's services are told where a record names one of: {', '.join(asked.parameters['services'])}. "
            "That nothing is recorded does not say that nobody was told; it is raised all the same.",
            note(asked),
        )


def _referred(row: AbsentNotified, asked: Asked) -> EpisodesRaised:
    services = [word.casefold() for word in asked.parameters["services"]]
    said = {e.record: e.notified for e in row.episodes}
    reports, raised, silent = 0, [], 0
    for one in counted(row.episodes, Sameness.of(asked.parameters)):
        records = (one.episode, *one.also)
        absent = next((e for e in records if e.kind == "absent"), None)
        if absent is None or one.episode.started <= asked.parameters["since"]:
            continue
        reports += 1
        told = texts(*(said[e.record] for e in records))
        if any(word in name.casefold() for name in told for word in services):
            continue
        silent += not told
        because = f"told: {', '.join(told)}" if told else "who was told is not recorded"
        raised.append(
            Raised(
                record=absent.record,
                agency=absent.agency,
                started=absent.started,
                because=because,
                other_records=texts(e.record for e in records if e is not absent),
            )
        )
    why = (
        f"{len(raised)} of {many(reports, 'absent report')} in the window do not say that children's services were told"
    )
    return raised_for(row.child_id, raised, (), f"{why}; of {silent} nothing is recorded" if silent else why)
