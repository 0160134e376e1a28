"""GROUP-MISSING: children whose missing episodes overlap and who share something (Procedures §3; Guidance ¶36)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.ties import Texts


class GroupMissingFact(Row):
    """One child's episode that overlaps another child's beside one thing that both share."""

    way: str = Field(description="'companion', 'found place', 'start place' or 'associate'")
    shared_id: str = Field(description="The thing shared (for 'companion' a child or associate who was with them)")
    shared_kind: str = Field(description="Its kind")
    shared_children: int = Field(
        description="How many missing children share it; a place, home or school above the hub's limit is a hub"
    )
    child_id: str = Field(description="The child")
    record: str = Field(description="The child's episode")
    agency: str = Field(description="Whose record it is")
    started: datetime = Field(description="From when missing, UTC")
    ended: datetime | None = Field(description="Until when, UTC; None: still missing as at")
    tied_by: Texts = Field(
        description="Records that tie the child to the associate; empty for other ways, which episodes say"
    )
    baseline_episodes: int = Field(
        description="The child's missing episodes in the baseline window, by the agency that recorded most"
    )
    baseline_seconds: int = Field(description="How long these lasted together, in seconds")

    @classmethod
    def derive(cls, rows: Sequence[GroupMissingFact], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Pairs and sets that were missing at once, the least likely by chance first, those of one home's door last."""
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

    child_ids: Texts = Field(description="The children, two or more")
    size: int = Field(description="How many children")
    times: int = Field(description="Separate times when all of them were missing at once")
    repeated: bool = Field(description="More than once")
    ways: Texts = Field(description="What they shared: companion, found place, start place, associate")
    shared_ids: Texts = Field(description="The things shared")
    only_start_home: bool = Field(description="All they share is the children's home that they went missing from")
    first: datetime = Field(description="The first such time, UTC")
    last: datetime = Field(description="The last such time, UTC")
    records: Texts = Field(description="All episodes and tying records")
    occasions: tuple[Occasion, ...] = Field(description="Each time, in order", strict=False)
    expected: float = Field(
        description="How often all of them would be missing at once in the period by chance, did each go "
        "independently as often and as long as in the baseline window"
    )
    chance: float = Field(description="Probability of so many such times, or more, by that chance (Poisson)")
