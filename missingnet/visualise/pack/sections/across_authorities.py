"""Networks, people, places and vehicles whose children are of several authorities; nobody here is assessed."""

from __future__ import annotations

from collections.abc import Sequence

from missingnet.graph.answers.cross_border import CrossBorder
from missingnet.visualise.pack.content import Block, Line, table
from missingnet.visualise.pack.gathered import Gathered
from missingnet.visualise.pack.questions import CROSS_BORDER
from missingnet.visualise.pack.section import Part, Section
from missingnet.visualise.words import NOT_RECORDED, agencies_words, agency_words, span_words

_NETWORK = "network"
#: What stands in a table of its own: people, then places and homes, then things.
_PEOPLE, _PLACES = ("associate",), ("place", "home")
_THINGS = ("vehicle", "phone", "online name")


def _children(pack: Gathered, row: CrossBorder) -> str:
    """The children under their councils; a child of several stands under each."""
    by_council = [f"{agency_words(one.council)}: {pack.all_called(one.child_ids, 'Child')}" for one in row.by_council]
    if row.no_council_ids:
        by_council.append(f"Council {NOT_RECORDED}: {pack.all_called(row.no_council_ids, 'Child')}")
    return ". ".join(by_council)


def _lines(pack: Gathered, levels: Sequence[str]) -> list[Line]:
    return [
        Line(
            (
                pack.called(row.thing_id, row.thing_kind or "") if row.thing_id else f"{row.children} children",
                agencies_words(row.spans),
                _children(pack, row),
                ", ".join(row.ways) or "records name them together",
                span_words(row.first, row.last),
                agencies_words(row.agencies),
            ),
            row.records,
        )
        for row in pack.rows(CROSS_BORDER, CrossBorder)
        if row.level in levels
    ]


def _table(pack: Gathered, caption: str, *levels: str) -> list[Block]:
    columns = (
        ("What", 3.2),
        ("Authorities", 2.4),
        ("Children", 4.8),
        ("How tied", 2.6),
        ("Observed", 2.2),
        ("Recorded by", 2.2),
    )
    return table(caption, columns, _lines(pack, levels))


def _networks(pack: Gathered) -> list[Block]:
    return _table(pack, "", _NETWORK)


def _others(pack: Gathered) -> list[Block]:
    return [
        *_table(pack, "People", *_PEOPLE),
        *_table(pack, "Places and homes", *_PLACES),
        *_table(pack, "Vehicles, telephones and names online", *_THINGS),
    ]


SECTION = Section(
    name="across_authorities",
    title="Across authorities",
    source="Operational group agenda (Framework, CMOG): out of area; networks and places; rule CROSS-BORDER (Ofsted "
    "2016; Guidance ¶20)",
    parts=(
        Part("Networks of children of several authorities", (CROSS_BORDER,), _networks),
        Part("People, places and vehicles that they share", (CROSS_BORDER,), _others),
    ),
)
