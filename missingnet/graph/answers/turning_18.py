"""TURNING-18: children at risk about to turn 18, and victims past it (Framework). Days are London's."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Final

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.exploitation_risk import RiskTold, stood
from missingnet.graph.answers.said import many
from missingnet.graph.answers.same_episode import EpisodeTold, Sameness, counted, note
from missingnet.graph.answers.threshold_row import ThresholdRow, shown
from missingnet.graph.answers.ties import Texts, texts
from missingnet.graph.times import start_of_day, utc_to_london

_YEAR: Final = 12


class Birth(Row):
    """A date of birth as one record has it."""

    record: str = Field(description="The record")
    agency: str = Field(description="Whose record")
    born: date = Field(description="The date")


class TurningFacts(RiskTold):
    """One child of whom something says that they are at risk, and when they were born."""

    episodes: tuple[EpisodeTold, ...] = Field(description="Missing, every agency's records", strict=False)
    births: tuple[Birth, ...] = Field(description="Dates of birth, as each record has it", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[TurningFacts], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Those about to turn 18, the nearest first, then victims past it."""
        found = shown((_turning(row, asked) for row in rows), asked)
        found.sort(key=lambda r: (r.past, r.turns, r.child_id))
        return found, (
            "At risk: on one of the lists, assessed so, or missing often. Past 18 stay those of whom exploitation was "
            "known. Where agencies have other dates of birth, the one that meets the rule counts, and all are shown.",
            note(asked),
        )


class Turning(ThresholdRow):
    """One child about to turn 18, or past it; 'since' is from when they have been that near."""

    turns: date = Field(description="The day of turning 18")
    past: bool = Field(description="They have turned 18")
    born: tuple[date, ...] = Field(description="Every date of birth recorded", strict=False)
    at_risk: Texts = Field(description="What says that they are at risk, in words")


def months_on(day: date, months: int) -> date:
    """The day so many months later; the last of the month where it has no such day."""
    year, month = divmod(day.year * _YEAR + day.month - 1 + months, _YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _turning(row: TurningFacts, asked: Asked) -> Turning:
    given, today = asked.parameters, utc_to_london(asked.as_at).date()
    exploited = row.model_copy(update={"listed": tuple(e for e in row.listed if e.list in given["lists"])})
    levels = given["levels"]
    victim, now = exploited.ever_known_by(today, levels), exploited.known_on(today, levels)
    lists = [e for e in row.listed if e.list in given["also_lists"] and stood(e.added, e.removed, today)]
    each = [c.episode for c in counted(row.episodes, Sameness.of(given)) if c.episode.started > given["since"]]
    often = len(each) >= given["min_episodes"]
    said = texts((r.words for r in now), (f"on the list '{e.list}'" for e in lists))
    said += (f"{many(len(each), 'missing episode')} in the window",) if often else ()
    risk_records = texts((r.record for r in now), (e.record for e in lists), (e.record for e in each) if often else ())
    victims = texts(r.words for r in victim)
    found = []
    for birth in sorted(row.births, key=lambda b: (b.born, b.record)):
        turns = months_on(birth.born, given["adult_at"] * _YEAR)
        from_day = months_on(turns, -given["months"])
        until = months_on(birth.born, given["until_age"] * _YEAR)
        near = from_day <= today < turns and bool(said)
        past = turns <= today < until and bool(victims)
        found.append((near or past, near, past, turns, from_day))
    met, _, past, turns, from_day = max(found, key=lambda f: (f[0], f[1], f[3]))
    because = victims if turns <= today else said
    when = f"turned 18 on {turns}" if turns <= today else f"turns 18 on {turns}"
    why = f"{when}; {', '.join(because) if because else 'nothing recorded says that they are at risk'}"
    if not met and because and turns > today:
        why += f"; the rule fires from {from_day}"
    if not met and because and turns <= today:
        why += f"; the rule ends at {given['until_age']}"
    return Turning(
        child_id=row.child_id,
        state="fired" if met else "not fired",
        why=why,
        since=start_of_day(turns if past else from_day) if met else None,
        records=texts((r.record for r in victim) if turns <= today else risk_records, (b.record for b in row.births)),
        turns=turns,
        past=turns <= today,
        born=tuple(sorted({b.born for b in row.births})),
        at_risk=because,
    )
