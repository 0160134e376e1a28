"""The school rolls: both authorities' autumn census, for children of concern and for four times as many others."""

from __future__ import annotations

from datetime import date
from functools import cache
from random import Random

from missingnet.ingest.example.establishments import School, school_for
from missingnet.ingest.example.moments import census_text
from missingnet.ingest.example.people import BOYS, GIRLS, Child, surname, upn
from missingnet.ingest.example.writers import Delivery

ROLLS_ALONE = 4
_REASONS = ("I", "M", "I", "C", "I", "O", "E")
_UNAUTHORISED = ("N", "O", "U", "G")
_TERM_POSSIBLE = 142.0
_LONE_FROM = 2_000_000


@cache
def _entry_day(year: int) -> int:
    return date(year, 9, 3).toordinal()


@cache
def _school_year(day: int) -> int:
    """The calendar year in which the day's school year began."""
    when = date.fromordinal(day)
    return when.year if when.month >= 9 else when.year - 1


def _year_group(born: int, until: int) -> int:
    """National curriculum year on 'until' of a child born on that day (years run September to August)."""
    return _school_year(until) - (_school_year(born) + 1) - 4


def school_of(child: Child, day: int, chosen: float, schools: int) -> School:
    """The school that takes the child on that day; 'chosen' is a draw among those of the authority."""
    age = 11 if _year_group(child.born, day) >= 7 else 10
    return school_for(age, child.authority, chosen, schools)


def _sessions(
    delivery: Delivery, authority: str, on: bool, pupil: str, native: str, lines: list[tuple[str, int]]
) -> None:
    write = delivery.council[authority]["sessions_on" if on else "sessions_off"]
    for order, (reason, count) in enumerate(lines, start=1):
        write((pupil, native, f"{pupil[:9]}{order:03d}", order, pupil[:8], f"{count}.0", reason))


def write_pupil(
    delivery: Delivery,
    random: Random,
    child: Child,
    until: int,
    schools: int,
    left: int | None,
    uneasy: bool,
    chosen: float | None,
    whole: bool = False,
) -> School:
    """A child of concern on the roll, or off it since the day 'left'; uneasy: many sessions missed without leave.

    'chosen' is a draw that fixes the school; 'whole' is a child who missed no session."""
    draw = random.random
    last = until if left is None else left
    year = max(0, _year_group(child.born, last))
    drawn = draw()
    where = school_of(child, last, drawn if chosen is None else chosen, schools)
    pupil = f"{child.number:08x}-{child.number * 2654435761 % 4096:03x}"
    authorised = int(draw() * 14)
    unauthorised = int(draw() * (44 if uneasy else 8))
    if whole:
        authorised = unauthorised = 0
    part_time = draw() < 0.03
    entered = min(last, _entry_day(_school_year(last) - (year - 7 if year >= 7 else year)))
    common = (
        pupil, where.native, census_text(child.born), child.surname, child.forename, "", child.surname, "", child.upn,
        "", "", child.sex, census_text(entered),
    )  # fmt: skip
    code = child.authority
    if left is None:
        delivery.council[code]["on_roll"](
            (*common, 1, pupil[:8], "a1", part_time, _TERM_POSSIBLE, f"{authorised}.0", f"{unauthorised}.0", "ENG", "C",
             "N", "N" if draw() < 0.8 else "K", year)
        )  # fmt: skip
    else:
        delivery.council[code]["off_roll"](
            (*common, census_text(left), 1, pupil[:8], "a1", part_time, _TERM_POSSIBLE, f"{authorised}.0",
             f"{unauthorised}.0", "N", "ENG", year)
        )  # fmt: skip
    lines = [(_REASONS[int(draw() * 7)], authorised)] if authorised else []
    if unauthorised > 2:
        lines.append((_UNAUTHORISED[int(draw() * 4)], unauthorised))
    _sessions(delivery, code, left is None, pupil, where.native, lines)
    if uneasy and left is None and draw() < 0.12:
        day = until - 5 - int(draw() * 50)
        delivery.council[code]["exclusions_on"](
            (pupil, where.native, f"{pupil[:9]}x", 1, pupil[:8], census_text(day), f"{2 + int(draw() * 8)}.0", "DB", "",
             "", "SUSP", "N")
        )  # fmt: skip
    return where


def write_lone_pupils(
    delivery: Delivery, random: Random, seed: int, authority: str, number: int, until: int, schools: int
) -> None:
    """The four pupils on the rolls alone that stand beside a child of concern."""
    draw = random.random
    write = delivery.council[authority]["on_roll"]
    this_year = _school_year(until)
    for order in range(ROLLS_ALONE):
        lone = _LONE_FROM + number * ROLLS_ALONE + order
        year = int(draw() * 12)
        names = GIRLS if draw() < 0.5 else BOYS
        where = school_for(11 if year >= 7 else 10, authority, draw(), schools)
        born = _entry_day(this_year - 5 - year) + 2 + int(draw() * 360)
        entered = _entry_day(this_year - (year - 7 if year >= 7 else year))
        family = surname(draw())
        authorised = int(draw() * draw() * 14)
        pupil = f"{lone:08x}-{lone * 2654435761 % 4096:03x}"
        write(
            (pupil, where.native, census_text(born), family, names[int(draw() * 36)], "", family, "",
             upn(seed, authority, lone), "", "", "F" if names is GIRLS else "M", census_text(entered), 1, pupil[:8],
             "a1", False, _TERM_POSSIBLE, f"{authorised}.0", "0.0", "ENG", "C", "N", "N", year)
        )  # fmt: skip
        if authorised > 3:
            _sessions(delivery, authority, True, pupil, where.native, [(_REASONS[int(draw() * 7)], authorised)])
