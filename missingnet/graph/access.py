"""Who may see which records: plain rules, decided on each request (DESIGN §7, SECURITY §4).

A reader sees a record when the record is their own agency's or concerns an authority of theirs, **and** the reader
holds every compartment the record lies in, **and** the purpose opens every one of those compartments. There is no
rule that denies: what no rule allows is not seen.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from missingnet.graph.records import VisibilityClass

#: Intelligence that may be shared 'with conditions' (3x5x2 handling code C) is its own compartment.
CONDITIONS: Final = "handling-conditions"

#: Among a record's authorities: it comes from a register that anybody may read (schools, Ofsted's providers).
PUBLIC: Final = "public"

#: The compartment of what is for people who are named for it: told so by its source, or restricted here by a person.
RESTRICTED: Final = "restricted"

#: Compartments whose records join nothing for anybody: what they state to be one stays a link of theirs, SAME_AS
#: (DESIGN §2 'Open and sealed joins'). The stored graph follows this list: after a change, load into an empty one.
SEALED: Final = frozenset({RESTRICTED, "sealed-placement", "trafficking", "trafficking-location"})

#: The purpose for which tables are counted. For it nothing else may be asked.
STATISTICS: Final = "STATISTICS"
#: The purpose for which the audit is read, by those who keep watch over who looks at whom.
AUDIT: Final = "AUDIT"
#: The role that reads what the audit says of its own agency's people; and the one that reads all of it.
AUDITOR: Final = "auditor"
PARTNERSHIP_AUDITOR: Final = "partnership-auditor"
AUDITORS: Final = frozenset({AUDITOR, PARTNERSHIP_AUDITOR})
#: A reader with this role sees no names: tables with their small numbers hidden, and nothing else (DOMAIN §1, §8).
NUMBERS_ONLY: Final = "numbers-only"

#: What each purpose may open. A child's home address is for the work that needs it and no other (DOMAIN §8).
PURPOSES: Final[Mapping[str, frozenset[str]]] = {
    "MASE": frozenset({"cse", "interviews", "intelligence", CONDITIONS, "trafficking", "home-address"}),
    "OPERATIONAL-GROUP": frozenset({"cse", "interviews", "intelligence", CONDITIONS, "trafficking"}),
    "CASE": frozenset({"cse", "interviews", "intelligence", CONDITIONS, "trafficking", "home-address", RESTRICTED}),
    "INVESTIGATION": frozenset(
        {"cse", "interviews", "intelligence", CONDITIONS, "trafficking", "home-address", RESTRICTED}
    ),
    "EDUCATION": frozenset({"interviews", "home-address"}),
    "HEALTH": frozenset(),
    "DATA-QUALITY": frozenset(),
    # Who looked at whom: for those who keep watch over that, and opening nothing that is sealed.
    AUDIT: frozenset(),
    # Numbers only, never a sealed record, and nothing but tables for anybody (decision 0011).
    STATISTICS: frozenset({"cse", "interviews", "home-address"}),
}

#: The most that leaves the service in a file, whoever takes it away and whoever gets it: what is restricted to people
#: who are named for it is read here and nowhere else (decision 0024).
LEAVES: Final = frozenset({"cse", "interviews", "intelligence", CONDITIONS, "trafficking", "home-address"})


class AccessError(ValueError):
    """A reader or purpose that is not known, said in words that name the remedy."""


@dataclass(frozen=True, slots=True)
class Emergency:
    """Access in an emergency (BREAK-GLASS): one child's own records in these compartments, whoever owns them.

    ``id`` names this one use of it in the audit. It opens beside what the reader sees anyway, and adds up to no join.
    """

    id: str
    child: str
    compartments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is asked leaves in a file, for these readers: it holds what each of them may see, and no more than LEAVES.

    ``conditions`` is False where the file has no place beside a record for the conditions set by its owner: what is
    shared with conditions stays out of it.
    """

    recipients: tuple[Reader, ...]
    conditions: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """A person who asks: their agency, what they do, the authorities and compartments they are cleared for.

    ``loads`` are other agencies whose files they may send in beside their own agency's; ``watches`` are the codes of
    the purposes for which the rules are watched for them; ``emergency`` is what is open to them for this one question;
    ``leaving`` is for whom its answer leaves in a file.
    """

    name: str
    title: str
    agency: str
    roles: tuple[str, ...]
    areas: tuple[str, ...]
    compartments: tuple[str, ...]
    loads: tuple[str, ...] = ()
    watches: tuple[str, ...] = ()
    emergency: Emergency | None = None
    leaving: Leaving | None = None

    @property
    def names(self) -> bool:
        """False for those who see numbers only: no child, no record, no small number."""
        return NUMBERS_ONLY not in self.roles

    @property
    def only_audits(self) -> bool:
        """True for those who keep watch over who looks at whom, and do no work with the records themselves."""
        return bool(self.roles) and AUDITORS.issuperset(self.roles)

    def may_load_for(self, agency: str) -> bool:
        """True for their own agency and those configured: what is loaded in an agency's name is taken as its word."""
        return agency == self.agency or agency in self.loads


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why a reader asks: a code from :data:`PURPOSES` and the meeting or case it is for."""

    code: str
    reference: str

    @classmethod
    def parse(cls, text: str) -> Purpose:
        """The purpose in 'CODE reference'; the code in any case. The reference may be left out.

        :raises AccessError: no purpose, or a code that is not one; says which there are.
        """
        code, _, reference = text.strip().partition(" ")
        if code.upper() not in PURPOSES:
            raise AccessError(f"Say what this is for: a purpose is one of {', '.join(PURPOSES)}, then a reference.")
        return cls(code.upper(), reference.strip())


def needed(access: VisibilityClass) -> frozenset[str]:
    """Every compartment that a reader must hold, and a purpose must open, to see a record of this class."""
    conditions = {CONDITIONS} if access.handling == "C" else set()
    return frozenset(access.compartments) | conditions


def restricted(access: VisibilityClass) -> VisibilityClass:
    """The same class, for those alone who are named for what is restricted."""
    return replace(access, compartments=tuple(sorted({*access.compartments, RESTRICTED})))


def sealed(access: VisibilityClass) -> bool:
    """True when records of this class join nothing, lest a join disclose them to those who may not see them."""
    return not SEALED.isdisjoint(access.compartments)


def sees(reader: Reader, purpose: Purpose, access: VisibilityClass) -> bool:
    """True when the reader may see records of this class for this purpose."""
    compartments = needed(access)
    granted = (
        access.owner == reader.agency
        or PUBLIC in access.authorities
        or bool(set(access.authorities) & set(reader.areas))
        or ("*" in reader.areas and bool(access.authorities))
    )
    return granted and compartments <= set(reader.compartments) and compartments <= PURPOSES[purpose.code]


def leaves(reader: Reader, purpose: Purpose, access: VisibilityClass) -> bool:
    """True when records of this class may stand in the file in which the answer leaves, or it leaves in none."""
    leaving = reader.leaving
    if leaving is None:
        return True
    most = LEAVES if leaving.conditions else LEAVES - {CONDITIONS}
    return needed(access) <= most and all(sees(one, purpose, access) for one in leaving.recipients)


def opens(emergency: Emergency, purpose: Purpose, access: VisibilityClass) -> bool:
    """True when a record of this class is opened in the emergency, if it is one of the child's own.

    What is sealed is never opened: those records are for people who are named for them (decision 0019).
    """
    compartments = needed(access)
    return not sealed(access) and compartments <= set(emergency.compartments) & PURPOSES[purpose.code]


def visible(reader: Reader, purpose: Purpose, classes: Sequence[VisibilityClass], *, past: bool) -> list[bool]:
    """The list that every question's test looks up: by class number, may this reader see it.

    Numbers come in pairs: 2k is the class on current versions, 2k+1 on closed ones, opened only by a question
    'as known at' a date. A number past the end, or none, is null in Cypher and so not seen.
    """
    return _paired((sees(reader, purpose, each) and leaves(reader, purpose, each) for each in classes), past)


def opened(reader: Reader, purpose: Purpose, classes: Sequence[VisibilityClass], *, past: bool) -> list[bool]:
    """The like list for an emergency: of these classes the child's own records are seen. Empty: there is none."""
    emergency = reader.emergency
    return [] if emergency is None else _paired((opens(emergency, purpose, access) for access in classes), past)


