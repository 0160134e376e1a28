"""A table drawn as bars: the same numbers as the table beside it. What was not provided is a gap in words, never a bar.

Each bar says in words which column it is of and how many it stands for, so that nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from missingnet.graph.answers.counting import MEAN
from missingnet.graph.answers.tabled import HIDDEN
from missingnet.visualise import look, svg
from missingnet.visualise.sheet import HIDDEN_SIGN, NOT_PROVIDED_WORDS, Sheet, SheetCell, SheetLine

_WIDTH: Final = 960.0
_LABEL: Final = 250.0
_OF: Final = 130.0
_BAR: Final = 15.0
_GAP: Final = 10.0
_NUMBER: Final = 70.0
_SIZE: Final = 13.0
#: Colours of the GOV.UK palette; white numbers on each are at least 4.5 to 1.
COLOURS: Final = ("#1d70b8", "#8a5a00", "#505a5f", "#4c2c92", "#00703c", "#ca3535")


def bars_svg(sheet: Sheet, name: str, title: str) -> Markup:
    """The lines of a table as bars, without the total; columns side by side, or on one another where they are parts."""
    lines = [line for line in sheet.lines if not line.total]
    measure = drawn_measure(sheet)
    most = max((_length(line, sheet, measure) for line in lines), default=0) or 1
    parts: list[str] = []
    top = _GAP
    period = ""
    for line in lines:
        if len(sheet.periods) > 1 and sheet.table.lines != "month" and line.period != period:
            parts.append(svg.text(line.period, (0, top + _BAR), size=_SIZE, bold=True))
            top, period = top + _BAR + _GAP, line.period
        drawn, height = _line(line, sheet, measure, most, top)
        parts += drawn
        top += height + _GAP
    if sheet.table.stacked and lines:
        parts += _legend(lines[0], measure, top + 4)
        top += _BAR + 2 * _GAP
    return Markup(svg.picture((0, 0, _WIDTH, top), name, title, _desc(sheet, lines, measure), parts))  # noqa: S704


def drawn_measure(sheet: Sheet) -> str:
    """The measure that is drawn: the average where there is one, else the first."""
    return MEAN if MEAN in sheet.table.counts else sheet.table.counts[0]


def _of(line: SheetLine, measure: str, *, added: bool = True) -> list[SheetCell]:
    return [cell for cell in line.cells if cell.measure == measure and (added or cell.column not in ("Added", "All"))]


def _length(line: SheetLine, sheet: Sheet, measure: str) -> float:
    cells = _of(line, measure, added=not sheet.table.stacked)
    numbers = [cell.number or 0 for cell in cells]
    return sum(numbers) if sheet.table.stacked else max(numbers, default=0)


def _line(line: SheetLine, sheet: Sheet, measure: str, most: float, top: float) -> tuple[list[str], float]:
    """The bars of one line, and how high they stand together."""
    cells = _of(line, measure, added=not sheet.table.stacked)
    parts = [svg.text(_cut(line.words), (0, top + _BAR - 3), size=_SIZE)]
    if sheet.table.stacked:
        left = _LABEL
        for number, cell in enumerate(cells):
            if cell.number:
                width = (_WIDTH - _LABEL - _NUMBER) * cell.number / most
                parts.append(_rect(left, top, width, COLOURS[number % len(COLOURS)]))
                if width > 16:
                    parts.append(_inside(cell.text, left + width / 2, top + _BAR - 3))
                left += width
        gone = [cell for cell in cells if cell.number is None]
        words = _missing(gone[0]) if gone else f"{sum(cell.number or 0 for cell in cells):,}"
        parts.append(svg.text(words, (left + 6, top + _BAR - 3), size=_SIZE))
        return parts, _BAR
    several = len(cells) > 1
    left = _LABEL + (_OF if several else 0)
    for number, cell in enumerate(cells):
        y = top + number * (_BAR + 2)
        if several:
            parts.append(svg.text(cell.column, (_LABEL, y + _BAR - 3), size=_SIZE - 1))
        width = (_WIDTH - left - _NUMBER) * (cell.number or 0) / most
        if cell.number:
            parts.append(_rect(left, y, width, COLOURS[number % len(COLOURS)]))
        words = cell.text if cell.number is not None else _missing(cell)
        parts.append(svg.text(words, (left + width + 6, y + _BAR - 3), size=_SIZE))
    return parts, len(cells) * (_BAR + 2)


def _missing(cell: SheetCell) -> str:
    return f"{HIDDEN_SIGN} (hidden)" if cell.state == HIDDEN else NOT_PROVIDED_WORDS


def _rect(x: float, y: float, width: float, colour: str) -> str:
    sides = f'x="{svg.number(x)}" y="{svg.number(y)}" width="{svg.number(width)}" height="{svg.number(_BAR)}"'
    return f'<rect {sides} fill="{colour}" stroke="{look.PAPER}" stroke-width="1"/>'


def _inside(words: str, x: float, y: float) -> str:
    at = f'x="{svg.number(x)}" y="{svg.number(y)}" font-size="{svg.number(_SIZE - 1)}" text-anchor="middle"'
    return f'<text {at} fill="{look.PAPER}">{svg.safe(words)}</text>'


def _legend(line: SheetLine, measure: str, top: float) -> list[str]:
    parts, left = [], _LABEL
    for number, cell in enumerate(_of(line, measure, added=False)):
        parts.append(_rect(left, top, 18, COLOURS[number % len(COLOURS)]))
        parts.append(svg.text(cell.column, (left + 24, top + _BAR - 3), size=_SIZE))
        left += 40 + look.text_width(cell.column, _SIZE)
    return parts


def _cut(words: str) -> str:
    """A label that fits beside its bars; the table has it whole."""
    while look.text_width(words, _SIZE) > _LABEL - 12:
        words = words[:-2].rstrip("…") + "…"
    return words


def _desc(sheet: Sheet, lines: Sequence[SheetLine], measure: str) -> str:
    return f"{sheet.table.title}: {len(lines)} lines of {measure}. The table beside it holds the same numbers."
