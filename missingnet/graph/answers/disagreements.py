"""In what police's and council's records of one episode differ: the pure part of POLICE-COUNCIL-MISMATCH."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.covered import Coverage
from missingnet.graph.answers.mismatch_of_one import ASKED, of_one
from missingnet.graph.answers.people_said import Said, SaidFact, newest_first, standing_of
from missingnet.graph.answers.police_council_mismatch import (
    ChildTold,
    FileTold,
    InterviewTold,
    Mismatch,
    NameTold,
    PlacedTold,
    Side,
)
from missingnet.graph.answers.reconciling import (
    Beside,
    Episodes,
    EpisodeSeen,
    ends_apart,
    in_order,
    matched,
    maybe,
    starts_apart,
)
from missingnet.graph.answers.said import many
from missingnet.graph.answers.same_episode import DAY, Sameness, apart, began, note
from missingnet.graph.answers.ties import texts
from missingnet.graph.times import utc_to_london

NOT_COUNCIL: Final = "not in the council's records"
NOT_POLICE: Final = "not in the police's records"
NOT_PROVIDED: Final = "not provided"
DEFINITION: Final = "definition"
OPEN: Final = "open"
CORRECTED: Final = "corrected at source"
#: How a difference may stand, in the order to list.
STATES: Final = (OPEN, "explained", CORRECTED, "accepted")
#: These need nobody to look: agencies count by different definitions, or a file has not come.
NOBODY: Final = frozenset({DEFINITION, NOT_PROVIDED})


@dataclass(slots=True)
class Child:
    """All that is told of one child about the period: every agency's episodes; placements, of any time; interviews; how
    records describe the child; what people said of the child's lines."""

    child_id: str
    episodes: tuple[EpisodeSeen, ...] = ()
    placements: tuple[PlacedTold, ...] = ()
    interviews: tuple[InterviewTold, ...] = ()
    names: tuple[NameTold, ...] = ()
    said: tuple[SaidFact, ...] = ()


def _children(rows: Iterable[ChildTold]) -> list[Child]:
    found: dict[str, Child] = {}
    for row in rows:
        if row.child_id and row.part != ASKED:
            setattr(found.setdefault(row.child_id, Child(row.child_id)), row.part, row.told)
    return [child for _, child in sorted(found.items())]


@dataclass(frozen=True, slots=True)
class Compared:
    """One child's episode and what stands about it."""

    child: Child
    told: Episodes
    others: tuple[EpisodeSeen, ...]
    placed: PlacedTold | None

    @property
    def day(self) -> date:
        return utc_to_london(self.told.started).date()


