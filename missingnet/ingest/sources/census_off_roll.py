"""School census, pupils no longer on roll: the same as on roll, with the day they left."""

from __future__ import annotations

from dataclasses import replace

from missingnet.ingest.census import OFF_ROLL, SEX
from missingnet.ingest.declaration import Layout
from missingnet.ingest.sources.census_on_roll import SOURCE as ON_ROLL_SOURCE

SOURCE = replace(
    ON_ROLL_SOURCE,
    name="census_off_roll",
    title="School census: pupils no longer on roll",
    required=("pupilid", "NativeId", "sourceid", "upn", "entrydate", "leavingdate"),
    dated_by=("entrydate", "leavingdate"),
    layouts=(SEX, OFF_ROLL, Layout("year group", columns={"ncyearleaving": "ncyear"})),
)
