"""The agendas: which sections a meeting's pack has, in which order. Here order is meaning (DOMAIN §6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Final

from missingnet.visualise.pack.section import Section


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting: its neutral title (which names nobody), whom its pack is about, and its agenda."""

    name: str
    title: str
    about: str
    agenda: tuple[str, ...]


MEETINGS: Final[Mapping[str, Meeting]] = {
    "MASE": Meeting(
        name="MASE",
        title="Multi-Agency Sexual Exploitation meeting",
        about="child",
        agenda=(
            "child",
            "why_discussed",
            "episodes",
            "found",
            "interviews",
            "education",
            "placements",
            "network",
            "places_vehicles_phones",
            "other_children",
            "intelligence",
            "notices_and_assessments",
            "actions_agreed",
            "decisions",
        ),
    ),
    "STRATEGY": Meeting(
        name="STRATEGY",
        title="Missing person’s strategy meeting",
        about="child",
        agenda=(
            "child",
            "episodes",
            "duties_of_child",
            "found",
            "interviews",
            "other_children",
            "network",
            "places_vehicles_phones",
            "placements",
            "intelligence",
            "notices_and_assessments",
            "actions_agreed",
            "strategy_decisions",
        ),
    ),
    "OPERATIONAL-GROUP": Meeting(
        name="OPERATIONAL-GROUP",
        title="Missing and exploitation operational group",
        about="month",
        agenda=(
            "changes",
            "children_by_rule",
            "communities",
            "shared_associates",
            "hotspots",
            "linked_locations",
            "missing_together",
            "education_and_missing",
            "moved_in_and_out",
            "across_authorities",
            "turning_18",
            "interview_performance",
            "triage",
            "strategy_meetings",
            "problem_profile",
            "items_without_figures",
        ),
    ),
}


class NoSuchMeeting(LookupError):
    """A meeting that has no agenda here."""


def meeting(name: str) -> Meeting:
    """The meeting of that name, in any case.

    :raises NoSuchMeeting: says which there are.
    """
    found = MEETINGS.get(name.upper())
    if found is None:
        raise NoSuchMeeting(f"no agenda of that name; there are {', '.join(MEETINGS)}")
    return found


@lru_cache(maxsize=64)
def section(name: str) -> Section:
    """The section declared in ``sections/<name>.py``."""
    found = import_module(f"missingnet.visualise.pack.sections.{name}").SECTION
    if not isinstance(found, Section) or found.name != name:
        raise TypeError(f"sections/{name}.py must declare SECTION = Section(name={name!r}, …)")
    return found


def sections(name: str) -> tuple[Section, ...]:
    """A meeting's sections in the order of its agenda."""
    return tuple(section(each) for each in meeting(name).agenda)
