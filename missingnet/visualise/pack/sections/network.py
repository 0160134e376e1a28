"""The people around the child: a picture, and the same ties as a table with grades, dates and sources."""

from __future__ import annotations

from missingnet.visualise.pack.content import Block
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.pictures import network_picture
from missingnet.visualise.pack.questions import NETWORK
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.pack.tie_tables import PEOPLE, far_table, hubs, near_table, ties


def _picture(pack: Gathered) -> list[Block]:
    return network_picture(pack, ties(pack))


def _people(pack: Gathered) -> list[Block]:
    found = [tie for tie in ties(pack) if tie.hop == 1 and tie.to_kind in PEOPLE]
    return [*near_table(pack, "Tied to this child", found), *hubs(pack, found)]


def _between(pack: Gathered) -> list[Block]:
    found = [tie for tie in ties(pack) if tie.hop > 1 and tie.to_kind in PEOPLE and tie.from_kind in PEOPLE]
    return far_table(pack, "Tied to people who are tied to this child", found)


SECTION = Section(
    name="network",
    title="Associates and other children around the child",
    source="A child’s agenda: associates, information on suspected perpetrators; rule NETWORK (Framework)",
    parts=(
        Part(None, (NETWORK,), _picture, empty="No tie to another person or place is recorded."),
        Part("People tied to the child", (NETWORK,), _people),
        Part("People one tie further", (NETWORK,), _between),
    ),
)