def _paired(seen: Iterable[bool], past: bool) -> list[bool]:
    return [one for current in seen for one in (current, current and past)]


def readers(extra: Path | None = None, *, demonstration: bool = True) -> Mapping[str, Reader]:
    """The readers by name: the demonstration readers if wanted, and those of a readers.toml file where there is one.

    The file is read again when it has changed, so that what is taken from a reader is gone with the next question.
    """
    changed = extra.stat().st_mtime_ns if extra is not None and extra.exists() else 0
    return _readers(extra, changed, demonstration)


@lru_cache(maxsize=8)
def _readers(extra: Path | None, changed: int, demonstration: bool) -> Mapping[str, Reader]:
    found: dict[str, Reader] = {}
    for path in (Path(__file__).with_name("demo_readers.toml") if demonstration else None, extra):
        if path is None or not path.exists():
            continue
        for name, about in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found[name] = Reader(
                name=name,
                title=about["title"],
                agency=about["agency"],
                roles=tuple(about["roles"]),
                areas=tuple(about["areas"]),
                compartments=tuple(about["compartments"]),
                loads=tuple(about.get("loads", ())),
                watches=tuple(about.get("watches", ())),
            )
    return found


def reader(name: str, known: Mapping[str, Reader] | None = None) -> Reader:
    """The reader of that name, among those known; unless told otherwise, among the demonstration's.

    :raises AccessError: no such reader; says which there are.
    """
    known = readers() if known is None else known
    if name not in known:
        raise AccessError(f"No such reader. Known readers: {', '.join(known) or 'none; name them in readers.toml'}.")
    return known[name]
