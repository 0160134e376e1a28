"""School days and sessions missed in the invented partnership, counted from its files alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta

from holidays import country_holidays

from tests.planted import invented
from tests.planted.partnership import AS_AT, Partnership, council_key

WITHOUT_LEAVE = {"G", "N", "O", "U"}
_BANK_HOLIDAYS = country_holidays("GB", subdiv="ENG", years=range(2020, 2030))
Span = tuple[date, date]


def register_days(place: Partnership) -> dict[str, int]:
    """By child the school days from the day after the last attended to as at, of entries that are open."""
    terms: dict[str, list[Span]] = defaultdict(list)
    shut: dict[str, list[Span]] = defaultdict(list)
    for code in place.truth["authorities"]:
        for row in invented.rows(place.folder, f"schools-{code}/school_calendars.csv"):
            kind = terms if row["Kind Of Days"] == "Term" else shut
            kind[row["School URN"]].append((_day(row["First Day"]), _day(row["Last Day"])))
    found = {}
    for code in place.truth["authorities"]:
        for row in invented.rows(place.folder, f"council-{code}/cme_register.csv"):
            if row["Status"] == "Open":
                urn, day, many = row["Last School URN"], _day(row["Last Attended"]), 0
                while (day := day + timedelta(days=1)) <= AS_AT.date():
                    weekday = day.weekday() < 5 and day not in _BANK_HOLIDAYS
                    many += weekday and _in(day, terms[urn]) and not _in(day, shut[urn])
                found[place.thing(council_key(code, row["Council Ref"]))] = many
    return found


def often_absent(place: Partnership) -> set[str]:
    """Pupils with 20 sessions without leave in the term, or a tenth of the possible ones with leave or without."""
    found = set()
    for code in place.truth["authorities"]:
        for which in ("onroll", "nolongeronroll"):
            sessions: Counter[str] = Counter()
            table = f"pupil{which}tableid"
            details = "termlysessiondetails" + ("onroll" if which == "onroll" else "offroll")
            for row in invented.rows(place.folder, f"schools-{code}/2026_autumn_{details}.csv"):
                if row["attendancereason"] in WITHOUT_LEAVE:
                    sessions[row[table]] += int(float(row["sessions"]))
            for row in invented.rows(place.folder, f"schools-{code}/2026_autumn_pupil{which}.csv"):
                absent = float(row["termlysessionsauthorised"]) + float(row["termlysessionsunauthorised"])
                if sessions[row[table]] >= 20 or absent >= 0.1 * float(row["termlysessionspossible"]):
                    found.add(place.pupil(row["upn"], f"{row['sourceid']}:{row[table]}"))
    return found


def _in(day: date, spans: list[Span]) -> bool:
    return any(first <= day <= last for first, last in spans)


def _day(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 (a day, as in the files)
