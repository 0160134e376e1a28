"""CME-10D: ten school days missed without permission, or regularly absent: at risk of CME (Procedures)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.clock_row import Noted
from missingnet.graph.answers.said import many
from missingnet.graph.answers.same_episode import EpisodeTold, Sameness, counted, note
from missingnet.graph.answers.school_day_facts import DaysTold, EntryTold, SchoolDayFacts
from missingnet.graph.answers.ties import Texts, texts
from missingnet.graph.school_days import Calendar
from missingnet.graph.times import utc_to_london


class AbsenceTold(Row):
    """One record of sessions absent, or of an exclusion."""

    record: str = Field(description="The record")
    agency: str = Field(description="Whose record")
    kind: str | None = Field(description="'sessions' or 'exclusion'; None: not recorded")
    code: str | None = Field(description="The attendance code; None: not recorded")
    sessions: float | None = Field(description="Sessions; None: not recorded")
    counted_from: datetime = Field(description="The first day of the term, or of the exclusion, UTC")


class RollTold(Row):
    """One record that a child is, or was, on a school's roll."""

    record: str = Field(description="The record")
    agency: str = Field(description="Whose record")
    school_id: str | None = Field(description="The school; None: not recorded")
    started: date | None = Field(description="Since when; None: not recorded")
    ended: date | None = Field(description="Until when; None: on roll, or not recorded")
    part_time: bool | None = Field(description="Part-time; None: not recorded")
    possible: float | None = Field(description="Sessions possible in the term; None: not recorded")
    authorised: float | None = Field(description="Sessions absent with permission; None: not recorded")
    unauthorised: float | None = Field(description="Sessions absent without; None: not recorded")
    extract: date = Field(description="The date of the extract that tells it")


