"""Facts in plain English, for pages and packs: dates, ages, grades and the codes of the source files.

A code that is not known is shown as it came. ``None`` is 'not recorded', never 'no' (DOMAIN §2).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from missingnet.graph.times import utc_to_london

NOT_RECORDED: Final = "not recorded"
#: Said, on pages and in packs, of a record that came twice for one date with different content.
CONFLICTING: Final = "Conflicting versions: each is shown"

KIND_WORDS: Final[Mapping[str, str]] = {
    "Child": "Child",
    "Associate": "Associate",
    "Place": "Place",
    "Home": "Children’s home",
    "School": "School",
    "Vehicle": "Vehicle",
    "Phone": "Phone",
    "OnlineHandle": "Online name",
}

RECORD_WORDS: Final[Mapping[str, str]] = {
    "Episode": "Episode",
    "ReturnInterview": "Return interview",
    "SafeAndWellCheck": "Safe and well check",
    "Placement": "Placement",
    "Enrolment": "School roll",
    "SchoolAbsence": "School absence",
    "MissingEducation": "Missing from education",
    "RiskAssessment": "Risk assessment",
    "Meeting": "Meeting",
    "Action": "Action",
    "Notification": "Notification",
    "SchoolCalendar": "School calendar",
    "Notice": "Notice or order",
    "ListEntry": "List",
    "Intelligence": "Intelligence",
    "Description": "Description",
    "Judgement": "Judgement",
}

EPISODE_WORDS: Final[Mapping[str, str]] = {
    "missing": "Missing",
    "absent": "Absent",
    "away": "Away without authorisation",
}

LIST_WORDS: Final[Mapping[str, str]] = {
    "cse": "Child sexual exploitation",
    "gangs": "Gangs",
    "nrm": "National referral mechanism (trafficking)",
    "ehe": "Home educated",
    "cp": "Child protection plan",
    "s47": "Enquiry under section 47",
    "uasc": "Unaccompanied asylum-seeking children",
    "cme": "Missing from education",
    "missing": "Missing (episodes)",
}

#: SSDA903 'LS', DfE's guide to the children looked after return.
LEGAL_STATUS_WORDS: Final[Mapping[str, str]] = {
    "C1": "interim care order",
    "C2": "full care order",
    "D1": "freeing order",
    "E1": "placement order",
    "V2": "accommodated under section 20",
    "V3": "short breaks, each recorded",
    "V4": "short breaks under one agreement",
    "L1": "police protection",
    "L2": "emergency protection order",
    "L3": "child assessment order",
    "J1": "on remand",
    "J2": "detained under PACE",
    "J3": "youth rehabilitation order",
}

#: SSDA903 'PLACE' to 2024: the letter's family where the exact code is not spelled out.
PLACEMENT_WORDS: Final[Mapping[str, str]] = {
    "U": "foster care",
    "A": "placed for adoption",
    "P1": "with parents",
    "P2": "independent living",
    "P3": "residential employment",
    "H5": "semi-independent living",
    "K1": "secure children’s home",
    "K2": "children’s home",
    "R1": "residential care home",
    "R2": "NHS or other medical setting",
    "R3": "family centre",
    "R5": "young offender institution",
    "S1": "residential school",
    "T": "temporary placement",
    "Z1": "other placement",
}

#: Intelligence grading, 3x5x2 (College of Policing) and the older 5x5x5 (HMRC's manual, MLR3C14000).
SOURCE_GRADES: Final[Mapping[str, str]] = {
    "1": "reliable",
    "2": "untested",
    "3": "not reliable",
    "A": "always reliable",
    "B": "mostly reliable",
    "C": "sometimes reliable",
    "D": "not reliable",
    "E": "untested",
}
ASSESSMENT_GRADES: Final[Mapping[str, str]] = {
    "1": "known to be true",
    "2": "known directly",
    "3": "known indirectly but corroborated",
    "4": "cannot be judged",
    "5": "suspected to be false",
    "A": "known directly",
    "B": "known indirectly but corroborated",
    "C": "known indirectly",
    "D": "not known",
    "E": "suspected to be false",
}
HANDLING_CODES: Final[Mapping[str, str]] = {
    "P": "lawful sharing permitted",
    "C": "sharing permitted with conditions",
}

#: What agencies without a figure of their own are called.
AGENCY_WORDS: Final[Mapping[str, str]] = {
    "interviews": "Return interview provider",
    "dfe": "Department for Education",
    "ofsted": "Ofsted",
}

#: Codes of absence without permission (DfE, school attendance codes) and of exclusion (school census).
ABSENCE_WORDS: Final[Mapping[str, str]] = {
    "G": "holiday not granted",
    "N": "reason not yet known",
    "O": "absent in other or unknown circumstances",
    "U": "arrived after the register closed",
    "PERM": "permanent exclusion",
    "SUSP": "suspension",
}

#: A longer list of values is counted instead of written out.
_LISTED: Final = 4
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FULL_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day_words(day: date | None) -> str:
    """'5 Oct 2026', or 'not recorded'."""
    return NOT_RECORDED if day is None else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def instant_words(instant: datetime | None, precision: str = "minute") -> str:
    """A UTC instant as a London date and time, '5 Oct 2026, 21:40'; only the date where only the date is known."""
    if instant is None:
        return NOT_RECORDED
    london = utc_to_london(instant)
    return day_words(london.date()) if precision == "day" else f"{day_words(london.date())}, {london:%H:%M}"


def month_words(day: date) -> str:
    """'October 2026'."""
    return f"{_FULL_MONTHS[day.month - 1]} {day.year}"


def span_words(first: datetime | None, last: datetime | None) -> str:
    """When something was observed, as London dates: one day, or from first to last."""
    if first is None or last is None:
        return instant_words(first or last, "day")
    start, end = instant_words(first, "day"), instant_words(last, "day")
    return start if start == end else f"{start} to {end}"


def length_words(started: datetime | None, ended: datetime | None) -> str:
    """How long an episode lasted, in hours to two days and in days after; 'not recorded' when an end is unknown."""
    if started is None or ended is None:
        return NOT_RECORDED
    minutes = int((ended - started).total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h" + (f" {minutes % 60} min" if minutes % 60 else "")
    return count_words(minutes // (24 * 60), "day")


def age_on(born: date | None, day: date) -> int | None:
    """Completed years on a day; None when the date of birth is not recorded or lies after the day."""
    if born is None or born > day:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def agency_words(code: str) -> str:
    """An agency's key in words: a council has three figures and a police force two (SSDA903 and Home Office codes)."""
    if code in AGENCY_WORDS:
        return AGENCY_WORDS[code]
    head, dash, tail = code.partition("-")
    if code.isdigit() and len(code) == 3:
        return f"Council {code}"
    if code.isdigit() and len(code) == 2:
        return f"Police force {code}"
    return f"{head.capitalize()}, {tail}" if dash else capital(code)


