"""POLICE-COUNCIL-MISMATCH in plain Python: what must hold of its lines, by the days and hours of the records alone.

Which record stands beside which is a choice where several are near, so the choice is not made again here. What is
checked is that none is lost or told twice, that no two which belong together are told apart, and that each line's
names follow from its records. In the dense examples the council tells days, the police hours.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.oracles import episodes
from tests.oracles.episodes import Stay
from tests.oracles.known import Known

POLICE = ("police_missing", "police_absent")
RETURN = "dense-returninterview"
"""Where interviews come from in the dense examples."""


def day(moment: datetime) -> date:
    """The London day of an instant."""
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo("Europe/London")).date()


def told(known: Known, as_at: datetime) -> dict[str, dict[str, Stay]]:
    """By child every record of an episode that had begun; no two kinds of one record are in the examples."""
    found: dict[str, dict[str, Stay]] = {}
    for kind in ("missing", "absent"):
        for child, stays in episodes.by_child(known, kind, as_at).items():
            found.setdefault(child, {}).update({stay.record: stay for stay in stays})
    return found


def looked_after(known: Known, child: str, on: date, as_at: datetime) -> set[str]:
    """The agencies by whose records the child was placed on that day."""
    return {
        e.agency
        for e in known.labelled("Placement")
        if e.child
        and e.child.id == child
        and e.facts["started"] <= min(on, day(as_at))
        and (e.facts.get("ended") is None or on < e.facts["ended"])
    }


def touch(a: Stay, b: Stay) -> bool:
    """Some day that one may speak of is a day of the other's."""
    days = [(day(s.started), day(s.ended) if s.ended else day(s.started)) for s in (a, b)]
    return days[0][0] <= days[1][1] and days[1][0] <= days[0][1]


def check(known: Known, rows: Sequence[Any], as_at: datetime) -> None:
    """Every line of the answer that lists also what agrees, over all time."""
    all_told = told(known, as_at)
    seen: dict[str, int] = {}
    lines = []
    for row in rows:
        police = [all_told[row.other_child_id or row.child_id][s.record] for s in row.sides if s.who == "police"]
        council = [all_told[row.child_id][s.record] for s in row.sides if s.who == "council"]
        lines.append((row, police, council))
        _state(known, row, as_at)
        for stay in (*police, *council):
            seen[stay.record] = seen.get(stay.record, 0) + 1
        _names(row, police, council)
    assert set(seen.values()) <= {1}, "a record is told in two lines"
    for child, stays in all_told.items():
        for stay in stays.values():
            if stay.source not in POLICE or looked_after(known, child, day(stay.started), as_at):
                assert stay.record in seen, "a record of a looked-after child is lost"
    for row, police, council in lines:
        for other, others_police, others_council in lines:
            if police and not council and not others_police and other.child_id == row.child_id:
                assert not any(episodes.same(a, b) or touch(a, b) for a in police for b in others_council)


def _names(row: Any, police: list[Stay], council: list[Stay]) -> None:
    """The line's names of what differs, where they follow from its own records."""
    names = set(row.differences)
    if police and council:
        near = any(episodes.same(a, b) or touch(a, b) for a in police for b in council)
        assert near, "records that have nothing to do with each other stand in one line"
        first = [min(s.started for s in side) for side in (police, council)]
        assert ("starts apart" in names) == (day(first[0]) != day(first[1]))
        ends = [[s.ended for s in side if s.ended] for side in (police, council)]
        if len(ends[0]) + len(ends[1]) == len(police) + len(council):
            assert ("ends apart" in names) == (day(max(ends[0])) != day(max(ends[1])))
        open_ones = {s.ended is None for s in (*police, *council)}
        assert ("still open in one" in names) == (len(open_ones) == 2)
    else:
        assert names and not names & {"starts apart", "ends apart", "still open in one", "kind differs"}
        assert bool({"not provided", "definition"} & names) or any(name.startswith("not in the") for name in names)
    both = any(a.source != b.source and episodes.same(a, b) for a in police for b in police)
    assert ("on both police systems" in names) == both or "not provided" in names
    assert row.records == tuple(sorted({s.record for s in row.sides}))
    assert (row.start_apart is None) == (not police or not council)


