"""What records say of a child beside an episode, for counting: where the child lived, who they are, what files cover.

Pure. Each finder answers for one day, from what its reader sees; what no record says is None, never 'no'.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from math import asin, cos, radians, sin, sqrt
from typing import Final

from pydantic import Field

from missingnet.graph.answers import Row
from missingnet.graph.answers.hotspot import district
from missingnet.graph.answers.ties import Listed
from missingnet.graph.times import utc_to_london

Point = tuple[float, float]
_EARTH_MILES: Final = 3958.8
#: How a source names the record of where a child lives, after the reference of the row that told it.
_HOME, _CARER = "|home", "|carer"
_COUNCIL: Final = "council:"


class FilesTold(Row):
    """What one kind of file of one agency covers: from the first that it tells of until its newest extract."""

    agency: str = Field(description="Whose files")
    source: str = Field(description="The kind of file")
    first: datetime = Field(description="The first that it tells of, UTC")
    last: date = Field(description="The newest extract's date")
    kinds: Listed = Field(description="The kinds that it tells of")

    def covers(self, month: str) -> bool:
        """True for a London month any day of which lies between the first it tells of and the extract."""
        return f"{utc_to_london(self.first):%Y-%m}" <= month <= f"{self.last:%Y-%m}"


class Stay(Row):
    """One placement, with the home where it is."""

    record: str = Field(description="The record")
    agency: str = Field(description="The council that looks after the child")
    reference: str | None = Field(description="The agency's own reference; None: not recorded")
    started: date | None = Field(description="From which day; None: not recorded")
    ended: date | None = Field(description="Until which day; None: it lasts, or not recorded")
    place_code: str | None = Field(description="The type of placement; None: not recorded")
    provider_code: str | None = Field(description="The kind of provider; None: not recorded")
    legal_status: str | None = Field(description="The legal status; None: not recorded")
    postcode: str | None = Field(description="The placement's postcode; None: not recorded, or a carer's home")
    home_id: str | None = Field(description="The children's home; None: none")
    home_name: str | None = Field(description="Its name; None: not recorded")
    home_postcode: str | None = Field(description="Its postcode; None: not recorded")
    latitude: float | None = Field(description="Its latitude; None: not known")
    longitude: float | None = Field(description="Its longitude; None: not known")
    authority: str | None = Field(description="The authority where it stands; None: not recorded")

    def on(self, day: date) -> bool:
        """True when the child was so placed on that London day."""
        return (self.started is None or self.started <= day) and (self.ended is None or day < self.ended)


class DescriptionTold(Row):
    """How one record describes the child."""

    agency: str = Field(description="Whose record")
    reference: str | None = Field(description="The agency's own reference; None: not recorded")
    extract: date = Field(description="The extract that it came in")
    born: date | None = Field(description="Date of birth; None: not recorded")
    sex: str | None = Field(description="Sex as recorded; None: not recorded")
    ethnicity: str | None = Field(description="Ethnicity as recorded; None: not recorded")
    identifiers: Listed = Field(description="'scheme value' of each identifier it gives")
    postcode: str | None = Field(description="Postcode; None: not recorded")
    latitude: float | None = Field(description="Latitude; None: not known")
    longitude: float | None = Field(description="Longitude; None: not known")


def stay_on(stays: Iterable[Stay], day: date) -> Stay | None:
    """The placement in which the child was on that day, the latest begun; None: none is seen."""
    there = [stay for stay in stays if stay.on(day)]
    return max(
        there,
        key=lambda s: (
            s.started or date.min,
            s.home_name is not None,
            s.latitude is not None,
            s.model_dump_json(exclude={"record"}),
        ),
        default=None,
    )


def lives_at(
    stay: Stay | None, described: Sequence[DescriptionTold], reference: str | None
) -> tuple[str | None, Point | None]:
    """The postcode where the child lived, and the point: the placement's, else that of the episode's own report, else
    of the newest record of where the child lives."""
    if stay is not None:
        carer = _of(described, f"{stay.reference}{_CARER}")
        postcode = stay.postcode or stay.home_postcode or (carer.postcode if carer else None)
        return postcode, _point(stay) or (_point(carer) if carer else None)
    found = _of(described, f"{reference}{_HOME}") or max(
        (d for d in described if d.postcode), key=lambda d: (d.extract, d.model_dump_json()), default=None
    )
    return (found.postcode, _point(found)) if found else (None, None)


def _of(described: Iterable[DescriptionTold], reference: str) -> DescriptionTold | None:
    return max(
        (d for d in described if d.reference == reference and d.postcode),
        key=lambda d: (d.extract, d.model_dump_json()),
        default=None,
    )


def _point(where: Stay | DescriptionTold) -> Point | None:
    return (where.latitude, where.longitude) if where.latitude is not None and where.longitude is not None else None


def newest(described: Iterable[DescriptionTold], field: str) -> object:
    """What the newest description that records this says; None: none does."""
    told = [(d.extract, str(value), value) for d in described if (value := getattr(d, field)) not in (None, "unknown")]
    return max(told, key=lambda t: t[:2])[2] if told else None


def authority_of(described: Iterable[DescriptionTold], stay: Stay | None) -> str | None:
    """The council that looks after the child, else the one that knows the child by an id of its own."""
    if stay is not None:
        return stay.agency
    codes = {i.split(" ")[0].removeprefix(_COUNCIL) for d in described for i in d.identifiers if i.startswith(_COUNCIL)}
    return min(codes) if codes else None


def age_on(born: date | None, day: date) -> int | None:
    """Whole years on that day; None: no date of birth is recorded."""
    return None if born is None else day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def miles(one: Point | None, other: Point | None) -> float | None:
    """The miles between two points in a straight line; None: one of them is not known."""
    if one is None or other is None:
        return None
    (a, b), (c, d) = ((radians(x), radians(y)) for x, y in (one, other))
    half = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return round(2 * _EARTH_MILES * asin(sqrt(half)), 2)


def district_of(postcode: str | None) -> str | None:
    """The postcode district; None: none is recorded."""
    return (district(postcode) or None) if postcode else None


def out_of_area(stay: Stay | None, names: Iterable[str]) -> bool | None:
    """True when the home stands in another authority's area than the one that looks after the child; None: not placed,
    or the authority is not known by a name or code that can be compared."""
    if stay is None or stay.authority is None:
        return None
    known = {name.casefold(): code for code, _, name in (pair.partition("=") for pair in names)}
    host = known.get(stay.authority.casefold(), stay.authority)
    if not host.isdigit():
        return None
    return host != stay.agency


def ethnicity_group(said: str | None, groups: Iterable[str]) -> str | None:
    """The first group that fits a code or words; None: not recorded, or nothing that fits."""
    text = (said or "").strip().casefold()
    if not text or text in ("nobt", "refu"):
        return None
    code = len(text) == 4 and " " not in text
    parts = [
        (name.strip(), [w.strip().casefold() for w in words.split(",")])
        for name, _, words in (g.partition(":") for g in groups)
    ]
    for name, words in parts:
        if code and any(text == w for w in words):
            return name
    for name, words in parts:
        if code and any(len(w) == 1 and text.startswith(w) for w in words):
            return name
    for name, words in parts:
        if name.casefold() in text or any(len(w) > 1 and w in text for w in words):
            return name
    return None
