"""What a person says, with a reason, of what records tell: a record like any other (DESIGN §2 'Identity is a fold').

Of identity: that two things are one, or are not. 'Same', once everybody needed has said so, is a record with one
mention that holds both keys, so that the fold joins them for as long as the record says so. Any other judgement names
its things apart and joins nothing: of identity; of a link, that it still holds or no longer does; of a line on which
agencies' records differ, how it stands; of a child, whose interview comes first; of a finding, that somebody has taken
it up or that it needs nobody. A changed mind is a new version of the same record; undone, the record is removed, and
what it joined splits exactly. Pure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
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

#: What a judgement is of: whether two things are one, a link between two, a line of POLICE-COUNCIL-MISMATCH, the level
#: of one child in TRIAGE-RAG, or what any rule named.
About = Literal["identity", "link", "line", "triage", "finding"]
Verdict = Literal[
    "same",
    "different",
    "not sure",
    "still holds",
    "no longer holds",
    "open",
    "explained",
    "corrected at source",
    "accepted",
    "red",
    "amber",
    "green",
    "acknowledged",
    "dismissed",
]
VERDICTS: Final[Mapping[About, tuple[Verdict, ...]]] = {
    "identity": ("same", "different", "not sure"),
    "link": ("still holds", "no longer holds"),
    "line": ("open", "explained", "corrected at source", "accepted"),
    "triage": ("red", "amber", "green"),
    "finding": ("acknowledged", "dismissed"),
}
PENDING: Final = "waits for a second person"
STANDS: Final = "stands"


class NoJudgement(ValueError):
    """What no judgement can be made of, said in words with the remedy."""


@dataclass(frozen=True, slots=True)
class Side:
    """A thing that is judged: a key by which records know it, and the kind it stands as."""

    key: str
    kind: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement. ``rested_on`` are the ids of the records, ``access`` the class of all of them.

    ``decided`` and ``confirmed`` are naive UTC. ``probability`` and ``sentence`` are those of a suggestion it answers.
    ``said_of`` is what exactly it is said of: a link's kind and the kind of record it goes through; the disagreement of
    a line, which has one thing (the child) or two (where the other side has it of another child); the level that the
    facts suggest; a finding's rule and what tells it from others of that rule and these things, however many or none.
    """

    things: tuple[Side, ...]
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
    about: About = "identity"
    said_of: tuple[str, ...] = ()

    @property
    def sides(self) -> tuple[Side, ...]:
        """What it judges, in the order of the keys."""
        return tuple(sorted(self.things, key=lambda side: side.key))

    @property
    def key(self) -> str:
        """The key of its record: whatever is said again of the same things, link or line is a new version of it.

        What rests on other compartments is a record of its own: else whoever judges in the open would write over, and
        show, what somebody cleared for more had said.
        """
        keys = tuple(side.key for side in self.sides)
        of = {
            "identity": keys,
            "link": ("link", *keys, *self.said_of),
            "triage": ("triage", *keys),
            # A line is its records, a finding its rule and its things, however many.
            "line": ("line", _short(sorted(set(self.rested_on)))),
            "finding": ("finding", _short([*self.said_of, *keys])),
        }[self.about]
        compartments = ",".join(sorted(needed(self.access)))
        return "|".join((*of, *([compartments] if compartments else ())))

    @property
    def name(self) -> str:
        """The record's name, the same however often the mind is changed."""
        return f"{PARTNERSHIP}|{SOURCE}|{self.key}"

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

        :raises NoJudgement: it is no judgement of these things, or there is no reason.
        """
        self._check()
        # Said of a person or a place, it calls nobody a child and nothing a home: other records do.
        said = [(FAMILY_OF[side.kind][-1], side.key) for side in self.sides]
        if self.verdict == "same" and self.state == STANDS:
            mentions = {"both": Mention(said[0][0], tuple(key for _, key in said))}
        else:
            slots = ("one", "other", *(f"other {number}" for number in range(2, len(said))))
            mentions = {slot: Mention(kind, (key,)) for slot, (kind, key) in zip(slots, said, strict=False)}
        told = self.confirmed or self.decided
        # A question is as at a minute, which counts what was said in it; versions are told apart to the instant.
        decided = self.decided.replace(second=0, microsecond=0)
        return Record(
            source=SOURCE,
            agency=PARTNERSHIP,
            key=self.key,
            label="Judgement",
            facts={
                "about": self.about,
                "said_of": self.said_of,
                "verdict": self.verdict,
                "state": self.state,
                "kind": higher_kind(*(side.kind for side in self.sides)) if self.about == "identity" else None,
                "reason": self.reason,
                "who": self.who,
                "decided": decided,
                "second": self.second,
                "confirmed": self.confirmed,
                "keys": tuple(side.key for side in self.sides),
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
            observed_from=decided,
            told=told,
        )

    def _check(self) -> None:
        families = [FAMILY_OF.get(side.kind) for side in self.sides]
        if len({side.key for side in self.sides}) < len(self.sides):
            raise NoJudgement("These are one thing already. Name two.")
        if None in families or (self.about == "identity" and len(set(families)) > 1):
            raise NoJudgement("A person can only be a person, a place a place. Name two things of one kind.")
        if len(families) < 2 and self.about in ("identity", "link"):
            raise NoJudgement("Name two things.")
        if self.verdict not in VERDICTS[self.about]:
            raise NoJudgement(f"Of this one says one of: {', '.join(VERDICTS[self.about])}.")
        if self.about == "finding" and not self.rested_on:
            raise NoJudgement("It rests on no record, so nobody could check what is said of it.")
        if not self.reason.strip():
            raise NoJudgement("Say why, in words that another person can check.")


def _short(words: Sequence[str]) -> str:
    return hashlib.sha256("|".join(words).encode()).hexdigest()[:32]


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
