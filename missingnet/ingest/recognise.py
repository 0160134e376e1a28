"""Which source a table is, by the names of its columns; more or fewer columns than usual still load."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from missingnet.ingest.declaration import fits, sources
from missingnet.ingest.mapping import FileMapping, default
from missingnet.ingest.problems import Unreadable, shape
from missingnet.ingest.tables import plain

NOT_KNOWN = "its columns fit no source"
_MOST_NAMED = 40


def candidates(source: str | None, mapping: FileMapping | None) -> list[FileMapping]:
    """The mappings to choose from: every source's own, or the one that was named; a given mapping replaces its own.

    :raises Unreadable: there is no source of that name, or the mapping is for another.
    """
    if source is not None and source not in sources():
        raise Unreadable(f"there is no source '{source}'", f"Sources: {', '.join(sorted(sources()))}.")
    if source and mapping and mapping.source.name != source:
        raise Unreadable(f"the mapping is for {mapping.source.name}, not {source}", "Give the one that fits.")
    if source:
        return [mapping or default(sources()[source])]
    own = [default(one) for name, one in sorted(sources().items()) if mapping is None or mapping.source.name != name]
    return [*own, mapping] if mapping else own


def recognise(header: Sequence[str], known: Sequence[FileMapping]) -> FileMapping:
    """The mapping that the header fits best.

    :raises Unreadable: it fits none, or two equally well; says which columns were seen and what is missing.
    """
    scores = sorted(((fits(one.names, one.source.required, header), one) for one in known), key=lambda s: -s[0])
    if not scores or not scores[0][0]:
        if len(known) == 1:
            only = known[0]
            there = {only.names.get(plain(column)) for column in header}
            theirs = {ours: name for name, ours in only.names.items()}
            missing = ", ".join(
                theirs.get(c, c) if only.source.mapped else c for c in only.source.required if c not in there
            )
            raise Unreadable(f"columns that {only.source.name} needs are not there: {missing}", "Check the header.")
        seen = ", ".join(
            shape(column) if any(c.isdigit() for c in column) else column for column in header[:_MOST_NAMED]
        )
        raise Unreadable(
            f"{NOT_KNOWN}; seen: {seen}{', …' if len(header) > _MOST_NAMED else ''}",
            f"Sources: {', '.join(sorted(sources()))}. 'missingnet mapping draft FILE' proposes a mapping.",
        )
    if len(scores) > 1 and scores[1][0] == scores[0][0]:
        raise Unreadable(
            f"it fits {scores[0][1].source.name} and {scores[1][1].source.name} alike", "Say which with --source."
        )
    return scores[0][1]


def columns_of(names: Mapping[str, str], header: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Where each of our columns stands in the header; one that stands twice has both places."""
    places: dict[str, list[int]] = {}
    for place, column in enumerate(header):
        if column and (ours := names.get(plain(column))) is not None:
            places.setdefault(ours, []).append(place)
    return {ours: tuple(found) for ours, found in places.items()}