def _state(known: Known, row: Any, as_at: datetime) -> None:
    """How the line stands by what people said of its very records and disagreement, and what they said of some."""
    names = [
        f"{name} by {row.start_apart if name[0] == 's' else row.end_apart} hours" if name.endswith(" apart") else name
        for name in row.differences
    ]
    said = {
        event.record: (event.facts["decided"], event.facts["verdict"], event.facts["said_of"], event.facts["rested_on"])
        for event in known.labelled("Judgement")
        if event.facts.get("about") == "line"
        and event.facts["decided"] <= as_at
        and any(side.thing.id == row.child_id for side in event.of("JUDGES"))
        and set(event.facts["rested_on"]) & set(row.records)
    }
    holding = [
        (at, verdict)
        for at, verdict, of, records in said.values()
        if (set(of), set(records)) == (set(names), set(row.records))
    ]
    if row.differences:
        assert row.state == max(holding, default=(as_at, "open"))[1]
        assert {one.judgement for one in row.said} == said.keys()
        assert sum(one.holds for one in row.said) == len(holding)
    else:
        assert (row.state, row.said) == (None, ())


def hidden(known: Known, as_at: datetime) -> tuple[set[str], bool]:
    """HIDDEN-MISSING: the records of times away that the police's files cover and no police episode touches; and
    whether there are others, on days that no file covers.

    What tells of one time stands or falls together, and an interview that names a report was reported.
    """
    found: set[str] = set()
    unknown = False
    every = told(known, as_at)
    police = [s for stays in every.values() for s in stays.values() if s.source in POLICE]
    covers = [
        (day(min(s.started for s in police if s.source == source)), max(_seen(known, source, as_at)))
        for source in {s.source for s in police}
    ]
    references = {e.record: e.reference for e in known.labelled("Episode")}
    references |= {e.record: e.facts.get("episode_reference") or "" for e in known.labelled("ReturnInterview")}
    named = {e.record for e in known.labelled("ReturnInterview") if e.facts.get("episode_reference")}
    for event in known.labelled("ReturnInterview"):
        back = event.facts.get("returned")
        if event.child and back is not None and back <= as_at:
            stay = Stay(event.record, event.agency, event.source, back, back, by_day=False)
            every.setdefault(event.child.id, {})[event.record] = stay
    for stays in every.values():
        theirs = [s for s in stays.values() if s.source in POLICE]
        for one in _one_time([s for s in stays.values() if s.source not in POLICE], references):
            first = min(day(s.started) for s in one)
            if not any(begin <= first <= last for begin, last in covers):
                unknown = True
            elif not any(s.record in named or any(_touches(s, other) for other in theirs) for s in one):
                found |= {s.record for s in one}
    return found, unknown


def _one_time(stays: list[Stay], references: dict[str, str]) -> list[list[Stay]]:
    """Records of other agencies that follow each other and tell of one time away."""
    found: list[list[Stay]] = []
    for stay in sorted(stays, key=lambda s: (s.started, s.agency, s.source, references[s.record])):
        near = [
            many
            for many in found
            if any(episodes.same(stay, o) or (RETURN in (stay.source, o.source) and _touches(stay, o)) for o in many)
        ]
        if near:
            near[-1].append(stay)
        else:
            found.append([stay])
    return found


def _touches(a: Stay, b: Stay) -> bool:
    """Some hour that one may speak of is one of the other's; an open one speaks of a week, a return of two hours."""
    spans = []
    for stay in (a, b):
        last = stay.ended or stay.started + timedelta(days=7)
        spans.append((stay.started, last + timedelta(days=1) if stay.by_day and stay.ended else last))
    near = timedelta(hours=2 if RETURN in (a.source, b.source) else 0)
    return spans[0][0] <= spans[1][1] + near and spans[1][0] <= spans[0][1] + near


def _seen(known: Known, source: str, as_at: datetime) -> set[date]:
    """The extracts of its records of episodes that had begun by then."""
    return {e.extract for e in known.labelled("Episode") if e.source == source and e.facts["started"] <= as_at}
