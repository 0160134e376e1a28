"""The tables of the rulebook's chapter 'tables': each is data, counted by the question that it names (DOMAIN §5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from missingnet.graph import rulebook

A_TABLE = "a table"


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what it counts, by what, and of what only."""

    id: str
    title: str
    words: str
    source: str
    of: str
    """The question that counts it."""
    lines: str
    columns: str | None
    added: bool
    """The columns are also added up."""
    counts: tuple[str, ...]
    kinds: tuple[str, ...]
    """Only episodes of these kinds; empty: of all."""
    only: str | None
    stacked: bool
    """Drawn with the columns on one another: they are parts of one number."""
    one_period: bool
    """What it counts by is told of a whole period: without names it is asked of one fixed period at a time."""


def tables() -> Mapping[str, Table]:
    """Every table by its id, in the rulebook's order."""
    return {name: _table(rule) for name, rule in rulebook.rules().items() if rule.table is not None}


def _table(rule: rulebook.Rule) -> Table:
    told = rule.table or {}
    return Table(
        id=rule.id,
        title=rule.title,
        words=rule.words,
        source=rule.source,
        of=told["of"],
        lines=told["lines"],
        columns=told.get("columns"),
        added=told.get("added", False),
        counts=tuple(told["counts"]),
        kinds=tuple(told.get("kinds", ())),
        only=told.get("only"),
        stacked=told.get("stacked", False),
        one_period=told.get("one_period", False),
    )
