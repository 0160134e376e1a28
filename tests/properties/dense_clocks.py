"""What the clocks turn on, for the dense examples: interviews, checks and screenings close to an episode's end."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from missingnet.graph.records import Fact, LinkFact, Record
from missingnet.graph.times import start_of_day

if TYPE_CHECKING:
    from tests.properties.dense import Dense


def beside(dense: Dense, told: list[Record], size: int) -> list[Record]:
    """What follows some of these episodes, and children in police protection."""
    named = [one for each in dense.chance.sample(told, min(4 * size, len(told))) for one in named_by(dense, each)]
    follows = [one for each in told[: 4 * size] for one in answering(dense, each)]
    return [*named, *follows, *(protection(dense) for _ in range(2 * size))]


def answering(dense: Dense, episode: Record) -> list[Record]:
    """What follows an episode: an interview, a check, a screening; some name it and some do not."""
    ended, child = episode.facts.get("ended") or episode.facts["started"], episode.mentions["child"]
    assert isinstance(ended, datetime)

    def after(*hours: int) -> datetime | None:
        hour = dense.chance.choice(hours)
        return ended + timedelta(hours=hour) if hour else None

    def told(label: str, facts: dict[str, Fact], at: datetime | None) -> Record:
        named = {"episode_reference": episode.key} if dense.chance.random() < 0.5 else {}
        return dense.record(label, facts | named, {"child": child}, (LinkFact("HAD", "child", "record"),), at)

    outcomes = ("held", "held", "refused", "waiting", "not after every episode", "offered")
    outcome, contacted, offered = dense.chance.choice(outcomes), after(0, 4, 80), after(0, 5, 90)
    held, returned = after(40, 72, 73, 100) if outcome == "held" else None, after(1, 1, 30)
    interview: dict[str, Fact] = {"outcome": outcome, "contacted": contacted, "offered": offered, "held": held}
    interview |= {"returned": returned, "parents_view": dense.chance.choice((None, "worried"))}
    interview |= {"harm": dense.chance.choice((None, "hurt")), "themes": dense.chance.choice(((), ("Crime",)))}
    for name in ("shared_with_police", "on_childs_record"):
        interview[name] = dense.chance.choice((None, ended.date() + timedelta(days=dense.chance.choice((6, 20)))))
    at = after(0, 2, 24, 25)
    check: dict[str, Fact] = {"at": at, "agreed_with": "carer" if at is None else None}
    day = ended.date() + timedelta(days=dense.chance.choice((-100, -20, 1, 9)))
    kind = dense.chance.choice(("CSE screening", "Exploitation", "missing from care"))
    screening: dict[str, Fact] = {"kind": kind, "at": day, "level": "high", "assessor": "J. Other"}
    return [
        told("ReturnInterview", interview, held or offered or contacted or returned),
        told("SafeAndWellCheck", check, at),
        told("RiskAssessment", screening, start_of_day(day)),
    ]


def named_by(dense: Dense, episode: Record) -> list[Record]:
    """A safe and well check and an offer of an interview that name the report of an episode, by its agency."""
    at, had = episode.observed_from, (LinkFact("HAD", "child", "record"),)
    mentions = {"child": episode.mentions["child"]}
    made = [
        dense.record("SafeAndWellCheck", {"at": at, "episode_reference": episode.key}, mentions, had, at),
        dense.record(
            "ReturnInterview",
            {"outcome": "offered", "offered": at, "episode_reference": episode.key},
            mentions,
            had,
            at,
        ),
    ]
    return [replace(one, agency=episode.agency) for one in made]


def protection(dense: Dense) -> Record:
    """A child in police protection; some records tell the hour."""
    at = dense.moment()
    started, hours = dense.chance.choice((None, at)), dense.chance.choice((0, 20, 72, 73))
    facts: dict[str, Fact] = {"kind": "Police protection", "served": at.date(), "started": started}
    facts |= {"ended": at + timedelta(hours=hours) if hours else None}
    return dense.record("Notice", facts, {"child": dense.child()}, (LinkFact("HAD", "child", "record"),), at)
