"""CROSS-LISTS: children on several lists at once, and each combination counted (Procedures, good-practice data)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from pydantic import Field

from missingnet.graph.answers import Asked, Row
from missingnet.graph.answers.said import many
from missingnet.graph.answers.ties import Texts, texts
from missingnet.graph.times import utc_to_london


class Entry(Row):
    """One record by which a child stands on a list, as the graph holds it."""

    list: str = Field(description="The list; 'cme': missing from education; 'missing': missing episodes")
    record: str = Field(description="The record")
    agency: str = Field(description="Whose it is")
    day: date | None = Field(description="From when on the list; None: not recorded, or an episode")
    moment: datetime | None = Field(description="When the episode began, UTC; None: an entry on a list")

    @property
    def since(self) -> date | None:
        """The London day from which it says so."""
        return utc_to_london(self.moment).date() if self.moment else self.day


class CrossListsFact(Row):
    """One child and every record by which they stand on a list."""

    child_id: str = Field(description="The child")
    entries: tuple[Entry, ...] = Field(description="The records", strict=False)

    @classmethod
    def derive(cls, rows: Sequence[CrossListsFact], asked: Asked) -> tuple[Sequence[Row], Sequence[str]]:
        """Children on most lists first; those of one combination stand together, and a note counts each combination."""
        least = asked.parameters["min_lists"]
        standing = {row.child_id: frozenset(entry.list for entry in row.entries) for row in rows}
        counts = Counter(lists for lists in standing.values() if len(lists) >= least)
        more = {lists: sum(n for other, n in counts.items() if other > lists) for lists in standing.values()}
        shown = [
            _child(row, least, counts[standing[row.child_id]], more[standing[row.child_id]], asked.about is None)
            for row in rows
        ]
        shown.sort(key=lambda row: (-len(row.lists), row.lists, row.child_id))
        if asked.about is not None:
            return shown, ()
        ordered = sorted(counts, key=lambda lists: (-len(lists), sorted(lists)))
        notes = [
            f"{', '.join(sorted(lists))}: {many(counts[lists], 'child', 'children')} on these and no other list asked "
            f"about, {more[lists]} on these and more."
            for lists in ordered
        ]
        return shown, [*notes, f"Lists asked about: {', '.join(asked.parameters['lists'])}."]


def _child(row: CrossListsFact, least: int, same: int, more: int, counted: bool) -> CrossLists:
    lists = texts(entry.list for entry in row.entries)
    state = "fired" if len(lists) >= least else "just short" if len(lists) == least - 1 else "not fired"
    return CrossLists(
        child_id=row.child_id,
        state=state,
        why=f"On {many(len(lists), 'list')}; the rule fires at {least}",
        lists=lists,
        same_combination=same if counted else None,
        more_lists=more if counted else None,
        entries=tuple(
            Standing(
                list=name,
                since=min((e.since for e in row.entries if e.list == name and e.since is not None), default=None),
                records=texts(e.record for e in row.entries if e.list == name),
                agencies=texts(e.agency for e in row.entries if e.list == name),
            )
            for name in lists
        ),
        agencies=texts(entry.agency for entry in row.entries),
        records=texts(entry.record for entry in row.entries),
    )


class Standing(Row):
    """One list that the child stands on."""

    list: str = Field(description="The list")
    since: date | None = Field(description="Since when, London's day; None: not recorded")
    records: Texts = Field(description="Records that say so")
    agencies: Texts = Field(description="Whose they are")


class CrossLists(Row):
    """One child and the lists that they stand on."""

    SUBJECT = ("child_id",)

    child_id: str = Field(description="The child")
    state: str = Field(description="'fired': on lists enough; asked about one child also 'just short', 'not fired'")
    why: str = Field(description="The facts against the threshold, in words")
    lists: Texts = Field(description="The lists, the child's combination")
    same_combination: int | None = Field(
        description="How many children stand on exactly these; None: asked about one child, others are not counted"
    )
    more_lists: int | None = Field(description="How many stand on these and more; None: not counted")
    entries: tuple[Standing, ...] = Field(description="Each list, since when and by whom", strict=False)
    agencies: Texts = Field(description="Agencies whose records say so")
    records: Texts = Field(description="All these records")
