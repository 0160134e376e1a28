"""What the files of police and councils cover, as far as they are seen: what lies outside is 'not provided'."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from missingnet.graph.answers import Asked
from missingnet.graph.answers.event_facts import words
from missingnet.graph.answers.police_council_mismatch import FileTold
from missingnet.graph.times import utc_to_london


class Coverage:
    """What the files of the two sides cover, as far as they are seen."""

    def __init__(self, files: Iterable[FileTold], asked: Asked) -> None:
        self._first: dict[tuple[str, str], date] = {}
        self._last: dict[tuple[str, str], date] = {}
        for file in files:
            who = "police" if file.source in asked.parameters["police"] else "council"
            key = (who, file.agency)
            first = utc_to_london(file.first).date()
            self._first[key] = min(self._first.get(key, first), first)
            self._last[key] = max(self._last.get(key, file.last), file.last)

    def of(self, who: str, moment: datetime, agency: str | None = None) -> bool:
        """A file of that side (of that agency, where it is known which) covers the moment's day."""
        day = utc_to_london(moment).date()
        return any(
            side == who and (agency is None or agency == name) and first <= day <= self._last[side, name]
            for (side, name), first in self._first.items()
        )

    def told_since(self, agencies: Iterable[str], moment: datetime) -> bool:
        """An extract of one of these agencies is of a later day."""
        day, told = utc_to_london(moment).date(), set(agencies)
        return any(agency in told and day < last for (_, agency), last in self._last.items())

    def agencies(self, who: str) -> tuple[str, ...]:
        """The agencies of that side."""
        return tuple(sorted(agency for side, agency in self._first if side == who))

    def notes(self) -> list[str]:
        """What is covered, in words."""
        return [
            f"Files of {agency} ({who}) tell of {words(self._first[who, agency])} to "
            f"{words(self._last[who, agency])}; what lies outside is 'not provided', and no disagreement."
            for who, agency in sorted(self._first)
        ]
