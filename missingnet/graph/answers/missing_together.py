"""Who was missing together with whom, how often, and how surprising that is: the pure part of GROUP-MISSING.

Each child's episodes count once, however many agencies recorded them. Episodes that share one thing are swept in order
of time. A time when several children are missing at once beside that thing is an occasion. Only places, homes and
schools can be hubs: an associate or a child whom many missing children share is what the question looks for. Pairs and
sets stand in one order, the least likely by chance first (:mod:`missingnet.graph.answers.chance` says what chance is);
those who share only a home, and surprise no more than chance may, fold into one row for each home.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from math import comb
from typing import Final

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.chance import at_least, false_discovery
from missingnet.graph.answers.gone import Children, Stay, is_hub
from missingnet.graph.answers.group_missing import ASKED, GroupMissing, GroupMissingFact, Occasion, alone
from missingnet.graph.answers.periods import not_over
from missingnet.graph.answers.same_episode import note
from missingnet.graph.answers.ties import texts
from missingnet.graph.terms import OPEN

#: Above so many different larger sets, what any of them have in common is not looked for; the answer says so.
SETS: Final = 400
_PAIR: Final = 2
#: Smaller numbers are not told exactly in words.
_LEAST: Final = 0.01


@dataclass(frozen=True, slots=True)
class Meeting:
    """Children missing at once beside one thing, from when the last went until the first was back."""

    children: frozenset[str]
    way: str
    shared_id: str
    stays: tuple[Stay, ...]

    @property
    def began(self) -> datetime:
        return max(min(stay.gone.started for stay in stays) for stays in self._of_each())

    @property
    def ceased(self) -> datetime:
        return min(max(stay.gone.over for stay in stays) for stays in self._of_each())

    def within(self, children: frozenset[str]) -> Meeting:
        """The same of some of the children: they may have been missing at once for longer than all were."""
        stays = tuple(stay for stay in self.stays if stay.gone.child_id in children)
        return Meeting(children, self.way, self.shared_id, stays)

    def _of_each(self) -> Iterable[list[Stay]]:
        return ([stay for stay in self.stays if stay.gone.child_id == child] for child in self.children)

    @property
    def only_start_home(self) -> bool:
        return self.way == "start place" and self.stays[0].kind == "Home"


def together(rows: Sequence[GroupMissingFact], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
    """The pairs and sets, and what the reader must know of how they were found."""
    limit = asked.parameters["hub_children"]
    about = next((row for row in rows if row.way == ASKED), None)
    rows = [row for row in rows if row.way != ASKED]
    hubs = {(row.way, row.shared_id) for row in rows if is_hub(row, limit)}
    shared = [row for row in rows if not is_hub(row, limit)]
    children = Children(rows, asked)
    went = {(row.shared_id, record, row.child_id) for row in shared if row.way == "companion" for record in row.records}
    pairs: dict[frozenset[str], list[Meeting]] = {}
    larger: list[Meeting] = []
    for (way, thing), stays in children.beside.items():
        if (way, thing) in hubs:
            continue
        for meeting in pair_meetings(way, thing, stays):
            if not _said(meeting, went):
                pairs.setdefault(meeting.children, []).append(meeting)
        larger += [m for m in swept(way, thing, stays) if len(m.children) > _PAIR and not _said(m, went)]
    sets, cut = _sets(larger, went)
    found = [_group(together, met, children) for together, met in (*pairs.items(), *sets.items())]
    tested = _tested(shared, {row.size for row in found} | {2})
    found = _with_false_discovery(found, tested)
    # Of one child every pair and set is listed: none is folded into the home's row.
    shown = _folded(found, asked.parameters["fold_above"]) if asked.about is None else found
    if asked.about is not None:
        shown = [row for row in shown if asked.about in row.child_ids] or ([alone(about, asked)] if about else [])
    shown.sort(key=lambda g: (g.folded > 0, g.chance, not g.repeated, -g.times, -g.size, g.child_ids))
    return shown, _notes(asked, shown, tested, len({thing for _, thing in hubs}), cut)


def _said(meeting: Meeting, went: set[tuple[str, str, str]]) -> bool:
    """All of them went with the associate that time: 'companion' says so, and 'associate' need not say it again."""
    return meeting.way == "associate" and all(
        any((meeting.shared_id, record, stay.gone.child_id) in went for record in (stay.gone.record, *stay.gone.also))
        for stay in meeting.stays
    )


def pair_meetings(way: str, thing: str, stays: Sequence[Stay]) -> Iterable[Meeting]:
    """Every two episodes of different children beside one thing that overlap in time."""
    there: list[Stay] = []
    for b in sorted(stays, key=lambda stay: stay.gone.started):
        there = [a for a in there if b.gone.started < a.gone.over]
        for a in there:
            if a.gone.child_id != b.gone.child_id and b.gone.started < b.gone.over:
                yield Meeting(frozenset((a.gone.child_id, b.gone.child_id)), way, thing, (a, b))
        there.append(b)


def swept(way: str, thing: str, stays: Sequence[Stay]) -> Iterable[Meeting]:
    """The largest companies of children missing at once beside one thing, in order of time."""
    stays = [stay for stay in stays if stay.gone.started < stay.gone.over]
    moments = sorted({stay.gone.started for stay in stays})
    ends = sorted(stay.gone.over for stay in stays)
    for at, moment in enumerate(moments):
        until = moments[at + 1] if at + 1 < len(moments) else OPEN
        # The company at a moment when somebody goes is the largest only if somebody is back before the next goes.
        if not any(moment < end <= until for end in ends):
            continue
        there = tuple(stay for stay in stays if stay.gone.started <= moment < stay.gone.over)
        company = frozenset(stay.gone.child_id for stay in there)
        if len(company) > 1:
            yield Meeting(company, way, thing, there)


def _sets(
    larger: Sequence[Meeting], went: set[tuple[str, str, str]]
) -> tuple[Mapping[frozenset[str], list[Meeting]], bool]:
    """Sets of three or more, and the sets of three or more that any of them have in common, each with its times."""
    found = {meeting.children for meeting in larger}
    new, cut = found, len(found) > SETS
    while new and not cut:
        common = {a & b for a in new for b in found}
        new = {children for children in common if len(children) > _PAIR} - found
        found = found | new
        cut = len(found) > SETS
    if cut:
        found = {meeting.children for meeting in larger}
    return {children: _of_set(children, larger, went) for children in found}, cut


def _of_set(children: frozenset[str], larger: Iterable[Meeting], went: set[tuple[str, str, str]]) -> list[Meeting]:
    """When all of a set were missing at once, whoever else was missing as well; each time once."""
    met = dict.fromkeys(m.within(children) for m in larger if children <= m.children)
    return [meeting for meeting in met if not _said(meeting, went)]


def merged(times: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """The separate times among these: those that touch are one."""
    found: list[tuple[datetime, datetime]] = []
    for began, ceased in sorted(times):
        if found and began <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ceased))
        else:
            found.append((began, ceased))
    return found


def _group(together: frozenset[str], met: Sequence[Meeting], children: Children) -> GroupMissing:
    times = merged((m.began, m.ceased) for m in met)
    child_ids = tuple(sorted(together))
    stays = [stay for m in met for stay in m.stays]
    records = texts((stay.gone.record for stay in stays), *(stay.told_by for stay in stays))
    effect = children.home_effect(child_ids)
    expected = float(f"{children.expected(child_ids) * effect:.6g}")
    return GroupMissing(
        child_ids=child_ids,
        state="fired",
        why=f"missing at the same time {_times(len(times))} in the period, where chance would have it "
        f"{'less than 0.01' if expected < _LEAST else f'{expected:.2f}'} times",
        size=len(child_ids),
        folded=0,
        times=len(times),
        repeated=len(times) > 1,
        before=children.before(child_ids),
        ways=texts(m.way for m in met),
        shared_ids=texts(m.shared_id for m in met),
        only_start_home=all(m.only_start_home for m in met),
        first=times[0][0],
        last=times[-1][0],
        agencies=texts(stay.gone.agency for stay in stays),
        records=records,
        same_records=texts(other for stay in stays for other in stay.gone.also if other not in records),
        occasions=tuple(
            sorted(
                map(_occasion, met),
                key=lambda o: (o.began, o.ceased or OPEN, o.way, o.shared_id, o.records),
            )
        ),
        home_effect=effect,
        expected=expected,
        chance=at_least(len(times), expected),
        false_discovery=1.0,
    )


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _occasion(meeting: Meeting) -> Occasion:
    return Occasion(
        way=meeting.way,
        shared_id=meeting.shared_id,
        shared_kind=meeting.stays[0].kind,
        began=meeting.began,
        ceased=None if meeting.ceased == OPEN else meeting.ceased,
        records=texts((stay.gone.record for stay in meeting.stays), *(stay.told_by for stay in meeting.stays)),
    )


def _tested(rows: Sequence[GroupMissingFact], sizes: Iterable[int]) -> Mapping[int, int]:
    """By size: how many pairs or sets share something, also those never missing at once. Larger sets that share two
    things are counted at each, for to know them apart would take all of them in hand."""
    sharing: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        sharing.setdefault((row.way, row.shared_id), set()).add(row.child_id)
    companies = {frozenset(children) for children in sharing.values()}
    found = {size: sum(comb(len(company), size) for company in companies) for size in sizes}
    found[2] = len({pair for company in companies for pair in combinations(sorted(company), 2)})
    return found


def _with_false_discovery(rows: Sequence[GroupMissing], tested: Mapping[int, int]) -> list[GroupMissing]:
    """The rows, each held against all of its size that were tested."""
    found = []
    for size in {row.size for row in rows}:
        of_size = [row for row in rows if row.size == size]
        shares = false_discovery([row.chance for row in of_size], tested[size])
        found += [row.model_copy(update={"false_discovery": share}) for row, share in zip(of_size, shares, strict=True)]
    return found


def _folded(rows: Sequence[GroupMissing], above: float) -> list[GroupMissing]:
    """The rows, with one row for each home instead of those who share only it and surprise no more than chance may."""
    shown: list[GroupMissing] = []
    of_home: dict[str, list[GroupMissing]] = {}
    for row in rows:
        if row.only_start_home and row.false_discovery > above:
            of_home.setdefault(row.shared_ids[0], []).append(row)
        else:
            shown.append(row)
    return shown + [many[0] if len(many) == 1 else _home(many) for many in of_home.values()]


def _home(many: Sequence[GroupMissing]) -> GroupMissing:
    """One row for these pairs and sets of one home."""
    times = merged((o.began, o.ceased or OPEN) for row in many for o in row.occasions)
    child_ids = texts(*(row.child_ids for row in many))
    records = texts(*(row.records for row in many))
    least = min(many, key=lambda row: (row.false_discovery, row.chance, row.child_ids))
    return least.model_copy(
        update={
            "child_ids": child_ids,
            "size": len(child_ids),
            "folded": len(many),
            "shared_ids": texts(*(row.shared_ids for row in many)),
            "times": len(times),
            "why": f"{len(many)} pairs and sets of one home's children, each as often as chance may have it",
            "repeated": len(times) > 1,
            "before": 0,
            "first": times[0][0],
            "last": times[-1][0],
            "agencies": texts(*(row.agencies for row in many)),
            "records": records,
            "same_records": texts(r for row in many for r in row.same_records if r not in records),
            "occasions": tuple(
                Occasion(
                    way="start place",
                    shared_id=least.shared_ids[0],
                    shared_kind="Home",
                    began=began,
                    ceased=None if ceased == OPEN else ceased,
                    records=texts(*(o.records for row in many for o in row.occasions if began <= o.began <= ceased)),
                )
                for began, ceased in times
            ),
        }
    )


def _notes(
    asked: Asked, shown: Sequence[GroupMissing], tested: Mapping[int, int], hubs: int, cut: bool
) -> Sequence[str]:
    """What the order, the chance and the counts mean, and what is not shown."""
    sets = [
        f"{many:,} pair{'' if many == 1 else 's'}"
        if size == _PAIR
        else f"{many:,} set{'' if many == 1 else 's'} of {size}"
        for size, many in sorted(tested.items())
    ]
    notes = [
        "In order of chance, the least likely first. Chance is taken as if each child's episodes of the baseline "
        "window had come in other weeks, drawn by lot for each child alone, at the same day and time of the week and "
        "as long; expected is how often all of them would then be missing at once in the period, whatever they share. "
        "For children of one home it is multiplied by the home's effect: how many times as often as that its other "
        "children were missing at once.",
        f"{' and '.join((', '.join(sets[:-1]), sets[-1]) if sets[1:] else sets)} share something and were tested, "
        "also those never missing at once; the false discovery says what share of those at least as unlikely would be "
        "chance alone, among so many.",
        note(asked),
        "An episode that began before the baseline window is left out.",
        *not_over(asked),
    ]
    if homes := [row.folded for row in shown if row.folded]:
        many = f"{sum(homes)} pairs and sets"
        rows = (
            "one row for their home, which stands last"
            if len(homes) == 1
            else f"{len(homes)} rows, one for each home, which stand last"
        )
        notes.append(
            f"{many} share only the home they went from, with a false discovery above "
            f"{asked.parameters['fold_above']:g}, and are folded into {rows}. Ask with fold_above 1 to list them."
        )
    if hubs:
        notes.append(
            f"{hubs} {'place is' if hubs == 1 else 'places are'} left out as hubs: more than "
            f"{asked.parameters['hub_children']} missing children share each, so sharing it says little."
        )
    if cut:
        notes.append(f"More than {SETS} different sets of three or more: what they have in common is not shown.")
    return notes