def agencies_words(codes: tuple[str, ...]) -> str:
    """Several agencies in one cell."""
    return ", ".join(agency_words(code) for code in sorted(set(codes))) or NOT_RECORDED


def legal_status_words(code: str | None) -> str:
    """A legal status in words with its code: 'full care order (C2)'."""
    return _coded(code, LEGAL_STATUS_WORDS.get((code or "").strip().upper()))


def placement_words(code: str | None) -> str:
    """A placement code in words with its code: 'children’s home (K2)'."""
    key = (code or "").strip().upper()
    return _coded(code, PLACEMENT_WORDS.get(key) or PLACEMENT_WORDS.get(key[:1]))


def _coded(code: str | None, words: str | None) -> str:
    if not code:
        return NOT_RECORDED
    return f"{words} ({code})" if words else code


def list_words(code: str | None) -> str:
    """The name of a list: 'Child sexual exploitation'."""
    return LIST_WORDS.get((code or "").lower(), code or NOT_RECORDED)


def grade_words(grade: str | None) -> str:
    """A whole intelligence grade with its meaning: '2 untested, C known indirectly', or 'B mostly reliable, 2 known
    directly (5x5x5)', where the letter comes first; 'not graded' without one."""
    if not grade:
        return "not graded"
    parts = [
        f"{code} {meanings[code]}" if code in meanings else code
        for code, meanings in ((grade[:1], SOURCE_GRADES), (grade[1:], ASSESSMENT_GRADES))
        if code
    ]
    return ", ".join(parts) + (" (5x5x5)" if grade[0].isalpha() else "")


def absence_words(reason: str | None) -> str:
    """Why a child was out of school: a register code in words with its code, 'reason not yet known (N)'; others as
    they came."""
    return _coded(reason, ABSENCE_WORDS.get((reason or "").strip().upper()))


def handling_words(code: str | None, condition: str | None) -> str:
    """A handling code with its meaning and the condition set by its owner."""
    words = _coded(None, None) if not code else f"{code} {HANDLING_CODES.get(code, '')}".strip()
    return f"{words}: {condition}" if condition else words


def count_words(count: int, one: str, many: str | None = None) -> str:
    """'1 child', '3 children': a number with its noun."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def times_words(count: int) -> str:
    """'once', 'twice', '3 times'."""
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")


def change_words(change: int) -> str:
    """'+2', '−1', '0': a change with its sign."""
    return f"{change:+,d}".replace("-", "−") if change else "0"


def parameters_words(parameters: Mapping[str, Any]) -> str:
    """The values a rule used, as people read them: 'min episodes 3, since 1 Aug 2026'; 'none' for none."""
    return ", ".join(f"{name.replace('_', ' ')} {_value_words(value)}" for name, value in parameters.items()) or "none"


def _value_words(value: Any) -> str:
    if isinstance(value, datetime):
        return instant_words(value)
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) if len(value) <= _LISTED else f"({len(value):,} of them)"
    return str(value)


def listed(names: list[str]) -> str:
    """'A', 'A and B', 'A, B and C'."""
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1] if names else ""


def capital(words: str) -> str:
    """The words with a capital first, and the rest as it is."""
    return words[:1].upper() + words[1:]
