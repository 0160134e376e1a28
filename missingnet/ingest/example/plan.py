"""What is planted on one child, decided before any row is written."""

from __future__ import annotations

from dataclasses import dataclass, field

from missingnet.ingest.example.care import Placement
from missingnet.ingest.example.episodes import Episode
from missingnet.ingest.example.people import Child


@dataclass(slots=True)
class Planted:
    """Directions for one child of that number; None leaves the matter to the child's own stream.

    'entry' is the child's line of truth.json, completed when the child's rows are written. 'like' gives a twin its
    surname, date of birth, address and school. 'school' is the draw that chooses its school; 'background' counts the
    missing episodes drawn beside the planted ones. 'held' are its placements, 'left' the last day at school; 'whole' is
    a child who missed no session; 'left_out' is the party whom nobody told of the planted return.
    """

    number: int
    entry: dict[str, object]
    authority: str = ""
    background: int | None = None
    settled: int | None = None
    in_care: bool | None = None
    lists: tuple[str, ...] | None = None
    missing_education: bool | None = None
    assessed: bool | None = None
    interviewed: bool = True
    absences: int | None = None
    school: float | None = None
    episodes: list[Episode] = field(default_factory=list)
    like: Child | None = None
    held: list[Placement] | None = None
    left: int | None = None
    whole: bool = False
    left_out: str = ""


Plan = dict[int, Planted]
