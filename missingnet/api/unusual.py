"""Unusual reading, for a data protection officer: what is usual here is declared in a file, who reads it is recorded.

`unusual-reading.toml` in the state folder says from how many on reading is unusual, which hours are usual, and whose
family or colleague a child is. It is private to its owner, for it says who is related to whom.
"""

from __future__ import annotations

import asyncio
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from missingnet.api import refusals
from missingnet.api.asks import Asks
from missingnet.api.reader import demand_auditor
from missingnet.api.refusals import Refused
from missingnet.graph.answers import plain
from missingnet.graph.answers.descriptions import Caption
from missingnet.graph.audit.unusual import WEEK, Reason, Relation, Suggestion, Usual, suggestions
from missingnet.graph.lookups import ids_of
from missingnet.graph.store import Store
from missingnet.settings import Settings
from missingnet.visualise.words import agency_words

#: How far back is looked where no day is said.
USUALLY: Final = timedelta(days=28)

_USUAL: Final = Usual()
_REASONS: Final[Mapping[Reason, str]] = {
    "many in an hour": "{many:,} different children, people, places or records opened one by one within an hour",
    "many in a day": "{many:,} different children, people, places or records opened one by one within a day",
    "many in a week": "{many:,} different children, people, places or records opened one by one within a week",
    "family": "Opened {times} what they declared to be of their own family",
    "colleague": "Opened {times} what they declared to be a colleague’s",
    "after hours": "{many:,} children, people, places or records opened, and searches, outside the usual working hours",
    "too fast": "Asked so fast that requests were refused, {times}",
}


class CannotBeUsed(ValueError):
    """The file that says what is usual cannot be used; says every reason, and repeats no value."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Hours(_Part):
    """The usual hours of a working day in London, and who works at any hour: agencies' codes and readers' names."""

    begin: time = _USUAL.begin
    end: time = _USUAL.end
    any: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Hours:
        if self.begin >= self.end:
            raise ValueError("begin comes before end, on one day")
        return self


class Declared(_Part):
    """What somebody declared: by the name they sign in with, and identifiers such as council:997:100231, or ids."""

    reader: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    relation: Relation
    about: Annotated[tuple[str, ...], Field(min_length=1)]


class Told(_Part):
    """The whole file; what it leaves out is as the program has it."""

    hour: Annotated[int, Field(ge=2)] = _USUAL.hour
    day: Annotated[int, Field(ge=2)] = _USUAL.day
    week: Annotated[int, Field(ge=2)] = _USUAL.week
    after_hours: Annotated[int, Field(ge=1)] = _USUAL.after_hours
    hours: Hours = Hours()
    declared: tuple[Declared, ...] = ()


def usual_file(settings: Settings) -> Path:
    """Where an installation says what is usual."""
    return settings.home / "unusual-reading.toml"


def told_in(path: Path) -> Told:
    """What the file says; where there is none, what the program has.

    :raises CannotBeUsed: it says what cannot be understood, or others may read it.
    """
    if not path.exists():
        return Told()
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise CannotBeUsed(f"{path.name} can be read by others, and says who is related to whom: chmod go-rwx")
    try:
        return Told.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise CannotBeUsed(f"{path.name} cannot be read as text in UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise CannotBeUsed(f"{path.name} is not TOML") from error
    except ValidationError as error:
        places = {".".join(str(part) for part in fault["loc"]) or "hours" for fault in error.errors()}
        raise CannotBeUsed(
            f"{path.name} says what cannot be understood at: {', '.join(sorted(places))} (docs/guide/reading.md)"
        ) from None


@dataclass(frozen=True, slots=True)
class Unusual:
    """The suggestions of a period, how far the audit was read, and why it could be read no further, if it could not."""

    since: datetime
    until: datetime
    found: tuple[Suggestion, ...]
    captions: Mapping[str, Caption]
    upto: int
    fault: str | None

    def as_json(self) -> dict[str, Any]:
        """As a program reads it."""
        names = ("reason", "who", "agency", "many", "thing")
        return {
            "since": plain(self.since),
            "until": plain(self.until),
            "suggestions": [
                {**{name: getattr(one, name) for name in names}, "words": in_words(one)}
                | {"first": plain(one.first), "last": plain(one.last)}
                for one in self.found
            ],
            "read_up_to": self.upto,
            "fault": self.fault,
        }


def in_words(one: Suggestion) -> str:
    """Why it is told, in words."""
    times = {1: "once", 2: "twice"}.get(one.many, f"{one.many:,} times")
    return _REASONS[one.reason].format(many=one.many, times=times)


def whose(one: Suggestion) -> str:
    """Whose reading it is: a person, and their agency in words."""
    return f"{one.who}, {agency_words(one.agency)}" if one.agency else one.who


async def unusual_reading(asks: Asks, settings: Settings, since: datetime, until: datetime) -> Unusual:
    """What was unusual in a period, of the auditor's own agency's people or of everybody's; recorded before it is told.

    :raises Refused: the reader is no auditor, or what is usual cannot be read.
    """
    demand_auditor(asks.asker)
    usual = await _usual(asks.store, settings)
    index, agency = asks.store.audit.index, asks.asker.audited_agency

    def work_out() -> tuple[list[Suggestion], int, str | None]:
        upto, fault = index.catch_up()
        return suggestions(index.deeds(since - WEEK, until, agency), usual, since), upto, fault

    found, upto, fault = await asyncio.to_thread(work_out)
    captions = await asks.captions({one.thing for one in found if one.thing})
    period = {"since": plain(since), "until": plain(until)}
    await asks.looked("UNUSUAL-READING", period, len(found), shown=sorted(captions))
    return Unusual(since, until, tuple(found), captions, upto, fault)


async def _usual(store: Store, settings: Settings) -> Usual:
    try:
        told = await asyncio.to_thread(told_in, usual_file(settings))
    except CannotBeUsed as error:
        raise Refused(refusals.UNAVAILABLE, f"{error}. Nothing was shown.") from error
    declared: dict[str, dict[str, Relation]] = {}
    for one in told.declared:
        for named in one.about:
            for known in await ids_of(store, named):
                declared.setdefault(one.reader, {})[known] = one.relation
    return Usual(
        told.hour,
        told.day,
        told.week,
        told.after_hours,
        told.hours.begin,
        told.hours.end,
        frozenset(told.hours.any),
        declared,
    )
