"""Children planted for one rule each: moves, meetings owed at home, school calendars; and beside each its decoys.

What the rules of a council's other duties find is planted on all children (duties.py, tellings.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from missingnet.ingest.example.calendars import CLOSED, LATE_HALF_TERM, Particular, school_days
from missingnet.ingest.example.care import in_home
from missingnet.ingest.example.duties import write_meeting
from missingnet.ingest.example.education import school_of
from missingnet.ingest.example.episodes import Episode, Period
from missingnet.ingest.example.establishments import schools_in_all
from missingnet.ingest.example.moments import DAY, HOUR, day_text
from missingnet.ingest.example.occasions import Member
from missingnet.ingest.example.place import AUTHORITIES
from missingnet.ingest.example.plan import Planted
from missingnet.ingest.example.police import References
from missingnet.ingest.example.tellings import HOST
from missingnet.ingest.example.writers import Delivery

OWN_AREA, ANOTHER_OF_OWN, OTHER_AREA, ANOTHER_OF_OTHER, FAR = 3, 5, 4, 1, 7
"""Children's homes: two in the first authority's area, two in the other's, one beyond both."""
_DRAWS = (0.1, 0.5, 0.9)
"""Draws that choose three different schools of an authority."""
Rule = tuple[str, bool, str]
"""A rule, whether it finds the child, and why."""


def _moved(why: str, *, out: bool = False, into: bool = False) -> tuple[Rule, ...]:
    return ("MOVED-OUT", out, why), ("MOVED-IN", into, why)


@dataclass(slots=True)
class Case:
    """One child planted for a rule: on which list and since when, and when a strategy meeting about it was held."""

    member: Member
    rules: tuple[Rule, ...]
    list: str = ""
    listed: tuple[int, int | None] = (0, None)
    met: int | None = None


@dataclass(slots=True)
class Cases:
    """All of them; 'particular' is what is particular of their schools' calendars."""

    period: Period
    member: Callable[[Planted], Member]
    child_number: Callable[[], int]
    all: list[Case] = field(default_factory=list)
    particular: Particular = field(default_factory=dict)

    def plan(self, random: Random, children: int) -> None:
        """Enter every case in the plan."""
        self._plan_moves(random)
        self._plan_at_home(random)
        self._plan_out_of_school(schools_in_all(children))

    def _planted(self, authority: str, **directions: object) -> Member:
        planted = Planted(self.child_number(), {}, authority=authority, background=0, in_care=False, lists=())
        planted.missing_education, planted.assessed, planted.absences, planted.whole = False, False, 0, True
        for name, value in directions.items():
            setattr(planted, name, value)
        return self.member(planted)

    def _plan_moves(self, random: Random) -> None:
        until = self.period.until
        owed = "OOA-NOTIFY"
        lately, before = until - 30, self.period.edge - 20
        not_told, inside = "the host authority was not told of the return", "missing, placed in the area"
        for homes, day, risk, rules in (
            ((OWN_AREA, OTHER_AREA), lately, True, _moved("known risk", out=True, into=True)),
            ((OWN_AREA, OTHER_AREA), lately, False, _moved("no known risk", out=True)),
            ((OWN_AREA, FAR), lately, True, (*_moved("left the partnership", out=True), (owed, True, not_told))),
            ((OWN_AREA, ANOTHER_OF_OWN), lately, True, (*_moved("moved in the area"), (owed, False, inside))),
            ((OWN_AREA, OTHER_AREA), before, True, _moved("moved too long ago")),
            ((OTHER_AREA, ANOTHER_OF_OTHER), lately, True, _moved("moved in the other area")),
        ):
            held = [
                in_home(self.period.first - 40, day, homes[0], "C2", "OTHER"),
                in_home(day, None, homes[1], "C2", ""),
            ]
            episodes = []
            if any(rule == owed for rule, _, _ in rules):
                start = (until - 20) * DAY + 18 * HOUR + int(random.random() * HOUR)
                episodes = [Episode(start, start + 30 * HOUR, held[1].spot, "Police", planted=True)]
            who = self._planted(AUTHORITIES[0], in_care=True, held=held, episodes=episodes, left_out=HOST)
            listed = (self.period.first + 10, None)
            self.all.append(Case(who, rules, "CSE" if risk else "", listed))

    def _plan_at_home(self, random: Random) -> None:
        rule, until = "STRAT-7D-HOME", self.period.until
        for name, hours, met, ended, finds, why in (
            ("CP", 9 * 24, None, None, True, "no meeting"),
            ("S47", 9 * 24, 8, None, True, "held on the eighth day"),
            ("CP", 9 * 24, 7, None, False, "held on the seventh day"),
            ("CP", 6 * 24, None, None, False, "back after six days"),
            ("CP", 9 * 24, None, 2, False, "off the plan two days before"),
        ):
            day = until - 45 - int(random.random() * 20)
            start = day * DAY + 17 * HOUR + int(random.random() * HOUR)
            episode = Episode(start, start + hours * HOUR, None, "Returned of own accord", planted=True)
            who = self._planted(AUTHORITIES[1], episodes=[episode])
            listed = (day - 90, day - ended if ended is not None else None)
            self.all.append(Case(who, ((rule, finds, why),), name, listed, day + met if met is not None else None))

    def _plan_out_of_school(self, schools: int) -> None:
        rule, until = "CME-10D", self.period.until
        for draw, particular, missed, finds, why in (
            (_DRAWS[0], LATE_HALF_TERM, 10, True, "ten school days by the school's own late half term"),
            (_DRAWS[0], LATE_HALF_TERM, 9, False, "nine school days: just short"),
            (_DRAWS[1], CLOSED, 8, False, "eleven days, on three of which the school was closed"),
        ):
            who = self._planted(AUTHORITIES[0], school=draw, missing_education=True)
            days = school_days(until, particular, until - 120)
            who.planted.left = days[-missed] - 1
            self.particular[school_of(who.child, who.planted.left, draw, schools).number] = particular
            self.all.append(Case(who, ((rule, finds, why),)))

    def write(self, delivery: Delivery, references: References) -> None:
        """Their list entries and strategy meetings, once their own rows are written."""
        for case in self.all:
            child = case.member.child
            if case.list:
                added, removed = case.listed
                delivery.council[child.authority]["lists"](
                    (
                        references.next("LE"), child.authority, child.council, child.upn, child.forename, child.surname,
                        day_text(child.born), child.sex, case.list, day_text(added),
                        day_text(removed) if removed is not None else "", "Removed" if removed else "Current",
                        "H. Tannick",
                    )
                )  # fmt: skip
            if case.met is not None:
                (episode,) = case.member.planted.episodes
                days = (case.met - 2, case.met, case.met)
                write_meeting(delivery, references.next("SM"), child, days, episode.reference)

    def as_truth(self) -> list[dict[str, object]]:
        """The cases of truth.json's schema."""
        return [
            {
                **case.member.planted.entry,
                "rules": [{"rule": rule, "finds": finds, "why": why} for rule, finds, why in case.rules],
            }
            for case in self.all
        ]
