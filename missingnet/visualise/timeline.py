"""What happened to a child on one scale of time: the JSON that the screen reads and a picture with the same entries.

The picture is for packs, for paper and for a page without scripts; nothing is clipped at its edges. Instants arrive as
the graph keeps them, naive UTC, and leave as London clock times; days are London days already.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from markupsafe import Markup

from missingnet.graph.times import utc_to_london
from missingnet.visualise import look, svg
from missingnet.visualise.network import in_script
from missingnet.visualise.words import day_words

_WIDTH: Final = 1000.0
_LEFT: Final = 165.0
_RIGHT: Final = 20.0
_ROW: Final = 24.0
_AXIS: Final = 30.0
_MARK: Final = 7.0
_SIZE: Final = 12.0
_LONGEST: Final = 46
"""Characters of an entry's words beside its mark; the list that goes with every picture has them whole."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `lane` and `kind` are keys of look.LANES and look.MARKS; `record` is what it came from.

    `end` is None for a moment, and for a kind that lasts when it is still open.
    """

    id: str
    lane: str
    start: datetime | date
    end: datetime | date | None
    words: str
    kind: str
    record: str
    url: str | None

    def __post_init__(self) -> None:
        if self.lane not in look.LANES or self.kind not in look.MARKS:
            raise ValueError("an entry needs a row and a kind that the table of looks holds")

    @property
    def still_open(self) -> bool:
        """True for an episode, placement or school roll that nobody has recorded the end of."""
        return self.end is None and look.MARKS[self.kind].lasts


def london(when: datetime | date) -> datetime:
    """The London clock time of an instant, or the midnight that begins a day."""
    return utc_to_london(when) if isinstance(when, datetime) else datetime.combine(when, time())


def moment_words(when: datetime | date) -> str:
    """'3 Oct 2026, 21:40', or '3 Oct 2026' where only the day is known."""
    day = day_words(london(when).date())
    return f"{day}, {london(when):%H:%M}" if isinstance(when, datetime) else day


def entry_when(entry: Entry) -> str:
    """When an entry began and ended, in words; one still open says so."""
    start = moment_words(entry.start)
    if entry.still_open:
        return f"{start}, still open"
    return start if entry.end is None or entry.end == entry.start else f"{start} to {moment_words(entry.end)}"


def lanes_used(entries: Sequence[Entry]) -> list[str]:
    """The rows that have an entry, in the order of the table of looks."""
    present = {entry.lane for entry in entries}
    return [lane for lane in look.LANES if lane in present]


def kinds_used(entries: Sequence[Entry]) -> list[str]:
    """The kinds of entry that there are, in the order of the table of looks."""
    present = {entry.kind for entry in entries}
    return [kind for kind in look.MARKS if kind in present]


def timeline_data(entries: Sequence[Entry], since: date, until: date) -> dict[str, Any]:
    """The entries as plain values, with the period that is shown first and the looks of the kinds there are."""
    return {
        "since": london(since).isoformat(),
        "until": london(until).isoformat(),
        "lanes": [{"id": lane, "words": look.LANES[lane]} for lane in lanes_used(entries)],
        "entries": [
            {
                "id": entry.id,
                "lane": entry.lane,
                "kind": entry.kind,
                "start": london(entry.start).isoformat(),
                "end": london(entry.end).isoformat() if entry.end else None,
                "open": entry.still_open,
                "words": entry.words,
                "when": entry_when(entry),
                "url": entry.url,
            }
            for entry in entries
        ],
        "looks": {
            kind: {
                "words": look.MARKS[kind].words,
                "colour": look.MARKS[kind].colour,
                "path": look.outline_path(look.MARKS[kind].outline, 9, 9, 6.5),
            }
            for kind in kinds_used(entries)
        },
    }


def timeline_json(entries: Sequence[Entry], since: date, until: date) -> Markup:
    """`timeline_data` as JSON, safe inside a `<script type="application/json" id="timeline-data">`."""
    return in_script(timeline_data(entries, since, until))


def _ticks(first: datetime, last: datetime) -> Iterator[tuple[datetime, str]]:
    """Round dates between two moments, far enough apart to be labelled: days, weeks, months, quarters or years."""
    days = (last - first).days + 1
    if days <= 70:
        step = 1 if days <= 12 else 7
        day = datetime(first.year, first.month, first.day) + timedelta(days=1)
        day += timedelta(days=(-day.weekday()) % 7 if step == 7 else 0)
        while day < last:
            yield day, f"{day.day} {day:%b}"
            day += timedelta(days=step)
        return
    months = next(size for size in (1, 3, 6, 12, 24, 60, 120) if days / (30.4 * size) <= 13 or size == 120)
    number = first.year * 12 + first.month
    while number % months:
        number += 1
    while (day := datetime(number // 12, number % 12 + 1, 1)) < last:
        yield day, f"{day.year}" if months >= 12 or day.month == 1 else f"{day:%b}"
        number += months


class _Scale:
    """From London clock times to pixels, held within the edges."""

    def __init__(self, first: datetime, last: datetime, width: float) -> None:
        self.first, self.last, self.width = first, last, width
        self.span = max((last - first).total_seconds(), 1.0)

    def at(self, when: datetime) -> float:
        room = self.width - _LEFT - _RIGHT - 2 * _MARK
        part = (when - self.first).total_seconds() / self.span
        return _LEFT + _MARK + room * min(1.0, max(0.0, part))


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"


class _Placed:
    """An entry with its place: mark, bar, and words to the right of them or, where they would be clipped, left."""

    def __init__(self, entry: Entry, scale: _Scale) -> None:
        self.entry = entry
        self.x = scale.at(london(entry.start))
        self.to = scale.at(scale.last if entry.still_open else london(entry.end or entry.start))
        self.words = _shortened(entry.words)
        self.width = width = look.text_width(self.words, _SIZE) * 1.06
        self.on_bar = False
        ends = max(self.to, self.x + _MARK)
        if ends + 6 + width <= scale.width - 4:
            self.anchor, self.text, self.left, self.right = "start", ends + 6, self.x - _MARK, ends + 6 + width
        elif self.x - _MARK - 6 - width >= _LEFT:
            self.anchor, self.text = "end", self.x - _MARK - 6
            self.left, self.right = self.text - width, ends
        else:
            # Neither side has room beside a bar as long as this: the words stand on the bar itself.
            self.on_bar = True
            self.anchor, self.text = "start", min(self.x + _MARK + 6, scale.width - 4 - width)
            self.left, self.right = min(self.x - _MARK, self.text), max(ends, self.text + width)

    def drawn(self, y: float) -> str:
        """The bar, the mark and the words; the whole words and times are its title."""
        mark = look.MARKS[self.entry.kind]
        title = f"{mark.words}: {self.entry.words}, {entry_when(self.entry)}"
        parts = [f"<title>{svg.safe(title)}</title>"]
        if self.to > self.x + 1:
            open_end = ' stroke-dasharray="5 3"' if self.entry.still_open else ""
            width = svg.number(self.to - self.x)
            parts.append(
                f'<rect x="{svg.number(self.x)}" y="{svg.number(y - 4)}" width="{width}" height="8" '
                f'fill="{mark.colour}" fill-opacity="0.35" stroke="{mark.colour}" stroke-width="1"{open_end}/>'
            )
        if self.on_bar:
            room = f'x="{svg.number(self.text - 3)}" width="{svg.number(self.width + 6)}"'
            parts.append(f'<rect {room} y="{svg.number(y - 8)}" height="16" fill="{look.PAPER}"/>')
        parts.append(svg.shape(mark.outline, (self.x, y), _MARK, mark.colour, 1))
        parts.append(svg.text(self.words, (self.text, y + 4), size=_SIZE, anchor=self.anchor))
        return f"<g>{''.join(parts)}</g>"


def _rows(placed: Sequence[_Placed]) -> list[list[_Placed]]:
    """The entries of a lane in as few rows as keep them from overlapping."""
    rows: list[list[_Placed]] = []
    for one in sorted(placed, key=lambda one: (one.left, one.entry.id)):
        for row in rows:
            if all(one.left > other.right + 8 or one.right + 8 < other.left for other in row):
                row.append(one)
                break
        else:
            rows.append([one])
    return rows


def _legend(entries: Sequence[Entry], top: float, width: float) -> tuple[list[str], float]:
    """The shapes with their words, in rows, and the height they take."""
    parts: list[str] = []
    x, y = 8.0, top
    for kind in kinds_used(entries):
        mark = look.MARKS[kind]
        room = 34 + look.text_width(mark.words, _SIZE)
        if x + room > width:
            x, y = 8.0, y + _ROW
        parts.append(svg.shape(mark.outline, (x + 8, y + 12), _MARK, mark.colour, 1))
        parts.append(svg.text(mark.words, (x + 20, y + 16), size=_SIZE))
        x += room
    return parts, y + _ROW - top


def timeline_svg(
    entries: Sequence[Entry], since: date, until: date, title: str, desc: str, width: float = _WIDTH
) -> Markup:
    """The entries between two days (both whole) in lanes; those before and after are counted in words.

    `width` is the picture's in pixels: words keep their size, so a narrower one prints larger on a page.
    """
    first, last = london(since), london(until) + timedelta(days=1)
    inside = [
        entry
        for entry in entries
        if london(entry.start) < last and (entry.still_open or london(entry.end or entry.start) >= first)
    ]
    scale = _Scale(first, last, width)
    parts: list[str] = []
    y = _AXIS
    for lane in lanes_used(inside):
        rows = _rows([_Placed(entry, scale) for entry in inside if entry.lane == lane])
        height = _ROW * len(rows) + 6
        parts.append(f'<path d="M0 {svg.number(y)}H{svg.number(width)}" stroke="#b1b4b6" stroke-width="1"/>')
        parts.append(svg.text(look.LANES[lane], (8, y + _ROW / 2 + 7), size=_SIZE, bold=True))
        for place, row in enumerate(rows):
            parts += [one.drawn(y + 3 + _ROW * (place + 0.5)) for one in row]
        y += height
    grid = [f'<path d="M{svg.number(_LEFT - 8)} 0V{svg.number(y)}" stroke="#b1b4b6" stroke-width="1"/>']
    free = 0.0
    for place, (day, words) in enumerate(_ticks(first, last)):
        x = scale.at(day)
        words = words if place or str(day.year) in words else f"{words} {day.year}"
        grid.append(f'<path d="M{svg.number(x)} 18V{svg.number(y)}" stroke="#dfe1e2" stroke-width="1"/>')
        if free <= x and x + look.text_width(words, _SIZE) < width:
            grid.append(svg.text(words, (x, 14), size=_SIZE))
            free = x + look.text_width(words, _SIZE) + 4
    parts.append(f'<path d="M0 {svg.number(y)}H{svg.number(width)}" stroke="#b1b4b6" stroke-width="1"/>')
    legend, height = _legend(inside, y + 8, width)
    y += 8 + height
    if len(inside) < len(entries):
        y += _ROW
        said = f"Shown: {len(inside)} of {len(entries)} entries; the others lie outside these dates."
        legend.append(svg.text(said, (8, y - 8), size=_SIZE))
    box = (0.0, 0.0, width, y + 6)
    return Markup(svg.picture(box, "timeline-svg", title, desc, [*grid, *parts, *legend]))  # noqa: S704 (escaped in svg)


def timeline_legend(entries: Sequence[Entry]) -> Markup:
    """The legend as a list for a page: a shape and a word for each kind of entry."""
    marks = [look.MARKS[kind] for kind in kinds_used(entries)]
    items = "".join(f"<li>{svg.small(mark.outline, mark.colour)}{svg.safe(mark.words)}</li>" for mark in marks)
    return Markup(f'<ul class="mn-legend" aria-label="Legend of the timeline">{items}</ul>')  # noqa: S704 (escaped)
