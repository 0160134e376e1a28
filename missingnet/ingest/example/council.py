"""A council's rows about one child: SSDA903, CME register, lists and risk assessments."""

from __future__ import annotations

from random import Random

from missingnet.ingest.example.care import episode_rows, placement_on
from missingnet.ingest.example.episodes import Episode, Period
from missingnet.ingest.example.establishments import School
from missingnet.ingest.example.interviews import write_council_only
from missingnet.ingest.example.moments import DAY, day_text
from missingnet.ingest.example.people import Child
from missingnet.ingest.example.police import Case, References
from missingnet.ingest.example.truth import Truth
from missingnet.ingest.example.writers import OLDER_BY, Delivery

_LISTS = ("CSE", "CSE", "CSE", "Gangs", "NRM", "EHE")
_WORKERS = ("H. Tannick", "L. Orbury", "P. Sellock", "M. Dravidge")
_CME_REASONS = ("Left roll, new school not known", "Family moved", "Not collected from alternative provision",
                "Refused a place", "Withdrawn, education at home not confirmed")  # fmt: skip
_KINDS = ("Child exploitation screening", "Missing from care", "Child exploitation screening")
_LEVELS = ("Low", "Medium", "Medium", "High")
_BEFORE = 100
"""Days before the period by which an earlier assessment is no longer fresh in it."""


def write_looked_after(
    delivery: Delivery, references: References, random: Random, case: Case, episodes: list[Episode], truth: Truth
) -> list[tuple[int, int]]:
    """Header, episodes and missing rows of a looked after child; the missing rows mostly agree with the police's.

    Returns the first and last days that the council alone knows the child to have been missing.

    Planted disagreements, each told to truth: episodes only the police know, only the council knows (with an interview,
    so that another source speaks of it), and ends a day apart. An A row (away, whereabouts known) is a difference of
    definition and is told as such.
    """
    draw, child = random.random, case.child
    council = delivery.council[child.authority]
    born = day_text(child.born)
    council["header"]((child.council, child.sex, born, child.ethnic, child.upn, "", ""))
    for row in episode_rows(child, case.held):
        council["episodes"](row)
    taken: set[int] = set()
    busy = [(e.started // DAY, e.ended // DAY if e.ended is not None else 10**7) for e in episodes]
    for episode in episodes:
        started = episode.started // DAY
        if placement_on(case.held, started) is None:
            continue
        if started in taken:
            truth.differ("police_only", case, episode, started, "same day as another, returned once")
            truth.same(case, episode, started)
            continue
        if not case.planted and draw() < 0.05:
            truth.differ("police_only", case, episode, started, "not in the council's return")
            continue
        taken.add(started)
        truth.same(case, episode, started)
        ended = episode.ended // DAY if episode.ended is not None else None
        if ended is not None and not case.planted and draw() < 0.05:
            ended += 1
            truth.differ("dates_differ", case, episode, started, "the council's end is a day later")
        council["missing"]((child.council, born, "M", day_text(started), day_text(ended) if ended else ""))
    alone: list[tuple[int, int]] = []
    if case.planted:
        return alone
    for kind, chance in (("M", 0.10), ("A", 0.16)):
        if draw() >= chance or not case.held:
            continue
        placement = case.held[int(draw() * len(case.held))]
        first, last = max(placement.started, truth.period.first), min(placement.ended or 10**7, truth.period.until) - 4
        if last <= first:
            continue
        started = first + int(draw() * (last - first))
        ended = started + 1 + int(draw() * 2)
        if any(begin - 2 <= ended and started <= end + 2 for begin, end in busy):
            continue
        council["missing"]((child.council, born, kind, day_text(started), day_text(ended)))
        reason = (
            "never reported to the police" if kind == "M" else "away, whereabouts known: a difference of definition"
        )
        truth.differ("council_only", case, None, started, reason, kind)
        if kind == "M":
            write_council_only(delivery, references, random, case, started, ended)
            alone.append((started, ended))
    return alone


def write_missing_education(
    delivery: Delivery,
    references: References,
    random: Random,
    child: Child,
    school: School,
    left: int,
    until: int,
    opened: bool,
    at_once: bool = False,
) -> str:
    """The CME register's row of a child off roll since 'left', referred within days; returns its reference."""
    draw = random.random
    reference = references.next("CME")
    closed = "" if opened else day_text(min(until - 1, left + 30 + int(draw() * 40)))
    delivery.council[child.authority]["cme"](
        (
            reference, child.authority, child.council, child.upn if draw() < 0.95 else "", child.forename,
            child.surname, day_text(child.born), child.sex,
            day_text(left + 3 + (0 if at_once else int(draw() * 12))),
            _CME_REASONS[int(draw() * 5)], school.urn, school.name, day_text(left), "Open" if opened else "Closed",
            closed, "" if opened else "Found, on a school roll",
        )
    )  # fmt: skip
    return reference


def write_lists(
    delivery: Delivery, references: References, random: Random, child: Child, lists: tuple[str, ...], period: Period
) -> None:
    """A child's list entries, in the newest extract and, where they then stood, as they stood in the older one."""
    draw = random.random
    council = delivery.council[child.authority]
    then = period.until - OLDER_BY
    for name in lists:
        added = period.first + int(draw() * (period.until - period.first - 10))
        removed = added + 60 + int(draw() * 500) if draw() < 0.25 else None
        if removed is not None and removed >= period.until:
            removed = None
        worker = _WORKERS[int(draw() * 4)]
        reference = references.next("LE")
        who = (
            reference, child.authority, child.council, child.upn if draw() < 0.7 else "", child.forename, child.surname,
            day_text(child.born), child.sex, name, day_text(added),
        )  # fmt: skip
        gone = day_text(removed) if removed else ""
        council["lists"]((*who, gone, "Removed" if removed else "Current", worker))
        if added < then:
            earlier = worker if draw() < 0.8 else _WORKERS[int(draw() * 4)]
            ended = removed is not None and removed < then
            council["older"]((*who, gone if ended else "", "Removed" if ended else "Current", earlier))


def drawn_lists(random: Random) -> tuple[str, ...]:
    """One list, or two different ones, that a child stands on."""
    first = _LISTS[int(random.random() * 6)]
    if random.random() < 0.15:
        second = _LISTS[int(random.random() * 6)]
        return (first,) if second == first else (first, second)
    return (first,)


def write_assessments(
    delivery: Delivery, references: References, random: Random, child: Child, period: Period, *, earlier: bool
) -> None:
    """One risk assessment, or two; 'earlier' than the period, in which stand those after each episode."""
    draw = random.random
    length = period.until - period.first
    for _ in range(1 + (draw() < 0.3)):
        day = period.first + int(draw() * (length - 1)) - (length + _BEFORE if earlier else 0)
        graded = _LEVELS[int(draw() * 4)]
        score = {"Low": 4, "Medium": 11, "High": 19}[graded] + int(draw() * 6)
        delivery.council[child.authority]["assessments"](
            (
                references.next("RA"), child.authority, child.council, _KINDS[int(draw() * 3)], day_text(day), graded,
                score, _WORKERS[int(draw() * 4)], day_text(day + 90), "", "", "", "",
            )
        )  # fmt: skip
