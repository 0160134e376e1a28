"""Where a field holds nothing the page says what that means, in the words of the field itself."""

from __future__ import annotations

import typing
from collections.abc import Iterator

from missingnet.api.screens.tables import cell_of, nothing_words
from missingnet.graph import catalogue
from missingnet.graph.answers import Row
from missingnet.graph.answers.hotspot import Hotspot


def _kinds_of(row: type[Row]) -> Iterator[type[Row]]:
    for kind in row.__subclasses__():
        yield kind
        yield from _kinds_of(kind)


def test_every_field_of_an_answer_that_may_hold_nothing_says_what_that_means() -> None:
    assert catalogue.catalogue()
    silent = {
        f"{row.__name__}.{name}"
        for row in _kinds_of(Row)
        if row.__module__.startswith("missingnet.")
        for name, about in row.model_fields.items()
        if type(None) in typing.get_args(about.annotation) and "None: " not in (about.description or "")
    }
    assert not silent


def test_a_cell_says_it_and_stands_first_when_sorted() -> None:
    assert nothing_words(Hotspot, "role") == "an area"
    area = Hotspot.model_construct(role=None)
    cell = cell_of(area, "role")
    assert (cell.kind, cell.value, cell.sort) == ("nothing", "an area", "")
