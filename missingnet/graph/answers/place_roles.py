"""What a place is to the children who are there (PLACE-ROLES): a home, a school, a placement, an address, a service, or
a place of concern. A child found at home or at school is where they should be; elsewhere somebody asks why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

HOME, SCHOOL, PLACEMENT = "children's home", "school", "placement"
ADDRESS, SERVICE, OF_CONCERN = "child's address", "service", "place of concern"
ROLES: Final = (HOME, SCHOOL, PLACEMENT, ADDRESS, SERVICE, OF_CONCERN)
ROLE_WORDS: Final = (
    "'children's home', 'school', 'placement' (a child has been placed there), 'child's address' (a record says that a "
    "child lives there), 'service' (of a kind listed in PLACE-ROLES), else 'place of concern'"
)


def role_of(thing_kind: str, kinds: Iterable[str], services: Iterable[str], *, placed: bool, lived: bool) -> str:
    """The place's role. ``kinds`` is what the seen descriptions say it is."""
    if thing_kind in ("Home", "School"):
        return HOME if thing_kind == "Home" else SCHOOL
    if placed or lived:
        return PLACEMENT if placed else ADDRESS
    known = {kind.strip().casefold() for kind in services}
    return SERVICE if any(kind.strip().casefold() in known for kind in kinds) else OF_CONCERN
