"""Places, vehicles, phones and online names: the child's own, and those of people tied to the child."""

from __future__ import annotations

from missingnet.visualise.pack.content import Block
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import NETWORK
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.pack.tie_tables import MEANS, PEOPLE, PREMISES, far_table, hubs, near_table, ties


def _places(pack: Gathered) -> list[Block]:
    found = [tie for tie in ties(pack) if tie.hop == 1 and tie.to_kind in PREMISES]
    return [*near_table(pack, "Places, homes and schools tied to this child", found), *hubs(pack, found)]


def _means(pack: Gathered) -> list[Block]:
    found = [tie for tie in ties(pack) if tie.hop == 1 and tie.to_kind in MEANS]
    return [*near_table(pack, "Vehicles, phones and online names tied to this child", found), *hubs(pack, found)]


def _of_others(pack: Gathered) -> list[Block]:
    found = [t for t in ties(pack) if t.hop > 1 and t.from_kind in PEOPLE and t.to_kind in (*PREMISES, *MEANS)]
    return far_table(pack, "Of people who are tied to this child", found)


SECTION = Section(
    name="places_vehicles_phones",
    title="Places, vehicles, phones and online names",
    source="A child’s agenda: powers to protect and to disrupt; rule NETWORK (Framework)",
    parts=(
        Part("Places", (NETWORK,), _places),
        Part("Vehicles, phones and online names", (NETWORK,), _means),
        Part("One tie further", (NETWORK,), _of_others),
    ),
)
