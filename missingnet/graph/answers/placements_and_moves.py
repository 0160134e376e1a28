"""PLACEMENT-UNSTABLE and TRAFFICKED-EARLY: a child's placements and periods of care against episodes (Ofsted13;
Guidance ¶73–78). Days are London's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.exploitation_risk import Entry, stood
from missingnet.graph.answers.return_checks import Placed, in_care
from missingnet.graph.answers.said import many
from missingnet.graph.answers.same_episode import Counted, EpisodeTold, Sameness, counted, note
from missingnet.graph.answers.threshold_row import ThresholdRow, met_since, shown, stands
from missingnet.graph.answers.ties import Texts, texts
from missingnet.graph.times import start_of_day, utc_to_london


class PlacementTold(Row):
    """One placement record."""

    record: str = Field(description="The record")
    agency: str = Field(description="The council that looks after the child")
    started: date = Field(description="Its first day")
    ended: date | None = Field(description="Its last day; None: open as at, or not recorded")
    reason_new: str | None = Field(description="Why the record began, in the return's code; None: not recorded")
    reason_change: str | None = Field(description="Why the child moved on, in the return's code; None: not recorded")


class ReviewTold(Row):
    """One review that was held."""

    record: str = Field(description="The record")
    held: date = Field(description="The day")
    outcome: str | None = Field(description="Its outcome; None: not recorded")


class PlacementFacts(Row):
    """One child's placements, and their episodes and reviews about the window."""

    child_id: str = Field(description="The child")
    placements: tuple[PlacementTold, ...] = Field(description="Placement records, of any time", strict=False)
    episodes: tuple[EpisodeTold, ...] = Field(description="Every agency's records", strict=False)
    reviews: tuple[ReviewTold, ...] = Field(description="Reviews held", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[PlacementFacts], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Children at the threshold or just short of it, those with most placements first."""
        found = shown((_unstable(row, asked) for row in rows), asked)
        found.sort(key=lambda r: (-r.placements, -r.moves_after_episode, r.child_id))
        return found, (
            "A record that begins because the legal status alone changed goes on with the placement before it. A "
            "review is one held from the day of the move on and before the next; where none is recorded, nobody "
            "recorded one.",
            note(asked),
        )


class Stay(Row):
    """One placement, and what led to it."""

    records: Texts = Field(description="The records of it")
    started: date = Field(description="Its first day")
    ended: date | None = Field(description="Its last day; None: open as at, or not recorded")
    reason_change: str | None = Field(description="Why the child moved on, in the return's code; None: not recorded")
    after_records: Texts = Field(description="Episodes that the move to it followed; empty: none, or no move")
    review_records: Texts = Field(description="Reviews held after the move to it; empty: none recorded")
    outcomes: Texts = Field(description="Their outcomes; empty: none recorded")


class Unstable(ThresholdRow):
    """One child's placements open in the window."""

    placements: int = Field(description="Placements open in the window")
    moves_after_episode: int = Field(description="Moves that followed an episode within the days")
    agencies: Texts = Field(description="By whose records the placements count, and the episodes that moves followed")
    stays: tuple[Stay, ...] = Field(description="Each placement, in order", strict=False)


def _unstable(row: PlacementFacts, asked: Asked) -> Unstable:
    given = asked.parameters
    least, since = given["min_placements"], given["since"]
    episodes = counted(row.episodes, Sameness.of(given))
    every = _merged(row.placements, given["continues"])
    stays, whose = [], set()
    for at, one in enumerate(every):
        first, last = one[0], one[-1]
        if last.ended is not None and start_of_day(last.ended) <= since:
            continue
        moved = at > 0 and start_of_day(first.started) > since
        after = _before_move(episodes, first.started, given["days_after"], asked) if moved else []
        until = every[at + 1][0].started if at + 1 < len(every) else date.max
        reviews = [r for r in row.reviews if moved and first.started <= r.held < until]
        whose |= {each.agency for each in one} | {c.episode.agency for c in after}
        stays.append(
            Stay(
                records=texts(each.record for each in one),
                started=first.started,
                ended=last.ended,
                reason_change=last.reason_change,
                after_records=texts(c.episode.record for c in after),
                review_records=texts(r.record for r in reviews),
                outcomes=texts(r.outcome for r in reviews),
            )
        )
    moves = sum(bool(stay.after_records) for stay in stays)
    reviewed = sum(bool(stay.after_records and stay.review_records) for stay in stays)
    why = f"{many(len(stays), 'placement')} open in the window; the rule fires at {least}"
    if moves:
        followed = f"{many(moves, 'move')} followed an episode within {given['days_after']} days"
        why += f"; {followed}, and after {reviewed} of them a review is recorded"
    starts = [start_of_day(stay.started) for stay in stays]
    return Unstable(
        child_id=row.child_id,
        state=stands(len(stays), least),
        why=why,
        since=met_since(starts, least),
        records=texts(*(each for stay in stays for each in (stay.records, stay.after_records, stay.review_records))),
        placements=len(stays),
        moves_after_episode=moves,
        agencies=texts(whose),
        stays=tuple(stays),
    )


def _merged(told: Sequence[PlacementTold], continues: Sequence[str]) -> list[list[PlacementTold]]:
    """The placements in order, each with all records of it; versions that conflict count once, from the first start."""
    by_record: dict[str, PlacementTold] = {}
    for one in sorted(told, key=lambda p: (p.started, p.ended or date.max, repr(p))):
        by_record.setdefault(one.record, one)
    found: list[list[PlacementTold]] = []
    for one in by_record.values():
        if found and one.reason_new in continues and found[-1][-1].ended == one.started:
            found[-1].append(one)
        else:
            found.append([one])
    return found


def _before_move(episodes: Sequence[Counted], moved: date, days: int, asked: Asked) -> list[Counted]:
    """The episodes that a move followed: begun by that day, and over no more than so many days before it."""
    return [
        c
        for c in episodes
        if utc_to_london(c.episode.started).date() <= moved
        and moved <= utc_to_london(c.episode.ended or asked.as_at).date() + timedelta(days=days)
    ]


class TraffickedFacts(Row):
    """One child on a list of unaccompanied or trafficked children, with placements and missing episodes."""

    child_id: str = Field(description="The child")
    listed: tuple[Entry, ...] = Field(description="Entries on the lists, of any time", strict=False)
    placements: tuple[PlacementTold, ...] = Field(description="Placement records, of any time", strict=False)
    episodes: tuple[EpisodeTold, ...] = Field(description="Missing, every agency's records", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[TraffickedFacts], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Children missing soon after becoming looked after: the strongest and newest first."""
        found = shown((_early(row, asked) for row in rows), asked)
        found.sort(key=lambda r: (not r.strong, -(r.hours is None), r.hours or 0, r.child_id))
        return found, (
            "A potential victim of trafficking: act at once, and consider the NRM. No place is told here: where the "
            "child is, is for those whose identity and need are established. A placement has a day and no hour, so the "
            "hours are the fewest that it may have been.",
            note(asked),
        )


class TraffickedEarly(ThresholdRow):
    """One unaccompanied or trafficked child, and the episode nearest after becoming looked after; 'since' is when it
    began."""

    strong: bool = Field(description="Within the shorter time")
    lists: Texts = Field(description="The lists on which the child then stood")
    looked_after_from: date | None = Field(description="The first day of that period of care; None: none is recorded")
    hours: float | None = Field(description="The fewest hours from then until missing; None: no such episode")
    ended: datetime | None = Field(description="When that episode ended, UTC; None: open as at, or there is none")


def _early(row: TraffickedFacts, asked: Asked) -> TraffickedEarly:
    given = asked.parameters
    periods = in_care(Placed(p.started, p.ended, None) for p in row.placements)
    found = []
    for one in counted(row.episodes, Sameness.of(given)):
        began = one.episode.started
        day = utc_to_london(began).date()
        entries = [e for e in row.listed if stood(e.added, e.removed, day)]
        before = [c for c in periods if c.start <= day and (c.end is None or day <= c.end)]
        if began > given["since"] and entries and before:
            fewest = max(began - start_of_day(before[-1].start + timedelta(days=1)), timedelta())
            found.append((fewest / timedelta(hours=1), before[-1].start, entries, one))
    hours, start, entries, nearest = min(
        found, key=lambda f: (f[0], f[3].episode.record), default=(None, None, [], None)
    )
    fired = hours is not None and hours <= given["days"] * 24
    strong = hours is not None and hours <= given["strong_hours"]
    if hours is None:
        why = "no missing episode in the window during a period of care, while on one of the lists"
    else:
        why = f"missing {hours:.0f} hours or more after becoming looked after; the rule fires within "
        why += f"{given['days']} days, stronger within {given['strong_hours']} hours"
    care = [p.record for p in row.placements if p.started == start] if start else []
    return TraffickedEarly(
        child_id=row.child_id,
        state="fired" if fired else "not fired",
        why=why,
        since=nearest.episode.started if fired and nearest else None,
        records=texts(
            (e.record for e in ((nearest.episode, *nearest.also) if nearest else ())),
            (e.record for e in entries),
            care,
        ),
        strong=strong,
        lists=texts(e.list for e in entries),
        looked_after_from=start,
        hours=hours,
        ended=nearest.episode.ended if nearest else None,
    )
