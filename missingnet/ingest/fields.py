"""What a cell says, by the format its column was declared to have. Nothing is guessed (SECURITY §5).

``01/02/2026`` is the first of February where the column is declared DD/MM/YYYY and the second of January where it is
declared MM/DD/YYYY; a cell that does not fit is a problem, never re-read another way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from missingnet.graph.times import NoSuchTime, is_repeated, london_to_utc
from missingnet.ingest.problems import shape

#: Nobody a partnership works with was born before, and no plan reaches beyond: outside is a slip of the keyboard.
EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = date(2100, 12, 31)
#: Day 0 of a spreadsheet's date numbers (the 1900 system, with its false leap day).
_SERIAL_ZERO: Final = datetime(1899, 12, 30)
_SERIAL: Final = "EXCEL"
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TOKENS: Final[Mapping[str, tuple[str, str]]] = {
    "YYYY": ("year", r"(\d{4})"),
    "Mon": ("month_name", r"([A-Za-z]{3})"),
    "MM": ("month", r"(\d{1,2})"),
    "DD": ("day", r"(\d{1,2})"),
    "HH": ("hour", r"(\d{1,2})"),
    "mm": ("minute", r"(\d{2})"),
    "SS": ("second", r"(\d{2})"),
}
_TOKEN: Final = re.compile("|".join(_TOKENS))
#: A day and hour in the declared zone; the minutes of ``HH:MM`` are written MM like the month, so they are told apart.
_CLOCK: Final = re.compile(r"HH:MM")


class BadValue(ValueError):
    """A cell that does not fit its column. Its text tells the shape of what was found, never the value."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class When:
    """One declared way of writing dates or times, such as ``DD/MM/YYYY HH:MM``."""

    pattern: str
    parts: tuple[str, ...]
    matcher: re.Pattern[str]

    def read(self, text: str) -> datetime:
        """The day and clock time written.

        :raises BadValue: the text has another shape, or there is no such day or time.
        """
        found = self.matcher.fullmatch(text)
        if found is None:
            raise BadValue(
                f"a date that does not fit {self.pattern} (found {shape(text)})",
                f"Write it as {self.pattern}, or declare this column's format in the mapping.",
            )
        if self.pattern == _SERIAL:
            moment = _serial(float(text))
        else:
            moment = self._calendar(dict(zip(self.parts, found.groups(), strict=True)))
        if not EARLIEST <= moment.date() <= LATEST:
            raise BadValue("a date outside 1900 to 2100", "Correct the year.")
        return moment

    def _calendar(self, said: Mapping[str, str | None]) -> datetime:
        month = said.get("month") or "0"
        if (name := said.get("month_name")) is not None:
            month = str(_MONTHS.index(name.lower()) + 1 if name.lower() in _MONTHS else 0)
        try:
            return datetime(
                int(said.get("year") or 0),
                int(month),
                int(said.get("day") or 0),
                int(said.get("hour") or 0),
                int(said.get("minute") or 0),
                int(said.get("second") or 0),
            )
        except ValueError:
            raise BadValue("a date or time that does not exist", f"Correct it; the column is {self.pattern}.") from None


def _serial(days: float) -> datetime:
    try:
        return _SERIAL_ZERO + timedelta(seconds=round(days * 86400))
    except OverflowError:
        raise BadValue("a date outside 1900 to 2100", "Correct the spreadsheet's date number.") from None


@lru_cache(maxsize=64)
def when(pattern: str) -> When:
    """A declared format, from the tokens YYYY MM DD Mon HH:MM SS and the signs between, or EXCEL for date numbers.

    :raises ValueError: no day, month and year can be read from it.
    """
    if pattern.upper() == _SERIAL:
        return When(_SERIAL, (), re.compile(r"\d{1,6}(\.\d{1,12})?"))
    spelt = _CLOCK.sub("HH:mm", pattern)
    parts = tuple(_TOKENS[token][0] for token in _TOKEN.findall(spelt))
    names = {"month" if part == "month_name" else part for part in parts}
    if not {"year", "month", "day"} <= names or len(set(parts)) != len(parts):
        raise ValueError(f"'{pattern}' is no date format: it needs one each of YYYY, MM or Mon, and DD, or is EXCEL")
    pieces, end = [], 0
    for token in _TOKEN.finditer(spelt):
        pieces += [re.escape(spelt[end : token.start()]), _TOKENS[token.group()][1]]
        end = token.end()
    return When(pattern, parts, re.compile("".join(pieces) + re.escape(spelt[end:])))


