"""SEARCH: things found by name, alias, reference or postcode."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import jellyfish
from pydantic import Field

from missingnet.graph import names
from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.things_described import ThingDescribed
from missingnet.graph.answers.ties import Texts


class SearchFact(ThingDescribed):
    """One seen description of a thing that one or more of the search's keys lead to."""

    keys: Texts = Field(description="The search keys that led here")

    @classmethod
    def derive(cls, rows: Sequence[SearchFact], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """One hit for each thing, the closest first. A score orders a list; it joins nobody (DOMAIN §8)."""
        typed = str(asked.parameters["text"])
        by_thing: dict[str, list[tuple[float, str, SearchFact]]] = {}
        for row in rows:
            score, why = _closeness(typed, row)
            if score >= FAINT:
                by_thing.setdefault(row.thing_id, []).append((score, why, row))
        hits = [_hit(many) for many in by_thing.values()]
        return sorted(hits, key=lambda h: (-h.score, h.name or "", h.thing_id)), ()


#: Below this two names only share a sound with each other; such a hit is no help.
FAINT = 0.75


def _closeness(typed: str, row: SearchFact) -> tuple[float, str]:
    """How well a description answers what was typed, 0 to 1, and what matched."""
    short = names.compact(typed)
    if short and short in {names.compact(i.rpartition(" ")[2]) for i in row.identifiers}:
        return 1.0, "same reference"
    if row.postcode and names.compact(row.postcode) == short:
        return 1.0, "same postcode"
    best = (0.0, "")
    for words, called in [(row.name, "name"), *((alias, "alias") for alias in row.aliases)]:
        if not words:
            continue
        score = _alike(names.normalise(typed), names.normalise(words))
        best = max(best, (score, f"same {called}" if score >= 1 else f"similar {called}"))
    postcode = names.compact(row.postcode or "")
    if best[0] < FAINT and postcode and postcode in short:
        return FAINT, "same postcode"
    return best


def _alike(typed: str, name: str) -> float:
    """How alike two names are: each word typed against its nearest word of the name, whatever the order."""
    theirs = name.split()
    if not theirs or not typed:
        return 0.0
    nearest = [max(jellyfish.jaro_winkler_similarity(word, other) for other in theirs) for word in typed.split()]
    return sum(nearest) / len(nearest)


#: What a hit shows of its best matching description.
_SHOWN = ("name", "born", "sex", "address", "postcode", "identifiers")


def _hit(many: list[tuple[float, str, SearchFact]]) -> SearchHit:
    # The ties are settled by what the records say, never by ids: an answer may not hang on what a reader cannot see.
    many = sorted(many, key=lambda m: (-m[0], m[1], m[2].agency, *(str(getattr(m[2], f)) for f in _SHOWN)))
    score, why, best = many[0]
    agencies = tuple(dict.fromkeys(row.agency for _, _, row in many))
    return SearchHit(
        thing_id=best.thing_id,
        thing_kind=best.thing_kind,
        name=best.name,
        aliases=tuple(dict.fromkeys(alias for _, _, row in many for alias in row.aliases)),
        born=best.born,
        sex=best.sex,
        address=best.address,
        postcode=best.postcode,
        identifiers=tuple(dict.fromkeys(i for _, _, row in many for i in row.identifiers)),
        score=round(score, 3),
        why=f"{why.capitalize()} in the record of {', '.join(agencies)}.",
        records=tuple(dict.fromkeys(row.record for _, _, row in many)),
        agencies=agencies,
    )


class SearchHit(Row):
    """One thing found, with every seen description that matched and why."""

    thing_id: str = Field(description="The thing found")
    thing_kind: str = Field(description="Its kind")
    name: str | None = Field(description="The name of the best matching description; None: not recorded")
    aliases: Texts = Field(description="Aliases in the matching descriptions")
    born: date | None = Field(description="Date of birth in the best matching description; None: not recorded")
    sex: str | None = Field(description="Sex as recorded there; None: not recorded")
    address: str | None = Field(description="Address there; None: not recorded")
    postcode: str | None = Field(description="Postcode there; None: not recorded")
    identifiers: Texts = Field(description="Identifiers in the matching descriptions")
    score: float = Field(description="How well it matches, 0 to 1; only orders the list, joins nothing")
    why: str = Field(description="A sentence: what matched, in whose record")
    records: Texts = Field(description="The descriptions' records")
    agencies: Texts = Field(description="Whose descriptions")
