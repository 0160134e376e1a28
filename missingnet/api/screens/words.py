"""Plain words that only pages need: values of `time` elements, headings of columns, identifiers as people say them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from missingnet.graph import times
from missingnet.visualise.words import capital, count_words, day_words, instant_words

SCHEME: Final[Mapping[str, str]] = {
    "council": "Council",
    "police": "Police",
    "upn": "UPN",
    "urn-ofsted": "Ofsted URN",
    "urn-dfe": "DfE URN",
    "laestab": "School number",
    "uprn": "UPRN",
    "place": "Gazetteer",
    "vrm": "Registration",
    "phone": "Phone",
    "handle": "Online name",
}

#: Headings that plain splitting of the field's name would say badly.
HEADING: Final[Mapping[str, str]] = {
    "child_id": "Child",
    "child_ids": "Children",
    "children": "How many children",
    "associate_id": "Associate",
    "associate_ids": "Associates",
    "vehicle_ids": "Vehicles",
    "place_id": "Place",
    "other_id": "Other place",
    "shared_id": "Shared",
    "shared_ids": "What they shared",
    "through_id": "Through",
    "listed_ids": "Listed children",
    "listed": "How many listed",
    "thing_id": "Name",
    "from_id": "From",
    "to_id": "To",
    "ways": "How",
    "way": "How",
    "record_count": "Number of records",
    "by_agency": "By agency",
    "same_records": "Other records of the same",
    "home_id": "Children’s home",
    "other_child_id": "The other child",
    "look": "Who should look",
    "said": "What people said",
    "said_of": "Said of",
    "still_told": "A later file still says so",
    "start_apart": "Hours between the starts",
    "end_apart": "Hours between the ends",
    "only_start_home": "Only their children’s home",
    "expected": "Expected by chance",
    "chance": "Probability by chance",
    "shared": "How many shared",
    "size": "How many children",
    "times": "How often",
    "through_count": "Things in common",
    "during_absence": "Absent from school while missing",
    "before_found": "Found, period before",
    "before_started": "Started, period before",
    "before_seen": "Seen, period before",
    "before_episodes": "Episodes, period before",
    "before_children": "Children, period before",
    "before_times": "How often, period before",
    "missing_now_ids": "Missing now, and been here",
    "hub_ids": "Hubs, not followed",
    "before_child_ids": "Children of the communities it came from",
    "joined_child_ids": "Children who joined",
    "left_child_ids": "Children no longer in it",
    "place_ids": "Places",
    "thing_ids": "Vehicles, phones and handles",
    "child_bridges": "Children without whom it falls apart",
    "associate_bridges": "Adults without whom it falls apart",
    "other_bridges": "Places and things without which it falls apart",
    "bridge_id": "Who or what",
    "held": "Draws that hold",
    "with_id": "With",
    "same_combination": "How many on exactly these",
    "more_lists": "How many on these and more",
    "spans": "Authorities it spans",
    "no_council_ids": "Children of no known council",
    "lpus": "Local policing unit",
    "by_council": "By council",
    "id": "Where",
}


#: The colour of the tag of what a person said.
VERDICT_COLOUR: Final[Mapping[str, str]] = {
    "same": "green",
    "different": "orange",
    "not sure": "grey",
    "still holds": "green",
    "no longer holds": "orange",
    "open": "blue",
    "explained": "green",
    "corrected at source": "turquoise",
    "accepted": "grey",
    "red": "red",
    "amber": "orange",
    "green": "green",
    "acknowledged": "turquoise",
    "dismissed": "grey",
}


def day(value: date | datetime | None) -> str:
    """A day as people write it in London: '14 Sep 2026'."""
    return instant_words(value, "day") if isinstance(value, datetime) else day_words(value)


def clock(value: date | datetime | None) -> str:
    """An instant as people write it in London: '14 Sep 2026, 21:05'; a date stays a date."""
    return instant_words(value) if isinstance(value, datetime) else day_words(value)


def machine(value: date | datetime | None) -> str:
    """The value that a `time` element and a sortable column carry: sorts as it happened."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{times.utc_to_london(value):%Y-%m-%dT%H:%M}"
    return value.isoformat()


def heading(field: str) -> str:
    """The heading of a column, from the field's name."""
    plain = HEADING.get(field, field.replace("_", " "))
    return capital(plain)


def count(number: int, one: str, many: str | None = None) -> str:
    """'1 record', '3 records', 'no records'."""
    return count_words(number, one, many) if number else f"no {many or one + 's'}"


def identifier(text: str) -> str:
    """An agency's identifier as people say it: 'Council 997 100231' from 'council:997 100231'."""
    scheme, _, value = text.partition(" ")
    parts = scheme.split(":")
    return " ".join([SCHEME.get(parts[0], parts[0]), *parts[1:], *value.split(":")]).strip()


def sentence(text: str) -> str:
    """A line of words as a sentence: a capital at its start and a full stop at its end."""
    plain = text.strip()
    return f"{capital(plain)}{'' if plain.endswith(('.', '!', '?')) else '.'}"


def probability(value: float) -> str:
    """A probability in per cent; never 100 %, which nothing that is only suggested has."""
    return f"{value:.1%}" if value < 0.9995 else "over 99.9%"
