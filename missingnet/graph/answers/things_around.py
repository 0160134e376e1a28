"""THINGS-AROUND: where people live and learn, and which records name them beside others."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from missingnet.graph.answers import Row


class ThingAround(Row):
    """One thing and one place, school or record around it."""

    thing_id: str = Field(description="The person, vehicle or phone")
    way: Literal["lives at", "learns at", "named in", "brother or sister of"] = Field(
        description="How the other one is around it"
    )
    other_id: str | None = Field(description="The place, school or person; None: it is named in a record")
    record: str | None = Field(description="The record that names it beside somebody else; None: another way")