def compared(rows: Sequence[ChildTold], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
    """The disagreements, and how many episodes agree or are of children who were not looked after."""
    same = Beside(Sameness.of(asked.parameters))
    files = [file for row in rows if row.part == "files" for file in row.told if isinstance(file, FileTold)]
    coverage = Coverage(files, asked)
    since, until = asked.parameters["since"], min(asked.parameters["until"], asked.as_at + timedelta(seconds=1))
    lines: list[Compared] = []
    elsewhere: list[Compared] = []
    for child in _children(rows):
        for told in _episodes(child, asked, same):
            if since <= told.told.started < until:
                looked_after = bool(told.told.council) or told.placed is not None
                (lines if looked_after else elsewhere).append(told)
    different = _different_children(lines, elsewhere, asked)
    shown = [_line(one, different.get(id(one)), coverage, asked, same) for one in lines]
    if asked.about:
        shown = [row for row in shown if asked.about in (row.child_id, row.other_child_id)]
        elsewhere = [one for one in elsewhere if one.child.child_id == asked.about]
    differ = [row for row in shown if row.differences]
    agree = len(shown) - len(differ)
    taken = {id(other) for other in different.values()}
    apart_from = sum(id(one) not in taken for one in elsewhere)
    kept = shown if asked.parameters["agreed"] else differ
    if asked.about:
        kept = of_one(rows, shown, apart_from)
    kept.sort(key=lambda r: (r.month, r.home_id or "", r.began, r.child_id))
    notes = [
        f"{agree} {'episode agrees' if agree == 1 else 'episodes agree'} in the police's and the council's records"
        f"{'.' if asked.parameters['agreed'] else ', and not listed.'}",
        f"{apart_from} of the police's episodes {'is' if apart_from == 1 else 'are'} of children who were not "
        "looked after at the time, by the placements seen, and not compared: the council's return holds looked-after "
        "children only.",
        *coverage.notes(),
        note(asked),
    ]
    return kept, [*notes, *_states(differ)]


def _states(rows: Sequence[Mismatch]) -> list[str]:
    """How many lines are in which state, where anybody said anything."""
    counts = Counter(row.state or OPEN for row in rows)
    if not any(row.said for row in rows):
        return []
    listed = ", ".join(f"{counts[state]} {state}" for state in STATES if counts[state])
    return [f"Of {many(len(rows), 'line')} that differ: {listed}."]


def _episodes(row: Child, asked: Asked, same: Beside) -> Iterable[Compared]:
    """The child's episodes, with the placement of the day and the other agencies' records of the same."""
    once = _once(row.episodes)
    theirs, ours = asked.parameters["police"], asked.parameters["council"]
    police = [e for e in once if e.source in theirs]
    council = [e for e in once if e.source in ours]
    others = [e for e in once if e.source not in theirs and e.source not in ours]
    for told in matched(police, council, same):
        day = utc_to_london(told.started).date()
        placed = [p for p in row.placements if p.on(day)]
        placed.sort(key=lambda p: (p.home_id is None, p.started or date.min, p.agency, p.home_id or ""))
        beside = tuple(e for e in others if any(same(e, one) for one in told.all))
        yield Compared(row, told, beside, placed[0] if placed else None)


def _once(told: Iterable[EpisodeSeen]) -> list[EpisodeSeen]:
    """Each record once; versions that conflict make one, from the first start to the last end."""
    by_record: dict[str, list[EpisodeSeen]] = {}
    for one in told:
        by_record.setdefault(one.record, []).append(one)
    found = []
    for versions in by_record.values():
        ends = [e.ended for e in versions if e.ended is not None]
        first = min(versions, key=lambda e: (e.started, e.kind, e.risk or ""))
        found.append(first.model_copy(update={"ended": max(ends, default=None)}) if versions[1:] else first)
    return sorted(found, key=in_order)


def _different_children(lines: Sequence[Compared], elsewhere: Sequence[Compared], asked: Asked) -> dict[int, Compared]:
    """By what only the council holds: the police's episode of the same time, of another child much alike."""
    found: dict[int, Compared] = {}
    left = [one for one in elsewhere if one.told.police]
    by_birth: dict[date, list[Compared]] = {}
    for one in left:
        for born in {name.born for name in one.child.names}:
            by_birth.setdefault(born, []).append(one)
    hours = timedelta(hours=asked.parameters["agree_hours"])
    taken: set[int] = set()
    for line in lines:
        if line.told.police:
            continue
        alike = [one for name in line.child.names for one in by_birth.get(name.born, ()) if _alike(line, one)]
        near = [
            one
            for one in alike
            if id(one) not in taken
            and starts_apart(line.told.council, one.told.police) <= hours
            and (ends_apart(line.told.council, one.told.police) or timedelta()) <= timedelta(days=1)
        ]
        if near:
            found[id(line)] = near[0]
            taken.add(id(near[0]))
    return found


def _alike(one: Compared, other: Compared) -> bool:
    return one.child.child_id != other.child.child_id and any(
        a.like(b) for a in one.child.names for b in other.child.names
    )


def _line(one: Compared, other: Compared | None, coverage: Coverage, asked: Asked, same: Beside) -> Mismatch:
    told = one.told if other is None else Episodes(other.told.police, one.told.council)
    # A date agrees with any time of its day and with no other; two times need not agree to the minute.
    by_day = any(e.precision == DAY for e in told.all)
    hours = timedelta() if by_day else timedelta(hours=asked.parameters["agree_hours"])
    both = bool(told.police and told.council)
    start = starts_apart(told.police, told.council) if both else None
    end = ends_apart(told.police, told.council) if both else None
    different = _differences(one, told, coverage, same)
    if start is not None and start > hours:
        different.add("starts apart")
    if end is not None and end > hours:
        different.add("ends apart")
    if other is not None:
        different.add("different child")
    interviews = _interviews(one, told, same)
    sides = [
        *(_side("police", e) for e in sorted(told.police, key=in_order)),
        *(_side("council", e) for e in sorted(told.council, key=in_order)),
        *(_side("other", e) for e in sorted(one.others, key=in_order)),
        *(_returned(i) for i in sorted(interviews, key=lambda i: (i.returned, i.agency, i.about or ""))),
    ]
    line = Mismatch(
        month=f"{utc_to_london(told.started):%Y-%m}",
        why=", ".join(sorted(different)) or "the police's and the council's records agree",
        home_id=one.placed.home_id if one.placed else None,
        home_kind="Home",
        child_id=one.child.child_id,
        differences=tuple(sorted(different)),
        look=_look(one, told, different, coverage),
        agencies=texts(side.agency for side in sides),
        start_apart=_hours(start),
        end_apart=_hours(end),
        reasons=_reasons(told, one.others, interviews, start, end, hours, same) if both or sides[1:] else (),
        sides=tuple(sides),
        other_child_id=other.child.child_id if other is not None else None,
        records=texts(side.record for side in sides),
        state=OPEN if different else None,
        still_told=False,
        said=(),
    )
    return _with_what_was_said(line, one.child.said, coverage) if different and one.child.said else line


def _hours(apart_by: timedelta | None) -> float | None:
    return None if apart_by is None else round(apart_by.total_seconds() / 3600, 1)


def said_of(line: Mismatch) -> tuple[str, ...]:
    """In what the line's records differ, and by how much: what a person says of the line is said of this."""
    hours = {"starts apart": line.start_apart, "ends apart": line.end_apart}
    return tuple(f"{name} by {hours[name]} hours" if name in hours else name for name in line.differences)


def _with_what_was_said(line: Mismatch, facts: Iterable[SaidFact], coverage: Coverage) -> Mismatch:
    """The line with what people said of it, and of other lines of the child that held some of its records."""
    said = tuple(
        Said.of(fact, holds=(fact.rested_on, fact.said_of) == (line.records, said_of(line)))
        for fact in newest_first(facts)
        if set(fact.rested_on) & set(line.records)
    )
    standing = standing_of(said)
    if standing is None:
        return line.model_copy(update={"said": said})
    corrected = standing.verdict == CORRECTED
    still = corrected and coverage.told_since(line.look, standing.decided)
    return line.model_copy(update={"said": said, "state": standing.verdict, "still_told": still})


def _differences(one: Compared, told: Episodes, coverage: Coverage, same: Beside) -> set[str]:
    """All but how far the times lie apart."""
    police, council = {e.called for e in told.police}, {e.called for e in told.council}
    found: set[str] = set()
    if not council:
        if not coverage.of("council", told.started, one.placed.agency if one.placed else None):
            return {NOT_PROVIDED}
        found.add(DEFINITION if police == {"absent"} else NOT_COUNCIL)
    elif not police:
        if not coverage.of("police", told.started):
            return {NOT_PROVIDED}
        found.add(DEFINITION if council == {"away"} else NOT_POLICE)
    elif "missing" not in police:
        found.add(DEFINITION)
    if police and council and not police & council:
        found.add("kind differs")
    if police and council and len({e.ended is None for e in told.all}) > 1:
        found.add("still open in one")
    systems = [e.source for e in told.police]
    if any(a.source < b.source and same(a, b) for a in told.police for b in told.police):
        found.add("on both police systems")
    if any(_nights([e for e in told.police if e.source == one]) < systems.count(one) for one in set(systems)):
        found.add("two notifications of one episode")
    if ("absent" in police and len(police) > 1) or any(e.became for e in told.police):
        found.add("reclassified")
    return found | _shape(told)


def _shape(told: Episodes) -> set[str]:
    """One beside several, where both sides have it; an agency's own records that overlap count one."""
    if not told.police or not told.council:
        return set()
    police, council = _nights(told.police), _nights(told.council)
    found = {"counted twice"} if len(told.council) > council else set()
    if police > council:
        found.add("several as one")
    if council > police:
        found.add("one as several")
    return found


def _nights(told: Sequence[EpisodeSeen]) -> int:
    """How many separate times the records of one side tell of."""
    count, last = 0, None
    for one in sorted(told, key=in_order):
        if last is None or maybe(one)[0] > last:
            count += 1
        end = one.ended if one.ended is not None else began(one)[1]
        last = end if last is None else max(last, end)
    return count


def _reasons(
    told: Episodes,
    others: Sequence[EpisodeSeen],
    interviews: Sequence[InterviewTold],
    start: timedelta | None,
    end: timedelta | None,
    hours: timedelta,
    same: Beside,
) -> tuple[str, ...]:
    found = set()
    if start is not None and start <= hours:
        found.add("start")
    if end is not None and end <= hours:
        found.add("end")
    pairs = [(a, b) for a in told.police for b in told.council]
    gone = [(same.surely(a), same.surely(b)) for a, b in pairs]
    if any(a is not None and b is not None and not apart(a, b) for a, b in gone):
        found.add("overlap")
    if any({*a.start_ids} & {*b.start_ids} for a, b in pairs):
        found.add("place")
    if any(a.called == b.called for a, b in pairs):
        found.add("kind")
    if told.by == "days that touch":
        found.add("days that touch")
    if others:
        found.add("another agency's record")
    if interviews:
        found.add("interview")
    return tuple(sorted(found))


def _interviews(one: Compared, told: Episodes, same: Beside) -> list[InterviewTold]:
    """Interviews that name the police's report, or tell of a return at its end."""
    hours = same.sameness.start_hours
    references = {e.reference for e in told.police}
    ends = [e for e in told.all if e.ended is not None]
    return [
        i
        for i in one.child.interviews
        if i.about in references
        or (
            i.about is None
            and any(apart((i.returned, i.returned), (e.ended or i.returned, same.may(e)[1])) <= hours for e in ends)
        )
    ]


def _look(one: Compared, told: Episodes, different: set[str], coverage: Coverage) -> tuple[str, ...]:
    """Who should look: whose record is wanting, or else all whose records differ."""
    if different <= NOBODY:
        return ()
    if NOT_COUNCIL in different:
        return (one.placed.agency,) if one.placed else coverage.agencies("council")
    if NOT_POLICE in different:
        return coverage.agencies("police")
    if different <= {"still open in one", *NOBODY}:
        return texts(e.agency for e in told.all if e.ended is None)
    if different <= {"on both police systems", "two notifications of one episode", "reclassified", *NOBODY}:
        return texts(e.agency for e in told.police)
    if different <= {"counted twice", *NOBODY}:
        return texts(e.agency for e in told.council)
    return texts(e.agency for e in told.all)


def _side(who: str, e: EpisodeSeen) -> Side:
    return Side(
        who=who,
        agency=e.agency,
        record=e.record,
        kind=e.called,
        started=e.started,
        ended=e.ended,
        precision=e.precision or "minute",
    )


def _returned(i: InterviewTold) -> Side:
    return Side(
        who="interview",
        agency=i.agency,
        record=i.record,
        kind="returned",
        started=None,
        ended=i.returned,
        precision="minute",
    )