class DaysMissedFact(Row):
    """One child's school records in the window, and episodes."""

    child_id: str = Field(description="The child")
    entries: tuple[EntryTold, ...] = Field(description="Open entries on a register", strict=False)
    absences: tuple[AbsenceTold, ...] = Field(description="Absences and exclusions in the window", strict=False)
    enrolments: tuple[RollTold, ...] = Field(description="School rolls", strict=False)
    episodes: tuple[EpisodeTold, ...] = Field(description="Episodes in the window", strict=False)
    calendars: tuple[DaysTold, ...] = Field(description="The calendars of the schools", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[DaysMissedFact], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Children at the threshold or just short of it, those with most days first."""
        found = [_child(row, asked) for row in rows]
        shown = [row for row in found if row.state != "not fired" or asked.about is not None]
        shown.sort(key=lambda r: (r.state != "fired", -r.days, r.child_id))
        notes = [
            f"A school day has {asked.parameters['day_sessions']} sessions. Censuses tell sessions by the term: days "
            "without permission are those of one term. Days on a register are counted to the date asked about.",
            note(asked),
        ]
        if asked.about is not None and not shown:
            notes.append("No school record of this child is seen.")
        return shown, notes


class DaysMissed(Row):
    """One child at or just short of ten school days without permission, or regularly absent."""

    SUBJECT = ("child_id",)

    child_id: str = Field(description="The child")
    state: str = Field(description="'fired': at risk of CME; 'just short'; else 'not fired'")
    why: str = Field(description="The facts against the threshold, in words")
    days: float = Field(description="School days without permission, by the record that tells most")
    register_days: int | None = Field(description="School days missed by an open entry on a register; None: no entry")
    sessions: float | None = Field(description="Sessions without permission in the term with most; None: none told")
    share: float | None = Field(description="Share of possible sessions absent, the largest; None: not told")
    sessions_in_episodes: int = Field(description="Sessions of school days that fell into the child's episodes")
    episode_records: Texts = Field(description="The episodes, all agencies'")
    agencies: Texts = Field(description="Whose the school records are, and by whose records the episodes count")
    off_roll: bool = Field(description="Left a roll and is on none by the records seen")
    unregistered: bool = Field(description="No roll seen names the child")
    part_time: bool | None = Field(description="Part-time by one of the newest rolls; None: not recorded")
    exclusions: int = Field(description="Exclusions in the window")
    records: Texts = Field(description="The school records")
    facts: tuple[Noted, ...] = Field(description="Each in words, with its records", strict=False)


def _child(row: DaysMissedFact, asked: Asked) -> DaysMissed:
    least = asked.parameters["days"]
    register = SchoolDayFacts(
        child_id=row.child_id, entries=row.entries, calendars=row.calendars, lists=(), placements=(), registers=()
    )
    entries = register.missed(asked)
    on_register = max((one.days for one in entries), default=None)
    sessions, absent = _sessions(row, asked)
    share, regular = _share(row, asked)
    days = max(float(on_register or 0), (sessions or 0.0) / asked.parameters["day_sessions"])
    regularly = share is not None and share >= asked.parameters["regular_share"]
    state = (
        "fired"
        if days >= least or regularly
        else "just short"
        if days >= least - asked.parameters["just_short"]
        else ""
    )
    in_episodes, gone = _in_episodes(row, asked)
    episodes = texts(one.record for one in gone)
    rolls = _newest(row.enrolments)
    on_roll = [roll for roll in rolls if roll.ended is None]
    left = [roll for roll in row.enrolments if roll.ended is not None]
    part_time = texts(roll.record for roll in on_roll if roll.part_time)
    excluded = [a.record for a in row.absences if a.kind == "exclusion"]
    facts = [
        *(Noted(words=f"On a register: {one.counted_from}", records=(one.entry.record,)) for one in entries),
        *_facts(sessions, absent, share, regular, asked),
        *(
            [Noted(words=f"{many(in_episodes, 'session')} of school days fell into episodes", records=episodes)]
            * bool(episodes)
        ),
        *([Noted(words=f"Excluded {len(set(excluded))} times", records=texts(excluded))] * bool(excluded)),
        *(
            [Noted(words="Off roll, and on none by the records seen", records=texts(r.record for r in left))]
            * bool(left and not on_roll)
        ),
        *([Noted(words="No roll seen names the child", records=())] * (not row.enrolments)),
        *([Noted(words="Part-time", records=part_time)] * bool(part_time)),
    ]
    why = f"{days:g} school days without permission; the rule fires at {least}"
    if share is not None:
        why += f", or at {asked.parameters['regular_share']:.0%} of possible sessions absent; {share:.1%} were"
    records = texts((one.entry.record for one in entries), absent, regular, excluded)
    whose = {one.record: one.agency for one in row.entries} | {one.record: one.agency for one in row.absences}
    whose |= {one.record: one.agency for one in row.enrolments}
    return DaysMissed(
        child_id=row.child_id,
        state=state or "not fired",
        why=why,
        days=days,
        register_days=on_register,
        sessions=sessions,
        share=share,
        sessions_in_episodes=in_episodes,
        episode_records=texts(e.record for e in row.episodes),
        agencies=texts((whose[record] for record in records), (one.agency for one in gone)),
        off_roll=bool(left and not on_roll),
        unregistered=not row.enrolments,
        part_time=True if part_time else False if any(roll.part_time is False for roll in on_roll) else None,
        exclusions=len(set(excluded)),
        records=records,
        facts=tuple(facts),
    )


def _facts(sessions: float | None, absent: Texts, share: float | None, regular: Texts, asked: Asked) -> list[Noted]:
    found = []
    if sessions is not None:
        codes = ", ".join(asked.parameters["codes"])
        found.append(Noted(words=f"{sessions:g} sessions without permission in one term ({codes})", records=absent))
    if share is not None:
        found.append(Noted(words=f"Absent for {share:.1%} of the sessions that were possible", records=regular))
    return found


def _sessions(row: DaysMissedFact, asked: Asked) -> tuple[float | None, Texts]:
    """The sessions without permission of the term with most, each record once, and the records that tell them."""
    terms: dict[datetime, dict[str, float]] = defaultdict(dict)
    for absence in row.absences:
        if absence.kind == "sessions" and absence.code in asked.parameters["codes"] and absence.sessions is not None:
            term = terms[absence.counted_from]
            term[absence.record] = max(term.get(absence.record, 0.0), absence.sessions)
    if not terms:
        return None, ()
    most = max(terms, key=lambda term: (sum(terms[term].values()), term))
    return sum(terms[most].values()), texts(terms[most])


def _share(row: DaysMissedFact, asked: Asked) -> tuple[float | None, Texts]:
    """The largest share of possible sessions absent by a roll that tells it in the window, and every such record."""
    since = utc_to_london(asked.parameters["since"]).date()
    told = [
        (((roll.authorised or 0) + (roll.unauthorised or 0)) / roll.possible, roll.record)
        for roll in row.enrolments
        if roll.possible and roll.extract >= since and (roll.authorised is not None or roll.unauthorised is not None)
    ]
    most = max((share for share, _ in told), default=None)
    return most, texts(record for share, record in told if share == most)


def _in_episodes(row: DaysMissedFact, asked: Asked) -> tuple[int, list[EpisodeTold]]:
    """How many sessions of school days fell into episodes, open ones to the date asked about; and those that count."""
    schools = {d.school_id for d in row.calendars}
    days = [(d.kind, d.started, d.ended) for d in row.calendars] if len(schools) == 1 else []
    calendar = Calendar.of(days, asked.parameters["holidays"])
    gone: set[date] = set()
    each = counted(row.episodes, Sameness.of(asked.parameters))
    for one in each:
        ended = one.episode.ended or min((e.ended for e in one.also if e.ended is not None), default=asked.as_at)
        first, last = utc_to_london(one.episode.started).date(), utc_to_london(ended).date()
        gone |= {date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)}
    return sum(calendar.open_on(day) for day in gone) * asked.parameters["day_sessions"], [one.episode for one in each]


def _newest(rolls: Sequence[RollTold]) -> list[RollTold]:
    """The rolls of the newest extract that tells of the child."""
    newest = max((roll.extract for roll in rolls), default=date.min)
    return [roll for roll in rolls if roll.extract == newest]
