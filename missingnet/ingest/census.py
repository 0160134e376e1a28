"""What the tables of a school census extract have in common: its dates, its term, its pupils and its schools."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

from holidays import country_holidays

from missingnet.graph.records import Mention
from missingnet.ingest.declaration import Layout
from missingnet.ingest.row import Row

DATES: Final = ("YYYY-Mon-DD HH:MM:SS",)
#: The extract has one set of tables for pupils on roll and one for those who left; only the names of ids differ.
ON_ROLL: Final = Layout("on roll", columns={"pupilonrolltableid": "pupilid"})
OFF_ROLL: Final = Layout("no longer on roll", columns={"pupilnolongeronrolltableid": "pupilid"})
SEX: Final = Layout("every year", codes={"sex": {"M": "male", "F": "female", "U": "unknown"}})
_NAMED: Final = re.compile(r"(\d{4})[_ -]?(autumn|spring|summer)", re.IGNORECASE)


def term(row: Row) -> str:
    """The term of the census, as '2024 autumn': by the file's name, else by the month of the extract.

    A census is taken in January, May and October.
    """
    found = _NAMED.search(row.reading.file)
    if found:
        return f"{found[1]} {found[2].lower()}"
    made = row.reading.extract
    return f"{made.year} {'spring' if made.month < 4 else 'summer' if made.month < 9 else 'autumn'}"


def attendance_from(row: Row) -> date:
    """The first day that the row's sessions are counted from: they are of the term before the census's.

    Autumn counts from Easter Monday to 31 July, spring from 1 August to 31 December of the year before, summer from
    1 January to Easter Sunday (DfE, Pupil absence in schools in England: methodology, table 6).
    """
    year, season = term(row).split()
    if season == "autumn":
        return _easter_monday(int(year))
    return date(int(year) - 1, 8, 1) if season == "spring" else date(int(year), 1, 1)


@lru_cache(maxsize=16)
def _easter_monday(year: int) -> date:
    return country_holidays("GB", subdiv="ENG", years=year).get_named("Easter Monday")[0]


def pupil_key(row: Row) -> str:
    """The key that one extract's tables share for a pupil."""
    return f"pupil:{row.need('sourceid')}:{row.need('pupilid')}"


def school(row: Row) -> Mention:
    """The school by the extract's own name for it, and by its URN where agency.toml says which it is."""
    native = row.need("NativeId")
    urn = row.reading.native_schools.get(native)
    keys = (f"native-school:{row.agency}:{native}", *((f"urn-dfe:{urn}",) if urn else ()))
    return Mention("School", keys)
