"""Who looked at this child, and what did this person look at: read from the audit by an auditor, and itself recorded.

An auditor reads what their own agency's people did; the partnership's auditor reads all of it. What is named is named
as the graph names it to them: of what they may not see there stands only that there is something.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from missingnet.api import refusals
from missingnet.api.asks import Asks
from missingnet.api.reader import demand_auditor
from missingnet.api.refusals import Refused
from missingnet.graph import lookups, rulebook
from missingnet.graph.answers import plain
from missingnet.graph.answers.descriptions import Caption
from missingnet.graph.audit.index import Found, Told, Wanted, sent_to
from missingnet.graph.keyed import OPAQUE
from missingnet.graph.times import utc_to_london

#: Things of one record that are named on a page; how many more there are is said.
NAMED: Final = 5

ACT_WORDS: Final = {
    "consult": "Looked at",
    "disclose": "Took away",
    "collect": "Loaded files",
    "break glass": "Asked for emergency access",
    "mend": "The end of the audit was put right",
    "resume": "The audit could be written again",
    "open": "Opened",
    "refuse": "Was refused",
    "sign-in": "Signed in",
    "sign-out": "Signed out",
    "too fast": "Asked too fast",
    "not released": "Written too late: nobody was answered by these records",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One record of the audit in words: when (UTC), who, of which agency, why, what they did, how it ended, the things
    that stand in it, and who got it where it left in a file."""

    sequence: int
    at: datetime
    who: str
    agency: str | None
    purpose: str | None
    act: str
    what: str
    outcome: str
    things: tuple[str, ...]
    to: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """As a program reads it."""
        names = ("sequence", "who", "agency", "purpose", "act", "what", "outcome")
        told = {name: getattr(self, name) for name in names}
        return {**told, "at": plain(self.at), "things": list(self.things), "to": list(self.to)}


@dataclass(frozen=True, slots=True)
class Looked:
    """What the audit says, some of its records in words, and what the things that are named in them are called."""

    found: Found
    lines: tuple[Line, ...]
    captions: dict[str, Caption]

    def as_json(self) -> dict[str, Any]:
        """As a program reads it."""
        return {
            "total": self.found.total,
            "people": [
                {**{name: getattr(one, name) for name in ("who", "agency", "times")}}
                | {"first": plain(one.first), "last": plain(one.last)}
                for one in self.found.people
            ],
            "records": [line.as_json() for line in self.lines],
            "read_up_to": self.found.upto,
            "fault": self.found.fault,
        }


async def who_looked(asks: Asks, thing: str, wanted: Wanted) -> Looked:
    """Who looked at a child, or at anything else, under whatever id it had; in the audit before it is told.

    :raises Refused: the reader is no auditor, or that is no id.
    """
    demand_auditor(asks.asker)
    ids = await ids_of(asks, thing)
    return await _looked(asks, await _found(asks, ids, None, wanted), {"thing": thing}, ids)


async def what_they_looked_at(asks: Asks, person: str, wanted: Wanted) -> Looked:
    """What a person looked at, by the name they sign in with; in the audit before it is told.

    :raises Refused: the reader is no auditor.
    """
    demand_auditor(asks.asker)
    found = await _found(asks, (), person, wanted)
    # Somebody may have typed a child's name: what is not the name of a reader stands in the audit concealed (A6).
    known = person if found.total else asks.store.audit.conceal(person)
    return await _looked(asks, found, {"person": known}, ())


async def what_went_to(asks: Asks, recipient: str, wanted: Wanted) -> Looked:
    """What left in files for a recipient, or for nobody named all that left, and who sent it; in the audit before it is
    told.

    :raises Refused: the reader is no auditor.
    """
    demand_auditor(asks.asker)
    found = await _found(asks, {sent_to(recipient)}, None, wanted)
    known = recipient if found.total else asks.store.audit.conceal(recipient)
    return await _looked(asks, found, {"recipient": known}, ())


async def ids_of(asks: Asks, thing: str) -> frozenset[str]:
    """Every id that the thing may have had.

    :raises Refused: that is no id.
    """
    if not OPAQUE.fullmatch(thing):
        raise Refused(refusals.NOT_FOUND)
    return await lookups.ids_of(asks.store, thing)


async def _found(asks: Asks, things: Collection[str], person: str | None, wanted: Wanted) -> Found:
    theirs, index = replace(wanted, agency=asks.asker.audited_agency), asks.store.audit.index
    if person is not None:
        return await asyncio.to_thread(index.of_person, person, theirs)
    return await asyncio.to_thread(index.of_things, things, theirs)


async def _looked(asks: Asks, found: Found, about: dict[str, str], first: Collection[str]) -> Looked:
    lines = tuple(line_of(told, first) for told in found.lines)
    named = {thing for line in lines for thing in line.things[:NAMED]} | set(first)
    captions = await asks.captions(named)
    await asks.looked("AUDIT", about, found.total, shown=sorted(captions))
    return Looked(found, lines, captions)


def line_of(told: Told, first: Collection[str] = ()) -> Line:
    """A record in words; of its things those in ``first`` stand first."""
    says = told.says
    outcome = "written too late: nobody was answered" if told.late else str(says.get("outcome", ""))
    return Line(
        told.sequence,
        datetime.fromisoformat(says["at"]).replace(tzinfo=None),
        str(says.get("who", "")),
        says.get("agency"),
        says.get("purpose"),
        ACT_WORDS.get(str(says["act"]), str(says["act"]).capitalize()) + _emergency(says),
        what_of(says),
        outcome,
        _things(says, first),
        tuple(says.get("recipients") or ()),
    )


def _emergency(says: Any) -> str:
    return " in an emergency" if says.get("emergency") and says["act"] == "consult" else ""


def what_of(says: Any) -> str:
    """What was asked or taken away, in words."""
    question = says.get("question")
    if question == "AUDIT":
        return "who looked at whom"
    if question:
        rules = rulebook.rules()
        return rules[question].title if question in rules else str(question).replace("-", " ").capitalize()
    return str(says.get("document") or says.get("door") or "")


def _things(says: Any, first: Collection[str]) -> tuple[str, ...]:
    """The things that a record names: shown, asked about or taken away. Records of the graph are no things."""
    parameters = says.get("parameters") or {}
    given = [value for name, value in parameters.items() if name not in ("record", "records")]
    listed = [*_texts(says.get("shown")), *_texts(says.get("about")), *(text for one in given for text in _texts(one))]
    ids = dict.fromkeys(text for text in listed if OPAQUE.fullmatch(text))
    return tuple(sorted(ids, key=lambda one: one not in first))


def _texts(value: Any) -> Sequence[str]:
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def london_day(at: datetime) -> str:
    """The London day of an instant, as people write it."""
    return f"{utc_to_london(at):%d/%m/%Y}"
