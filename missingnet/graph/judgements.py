"""A person's judgement that two things are one, or are not: a record like any other (DESIGN §2 'Identity is a fold').

'Same', once everybody needed has said so, is a record with one mention that holds both keys, so that the fold joins
them for as long as the record says so. Any other judgement, and one that still waits for a second person, names two
things. A changed mind is a new version of the same record; undone, the record is removed, and the thing splits exactly.
Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from missingnet.graph.access import PUBLIC, needed
from missingnet.graph.records import LinkFact, Mention, Provenance, Record, VisibilityClass
from missingnet.graph.terms import FAMILY_OF
from missingnet.graph.times import utc_to_london

#: The agency of what people enter here.
PARTNERSHIP: Final = "partnership"
SOURCE: Final = "judgements"
#: Where it came from, in the words of every record's provenance.
ENTERED: Final = "entered by hand"

Verdict = Literal["same", "different", "not sure"]
VERDICTS: Final[tuple[Verdict, ...]] = ("same", "different", "not sure")
PENDING: Final = "waits for a second person"
STANDS: Final = "stands"


class NoJudgement(ValueError):
    """Two things that no judgement can be made of, said in words with the remedy."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: a key by which records know it, and the kind it stands as."""

    key: str
    kind: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement of two keys. ``rested_on`` are the ids of the records, ``access`` the class of all of them.

    ``decided`` and ``confirmed`` are naive UTC. ``probability`` and ``sentence`` are those of a suggestion it answers.
    """

    one: Side
    other: Side
    verdict: Verdict
    reason: str
    who: str
    decided: datetime
    rested_on: tuple[str, ...]
    access: VisibilityClass
    needs_second: bool
    second: str | None = None
    confirmed: datetime | None = None
    probability: float | None = None
    sentence: str | None = None

    @property
    def state(self) -> str:
        """Whether it stands, or waits."""
        return PENDING if self.needs_second and self.second is None else STANDS

    def confirmed_by(self, who: str, at: datetime) -> Judgement:
        """The same judgement, confirmed by another person.

        :raises NoJudgement: by the same person, or it waits for nobody.
        """
        if self.state != PENDING:
            raise NoJudgement("This judgement waits for nobody.")
        if who == self.who:
            raise NoJudgement("A second person must confirm it: not the one who judged.")
        # Told in one instant, the two versions would contradict each other.
        return replace(self, second=who, confirmed=max(at, self.decided + timedelta(milliseconds=1)))

    def record(self) -> Record:
        """The judgement as a record of the partnership.

        :raises NoJudgement: the two are one key, or can never be one thing, or there is no reason.
        """
        one, other = sorted((self.one, self.other), key=lambda side: side.key)
        if one.key == other.key:
            raise NoJudgement("These are one thing already. Name two.")
        if FAMILY_OF.get(one.kind) is None or FAMILY_OF.get(one.kind) is not FAMILY_OF.get(other.kind):
            raise NoJudgement("A person can only be a person, a place a place. Name two things of one kind.")
        if not self.reason.strip():
            raise NoJudgement("Say why, in words that another person can check.")
        keys = (one.key, other.key)
        # Said of a person or a place, it calls nobody a child and nothing a home: other records do.
        kind = FAMILY_OF[one.kind][-1]
        if self.verdict == "same" and self.state == STANDS:
            mentions = {"both": Mention(kind, keys)}
        else:
            mentions = {"one": Mention(kind, keys[:1]), "other": Mention(kind, keys[1:])}
        told = self.confirmed or self.decided
        return Record(
            source=SOURCE,
            agency=PARTNERSHIP,
            key=record_key(one.key, other.key, self.access),
            label="Judgement",
            facts={
                "verdict": self.verdict,
                "state": self.state,
                "kind": higher_kind(one.kind, other.kind),
                "reason": self.reason,
                "who": self.who,
                "decided": self.decided,
                "second": self.second,
                "confirmed": self.confirmed,
                "keys": keys,
                "rested_on": tuple(sorted(set(self.rested_on))),
                "probability": self.probability,
                "sentence": self.sentence,
            },
            mentions=mentions,
            links=tuple(LinkFact("JUDGES", "record", slot) for slot in mentions),
            access=self.access,
            extract=utc_to_london(told).date(),
            provenance=Provenance(ENTERED, ENTERED, 0),
            raw={"verdict": self.verdict, "reason": self.reason, "who": self.who},
            observed_from=self.decided,
            told=told,
        )


def record_key(one: str, other: str, access: VisibilityClass) -> str:
    """The key of the record of a judgement of these two keys, in whatever order they are given.

    What rests on other compartments is a record of its own: else whoever judges in the open would write over, and
    show, what somebody cleared for more had said.
    """
    compartments = ",".join(sorted(needed(access)))
    return "|".join((*sorted((one, other)), *([compartments] if compartments else ())))


def higher_kind(one: str, other: str) -> str:
    """What two things of one family would be together: a child over an associate."""
    family = FAMILY_OF[one]
    return min(one, other, key=family.index)


def resting_on(classes: Sequence[VisibilityClass]) -> VisibilityClass:
    """The class of what rests on records of these classes: seen only by those who see every one of them (N10).

    Resting on no record that is anybody's own, it is for everybody, as a public register is.
    """
    own = [access for access in classes if PUBLIC not in access.authorities]
    compartments = sorted({name for access in classes for name in access.compartments})
    conditions = sorted({access.condition for access in classes if access.condition})
    authorities = set.intersection(*(set(access.authorities) for access in own)) if own else {PUBLIC}
    owners = {access.owner for access in own}
    return VisibilityClass(
        owner=owners.pop() if len(owners) == 1 else PARTNERSHIP,
        authorities=tuple(sorted(authorities)),
        compartments=tuple(compartments),
        handling="C" if any(access.handling == "C" for access in classes) else None,
        condition="; ".join(conditions) or None,
    )
