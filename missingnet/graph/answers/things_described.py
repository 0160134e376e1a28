"""THINGS-DESCRIBED: everything that a description says of each thing, for finding which things are one."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from missingnet.graph.answers import Row
from missingnet.graph.answers.ties import Listed


class ThingDescribed(Row):
    """One seen version of a description of one thing. What another reader may not see is not in it."""

    thing_id: str = Field(description="The thing described")
    thing_kind: str = Field(description="Its kind")
    version: str = Field(description="The version of the description's record")
    record: str = Field(description="The description's record")
    agency: str = Field(description="Whose description")
    name: str | None = Field(description="Name; None: not recorded")
    given: str | None = Field(description="Given names; None: not recorded")
    family: str | None = Field(description="Family name; None: not recorded")
    aliases: Listed = Field(description="Aliases; empty: none recorded")
    born: date | None = Field(description="Date of birth; None: not recorded")
    sex: str | None = Field(description="Sex as recorded; None: not recorded")
    address: str | None = Field(description="Address; None: not recorded")
    postcode: str | None = Field(description="Postcode; None: not recorded")
    identifiers: Listed = Field(description="'scheme value' of each identifier the description gives")
