"""GROUP-MISSING: children whose missing episodes overlap and who share something (Procedures §3; Guidance ¶36)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.said import many
from missingnet.graph.answers.same_episode import EpisodeTold, Sameness, counted
from missingnet.graph.answers.ties import Texts, texts

#: The way of the fact that tells of the child asked about.
ASKED: Final = "asked"


class GroupMissingFact(Row):
    """One child beside one thing that other children, missing in the period as well, share."""

    way: str = Field(
        description="'companion', 'found place', 'start place' or 'associate'; 'asked': the child asked about"
    )
    shared_id: str = Field(
        description="The thing shared (for 'companion' a child or associate who was with them); empty: the child asked "
        "about"
    )
    shared_kind: str = Field(description="Its kind")
    shared_children: int = Field(description="How many missing children share it; of a hub one of them is told")
    child_id: str = Field(description="The child")
    records: Texts = Field(
        description="The child's records of episodes in the period that say so; for 'associate' those that tie them"
    )
    told: tuple[EpisodeTold, ...] = Field(
        description="All records of the child's missing episodes in the baseline window; empty: met nobody there. Of "
        "the child asked about, of every episode",
        strict=False,
    )

    @classmethod
    def derive(cls, rows: Sequence[GroupMissingFact], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Pairs and sets that were missing at once, the least likely by chance first; homes that fold many last."""
        from missingnet.graph.answers.missing_together import together

        return together(rows, asked)


class Occasion(Row):
    """One time when all the set's children were missing at once, sharing one thing."""

    way: str = Field(description="'companion', 'found place', 'start place' or 'associate'")
    shared_id: str = Field(description="The thing shared")
    shared_kind: str = Field(description="Its kind")
    began: datetime = Field(description="When the last of them went, UTC")
    ceased: datetime | None = Field(description="When the first of them was back, UTC; None: still missing as at")
    records: Texts = Field(description="The episodes, and the records that tie them to the shared thing")


class GroupMissing(Row):
    """Children who went missing together: a pair, or a larger set, with its history and how surprising it is."""

    SUBJECT = ("child_ids",)

    child_ids: Texts = Field(description="The children, two or more; or the one asked about, alone")
    state: str = Field(description="'fired'; 'not fired': the child asked about, who was missing at once with nobody")
    why: str = Field(description="The facts, in words")
    size: int = Field(description="How many children")
    folded: int = Field(
        description="0: one pair or set. Else the row is a home's, and stands for so many pairs and sets of its "
        "children who share only that home and are as often missing at once as chance may have it"
    )
    times: int = Field(
        description="Separate times when all of them were missing at once; of a home, when any two of them were"
    )
    repeated: bool = Field(description="More than once")
    before: int = Field(
        description="Separate times before the period, in the baseline window, when all of them were missing at once, "
        "whatever they shared; of a home 0"
    )
    ways: Texts = Field(description="What they shared: companion, found place, start place, associate")
    shared_ids: Texts = Field(description="The things shared")
    only_start_home: bool = Field(description="All they share is the children's home that they went missing from")
    first: datetime | None = Field(description="The first such time, UTC; None: there is none")
    last: datetime | None = Field(description="The last such time, UTC; None: there is none")
    agencies: Texts = Field(description="By whose records the episodes count")
    records: Texts = Field(description="The episodes' records that count, and those that say what was shared")
    same_records: Texts = Field(description="Other records of the same episodes")
    occasions: tuple[Occasion, ...] = Field(description="Each time, in order", strict=False)
    home_effect: float = Field(
        description="How many times as often as by chance so many of their homes' children are missing at once, by "
        "the homes' other children; 1: no more often, or no home shared. This and what follows are, of a home, of "
        "the least likely of those folded"
    )
    expected: float = Field(
        description="How often all of them would be missing at once in the period by chance: each child's episodes of "
        "the baseline window at their own days and times of the week, in other weeks drawn by lot; times the home's "
        "effect"
    )
    chance: float = Field(description="Probability of so many such times, or more, by that chance (Poisson)")
    false_discovery: float = Field(
        description="What share of the pairs, or of the sets of one size, that are at least as unlikely would be "
        "chance alone, so many having been tested (Benjamini and Hochberg)"
    )

    @property
    def subject(self) -> tuple[Any, ...] | None:
        """The children; of a row that folds a home's, the home, whose children come and go."""
        return self.shared_ids if self.folded else super().subject


def alone(row: GroupMissingFact, asked: Asked) -> GroupMissing:
    """The child asked about, who was missing at once with nobody: the facts, and why not."""
    since, until = asked.parameters["since"], asked.parameters["until"]
    told = [one for one in row.told if one.kind == "missing" and one.started < until]
    episodes = [one.episode for one in counted(told, Sameness.of(asked.parameters))]
    during = [one for one in episodes if one.ended is None or one.ended > since]
    why = f"{many(len(during), 'missing episode')} in the period"
    if during:
        why += ", and no child who shares a companion, a place or an associate was missing at the same time"
    return GroupMissing(
        child_ids=(row.child_id,),
        state="not fired",
        why=why,
        size=1,
        folded=0,
        times=0,
        repeated=False,
        before=0,
        ways=(),
        shared_ids=(),
        only_start_home=False,
        first=None,
        last=None,
        agencies=texts(one.agency for one in during),
        records=texts(one.record for one in during),
        same_records=(),
        occasions=(),
        home_effect=1.0,
        expected=0.0,
        chance=1.0,
        false_discovery=1.0,
    )
