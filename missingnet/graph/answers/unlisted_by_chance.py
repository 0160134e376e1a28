"""UNLISTED-BY-CHANCE: how many findings of UNLISTED-IN-NETWORK's kind another list would give (Ofsted16)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import blake2b

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.communities import Evidence, Measure, Naming, Telling
from missingnet.graph.answers.network import Named
from missingnet.graph.answers.ties import Texts

#: The share of relabellings that lies between the two figures told as their range.
_BELOW, _ABOVE = 0.05, 0.95


class UnlistedByChanceFact(Row):
    """One record and whom and what it names; or an entry on a list and whom it lists."""

    record: str = Field(description="The record")
    label: str = Field(description="Its kind")
    agency: str = Field(description="Whose it is")
    names: tuple[Named, ...] = Field(description="Whom and what it names", strict=False)
    listed_ids: Texts = Field(description="Whom it lists; empty: it is no entry on a list")

    @classmethod
    def derive(cls, rows: Sequence[UnlistedByChanceFact], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """One row: as many as are found, and as many as the relabellings give."""
        given = asked.parameters
        listed = {child for row in rows for child in row.listed_ids}
        tellings = [_telling(row) for row in rows if row.names]
        evidence = Evidence.of(tellings, Measure(1.0, 1.0, given["hub_children"]))
        pool = _known(tellings) if not given["also_named"] else set(evidence.records)
        beside = _beside(evidence, pool)
        order = {child: at for at, child in enumerate(beside)}
        masks = [sum(1 << order[other] for other in others) for others in beside.values()]
        marked = listed & pool
        found = _found(masks, sum(1 << order[child] for child in marked), given["min_listed"])
        said = _said(evidence, pool)
        bands: dict[int, list[str]] = {}
        for child in pool:
            bands.setdefault(evidence.records[child].bit_length(), []).append(child)
        draws = sorted(
            _found(
                masks,
                sum(
                    1 << order[child]
                    for band in bands.values()
                    for child in sorted(band, key=lambda c: (_hashed(said[c], str(draw)), c))[: len(marked & {*band})]
                ),
                given["min_listed"],
            )
            for draw in range(given["relabellings"])
        )
        return (_row(found, draws, len(pool), len(marked)),), (
            "Each relabelling puts as many other children on the list, each from among those whom about as many "
            "records name (1, 2 to 3, 4 to 7, 8 to 15 …), so that heavily recorded children stand for one another. "
            "Which, follows from what records say of them, so the same records give the same figures.",
            "Listed children who keep together stand beside fewer others than scattered ones, so a figure below chance "
            "is no all-clear. UNLISTED-IN-NETWORK names first whom more than places tie.",
            f"Lists: {', '.join(given['lists'])}. Found as UNLISTED-IN-NETWORK finds, with hubs counted by the records "
            "of the window.",
        )


class UnlistedByChance(Row):
    """How many unlisted children stand beside listed ones, and how many would, were the list another."""

    SUBJECT = ("rule_of",)

    found: int = Field(description="Unlisted children who share somebody or something with enough listed children")
    expected: float = Field(description="How many a relabelling finds on average")
    least: int = Field(description="Nine relabellings in ten find at least so many")
    most: int = Field(description="… and at most so many")
    as_many: float = Field(description="The share of relabellings that find at least as many as were found")
    relabellings: int = Field(description="How many relabellings")
    children: int = Field(description="Children whom records of the window name with somebody or something")
    listed: int = Field(description="How many of them are listed")

    @property
    def rule_of(self) -> str:
        """There is one row, and it is about the list as a whole."""
        return "UNLISTED-IN-NETWORK"

    @property
    def named(self) -> bool:
        """False: it names no child, so that no watch keeps it."""
        return False


def _telling(row: UnlistedByChanceFact) -> Telling:
    names = tuple(Naming(one.thing_id, one.kind, one.link, one.observed) for one in row.names)
    return Telling(row.record, row.label, row.agency, names)


def _known(tellings: Sequence[Telling]) -> set[str]:
    """The children who are more than a name in one record of another's."""
    times = Counter(child for one in tellings for child in one.children)
    own = {n.thing for one in tellings for n in one.named if n.kind == "Child" and n.link == "HAD"}
    return own | {child for child, many in times.items() if many > 1}


def _beside(evidence: Evidence, pool: set[str]) -> dict[str, set[str]]:
    """By child the others with whom it shares somebody, something or a record."""
    found: dict[str, set[str]] = {child: set() for child in pool}
    groups = [known.keys() for known in evidence.at.values()] + [one.children for one in evidence.tellings]
    for group in groups:
        within = set(group) & pool
        for child in within:
            found[child] |= within
    for child, others in found.items():
        others.discard(child)
    return found


def _found(masks: Sequence[int], listed: int, least: int) -> int:
    """How many who are not listed have so many listed beside them; children are bits."""
    return sum(not listed >> at & 1 and (mask & listed).bit_count() >= least for at, mask in enumerate(masks))


def _said(evidence: Evidence, pool: set[str]) -> Mapping[str, str]:
    """What records say of each child and of whom and what they name beside it: alike for children told of alike."""
    said = {
        one.record: _hashed(one.label, one.agency, *sorted(f"{n.kind} {n.link} {n.observed}" for n in one.named))
        for one in evidence.tellings
    }
    around: dict[str, list[str]] = {}
    for one in evidence.tellings:
        for naming in one.named:
            around.setdefault(naming.thing, []).append(f"{naming.link} {said[one.record]}")
    things = {thing: _hashed(*sorted(told)) for thing, told in around.items()}
    beside: dict[str, list[str]] = {child: [things[child]] for child in pool if child in things}
    for one in evidence.tellings:
        for child in one.children & beside.keys():
            beside[child] += [things[naming.thing] for naming in one.named]
    return {child: _hashed(*sorted(told)) for child, told in beside.items()}


def _hashed(*words: str) -> str:
    return blake2b("\n".join(words).encode(), digest_size=8).hexdigest()


def _row(found: int, draws: Sequence[int], children: int, listed: int) -> UnlistedByChance:
    many = len(draws)
    return UnlistedByChance(
        found=found,
        expected=round(sum(draws) / many, 2),
        least=draws[int(_BELOW * (many - 1))],
        most=draws[round(_ABOVE * (many - 1))],
        as_many=round(sum(one >= found for one in draws) / many, 3),
        relabellings=many,
        children=children,
        listed=listed,
    )