@lru_cache(maxsize=65536)
def day(text: str, formats: tuple[str, ...]) -> date:
    """The date written in one of the declared formats.

    :raises BadValue: it fits none of them.
    """
    return _first(text, formats).date()


def moment(text: str, formats: tuple[str, ...], zone: str) -> tuple[datetime, bool]:
    """The instant (naive UTC) written as clock time in the declared zone, and whether that clock time happened twice.

    :raises BadValue: it fits no declared format, or the clocks went forward over it.
    """
    local = _first(text, formats)
    if zone == "UTC":
        return local, False
    try:
        return london_to_utc(local), is_repeated(local)
    except NoSuchTime:
        raise BadValue(
            "a time that did not happen: the clocks went forward over it", "Ask for the true time and correct it."
        ) from None


def _first(text: str, formats: tuple[str, ...]) -> datetime:
    refusal: BadValue | None = None
    for pattern in formats:
        try:
            return when(pattern).read(text)
        except BadValue as found:
            refusal = refusal or found
    raise refusal or BadValue("no date format is declared", "Declare one in the mapping.")


_YES: Final = frozenset({"y", "yes", "true", "t", "1"})
_NO: Final = frozenset({"n", "no", "false", "f", "0"})


def yesno(text: str) -> bool:
    """Yes or no.

    :raises BadValue: it is neither.
    """
    said = text.lower()
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise BadValue(f"neither yes nor no (found {shape(text)})", "Write Yes or No, or leave it blank.")


def number(text: str) -> float:
    """A number, with or without a decimal point.

    :raises BadValue: it is none.
    """
    if not re.fullmatch(r"-?\d{1,15}(\.\d{1,12})?", text):
        raise BadValue(f"not a number (found {shape(text)})", "Write digits, with a point for decimals.")
    return float(text)


def whole_text(text: str) -> str:
    """An identifier that a spreadsheet may have turned into ``1157828.0``, as its digits."""
    return text[:-2] if text.endswith(".0") and text[:-2].isdigit() else text


_POSTCODE: Final = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")


def postcode(text: str) -> str:
    """A postcode as people write it, ``M1 1AA``, whatever its spaces and case.

    :raises BadValue: it has not the shape of a postcode.
    """
    found = _POSTCODE.fullmatch(re.sub(r"\s+", "", text).upper())
    if found is None:
        raise BadValue(f"not a postcode (found {shape(text)})", "Correct it, or leave it blank.")
    return f"{found[1]} {found[2]}"


_NO_UPN: Final = re.compile(r"UN[1-9]", re.IGNORECASE)


def upn(text: str | None) -> str | None:
    """A unique pupil number, or None where it is blank or one of the codes UN1 to UN9 ('why there is none')."""
    said = re.sub(r"\s+", "", text or "").upper()
    return None if not said or _NO_UPN.fullmatch(said) else said


def identifier(text: str) -> str:
    """An agency's identifier without the spaces around it and without a spreadsheet's ``.0``."""
    return whole_text(text.strip())


def registration(text: str) -> str:
    """A vehicle's registration mark as one word of capitals and digits."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def telephone(text: str) -> str:
    """A telephone number in the international form; a number that begins with one 0 is a United Kingdom number.

    :raises BadValue: there are not enough digits for one.
    """
    digits = re.sub(r"[^0-9+]", "", re.sub(r"\(0\)", "", whole_text(text)))
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    elif digits.startswith("0"):
        digits = "+44" + digits[1:]
    if not re.fullmatch(r"\+[0-9]{7,15}", digits):
        raise BadValue(f"not a telephone number (found {shape(text)})", "Write it with its code, as in 07700 900123.")
    return digits


def handle(text: str) -> str:
    """An online handle as ``platform:name``, in small letters.

    :raises BadValue: the platform is not named.
    """
    platform, colon, name = text.partition(":")
    if not colon or not platform.strip() or not name.strip():
        raise BadValue("an online handle without its platform", "Write it as platform:name.")
    return f"{platform.strip().lower()}:{name.strip().lower().lstrip('@')}"


def texts(text: str, separator: str) -> tuple[str, ...]:
    """The parts of a list in one cell, without blanks and repeats, in the order written."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(separator.strip() or separator) if part.strip()))
