"""One line for each child: missing episodes as squares, absences as diamonds, in order of date (Streetwise's chart)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from markupsafe import Markup

from missingnet.graph.answers.lines_of_children import ChildLine
from missingnet.graph.times import utc_to_london
from missingnet.visualise import look, svg
from missingnet.visualise.words import EPISODE_WORDS, month_words

_WIDTH: Final = 1000.0
_LEFT: Final = 190.0
_RIGHT: Final = 24.0
_ROW: Final = 20.0
_TOP: Final = 46.0
_MARK: Final = 5.5
_SIZE: Final = 13.0
#: How each kind is drawn; one graded of no apparent risk is a diamond too.
_AS: Final[Mapping[str, str]] = {"missing": "missing", "absent": "absent", "no apparent risk": "absent", "away": "away"}


def lines_svg(
    lines: Sequence[ChildLine], names: Mapping[str, str], since: datetime, until: datetime, title: str
) -> Markup:
    """The picture of these lines over one period; ``names`` are what the children are called, by id."""
    first, last = utc_to_london(since), utc_to_london(until)
    span = (last - first).total_seconds() or 1

    def across(moment: datetime) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (moment - first).total_seconds() / span

    height = _TOP + _ROW * len(lines) + 10
    parts = _legend()
    for month in _months(first.date(), last.date()):
        x = across(datetime(month.year, month.month, month.day))
        parts.append(f'<path d="M{x:.1f} {_TOP - 4} V{height - 8:.1f}" stroke="{_GRID}" stroke-width="1" fill="none"/>')
        if month.month % 3 == 1 or (last - first).days < 200:
            parts.append(svg.text(_short(month), (x + 2, _TOP - 8), size=_SIZE - 2))
    for number, line in enumerate(lines):
        y = _TOP + _ROW * (number + 0.5)
        parts.append(svg.text(_cut(names.get(line.child_id, "Child")), (0, y + 4), size=_SIZE))
        parts.append(f'<path d="M{_LEFT} {y:.1f} H{_WIDTH - _RIGHT}" stroke="{_GRID}" stroke-width="1" fill="none"/>')
        for mark in sorted(line.marks, key=lambda m: m.kind == "missing"):
            as_drawn = look.MARKS[_AS.get(mark.kind, "away")]
            at = (across(utc_to_london(mark.began)), y)
            parts.append(svg.shape(as_drawn.outline, at, _MARK, as_drawn.colour, 0.6))
    desc = f"{len(lines)} children, a line each; the table beside it lists every date."
    return Markup(svg.picture((0, 0, _WIDTH, height), "child-lines", title, desc, parts))  # noqa: S704


_GRID: Final = "#b1b4b6"


def _legend() -> list[str]:
    parts, left = [], 0.0
    for kind in ("missing", "absent", "away"):
        as_drawn = look.MARKS[kind]
        parts.append(svg.shape(as_drawn.outline, (left + 8, 12), _MARK + 1, as_drawn.colour, 0.6))
        parts.append(svg.text(EPISODE_WORDS[kind], (left + 20, 16), size=_SIZE))
        left += 46 + look.text_width(EPISODE_WORDS[kind], _SIZE)
    return parts


def _months(first: date, last: date) -> list[date]:
    found, month = [], first.replace(day=1)
    while month < last:
        if month >= first:
            found.append(month)
        month = (month + timedelta(days=32)).replace(day=1)
    return found


def _short(month: date) -> str:
    words = month_words(month)
    return f"{words[:3]} {words[-4:]}"


def _cut(words: str) -> str:
    while look.text_width(words, _SIZE) > _LEFT - 14:
        words = words[:-2].rstrip("…") + "…"
    return words
