"""DESCRIPTIONS: what things are called, by each agency that describes them; captions of every page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final

from pydantic import BeforeValidator, Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.ties import Listed, Texts

Sorted = Annotated[Texts, BeforeValidator(sorted)]


class Description(Row):
    """How one agency describes one thing: the same words, however many of its records use them, once."""

    thing_id: str = Field(description="The thing described")
    thing_kind: str = Field(description="Its kind")
    #: One of the versions that use these words, by which rows are told apart: which one it is says nothing.
    version: str = Field(description="A version that uses these words", exclude=True)
    records: Sorted = Field(description="The records that use them")
    agency: str = Field(description="Whose description")
    extract: date = Field(description="The newest extract that they came in as news")
    name: str | None = Field(description="Name; None: not recorded")
    given: str | None = Field(description="Given names; None: not recorded")
    family: str | None = Field(description="Family name; None: not recorded")
    aliases: Listed = Field(description="Aliases; empty: none recorded")
    born: date | None = Field(description="Date of birth; None: not recorded")
    died: date | None = Field(description="Date of death; None: not recorded")
    sex: str | None = Field(description="Sex as recorded; None: not recorded")
    ethnicity: str | None = Field(description="Ethnicity as recorded; None: not recorded")
    address: str | None = Field(description="Address; None: not recorded")
    postcode: str | None = Field(description="Postcode; None: not recorded")
    latitude: float | None = Field(description="Latitude; None: not known")
    longitude: float | None = Field(description="Longitude; None: not known")
    kind: str | None = Field(description="Kind of premises as recorded; None: not recorded")
    identifiers: Listed = Field(description="'scheme value' of each identifier it gives")
    authority: str | None = Field(description="Local authority code; None: not recorded")
    lpu: str | None = Field(description="Local policing unit; None: not recorded")
    phase: str | None = Field(description="A school's phase; None: not recorded")
    status: str | None = Field(description="Status as recorded; None: not recorded")
    note: str | None = Field(description="Note as recorded; None: none")

    @classmethod
    def derive(cls, rows: Sequence[Description], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """One caption for each thing that a description is seen of."""
        by_thing: dict[str, list[Description]] = {}
        for row in rows:
            by_thing.setdefault(row.thing_id, []).append(row)
        return [_caption(many) for many in by_thing.values()], ()


class Caption(Row):
    """What to call one thing, and every seen description behind it."""

    thing_id: str = Field(description="The thing")
    thing_kind: str = Field(description="Its kind")
    caption: str = Field(
        description="What to print: a name, else an alias, address or identifier, else '<kind>, no name seen'"
    )
    aliases: Texts = Field(description="Other names and aliases seen")
    born: date | None = Field(description="Date of birth by the agency of highest precedence; None: not recorded")
    sex: str | None = Field(description="Sex likewise; None: not recorded")
    address: str | None = Field(description="Address likewise; None: not recorded")
    postcode: str | None = Field(description="Postcode likewise; None: not recorded")
    kind: str | None = Field(description="Kind of premises likewise; None: not recorded")
    disagree: Texts = Field(description="Fields on which the descriptions differ")
    descriptions: tuple[Description, ...] = Field(description="Every description seen, best first", strict=False)


#: What agencies can be expected to agree on.
_COMPARED: Final = ("family", "given", "born", "sex")


def _caption(many: Sequence[Description]) -> Caption:
    """What to call a thing: by the newest words that give a name, then those that most records use.

    What differs is named, never chosen.
    """
    ordered = sorted(
        many,
        key=lambda d: (d.name is None, -d.extract.toordinal(), d.agency, -len(d.records), d.name or "", _words(d)),
    )

    def first(field: str) -> object:
        return next((getattr(d, field) for d in ordered if getattr(d, field) is not None), None)

    best = ordered[0]
    names = [d.name for d in ordered if d.name]
    aliases = [alias for d in ordered for alias in d.aliases]
    caption = next(
        (text for text in (*names, *aliases, first("address"), *(i for d in ordered for i in d.identifiers)) if text),
        f"{best.thing_kind}, no name recorded",
    )
    disagree = [f for f in _COMPARED if len({_same(getattr(d, f)) for d in ordered if getattr(d, f) is not None}) > 1]
    return Caption.model_validate(
        {
            "thing_id": best.thing_id,
            "thing_kind": best.thing_kind,
            "caption": str(caption),
            "aliases": tuple(dict.fromkeys(text for text in (*names, *aliases) if text != caption)),
            **{field: first(field) for field in ("born", "sex", "address", "postcode", "kind")},
            "disagree": tuple(disagree),
            "descriptions": tuple(ordered),
        }
    )


def _words(description: Description) -> str:
    """Everything a description says, so that equally good ones stand in an order that no id settles."""
    return description.model_dump_json(exclude={"thing_id", "records", "version"})


def _same(value: object) -> object:
    return value.casefold() if isinstance(value, str) else value
