"""The writing statements, read from their files once, each with its closed list of labels and link kinds filled in.

A label cannot be a parameter in Cypher. So a file names what it is for (``// for: EVENT``) and is expanded, when the
program starts, for each word of :mod:`missingnet.graph.terms`. Nothing from outside ever reaches a statement's text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final

from missingnet.graph.terms import (
    ADDED_FACTS,
    EVENTS,
    FAMILY_OF,
    LINK_FACTS,
    LINKS,
    RECORD_FACTS,
    SEARCH_KEY,
    THINGS,
    FactType,
)

#: Every kind of node but the bookkeeping of the schema and of the last batch.
NODES: Final = ("VisibilityClass", *THINGS, SEARCH_KEY, "Key", *EVENTS, "Removed", "Restricted")


def _ends(labels: tuple[str, ...]) -> tuple[str, ...]:
    """The labels a link may stand at, with those their things may turn out to be."""
    closed: dict[str, None] = {}
    for label in labels:
        closed.update(dict.fromkeys(FAMILY_OF.get(label, (label,))))
    return tuple(closed)


@lru_cache(maxsize=1)
def statements() -> Mapping[tuple[str, ...], str]:
    """Every statement by its name and the words filled in: ``("find-things", "Child")``."""
    found: dict[tuple[str, ...], str] = {}
    for path in sorted(files("missingnet.cypher").joinpath("write").iterdir(), key=lambda p: p.name):
        text = path.read_text(encoding="utf-8")
        name = path.name.removesuffix(".cypher")
        match = re.search(r"^// for: (.+)$", text, re.M)
        body = "\n".join(line for line in text.splitlines() if not line.startswith("//"))
        if match is None:
            found[(name,)] = body
            continue
        for words in _fillings(match.group(1)):
            filled = body
            for place, word in words.items():
                filled = re.sub(rf":{place}\b", f":{word}", filled)
            filled = filled.replace("LINK_FACTS", _listed(LINK_FACTS, "row.link"))
            if "EVENT" in words:
                label = words["EVENT"]
                facts = {**RECORD_FACTS, **EVENTS[label], **ADDED_FACTS.get(label, {})}
                filled = filled.replace("EVENT_FACTS", _listed(facts, "row.event"))
            found[(name, *words.values())] = filled
    return found


def _listed(facts: Mapping[str, FactType], whence: str) -> str:
    """Facts one by one: ``SET l = row.link`` writes a link twice on the embedded engine, in twice the time.

    An instant is sent once, in ``$times``, and named by its place: the driver takes a fifth of a millisecond to send
    one, which for four on every link was half the time of loading.
    """
    return ", ".join(
        f"{fact}: $times[{whence}.{fact}]" if kind == "instant" else f"{fact}: {whence}.{fact}"
        for fact, kind in facts.items()
    )


def _fillings(places: str) -> list[dict[str, str]]:
    if places == "EVENT":
        return [{"EVENT": label} for label in EVENTS]
    if places == "THING":
        return [{"THING": label} for label in (*THINGS, SEARCH_KEY)]
    if places == "NODE":
        return [{"NODE": label} for label in NODES]
    if places == "LINK":
        return [{"LINK": kind} for kind in LINKS]
    ends = [(a, kind, b) for kind, term in LINKS.items() for a in _ends(term.sources) for b in _ends(term.targets)]
    if places == "FROM,LINK,TO":
        return [{"FROM": a, "LINK": kind, "TO": b} for a, kind, b in ends]
    if places == "FROM,LINK,EVENT":
        return [{"FROM": a, "LINK": kind, "EVENT": b} for a, kind, b in ends if b in EVENTS]
    if places == "EVENT,LINK,TO":
        return [{"EVENT": a, "LINK": kind, "TO": b} for a, kind, b in ends if a in EVENTS]
    raise ValueError(f"a writing statement cannot be for {places}")


@lru_cache(maxsize=2)
def schema(engine: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The numbered schema files in order, each as its statements; none where it is for another engine."""
    found = []
    for path in sorted(files("missingnet.cypher").joinpath("schema").iterdir(), key=lambda p: p.name):
        if not path.name.endswith(".cypher"):
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        text = "\n".join(line for line in lines if not line.startswith("//"))
        meant = next((line.removeprefix("// engine: ") for line in lines if line.startswith("// engine: ")), engine)
        parts = tuple(s.strip() for s in text.split(";") if s.strip()) if meant == engine else ()
        found.append((int(path.name.split("-")[0]), parts))
    return tuple(found)
