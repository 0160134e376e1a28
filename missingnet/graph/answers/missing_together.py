"""Who was missing together with whom, how often, and how surprising that is: the pure part of GROUP-MISSING.

Episodes that share one thing are swept in order of time. A time when several children are missing at once beside
that thing is an occasion; two agencies' records of one time are one occasion. Only places, homes and schools can be
hubs: an associate or a child whom many missing children share is what the question looks for. Pairs and sets stand in
one order, the least likely by chance first (:mod:`missingnet.graph.answers.chance` says what chance is).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Final

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.chance import Rate, at_least, expected_times
from missingnet.graph.answers.group_missing import GroupMissing, GroupMissingFact, Occasion
from missingnet.graph.answers.periods import not_over
from missingnet.graph.answers.ties import texts
from missingnet.graph.terms import OPEN, PEOPLE

#: Above so many different larger sets, what two of them have in common is not looked for; the answer says so.
SETS: Final = 400


@dataclass(frozen=True, slots=True)
class Meeting:
    """Children missing at once beside one thing, from when the last went until the first was back."""

    children: frozenset[str]
    way: str
    shared_id: str
    shared_kind: str
    began: datetime
    ceased: datetime
    facts: tuple[GroupMissingFact, ...]


def together(rows: Sequence[GroupMissingFact], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
    """The pairs and sets, and what the reader must know of how they were found."""
    limit = asked.parameters["hub_children"]
    beside: dict[tuple[str, str], list[GroupMissingFact]] = {}
    hubs = set()
    for row in rows:
        if row.shared_children > limit and row.shared_kind not in PEOPLE:
            hubs.add(row.shared_id)
        else:
            beside.setdefault((row.way, row.shared_id), []).append(row)
    went = {(row.shared_id, row.record, row.child_id) for row in rows if row.way == "companion"}
    pairs: dict[frozenset[str], list[Meeting]] = {}
    larger: list[Meeting] = []
    for facts in beside.values():
        for meeting in pair_meetings(facts):
            if not _said(meeting, went):
                pairs.setdefault(meeting.children, []).append(meeting)
        larger += [m for m in swept(facts) if len(m.children) > 2 and not _said(m, went)]
    sets, cut = _sets(larger)
    rates = _rates(rows)
    shown = [_group(children, found, rates, asked) for children, found in (*pairs.items(), *sets.items())]
    shown.sort(key=lambda g: (g.only_start_home, g.chance, not g.repeated, -g.times, -g.size, g.child_ids))
    notes = [
        "In order of chance, the least likely first; children who share only the home they went from stand last. The "
        "chance is that of these very children, as if each went missing independently of the others, as often and as "
        "long as in the baseline window by the agency that recorded most: expected is how often all of them would then "
        "be missing at once in the period, whatever they share. Children of one home often have one reason, and among "
        "very many children some rare coincidence is always to be expected.",
        "An episode that began before the baseline window is left out.",
        *not_over(asked),
    ]
    if hubs:
        notes.append(
            f"{len(hubs)} {'place is' if len(hubs) == 1 else 'places are'} left out as hubs: more "
            f"than {limit} missing children share each, so sharing it says little."
        )
    if cut:
        notes.append(f"More than {SETS} different sets of three or more: what two sets have in common is not shown.")
    return shown, notes


def _said(meeting: Meeting, went: set[tuple[str, str, str]]) -> bool:
    """All of them went with the associate that time: 'companion' says so, and 'associate' need not say it again."""
    return meeting.way == "associate" and all((f.shared_id, f.record, f.child_id) in went for f in meeting.facts)


def pair_meetings(facts: Sequence[GroupMissingFact]) -> Iterable[Meeting]:
    """Every two episodes of different children beside one thing that overlap in time."""
    there: list[GroupMissingFact] = []
    for b in sorted(facts, key=lambda fact: fact.started):
        there = [a for a in there if b.started < (a.ended or OPEN)]
        for a in there:
            ceased = min(a.ended or OPEN, b.ended or OPEN)
            if a.child_id != b.child_id and b.started < ceased:
                children = frozenset((a.child_id, b.child_id))
                yield Meeting(children, a.way, a.shared_id, a.shared_kind, b.started, ceased, (a, b))
        there.append(b)


def swept(facts: Sequence[GroupMissingFact]) -> Iterable[Meeting]:
    """The largest companies of children missing at once beside one thing, in order of time."""
    moments = sorted({fact.started for fact in facts})
    ends = sorted(fact.ended or OPEN for fact in facts)
    for at, moment in enumerate(moments):
        until = moments[at + 1] if at + 1 < len(moments) else OPEN
        # The company at a moment when somebody goes is the largest only if somebody is back before the next goes.
        if not any(moment < end <= until for end in ends):
            continue
        there = [f for f in facts if f.started <= moment < (f.ended or OPEN)]
        children = frozenset(f.child_id for f in there)
        if len(children) > 1:
            ceased = min(f.ended or OPEN for f in there)
            yield Meeting(
                children, there[0].way, there[0].shared_id, there[0].shared_kind, moment, ceased, tuple(there)
            )


def _sets(larger: Sequence[Meeting]) -> tuple[Mapping[frozenset[str], list[Meeting]], bool]:
    """Sets of three or more, and the sets of three or more that two of them have in common, each with its times."""
    found = {meeting.children for meeting in larger}
    cut = len(found) > SETS
    if not cut:
        found |= {a & b for a, b in combinations(sorted(found, key=sorted), 2) if len(a & b) > 2}
    return {children: [m for m in larger if children <= m.children] for children in found}, cut


def merged(meetings: Sequence[Meeting]) -> list[tuple[datetime, datetime]]:
    """The separate times of these meetings: those that touch are one, so two agencies' records count once."""
    times: list[tuple[datetime, datetime]] = []
    for meeting in sorted(meetings, key=lambda m: (m.began, m.ceased)):
        if times and meeting.began <= times[-1][1]:
            times[-1] = (times[-1][0], max(times[-1][1], meeting.ceased))
        else:
            times.append((meeting.began, meeting.ceased))
    return times


