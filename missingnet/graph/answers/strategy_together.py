"""STRAT-GROUP: children who went missing together, and the strategy meeting considered for them (Procedures §3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.clock_facts import ChildFacts, EpisodeOwing, Owing, said
from missingnet.graph.answers.meetings_matched import Meetings, MeetingTold, meetings_of
from missingnet.graph.answers.said import many
from missingnet.graph.answers.same_episode import note
from missingnet.graph.answers.ties import Texts, texts
from missingnet.graph.terms import OPEN

COMPANION, START = "named as companion", "went from one place"


class TieTold(Row):
    """Somebody with whom, or a place from which, a child went."""

    way: str = Field(description="'WENT_WITH' or 'STARTED_AT'")
    thing_id: str = Field(description="Whom or what")


class EpisodeTied(EpisodeOwing):
    """One record of an episode, with whom and from where."""

    ties: tuple[TieTold, ...] = Field(description="With whom, and from where", strict=False)


class PlanTold(Row):
    """One action agreed for a child."""

    record: str = Field(description="The record")
    meeting: str | None = Field(description="The meeting that agreed it; None: not recorded")


class TogetherFacts(ChildFacts):
    """One child's episodes about the window, with whom and from where, and meetings and actions of any time."""

    known: Texts = Field(description="The child asked about, where one is and has a record of an episode")
    episodes: tuple[EpisodeTied, ...] = Field(description="Every agency's records", strict=False)
    meetings: tuple[MeetingTold, ...] = Field(description="Meetings, of any time", strict=False)
    actions: tuple[PlanTold, ...] = Field(description="Actions agreed for the child", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[TogetherFacts], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Each group once, those without a meeting first, the newest before the older."""
        gone = [one for child in rows for one in _gone(child, asked)]
        ties = _tied(gone, timedelta(hours=asked.parameters["together_hours"]))
        groups = [g for g in _groups(ties) if len({gone[at].child_id for at in g}) >= asked.parameters["min_children"]]
        shown = [_group([gone[at] for at in sorted(group)], _ways(ties, group), asked) for group in groups]
        if asked.about is not None:
            shown = [row for row in shown if asked.about in row.child_ids]
            if not shown and any(asked.about in row.known for row in rows):
                shown = [_nobody(asked.about)]
        shown.sort(key=lambda r: (r.child_ids, r.records))
        shown.sort(key=lambda r: r.began or OPEN, reverse=True)
        shown.sort(key=lambda r: _STATES.index(r.state))
        hours = asked.parameters["together_hours"]
        together = (
            "Together: missing at one time, and one record names the other child as companion, or both went from one "
            f"place within {hours} hours. That a joint meeting was considered and not held is not recorded anywhere."
        )
        return shown, (together, note(asked))


class ChildOfGroup(Row):
    """One child of a group, with the meeting and the plan of their own."""

    child_id: str = Field(description="The child")
    record: str = Field(description="The record by which the episode counts")
    meeting_records: Texts = Field(description="The child's own records of strategy meetings about it")
    held: bool = Field(description="A meeting about it was held")
    action_records: Texts = Field(description="The child's own plan: actions that these meetings agreed")


class StrategyTogether(Row):
    """Children who went missing together once."""

    SUBJECT = ("child_ids", "records")

    child_ids: Texts = Field(description="The children")
    state: str = Field(
        description="'no meeting recorded', 'not provided', 'meeting for some', 'separate meetings', "
        "'joint meeting for some', 'joint meeting', or 'not fired' where nobody went with the child asked about"
    )
    ways: Texts = Field(description="How they are known to have gone together")
    began: datetime | None = Field(description="When the first of them went, UTC; None: not fired")
    records: Texts = Field(description="The episodes by which they count")
    same_records: Texts = Field(description="Other records of the same episodes")
    meeting_records: Texts = Field(description="The records of meetings about them")
    joint: Texts = Field(description="References of meetings that more than one of them was discussed at")
    children: tuple[ChildOfGroup, ...] = Field(
        description="Each child, with the record and plan of their own", strict=False
    )
    why: str = Field(description="The facts, in words")


_STATES = (
    *("no meeting recorded", "not provided", "meeting for some", "separate meetings", "joint meeting for some"),
    *("joint meeting", "not fired"),
)


@dataclass(frozen=True, slots=True)
class _Gone:
    """One child's episode in the window."""

    child: TogetherFacts
    one: Owing
    meetings: Meetings
    companions: frozenset[str]
    starts: frozenset[str]

    @property
    def child_id(self) -> str:
        return self.child.child_id

    @property
    def until(self) -> datetime:
        return self.one.over or OPEN

    def overlaps(self, other: _Gone) -> bool:
        return self.one.episode.started < other.until and other.one.episode.started < self.until


def _gone(child: TogetherFacts, asked: Asked) -> Iterator[_Gone]:
    owing = [one for one in child.owing(asked) if one.episode.kind in asked.parameters["starts_for"]]
    meetings = meetings_of(owing, child.meetings)
    ties: dict[str, list[TieTold]] = defaultdict(list)
    for episode in child.episodes:
        ties[episode.record] += episode.ties
    for one in owing:
        if one.episode.started >= asked.parameters["since"]:
            mine = [tie for e in (one.episode, *one.also) for tie in ties[e.record]]
            companions = frozenset(tie.thing_id for tie in mine if tie.way == "WENT_WITH")
            starts = frozenset(tie.thing_id for tie in mine if tie.way == "STARTED_AT")
            yield _Gone(child, one, meetings[one.record], companions, starts)


def _tied(gone: Sequence[_Gone], within: timedelta) -> Mapping[tuple[int, int], set[str]]:
    """The pairs of episodes of different children that went together, by their places, with how that is known."""
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    of_child: dict[str, list[int]] = defaultdict(list)
    from_place: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(gone):
        of_child[one.child_id].append(at)
        for place in one.starts:
            from_place[place].append(at)
    for at, one in enumerate(gone):
        for other in (other for companion in one.companions for other in of_child.get(companion, ())):
            if one.overlaps(gone[other]):
                found[min(at, other), max(at, other)].add(COMPANION)
    for places in from_place.values():
        places.sort(key=lambda at: gone[at].one.episode.started)
        for number, at in enumerate(places):
            for other in places[number + 1 :]:
                if gone[other].one.episode.started - gone[at].one.episode.started > within:
                    break
                if gone[at].child_id != gone[other].child_id and gone[at].overlaps(gone[other]):
                    found[min(at, other), max(at, other)].add(START)
    return found


def _groups(ties: Iterable[tuple[int, int]]) -> list[set[int]]:
    """The sets that hang together by the pairs."""
    group: dict[int, set[int]] = {}
    for a, b in ties:
        both = group.get(a, {a}) | group.get(b, {b})
        for at in both:
            group[at] = both
    return list({id(found): found for found in group.values()}.values())


def _ways(ties: Mapping[tuple[int, int], set[str]], group: set[int]) -> Texts:
    return texts(way for (a, b), ways in ties.items() if a in group and b in group for way in ways)


def _group(gone: Sequence[_Gone], ways: Texts, asked: Asked) -> StrategyTogether:
    refs: dict[str, set[str]] = defaultdict(set)
    held: set[str] = set()
    for each in gone:
        for meeting in each.meetings.told:
            if meeting.held is not None:
                held.add(each.child_id)
                refs[meeting.meeting or meeting.record].add(each.child_id)
    ids = texts(each.child_id for each in gone)
    joint = [reference for reference, children in refs.items() if len(children) > 1]
    first = min(each.one.episode.started for each in gone)
    if any(len(refs[reference]) == len(ids) for reference in joint):
        state = "joint meeting"
    elif joint:
        state = "joint meeting for some"
    elif held:
        state = "separate meetings" if len(held) == len(ids) else "meeting for some"
    else:
        known = any(each.child.covered(each.one.episode.started) for each in gone)
        state = "no meeting recorded" if known else "not provided"
    children = tuple(_child(each) for each in sorted(gone, key=lambda each: (each.child_id, each.one.record)))
    planned = len({each.child_id for each in children if each.action_records})
    why = (
        f"{many(len(ids), 'child', 'children')} went together from {said(first)}: {' and '.join(ways)}; consider one "
        f"joint strategy meeting; a record and a plan for each: {len(held)} with a meeting held, {planned} with actions"
    )
    return StrategyTogether(
        child_ids=ids,
        state=state,
        ways=ways,
        began=first,
        records=texts(each.one.record for each in gone),
        same_records=texts(e.record for each in gone for e in each.one.also),
        meeting_records=texts(record for each in gone for record in each.meetings.records),
        joint=texts(joint),
        children=children,
        why=why,
    )


def _child(each: _Gone) -> ChildOfGroup:
    meetings = {m.meeting for m in each.meetings.told if m.meeting is not None}
    return ChildOfGroup(
        child_id=each.child_id,
        record=each.one.record,
        meeting_records=texts(each.meetings.records),
        held=each.meetings.held is not None,
        action_records=texts(a.record for a in each.child.actions if a.meeting in meetings),
    )


def _nobody(child: str) -> StrategyTogether:
    return StrategyTogether(
        child_ids=(child,),
        state="not fired",
        ways=(),
        began=None,
        records=(),
        same_records=(),
        meeting_records=(),
        joint=(),
        children=(),
        why="no other child is known to have gone together with this one in the window",
    )
