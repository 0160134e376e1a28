"""Which children were missing in the period, by which episodes, beside what: the ground of GROUP-MISSING.

An episode counts once, by one agency's record; what any record of it says was beside it stands beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from missingnet.graph.answers import Asked
from missingnet.graph.answers.chance import Habit, Home, Stretch, expected_times, of_one_home
from missingnet.graph.answers.group_missing import GroupMissingFact
from missingnet.graph.answers.periods import counted_to
from missingnet.graph.answers.same_episode import Counted, EpisodeTold, Sameness, counted
from missingnet.graph.terms import OPEN, PEOPLE
from missingnet.graph.times import utc_to_london

#: A Monday, from which the clock on the wall is counted.
_MONDAY: Final = datetime(1900, 1, 1)
Beside = Mapping[tuple[str, str], list["Stay"]]


@dataclass(frozen=True, slots=True)
class Gone:
    """One episode of one child, by the record that counts; ``over`` is OPEN while it goes on."""

    child_id: str
    agency: str
    record: str
    also: tuple[str, ...]
    started: datetime
    over: datetime

    @classmethod
    def by(cls, child_id: str, counts: Counted) -> Gone:
        told = counts.episode
        also = tuple(other.record for other in counts.also)
        return cls(child_id, told.agency, told.record, also, told.started, told.ended or OPEN)


@dataclass(frozen=True, slots=True)
class Stay:
    """An episode beside one thing, and the records that put it there."""

    gone: Gone
    told_by: frozenset[str]
    kind: str


class Children:
    """The children of the answer, each with the episodes of the baseline window, and their homes."""

    def __init__(self, rows: Sequence[GroupMissingFact], asked: Asked) -> None:
        since, baseline = asked.parameters["since"], asked.parameters["baseline"]
        sameness, until = Sameness.of(asked.parameters), counted_to(asked)
        self._since, self._until = since, until
        self.window = Stretch(_clock(baseline), _clock(until))
        self.period = Stretch(_clock(max(since, baseline)), _clock(until))
        told: dict[str, tuple[EpisodeTold, ...]] = {row.child_id: row.told for row in rows if row.told}
        self.gone = {
            child: [Gone.by(child, counts) for counts in counted(episodes, sameness)]
            for child, episodes in told.items()
        }
        self._habits: dict[str, Habit] = {}
        self.beside = self._beside(rows)

    def habit(self, child_id: str) -> Habit:
        """When in the week the child goes missing, and for how long."""
        if child_id not in self._habits:
            self._habits[child_id] = Habit(
                Stretch(_clock(gone.started), self.window.ceased if gone.over > self._until else _clock(gone.over))
                for gone in self.gone[child_id]
            )
        return self._habits[child_id]

    def expected(self, children: Sequence[str]) -> float:
        """How often all of them would be missing at once in the period by chance, whatever home they share."""
        return expected_times([self.habit(child) for child in children], self.window, self.period)

    def before(self, children: Sequence[str]) -> int:
        """How many separate times all of them were missing at once before the period."""
        common = [(gone.started, gone.over) for gone in self.gone[children[0]]]
        for child in children[1:]:
            theirs = [(gone.started, gone.over) for gone in self.gone[child]]
            common = [(max(a, c), min(b, d)) for a, b in common for c, d in theirs if max(a, c) < min(b, d)]
        return sum(ceased <= self._since for _, ceased in common)

    def home_effect(self, children: Sequence[str]) -> float:
        """How many times as often as by chance so many children of their homes are missing at once."""
        shared = Counter(self._home_of[child] for child in children if child in self._home_of)
        effect = 1.0
        for home, many in shared.items():
            if many > 1:
                effect *= of_one_home(self._homes[home].effect(frozenset(children)), many)
        return float(f"{effect:.6g}")

    def _beside(self, rows: Iterable[GroupMissingFact]) -> Beside:
        """The episodes of the period beside each thing, by the way and the thing."""
        found: dict[tuple[str, str], list[Stay]] = {}
        for row in rows:
            records = frozenset(row.records)
            for gone in self.gone.get(row.child_id, ()) if row.told else ():
                told_by = records if row.way == "associate" else records.intersection((gone.record, *gone.also))
                if told_by and gone.over > self._since:
                    found.setdefault((row.way, row.shared_id), []).append(Stay(gone, told_by, row.shared_kind))
        return found

    @cached_property
    def _home_of(self) -> Mapping[str, str]:
        """The home that most of each child's episodes in the period began at."""
        began: dict[str, Counter[str]] = {}
        for (way, thing), stays in self.beside.items():
            if way == "start place" and stays[0].kind == "Home":
                for stay in stays:
                    began.setdefault(stay.gone.child_id, Counter())[thing] += 1
        return {child: min(homes, key=lambda home: (-homes[home], home)) for child, homes in began.items()}

    @cached_property
    def _homes(self) -> Mapping[str, Home]:
        living: dict[str, dict[str, Habit]] = {}
        for child, home in self._home_of.items():
            living.setdefault(home, {})[child] = self.habit(child)
        return {home: Home(habits, self.window) for home, habits in living.items()}


def is_hub(row: GroupMissingFact, limit: int) -> bool:
    """True of what more missing children share than the limit; people are no hubs."""
    return row.shared_children > limit and row.shared_kind not in PEOPLE


def _clock(instant: datetime) -> float:
    """London's clock at that instant, in seconds from a Monday's midnight."""
    return (utc_to_london(instant) - _MONDAY).total_seconds()
