"""Which agency a file is from and when it was made, as the folder's agency.toml or the command says.

It may also name, under ``[defaults]``, what a blank cell of one of our fields stands for (``force = "99"`` where a
delivery concerns one force), and under ``[native_schools]`` which URN a census extract's own name of a school has.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from missingnet.ingest.problems import Unreadable

NAME = "agency.toml"
_HELP = 'It holds agency = "997" and, where known, extract_date = 2026-11-01 and authorities = ["997"].'


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose files they are, the authorities their records concern where a row does not say, and the extract's date."""

    agency: str | None = None
    authorities: tuple[str, ...] = ()
    extract: date | None = None
    defaults: Mapping[str, str] = field(default_factory=dict)
    native_schools: Mapping[str, str] = field(default_factory=dict)

    def concerned(self, agency: str) -> tuple[str, ...]:
        """The authorities; failing that the code at the end of the agency's own, as 997 in 'schools-997'."""
        found = re.search(r"(?:^|-)(\d{3})$", agency)
        return self.authorities or ((found[1],) if found else (agency,))


def sender_of(path: Path) -> Sender:
    """The nearest agency.toml beside the file or above it; none says nothing.

    :raises Unreadable: there is one and it cannot be understood.
    """
    for folder in path.absolute().parents:
        if (folder / NAME).is_file():
            return _read(folder / NAME, (folder / NAME).stat().st_mtime_ns)
    return Sender()


def code_in(path: Path) -> str | None:
    """The three-digit authority code that a file's name begins with, as in 997_header.csv."""
    found = re.match(r"(\d{3})_", path.name)
    return found[1] if found else None


#: About when each term's census is taken, for a table of it that holds no date.
_CENSUS = {"spring": (1, 15), "summer": (5, 15), "autumn": (10, 1)}


def census_in(path: Path) -> date | None:
    """The census day that a file's name tells, as 2024_autumn_… does."""
    found = re.search(r"(\d{4})[_ -]?(autumn|spring|summer)", path.name.lower())
    return date(int(found[1]), *_CENSUS[found[2]]) if found else None


@lru_cache(maxsize=256)
def _read(path: Path, _changed: int) -> Sender:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise Unreadable(f"{NAME} is no TOML", _HELP) from None
    agency, authorities, when = told.get("agency"), told.get("authorities", []), told.get("extract_date")
    if isinstance(when, str):
        try:
            when = date.fromisoformat(when)
        except ValueError:
            raise Unreadable(f"extract_date in {NAME} is no date", _HELP) from None
    if isinstance(when, datetime):
        when = when.date()
    if (
        not isinstance(agency, str | int | None)
        or not isinstance(when, date | None)
        or not isinstance(authorities, list)
    ):
        raise Unreadable(f"{NAME} says something that is not understood", _HELP)
    said = str(agency) if agency is not None else None
    concerned = tuple(str(one) for one in authorities)
    return Sender(said, concerned, when, _texts(told, "defaults"), _texts(told, "native_schools"))


def _texts(told: Mapping[str, object], part: str) -> dict[str, str]:
    found = told.get(part, {})
    if not isinstance(found, dict):
        raise Unreadable(f"[{part}] in {NAME} is no table", _HELP)
    return {str(name): str(value) for name, value in found.items()}
