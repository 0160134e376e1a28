"""What is said of people, by whoever said it, put together for each person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, Literal

from missingnet.ingest.linkage.people import Described

#: A force often holds one person under two nominals, so a nominal of one's own says little; a record's own key nothing.
SAYS_LITTLE: Final = ("police", "record", "pupil")
#: A person named in a record with more people than this was in a crowd: standing beside somebody there says nothing.
COMPANY: Final = 8

Spelling = tuple[str | None, str | None, str | None]


class Sayings:
    """Takes sayings in any order. ``who`` is any name for a person; which are one person is told at the end."""

    def __init__(self) -> None:
        """Nothing is said yet."""
        self._spelt: dict[str, set[Spelling]] = defaultdict(set)
        self._sexes: dict[str, set[str]] = defaultdict(set)
        self._lists: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._beside: set[tuple[str, str]] = set()

    def called(
        self,
        who: str,
        given: object,
        family: object,
        name: object,
        aliases: object,
        born: object,
        sex: object,
        postcode: object,
    ) -> None:
        """One description: names, date of birth, sex and postcode, each as given; what is no text is not recorded."""
        day = born.isoformat() if isinstance(born, date) else None
        for forename, surname in _names(given, family, name, aliases):
            self._spelt[who].add((forename, surname, day))
        if isinstance(sex, str):
            self._sexes[who].add(sex)
        if isinstance(postcode, str):
            self._lists[who]["postcodes"].add(postcode)

    def at(self, who: str, way: Literal["premises", "schools", "kin"], other: str) -> None:
        """Somebody lives or learns there, or is that person's brother or sister."""
        self._lists[who][way].add(other)

    def together(self, people: Collection[str]) -> None:
        """One record names these people; in a crowd that says nothing."""
        if 1 < len(people) <= COMPANY:
            self._beside |= {(one, other) for one in people for other in people if one != other}

    def people(
        self, members: Mapping[str, Sequence[str]], registers: Mapping[str, Collection[str]]
    ) -> Iterator[Described]:
        """Each spelling of each person, in the order of their ids; who is only a reference is not described.

        :param members: the names of each person here, by the person's id.
        :param registers: in which registers each person has a number, ``scheme`` or ``scheme:owner``.
        """
        stands = {who: person for person, many in members.items() for who in many}
        beside: dict[str, set[str]] = defaultdict(set)
        for one, other in self._beside:
            if one in stands and other in stands:
                beside[stands[one]].add(stands[other])
        for person in sorted(members):
            many = members[person]
            sexes = {sex for who in many for sex in self._sexes.get(who, ())}
            lists = {
                name: tuple(sorted({value for who in many for value in self._lists[who][name]}))
                for name in ("postcodes", "premises", "schools", "kin")
                if any(who in self._lists for who in many)
            }
            numbered = {one for one in registers.get(person, ()) if one.partition(":")[0] not in SAYS_LITTLE}
            spelt = _fullest({spelling for who in many for spelling in self._spelt.get(who, ())})
            for place, (given, family, day) in enumerate(spelt):
                yield Described(
                    f"{person}/{place}",
                    person,
                    given,
                    family,
                    day,
                    sexes.copy().pop() if len(sexes) == 1 else None,
                    postcode=lists["postcodes"][0] if len(lists.get("postcodes", ())) == 1 else None,
                    **lists,
                    around=tuple(sorted(beside.get(person, ()))),
                    registers=tuple(sorted(numbered)),
                )


def _names(given: object, family: object, name: object, aliases: object) -> Iterator[tuple[str | None, str | None]]:
    """Forename and surname as the record gives them, and each alias with the surname where it is one word."""
    forename = given if isinstance(given, str) else None
    surname = family if isinstance(family, str) else None
    if not (forename or surname) and isinstance(name, str):
        forename, surname = _parted(name)
    yield forename, surname
    for alias in aliases if isinstance(aliases, tuple) else ():
        called, after = _parted(alias)
        yield called, after or surname


def _parted(name: str) -> tuple[str | None, str | None]:
    """A whole name in two: the last word is the surname where there are several."""
    before, _, last = name.strip().rpartition(" ")
    return (before, last) if before else (last or None, None)


def _fullest(spelt: Collection[Spelling]) -> list[Spelling]:
    """The spellings that no fuller one contains, in order; a date of birth known of one spelling goes for all."""
    days = sorted({day for _, _, day in spelt if day})
    if len(days) == 1:
        spelt = {(given, family, days[0]) for given, family, _ in spelt}
    kept = [
        one
        for one in spelt
        if any(one)
        and not any(
            other != one and all(a is None or a == b for a, b in zip(one, other, strict=True)) for other in spelt
        )
    ]
    return sorted(kept, key=lambda one: tuple(part or "" for part in one))
