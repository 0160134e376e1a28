"""Decoys: what looks like a pattern and is none.

A big children's home whose children go missing often and each alone; children who go missing often from family homes;
twins of whom one goes missing; a hospital and a police station where everybody is found; two people of one name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from missingnet.ingest.example.episodes import Period
from missingnet.ingest.example.establishments import BIG_HOME, home
from missingnet.ingest.example.moments import DAY, HOUR, day_text, moment_text
from missingnet.ingest.example.occasions import Member
from missingnet.ingest.example.people import BOYS, GIRLS, Associate, associate, council_ref, nominal_ref, upn
from missingnet.ingest.example.place import FORCE, HOSPITAL, POLICE_STATION, TOWNS, hub, street, uprn, zone
from missingnet.ingest.example.plan import Planted
from missingnet.ingest.example.police import References
from missingnet.ingest.example.writers import Delivery

_FREQUENT = 4
_NAMESAKES_FROM = 900_000
_NAMESAKE = ("Dean", "Farnorrick")


class Decoys:
    """The decoys of one invented partnership; they need 'size' children."""

    def __init__(self, small: bool) -> None:
        """Fewer children live in the big home of a small partnership."""
        self._residents = 10 if small else 14
        self.size = self._residents + _FREQUENT + 2
        self._home: list[Member] = []
        self._frequent: list[Member] = []
        self._twins: list[Member] = []
        self._namesakes: list[Associate] = []

    def plan(
        self,
        random: Random,
        seed: int,
        children: int,
        period: Period,
        member: Callable[[Planted], Member],
        child_number: Callable[[], int],
    ) -> None:
        """Enter every decoy child in the plan."""
        for _ in range(self._residents):
            resident = Planted(
                child_number(),
                {},
                background=8 + int(random.random() * 15),
                settled=BIG_HOME,
                lists=(),
                missing_education=False,
            )
            self._home.append(member(resident))
        for _ in range(_FREQUENT):
            often = Planted(
                child_number(),
                {},
                background=20 + int(random.random() * 9),
                in_care=False,
                lists=(),
                missing_education=False,
            )
            self._frequent.append(member(often))
        self._plan_twins(random, seed, children, member, child_number)
        for order in range(2):
            drawn = associate(random, seed, _NAMESAKES_FROM + order, period.until)
            self._namesakes.append(replace(drawn, forename=_NAMESAKE[0], surname=_NAMESAKE[1], alias="", sex="M"))

    def _plan_twins(
        self,
        random: Random,
        seed: int,
        children: int,
        member: Callable[[Planted], Member],
        child_number: Callable[[], int],
    ) -> None:
        school = random.random()
        goes = member(
            Planted(
                child_number(),
                {},
                background=6,
                lists=(),
                school=school,
                absences=2,
                assessed=True,
                in_care=False,
                missing_education=False,
            )
        )
        one, number = goes.child, child_number()
        names = GIRLS if one.sex == "F" else BOYS
        other = replace(
            one,
            number=number,
            council=council_ref(seed, number, children),
            nominal=nominal_ref(seed, number),
            upn=upn(seed, one.authority, number),
            forename=names[(names.index(one.forename) + 5) % len(names)],
            alias="",
        )
        stays = Planted(
            number,
            {},
            background=0,
            lists=(),
            school=school,
            absences=0,
            assessed=True,
            like=other,
            in_care=False,
            missing_education=False,
        )
        self._twins = [goes, member(stays)]

    def write(self, delivery: Delivery, references: References, period: Period) -> None:
        """The two people of one name: each in a town, each linked to another child."""
        for order, (who, member) in enumerate(zip(self._namesakes, self._frequent, strict=False)):
            child, town = member.child, zone("AB"[order])
            where = town[(order * 17 + 23) % len(town)]
            delivery.associates(
                [who.nominal, FORCE, who.forename, who.surname, "", day_text(who.born), who.sex, "Associate"]
            )
            head = [
                references.next("IL"),
                FORCE,
                moment_text((period.until - 90 - order) * DAY + 10 * HOUR),
                "2",
                "B",
                "P",
            ]
            place = ["Place", uprn(3, _NAMESAKES_FROM + order), "", street(where, 44), where.text, "Private address"]
            person = ["Adult", who.nominal, who.name, day_text(who.born)]
            delivery.intelligence([*head, "", *person, "lives at", *place, "Lives at this address."])
            subject = ["Child", child.nominal, f"{child.forename} {child.surname}", day_text(child.born)]
            thing = ["Adult", who.nominal, who.name, "", "", ""]
            delivery.intelligence([*head, "", *subject, "associate", *thing, "A neighbour whom the child visits."])

    def as_truth(self) -> dict[str, object]:
        """The decoys of truth.json's schema."""
        big = home(BIG_HOME)
        hubs = [hub(HOSPITAL), hub(POLICE_STATION)]
        return {
            "big_home": {
                "urn": big.urn,
                "name": big.name,
                "uprn": big.spot.uprn,
                "beds": big.beds,
                "children": [member.planted.entry for member in self._home],
            },
            "frequent_but_independent": [member.planted.entry for member in self._frequent],
            "twins": [{"missing": self._twins[0].planted.entry, "never_missing": self._twins[1].planted.entry}],
            "hubs": [{"uprn": spot.uprn, "name": spot.name, "kind": spot.kind} for spot in hubs],
            "one_name": [
                {
                    "name": self._namesakes[0].name,
                    "nominals": [who.nominal for who in self._namesakes],
                    "towns": [TOWNS["A"], TOWNS["B"]],
                }
            ],
        }
