"""What a rule names at two times: what is new, still there, changed or gone. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from missingnet.graph.answers import Row

What = Literal["new", "still", "changed", "gone"]
#: In the order of work.
WHATS: tuple[What, ...] = ("new", "changed", "still", "gone")


@dataclass(frozen=True, slots=True)
class Change:
    """One subject of a rule and what became of it; the row is of the later time, or of the earlier where it is gone."""

    what: What
    row: Row


def by_subject(rows: Sequence[Row]) -> Mapping[Hashable, Row]:
    """The rows by whom or what they are about, of those that the rule names; the first where several are of one."""
    found: dict[Hashable, Row] = {}
    for row in rows:
        if row.named and row.subject is not None:
            found.setdefault(row.subject, row)
    return found


def compared(now: Sequence[Row], before: Sequence[Row]) -> list[Change]:
    """What became of each subject between two answers of one rule: in the order of the rows, those gone last.

    It is 'changed' where it rests on a record that it did not rest on before: a record that no longer counts, because
    a window has rolled on, is no news.
    """
    new, old = by_subject(now), by_subject(before)
    found = [
        Change("new" if subject not in old else "changed" if row.evidence - old[subject].evidence else "still", row)
        for subject, row in new.items()
    ]
    return [*found, *(Change("gone", row) for subject, row in old.items() if subject not in new)]
