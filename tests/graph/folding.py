"""Random records that join, contradict, seal and judge, and a plain oracle of who stands with whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from missingnet.graph.judgements import Judgement, Side, Verdict
from missingnet.graph.records import LinkFact, Mention, Provenance, Record, VisibilityClass
from tests.graph.test_store_keeps_the_law_once import DAYS, KEYS, record

FILES = ("first", "second")
SEALED = "trafficking"
BIRTHS = (None, date(2010, 1, 1), date(2011, 12, 31), date(2012, 1, 1), date(1900, 1, 1))


def of_file(one: Record, file: str) -> Record:
    """The same record, told by another file."""
    return replace(one, provenance=Provenance(f"{file}.csv", file, 1), raw={"row of": file})


def description(
    key: str,
    day: date,
    born: date | None,
    keys: tuple[str, ...],
    kind: str = "Child",
    home: bool = False,
    agency: str = "99",
    compartments: tuple[str, ...] = (),
) -> Record:
    """A person as an agency describes them, with where they live: a link between two things, stated in passing."""
    mentions = {"whom": Mention(kind, keys)} | ({"home": Mention("Place", ("uprn:7",))} if home else {})
    links = (LinkFact("DESCRIBED_BY", "whom", "record"),)
    return replace(
        record(key, day, compartments=compartments),
        agency=agency,
        source="people",
        label="Description",
        facts={"name": "Ola Quilfern", "born": born},
        mentions=mentions,
        links=(*links, LinkFact("LIVES_AT", "whom", "home")) if home else links,
        search=("name:Ola Quilfern",),
    )


def judged(
    one: str,
    other: str,
    verdict: Verdict = "same",
    minute: int = 0,
    compartments: tuple[str, ...] = (),
    needs_second: bool = False,
) -> Record:
    """A judgement of two keys."""
    at = datetime(2026, 3, 2, 9) + timedelta(minutes=minute)
    access = VisibilityClass("99", ("997",), compartments)
    made = Judgement(
        (Side(one, "Child"), Side(other, "Associate")), verdict, "one name", "ann", at, ("r1",), access, needs_second
    )
    return made.record()


keys = st.lists(st.sampled_from(KEYS), min_size=1, max_size=2, unique=True).map(tuple)
kinds = st.sampled_from(["Associate", "Child"])
compartments = st.sampled_from([(), (), ("cse",), (SEALED,), ("cse", SEALED)])
episodes = st.builds(
    record,
    key=st.sampled_from(["1", "2", "3"]),
    day=st.sampled_from(DAYS),
    risk=st.sampled_from([None, "high"]),
    child=keys,
    with_whom=st.tuples(kinds, st.lists(st.sampled_from(KEYS), max_size=2, unique=True).map(tuple)),
    compartments=compartments,
)
descriptions = st.builds(
    description,
    key=st.sampled_from(["4", "5", "6"]),
    day=st.sampled_from(DAYS),
    born=st.sampled_from(BIRTHS),
    keys=keys,
    kind=kinds,
    home=st.booleans(),
    agency=st.sampled_from(["99", "997"]),
    compartments=compartments,
)
judgements = st.builds(
    lambda pair, *more: judged(pair[0], pair[1], *more),
    st.lists(st.sampled_from(KEYS), min_size=2, max_size=2, unique=True),
    st.sampled_from(["same", "same", "different"]),
    st.integers(0, 2),
    compartments,
    st.booleans(),
)
records = st.builds(of_file, st.one_of(episodes, descriptions, descriptions, judgements), st.sampled_from(FILES))


def together(loaded: Sequence[Record]) -> set[frozenset[str]]:
    """Which keys stand together, told plainly from the records: groups of two or more."""
    current: dict[str, list[Record]] = {}
    for one in loaded:
        current.setdefault(one.name, []).append(one)
    statements: list[tuple[Record, bool, list[Record]]] = []
    for versions in current.values():
        newest = max(v.when for v in versions)
        last = {v.content(): v for v in versions if v.when == newest}
        classes = [v.access for v in versions if v.when == newest]
        strictest = max(classes, key=lambda access: (len(set(access.compartments)), access.canonical()))
        statements += [(v, SEALED in strictest.compartments, list(last.values())) for v in last.values()]
    births: dict[str, set[date]] = {}
    for one, sealed, _ in statements:
        born = one.facts.get("born")
        if isinstance(born, date) and born.year > 1901 and not sealed:
            for key in one.mentions["whom"].keys:
                births.setdefault(key, set()).add(born)
    odd = {key for key, days in births.items() if _years(min(days), max(days)) >= 2}
    groups = {key: {key} for key in KEYS}
    for one, sealed, beside in statements:
        if sealed:
            continue
        for mention in one.mentions.values():
            for other in mention.keys:
                first = min(mention.keys)
                pair = {first, other}
                if len(pair) < 2 or not all(
                    any(
                        v.mentions[s].label == mention.label
                        and pair <= {*v.mentions[s].keys}
                        and first == min(v.mentions[s].keys)
                        for s in v.mentions
                    )
                    for v in beside
                ):
                    continue
                own = all(key.split(":")[1] == one.agency and key.count(":") > 1 for key in pair & odd)
                if one.label == "Judgement" or own:
                    whole = groups[first] | groups[other]
                    for key in whole:
                        groups[key] = whole
    return {frozenset(group) for group in groups.values() if len(group) > 1}


def _years(first: date, last: date) -> int:
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))
