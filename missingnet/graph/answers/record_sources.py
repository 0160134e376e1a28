"""RECORD-SOURCES: where records came from; the annex that makes every line of a pack traceable (law 'Source')."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from missingnet.graph.answers import Row
from missingnet.graph.answers.grades import Grades, Handling


class RecordSource(Row):
    """One current record: whose it is, where it stands in which file, when it was observed, and its grade."""

    record: str = Field(description="The record's id")
    version: str = Field(description="The version's id")
    label: str = Field(description="Its kind: Episode, ReturnInterview, …")
    agency: str = Field(description="Whose record")
    reference: str | None = Field(description="The agency's own reference; None: not recorded")
    extract: date = Field(description="The date of the extract")
    file: str = Field(description="The file's name")
    row: int = Field(description="The row in the file")
    observed_from: datetime | None = Field(description="First observed, UTC; None: not recorded")
    observed_to: datetime | None = Field(description="Last observed, UTC; None: not recorded")
    grades: Grades = Field(description="Every grade it has, whole as recorded ('2B', or 'B2' in 5x5x5), best first")
    handling: Handling = Field(description="Every handling code it has, strictest first; empty: not recorded")
