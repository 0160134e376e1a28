"""Writes the invented partnership: child after child, each from the child's own random stream, in bounded memory."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from missingnet.ingest.example.care import Placement, placements
from missingnet.ingest.example.council import (
    drawn_lists,
    write_assessments,
    write_lists,
    write_looked_after,
    write_missing_education,
)
from missingnet.ingest.example.duties import Duties, duty_stream
from missingnet.ingest.example.education import ROLLS_ALONE, write_lone_pupils, write_pupil
from missingnet.ingest.example.episodes import Episode, Period, how_many, missing_episodes
from missingnet.ingest.example.establishments import homes_in_all, schools_in_all
from missingnet.ingest.example.interviews import write_interview
from missingnet.ingest.example.moments import DAY
from missingnet.ingest.example.moves import note_moves
from missingnet.ingest.example.people import child as child_of
from missingnet.ingest.example.people import child_stream, misspell
from missingnet.ingest.example.place import AUTHORITIES, FORCE
from missingnet.ingest.example.plan import Plan, Planted
from missingnet.ingest.example.planting import Planting
from missingnet.ingest.example.police import (
    Case,
    References,
    write_absences,
    write_background_intelligence,
    write_missing,
)
from missingnet.ingest.example.registers import write_registers
from missingnet.ingest.example.tellings import write_tellings
from missingnet.ingest.example.truth import Truth, child_line
from missingnet.ingest.example.writers import README, Delivery

UNTIL = date(2026, 11, 1)
"""The first day after the invented period, unless another is given; nothing here reads a clock."""
FEWEST = 100
_GOES_MISSING, _LOOKED_AFTER, _LISTED, _EDUCATION = 0.35, 0.58, 0.73, 0.86


def generate(
    out: Path,
    children: int = 2000,
    years: int = 3,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
    until: date = UNTIL,
) -> dict[str, Any]:
    """The agencies' files under 'out' and truth.json; returns the counts.

    'children' are those with any record of concern (at least 100, so that everything planted finds room); four times as
    many stand on the school rolls alone. The same arguments give the same bytes. 'progress' is told (done, in all).
    """
    if not FEWEST <= children <= 1_000_000:
        raise ValueError(f"children must be from {FEWEST} to 1,000,000, not {children}")
    if not 1 <= years <= 10:
        raise ValueError(f"years must be from 1 to 10, not {years}")
    first = date(until.year - years, until.month, min(until.day, 28))
    edge = _three_months_before(until)
    period = Period(first.toordinal(), edge.toordinal(), until.toordinal())
    out.mkdir(parents=True, exist_ok=True)
    (out / "README.txt").write_text(README, encoding="utf-8")
    truth = Truth(period)
    references = References()
    with Delivery(out, until) as delivery:
        planting = Planting(children, seed, period)
        for number in range(children):
            _write_child(delivery, references, truth, planting.plan, number, children, seed, period)
            if progress is not None and number % 250 == 249:
                progress(number + 1, children)
        planting.write(delivery, references)
        write_registers(delivery, out, children, until, planting.cases.particular)
    if progress is not None:
        progress(children, children)
    head = {
        "about": "What 'missingnet example' planted; everything is invented.",
        "seed": seed,
        "children": children,
        "years": years,
        "first": first.isoformat(),
        "until": until.isoformat(),
        "force": FORCE,
        "authorities": list(AUTHORITIES),
    }
    truth.count("pupils_alone", children * ROLLS_ALONE)
    truth.count("networks", len(planting.networks))
    truth.count("sets", len(planting.sets))
    truth.write(out / "truth.json", head, planting.as_truth())
    return {**head, **truth.counts}


def _three_months_before(day: date) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - 3, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _write_child(
    delivery: Delivery,
    references: References,
    truth: Truth,
    plan: Plan,
    number: int,
    children: int,
    seed: int,
    period: Period,
) -> None:
    random = child_stream(seed, number)
    draw = random.random
    planted = plan.get(number) or _NOTHING
    child = planted.like or child_of(random, seed, number, children, period.until, planted.authority)
    is_planted = planted is not _NOTHING
    part = draw()
    goes = part < _GOES_MISSING
    in_care = draw() < 0.6 if goes else part < _LOOKED_AFTER
    listed: tuple[str, ...] = ()
    if (goes and draw() < 0.25) or _LOOKED_AFTER <= part < _LISTED:
        listed = drawn_lists(random)
    out_of_school = draw() < 0.12 if goes else _LISTED <= part < _EDUCATION
    assessed = draw() < 0.6 if goes else part >= _EDUCATION
    count = how_many(random) if goes else 0
    absences = int(draw() * draw() * (3 + count)) + (1 if draw() < 0.2 else 0) if goes else 0
    if goes and draw() < 0.08:
        count, absences = 0, absences + 1
    if is_planted:
        in_care = planted.in_care if planted.in_care is not None else in_care
        listed = planted.lists if planted.lists is not None else listed
        out_of_school = planted.missing_education if planted.missing_education is not None else out_of_school
        assessed = planted.assessed if planted.assessed is not None else assessed
        count = planted.background if planted.background is not None else count
        absences = planted.absences if planted.absences is not None else absences
    held: list[Placement] = planted.held or []
    if not held and (in_care or planted.settled is not None):
        held = placements(
            random, child, period.first, period.until, homes_in_all(children), goes or is_planted, planted.settled
        )
    spelt_apart = not is_planted and goes and draw() < 0.02
    forename, surname = child.forename, child.surname
    if spelt_apart:
        forename, surname = (
            (misspell(forename, draw()), surname) if draw() < 0.4 else (forename, misspell(surname, draw()))
        )
    known = is_planted or (not spelt_apart and draw() < 0.88)
    case = Case(child, held, forename, surname, known, spelt_apart, is_planted, period.until * DAY)
    laps = max(1, children // 1500)
    episodes = missing_episodes(random, child, held, count, period, laps, planted.episodes)
    _write_police(delivery, references, truth, random, case, episodes, absences, planted, period, seed)
    council_only: list[tuple[int, int]] = []
    if held:
        council_only = write_looked_after(delivery, references, random, case, episodes, truth)
        truth.count("looked_after")
    left = period.until - 18 - int(draw() * 300) if out_of_school else None
    left = planted.left if planted.left is not None else left
    still_out = left is not None and (is_planted or draw() < 0.6)
    school = write_pupil(
        delivery,
        random,
        child,
        period.until,
        schools_in_all(children),
        left if still_out else None,
        goes,
        planted.school,
        planted.whole,
    )
    if left is not None:
        reference = write_missing_education(
            delivery, references, random, child, school, left, period.until, still_out, planted.left is not None
        )
        if is_planted:
            planted.entry["cme_ref"] = reference
    if listed:
        write_lists(delivery, references, random, child, listed, period)
    if assessed:
        write_assessments(delivery, references, random, child, period, earlier=bool(episodes or council_only))
    duties = Duties(delivery, references, duty_stream(seed, number), case, period, truth)
    duties.write(episodes, council_only)
    write_tellings(duties, episodes, council_only, listed, planted.left_out)
    note_moves(truth, child, held, period)
    write_lone_pupils(delivery, random, seed, child.authority, number, period.until, schools_in_all(children))
    if is_planted:
        line = child_line(child)
        line["police_refs"] = [episode.reference for episode in episodes]
        planted.entry.update(line)


_NOTHING = Planted(-1, {})


def _write_police(
    delivery: Delivery,
    references: References,
    truth: Truth,
    random: Random,
    case: Case,
    episodes: list[Episode],
    absences: int,
    planted: Planted,
    period: Period,
    seed: int,
) -> None:
    held_interviews = 0
    for episode in episodes:
        write_missing(delivery, references, random, case, episode)
        if planted.interviewed or episode.named is not None:
            held_interviews += write_interview(delivery, references, random, case, episode)
    write_absences(delivery, references, random, case, absences, period)
    if episodes:
        truth.count("missing_children")
        truth.count("missing_episodes", len(episodes))
        truth.count("interviews_held", held_interviews)
        truth.mase(case.child, episodes)
        if not case.planted and random.random() < 0.15:
            write_background_intelligence(delivery, references, random, seed, case, episodes[-1], period)
    truth.count("absent_reports", absences)
    if case.spelt_apart and (episodes or absences):
        child = case.child
        truth.spool(
            "spelt_apart",
            {
                "authority": child.authority,
                "council": child.council,
                "council_name": f"{child.forename} {child.surname}",
                "nominal": child.nominal,
                "police_name": f"{case.police_forename} {case.police_surname}",
                "born": f"{date.fromordinal(child.born):%d/%m/%Y}",
            },
        )
