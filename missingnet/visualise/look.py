"""How every kind of thing, link and entry looks: one table for screen, printed picture and stand-alone file.

Shape differs wherever colour does, and a weak link is dashed as well as thin, so that nothing is told by colour alone.
Colours are from the GOV.UK palette or as dark: at least 4.5 to 1 against white. Nothing here ranks a person: a shape
says what kind of thing it is, and a line's weight says how well the link is supported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import cos, pi, sin
from typing import Final, Literal

Strength = Literal["strong", "medium", "weak"]
Point = tuple[float, float]

FONT: Final = "Arial, Liberation Sans, Helvetica, sans-serif"
INK: Final = "#0b0c0c"
FAINT: Final = "#505a5f"
PAPER: Final = "#ffffff"

#: Half the height of a node's shape, in pixels, and that of the person or place that the page is about.
RADIUS: Final = 13.0
RADIUS_HERE: Final = 19.0
LABEL_SIZE: Final = 13
LABEL_LINE: Final = 15.0
LABEL_WIDTH: Final = 20
"""Characters in one line of a label; a label takes at most two lines in a picture and is whole everywhere else."""


@dataclass(frozen=True, slots=True)
class NodeLook:
    """A kind of node: its word for one and for many, its colour, and its outline on the unit circle (none = a disc)."""

    words: str
    many: str
    colour: str
    outline: tuple[Point, ...] | None


@dataclass(frozen=True, slots=True)
class LinkLook:
    """A strength of link: its words, line width in pixels, dash and gap in pixels (none = solid) and colour."""

    words: str
    width: float
    dash: tuple[int, int] | None
    colour: str


@dataclass(frozen=True, slots=True)
class MarkLook:
    """A kind of timeline entry: its words, its colour, and its outline on the unit circle (none = a disc).

    `lasts`: without an end it is still open, and not over in a moment.
    """

    words: str
    colour: str
    outline: tuple[Point, ...] | None
    lasts: bool


def _polygon(corners: int, turn: float, size: float = 1.0) -> tuple[Point, ...]:
    """A regular polygon whose first corner stands `turn` quarter-turns clockwise of the top."""
    angles = (turn * pi / 2 - pi / 2 + 2 * pi * corner / corners for corner in range(corners))
    return tuple((round(size * cos(angle), 3), round(size * sin(angle), 3)) for angle in angles)


def _star(points: int, inner: float) -> tuple[Point, ...]:
    """A star with `points` points whose hollows lie at `inner` of its radius."""
    outer, hollow = _polygon(points, 0, 1.15), _polygon(points, 2 / points, 1.15 * inner)
    return tuple(corner for pair in zip(outer, hollow, strict=True) for corner in pair)


SQUARE: Final = ((-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88))
DIAMOND: Final = _polygon(4, 0, 1.15)
TRIANGLE: Final = ((0.0, -1.0), (1.05, 0.85), (-1.05, 0.85))
TRIANGLE_DOWN: Final = ((-1.05, -0.85), (1.05, -0.85), (0.0, 1.0))
HEXAGON: Final = _polygon(6, 1, 1.08)
HOUSE: Final = ((0.0, -1.1), (1.0, -0.2), (0.72, -0.2), (0.72, 0.9), (-0.72, 0.9), (-0.72, -0.2), (-1.0, -0.2))
STAR: Final = _star(5, 0.5)
BAR: Final = ((-1.05, -0.5), (1.05, -0.5), (1.05, 0.5), (-1.05, 0.5))
BOW: Final = ((-0.95, -0.95), (0.95, -0.95), (-0.95, 0.95), (0.95, 0.95))
PENTAGON: Final = _polygon(5, 0, 1.1)
PAGE: Final = ((-0.7, -0.95), (0.3, -0.95), (0.7, -0.5), (0.7, 0.95), (-0.7, 0.95))
CROSS: Final = tuple(
    (x * 0.95, y * 0.95)
    for x, y in (
        (-0.4, -1.0),
        (0.4, -1.0),
        (0.4, -0.4),
        (1.0, -0.4),
        (1.0, 0.4),
        (0.4, 0.4),
        (0.4, 1.0),
        (-0.4, 1.0),
        (-0.4, 0.4),
        (-1.0, 0.4),
        (-1.0, -0.4),
        (-0.4, -0.4),
    )
)

_RECORD: Final = "#505a5f"

#: Every kind of thing, and the events that a picture may show between two things.
NODES: Final[Mapping[str, NodeLook]] = {
    "Child": NodeLook("Child", "Children", "#1d70b8", None),
    "Associate": NodeLook("Associate", "Associates", "#ca3535", SQUARE),
    "Place": NodeLook("Place", "Places", "#00703c", TRIANGLE),
    "Home": NodeLook("Home", "Homes", "#11706b", HOUSE),
    "School": NodeLook("School", "Schools", "#912b88", STAR),
    "Vehicle": NodeLook("Vehicle", "Vehicles", "#8a5a00", HEXAGON),
    "Phone": NodeLook("Phone", "Phones", "#4c2c92", DIAMOND),
    "OnlineHandle": NodeLook("Online handle", "Online handles", "#a3195b", TRIANGLE_DOWN),
    "Episode": NodeLook("Episode", "Episodes", _RECORD, PAGE),
    "ReturnInterview": NodeLook("Return interview", "Return interviews", _RECORD, PAGE),
    "Intelligence": NodeLook("Intelligence report", "Intelligence reports", _RECORD, PAGE),
    "Notice": NodeLook("Notice", "Notices", _RECORD, PAGE),
    "Placement": NodeLook("Placement", "Placements", _RECORD, PAGE),
}

LINKS: Final[Mapping[Strength, LinkLook]] = {
    "strong": LinkLook("Strong", 3.0, None, "#0b0c0c"),
    "medium": LinkLook("Medium", 1.6, None, "#505a5f"),
    "weak": LinkLook("Weak", 1.4, (6, 5), "#505a5f"),
}
#: A link past its review date, or said to hold no longer, is dotted, whatever its strength; words say which.
FADED_DASH: Final = (2, 4)
FADED_WORDS: Final = "Past its review date"
ENDED_WORDS: Final = "Said to hold no longer"


def link_look(strength: Strength, faded: bool) -> LinkLook:
    """How a link is drawn."""
    return replace(LINKS[strength], dash=FADED_DASH, colour=FAINT) if faded else LINKS[strength]


#: The rows of a timeline, from the top.
LANES: Final[Mapping[str, str]] = {
    "missing": "Missing",
    "away": "Absent or away",
    "found": "Found",
    "interview": "Interviews and checks",
    "school": "School",
    "placement": "Placements",
    "intelligence": "Intelligence",
    "risk": "Assessments and lists",
    "meeting": "Meetings and actions",
}

#: Every kind of entry, each with its own shape within its row: a square is missing, a diamond absent.
MARKS: Final[Mapping[str, MarkLook]] = {
    "missing": MarkLook("Missing", "#ca3535", SQUARE, True),
    "absent": MarkLook("Absent", "#8a5a00", DIAMOND, True),
    "away": MarkLook("Away from placement", "#4c2c92", HEXAGON, True),
    "found": MarkLook("Found", "#00703c", TRIANGLE, False),
    "interview": MarkLook("Return interview", "#1d70b8", None, False),
    "check": MarkLook("Safe and well check", "#1d70b8", CROSS, False),
    "school": MarkLook("School", "#912b88", STAR, False),
    "roll": MarkLook("On a school roll", "#912b88", BAR, True),
    "cme": MarkLook("Missing education", "#912b88", BOW, True),
    "placement": MarkLook("Placement", "#11706b", HOUSE, True),
    "intelligence": MarkLook("Intelligence", "#505a5f", PAGE, False),
    "risk": MarkLook("Assessment, notice or list", "#a3195b", TRIANGLE_DOWN, False),
    "meeting": MarkLook("Meeting or action", "#0b0c0c", PENTAGON, False),
}


def outline_path(outline: tuple[Point, ...] | None, x: float, y: float, radius: float) -> str:
    """The SVG path of a shape about a point: what the screen, the picture and the stand-alone file all draw."""
    if outline is None:
        return f"M{x - radius:.1f} {y:.1f}a{radius:.1f} {radius:.1f} 0 1 0 {2 * radius:.1f} 0a{radius:.1f} {radius:.1f} 0 1 0 {-2 * radius:.1f} 0z"  # noqa: E501
    return "M" + "L".join(f"{x + radius * dx:.1f} {y + radius * dy:.1f}" for dx, dy in outline) + "z"


def label_lines(label: str) -> tuple[str, ...]:
    """A label in at most two lines of LABEL_WIDTH characters, broken at spaces; one cut short ends in an ellipsis."""
    words, lines = label.split(), [""]
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= LABEL_WIDTH or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    cut = [line if len(line) <= LABEL_WIDTH else line[: LABEL_WIDTH - 1] + "…" for line in lines[:2]]
    if len(lines) > 2 and not cut[1].endswith("…"):
        cut[1] = cut[1][: LABEL_WIDTH - 1].rstrip() + "…"
    return tuple(cut)


#: Widths of Arial's characters in thousandths of its size, where they differ much from the average.
_NARROW: Final = dict.fromkeys("iljtfrI.,:;'’!|()[] -", 300)
_WIDE: Final = dict.fromkeys("mwMW@%", 880)


def text_width(text: str, size: float = LABEL_SIZE) -> float:
    """How wide a line of text is drawn, in pixels, to within a tenth: enough to keep labels apart."""
    known = _NARROW | _WIDE
    return sum(known.get(character, 667 if character.isupper() else 556) for character in text) * size / 1000
