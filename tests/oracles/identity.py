"""Who is whom: identifiers and judgements that dates of birth contradict, and what sealed records state."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from missingnet.graph.records import Record
from tests.oracles.known import PEOPLE, SEALED, Known

Told = tuple[tuple[date, ...], frozenset[str], frozenset[str]]


def apart(first: date, last: date, years: int) -> bool:
    """True when the later date is the earlier one's so many birthdays on, or more."""
    first, last = min(first, last), max(first, last)
    return (last.year - first.year, last.month, last.day) >= (years, first.month, first.day)


def described(known: Known) -> list[tuple[str, str, date, tuple[str, ...]]]:
    """Each described person: their thing, the record, the date of birth, the identifiers. 1900-01-01 is no date."""
    return [
        (side.thing.id, event.record, event.facts["born"], tuple(event.facts.get("identifiers") or ()))
        for event in known.labelled("Description")
        for side in event.of("DESCRIBED_BY")
        if side.thing.kind in PEOPLE and event.facts.get("born") not in (None, date(1900, 1, 1))
    ]


def contradicted(known: Known, years: int) -> dict[str, Told]:
    """By identifier: the dates of birth, the people and the records, where two dates lie so far apart."""
    told: dict[str, list[tuple[str, str, date]]] = {}
    for thing, record, born, identifiers in described(known):
        for identifier in identifiers:
            told.setdefault(identifier, []).append((thing, record, born))
    return {
        identifier: (
            tuple(sorted({born for _, _, born in found})),
            frozenset(thing for thing, _, _ in found),
            frozenset(record for _, record, _ in found),
        )
        for identifier, found in told.items()
        if any(apart(one[2], other[2], years) for one in found for other in found)
    }


Against = tuple[tuple[date, ...], frozenset[str], frozenset[str]]


def reopened(known: Known, years: int, as_at: datetime) -> dict[str, Against]:
    """By judgement that two are one: the dates of birth of whom it made one; what is contradicted, and those records.

    Whatever a dense example tells of somebody came after the judgement of them, or the judgement did not rest on it.
    """
    found = {}
    for event in known.labelled("Judgement"):
        if event.facts["verdict"] == "same" and event.facts["decided"] <= as_at:
            things = {side.thing.id for side in event.of("JUDGES")}
            births = {record: born for thing, record, born, _ in described(known) if thing in things}
            told: dict[str, set[tuple[str, str]]] = {}
            for one in known.labelled("Description"):
                if any(side.thing.id in things for side in one.of("DESCRIBED_BY")):
                    if one.facts.get("sex"):
                        told.setdefault("sex", set()).add((one.facts["sex"], one.record))
                    for number in one.facts.get("identifiers") or ():
                        register, value = number.split(" ", 1)
                        if register.split(":")[0] in ("council", "police", "upn", "nhs"):
                            told.setdefault(register, set()).add((value, one.record))
            against = {what: {r for _, r in said} for what, said in told.items() if len({v for v, _ in said}) > 1}
            if any(apart(one, other, years) for one in births.values() for other in births.values()):
                against["date of birth"] = set(births)
            if against:
                records = frozenset().union(*against.values())
                found[event.record] = (tuple(sorted(set(births.values()))), frozenset(against), records)
    return found


def sealed_pairs(records: Iterable[Record], known: Known) -> set[tuple[str, str, str]]:
    """Each thing, the other that a sealed record states to be the same, and the record."""
    found = set()
    for record in records:
        if SEALED in record.access.compartments:
            for slot in record.mentions:
                first, *others = record.keys_of(slot)
                for other in others:
                    one, two = known.thing_of(first), known.thing_of(other)
                    name = known.id_of(record)
                    found |= {(one, two, name), (two, one, name)} if one != two else set()
    return found
