"""Grades of intelligence: whole pairs as recorded, 'source information', and which of several is the best.

Two schemes are in use (FORMATS §8). 3x5x2 has a digit for the source and a letter for the information ('2B'); the older
5x5x5 has them the other way about ('B2'), so a letter first tells 5x5x5, as ``missingnet/ingest/reports.py`` reads it.
Letters and digits swap meaning: a pair is compared by what it means, in bands, never as text, and never taken apart,
for the best source of one record and the best information of another make a grade that nobody gave.

What each code means is in DOMAIN §3 and FORMATS §8 (3x5x2, College of Policing) and in HMRC's money laundering manual,
MLR3C14000 (5x5x5, National Intelligence Model). Which codes of the two schemes share a band is *ours*.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Annotated, Final

from pydantic import BeforeValidator, Field


def _places(*bands: Iterable[str]) -> Mapping[str, tuple[int, int]]:
    """For each code its band and its place in it: the settled order, best first."""
    return {code: (band, place) for band, codes in enumerate(bands) for place, code in enumerate(codes)}


#: Reliable; sometimes reliable (*ours*: between its neighbours); untested; not reliable.
_SOURCES: Final = _places("1AB", "C", "2E", "3D")
#: Known directly; corroborated; known indirectly; not graded; not known, or not to be judged; suspected to be false.
_INFORMATION: Final = _places("A12", "B3", "C", ("",), "D4", "E5")
#: A code that neither scheme has.
_UNKNOWN: Final = (9, 0)
_NOT_RELIABLE: Final = 3
_CORROBORATED, _NOT_KNOWN = 1, 4
#: What a row says of its grade.
BEST_GRADE: Final = (
    "Best grade that one record has, whole as recorded: '2B' is 3x5x2 (source 1–3, information A–E), 'B2' is 5x5x5 "
    "(source A–E, information 1–5); None: ungraded"
)
#: Strictest first. 5x5x5: to nobody else, the originating agency, law enforcement, that of other countries, others in
#: the United Kingdom; each of them counts as at least 'with conditions'. 3x5x2: with conditions, permitted.
_HANDLING: Final = "54132CP"


def _bands(grade: str) -> tuple[tuple[int, int], tuple[int, int]]:
    return _SOURCES.get(grade[:1], _UNKNOWN), _INFORMATION.get(grade[1:], _UNKNOWN)


def doubtful(grade: str) -> bool:
    """True when the source is not reliable, or the information is not known or suspected to be false."""
    (source, _), (information, _) = _bands(grade)
    return source >= _NOT_RELIABLE or information >= _NOT_KNOWN


def well_founded(grade: str) -> bool:
    """True when the source is reliable and the information is known directly or corroborated."""
    (source, _), (information, _) = _bands(grade)
    return source == 0 and information <= _CORROBORATED


def standing(grade: str) -> tuple[bool, int, int, int, int, str]:
    """A whole grade's place among others: the least is the best."""
    (source, at), (information, within) = _bands(grade)
    return doubtful(grade), source, information, at, within, grade


def in_order(grades: Iterable[str | None]) -> tuple[str, ...]:
    """Each whole grade once, best first (*ours*): none that is doubtful before one that is not; then the better band
    of source, then the better band of information. Where two schemes meet, the better band wins. Equal bands keep the
    settled order, by source and then by information: 3x5x2 before 5x5x5, A before B, 1 before 2."""
    return tuple(sorted({grade for grade in grades if grade}, key=standing))


def best(grades: Iterable[str | None]) -> str | None:
    """The first in order: a grade that one record has as a whole; None: nothing is graded."""
    return next(iter(in_order(grades)), None)


def of_records(graded: Iterable[str], records: Collection[str]) -> tuple[str, ...]:
    """From 'record grade', the grades that these records have, best first."""
    pairs = (text.rsplit(" ", 1) for text in graded)
    return in_order(grade for record, grade in pairs if record in records)


def strictest_first(codes: Iterable[str | None]) -> tuple[str, ...]:
    """Each handling code once, strictest first (*ours*): those of 5x5x5, which count as at least C; then C; then P."""
    return tuple(sorted({code for code in codes if code}, key=lambda code: (_HANDLING.find(code), code)))


def _recorded(values: Iterable[str | None] | None) -> tuple[str, ...]:
    return tuple(sorted({value for value in values or () if value is not None}))


#: Whole grades as an engine lists them, in order.
Grades = Annotated[tuple[str, ...], Field(strict=False), BeforeValidator(in_order)]
#: 'record grade' for each graded record.
GradedRecords = Annotated[tuple[str, ...], Field(strict=False), BeforeValidator(_recorded)]
#: Handling codes as an engine lists them, strictest first.
Handling = Annotated[tuple[str, ...], Field(strict=False), BeforeValidator(strictest_first)]
