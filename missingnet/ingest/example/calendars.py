"""The schools' calendars: the terms and half terms of two school years, and what is particular of a planted school."""

from __future__ import annotations

from datetime import date

from missingnet.ingest.example.establishments import school, schools_in_all
from missingnet.ingest.example.moments import day_text, weekday, working
from missingnet.ingest.example.writers import Delivery

LATE_HALF_TERM, CLOSED = "its half term is a week later", "closed for three days"
Stretch = tuple[str, int, int, str]
"""Kind, first and last day, words."""
Particular = dict[int, str]
"""What is particular of the school of a number."""
_TERMS = (
    ((9, 3), (12, 18), (10, 23), "Autumn"),
    ((1, 5), (3, 27), (2, 13), "Spring"),
    ((4, 13), (7, 21), (5, 24), "Summer"),
)
"""First day, last day, the day from which the half term is the next week, and name."""


def stretches(until: int, particular: str = "") -> list[Stretch]:
    """A school's terms and closures of the school year of 'until' and of the one before."""
    when = date.fromordinal(until)
    year = when.year if when.month >= 9 else when.year - 1
    found: list[Stretch] = []
    for begins in (year - 1, year):
        for first, last, half, name in _TERMS:
            of = begins if name == "Autumn" else begins + 1
            monday = _day(of, half) + (-weekday(_day(of, half))) % 7
            later = 7 if begins == year and name == "Autumn" and particular == LATE_HALF_TERM else 0
            found.append(("Term", _day(of, first), _day(of, last), f"{name} term"))
            found.append(("Holiday", monday + later, monday + later + 4, "Half term"))
    if particular == CLOSED:
        tuesday = until - 18 - (until - 18 - 2) % 7
        found.append(("Closed", tuesday, tuesday + 2, "Closed: no heating"))
    return found


def _day(year: int, when: tuple[int, int]) -> int:
    return date(year, *when).toordinal()


def school_days(until: int, particular: str, first: int) -> list[int]:
    """The days from one day to 'until', both counted, on which such a school was open."""
    told = stretches(until, particular)
    terms = [(a, b) for kind, a, b, _ in told if kind == "Term"]
    shut = [(a, b) for kind, a, b, _ in told if kind != "Term"]
    return [
        day
        for day in range(first, until + 1)
        if working(day) and any(a <= day <= b for a, b in terms) and not any(a <= day <= b for a, b in shut)
    ]


def write_calendars(delivery: Delivery, children: int, until: int, particular: Particular) -> None:
    """Every school's calendar."""
    for number in range(schools_in_all(children)):
        one = school(number)
        for kind, first, last, words in stretches(until, particular.get(number, "")):
            delivery.council[one.authority]["calendars"]((one.urn, kind, day_text(first), day_text(last), words))
