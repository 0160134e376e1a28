"""Vehicles and telephones by what is written on them, made ready to be compared: one character off, or look-alikes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from missingnet.ingest.linkage.tabled import table

if TYPE_CHECKING:
    import duckdb

#: Letters and figures that are read for one another on a plate.
_ALIKE: Final = str.maketrans("OQDILZSGB", "000112568")
#: How much of a marking stays whole at its front or back where one character of it is wrong.
_ENDS: Final = {"Vehicle": (4, 3), "Phone": (8, 5)}


@dataclass(frozen=True, slots=True)
class Marked:
    """One vehicle by its registration mark, or one telephone by its number in the international form.

    ``around`` are the things it was recorded with: people, above all.
    """

    thing: str
    mark: str
    around: tuple[str, ...] = ()


def prepare(con: duckdb.DuckDBPyConnection, kind: Literal["Vehicle", "Phone"], marked: Sequence[Marked]) -> None:
    """Make the table ``prepared`` that the model ``markings`` reads."""
    front, back = _ENDS[kind]
    columns: dict[str, Sequence[Any]] = {
        "id": [one.thing for one in marked],
        "thing": [one.thing for one in marked],
        "mark": [one.mark for one in marked],
        "folded": [one.mark.translate(_ALIKE) if kind == "Vehicle" else one.mark for one in marked],
        "front": [one.mark[:front] for one in marked],
        "back": [one.mark[-back:] for one in marked],
        "around": [one.around for one in marked],
    }
    table(con, "prepared", columns, {"around": "texts"})