def _group(children: frozenset[str], found: Sequence[Meeting], rates: Mapping[str, Rate], asked: Asked) -> GroupMissing:
    times = merged(found)
    occasions = tuple(
        Occasion(
            way=m.way,
            shared_id=m.shared_id,
            shared_kind=m.shared_kind,
            began=m.began,
            ceased=None if m.ceased == OPEN else m.ceased,
            records=_records(m, children),
        )
        for m in sorted(found, key=lambda m: (m.began, m.ceased, m.way, m.shared_id, _records(m, children)))
    )
    expected = expected_times([rates[child] for child in sorted(children)], *_spans(asked))
    return GroupMissing(
        child_ids=texts(children),
        size=len(children),
        times=len(times),
        repeated=len(times) > 1,
        ways=texts(m.way for m in found),
        shared_ids=texts(m.shared_id for m in found),
        only_start_home=all(m.way == "start place" and m.shared_kind == "Home" for m in found),
        first=times[0][0],
        last=times[-1][0],
        records=texts(*(o.records for o in occasions)),
        occasions=occasions,
        expected=expected,
        chance=at_least(len(times), expected),
    )


def _records(meeting: Meeting, children: frozenset[str]) -> tuple[str, ...]:
    return texts(*((f.record, *f.tied_by) for f in meeting.facts if f.child_id in children))


def _rates(rows: Sequence[GroupMissingFact]) -> Mapping[str, Rate]:
    return {row.child_id: Rate(row.baseline_episodes, row.baseline_seconds) for row in rows}


def _spans(asked: Asked) -> tuple[float, float]:
    """The seconds of the baseline window and of the period, neither beyond the date asked about."""
    until = min(asked.parameters["until"], asked.as_at)
    window, period = (until - asked.parameters["baseline"], until - asked.parameters["since"])
    return max(window.total_seconds(), 1.0), max(period.total_seconds(), 0.0)
