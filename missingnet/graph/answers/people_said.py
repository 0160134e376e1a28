"""What people said of a link or of a line, as it is shown beside it (JUDGEMENTS)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pydantic import Field

from missingnet.graph.answers import Row


class SaidFact(Row):
    """What a person said, as the graph holds it."""

    judgement: str = Field(description="The judgement's id")
    verdict: str = Field(description="What was said")
    reason: str = Field(description="Why, in the words of who said it")
    who: str = Field(description="Who said it")
    decided: datetime = Field(description="When, UTC, to the minute")
    said_of: tuple[str, ...] = Field(description="What exactly it was said of", strict=False)
    rested_on: tuple[str, ...] = Field(description="The records it was said of", strict=False)


class Said(Row):
    """What a person said, and whether it is of what stands here now."""

    judgement: str = Field(description="The judgement's id")
    verdict: str = Field(description="What was said")
    reason: str = Field(description="Why, in the words of who said it")
    who: str = Field(description="Who said it")
    decided: datetime = Field(description="When, UTC, to the minute")
    said_of: tuple[str, ...] = Field(description="What exactly it was said of", strict=False)
    holds: bool = Field(description="It is of what stands here now; no: the records, or what they say, were others")

    @classmethod
    def of(cls, fact: SaidFact, *, holds: bool) -> Said:
        """The fact, as seen from where it is shown."""
        return cls(**fact.model_dump(exclude={"rested_on"}), holds=holds)


def newest_first(said: Iterable[SaidFact]) -> list[SaidFact]:
    """Each once, the newest first; what was said in one minute in a settled order."""

    def age(one: SaidFact) -> tuple[datetime, str, str, str]:
        return one.decided, one.verdict, one.reason, one.judgement

    once = {one.judgement: one for one in sorted(said, key=age)}
    return sorted(once.values(), key=age, reverse=True)


def standing_of(said: Iterable[Said]) -> Said | None:
    """The newest that is of what stands here now; None: nobody has said anything of it."""
    return next((one for one in said if one.holds), None)
